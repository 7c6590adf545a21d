import { expect, test } from 'vitest'
import { type Method, next } from '../../src/elections/counting.js'
import { following } from './ballots.js'

const EQUAL = 'a fresh ballot, as votes were equal'
const FEWEST = 'a fresh ballot without who had fewest'

test.each<{ rule: string; by: Method; held: [string, string][]; drawn?: string; is: string; byLot?: string }>([
  { rule: 'elected', by: 'absolute majority', held: [['AB', '2 A, 1 B']], is: 'A elected' },
  { rule: 'the last drops out', by: 'absolute majority', held: [['CAB', '3 A, 2 B, 1 C']], is: `ballot of AB: ${FEWEST}` },
  { rule: 'not confirmed', by: 'confirmation', held: [['A', '1 !']], is: 'none' },
  { rule: 'nobody voted', by: 'plurality', held: [['AB', '3 -']], is: 'none' },
  {
    rule: 'equal at the top',
    by: 'plurality',
    held: [['ABC', '2 A, 2 B, 1 C']],
    is: `ballot of AB: ${EQUAL}`,
    byLot: 'lot of election: AB',
  },
  {
    rule: 'equal again',
    by: 'plurality',
    held: [
      ['ABC', '2 A, 2 B, 1 C'],
      ['AB', '2 A, 2 B'],
    ],
    is: 'lot of election: AB',
  },
  {
    rule: 'fewer are equal',
    by: 'plurality',
    held: [
      ['ABC', '1 A, 1 B, 1 C'],
      ['ABC', '2 A, 2 B'],
    ],
    is: 'lot of election: AB',
  },
  {
    rule: 'equal at the bottom',
    by: 'absolute majority',
    held: [['CBA', '4 A, 2 B, 2 C']],
    is: `ballot of ABC: ${EQUAL}`,
    byLot: 'lot of exclusion: BC',
  },
  {
    rule: 'others are equal',
    by: 'absolute majority',
    held: [
      ['ABC', '4 A, 2 B, 2 C'],
      ['ABC', '2 A, 4 B, 2 C'],
    ],
    is: 'lot of exclusion: AC',
  },
  {
    rule: 'after the lot',
    by: 'absolute majority',
    held: [
      ['ABC', '4 A, 2 B, 2 C'],
      ['ABC', '4 A, 2 B, 2 C'],
    ],
    drawn: 'B of BC',
    is: `ballot of AC: ${FEWEST}`,
  },
  {
    rule: 'a tie of its own',
    by: 'absolute majority',
    held: [
      ['ABC', '4 A, 2 B, 2 C'],
      ['ABC', '4 A, 3 B, 1 C'],
      ['AB', '4 A, 4 B'],
    ],
    is: `ballot of AB: ${EQUAL}`,
    byLot: 'lot of election: AB',
  },
  {
    rule: 'all abstain in the fresh ballot',
    by: 'absolute majority',
    held: [
      ['AB', '1 A, 1 B'],
      ['AB', '2 -'],
    ],
    is: 'none',
  },
  {
    rule: 'the last two equal',
    by: 'ranked choices',
    held: [['CBA', '3 A, 2 B, 1 CB']],
    is: `ballot of ABC: ${EQUAL}`,
    byLot: 'lot of election: AB',
  },
  {
    rule: 'a lot, then another',
    by: 'ranked choices',
    held: [
      ['ABC', '1 A, 1 B, 1 C'],
      ['ABC', '1 A, 1 B, 1 C'],
    ],
    drawn: 'C of ABC',
    is: 'lot of election: AB',
  },
])('$by: $rule', ({ by, held, drawn, is, byLot }) => {
  expect(following(by, held, 'fresh ballot, then lot', drawn)).toBe(is)
  expect(following(by, held, 'lot', drawn)).toBe(byLot ?? is)
})

test('nothing follows no ballot', () => expect(() => next('plurality', [], 'lot')).toThrow('no ballot'))
