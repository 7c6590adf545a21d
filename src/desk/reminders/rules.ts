import { Temporal } from 'temporal-polyfill'
import type { Terms } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayInWords, dayOf, hourInWords, inWords } from '../../kernel/time.js'
import { workingDayFrom } from '../../kernel/working-days.js'

/** The reminder in somebody's own words. */
export const SAID = 'desk.said'

/** Characters of what a clerk has people reminded of. */
export const LONGEST_WORDS = 500
/** Reminders of this sort that may wait for one board: a convention of ours. */
export const MOST_SAID = 100
/** Of one person to themselves, for one board: ours too. Theirs take none of the clerk's. */
export const MOST_OWN = 20
/** Until how long after a meeting something may be left to do about it. */
export const BACK = { hours: 24 * 60 }
/** A year farther ahead is a slip of the hand. */
const YEARS_AHEAD = 2

/** Whom a clerk has reminded: those of the board, or a person by their id. */
export const WHOM = ['everyone', 'members', 'chair', 'clerk'] as const

const WHOM_IN_WORDS: Readonly<Record<string, string>> = {
  everyone: 'everyone',
  members: 'the members',
  chair: 'the chair',
  clerk: 'the clerk',
}

/** "everyone", "the members", or the name of the one person. */
export const whomInWords = (whom: string, name: string | null): string => WHOM_IN_WORDS[whom] ?? name ?? 'somebody'

/** Characters by which one is told from another where several are listed. */
const SHORT = 60

/** “the scrutiny date”; what is longer is cut off. */
export function inShort(words: string): string {
  const characters = [...words]
  return `“${characters.length > SHORT ? `${characters.slice(0, SHORT - 1).join('')}…` : words}”`
}

/** The next working day after today, at the board's hour for reminders. */
export function tomorrow({ zone, division, reminders }: Terms, now: Temporal.Instant): { at: Temporal.Instant; date: string } {
  const day = workingDayFrom(dayOf(now, zone).add({ days: 1 }), division)
  return { at: day.toZonedDateTime({ timeZone: zone, plainTime: reminders.hour }).toInstant(), date: day.toString() }
}

/** @throws Refusal at the fields `day` and `time` where it is no moment to come */
export function toCome(at: Temporal.Instant, zone: string, now: Temporal.Instant): void {
  const wrong = (sentence: string): Refusal => new Refusal('invalid', sentence, undefined, { day: sentence, time: sentence })
  if (at.epochMilliseconds <= now.epochMilliseconds) throw wrong(`${inWords(at, zone)} has passed. Choose a moment to come.`)
  const day = dayOf(at, zone)
  if (Temporal.PlainDate.compare(day, dayOf(now, zone).add({ years: YEARS_AHEAD })) > 0)
    throw wrong(`${dayInWords(day)} is more than two years ahead: check the year.`)
}

/** "by 17:00 today", "by Tuesday 8 December 2026, 17:00", "now". */
export function untilInWords(by: Temporal.Instant | null, zone: string, now: Temporal.Instant): string {
  if (by === null) return 'now'
  if (by.epochMilliseconds < now.epochMilliseconds) return `late: it was due by ${inWords(by, zone)}`
  return dayOf(by, zone).equals(dayOf(now, zone)) ? `by ${hourInWords(by, zone)} today` : `by ${inWords(by, zone)}`
}
