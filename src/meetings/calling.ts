import { Temporal } from 'temporal-polyfill'
import { byConvention, isAmong, isOfficer, mayDo, type Part } from '../boards/part/rules.js'
import type { Terms } from '../boards/terms.js'
import { whoInWords } from '../boards/terms-words.js'
import { Refusal } from '../kernel/refusal.js'
import { type Called, hasBegun, type Kind, meetingTime } from './rules.js'

/** Characters. */
export const LONGEST_VENUE = 200
export const LONGEST_REASON = 500
export const LONGEST_LINK = 500
/** At most this many meetings are proposed or agreed at once. */
export const MOST_DATES = 12
/** Minutes for which a meeting is planned where nobody says otherwise. */
export const USUAL_MINUTES = 120

/** Where a meeting is held, as it was said; nothing said is online. */
export const venueFrom = (said: string | undefined): string => said?.trim() || 'Online'

/** A civil day and hour as forms give them, to the minute. @throws Refusal `invalid` at the fields `day` and `time` */
export function civilFrom(day: string, time: string): { day: Temporal.PlainDate; time: Temporal.PlainTime } {
  return {
    day: readField(() => dayIn(day), 'day', `There is no day ${day}. Choose one, as in 2027-01-31.`),
    time: readField(() => timeIn(time), 'time', `There is no hour ${time}. Choose one, as in 14:00.`),
  }
}

/** Whose instants can be told in every zone. @throws RangeError */
function dayIn(text: string): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(text)
  if (day.year < 1900 || day.year > 2999) throw new RangeError('no year of a meeting')
  return day
}

/** @throws RangeError */
const timeIn = (text: string): Temporal.PlainTime =>
  Temporal.PlainTime.from(text).round({ smallestUnit: 'minute', roundingMode: 'trunc' })

function readField<T>(read: () => T, field: string, sentence: string): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
    throw error
  }
}

/**
 * Whether somebody may call such a meeting of a board, and for what.
 * @param part of whoever's call it is; who records another's call is not asked about
 * @returns doubts: what is beside the convention of boards whose terms are silent
 * @throws Refusal `not_permitted` with the clause, where the terms say who may; `invalid` where they ask for a need and none is told
 */
export function mayCall(terms: Terms, kind: Kind, part: Part, need: string | null): readonly string[] {
  const rule = terms.calling[kind]
  const right = mayDo(rule, part, `call an ${kind} meeting`)
  const wanted = kind === 'extraordinary' ? terms.calling.extraordinary.need : undefined
  if (wanted !== undefined && need === null) {
    const sentence = `An extraordinary meeting is for ${wanted}. Say what it is.`
    throw new Refusal('invalid', sentence, rule.clause, { need: sentence })
  }
  return right === 'by right' ? [] : [byConvention(rule)]
}

/** Whether it is for somebody to move and cancel meetings of a kind: for the board's officers, and whoever may call such a one. */
export const changesMeetings = (kind: Kind, terms: Terms, part: Part): boolean =>
  isOfficer(part) || isAmong(terms.calling[kind].by, part)

/**
 * Whether somebody may move or cancel a meeting. No terms that we know say who may: it is a convention of ours, and no
 * clause on calling is quoted.
 * @throws Refusal `not_permitted`; `conflict` for one that is cancelled; `too_late` once it has begun
 */
export function mayChange(meeting: Called, terms: Terms, part: Part, act: 'move' | 'cancel', now: Temporal.Instant): void {
  if (!changesMeetings(meeting.kind, terms, part)) {
    const callers = whoInWords(terms.calling[meeting.kind].by, 'a')
    throw new Refusal(
      'not_permitted',
      `The terms do not say who may ${act} a meeting. By convention it is for its officers and for those who may call one: ${callers}. Ask one of them.`,
    )
  }
  if (meeting.cancelled) {
    throw new Refusal('conflict', `The meeting of ${meetingTime(meeting)} is cancelled already. Call a new one.`)
  }
  if (hasBegun(meeting, now)) {
    const instead = act === 'move' ? 'Call another one.' : 'If it did not take place, have the notes say so.'
    throw new Refusal(
      'too_late',
      `The meeting began on ${meetingTime(meeting)}, and what has begun is not ${act === 'move' ? 'moved' : 'cancelled'}. ${instead}`,
    )
  }
}

/** @throws Refusal `conflict` where the board has a meeting at that time already */
export function oneAtATime(others: readonly Called[], startsAt: Temporal.Instant, minutes: number): void {
  const [from, until] = [startsAt.epochMilliseconds, startsAt.add({ minutes }).epochMilliseconds]
  const same = others.find(
    (other) =>
      other.startsAt.epochMilliseconds < until && from < other.startsAt.add({ minutes: other.minutes }).epochMilliseconds,
  )
  if (!same) return
  const sentence = `The board meets at that time already: on ${meetingTime(same)}. Choose another, or move that one.`
  throw new Refusal('conflict', sentence, undefined, { time: sentence })
}
