import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../kernel/refusal.js'
import { inWords } from '../../kernel/time.js'
import type { Board } from '../rules.js'
import type { Terms } from '../terms.js'

/** A text of terms as the board has it. */
export interface Text {
  readonly id: string
  /** 1, 2, 3 … of its board */
  readonly number: number
  readonly state: 'draft' | 'approved'
  /** null for a draft */
  readonly inForceFrom: Temporal.Instant | null
  readonly terms: Terms
}

const later = (a: Text, b: Text): number =>
  (b.inForceFrom?.epochMilliseconds ?? 0) - (a.inForceFrom?.epochMilliseconds ?? 0) || b.number - a.number

/** The approved text that took effect last at an instant, or null. */
export const inForceAt = (texts: readonly Text[], at: Temporal.Instant): Text | null =>
  texts
    .filter(({ inForceFrom }) => inForceFrom !== null && inForceFrom.epochMilliseconds <= at.epochMilliseconds)
    .sort(later)[0] ?? null

/** What has become of a text at an instant. */
export function standOf(
  text: Text,
  texts: readonly Text[],
  now: Temporal.Instant,
): 'draft' | 'to come' | 'in force' | 'superseded' {
  if (text.inForceFrom === null) return 'draft'
  if (text.inForceFrom.epochMilliseconds > now.epochMilliseconds) return 'to come'
  return inForceAt(texts, now)?.id === text.id ? 'in force' : 'superseded'
}

/**
 * Whether a text can be a text of this board's terms.
 * @throws Refusal `conflict` where it names another board, zone or division
 */
export function sameBoard(board: Board, terms: Terms): void {
  if (terms.shortName !== board.shortName) {
    const sentence = `This text is for ${terms.shortName}, and the board is ${board.shortName}. Write ${board.shortName} under shortName, or set up ${terms.shortName} as a board of its own.`
    throw new Refusal('conflict', sentence, undefined, { file: sentence })
  }
  if (terms.zone !== board.zone || terms.division !== board.division) {
    const sentence = `${board.shortName} keeps the hours of ${board.zone} and the bank holidays of ${board.division}; this text says ${terms.zone} and ${terms.division}. A board keeps its own: write those.`
    throw new Refusal('conflict', sentence, undefined, { file: sentence })
  }
}

/** The instant at which a board's day begins, or the present. */
export const startOf = (day: Temporal.PlainDate | null, board: Board, now: Temporal.Instant): Temporal.Instant =>
  day === null ? now : day.toZonedDateTime({ timeZone: board.zone }).toInstant()

/**
 * Whether a draft can be approved with effect from an instant. What was decided under a text stays decided under it, so
 * that no text takes effect before the present where another already rules.
 * @throws Refusal `conflict` when it is no draft, or another takes effect at that instant; `too_late` when it would rewrite the past
 */
export function approvable(
  text: Text,
  texts: readonly Text[],
  from: Temporal.Instant,
  board: Board,
  now: Temporal.Instant,
): void {
  if (text.inForceFrom !== null) {
    throw new Refusal(
      'conflict',
      `This text was approved already, in force from ${inWords(text.inForceFrom, board.zone)}. Send a new text to change it.`,
    )
  }
  const present = inForceAt(texts, now)
  if (present && from.epochMilliseconds < now.epochMilliseconds) {
    const sentence = `${present.terms.title} are in force now, and what was decided under them stays so. Let the new ones take effect at once or from a day to come.`
    throw new Refusal('too_late', sentence, undefined, { from: sentence })
  }
  const same = texts.find(({ inForceFrom }) => inForceFrom !== null && inForceFrom.epochMilliseconds === from.epochMilliseconds)
  if (same) {
    const sentence = `${same.terms.title} take effect at that very instant. Choose another day.`
    throw new Refusal('conflict', sentence, undefined, { from: sentence })
  }
}

/** A meeting that will be under way when a text takes effect. */
export interface UnderWay {
  readonly startsAt: Temporal.Instant
  readonly minutes: number
}

/** What to say where terms take effect while a meeting is on, or null. */
export function inTheMiddle(from: Temporal.Instant, meetings: readonly UnderWay[], board: Board): string | null {
  const on = meetings.find(
    ({ startsAt, minutes }) =>
      startsAt.epochMilliseconds < from.epochMilliseconds && from.epochMilliseconds < startsAt.add({ minutes }).epochMilliseconds,
  )
  if (!on) return null
  return `They take effect during the meeting of ${inWords(on.startsAt, board.zone)}: what it decides before that instant rests on the terms before, and what it decides after on these.`
}

/** A day as a form gives it. @throws Refusal `invalid` at the field */
export function dayFrom(text: string | undefined, field: string): Temporal.PlainDate | null {
  if (text === undefined || text === '') return null
  try {
    const day = Temporal.PlainDate.from(text)
    if (day.year >= 1900 && day.year <= 2999) return day
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  const sentence = `There is no day ${text}. Choose one, as in 2027-01-31.`
  throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
}
