import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import holidays from './bank-holidays.json' with { type: 'json' }

/** A part of the United Kingdom with bank holidays of its own, in the words of GOV.UK's list. */
export const Division = z.enum(['england-and-wales', 'scotland', 'northern-ireland'])
export type Division = z.infer<typeof Division>

interface Calendar {
  readonly days: ReadonlySet<string>
  readonly firstYear: number
  readonly lastYear: number
}

/** Proclaimed after the copy of the list was taken, or missing from it. */
const PROCLAIMED: Readonly<Record<Division, readonly string[]>> = {
  'england-and-wales': [],
  scotland: ['2026-06-15'], // the men's World Cup: Royal Proclamation under s.1(3) of the Banking and Financial Dealings Act 1971
  'northern-ireland': [],
}

const calendarOf = (division: Division): Calendar => {
  const days = [...holidays[division].events.map((event) => event.date), ...PROCLAIMED[division]]
  const years = days.map((day) => Number(day.slice(0, 4)))
  return { days: new Set(days), firstYear: Math.min(...years), lastYear: Math.max(...years) }
}

const CALENDARS: Readonly<Record<Division, Calendar>> = {
  'england-and-wales': calendarOf('england-and-wales'),
  scotland: calendarOf('scotland'),
  'northern-ireland': calendarOf('northern-ireland'),
}

/**
 * Monday to Friday, less the bank holidays of the division.
 * Outside the years of the list only weekends are known: ask `beyondList` wherever it decides something.
 * @see kernel/bank-holidays.LICENCE.md
 */
export const isWorkingDay = (day: Temporal.PlainDate, division: Division): boolean =>
  day.dayOfWeek <= 5 && !CALENDARS[division].days.has(day.toString())

/** A sentence of warning if any day from `first` to `last` lies outside the years of the list, else null. */
export function beyondList(first: Temporal.PlainDate, last: Temporal.PlainDate, division: Division): string | null {
  const { firstYear, lastYear } = CALENDARS[division]
  if (first.year >= firstYear && last.year <= lastYear) return null
  const year = last.year > lastYear ? last.year : first.year
  return `The bank holidays of ${year} are not in my list, which covers ${firstYear} to ${lastYear}: check this date by hand.`
}

/** Whole working days that lie between two days, neither end counted; 0 when `to` is not after `from`. */
export function workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate, division: Division): number {
  let count = 0
  for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
    if (isWorkingDay(day, division)) count += 1
  }
  return count
}

export interface Deadline {
  readonly day: Temporal.PlainDate
  /** to be shown beside the day wherever the day is shown */
  readonly warning: string | null
}

/**
 * The latest working day with at least `days` whole working days between it and `meeting`, neither end counted.
 * The county's pack for Wednesday 18 July 2018 is dated Tuesday 10 July: exactly five lie between.
 * @param days whole working days, 0 or more
 */
export function latestWorkingDayBefore(meeting: Temporal.PlainDate, days: number, division: Division): Deadline {
  let between = 0
  let day = meeting.subtract({ days: 1 })
  while (between < days || !isWorkingDay(day, division)) {
    if (isWorkingDay(day, division)) between += 1
    day = day.subtract({ days: 1 })
  }
  return { day, warning: beyondList(day, meeting, division) }
}

/**
 * The n-th working day before a day; 0: the day itself, or the last working day before it.
 * @param days whole working days, 0 or more
 */
export function workingDayBefore(day: Temporal.PlainDate, days: number, division: Division): Deadline {
  if (days === 0 && isWorkingDay(day, division)) return { day, warning: beyondList(day, day, division) }
  return latestWorkingDayBefore(day, Math.max(0, days - 1), division)
}

/** The first working day on or after a day. */
export function workingDayFrom(day: Temporal.PlainDate, division: Division): Temporal.PlainDate {
  let on = day
  while (!isWorkingDay(on, division)) on = on.add({ days: 1 })
  return on
}
