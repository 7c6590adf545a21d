import { describe, expect, test } from 'vitest'
import { type Answer, answered, nominated, seconded } from '../../../src/elections/nominating/rules.js'
import type { Nomination, NominationState } from '../../../src/elections/rules.js'
import { Refusal } from '../../../src/kernel/refusal.js'

const named = (name: string) => ({ id: name, name })
const nomination = (state: NominationState, seconder: string | null = null): Nomination => ({
  nominee: named('Ann'),
  proposer: named('Bob'),
  seconder: seconder === null ? null : named(seconder),
  state,
})

const outcome = (run: () => Nomination | null): string => {
  try {
    const found = run()
    return found === null
      ? 'unchanged'
      : `${found.state}, by ${found.proposer.name}${found.seconder ? `, seconded by ${found.seconder.name}` : ''}`
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('nominating', () => {
  test.each([
    { case: 'somebody new', before: [], by: 'Bob', found: 'nominated, by Bob' },
    { case: 'oneself is accepting', before: [], by: 'Ann', found: 'accepted, by Ann' },
    { case: 'the same again', before: [nomination('nominated')], by: 'Bob', found: 'unchanged' },
    { case: 'the same again once accepted', before: [nomination('accepted')], by: 'Bob', found: 'unchanged' },
    { case: 'twice, by another', before: [nomination('accepted')], by: 'Carl', found: 'conflict' },
    { case: 'who was nominated nominates themselves', before: [nomination('nominated')], by: 'Ann', found: 'accepted, by Bob' },
    { case: 'who has declined', before: [nomination('declined')], by: 'Carl', found: 'conflict' },
    { case: 'who has declined changes their mind', before: [nomination('declined')], by: 'Ann', found: 'accepted, by Ann' },
    { case: 'who has withdrawn stands again', before: [nomination('withdrawn')], by: 'Ann', found: 'accepted, by Ann' },
  ])('$case', ({ before, by, found }) => {
    expect(outcome(() => nominated(before, { nominee: named('Ann'), proposer: named(by), seconder: null }))).toBe(found)
  })

  test.each([
    { case: 'with a seconder', seconder: 'Carl', found: 'nominated, by Bob, seconded by Carl' },
    { case: 'seconded by who proposes', seconder: 'Bob', found: 'invalid' },
    { case: 'seconded by the nominee', seconder: 'Ann', found: 'invalid' },
  ])('$case', ({ seconder, found }) => {
    expect(outcome(() => nominated([], { nominee: named('Ann'), proposer: named('Bob'), seconder: named(seconder) }))).toBe(found)
  })

  test('thirty are enough', () => {
    const all = Array.from({ length: 30 }, (_, at) => ({ ...nomination('accepted'), nominee: named(`Nominee ${at}`) }))
    expect(outcome(() => nominated(all, { nominee: named('Ann'), proposer: named('Bob'), seconder: null }))).toBe('limit')
  })
})

test.each([
  { case: 'by another member', before: null, by: 'Carl', found: 'nominated, by Bob, seconded by Carl' },
  { case: 'again', before: 'Carl', by: 'Carl', found: 'unchanged' },
  { case: 'by a second one', before: 'Carl', by: 'Dora', found: 'conflict' },
  { case: 'by who proposed', before: null, by: 'Bob', found: 'invalid' },
  { case: 'by the nominee', before: null, by: 'Ann', found: 'invalid' },
])('seconding $case', ({ before, by, found }) => {
  expect(outcome(() => seconded(nomination('nominated', before), named(by)))).toBe(found)
})

test.each([
  { from: 'nominated', answer: 'accepted', to: 'accepted' },
  { from: 'nominated', answer: 'declined', to: 'declined' },
  { from: 'nominated', answer: 'withdrawn', to: 'declined' },
  { from: 'accepted', answer: 'accepted', to: 'unchanged' },
  { from: 'accepted', answer: 'declined', to: 'withdrawn' },
  { from: 'accepted', answer: 'withdrawn', to: 'withdrawn' },
  { from: 'declined', answer: 'declined', to: 'unchanged' },
  { from: 'declined', answer: 'accepted', to: 'conflict' },
  { from: 'withdrawn', answer: 'withdrawn', to: 'unchanged' },
  { from: 'withdrawn', answer: 'accepted', to: 'conflict' },
] as const)('who has $from and says $answer: $to', ({ from, answer, to }) => {
  expect(outcome(() => answered(nomination(from), answer as Answer)).split(',')[0]).toBe(to)
})
