import { expect, test } from 'vitest'
import { AGAINST, count, isChoice, type Method } from '../../src/elections/counting.js'
import { ballots, choiceOf, lots, saidOf, stagesSaid } from './ballots.js'

interface Case {
  readonly rule: string
  readonly of: string
  readonly votes: string
  readonly lots?: string
  readonly is: string
  readonly stages?: string
}

const said = (method: Method, { of, votes, lots: drawn = '' }: Case) => count(method, [...of], ballots(votes), lots(drawn))

test.each<Case>([
  { rule: 'more than half', of: 'ABC', votes: '3 A, 1 B, 1 C', is: 'A elected', stages: 'A3 B1 C1' },
  { rule: 'half is not more than half', of: 'ABC', votes: '3 A, 2 B, 1 C', is: 'C out, AB left', stages: 'A3 B2 C1 -C' },
  { rule: 'an abstention is no vote cast', of: 'ABC', votes: '2 A, 1 B, 4 -', is: 'A elected' },
  { rule: 'one vote is all votes', of: 'AB', votes: '1 B, 5 -', is: 'B elected' },
  { rule: 'one candidate, with a vote', of: 'A', votes: '1 A', is: 'A elected' },
  { rule: 'one candidate, without a vote', of: 'A', votes: '3 -', is: 'nobody' },
  { rule: 'all abstain', of: 'AB', votes: '4 -', is: 'nobody', stages: 'A0 B0' },
  { rule: 'nobody votes', of: 'AB', votes: '', is: 'nobody' },
  { rule: 'two equal', of: 'AB', votes: '2 A, 2 B', is: 'election: AB' },
  { rule: 'two equal, settled by lot', of: 'AB', votes: '2 A, 2 B', lots: 'B of AB', is: 'B elected by lot', stages: 'A2 B2 *' },
  { rule: 'three equal: one of them drops out', of: 'ABC', votes: '2 A, 2 B, 2 C', is: 'exclusion: ABC' },
  { rule: 'three equal, settled by lot', of: 'ABC', votes: '1 A, 1 B, 1 C', lots: 'A of CBA', is: 'A out by lot, BC left' },
  { rule: 'two equal at the bottom', of: 'ABC', votes: '4 A, 2 B, 2 C', is: 'exclusion: BC' },
  { rule: 'two equal at the bottom, with few votes', of: 'ABCD', votes: '5 A, 4 B, 1 C, 1 D', is: 'exclusion: CD' },
  {
    rule: 'equal at the bottom, settled by lot',
    of: 'ABC',
    votes: '4 A, 2 B, 2 C',
    lots: 'B of BC',
    is: 'B out by lot, AC left',
  },
  { rule: 'two equal at the top do not matter', of: 'ABC', votes: '3 A, 3 B, 1 C', is: 'C out, AB left' },
  { rule: 'one without a vote', of: 'ABC', votes: '2 A, 2 B', is: 'C out, AB left' },
  { rule: 'several without a vote, together', of: 'ABCDE', votes: '2 A, 2 B, 1 E', is: 'CD out, ABE left' },
  { rule: 'several without a vote, where somebody has the majority', of: 'ABCD', votes: '2 A, 1 B', is: 'A elected' },
])('absolute majority: $rule', (one) => {
  expect(saidOf(said('absolute majority', one))).toBe(one.is)
  if (one.stages) expect(stagesSaid(said('absolute majority', one))).toBe(one.stages)
})

test.each<Case>([
  { rule: 'most votes, less than half', of: 'ABC', votes: '2 A, 3 B, 2 C', is: 'B elected', stages: 'B3 A2 C2' },
  { rule: 'two equal at the top', of: 'ABC', votes: '2 A, 2 B, 1 C', is: 'election: AB' },
  { rule: 'all equal', of: 'ABC', votes: '1 A, 1 B, 1 C', is: 'election: ABC' },
  { rule: 'settled by lot', of: 'ABC', votes: '2 A, 2 B, 1 C', lots: 'A of AB', is: 'A elected by lot', stages: 'A2 B2 C1 *' },
  { rule: 'equal at the bottom does not matter', of: 'ABC', votes: '1 A', is: 'A elected' },
  { rule: 'all abstain', of: 'AB', votes: '2 -', is: 'nobody' },
])('plurality: $rule', (one) => {
  expect(saidOf(said('plurality', one))).toBe(one.is)
  if (one.stages) expect(stagesSaid(said('plurality', one))).toBe(one.stages)
})

test.each<Case>([
  { rule: 'more for than against', of: 'A', votes: '2 A, 1 !, 5 -', is: 'A elected', stages: 'A2 !1' },
  { rule: 'one for', of: 'A', votes: '1 A', is: 'A elected' },
  { rule: 'equal', of: 'A', votes: '2 A, 2 !', is: 'not confirmed' },
  { rule: 'more against', of: 'A', votes: '1 A, 2 !', is: 'not confirmed', stages: '!2 A1' },
  { rule: 'all against', of: 'A', votes: '2 !', is: 'not confirmed' },
  { rule: 'all abstain', of: 'A', votes: '2 -', is: 'nobody' },
  { rule: 'nobody votes', of: 'A', votes: '', is: 'nobody' },
])('confirmation: $rule', (one) => {
  expect(saidOf(said('confirmation', one))).toBe(one.is)
  if (one.stages) expect(stagesSaid(said('confirmation', one))).toBe(one.stages)
})

test.each<Case>([
  { rule: 'first preferences alone', of: 'ABC', votes: '3 A, 1 BC, 1 CB', is: 'A elected', stages: 'A3 B1 C1' },
  { rule: 'the last’s ballots pass on', of: 'ABC', votes: '4 A, 3 B, 2 CB', is: 'B elected', stages: 'A4 B3 C2 -C; B5 A4' },
  {
    rule: 'past who is out',
    of: 'ABCD',
    votes: '4 A, 3 B, 2 CDB, 1 DCB',
    is: 'B elected',
    stages: 'A4 B3 C2 D1 -D; A4 B3 C3 -C *; B6 A4',
    lots: 'C of BC',
  },
  { rule: 'the exhausted do not count', of: 'ABC', votes: '3 A, 2 B, 1 C', is: 'A elected', stages: 'A3 B2 C1 -C; A3 B2 (1)' },
  { rule: 'exhausted to equal votes', of: 'ABC', votes: '3 A, 2 B, 1 CB', is: 'election: AB', stages: 'A3 B2 C1 -C; A3 B3' },
  {
    rule: 'the last two, by lot',
    of: 'ABC',
    votes: '3 A, 2 B, 1 CB',
    lots: 'B of AB',
    is: 'B elected by lot',
    stages: 'A3 B2 C1 -C; A3 B3 *',
  },
  { rule: 'equal at the bottom', of: 'ABC', votes: '4 A, 2 BC, 2 CB', is: 'exclusion: BC', stages: 'A4 B2 C2' },
  {
    rule: 'equal at the bottom, by lot',
    of: 'ABC',
    votes: '3 A, 2 BC, 2 CB',
    lots: 'B of BC',
    is: 'C elected',
    stages: 'A3 B2 C2 -B *; C4 A3',
  },
  { rule: 'all equal', of: 'ABC', votes: '1 A, 1 B, 1 C', is: 'exclusion: ABC' },
  {
    rule: 'two lots',
    of: 'ABC',
    votes: '1 A, 1 B, 1 C',
    lots: 'B of ABC, A of AC',
    is: 'A elected by lot',
    stages: 'A1 B1 C1 -B *; A1 C1 (1) *',
  },
  {
    rule: 'no lot where none of it matters',
    of: 'ABCD',
    votes: '4 A, 3 B, 1 CB, 1 DB',
    is: 'B elected',
    stages: 'A4 B3 C1 D1 -CD; B5 A4',
  },
  {
    rule: 'nor with who is hardly above',
    of: 'ABCDE',
    votes: '9 A, 8 B, 1 CB, 1 DB, 2 E',
    is: 'B elected',
    stages: 'A9 B8 E2 C1 D1 -CDE; B10 A9 (2)',
  },
  { rule: 'a lot where together they have as many', of: 'ABCD', votes: '4 A, 2 B, 1 CB, 1 DB', is: 'exclusion: CD' },
  { rule: 'several without a vote', of: 'ABCD', votes: '2 AC, 2 BD', is: 'election: AB', stages: 'A2 B2 C0 D0 -CD; A2 B2' },
  { rule: 'one candidate', of: 'A', votes: '1 A', is: 'A elected' },
  { rule: 'all abstain', of: 'ABC', votes: '3 -', is: 'nobody', stages: 'A0 B0 C0' },
])('ranked choices: $rule', (one) => {
  expect(saidOf(said('ranked choices', one))).toBe(one.is)
  if (one.stages) expect(stagesSaid(said('ranked choices', one))).toBe(one.stages)
})

test.each<{ what: string; by: Method; of: string; choice: string; may: boolean }>([
  { what: 'one of them', by: 'plurality', of: 'AB', choice: 'B', may: true },
  { what: 'nobody', by: 'plurality', of: 'AB', choice: '-', may: true },
  { what: 'somebody else', by: 'plurality', of: 'AB', choice: 'C', may: false },
  { what: 'two', by: 'absolute majority', of: 'AB', choice: 'AB', may: false },
  { what: 'some in order', by: 'ranked choices', of: 'ABC', choice: 'CA', may: true },
  { what: 'the same twice', by: 'ranked choices', of: 'ABC', choice: 'ABA', may: false },
  { what: 'against a sole candidate', by: 'confirmation', of: 'A', choice: '!', may: true },
  { what: 'for and against', by: 'confirmation', of: 'A', choice: 'A!', may: false },
  { what: 'against, where there are others', by: 'plurality', of: 'AB', choice: '!', may: false },
])('a choice by $by of $what', ({ by, of, choice, may }) => {
  expect(isChoice(by, [...of], choiceOf(choice))).toBe(may)
  const counting = () => count(by, [...of], [choiceOf(choice)], [])
  if (may) expect(counting).not.toThrow()
  else expect(counting).toThrow('no choice by')
})

test.each<{ what: string; by: Method; of: readonly string[]; drawn?: string; why: string }>([
  { what: 'no candidates', by: 'plurality', of: [], why: 'no candidates' },
  { what: 'a candidate twice', by: 'plurality', of: ['A', 'B', 'A'], why: 'no candidates' },
  { what: 'a candidate with the name of being against', by: 'plurality', of: ['A', AGAINST], why: 'no candidates' },
  { what: 'two to confirm', by: 'confirmation', of: ['A', 'B'], why: 'of one' },
  { what: 'a lot where nobody is tied', by: 'plurality', of: ['A'], drawn: 'A of AB', why: 'none was needed' },
  { what: 'a lot among others', by: 'plurality', of: ['A', 'B'], drawn: 'A of AC', why: 'are tied' },
  { what: 'a lot that drew somebody else', by: 'plurality', of: ['A', 'B'], drawn: 'C of AB', why: 'are tied' },
  { what: 'a lot too many', by: 'ranked choices', of: ['A', 'B'], drawn: 'A of AB, A of AB', why: 'none was needed' },
])('nothing is counted of $what', ({ by, of, drawn = '', why }) => {
  expect(() =>
    count(
      by,
      of,
      of.filter((one) => one !== AGAINST).map((one) => [one]),
      lots(drawn),
    ),
  ).toThrow(why)
})
