import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { dayInWords, dayOf, inWords } from '../kernel/time.js'

/** A meeting that has been called. */
export interface Called {
  readonly id: string
  readonly board: Board
  readonly startsAt: Temporal.Instant
  /** as the front sheet has it: "Online", or a room */
  readonly venue: string
}

/** The same with the rules that apply to it. */
export interface Meeting extends Called {
  /** the board's terms in force now */
  readonly terms: Terms
}

/** "Wednesday 16 December 2026": how a meeting is told from others of its board. */
export const meetingDay = ({ startsAt, board }: Called): string => dayInWords(dayOf(startsAt, board.zone))

/** "Wednesday 16 December 2026, 10:00", in the board's zone. */
export const meetingTime = ({ startsAt, board }: Called): string => inWords(startsAt, board.zone)

/** The day of an instant where the board is, `YYYY-MM-DD`. */
export const boardDay = ({ zone }: Board, now: Temporal.Instant): string => dayOf(now, zone).toString()

export const hasBegun = (meeting: Called, now: Temporal.Instant): boolean =>
  meeting.startsAt.epochMilliseconds <= now.epochMilliseconds
