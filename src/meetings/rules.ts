import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { dayInWords, dayOf, inWords } from '../kernel/time.js'

export type Kind = 'ordinary' | 'extraordinary'

/** A meeting as it was called, and as it stands since. */
export interface Called {
  readonly id: string
  readonly board: Board
  readonly kind: Kind
  readonly startsAt: Temporal.Instant
  /** for how long it is planned; whole minutes */
  readonly minutes: number
  /** as the front sheet has it: "Online", or a room */
  readonly venue: string
  /** where it is joined */
  readonly link: string | null
  /** for what it is called, where it is extraordinary */
  readonly need: string | null
  readonly cancelled: boolean
  /** whether the clerk has opened the meeting, and closed it */
  readonly sitting: 'not opened' | 'open' | 'closed'
  /** whether its papers have gone out */
  readonly circulated: boolean
  /** whether a vote, or a ballot, is under way at it */
  readonly voting: boolean
  /** 1, 2, 3 …: rises with each move, and with its cancelling */
  readonly revision: number
}

/** The same with the rules that apply to it. */
export interface Meeting extends Called {
  /** the board's terms in force now */
  readonly terms: Terms
  /** which text they are: what is decided under them keeps the link */
  readonly termsId: string
}

/** "Wednesday 16 December 2026": how a meeting is told from others of its board. */
export const meetingDay = ({ startsAt, board }: Called): string => dayInWords(dayOf(startsAt, board.zone))

/** "Wednesday 16 December 2026, 10:00", in the board's zone. */
export const meetingTime = ({ startsAt, board }: Called): string => inWords(startsAt, board.zone)

/** The day of an instant where the board is, `YYYY-MM-DD`. */
export const boardDay = ({ zone }: Board, now: Temporal.Instant): string => dayOf(now, zone).toString()

/** Nobody comes together in a room for it. */
export const isOnline = ({ venue }: Pick<Called, 'venue'>): boolean => /^online\b/i.test(venue.trim())

/** Its hour has come, or the clerk has opened it already. */
export const hasBegun = ({ startsAt, sitting }: Pick<Called, 'startsAt' | 'sitting'>, now: Temporal.Instant): boolean =>
  sitting !== 'not opened' || startsAt.epochMilliseconds <= now.epochMilliseconds

/** Its hour has come: what is answered from then on is late. */
export const isLate = ({ startsAt }: Pick<Called, 'startsAt'>, at: Temporal.Instant): boolean =>
  startsAt.epochMilliseconds <= at.epochMilliseconds

/** The clerk has closed it; or it was never opened, and the time for which it was planned is over. */
export const isOver = (
  { startsAt, minutes, sitting }: Pick<Called, 'startsAt' | 'minutes' | 'sitting'>,
  now: Temporal.Instant,
): boolean =>
  sitting === 'closed' || (sitting === 'not opened' && startsAt.add({ minutes }).epochMilliseconds <= now.epochMilliseconds)
