import type { Temporal } from 'temporal-polyfill'
import { folded } from '../../kernel/sentence.js'
import { dayInWords, dayOf } from '../../kernel/time.js'
import type { Decision } from './rules.js'

type Held = NonNullable<Decision['meeting']>

const WEEKDAY = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/g
const MEETING = /\b(?:our|the|this|meetings?|of|on|in|held|'s)\b|'s\b|,/g

/**
 * The meeting that a phrase can mean, of those at which something was decided: "the last meeting", "today's meeting",
 * "17 December", "Thursday 17th December 2026", "17/12/2026"; null where it is none of them.
 */
export function meetingSaid(
  decisions: readonly Pick<Decision, 'meeting'>[],
  said: string,
  zone: string,
  today: Temporal.PlainDate,
): Held | null {
  const held = [...new Map(decisions.flatMap(({ meeting }) => (meeting ? [[meeting.id, meeting] as const] : []))).values()].sort(
    (one, other) => other.startsAt.epochMilliseconds - one.startsAt.epochMilliseconds,
  )
  const day = folded(said)
    .replace(WEEKDAY, '')
    .replace(MEETING, ' ')
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (day === 'last') return held[0] ?? null
  if (day === 'today') return held.find(({ startsAt }) => dayOf(startsAt, zone).equals(today)) ?? null
  return held.find(({ startsAt }) => waysToSay(dayOf(startsAt, zone)).includes(day)) ?? null
}

/** "17 december 2026", "17 december", "december 2026", "december", "17/12/2026", "2026-12-17". */
function waysToSay(day: Temporal.PlainDate): readonly string[] {
  const [, number, month, year] = folded(dayInWords(day)).split(' ')
  return [
    `${number} ${month} ${year}`,
    `${number} ${month}`,
    `${month} ${number}`,
    `${month} ${year}`,
    `${month}`,
    `${day.day}/${day.month}/${day.year}`,
    `${day.day}.${day.month}.${day.year}`,
    day.toString(),
  ]
}
