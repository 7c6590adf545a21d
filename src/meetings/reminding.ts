import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../boards/terms.js'
import { dayOf, toText } from '../kernel/time.js'
import { isWorkingDay, workingDayBefore, workingDayFrom } from '../kernel/working-days.js'
import { papersDeadline } from './deadline.js'

/** When a reminder falls due, and the date once for which it is. */
export interface Reminded {
  readonly at: Temporal.Instant
  /** day of the board's zone; with the instant, where it may come twice a day */
  readonly date: string
}

/** What the moments of a meeting's reminders are reckoned from. */
export interface Timed {
  readonly terms: Terms
  readonly startsAt: Temporal.Instant
}

/** The board's hour for reminders on a day; an hour that a clock change skips is the moment after the gap. */
export function atTheHour({ terms: { zone, reminders } }: Pick<Timed, 'terms'>, day: Temporal.PlainDate): Reminded {
  const at = day.toZonedDateTime({ timeZone: zone, plainTime: reminders.hour }).toInstant()
  return { at, date: day.toString() }
}

const meetingDayOf = ({ terms, startsAt }: Timed): Temporal.PlainDate => dayOf(startsAt, terms.zone)

/** So many working days before the meeting. */
export const workingDaysBeforeMeeting = (timed: Timed, days: readonly number[]): readonly Reminded[] =>
  days.map((count) => atTheHour(timed, workingDayBefore(meetingDayOf(timed), count, timed.terms.division).day))

/** So many working days before the papers go. */
export const workingDaysBeforePapers = (timed: Timed, days: readonly number[]): readonly Reminded[] => {
  const { day } = papersDeadline(timed.terms, timed.startsAt)
  return days.map((count) => atTheHour(timed, workingDayBefore(day, count, timed.terms.division).day))
}

/** So many days before the papers go, or on the last working day before that. */
export const daysBeforePapers = (timed: Timed, days: readonly number[]): readonly Reminded[] => {
  const { day } = papersDeadline(timed.terms, timed.startsAt)
  return days.map((count) => atTheHour(timed, workingDayBefore(day.subtract({ days: count }), 0, timed.terms.division).day))
}

/** Every working day after that on which the papers go, up to that of the meeting. */
export function dailyOncePapersAreLate(timed: Timed): readonly Reminded[] {
  const { division } = timed.terms
  const found: Reminded[] = []
  const meeting = meetingDayOf(timed)
  let day = papersDeadline(timed.terms, timed.startsAt).day.add({ days: 1 })
  for (; Temporal.PlainDate.compare(day, meeting) <= 0; day = day.add({ days: 1 })) {
    if (isWorkingDay(day, division)) found.push(atTheHour(timed, day))
  }
  return found
}

/** So many minutes before the meeting, at whatever hour: where it is moved on its own day, they are reminded anew. */
export const minutesBeforeMeeting = ({ startsAt }: Timed, minutes: readonly number[]): readonly Reminded[] =>
  minutes.map((count) => {
    const at = startsAt.subtract({ minutes: count })
    return { at, date: toText(at) }
  })

/** So many days after the meeting, or on the next working day after that. */
export const daysAfterMeeting = (timed: Timed, days: readonly number[]): readonly Reminded[] =>
  days.map((count) => atTheHour(timed, workingDayFrom(meetingDayOf(timed).add({ days: count }), timed.terms.division)))
