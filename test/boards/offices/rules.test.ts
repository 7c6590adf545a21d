import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { endingOf, heardOn } from '../../../src/boards/offices/ending.js'
import {
  DAYS_BEFORE_END,
  fallsDue,
  filledHere,
  isFollowed,
  ruleOf,
  type Tenure,
  termEnd,
  toHear,
} from '../../../src/boards/offices/rules.js'
import type { Terms } from '../../../src/boards/terms.js'
import { readTerms } from '../../../src/boards/terms-text.js'
import { type Shipped, termsText } from '../county.js'

function termsOf(name: Shipped): Terms {
  const read = readTerms(termsText(name))
  if ('faults' in read) throw new Error(`${name} cannot be read`)
  return read.terms
}

const kcsp = termsOf('kcsp-2025')
const workingGroup = termsOf('kcsp-working-group-2025')
const steering = termsOf('dardr-steering-group-2025')

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

const held = (since: string, more: Partial<{ until: string; acting: boolean; office: Tenure['office'] }> = {}): Tenure => ({
  office: more.office ?? 'vice-chair',
  acting: more.acting ?? false,
  since: day(since),
  until: more.until === undefined ? null : day(more.until),
})

/** The terms of the KCSP with another rule for its vice-chair. */
const withRule = (rule: Partial<Terms['offices'][number]>): Terms => ({
  ...kcsp,
  offices: kcsp.offices.map((one) => (one.office === 'vice-chair' ? { ...one, ...rule } : one)),
})

describe('when a term ends', () => {
  test.each([
    { rule: 'two years from its first day', years: 2, since: '2024-07-23', end: '2026-07-23' },
    { rule: '29 February and a year: 28 February', years: 1, since: '2024-02-29', end: '2025-02-28' },
    { rule: '29 February and two', years: 2, since: '2024-02-29', end: '2026-02-28' },
    { rule: '29 February and four: 29 February', years: 4, since: '2024-02-29', end: '2028-02-29' },
    { rule: '29 February 2096 and four: 1900 and 2100 are no leap years', years: 4, since: '2096-02-29', end: '2100-02-28' },
    { rule: '28 February and a year', years: 1, since: '2027-02-28', end: '2028-02-28' },
    { rule: 'over the turn of a year', years: 3, since: '2024-12-31', end: '2027-12-31' },
    { rule: 'never, where no years are stated', years: undefined, since: '1999-01-01', end: null },
  ])('$rule', ({ years, since, end }) => {
    expect(termEnd(ruleOf(withRule({ years }), 'vice-chair'), held(since))?.toString() ?? null).toBe(end)
  })

  test('never for somebody who acts, nor in an office of which the terms say nothing', () => {
    expect(termEnd(ruleOf(kcsp, 'vice-chair'), held('2024-07-23', { acting: true }))).toBeNull()
    expect(termEnd(ruleOf(kcsp, 'co-chair'), held('2024-07-23', { office: 'co-chair' }))).toBeNull()
  })
})

describe('an office falls due', () => {
  const ON = '2025-07-23'
  test.each([
    { rule: 'never held: vacant', tenures: [], due: 'vacant null' },
    { rule: 'held', tenures: [held('2025-01-01')], due: null },
    { rule: 'sixty-one days before the end', tenures: [held('2023-09-22')], due: null },
    { rule: 'sixty days before the end', tenures: [held('2023-09-21')], due: 'term 2025-09-21' },
    { rule: 'after the end: whoever holds it stays', tenures: [held('2019-01-01')], due: 'term 2021-01-01' },
    { rule: 'its holder gone the day before', tenures: [held('2025-01-01', { until: '2025-07-22' })], due: 'vacant 2025-07-22' },
    { rule: 'its holder gone on the day', tenures: [held('2025-01-01', { until: ON })], due: `vacant ${ON}` },
    {
      rule: 'its holder to go within sixty days',
      tenures: [held('2025-01-01', { until: '2025-07-24' })],
      due: 'term 2025-07-24',
    },
    { rule: 'its holder to go later', tenures: [held('2025-01-01', { until: '2025-09-22' })], due: null },
    {
      rule: 'its holder to go, and followed',
      tenures: [held('2023-07-24', { until: '2025-07-24' }), held('2025-07-24')],
      due: null,
    },
    {
      rule: 'its holder to go, and followed by somebody who acts',
      tenures: [held('2023-07-24', { until: '2025-07-24' }), held('2025-07-24', { acting: true })],
      due: 'term 2025-07-24',
    },
    { rule: 'to be held from the day after', tenures: [held('2025-07-24')], due: 'vacant null' },
    { rule: 'held by somebody who acts', tenures: [held('2025-01-01', { acting: true })], due: 'vacant null' },
    {
      rule: 'held by somebody who acts, after one who did not',
      tenures: [held('2024-01-01', { until: '2025-06-01' }), held('2025-06-01', { acting: true })],
      due: 'vacant 2025-06-01',
    },
    {
      rule: 'shared: of two the first whose term ends',
      tenures: [held('2025-01-01'), held('2023-08-01')],
      due: 'term 2025-08-01',
    },
    { rule: 'shared: one of two gone, one left', tenures: [held('2025-01-01'), held('2024-08-01', { until: ON })], due: null },
    { rule: 'another’s office says nothing of it', tenures: [held('2025-01-01', { office: 'chair' })], due: 'vacant null' },
  ])('$rule', ({ tenures, due }) => {
    const [one, another] = fallsDue(kcsp, tenures, day(ON))
    expect(one ? `${one.cause} ${one.day}` : null).toBe(due)
    expect(another).toBeUndefined()
  })

  test('only where the board fills it: not by virtue of a post, nor where the parent nominates', () => {
    const fills = (terms: Terms) => terms.offices.filter((rule) => filledHere(terms, rule)).map(({ office }) => office)
    expect([kcsp, workingGroup, steering].map(fills)).toEqual([['vice-chair'], ['chair', 'vice-chair'], ['vice-chair']])
  })

  const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => day('2000-01-01').add({ days }))

  test('whenever a term began, on sixty days and no more before its end, and on every day after', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -400, max: 400 }), (since, years, offset) => {
        const terms = withRule({ years })
        const end = since.add({ years })
        const on = end.add({ days: offset })
        if (Temporal.PlainDate.compare(on, since) < 0) return
        const [due] = fallsDue(terms, [{ office: 'vice-chair', acting: false, since, until: null }], on)
        expect(due?.cause ?? null).toBe(offset >= -DAYS_BEFORE_END ? 'term' : null)
        if (due) expect(due.day?.toString()).toBe(end.toString())
      }),
    )
  })

  test('never because a term ends where somebody is known to follow, and always where nobody holds it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: -100, max: 3_000 }), (since, days, offset) => {
        const until = since.add({ days })
        const on = since.add({ days: offset })
        const first: Tenure = { office: 'vice-chair', acting: false, since, until }
        const next: Tenure = { office: 'vice-chair', acting: false, since: until, until: null }
        expect(isFollowed(first, [first, next])).toBe(true)
        const held = offset >= 0 && offset < days
        const due = fallsDue(kcsp, [first, next], on)
        if (held) expect(due).toEqual([])
        if (offset < 0) expect(due).toMatchObject([{ cause: 'vacant', day: null }])
        const alone = fallsDue(kcsp, [first], on)
        if (!held) expect(alone).toMatchObject([{ cause: 'vacant' }])
      }),
    )
  })
})

describe('how a time in office ends, and when it is heard of', () => {
  const ending = (terms: Terms, tenure: Tenure) => {
    const found = endingOf(terms, tenure, [tenure])
    return found && `${found.what} ${found.day}`
  }

  test.each([
    { rule: 'terms that review', terms: kcsp, tenure: held('2024-07-23'), ends: 'review 2026-07-23' },
    { rule: 'terms that end', terms: withRule({ atYearsEnd: 'ends' }), tenure: held('2024-07-23'), ends: 'election 2026-07-23' },
    { rule: 'no years', terms: withRule({ years: undefined }), tenure: held('2024-07-23'), ends: null },
    {
      rule: 'a last day before that',
      terms: kcsp,
      tenure: held('2024-07-23', { until: '2025-01-01' }),
      ends: 'last day 2025-01-01',
    },
    {
      rule: 'a last day after that',
      terms: kcsp,
      tenure: held('2024-07-23', { until: '2027-01-01' }),
      ends: 'review 2026-07-23',
    },
    { rule: 'acting', terms: kcsp, tenure: held('2024-07-23', { acting: true }), ends: null },
    {
      rule: 'nominated by the parent',
      terms: steering,
      tenure: held('2024-07-23', { office: 'chair' }),
      ends: 'review 2026-07-23',
    },
    {
      rule: 'ex officio, with a last day',
      terms: kcsp,
      tenure: held('2024-07-23', { office: 'chair', until: '2026-01-01' }),
      ends: null,
    },
  ])('$rule', ({ terms, tenure, ends }) => {
    expect(ending(terms, tenure)).toBe(ends)
  })

  test.each([
    { rule: 'sixty days before', end: '2027-03-01', heard: '2026-12-31' },
    { rule: 'on a Saturday: on the Friday before', end: '2027-03-03', heard: '2026-12-31' },
    { rule: 'on a Sunday after Christmas: before the holidays', end: '2027-02-25', heard: '2026-12-24' },
    { rule: 'an end on 28 February, from the 29th', end: '2026-02-28', heard: '2025-12-30' },
  ])('$rule', ({ end, heard }) => {
    expect(heardOn({ day: day(end) }, 'england-and-wales').toString()).toBe(heard)
  })

  test('clerk and chair hear of it; while nobody is chair, the vice-chair', () => {
    const chair = held('2024-01-01', { office: 'chair', until: '2025-06-01' })
    const all = [chair, held('2024-01-01'), held('2024-01-01', { office: 'clerk' })]
    const heard = (on: string) => {
      const { clerks, chairs } = toHear(kcsp, all, day(on))
      return [...clerks, ...chairs].map(({ office }) => office)
    }
    expect(heard('2025-05-31')).toEqual(['clerk', 'chair'])
    expect(heard('2025-06-01')).toEqual(['clerk', 'vice-chair'])
  })
})
