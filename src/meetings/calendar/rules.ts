import type { Temporal } from 'temporal-polyfill'
import { isClerk, type Part } from '../../boards/part/rules.js'
import type { Board } from '../../boards/rules.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf } from '../../kernel/time.js'
import type { Called } from '../rules.js'

/** Of a meeting what stands in calendars, which are shown to others: neither its need nor its agenda, and nobody's name. */
export type Announced = Pick<
  Called,
  'id' | 'board' | 'kind' | 'startsAt' | 'minutes' | 'venue' | 'link' | 'cancelled' | 'revision'
>

/** A meeting in a calendar. */
export interface Entry {
  readonly meeting: Announced
  /** when it was called, last moved, or cancelled */
  readonly changedAt: Temporal.Instant
}

/** Whose meetings an address shows: a board's, or those of every board with which a person has to do. */
export type Whose = { readonly kind: 'board'; readonly board: string } | { readonly kind: 'person'; readonly person: string }

export const endOf = ({ startsAt, minutes }: Pick<Announced, 'startsAt' | 'minutes'>): Temporal.Instant =>
  startsAt.add({ minutes })

/** "KCSP meeting", "KCSP extraordinary meeting", "Cancelled: KCSP meeting". */
export const titleIn = ({ board, kind, cancelled }: Announced): string =>
  `${cancelled ? 'Cancelled: ' : ''}${board.shortName} ${kind === 'extraordinary' ? 'extraordinary ' : ''}meeting`

/** How a calendar of a board's meetings is called. */
export const calendarOf = ({ shortName }: Pick<Board, 'shortName'>): string => `${shortName} meetings`

/** A board's name as files are called: "gravesham-csp". */
export const fileNameOf = ({ shortName }: Pick<Board, 'shortName'>): string =>
  shortName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'meetings'

/** "kcsp-2026-12-16", without an ending. */
export const fileNameOn = ({ board, startsAt }: Announced): string => `${fileNameOf(board)}-${dayOf(startsAt, board.zone)}`

/** Whether it is for somebody to give out the calendar of a board: for its clerk and its chair, by a convention of ours. */
export const givesOut = (part: Part): boolean =>
  isClerk(part) || part.offices.some((one) => one === 'chair' || one === 'co-chair')

/** @throws Refusal `not_permitted` */
export function mayGiveOut(part: Part, { shortName }: Board): void {
  if (givesOut(part)) return
  throw new Refusal(
    'not_permitted',
    `The address of the calendar of ${shortName} is for its clerk and its chair to give out. Ask one of them, or say “my calendar” for an address of your own.`,
  )
}

/** Under which address a secret is found. @param publicUrl as others reach the server */
export const addressOf = (publicUrl: string, secret: string): string => `${publicUrl.replace(/\/+$/, '')}/calendar/${secret}.ics`
