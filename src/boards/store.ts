import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { heldOn, stillHeld } from '../db/held.js'
import type { Db } from '../db/schema.js'
import type { Place } from '../kernel/actor.js'
import { toText } from '../kernel/time.js'
import { Division } from '../kernel/working-days.js'
import type { Board, Named, Seat } from './rules.js'
import { Terms } from './terms.js'

/**
 * The text in force at an instant, as a subquery: the approved one that took effect last.
 * @param board the column that names the board, as in `board.id`
 */
export const termsInForce = (db: Db, board: 'board.id' | 'meeting.board_id', now: string) =>
  db
    .selectFrom('terms as current')
    .select('current.id')
    .where('current.board_id', '=', sql.ref<string>(board))
    .where('current.state', '=', 'approved')
    .where('current.in_force_from', '<=', now)
    .orderBy('current.in_force_from', 'desc')
    .orderBy('current.number', 'desc')
    .limit(1)

/** Boards by their own columns. */
export const boardRows = (db: Db) =>
  db.selectFrom('board').select(['board.id', 'board.tenant_id', 'board.name', 'board.short_name', 'board.zone', 'board.division'])

type BoardRow = Awaited<ReturnType<ReturnType<typeof boardRows>['execute']>>[number]

export const boardFrom = (row: BoardRow): Board => ({
  id: row.id,
  tenant: row.tenant_id,
  name: row.name,
  shortName: row.short_name,
  zone: row.zone,
  division: Division.parse(row.division),
})

/** A text of terms in force, and the row it came from: what it decides keeps the link. */
export interface InForce {
  readonly terms: Terms
  readonly termsId: string
}

/** A board with its terms in force at an instant; null terms before any were approved. */
export interface Ruled {
  readonly board: Board
  readonly inForce: InForce | null
}

/** A board by its id, or null. */
export async function findBoard(db: Db, id: string, now: Temporal.Instant): Promise<Ruled | null> {
  const row = await boardRows(db)
    .leftJoin('terms', (join) => join.on('terms.id', '=', termsInForce(db, 'board.id', toText(now))))
    .where('board.id', '=', id)
    .select(['terms.id as terms_id', 'terms.document'])
    .executeTakeFirst()
  if (!row) return null
  const inForce = row.terms_id && row.document ? { termsId: row.terms_id, terms: termsFrom(row.document) } : null
  return { board: boardFrom(row), inForce }
}

/** The boards of a tenant, by short name. */
export async function boardsIn(db: Db, tenant: string): Promise<readonly Board[]> {
  return (await boardRows(db).where('tenant_id', '=', tenant).orderBy('short_name').execute()).map(boardFrom)
}

/** A board of a tenant by its full or its short name, or null. */
export async function boardNamed(db: Db, tenant: string, name: string): Promise<Board | null> {
  const row = await boardRows(db)
    .where('tenant_id', '=', tenant)
    .where((either) => either.or([either('short_name', '=', name), either('name', '=', name)]))
    .executeTakeFirst()
  return row ? boardFrom(row) : null
}

/** The seats that a board has on a day with who represents each; a query for others to add columns to. */
export const seatRows = (db: Db, board: string, day: string) =>
  db
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .leftJoin('holding', (join) =>
      join.onRef('holding.seat_id', '=', 'seat.id').on('holding.capacity', '=', 'representative').on(heldOn('holding', day)),
    )
    .leftJoin('person as holder', 'holder.id', 'holding.person_id')
    .where('seat.board_id', '=', board)
    .where(heldOn('seat', day))
    .orderBy('organisation.name')
    .orderBy('seat.title')
    .orderBy('holder.name')
    .select([
      'seat.id as seat_id',
      'seat.title as seat_title',
      'seat.standing',
      'seat.stands_for',
      'organisation.id as organisation_id',
      'organisation.name as organisation_name',
      'organisation.short_name as organisation_short',
      'seat.formerly',
      'holder.id as holder_id',
      'holder.name as holder_name',
    ])

type SeatRow = Awaited<ReturnType<ReturnType<typeof seatRows>['execute']>>[number]

/** A list of names as a column holds it. */
export const namesFrom = (json: string): readonly string[] => (json === '[]' ? [] : (JSON.parse(json) as string[]))

export const seatFrom = (row: SeatRow): Seat => ({
  id: row.seat_id,
  organisation: {
    id: row.organisation_id,
    name: row.organisation_name,
    shortName: row.organisation_short,
    formerly: namesFrom(row.formerly),
  },
  title: row.seat_title,
  standing: row.standing,
  standsFor: namesFrom(row.stands_for),
  representative: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
})

/** The seats of a board on a day, one held jointly once for each who holds it. */
export async function seatsOn(db: Db, board: string, day: string): Promise<readonly Seat[]> {
  return (await seatRows(db, board, day).execute()).map(seatFrom)
}

/**
 * Whom a seat may name as substitute: the people of its body, and of the bodies for which it sits collectively, who hold
 * no seat of the board and are not its clerk; a query for others to add to.
 */
export const colleagueRows = (db: Db, board: string, seat: Seat, day: string) =>
  db
    .selectFrom('post')
    .innerJoin('person', 'person.id', 'post.person_id')
    .innerJoin('organisation', 'organisation.id', 'post.organisation_id')
    .where('post.board_id', '=', board)
    .where((row) =>
      seat.standsFor.length === 0
        ? row('post.organisation_id', '=', seat.organisation.id)
        : row.or([
            row('post.organisation_id', '=', seat.organisation.id),
            row.and([
              row('organisation.name', 'in', seat.standsFor),
              row('organisation.tenant_id', '=', row.selectFrom('board').select('board.tenant_id').where('board.id', '=', board)),
            ]),
          ]),
    )
    .where(stillHeld('post', day))
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
    .select(['person.id', 'person.name', 'person.confirmed'])
    .distinct()

/** Everybody whom the roster of a board names on a day, whether they have a seat or not. */
export async function peopleOn(db: Db, board: string, day: string): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    select person.id, person.name from person where person.id in (
      select person_id from post where board_id = ${board} and ${stillHeld('post', day)}
      union select holding.person_id from holding join seat on seat.id = holding.seat_id
        where seat.board_id = ${board} and ${heldOn('holding', day)}
      union select person_id from office where board_id = ${board} and ${heldOn('office', day)}
      union select person_id from in_attendance where board_id = ${board} and ${heldOn('in_attendance', day)})
    order by person.name`.execute(db)
  return rows
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

/** The boards of which a text of terms took effect within a span. */
export async function boardsRuledAnew(db: Db, from: Temporal.Instant, until: Temporal.Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('terms')
    .select('board_id')
    .where('state', '=', 'approved')
    .where('in_force_from', '>', toText(from))
    .where('in_force_from', '<=', toText(until))
    .distinct()
    .execute()
  return rows.map(({ board_id }) => board_id)
}
