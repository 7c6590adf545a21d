import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { daysShort, papersDeadline } from '../../src/meetings/deadline.js'
import { timed, type Where } from './timed.js'

const AN_HOUR_PAST = 'the board’s own day counts, not that of UTC'

/** Worked out by hand from the calendar. */
const DEADLINES: readonly (Where & { readonly by: string; readonly why: string })[] = [
  { meets: '2026-12-16T10:00Z', by: '2026-12-08T17:00:00Z', why: 'a plain week' },
  { meets: '2026-12-30T10:00Z', by: '2026-12-18T17:00:00Z', why: 'Christmas lies between' },
  { meets: '2026-04-08T09:00Z', by: '2026-03-27T17:00:00Z', why: 'Easter lies between, and the clocks go forward' },
  { meets: '2026-10-28T10:00Z', by: '2026-10-20T16:00:00Z', why: 'the clocks go back between' },
  { meets: '2026-04-08T09:00Z', division: 'scotland', by: '2026-03-30T16:00:00Z', why: 'Easter Monday counts there' },
  { meets: '2026-12-07T10:00Z', by: '2026-11-27T17:00:00Z', why: 'no holiday lies between' },
  { meets: '2026-12-07T10:00Z', division: 'scotland', by: '2026-11-26T17:00:00Z', why: 'St Andrew’s Day lies between' },
  { meets: '2026-07-15T09:00Z', by: '2026-07-07T16:00:00Z', why: 'no holiday lies between' },
  { meets: '2026-07-15T09:00Z', division: 'northern-ireland', by: '2026-07-06T16:00:00Z', why: 'the twelfth lies between' },
  { meets: '2026-12-16T00:30Z', zone: 'America/New_York', by: '2026-12-07T22:00:00Z', why: AN_HOUR_PAST },
  { meets: '2026-12-15T21:00Z', zone: 'Pacific/Auckland', by: '2026-12-08T04:00:00Z', why: AN_HOUR_PAST },
]

test.each(DEADLINES)('papers for $meets ($zone, $division) go by $by: $why', ({ by, ...where }) => {
  const { terms, startsAt } = timed(where)
  const found = papersDeadline(terms, startsAt)
  expect(found.at.toString()).toBe(by)
  expect(found).toMatchObject({ workingDays: 5, cutOff: '17:00', warning: null })
})

test('of a meeting beyond the list of bank holidays it says to check by hand', () => {
  const { terms, startsAt } = timed({ meets: '2029-01-10T10:00Z' })
  expect(papersDeadline(terms, startsAt).warning).toContain('The bank holidays of 2029 are not in my list')
})

describe('papers that go too late are short of so many working days', () => {
  /** On Wednesday 16 December 2026; papers go by Tuesday the 8th, 17:00. */
  const PLAIN = { meets: '2026-12-16T10:00Z' }
  /** On Wednesday 30 December 2026, after Christmas; papers go by Friday the 18th, 17:00. */
  const CHRISTMAS = { meets: '2026-12-30T10:00Z' }
  /** On Tuesday 15 December 2026, 19:30 in New York; papers go by Monday the 7th, 17:00 there. */
  const NEW_YORK = { meets: '2026-12-16T00:30Z', zone: 'America/New_York' }

  test.each<{ at: string; where: Where; short: number; why: string }>([
    { at: '2026-11-01T12:00Z', where: PLAIN, short: 0, why: 'long before' },
    { at: '2026-12-08T17:00:00Z', where: PLAIN, short: 0, why: 'at the last moment' },
    { at: '2026-12-08T17:00:00.001Z', where: PLAIN, short: 1, why: 'a moment after it, as if on Wednesday' },
    { at: '2026-12-09T12:00Z', where: PLAIN, short: 1, why: 'on Wednesday' },
    { at: '2026-12-09T17:01Z', where: PLAIN, short: 2, why: 'after the hour, as if on Thursday' },
    { at: '2026-12-10T09:00Z', where: PLAIN, short: 2, why: 'on Thursday' },
    { at: '2026-12-11T18:00Z', where: PLAIN, short: 4, why: 'on Friday after the hour, as if on Monday' },
    { at: '2026-12-12T10:00Z', where: PLAIN, short: 4, why: 'on Saturday, as if on Monday' },
    { at: '2026-12-15T09:00Z', where: PLAIN, short: 5, why: 'the day before' },
    { at: '2026-12-16T09:00Z', where: PLAIN, short: 5, why: 'on the day' },
    { at: '2026-12-18T17:00Z', where: CHRISTMAS, short: 0, why: 'at the last moment' },
    { at: '2026-12-18T17:01Z', where: CHRISTMAS, short: 1, why: 'after the hour, as if on Monday' },
    { at: '2026-12-24T12:00Z', where: CHRISTMAS, short: 4, why: 'on Christmas Eve: one day is left between' },
    { at: '2026-12-25T12:00Z', where: CHRISTMAS, short: 5, why: 'on Christmas Day, as if on the 29th' },
    { at: '2026-12-07T22:00Z', where: NEW_YORK, short: 0, why: 'at 17:00 there' },
    { at: '2026-12-07T22:01Z', where: NEW_YORK, short: 1, why: 'after 17:00 there' },
  ])('$short at $at: $why', ({ at, where, short }) => {
    const { terms, startsAt } = timed(where)
    expect(daysShort(terms, startsAt, Temporal.Instant.from(at))).toBe(short)
  })
})
