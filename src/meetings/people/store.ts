import { heldOn } from '../../db/held.js'
import type { Db } from '../../db/schema.js'
import { boardDay, type Called } from '../rules.js'

/** Deputies on the day of a meeting, and whoever was named as substitute for it by an answer that stands no more. */
export async function standingBy(db: Db, { id, board, startsAt }: Called): Promise<readonly string[]> {
  const day = boardDay(board, startsAt)
  const deputies = await db
    .selectFrom('holding')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .where('seat.board_id', '=', board.id)
    .where('holding.capacity', '=', 'deputy')
    .where(heldOn('holding', day))
    .where(heldOn('seat', day))
    .select('holding.person_id as id')
    .union(
      db
        .selectFrom('answer')
        .where('meeting_id', '=', id)
        .where('substitute_id', 'is not', null)
        // An office, a seat or an invitation of their own brings them all the same.
        .where('substitute_id', 'not in', (row) =>
          row.selectFrom('office').where('board_id', '=', board.id).where(heldOn('office', day)).select('office.person_id'),
        )
        .where('substitute_id', 'not in', (row) =>
          row
            .selectFrom('invitation')
            .where('invitation.meeting_id', '=', id)
            .where('invitation.state', '=', 'invited')
            .select('invitation.person_id'),
        )
        .where('substitute_id', 'not in', (row) =>
          row
            .selectFrom('in_attendance')
            .where('in_attendance.board_id', '=', board.id)
            .where(heldOn('in_attendance', day))
            .select('in_attendance.person_id'),
        )
        .select((row) => row.ref('answer.substitute_id').$notNull().as('id')),
    )
    .execute()
  return deputies.map((row) => row.id)
}

/** Who holds one of these offices of a board on a day. */
export async function holdersOf(
  db: Db,
  board: string,
  offices: readonly ('chair' | 'vice-chair' | 'co-chair' | 'clerk')[],
  day: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('office')
    .where('board_id', '=', board)
    .where('office', 'in', offices)
    .where(heldOn('office', day))
    .select('person_id')
    .distinct()
    .execute()
  return rows.map(({ person_id }) => person_id)
}
