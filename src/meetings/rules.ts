import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'

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

export const hasBegun = (meeting: Meeting, now: Temporal.Instant): boolean =>
  meeting.startsAt.epochMilliseconds <= now.epochMilliseconds
