import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Ballot,
  CHOICES,
  type Choice,
  least,
  outcomeOf,
  type Tally,
  talliesOf,
  telling,
  voteRuleOf,
  withCasting,
} from '../../src/votes/rules.js'
import { termsOf } from '../boards/roster/spreadsheet.js'
import {
  ballotOf,
  type Carried,
  EIGHT,
  HALF,
  MORE_FOR_THAN_AGAINST,
  placeFor,
  SIX,
  termsWith,
  votingFor,
} from './made-up-terms.js'

const TWO_THIRDS = { over: 2, under: 3 }
const PLACES = EIGHT.map((body) => placeFor(body))

test.each([
  { words: 'more than half of four', measure: 'more than', part: HALF, of: 4, needed: 3 },
  { words: 'more than half of five', measure: 'more than', part: HALF, of: 5, needed: 3 },
  { words: 'at least half of four', measure: 'at least', part: HALF, of: 4, needed: 2 },
  { words: 'at least half of five', measure: 'at least', part: HALF, of: 5, needed: 3 },
  { words: 'at least two thirds of six, exactly met by four', measure: 'at least', part: TWO_THIRDS, of: 6, needed: 4 },
  { words: 'more than two thirds of six, not met by four', measure: 'more than', part: TWO_THIRDS, of: 6, needed: 5 },
  { words: 'at least two thirds of seven', measure: 'at least', part: TWO_THIRDS, of: 7, needed: 5 },
  { words: 'more than 50% of the eight that are listed', measure: 'more than', part: HALF, of: 8, needed: 5 },
  { words: 'more than 50% of the six by statute', measure: 'more than', part: HALF, of: 6, needed: 4 },
  { words: 'at least all of six', measure: 'at least', part: { over: 1, under: 1 }, of: 6, needed: 6 },
  { words: 'more than all of six, which nobody meets', measure: 'more than', part: { over: 1, under: 1 }, of: 6, needed: 7 },
  { words: 'at least half of nobody is somebody', measure: 'at least', part: HALF, of: 0, needed: 1 },
  { words: 'more than half of nobody is somebody', measure: 'more than', part: HALF, of: 0, needed: 1 },
] as const)('needed: $words', ({ measure, part, of, needed }) => {
  expect(least({ measure, part }, of)).toBe(needed)
})

const measure = fc.record({
  measure: fc.constantFrom('at least' as const, 'more than' as const),
  part: fc
    .tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }))
    .map(([one, other]) => ({ over: Math.min(one, other), under: Math.max(one, other) })),
})

test('what is needed is the least whole number that meets the measure', () => {
  const meets = ({ measure: how, part }: Pick<Carried, 'measure' | 'part'>, votes: number, of: number) =>
    how === 'at least' ? votes * part.under >= of * part.over : votes * part.under > of * part.over
  fc.assert(
    fc.property(measure, fc.nat(300), (how, of) => {
      const found = Array.from({ length: of + 2 }, (_, votes) => votes).find((votes) => votes >= 1 && meets(how, votes, of))
      expect(least(how, of)).toBe(found)
    }),
  )
})

/** Ballots in a row for the eight: those for, those against, those who abstain. */
const cast = (ayes: number, noes: number, abstaining = 0): readonly Ballot[] => [
  ...EIGHT.slice(0, ayes).map((seat) => ballotOf(seat, 'for')),
  ...EIGHT.slice(ayes, ayes + noes).map((seat) => ballotOf(seat, 'against')),
  ...EIGHT.slice(ayes + noes, ayes + noes + abstaining).map((seat) => ballotOf(seat, 'abstain')),
]

const OF_ALL: Carried = { measure: 'more than', part: HALF, of: 'all' }
const OF_PRESENT: Carried = { measure: 'more than', part: HALF, of: 'those present' }
const AT_LEAST_TWO_THIRDS: Carried = { measure: 'at least', part: TWO_THIRDS, of: 'votes cast' }
const MORE_THAN_TWO_THIRDS: Carried = { measure: 'more than', part: TWO_THIRDS, of: 'votes cast' }

test.each<{
  rule: string
  by?: Carried
  casting?: boolean
  votes: [number, number, number?]
  there?: number
  is: Tally['outcome']
}>([
  { rule: 'more for than against', votes: [3, 2], is: 'carried' },
  { rule: 'more against than for', votes: [2, 3], is: 'not carried' },
  { rule: 'more for than against, most abstaining', votes: [2, 1, 5], is: 'carried' },
  { rule: 'one vote for and none against', votes: [1, 0], is: 'carried' },
  { rule: 'nobody votes', votes: [0, 0], there: 8, is: 'not carried' },
  { rule: 'nobody votes, with a casting vote', votes: [0, 0], casting: true, there: 8, is: 'not carried' },
  { rule: 'all abstain', votes: [0, 0, 5], is: 'not carried' },
  { rule: 'all abstain, with a casting vote', votes: [0, 0, 5], casting: true, is: 'not carried' },
  { rule: 'equal votes', votes: [2, 2], is: 'not carried' },
  { rule: 'equal votes, with a casting vote', votes: [2, 2], casting: true, is: 'equal' },
  { rule: 'equal votes and abstentions, with a casting vote', votes: [1, 1, 6], casting: true, is: 'equal' },
  { rule: 'one more for, with a casting vote', votes: [3, 2], casting: true, is: 'carried' },
  { rule: 'one more against, with a casting vote', votes: [2, 3], casting: true, is: 'not carried' },
  { rule: 'more than half of those present: abstentions count', by: OF_PRESENT, votes: [4, 1, 3], is: 'not carried' },
  { rule: 'more than half of those present: who is silent counts', by: OF_PRESENT, votes: [4, 0], there: 8, is: 'not carried' },
  { rule: 'more than half of those present', by: OF_PRESENT, votes: [5, 3], is: 'carried' },
  { rule: 'more than half of those present: who is absent does not count', by: OF_PRESENT, votes: [3, 2], is: 'carried' },
  { rule: 'more than half of all: who is absent counts', by: OF_ALL, votes: [4, 0], is: 'not carried' },
  { rule: 'more than half of all', by: OF_ALL, votes: [5, 0], is: 'carried' },
  { rule: 'equal votes of all, which one more would carry', by: OF_ALL, casting: true, votes: [4, 4], is: 'equal' },
  { rule: 'equal votes of all, which one more would not carry', by: OF_ALL, casting: true, votes: [3, 3], is: 'not carried' },
  { rule: 'at least two thirds, exactly met', by: AT_LEAST_TWO_THIRDS, votes: [4, 2], is: 'carried' },
  { rule: 'at least two thirds, not met', by: AT_LEAST_TWO_THIRDS, votes: [5, 3], is: 'not carried' },
  { rule: 'more than two thirds, exactly met', by: MORE_THAN_TWO_THIRDS, votes: [4, 2], is: 'not carried' },
  { rule: 'more than two thirds', by: MORE_THAN_TWO_THIRDS, votes: [5, 2], is: 'carried' },
  {
    rule: 'two thirds by equal votes, which no casting vote carries',
    by: AT_LEAST_TWO_THIRDS,
    casting: true,
    votes: [2, 2],
    is: 'not carried',
  },
  {
    rule: 'two thirds by one to one, which a casting vote carries',
    by: AT_LEAST_TWO_THIRDS,
    casting: true,
    votes: [1, 1],
    is: 'equal',
  },
])('$rule', ({ by = MORE_FOR_THAN_AGAINST, casting = false, votes, there, is }) => {
  const ballots = cast(...votes)
  const present = there === undefined ? ballots : EIGHT.slice(0, there).map(votingFor)
  const [tally] = talliesOf(termsWith({ carriedBy: by, casting }), PLACES, { ballots, present })
  const [ayes, noes, abstained = 0] = votes
  expect(tally).toMatchObject({ for: ayes, against: noes, abstained, all: 8, outcome: is })
})

test('who has voted and left was there', () => {
  const [tally] = talliesOf(termsWith({ carriedBy: OF_PRESENT }), PLACES, { ballots: cast(2, 0), present: [votingFor('NHS')] })
  expect(tally).toMatchObject({ for: 2, present: 3, of: 3, needed: 2, outcome: 'carried' })
})

test.each([
  { what: 'recorded by the clerk', more: { recorded: true }, counts: false },
  { what: 'recorded by the clerk and countersigned', more: { recorded: true, countersigned: 'the chair' }, counts: true },
  { what: 'cast by oneself', more: {}, counts: true },
])('a ballot $what', ({ more, counts }) => {
  const [tally] = talliesOf(termsWith(), PLACES, { ballots: [ballotOf('NHS', 'for', more)], present: [votingFor('NHS')] })
  expect(tally).toMatchObject({
    for: counts ? 1 : 0,
    of: counts ? 1 : 0,
    present: 1,
    outcome: counts ? 'carried' : 'not carried',
  })
})

test('a seat that nobody holds, and a body that has no seat, are of all', () => {
  const places = PLACES.filter(({ seat }) => seat !== 'Chairs').map((place) => ({ ...place, filled: place.seat !== 'OPCC' }))
  const [tally] = talliesOf(termsWith({ carriedBy: OF_ALL }), places, { ballots: cast(4, 0), present: [] })
  expect(tally).toMatchObject({ all: 8, needed: 5, outcome: 'not carried' })
})

test('where the terms provide for no vote, each member has one, and equal votes do not carry', () => {
  const terms = termsOf('kcsp-2025.yaml')
  expect(voteRuleOf(terms)).toMatchObject({ provided: false, standings: [], equalVotes: 'not carried' })
  const places = [...PLACES, placeFor('Housing Group', true)]
  const ballots = [...cast(3, 2), ballotOf('Housing Group', 'against')]
  expect(talliesOf(terms, places, { ballots, present: ballots })).toEqual([
    { reading: 'every member', for: 3, against: 2, abstained: 0, present: 5, all: 8, of: 5, needed: 3, outcome: 'carried' },
  ])
})

test('where persons vote, all who hold a seat jointly are of all', () => {
  const terms = termsWith({ oneFor: 'person', carriedBy: OF_ALL })
  const ballots = ['Ann', 'Ada', 'Bea', 'Cyd', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal'].map((person) =>
    ballotOf('KCC', 'for', { voter: person, person }),
  )
  const [tally] = talliesOf(terms, [placeFor('KCC')], { ballots, present: ballots })
  expect(tally?.present).toBe(9)
  expect(tally?.for).toBeLessThanOrEqual(tally?.all ?? 0)
})

const two = termsWith({ twoReadings: true, carriedBy: OF_ALL })

test.each([
  {
    words: 'five of the eight listed, of which four are statutory',
    ayes: [...SIX.slice(0, 4), 'OPCC'],
    is: ['carried', 'carried'],
  },
  {
    words: 'five of the eight listed, of which three are statutory',
    ayes: [...SIX.slice(0, 3), 'OPCC', 'Chairs'],
    is: ['carried', 'not carried'],
  },
  { words: 'four of the six by statute', ayes: SIX.slice(0, 4), is: ['not carried', 'carried'] },
  { words: 'three of the six by statute', ayes: SIX.slice(0, 3), is: ['not carried', 'not carried'] },
])('two readings, more than 50% of all: $words', ({ ayes, is }) => {
  const ballots = ayes.map((seat) => ballotOf(seat, 'for'))
  const tallies = talliesOf(two, PLACES, { ballots, present: ballots })
  expect(tallies.map(({ reading, needed, outcome }) => [reading, needed, outcome])).toEqual([
    ['as the terms list them', 5, is[0]],
    ['by statute', 4, is[1]],
  ])
  expect(outcomeOf(tallies, null)).toBe(is[0] === is[1] ? is[0] : 'disputed')
  expect(outcomeOf(tallies, 'as the terms list them')).toBe(is[0])
  expect(outcomeOf(tallies, 'by statute')).toBe(is[1])
  expect(telling(tallies, null)).toEqual(tallies)
  expect(telling(tallies, 'by statute')).toEqual(tallies.slice(1))
})

test('a ruling on a reading that a vote does not have leaves all its readings to tell', () => {
  const tallies = talliesOf(two, PLACES, { ballots: [], present: [] })
  expect(telling(tallies, 'another')).toEqual(tallies)
})

test('equal by one reading and carried by another is disputed', () => {
  const terms = termsWith({ twoReadings: true, casting: true })
  const ballots = [ballotOf('KCC', 'for'), ballotOf('Police', 'against'), ballotOf('OPCC', 'for')]
  const tallies = talliesOf(terms, PLACES, { ballots, present: ballots })
  expect(tallies.map(({ outcome }) => outcome)).toEqual(['carried', 'equal'])
  expect(outcomeOf(tallies, null)).toBe('disputed')
  expect(outcomeOf(tallies, 'by statute')).toBe('equal')
})

test('a vote has a tally', () => expect(() => outcomeOf([], null)).toThrow('a vote without a tally'))

test.each([
  { words: 'for', casting: 'for', of: 5, needed: 3, outcome: 'carried' },
  { words: 'against', casting: 'against', of: 5, needed: 3, outcome: 'not carried' },
] as const)('a casting vote $words, by two to two, is a vote cast', ({ casting, of, needed, outcome }) => {
  const terms = termsWith({ casting: true })
  const [equal] = talliesOf(terms, PLACES, { ballots: cast(2, 2), present: [] })
  if (!equal) throw new Error('no tally')
  expect(withCasting(equal, voteRuleOf(terms), casting)).toEqual({ ...equal, of, needed, outcome })
})

test('a casting vote makes nobody more of those present, or of all', () => {
  for (const carriedBy of [OF_ALL, OF_PRESENT]) {
    const [equal] = talliesOf(termsWith({ casting: true, carriedBy }), PLACES, { ballots: cast(4, 4), present: [] })
    if (!equal) throw new Error('no tally')
    expect(withCasting(equal, { carriedBy }, 'for')).toEqual({ ...equal, outcome: 'carried' })
    expect(withCasting(equal, { carriedBy }, 'against')).toEqual({ ...equal, outcome: 'not carried' })
  }
})

const carriedBy = fc
  .record({ of: fc.constantFrom('votes cast' as const, 'those present' as const, 'all' as const) })
  .chain((of) => measure.map((how): Carried => ({ ...how, ...of })))
/** What each of the eight, and an invited body, voted, if it did; who is there; and whose ballot the clerk recorded. */
const vote = fc.record({
  carriedBy,
  casting: fc.boolean(),
  twoReadings: fc.boolean(),
  choices: fc.array(fc.option(fc.constantFrom<Choice>(...CHOICES), { freq: 4 }), { minLength: 9, maxLength: 9 }),
  there: fc.subarray([...EIGHT, 'Housing Group']),
  recorded: fc.array(fc.constantFrom('own', 'recorded', 'countersigned'), { minLength: 9, maxLength: 9 }),
})
type Made = typeof vote extends fc.Arbitrary<infer One> ? One : never

function talliesIn({ choices, there, recorded, ...rules }: Made) {
  const ballots = [...EIGHT, 'Housing Group'].flatMap((seat, at): readonly Ballot[] => {
    const choice = choices[at]
    const how = recorded[at]
    const more = { recorded: how !== 'own', countersigned: how === 'countersigned' ? 'the chair' : null }
    return choice ? [ballotOf(seat, choice, more)] : []
  })
  const terms = termsWith(rules)
  const places = [...PLACES, placeFor('Housing Group', true)]
  return { ballots, terms, tallies: talliesOf(terms, places, { ballots, present: there.map(votingFor) }) }
}

test('figures are whole numbers, and no ballot is counted of a seat without the standing, or that is not countersigned', () => {
  fc.assert(
    fc.property(vote, (made) => {
      const { ballots, tallies } = talliesIn(made)
      tallies.forEach((tally, nth) => {
        const counted = ballots.filter(
          ({ seat, recorded, countersigned }) =>
            (nth === 0 ? EIGHT : SIX).includes(seat) && (!recorded || countersigned !== null),
        )
        const number = (choice: Choice) => counted.filter((one) => one.choice === choice).length
        expect([tally.for, tally.against, tally.abstained]).toEqual(CHOICES.map(number))
        const { for: ayes, against, abstained, present, all, of, needed } = tally
        for (const figure of [present, all, of, needed]) expect(Number.isInteger(figure)).toBe(true)
        expect(ayes + against + abstained).toBeLessThanOrEqual(present)
        expect(present).toBeLessThanOrEqual(all)
        expect(all).toBe(nth === 0 ? 8 : 6)
        expect(of).toBe({ 'votes cast': ayes + against, 'those present': present, all }[made.carriedBy.of])
      })
    }),
  )
})

test('equal votes, and no others, wait for a casting vote, and only where one would carry them', () => {
  fc.assert(
    fc.property(vote, (made) => {
      for (const tally of talliesIn(made).tallies) {
        if (tally.outcome !== 'equal') continue
        expect([made.casting, tally.for]).toEqual([true, tally.against])
        expect(tally.for).toBeGreaterThan(0)
        expect(withCasting(tally, made, 'for').outcome).toBe('carried')
      }
    }),
  )
})

const RANK = { 'not carried': 0, equal: 1, carried: 2 }

test('whoever is there and votes for, and not against or not at all, turns no motion that is carried', () => {
  fc.assert(
    fc.property(vote, fc.nat(7), (made, nth) => {
      const there = [...made.there, EIGHT[nth] ?? '']
      const own = { ...made, there, recorded: made.recorded.with(nth, 'own') }
      const before = talliesIn(made.choices[nth] === 'for' ? { ...own, choices: made.choices.with(nth, 'against') } : own).tallies
      const after = talliesIn({ ...own, choices: made.choices.with(nth, 'for') }).tallies
      before.forEach(({ outcome }, at) => {
        const then = after[at]?.outcome ?? 'not carried'
        // Where less than half is needed, equal votes that would carry it wait for the casting vote all the same.
        if (outcome === 'carried' && then === 'equal')
          expect(made.carriedBy.part.over * 2).toBeLessThanOrEqual(made.carriedBy.part.under)
        else expect(RANK[then]).toBeGreaterThanOrEqual(RANK[outcome])
      })
    }),
    { numRuns: 1_000 },
  )
})

const byHalfOrMore = vote.filter(({ carriedBy: { part } }) => part.over * 2 >= part.under)

test('a casting vote decides as it says where half or more are needed', () => {
  fc.assert(
    fc.property(byHalfOrMore, (made) => {
      const { terms, tallies } = talliesIn({ ...made, casting: true })
      for (const tally of tallies.filter(({ outcome }) => outcome === 'equal')) {
        expect(withCasting(tally, voteRuleOf(terms), 'for').outcome).toBe('carried')
        if (made.carriedBy.of === 'votes cast')
          expect(withCasting(tally, voteRuleOf(terms), 'against').outcome).toBe('not carried')
      }
    }),
    { numRuns: 1_000 },
  )
})

const AT_LEAST_A_THIRD: Carried = { measure: 'at least', part: { over: 1, under: 3 }, of: 'votes cast' }

test('a casting vote against does not carry a motion', () => {
  const terms = termsWith({ casting: true, carriedBy: AT_LEAST_A_THIRD })
  const [equal] = talliesOf(terms, PLACES, { ballots: cast(2, 2), present: [] })
  if (!equal) throw new Error('no tally')
  // Either two of four carry it without a casting vote, or a casting vote against decides against it.
  expect(equal.outcome === 'carried' || withCasting(equal, voteRuleOf(terms), 'against').outcome === 'not carried').toBe(true)
})

test('where they agree the outcome is theirs, and a ruling settles what is disputed', () => {
  fc.assert(
    fc.property(vote, (made) => {
      const { tallies } = talliesIn({ ...made, twoReadings: true })
      const outcomes = tallies.map(({ outcome }) => outcome)
      expect(outcomeOf(tallies, null)).toBe(outcomes[0] === outcomes[1] ? outcomes[0] : 'disputed')
      for (const { reading, outcome } of tallies) expect(outcomeOf(tallies, reading)).toBe(outcome)
    }),
  )
})
