import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  approvable,
  dayFrom,
  inForceAt,
  inTheMiddle,
  sameBoard,
  standOf,
  startOf,
  type Text,
} from '../../../src/boards/adoption/rules.js'
import type { Board } from '../../../src/boards/rules.js'
import { Refusal, type RefusalCode } from '../../../src/kernel/refusal.js'
import { termsOf } from '../roster/spreadsheet.js'

const terms = termsOf('kcsp-2025.yaml')
const at = (instant: string): Temporal.Instant => Temporal.Instant.from(instant)
const text = (number: number, from: string | null): Text => ({
  id: String(number),
  number,
  state: from === null ? 'draft' : 'approved',
  inForceFrom: from === null ? null : at(from),
  terms,
})
const BOARD: Board = {
  id: 'b',
  tenant: 't',
  name: terms.board,
  shortName: 'KCSP',
  zone: 'Europe/London',
  division: 'england-and-wales',
}

/** The code with which something is refused; null where it is not. */
function codeOf(what: () => unknown): RefusalCode | null {
  try {
    what()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('which text is in force', () => {
  // Approved out of their order: the third was recorded last and took effect first.
  const texts = [text(1, '2025-01-01T00:00:00Z'), text(2, '2027-01-01T00:00:00Z'), text(3, '2026-01-01T00:00:00Z'), text(4, null)]

  test.each([
    { when: '2024-12-31T23:59:59.999Z', is: null, stands: ['to come', 'to come', 'to come', 'draft'] },
    { when: '2025-01-01T00:00:00Z', is: '1', stands: ['in force', 'to come', 'to come', 'draft'] },
    { when: '2025-12-31T23:59:59.999Z', is: '1', stands: ['in force', 'to come', 'to come', 'draft'] },
    { when: '2026-01-01T00:00:00Z', is: '3', stands: ['superseded', 'to come', 'in force', 'draft'] },
    { when: '2027-01-01T00:00:00Z', is: '2', stands: ['superseded', 'in force', 'superseded', 'draft'] },
  ])('$when: $is', ({ when, is, stands }) => {
    expect(inForceAt(texts, at(when))?.id ?? null).toBe(is)
    expect(texts.map((one) => standOf(one, texts, at(when)))).toEqual(stands)
  })
})

describe('whether a draft can take effect', () => {
  const now = at('2026-11-22T10:00:00Z')
  const draft = text(9, null)
  const rules = text(1, '2025-01-01T00:00:00Z')
  const planned = text(2, '2027-01-01T00:00:00Z')

  test.each<{ what: string; of?: Text; texts: readonly Text[]; from: string; code: RefusalCode | null }>([
    { what: 'at once, the first', texts: [], from: '2026-11-22T10:00:00Z', code: null },
    { what: 'long ago, the first', texts: [], from: '2018-04-01T00:00:00Z', code: null },
    { what: 'long ago, where one is only to come', texts: [planned], from: '2018-04-01T00:00:00Z', code: null },
    { what: 'at once, in place of another', texts: [rules], from: '2026-11-22T10:00:00Z', code: null },
    { what: 'a moment ago, in place of another', texts: [rules], from: '2026-11-22T09:59:59.999Z', code: 'too_late' },
    { what: 'before another that is to come', texts: [rules, planned], from: '2026-12-01T00:00:00Z', code: null },
    { what: 'after another that is to come', texts: [rules, planned], from: '2027-02-01T00:00:00Z', code: null },
    { what: 'with another', texts: [rules, planned], from: '2027-01-01T00:00:00Z', code: 'conflict' },
    { what: 'as soon as another', texts: [text(1, '2026-11-22T10:00:00Z')], from: '2026-11-22T10:00:00Z', code: 'conflict' },
    { what: 'that is none any more', of: planned, texts: [rules, planned], from: '2027-03-01T00:00:00Z', code: 'conflict' },
  ])('$what: $code', ({ of = draft, texts, from, code }) => {
    expect(codeOf(() => approvable(of, [...texts, draft], at(from), BOARD, now))).toBe(code)
  })
})

test.each([
  { board: {}, code: null },
  { board: { name: 'Called otherwise' }, code: null },
  { board: { shortName: 'KCSP WG' }, code: 'conflict' },
  { board: { zone: 'Europe/Dublin' }, code: 'conflict' },
  { board: { division: 'scotland' as const }, code: 'conflict' },
])('a text is for its board: $board', ({ board, code }) => {
  expect(codeOf(() => sameBoard({ ...BOARD, ...board }, terms))).toBe(code)
})

test('a day begins at midnight where the board is, also where a clock change skips it', () => {
  const now = at('2026-11-22T10:00:00Z')
  expect(startOf(null, BOARD, now)).toBe(now)
  expect(startOf(Temporal.PlainDate.from('2027-06-01'), BOARD, now).toString()).toBe('2027-05-31T23:00:00Z')
  // In Beirut the clocks went forward at midnight.
  expect(startOf(Temporal.PlainDate.from('2022-03-27'), { ...BOARD, zone: 'Asia/Beirut' }, now).toString()).toBe(
    '2022-03-26T22:00:00Z',
  )
})

test.each([
  { from: '2026-12-16T10:00:00Z', during: false },
  { from: '2026-12-16T10:00:00.001Z', during: true },
  { from: '2026-12-16T11:59:59.999Z', during: true },
  { from: '2026-12-16T12:00:00Z', during: false },
])('in the middle of a meeting from ten to twelve: $from $during', ({ from, during }) => {
  const said = inTheMiddle(at(from), [{ startsAt: at('2026-12-16T10:00:00Z'), minutes: 120 }], BOARD)
  expect(said !== null).toBe(during)
  if (during) expect(said).toContain('during the meeting of Wednesday 16 December 2026, 10:00')
})

test.each([
  { text: undefined, day: null },
  { text: '', day: null },
  { text: '2027-01-31', day: '2027-01-31' },
  { text: '1899-12-31', day: 'invalid' },
  { text: '3000-01-01', day: 'invalid' },
  { text: '2027-02-29', day: 'invalid' },
  { text: 'tomorrow', day: 'invalid' },
  { text: '31/01/2027', day: 'invalid' },
])('a day as a form gives it: $text', ({ text: said, day }) => {
  if (day === 'invalid') expect(codeOf(() => dayFrom(said, 'from'))).toBe('invalid')
  else expect(dayFrom(said, 'from')?.toString() ?? null).toBe(day)
})
