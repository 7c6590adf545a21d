import { Temporal } from 'temporal-polyfill'
import type { Board } from '../../boards/rules.js'
import type { Db } from '../../db/schema.js'
import { meetingsOf } from '../../meetings/store.js'
import { findRoom } from '../store.js'
import { type Held, heldIn } from './rules.js'

/** The instants between which a calendar year lies where a board is: the first is not in it, the last is. */
function yearIn(zone: string, year: number): { readonly from: Temporal.Instant; readonly until: Temporal.Instant } {
  const first = (of: number) => Temporal.PlainDate.from({ year: of, month: 1, day: 1 }).toZonedDateTime(zone).toInstant()
  const before = { milliseconds: 1 }
  return { from: first(year).subtract(before), until: first(year + 1).subtract(before) }
}

/** The meetings of a board in a year of its zone that were opened and closed, soonest first, as they are known now. */
export async function meetingsHeld(db: Db, board: Board, year: number, now: Temporal.Instant): Promise<readonly Held[]> {
  const called = await meetingsOf(db, board.id, yearIn(board.zone, year))
  const closed = called.filter(({ sitting }) => sitting === 'closed')
  const rooms = await Promise.all(closed.map(({ id }) => findRoom(db, id, now)))
  return rooms.flatMap((room) => (room && heldIn(room)) ?? [])
}
