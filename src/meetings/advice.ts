import { Temporal } from 'temporal-polyfill'
import { byConvention } from '../boards/part/rules.js'
import type { Basis, Terms } from '../boards/terms.js'
import type { Clause, RefusalCode } from '../kernel/refusal.js'
import { dayInWords, dayOf, hourInWords, inWords } from '../kernel/time.js'
import { isWorkingDay, workingDaysBetween } from '../kernel/working-days.js'
import { papersDeadline } from './deadline.js'
import type { Kind } from './rules.js'

/** Members of the board who are to be elsewhere while it meets. */
export interface Clash {
  /** names, at least one */
  readonly who: readonly string[]
  /** where they are to be, without "the": "KCSP" */
  readonly board: string
  readonly at: Temporal.Instant
}

/** What is in other calendars at the time that is proposed. */
export interface Calendar {
  readonly clashes: readonly Clash[]
}

/** A time proposed for a meeting. */
export interface ProposedTime {
  readonly terms: Terms
  readonly kind: Kind
  readonly startsAt: Temporal.Instant
  readonly now: Temporal.Instant
  readonly calendar: Calendar
}

/** Why there can be no meeting then: what is wrong, then what to do. */
export interface Forbidden {
  readonly code: RefusalCode
  readonly sentence: string
  /** only where the board's terms forbid it */
  readonly clause?: Clause
}

export type Unwisdom = 'weekend' | 'bank holiday' | 'beyond list' | 'hour' | 'notice' | 'papers' | 'clash'

/** Why it is better not to meet then, though nothing forbids it. */
export interface Unwise {
  readonly code: Unwisdom
  /** names the convention and its source, where the terms are silent */
  readonly sentence: string
  readonly clause?: Clause
}

export interface Advice {
  readonly forbidden: readonly Forbidden[]
  readonly unwise: readonly Unwise[]
}

/** A convention of ours: a year farther ahead is a slip of the hand. */
const YEARS_AHEAD = 5
/** Boards meet by day: a convention of ours, on the board's own clock. */
const EARLIEST = Temporal.PlainTime.from('08:00')
const LATEST = Temporal.PlainTime.from('20:00')
/** How many people of a clash are named. */
const NAMED = 5

const resting = ({ clause }: Basis): { clause?: Clause } => (clause ? { clause } : {})

const days = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** What lies between, and what should: of a kind of days, neither end counted. */
interface Notice {
  readonly given: number
  readonly required: number
  readonly what: 'whole day' | 'whole working day'
}

/** The kinds of days, of those that a rule of notice counts, of which too few lie between now and the meeting. */
function tooShort({ terms, startsAt, now }: ProposedTime): readonly Notice[] {
  const { zone, division, notice } = terms
  const [today, day] = [dayOf(now, zone), dayOf(startsAt, zone)]
  const counted: readonly Notice[] = [
    { given: Math.max(0, today.until(day).days - 1), required: notice.days ?? 0, what: 'whole day' },
    { given: workingDaysBetween(today, day, division), required: notice.workingDays ?? 0, what: 'whole working day' },
  ]
  return counted.filter(({ given, required }) => given < required)
}

const between = ({ given, what }: Notice): string =>
  `${given === 0 ? `No ${what} lies` : `Only ${days(given, what)} ${given === 1 ? 'lies' : 'lie'}`} between today and the meeting`

function noticeForbids(time: ProposedTime): readonly Forbidden[] {
  const { clause } = time.terms.notice
  if (!clause) return []
  return tooShort(time).map((short) => ({
    code: 'too_late',
    sentence: `${between(short)}, and the terms ask for ${short.required}. Choose a later day.`,
    clause,
  }))
}

/** No time for any meeting, whatever the board. */
function impossible({ terms, startsAt, now }: ProposedTime): Forbidden | null {
  const [today, day] = [dayOf(now, terms.zone), dayOf(startsAt, terms.zone)]
  if (Temporal.Instant.compare(startsAt, now) <= 0) {
    return { code: 'too_late', sentence: `That time has passed: ${inWords(startsAt, terms.zone)}. Choose one to come.` }
  }
  if (Temporal.PlainDate.compare(day, today.add({ years: YEARS_AHEAD })) > 0) {
    return { code: 'invalid', sentence: `${dayInWords(day)} is more than five years ahead: check the year.` }
  }
  return null
}

function unwiseDay({ terms, startsAt }: ProposedTime): readonly Unwise[] {
  const day = dayOf(startsAt, terms.zone)
  const words = dayInWords(day)
  if (day.dayOfWeek > 5) return [{ code: 'weekend', sentence: `${words} is at the weekend, and boards meet on working days.` }]
  if (isWorkingDay(day, terms.division)) return []
  return [{ code: 'bank holiday', sentence: `${words} is a bank holiday, and boards meet on working days.` }]
}

function unwiseHour({ terms, startsAt }: ProposedTime): readonly Unwise[] {
  const time = startsAt.toZonedDateTimeISO(terms.zone).toPlainTime()
  const early = Temporal.PlainTime.compare(time, EARLIEST) < 0
  if (!early && Temporal.PlainTime.compare(time, LATEST) <= 0) return []
  const hour = hourInWords(startsAt, terms.zone)
  return [
    { code: 'hour', sentence: `${hour} is ${early ? 'early' : 'late'}: boards meet between 08:00 and 20:00. Check the hour.` },
  ]
}

function unwiseNotice(time: ProposedTime): readonly Unwise[] {
  const { notice } = time.terms
  if (notice.clause) return []
  return tooShort(time).map((short) => ({
    code: 'notice',
    sentence: `${between(short)}; ${short.required} ${short.required === 1 ? 'is' : 'are'} usual. ${byConvention(notice)}`,
  }))
}

/** Whether the papers can still go out by the board's cut-off hour on the latest day for them. */
function unwisePapers({ terms, kind, startsAt, now }: ProposedTime): readonly Unwise[] {
  const { papers } = terms
  const { at, day } = papersDeadline(terms, startsAt)
  if (Temporal.Instant.compare(now, at) <= 0) return []
  const latest = `${dayInWords(day)}, ${papers.cutOff}`
  const due = `Its papers go at least ${days(papers.workingDays, 'working day')} before, and the last hour for that was ${latest}.`
  const late = kind === 'extraordinary' ? 'What cannot wait goes marked as late.' : 'Late papers go marked as late.'
  const sentence = [due, late, byConvention(papers)].join(' ').trim()
  return [{ code: 'papers', sentence, ...resting(papers) }]
}

function unwiseClashes({ terms, startsAt, calendar }: ProposedTime): readonly Unwise[] {
  return calendar.clashes.flatMap(({ who, board, at }) => {
    if (who.length === 0) return []
    const others = who.length - NAMED
    const all = others > 0 ? [...who.slice(0, NAMED), `${others} other${others === 1 ? '' : 's'}`] : who
    const names = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
    const sameDay = dayOf(at, terms.zone).equals(dayOf(startsAt, terms.zone))
    const when = sameDay ? `at ${hourInWords(at, terms.zone)} that day` : `on ${inWords(at, terms.zone)}`
    return [{ code: 'clash', sentence: `${names} ${who.length === 1 ? 'has' : 'have'} the ${board} ${when}.` }]
  })
}

/** The bank holidays of the days that papers and notice are reckoned by are not known. */
function beyond({ terms, startsAt }: ProposedTime): readonly Unwise[] {
  const { warning } = papersDeadline(terms, startsAt)
  return warning === null ? [] : [{ code: 'beyond list', sentence: warning }]
}

/**
 * What forbids a meeting at a time, and what speaks against it. A time that has passed, or lies in a wrong year, is told
 * that alone. Notice counts the whole days, or whole working days, between today and the meeting, neither end counted;
 * where it and the papers' rule ask for the same number of working days, only one of the two is told.
 * @see the board's terms of reference, `terms.notice` and `terms.papers`
 */
export function adviceOn(time: ProposedTime): Advice {
  const never = impossible(time)
  if (never) return { forbidden: [never], unwise: [] }
  const { notice, papers } = time.terms
  const forbidden = noticeForbids(time)
  const late = unwisePapers(time)
  const same = notice.workingDays === papers.workingDays && notice.days === undefined
  return {
    forbidden,
    unwise: [
      ...unwiseDay(time),
      ...beyond(time),
      ...unwiseHour(time),
      ...(same && late.length > 0 ? [] : unwiseNotice(time)),
      ...(same && forbidden.length > 0 ? [] : late),
      ...unwiseClashes(time),
    ],
  }
}

/**
 * The instant of a civil time in a zone; of one that comes twice, as the clocks go back, the first.
 * @returns `wrong`, a sentence, for a time that the clocks skip
 */
export function civilInstant(
  day: Temporal.PlainDate,
  time: Temporal.PlainTime,
  zone: string,
): { readonly at: Temporal.Instant } | { readonly wrong: string } {
  const there = day.toZonedDateTime({ timeZone: zone, plainTime: time })
  if (there.toPlainDateTime().equals(day.toPlainDateTime(time))) return { at: there.toInstant() }
  const hour = time.toString({ smallestUnit: 'minute' })
  return { wrong: `There is no ${hour} on ${dayInWords(day)}: the clocks go forward. Choose another hour.` }
}
