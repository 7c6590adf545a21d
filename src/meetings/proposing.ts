import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../boards/terms.js'
import { dayInWords } from '../kernel/time.js'
import { beyondList, isWorkingDay, latestWorkingDayBefore, workingDaysBetween } from '../kernel/working-days.js'

/** When a board meets as a rule. */
export interface Usual {
  /** 1 is Monday, 7 Sunday */
  readonly weekday: number
  /** on the board's own clock */
  readonly time: Temporal.PlainTime
}

/** A day on which the same people meet elsewhere. */
export interface Taken {
  readonly day: Temporal.PlainDate
  /** who meets, without "the": "KCSP" */
  readonly what: string
}

export interface Wish {
  readonly terms: Terms
  readonly year: number
  /** how many meetings, a whole number */
  readonly count: number
  /** where the board is */
  readonly today: Temporal.PlainDate
  readonly taken: readonly Taken[]
  /** the days on which the parent meets in that year; heeded where the terms put the meetings before the parent's */
  readonly parent: readonly Temporal.PlainDate[]
  /** whole working days before the parent's meeting by which its papers go */
  readonly parentPapersWorkingDays: number
  /** after the last meetings; null where there were none */
  readonly usual: Usual | null
}

export interface Proposed {
  /** on the board's own clock */
  readonly startsAt: Temporal.PlainDateTime
  /** short reasons, as parts of a sentence */
  readonly because: readonly string[]
  /** sentences to show beside the day */
  readonly warnings: readonly string[]
}

/** Whole working days in which a report on a meeting is written. A convention of ours: the terms say nothing of it. */
export const WRITING_DAYS = 5

/** Where nothing is known of earlier meetings: as the KCSP met on 23 July 2025. */
const CUSTOMARY: Usual = { weekday: 3, time: Temporal.PlainTime.from('10:00') }
/** In weeks from the day that would be best, nearest first. */
const NEARBY = [0, 1, -1, 2, -2, 3, -3]
const EARLIER = [0, -1, -2, -3]

/** A meeting in the making: why a day cannot be its day, or null. */
type Obstacle = (day: Temporal.PlainDate) => string | null

interface Chosen {
  readonly day: Temporal.PlainDate
  readonly because: readonly string[]
}

const before = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(one, other) < 0
const apart = (one: Temporal.PlainDate, other: Temporal.PlainDate): number => Math.abs(one.until(other).days)
const byDay = (one: Temporal.PlainDate, other: Temporal.PlainDate): number => Temporal.PlainDate.compare(one, other)

/** The first day whose papers, and whose notice, can still go out in time, with a working day to spare. */
function firstFeasible({ terms, today }: Wish): Temporal.PlainDate {
  const workingDays = Math.max(terms.papers.workingDays, terms.notice.workingDays ?? 0) + 1
  let day = today.add({ days: 1 + (terms.notice.days ?? 0) })
  while (workingDaysBetween(today, day, terms.division) < workingDays) day = day.add({ days: 1 })
  return day
}

/** The last day on which the group can meet so that its report still goes out with the papers of the parent's meeting. */
function latestFor(parent: Temporal.PlainDate, { terms, parentPapersWorkingDays }: Wish): Temporal.PlainDate {
  const papers = latestWorkingDayBefore(parent, parentPapersWorkingDays, terms.division)
  return latestWorkingDayBefore(papers.day, WRITING_DAYS, terms.division).day
}

const parentsOf = ({ terms, parent, today }: Wish): readonly Temporal.PlainDate[] =>
  terms.meetings.before === undefined ? [] : parent.filter((day) => before(today, day)).sort(byDay)

/** What stands against a day whatever else is chosen. */
function obstaclesOf(wish: Wish): Obstacle {
  const { terms, year, taken } = wish
  const earliest = firstFeasible(wish)
  const windows = parentsOf(wish).map((parent) => ({ parent, latest: latestFor(parent, wish) }))
  return (day) => {
    const words = dayInWords(day)
    if (day.year !== year) return `${words} is not in ${year}`
    if (before(day, earliest)) return `the papers for ${words} could not go out in time`
    if ((day.month === 1 && day.day <= 3) || (day.month === 12 && day.day >= 20))
      return `${words} lies about Christmas and New Year`
    if (!isWorkingDay(day, terms.division)) return `${words} is a ${day.dayOfWeek > 5 ? 'weekend' : 'bank holiday'}`
    const other = taken.find((one) => one.day.equals(day))
    if (other) return `the ${other.what} meets on ${words}`
    const window = windows.find(({ parent, latest }) => before(latest, day) && !before(parent, day))
    return window ? `${words} is too late for the papers of the ${terms.meetings.before} of ${dayInWords(window.parent)}` : null
  }
}

const WEEKS = ['', 'a week', 'two weeks', 'three weeks']

/** The best day, or the nearest of its weekday in the neighbouring weeks that nothing stands against. */
function nearest(best: Temporal.PlainDate, shifts: readonly number[], obstacle: Obstacle): Chosen | null {
  const weeks = shifts.find((shift) => obstacle(best.add({ weeks: shift })) === null)
  if (weeks === undefined) return null
  const moved = `moved ${WEEKS[Math.abs(weeks)]} ${weeks > 0 ? 'later' : 'earlier'}: ${obstacle(best)}`
  return { day: best.add({ weeks }), because: weeks === 0 ? [] : [moved] }
}

/**
 * Evenly over the year, or over what is left of it, each two thirds into its part, as the KCSP met on 21 November 2024,
 * 25 March and 23 July 2025. Never closer than half the distance that so many meetings have in a whole year: what is left
 * of a year that has begun holds fewer.
 */
function spread(wish: Wish, weekday: number, obstacle: Obstacle): readonly Chosen[] {
  const { year, count } = wish
  const [first, last] = [
    Temporal.PlainDate.from({ year, month: 1, day: 1 }),
    Temporal.PlainDate.from({ year, month: 12, day: 31 }),
  ]
  const earliest = firstFeasible(wish)
  const from = before(first, earliest) ? earliest : first
  const days = from.until(last).days + 1
  const parts = Math.min(count, Math.max(1, Math.floor((2 * count * days) / first.daysInYear)))
  if (days <= 0) return []
  const chosen: Chosen[] = []
  for (let part = 0; part < parts; part += 1) {
    const best = from.add({ days: Math.floor(((part + 2 / 3) * days) / parts) })
    const previous = chosen.at(-1)?.day
    const tooNear: Obstacle = (day) => {
      const near = previous !== undefined && previous.until(day).days < leastApart(wish)
      return near ? `${dayInWords(day)} is too near the meeting before` : obstacle(day)
    }
    const found = nearest(onWeekday(best, weekday), NEARBY, tooNear)
    if (found) chosen.push(found)
  }
  return chosen
}

/** Half the distance of so many meetings in a year; whole days, at least one. */
const leastApart = ({ count }: Wish): number => Math.max(1, Math.floor(365 / (2 * count)))

/** The day of that weekday that is nearest, three days either way. */
const onWeekday = (day: Temporal.PlainDate, weekday: number): Temporal.PlainDate =>
  day.add({ days: ((weekday - day.dayOfWeek + 10) % 7) - 3 })

/** One before each meeting of the parent, as late as its papers allow; the others where the year is emptiest. */
function beforeParent(wish: Wish, weekday: number, obstacle: Obstacle): readonly Chosen[] {
  const chosen: Chosen[] = []
  for (const parent of parentsOf(wish)) {
    const latest = latestFor(parent, wish)
    const best = latest.subtract({ days: (latest.dayOfWeek - weekday + 7) % 7 })
    const previous = chosen.at(-1)?.day
    const found = nearest(best, EARLIER, (day) =>
      previous && !before(previous, day) ? `${dayInWords(day)} is not after the meeting before` : obstacle(day),
    )
    if (found) chosen.push(found)
    if (chosen.length === wish.count) return chosen
  }
  if (chosen.length === 0) return spread(wish, weekday, obstacle)
  while (chosen.length < wish.count) {
    const found = emptiest(wish, weekday, obstacle, chosen)
    if (!found) return chosen
    chosen.push({ day: found, because: ['where the year has most room'] })
  }
  return chosen
}

/** The day farthest from those chosen, counting on from December to January, and no nearer than `leastApart`. */
function emptiest(wish: Wish, weekday: number, obstacle: Obstacle, chosen: readonly Chosen[]): Temporal.PlainDate | null {
  const start = onWeekday(Temporal.PlainDate.from({ year: wish.year, month: 1, day: 4 }), weekday)
  const room = (day: Temporal.PlainDate): number =>
    Math.min(...chosen.map((one) => Math.min(apart(day, one.day), 365 - apart(day, one.day))))
  const days = Array.from({ length: 53 }, (_, weeks) => start.add({ weeks })).filter((day) => obstacle(day) === null)
  const best = Math.max(...days.map(room))
  return best < leastApart(wish) ? null : (days.find((day) => room(day) === best) ?? null)
}

/** "Wednesday at 10:00, as the last meetings". */
function habit(usual: Usual | null, { weekday, time }: Usual): string {
  const [name] = dayInWords(Temporal.PlainDate.from({ year: 2024, month: 1, day: weekday })).split(' ')
  const why =
    usual === null
      ? ': I know of no earlier meetings'
      : usual.weekday > 5
        ? ': the last meetings were at a weekend'
        : ', as the last meetings'
  return `${name} at ${time.toString({ smallestUnit: 'minute' })}${why}`
}

/** How a day stands to the parent's next meeting. */
function towardsParent(
  day: Temporal.PlainDate,
  { terms, year, parent }: Wish,
  next: Temporal.PlainDate | undefined,
): readonly string[] {
  if (terms.meetings.before === undefined || parent.length === 0) return []
  if (!next) return [`I know of no later meeting of the ${terms.meetings.before} in ${year}`]
  return [
    `${workingDaysBetween(day, next, terms.division)} working days before the ${terms.meetings.before} of ${dayInWords(next)}`,
  ]
}

function warningsOf(
  day: Temporal.PlainDate,
  { terms, year, parent }: Wish,
  next: Temporal.PlainDate | undefined,
): readonly string[] {
  const group = terms.meetings.before
  const unknown = `I know of no meeting of the ${group} in ${year}: check that this one lies in time for its papers.`
  const { warning } = latestWorkingDayBefore(day, terms.papers.workingDays, terms.division)
  const beyond = [warning, next ? beyondList(day, next, terms.division) : null]
  return [...new Set([...beyond, group !== undefined && parent.length === 0 ? unknown : null])].filter((one) => one !== null)
}

/**
 * Days for the meetings of a year, soonest first: working days in the year and to come, none about Christmas, on the
 * board's usual weekday and hour, none taken, each with time for its papers. A board that meets before its parent meets
 * in time for the parent's papers, with `WRITING_DAYS` to write its report.
 * @returns as many as fit, at most `count`: `shortOf` says when there are fewer
 * @see the board's terms of reference, `terms.meetings` and `terms.papers`
 */
export function proposeDates(wish: Wish): readonly Proposed[] {
  if (wish.count < 1 || wish.year < wish.today.year) return []
  const usual = wish.usual ?? CUSTOMARY
  const meets: Usual = usual.weekday > 5 ? { ...usual, weekday: CUSTOMARY.weekday } : usual
  const parents = parentsOf(wish)
  const place = parents.length > 0 ? beforeParent : spread
  return place(wish, meets.weekday, obstaclesOf(wish))
    .toSorted((one, other) => byDay(one.day, other.day))
    .map(({ day, because }) => {
      const next = parents.find((parent) => before(day, parent))
      return {
        startsAt: day.toPlainDateTime(meets.time),
        because: [habit(wish.usual, meets), ...towardsParent(day, wish, next), ...because],
        warnings: warningsOf(day, wish, next),
      }
    })
}

/** What to say where fewer fit than were asked for, else null. */
export function shortOf({ year, count, today }: Wish, proposed: readonly Proposed[]): string | null {
  const fit = proposed.length
  if (fit >= count) return null
  if (year < today.year) return `${year} is over. Ask for ${today.year} or a later year.`
  const left = year === today.year ? `what is left of ${year}` : `${year}`
  const found = fit === 0 ? 'no meeting fits' : `only ${fit} of ${count} meetings ${fit === 1 ? 'fits' : 'fit'}`
  return `With time for the papers, ${found} into ${left}. Choose further days by hand, or ask for ${year + 1}.`
}
