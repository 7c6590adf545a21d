import { expect, test } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { payloadsOf, verifyChain } from '../../src/db/journal.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { decisionOn, registerAgrees } from '../../src/votes/register/store.js'
import { numbersFrom, seedOf } from '../faults/numbers.js'
import { textOf } from '../house.js'
import { type Assembly, CHAIR, type Choice, CLERK, openAssembly, putToVote } from './assembly.js'

const ROUNDS = 100
const VOTERS = 200
const CLOSERS = 50

/** How a vote of a round comes to its end, besides that fifty close it. */
const ENDS = [
  { what: 'by hand alone', values: { ends: 'hand' } },
  { what: 'when all have voted', values: { ends: 'all' } },
  { what: 'at its time, which comes meanwhile', values: { ends: 'all', minutes: '1' } },
] as const

/** Somebody who casts a vote, closes it, or looks whether its time has come. */
type Act = { readonly voter: number; readonly choice: Choice } | { readonly closer: string } | 'the time comes'

const CHOICES = ['for', 'against', 'abstain'] as const

function shuffled<T>(random: () => number, things: readonly T[]): readonly T[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ thing }) => thing)
}

/** What becomes of each act of a round, by voter; the closers' answers beside. */
interface Played {
  readonly votes: ReadonlyMap<number, Answer>
  readonly closings: readonly Answer[]
}

async function play({ house, voters }: Assembly, motion: string, acts: readonly Act[]): Promise<Played> {
  const votes = new Map<number, Answer>()
  const closings: Answer[] = []
  await Promise.all(
    acts.map(async (act) => {
      if (act === 'the time comes') {
        house.clock.forward({ minutes: 1 })
        await house.bot.doDue()
      } else if ('closer' in act)
        closings.push(await house.press(act.closer, { command: 'votes.close', subject: motion, values: {} }))
      else
        votes.set(
          act.voter,
          await house.press(voters[act.voter] ?? '', { command: 'votes.cast', subject: motion, values: { choice: act.choice } }),
        )
    }),
  )
  return { votes, closings }
}

/** Whether a vote was acknowledged as cast; what was not was told to be too late. */
function isCast(answer: Answer): boolean {
  const said = textOf(answer)
  if (answer.kind === 'card' && said.includes('You have voted')) return true
  if (answer.kind !== 'card') {
    if (answer.kind !== 'refusal' || !(answer.refusal instanceof Refusal) || answer.refusal.code !== 'too_late')
      throw new Error(said)
  } else expect(said).toContain('Your vote is not counted.')
  return false
}

test(`${CLOSERS} who close a vote of ${VOTERS} who vote, ${ROUNDS} times: one result, of every vote that was acknowledged`, async () => {
  const random = numbersFrom(seedOf('votes and closers'))
  const assembly = await openAssembly({ seats: VOTERS })
  const { house, board } = assembly
  const { reading } = house.handles
  // What is sent of it is tried elsewhere.
  await house.outbox.close()
  let [counted, refused] = [0, 0]
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const end = ENDS[round % ENDS.length] ?? ENDS[0]
      const motion = await putToVote(assembly, end.values)
      const choices = assembly.voters.map(() => CHOICES[Math.floor(random() * CHOICES.length)] ?? 'for')
      const votes = choices.map((choice, voter): Act => ({ voter, choice }))
      const closers = Array.from({ length: CLOSERS }, (_, nth): Act => ({ closer: nth % 2 === 0 ? CHAIR : CLERK }))
      // The first closer comes early in some rounds, and in others when nearly all have voted.
      const before = Math.floor(random() * VOTERS)
      const timed: readonly Act[] = 'minutes' in end.values ? ['the time comes'] : []
      const mixed = shuffled(random, votes)
      const acts = [...mixed.slice(0, before), ...shuffled(random, [...mixed.slice(before), ...closers, ...timed])]
      const played = await play(assembly, motion, acts)

      const cast = [...played.votes].filter(([, answer]) => isCast(answer)).map(([voter]) => voter)
      expect(played.votes.size).toBe(VOTERS)
      expect(played.closings.filter(({ kind }) => kind !== 'card')).toEqual([])
      const many = (choice: Choice) => cast.filter((voter) => choices[voter] === choice).length
      const tally = { for: many('for'), against: many('against'), abstained: many('abstain') }
      const entered = await reading.selectFrom('decision').where('motion_id', '=', motion).select('id').execute()
      expect(entered, `${end.what}, round ${round}`).toHaveLength(1)
      const decision = await decisionOn(reading, motion)
      if (!decision || 'hidden' in decision.content) throw new Error('the entry is restricted')
      const { account } = decision.content.open
      expect(account.vote?.names.length).toBe(cast.length)
      expect(account.vote?.tallies).toMatchObject([tally])
      expect(decision.outcome).toBe(tally.for > tally.against ? 'resolved' : 'not carried')
      expect(await ballotsKept(assembly, motion)).toEqual(cast.map((voter) => `${voter} ${choices[voter]}`).sort())
      const shown = new Set(played.closings.map((answer) => resultIn(textOf(answer))))
      expect([...shown]).toEqual([decision.content.open.words])
      counted += cast.length
      refused += VOTERS - cast.length
    }
    console.info(`${ROUNDS} rounds: ${counted} votes counted, ${refused} refused`)
    expect(house.faults).toEqual([])
    expect((await verifyChain(reading, board)).faults).toEqual([])
    expect(await registerAgrees(reading, board, await payloadsOf(reading, board), true)).toEqual([])
    // Or it was no race.
    expect(Math.min(counted, refused)).toBeGreaterThan(ROUNDS)
  } finally {
    await house.close()
  }
}, 600_000)

const resultIn = (said: string): string => /^(?:RESOLVED|NOT CARRIED).*$/m.exec(said)?.[0] ?? said

/** The ballots that are kept, by the number of who cast them: "7 for". */
async function ballotsKept({ house, voters }: Assembly, motion: string): Promise<readonly string[]> {
  const rows = await house.handles.reading
    .selectFrom('ballot')
    .innerJoin('person', 'person.id', 'ballot.person_id')
    .where('motion_id', '=', motion)
    .select(['person.name', 'choice'])
    .execute()
  return rows.map(({ name, choice }) => `${voters.indexOf(name)} ${choice}`).sort()
}
