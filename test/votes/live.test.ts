import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { payloadsOf } from '../../src/db/journal.js'
import { emailOf } from '../../src/demonstration/people.js'
import type { SentCard } from '../house.js'
import { type Assembly, bodyOf, CHAIR, type Choice, cast, openAssembly, PLACE, putToVote } from './assembly.js'
import { at } from './setting.js'

/** As many bodies as terms may list. */
const SEATS = 200
/** Each votes so often, and changes their mind each time. */
const TIMES = 5
const VOTES = SEATS * TIMES
/** As often as anybody may be written to, in milliseconds. */
const PACE = 1_000
const TENTH = 100
const BEGAN = Temporal.Instant.from(at('10:10'))
const IN_WORDS: Readonly<Record<Choice, string>> = { for: '“for”', against: '“against”', abstain: 'to abstain' }

let assembly: Assembly
let motion: string
beforeEach(async () => {
  assembly = await openAssembly({ seats: SEATS })
  motion = await putToVote(assembly, { ends: 'hand' })
  const { house } = assembly
  for (let waits = true; waits; waits = await anyWaits()) {
    house.clock.forward({ seconds: 1 })
    await house.outbox.drain()
  }
  house.sent.length = 0
})
afterEach(() => assembly.house.close())

async function anyWaits(): Promise<boolean> {
  const { reading } = assembly.house.handles
  return (
    (await reading.selectFrom('notice').select('id').where('state', '=', 'waiting').limit(1).executeTakeFirst()) !== undefined
  )
}

const choiceOf = (voter: number, time: number): Choice => (['for', 'against', 'abstain'] as const)[(voter + time) % 3] ?? 'for'

/** The votes of everybody, one time after another. */
const wanted = Array.from({ length: VOTES }, (_, nth) => ({
  number: (nth % SEATS) + 1,
  choice: choiceOf(nth % SEATS, Math.floor(nth / SEATS)),
}))

/** A message, and how many milliseconds after the beginning it went out. */
interface Told {
  readonly after: number
  readonly card: SentCard
}

/** Has so many vote in each tenth of a second until all have, and lets the outbox send until nothing waits. */
async function pass(each: number): Promise<readonly Told[]> {
  const { house, voters } = assembly
  const told: Told[] = []
  const left = [...wanted]
  for (let after = 0; left.length > 0 || (await anyWaits()); after += TENTH) {
    house.clock.set(BEGAN.add({ milliseconds: after }).toString())
    const acts = left.splice(0, each).map(({ number, choice }) => cast(assembly, motion, voters[number - 1] ?? '', choice))
    const said = await Promise.all(acts)
    expect(said.filter((words) => !words.includes('You have voted'))).toEqual([])
    await house.outbox.drain()
    told.push(...house.sent.slice(told.length).map((card) => ({ after, card })))
  }
  return told
}

const nameOf = ({ to }: SentCard): string => ('user' in to ? to.user : to.place)

/** What each body has voted by the journal: the last that was done stands. */
async function votesJournaled(): Promise<ReadonlyMap<string, string>> {
  const { house, board } = assembly
  const payloads = (await payloadsOf(house.handles.reading, board)) as {
    outcome?: { ballots?: { voter: string; choice: string }[] }
  }[]
  const done = payloads.flatMap(({ outcome }) => outcome?.ballots ?? [])
  expect(done).toHaveLength(VOTES)
  return new Map(done.map(({ voter, choice }) => [voter, choice]))
}

/** What is stored is what was done last; and what everybody was shown last is what is stored. */
async function expectShown(told: readonly Told[]): Promise<void> {
  const { house, voters } = assembly
  expect(house.faults).toEqual([])
  const ballots = await house.handles.reading
    .selectFrom('ballot')
    .innerJoin('person', 'person.id', 'ballot.person_id')
    .where('motion_id', '=', motion)
    .select(['voter_id', 'choice', 'person.name'])
    .execute()
  expect(new Map(ballots.map(({ voter_id, choice }) => [voter_id, choice as string]))).toEqual(await votesJournaled())
  expect(ballots).toHaveLength(SEATS)
  const last = new Map(told.map(({ card }) => [`${nameOf(card)} ${card.plain.includes('You have voted')}`, card.plain]))
  const many = (choice: Choice) => ballots.filter((one) => one.choice === choice).length
  const place = last.get(`${PLACE} false`)
  expect(place).toContain(`${SEATS} of ${SEATS} who may vote have voted.`)
  expect(place).toContain(`${many('for')} for, ${many('against')} against, ${many('abstain')} abstaining`)
  for (const [index, name] of voters.entries()) {
    const choice = ballots.find((one) => one.name === name)?.choice ?? 'for'
    expect(last.get(`${emailOf(name)} true`)).toContain(`You have voted ${IN_WORDS[choice]} for ${bodyOf(index + 1)}.`)
  }
}

/** Only updates are sent, at most so many into the place, and nobody is written to twice within a second. */
function expectPaced(told: readonly Told[], most: number): void {
  expect(told.filter(({ card }) => !card.updates)).toEqual([])
  const names = [...new Set(told.map(({ card }) => nameOf(card)))]
  const gaps = names.flatMap((name) => {
    const theirs = told.filter(({ card }) => nameOf(card) === name)
    return theirs.slice(1).map(({ after }, nth) => after - (theirs[nth]?.after ?? 0))
  })
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(PACE)
  const updates = told.filter(({ card }) => nameOf(card) === PLACE)
  console.info(`${VOTES} votes: ${updates.length} updates in the place, ${told.length} in all`)
  expect(updates.length).toBeLessThanOrEqual(most)
  expect(names).toContain(emailOf(CHAIR))
}

test(`${VOTES} votes at once are two updates of the place’s card at most and two of everybody’s own, and the last are right`, async () => {
  const told = await pass(VOTES)
  expectPaced(told, 2)
  for (const name of assembly.voters.slice(1))
    expect(told.filter(({ card }) => nameOf(card) === emailOf(name)).length).toBeLessThanOrEqual(2)
  await expectShown(told)
}, 120_000)

test(`${VOTES} votes within ten seconds are at most one update a second, and the last are right`, async () => {
  const told = await pass(VOTES / 100)
  expectPaced(told, 11)
  // It is followed while they vote: not only at the end.
  expect(told.filter(({ card }) => nameOf(card) === PLACE).length).toBeGreaterThanOrEqual(5)
  await expectShown(told)
}, 120_000)
