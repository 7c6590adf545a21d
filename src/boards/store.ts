import { heldOn } from '../db/held.js'
import type { Db } from '../db/schema.js'
import type { Place } from '../kernel/actor.js'
import type { Named, Seat } from './rules.js'
import { Terms } from './terms.js'

/** The seats of a board with who represents each on a day; a query for others to add columns to. */
export const seatRows = (db: Db, board: string, day: string) =>
  db
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .leftJoin('holding', (join) =>
      join.onRef('holding.seat_id', '=', 'seat.id').on('holding.capacity', '=', 'representative').on(heldOn('holding', day)),
    )
    .leftJoin('person as holder', 'holder.id', 'holding.person_id')
    .where('seat.board_id', '=', board)
    .orderBy('organisation.name')
    .orderBy('seat.title')
    .select([
      'seat.id as seat_id',
      'seat.title as seat_title',
      'seat.invited',
      'organisation.id as organisation_id',
      'organisation.name as organisation_name',
      'organisation.short_name as organisation_short',
      'holder.id as holder_id',
      'holder.name as holder_name',
    ])

type SeatRow = Awaited<ReturnType<ReturnType<typeof seatRows>['execute']>>[number]

export const seatFrom = (row: SeatRow): Seat => ({
  id: row.seat_id,
  organisation: { id: row.organisation_id, name: row.organisation_name, shortName: row.organisation_short },
  title: row.seat_title,
  invited: row.invited === 1,
  representative: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
})

/** Whether a person holds an office of the board on a day. */
export async function isOfficer(db: Db, board: string, person: string, day: string): Promise<boolean> {
  const row = await db
    .selectFrom('office')
    .select('office')
    .where('board_id', '=', board)
    .where('person_id', '=', person)
    .where(heldOn('office', day))
    .executeTakeFirst()
  return row !== undefined
}

/** The people of an organisation who hold no seat of the board: whom its seat may name as substitute. */
export async function colleaguesFor(db: Db, board: string, organisation: string, day: string): Promise<readonly Named[]> {
  return db
    .selectFrom('post')
    .innerJoin('person', 'person.id', 'post.person_id')
    .where('post.organisation_id', '=', organisation)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('holding')
            .innerJoin('seat', 'seat.id', 'holding.seat_id')
            .whereRef('holding.person_id', '=', 'person.id')
            .where('seat.board_id', '=', board)
            .where('holding.capacity', '=', 'representative')
            .where(heldOn('holding', day))
            .select('holding.seat_id'),
        ),
      ),
    )
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('office')
            .whereRef('office.person_id', '=', 'person.id')
            .where('office.board_id', '=', board)
            .where('office.office', '=', 'clerk')
            .where(heldOn('office', day))
            .select('office.person_id'),
        ),
      ),
    )
    .orderBy('person.name')
    .select(['person.id', 'person.name'])
    .execute()
}

const kept = new Map<string, Terms>()

/** The terms that a stored document says; kept, as a document never changes. */
export function termsFrom(document: string): Terms {
  const known = kept.get(document)
  if (known) return known
  const terms = Terms.parse(JSON.parse(document))
  if (kept.size >= 100) kept.clear()
  kept.set(document, terms)
  return terms
}

/** The board that a place serves, or null for a place that nobody has linked. */
export async function boardOfPlace(db: Db, { platform, workspace, id }: Place): Promise<string | null> {
  const row = await db
    .selectFrom('place')
    .select('board_id')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.board_id ?? null
}

/** The places that serve a board. */
export const placesOf = (db: Db, board: string) =>
  db.selectFrom('place').select(['platform', 'workspace', 'id']).where('board_id', '=', board).execute()
