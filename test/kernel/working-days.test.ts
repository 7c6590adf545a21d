import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  beyondList,
  type Division,
  isWorkingDay,
  latestWorkingDayBefore,
  workingDayBefore,
  workingDayFrom,
  workingDaysBetween,
} from '../../src/kernel/working-days.js'

const DIVISIONS: readonly Division[] = ['england-and-wales', 'scotland', 'northern-ireland']
const day = (text: string) => Temporal.PlainDate.from(text)

/** Made by deadlines.py from the law, and not from the list that the code reads. */
const TABLE = readFileSync(new URL('./deadlines-2018-2028.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))

describe('the deadline of five working days agrees with an independent table, 2018 to 2028', () => {
  test('the table holds every day of the eleven years', () => {
    expect(TABLE).toHaveLength(4018)
    expect(TABLE[0]?.[0]).toBe('2018-01-01')
    expect(TABLE.at(-1)?.[0]).toBe('2028-12-31')
  })

  test.each(DIVISIONS.map((division, column) => ({ division, column: column + 1 })))('$division', ({ division, column }) => {
    const wrong = TABLE.filter((row) => latestWorkingDayBefore(day(row[0] ?? ''), 5, division).day.toString() !== row[column])
    expect(wrong).toEqual([])
  })
})

test.each([
  {
    meeting: '2018-07-18',
    deadline: '2018-07-10',
    says: 'the pack of July 2018 is dated Tuesday 10 July: exactly five lie between',
  },
  { meeting: '2025-07-23', deadline: '2025-07-15', says: 'a plain week' },
  { meeting: '2026-12-30', deadline: '2026-12-18', says: 'Christmas and Boxing Day do not count' },
  { meeting: '2026-04-08', deadline: '2026-03-27', says: 'Good Friday and Easter Monday do not count' },
])('papers for $meeting go by $deadline: $says', ({ meeting, deadline }) => {
  expect(latestWorkingDayBefore(day(meeting), 5, 'england-and-wales').day.toString()).toBe(deadline)
})

test.each([
  { on: '2026-12-28', division: 'england-and-wales', works: false, why: 'the substitute for Boxing Day' },
  { on: '2026-11-30', division: 'scotland', works: false, why: 'St Andrew’s Day' },
  { on: '2026-11-30', division: 'england-and-wales', works: true, why: 'no holiday there' },
  { on: '2026-06-15', division: 'scotland', works: false, why: 'proclaimed for the World Cup' },
  { on: '2026-07-13', division: 'northern-ireland', works: false, why: 'the substitute for the twelfth' },
  { on: '2026-11-22', division: 'england-and-wales', works: false, why: 'a Sunday' },
] as const)('$on in $division: working day $works, $why', ({ on, division, works }) => {
  expect(isWorkingDay(day(on), division)).toBe(works)
})

test('neither end is counted', () => {
  expect(workingDaysBetween(day('2018-07-10'), day('2018-07-18'), 'england-and-wales')).toBe(5)
  expect(workingDaysBetween(day('2018-07-17'), day('2018-07-18'), 'england-and-wales')).toBe(0)
  expect(workingDaysBetween(day('2018-07-18'), day('2018-07-18'), 'england-and-wales')).toBe(0)
})

test.each([
  { from: '2026-12-16', days: 0, division: 'england-and-wales', is: '2026-12-16', why: 'a Wednesday, itself' },
  { from: '2026-12-19', days: 0, division: 'england-and-wales', is: '2026-12-18', why: 'of a Saturday the Friday before' },
  { from: '2026-12-25', days: 0, division: 'england-and-wales', is: '2026-12-24', why: 'of Christmas Day the day before' },
  { from: '2026-12-16', days: 1, division: 'england-and-wales', is: '2026-12-15', why: 'the day before' },
  { from: '2026-12-20', days: 1, division: 'england-and-wales', is: '2026-12-18', why: 'of a Sunday the Friday before' },
  { from: '2026-12-16', days: 10, division: 'england-and-wales', is: '2026-12-02', why: 'two weeks' },
  {
    from: '2026-12-30',
    days: 1,
    division: 'england-and-wales',
    is: '2026-12-29',
    why: 'the day after the substitute for Boxing Day',
  },
  { from: '2026-12-30', days: 2, division: 'england-and-wales', is: '2026-12-24', why: 'Christmas lies between' },
  { from: '2026-12-30', days: 3, division: 'england-and-wales', is: '2026-12-23', why: 'Christmas lies between' },
  { from: '2026-04-07', days: 1, division: 'england-and-wales', is: '2026-04-02', why: 'Easter lies between' },
  { from: '2026-04-07', days: 1, division: 'scotland', is: '2026-04-06', why: 'Easter Monday is no holiday there' },
  { from: '2026-04-07', days: 2, division: 'scotland', is: '2026-04-02', why: 'Good Friday is one' },
  { from: '2026-12-16', days: 12, division: 'england-and-wales', is: '2026-11-30', why: 'no holiday lies between' },
  { from: '2026-12-16', days: 12, division: 'scotland', is: '2026-11-27', why: 'St Andrew’s Day lies between' },
  {
    from: '2026-07-14',
    days: 1,
    division: 'northern-ireland',
    is: '2026-07-10',
    why: 'the substitute for the twelfth lies between',
  },
  { from: '2027-01-05', days: 1, division: 'scotland', is: '2026-12-31', why: 'the first and second of January lie between' },
  {
    from: '2027-01-05',
    days: 1,
    division: 'england-and-wales',
    is: '2027-01-04',
    why: 'the second of January is no holiday there',
  },
] as const)('$days working days before $from in $division is $is: $why', ({ from, days, division, is }) => {
  expect(workingDayBefore(day(from), days, division)).toEqual({ day: day(is), warning: null })
})

test.each([
  { from: '2026-12-16', division: 'england-and-wales', is: '2026-12-16', why: 'a Wednesday, itself' },
  { from: '2026-12-19', division: 'england-and-wales', is: '2026-12-21', why: 'of a Saturday the Monday after' },
  {
    from: '2026-12-25',
    division: 'england-and-wales',
    is: '2026-12-29',
    why: 'after Christmas and the substitute for Boxing Day',
  },
  { from: '2026-04-03', division: 'england-and-wales', is: '2026-04-07', why: 'after Easter' },
  { from: '2026-04-03', division: 'scotland', is: '2026-04-06', why: 'Easter Monday is no holiday there' },
  { from: '2027-01-01', division: 'england-and-wales', is: '2027-01-04', why: 'the Monday after' },
  { from: '2027-01-01', division: 'scotland', is: '2027-01-05', why: 'the second of January is moved to the Monday' },
] as const)('the first working day from $from in $division is $is: $why', ({ from, division, is }) => {
  expect(workingDayFrom(day(from), division).toString()).toBe(is)
})

describe('beyond the list', () => {
  test('a date after its last year carries a warning, in words', () => {
    const { warning } = latestWorkingDayBefore(day('2029-01-10'), 5, 'england-and-wales')
    expect(warning).toBe('The bank holidays of 2029 are not in my list, which covers 2012 to 2028: check this date by hand.')
  })

  test('so does a working day before such a date, and that date itself', () => {
    expect(workingDayBefore(day('2029-01-10'), 3, 'england-and-wales').warning).toContain('2029')
    expect(workingDayBefore(day('2029-01-10'), 0, 'england-and-wales').warning).toContain('2029')
  })

  test('so does one before its first year', () => {
    expect(beyondList(day('2011-12-30'), day('2012-01-04'), 'scotland')).toContain('2011')
  })

  test('a date within it carries none', () => {
    expect(latestWorkingDayBefore(day('2028-12-29'), 5, 'england-and-wales').warning).toBeNull()
  })
})

test('at least as many working days lie between as were asked for, and the next working day would be too late', () => {
  const anyDay = fc.integer({ min: 0, max: 5_800 }).map((days) => day('2012-02-01').add({ days }))
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 20 }), fc.constantFrom(...DIVISIONS), (meeting, days, division) => {
      const { day: latest } = latestWorkingDayBefore(meeting, days, division)
      expect(isWorkingDay(latest, division)).toBe(true)
      expect(workingDaysBetween(latest, meeting, division)).toBeGreaterThanOrEqual(days)
      let next = latest.add({ days: 1 })
      while (!isWorkingDay(next, division)) next = next.add({ days: 1 })
      const tooLate = Temporal.PlainDate.compare(next, meeting) >= 0 || workingDaysBetween(next, meeting, division) < days
      expect(tooLate).toBe(true)
    }),
  )
})
