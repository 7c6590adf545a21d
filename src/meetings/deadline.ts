import { Temporal } from 'temporal-polyfill'
import type { Basis, Terms } from '../boards/terms.js'
import { dayOf } from '../kernel/time.js'
import { isWorkingDay, latestWorkingDayBefore, workingDayFrom, workingDaysBetween } from '../kernel/working-days.js'

/** Until when the papers of a meeting go out in time. */
export interface PapersDeadline {
  /** the board's cut-off hour of the day */
  readonly at: Temporal.Instant
  readonly day: Temporal.PlainDate
  /** whole working days that must lie between, neither end counted */
  readonly workingDays: number
  /** "17:00" */
  readonly cutOff: string
  /** where the bank holidays of those days are not known */
  readonly warning: string | null
  readonly basis: Basis
}

/**
 * The latest moment at which the papers of a meeting go out in time.
 * @see the board's terms of reference, `terms.papers`
 */
export function papersDeadline({ papers, zone, division }: Terms, startsAt: Temporal.Instant): PapersDeadline {
  const { workingDays, cutOff } = papers
  const { day, warning } = latestWorkingDayBefore(dayOf(startsAt, zone), workingDays, division)
  const at = day.toZonedDateTime({ timeZone: zone, plainTime: cutOff }).toInstant()
  return { at, day, workingDays, cutOff, warning, basis: papers }
}

/**
 * How many whole working days too few lie between a moment and the meeting; 0 up to the latest moment. What goes after
 * the cut-off hour, or on no working day, goes as if on the next working day.
 */
export function daysShort(terms: Terms, startsAt: Temporal.Instant, at: Temporal.Instant): number {
  const { zone, division, papers } = terms
  if (Temporal.Instant.compare(at, papersDeadline(terms, startsAt).at) <= 0) return 0
  const day = dayOf(at, zone)
  const late = Temporal.PlainTime.compare(at.toZonedDateTimeISO(zone).toPlainTime(), papers.cutOff) > 0
  const counted = late || !isWorkingDay(day, division) ? workingDayFrom(day.add({ days: 1 }), division) : day
  return Math.max(1, papers.workingDays - workingDaysBetween(counted, dayOf(startsAt, zone), division))
}
