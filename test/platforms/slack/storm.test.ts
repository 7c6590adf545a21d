import { afterEach, describe, expect, test } from 'vitest'
import { payloadsOf } from '../../../src/db/journal.js'
import { type Assembled, allSent, openAssembled } from './assembled.js'
import { type Transport, wordsOf } from './setting.js'

const SEATS = 40
/** Each of them presses as often as the others, and changes their mind each time. */
const PRESSES = 1_000
/** How long Slack takes over each call, in milliseconds. */
const LATENCY = 120
/** How long Slack itself waits for an acknowledgement, in milliseconds. */
const PATIENCE = 3_000
/** Statements of a vote that is cast, from the bot's door to the acknowledgement [test/votes/cost.test.ts]. */
const OF_THE_VOTE = 14
/** What Slack's door asks besides: whom the people are whom the answer mentions. */
const OF_THE_DOOR = 1
const CHOICES = ['For', 'Against', 'Abstain'] as const

let opened: Assembled
let statements: string[] = []
afterEach(() => opened.slack.close())

const choiceOf = (voter: number, time: number) => CHOICES[(voter + time) % CHOICES.length] ?? 'For'

/** The press of one of the buttons of the vote's card in the channel, by somebody. */
function pressing(name: string) {
  const visitor = opened.slack.as(name)
  const card = visitor.conversation(opened.slack.channel).find((seen) => wordsOf(seen).includes('[Against'))
  if (!card) throw new Error(`${name} has no vote to cast`)
  return (choice: (typeof CHOICES)[number]) => visitor.press(card, choice)
}

/** The ballots as they are kept, and as the journal has each voter's last. */
async function kept() {
  const { reading } = opened.slack.house.handles
  const ballots = await reading
    .selectFrom('ballot')
    .where('motion_id', '=', opened.motion)
    .select(['voter_id', 'choice'])
    .execute()
  const payloads = (await payloadsOf(reading, opened.assembly.board)) as {
    outcome?: { ballots?: { voter: string; choice: string }[]; unchanged?: boolean }
  }[]
  const cast = payloads.flatMap(({ outcome }) => outcome?.ballots ?? [])
  // What overtook another on its way may be what that voter has chosen already.
  const unchanged = payloads.filter(({ outcome }) => outcome?.unchanged === true)
  return { ballots, journaled: cast.length + unchanged.length, last: new Map(cast.map(({ voter, choice }) => [voter, choice])) }
}

/** All presses, and what came of them once nothing waits any more. */
async function stormed(transport: Transport, lanes: number): Promise<void> {
  const { slack, assembly } = opened
  slack.standIn.latency(LATENCY)
  const before = slack.standIn.calls.length
  const presses = assembly.voters.map(pressing)
  const took: number[] = []
  const began = performance.now()
  const pressAgainAndAgain = async (lane: number): Promise<void> => {
    for (let press = lane; press < PRESSES; press += lanes) {
      const pressed = performance.now()
      await presses[press % SEATS]?.(choiceOf(press % SEATS, Math.floor(press / SEATS)))
      took.push(performance.now() - pressed)
    }
  }
  const settled = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => pressAgainAndAgain(lane)))
  const all = performance.now() - began
  await allSent(slack)
  const updates = slack.standIn.calls
    .slice(before)
    .filter(({ method, arguments: { channel } }) => method === 'chat.update' && channel === slack.channel)
  const late = took.filter((ms) => ms > PATIENCE).length
  console.info(
    `${PRESSES} presses by ${transport}, ${lanes} at once: acknowledged after ${Math.round(Math.min(...took))} to ${Math.round(Math.max(...took))} ms, ${late} of them late; ${Math.round(all)} ms in all; ${updates.length} updates in the channel`,
  )
  expect(settled.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(slack.faults).toEqual([])
  const { ballots, journaled, last } = await kept()
  expect(journaled).toBe(PRESSES)
  expect(ballots).toHaveLength(SEATS)
  expect(new Map(ballots.map(({ voter_id, choice }) => [voter_id, choice as string]))).toEqual(last)
  const shown = slack
    .as('Voter 2')
    .conversation(slack.channel)
    .map(wordsOf)
    .find((words) => words.includes('vote open'))
  const many = (choice: string) => ballots.filter((one) => one.choice === choice).length
  expect(shown).toContain(`${SEATS} of ${SEATS} who may vote have voted.`)
  expect(shown).toContain(`${many('for')} for, ${many('against')} against, ${many('abstain')} abstaining`)
  expect(updates.length).toBeGreaterThan(0)
  expect(updates.length).toBeLessThanOrEqual(updatesIn(all))
}

/** As many updates as are to be seen while presses come for so long, in milliseconds: after none, 1, 2 and 4 s, every 4 s from then on, and at the end. */
const updatesIn = (all: number): number =>
  [0, 1, 3].filter((second) => second * 1_000 <= all).length + Math.floor(Math.max(0, all / 1_000 - 3) / 4) + 1

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test(`${PRESSES} presses at once are all kept, and shown by few updates`, async () => {
    opened = await openAssembled({ seats: SEATS, transport })
    // One process presses and is pressed: what a machine of two busy cores makes of three seconds is printed, and proves nothing.
    opened.slack.standIn.patience(60_000)
    await stormed(transport, PRESSES)
  }, 240_000)
})

test(`${PRESSES} presses, ${SEATS} at once, are acknowledged in time too`, async () => {
  opened = await openAssembled({ seats: SEATS, transport: 'socket' })
  await stormed('socket', SEATS)
  expect([...new Set(opened.slack.standIn.complaints)]).toEqual([])
}, 240_000)

test(`a press is ${OF_THE_VOTE} statements and ${OF_THE_DOOR} of Slack’s door at most, and one commit`, async () => {
  opened = await openAssembled({ seats: 40, transport: 'socket', executed: (sql) => statements.push(sql) })
  const { slack, assembly } = opened
  // Nothing is sent of it, as where a vote's own cost is counted.
  await slack.house.outbox.close()
  const [first, second, ...others] = assembly.voters.map(pressing)
  await second?.('For')
  await slack.standIn.quiet()
  statements = []
  await first?.('Against')
  await slack.standIn.quiet()
  expect(statements.filter((sql) => sql === 'commit')).toHaveLength(1)
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(OF_THE_VOTE + OF_THE_DOOR)
  statements = []
  await Promise.all(others.map((press) => press('For')))
  await slack.standIn.quiet()
  const commits = statements.filter((sql) => sql === 'commit').length
  console.info(`${others.length} presses at once: ${statements.length / others.length} statements each, ${commits} commits`)
  expect(statements.length / others.length).toBeLessThanOrEqual(OF_THE_VOTE + OF_THE_DOOR + 1)
  expect(commits).toBeLessThanOrEqual(others.length / 4)
}, 60_000)
