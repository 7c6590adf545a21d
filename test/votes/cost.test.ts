import { afterEach, describe, expect, test } from 'vitest'
import { findPoll, votesDue } from '../../src/votes/poll/store.js'
import { decisionOn, registerOf } from '../../src/votes/register/store.js'
import { ballotsOf, undecidedVotes } from '../../src/votes/store.js'
import { stepsOf } from '../outbox/searches.js'
import { type Assembly, cast, openAssembly, putToVote } from './assembly.js'
import { holdVotes } from './many.js'

/** At most this many SQL statements a vote that is cast, from the platform's door to the acknowledgement. */
const MOST_STATEMENTS = 14
/** As many as one transaction takes. */
const AT_ONCE = 64
const SEATS = 200

let assembly: Assembly
let statements: string[]
afterEach(() => assembly.house.close())

/** A vote that is open among so many who are there, of whom so many have voted; nothing is sent of it. */
async function opened({ seats, present = seats, voted }: { seats: number; present?: number; voted: number }): Promise<string> {
  statements = []
  assembly = await openAssembly({ seats, present, executed: (sql) => statements.push(sql) })
  const motion = await putToVote(assembly)
  await assembly.house.outbox.close()
  for (const name of assembly.voters.slice(1, voted + 1)) await cast(assembly, motion, name, 'for')
  statements = []
  return motion
}

const commits = (): number => statements.filter((sql) => sql === 'commit').length

describe(`a vote that is cast by press is ${MOST_STATEMENTS} statements at most, its own begin and commit among them`, () => {
  test.each([
    { seats: 6, present: 6, voted: 0 },
    { seats: 6, present: 6, voted: 4 },
    { seats: SEATS, present: 6, voted: 0 },
    { seats: SEATS, present: SEATS, voted: 0 },
    { seats: SEATS, present: SEATS, voted: SEATS - 2 },
  ])('$present of $seats are there, and $voted have voted', async (how) => {
    const motion = await opened(how)
    await cast(assembly, motion, assembly.voters[0] ?? '', 'against')
    expect(statements[0]).toContain('identity')
    expect(statements.at(-1)).toBe('commit')
    expect(commits()).toBe(1)
    expect(statements.length, statements.join('\n')).toBe(MOST_STATEMENTS)
  })

  test('one that is changed costs what it cost to cast, and one that is pressed again less', async () => {
    const motion = await opened({ seats: SEATS, voted: 100 })
    await cast(assembly, motion, assembly.voters[1] ?? '', 'against')
    expect(statements.length, statements.join('\n')).toBe(MOST_STATEMENTS)
    statements = []
    await cast(assembly, motion, assembly.voters[1] ?? '', 'against')
    expect(statements.length, statements.join('\n')).toBeLessThan(MOST_STATEMENTS)
  })
})

test(`${AT_ONCE} at once: as many statements each, and two commits in all at most`, async () => {
  const motion = await opened({ seats: SEATS, voted: 0 })
  await Promise.all(assembly.voters.slice(0, AT_ONCE).map((name) => cast(assembly, motion, name, 'for')))
  expect(statements.length / AT_ONCE).toBeLessThanOrEqual(MOST_STATEMENTS + 1)
  expect(commits()).toBeLessThanOrEqual(2)
})

test(`what is asked of a vote of ${SEATS} seats among 10,000 ballots is searched by an index`, async () => {
  const motion = await opened({ seats: SEATS, voted: SEATS - 1 })
  const { house, board, meeting } = assembly
  holdVotes(house.file, assembly, 10_000 / SEATS)
  const { reading } = house.handles
  const now = house.clock.now()
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    findPoll: () => findPoll(reading, motion, now),
    ballotsOf: () => ballotsOf(reading, motion),
    votesDue: () => votesDue(reading, now),
    undecidedVotes: () => undecidedVotes(reading, meeting),
    registerOf: () => registerOf(reading, board),
    decisionOn: () => decisionOn(reading, motion),
  }
  const steps: Record<string, readonly string[]> = {}
  for (const [name, ask] of Object.entries(asked)) {
    statements = []
    await ask()
    steps[name] = statements.flatMap((sql) => stepsOf(house.file, sql))
  }
  for (const [name, taken] of Object.entries(steps)) {
    const searches = taken.filter((step) => /^SEARCH \w+ USING (?!AUTOMATIC)/.test(step))
    expect(searches.length, name).toBeGreaterThan(0)
    const others = taken.filter((step) => !searches.includes(step))
    // Whatever is not searched by an index: what is sorted, and which questions belong to which.
    expect(
      others.filter((step) => !/^(?:USE TEMP B-TREE|CORRELATED SCALAR SUBQUERY)/.test(step)),
      name,
    ).toEqual([])
  }
})
