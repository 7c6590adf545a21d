import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { termsFrom } from '../boards/store.js'
import { heldOn } from '../db/held.js'
import type { Db } from '../db/schema.js'
import { dayOf, fromText, toText } from '../kernel/time.js'
import { Division } from '../kernel/working-days.js'
import type { Called, Meeting } from './rules.js'

/** Meetings with their board. */
const calledRows = (db: Db) =>
  db
    .selectFrom('meeting')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .select([
      'meeting.id',
      'meeting.starts_at',
      'meeting.venue',
      'board.id as board_id',
      'board.tenant_id',
      'board.name as board_name',
      'board.short_name',
      'board.zone',
      'board.division',
    ])

/** The same with the terms in force at an instant. */
const meetingRows = (db: Db, now: string) =>
  calledRows(db)
    .innerJoin('terms', (join) =>
      join.on((on) =>
        on(
          'terms.id',
          '=',
          on
            .selectFrom('terms as current')
            .select('current.id')
            .whereRef('current.board_id', '=', 'board.id')
            .where('current.state', '!=', 'draft')
            .where('current.in_force_from', '<=', now)
            .orderBy('current.in_force_from', 'desc')
            .limit(1),
        ),
      ),
    )
    .select('terms.document')

type CalledRow = Awaited<ReturnType<ReturnType<typeof calledRows>['execute']>>[number]

const calledFrom = (row: CalledRow): Called => ({
  id: row.id,
  startsAt: fromText(row.starts_at),
  venue: row.venue,
  board: {
    id: row.board_id,
    tenant: row.tenant_id,
    name: row.board_name,
    shortName: row.short_name,
    zone: row.zone,
    division: Division.parse(row.division),
  },
})

const meetingFrom = (row: CalledRow & { document: string }): Meeting => ({ ...calledFrom(row), terms: termsFrom(row.document) })

/** A called meeting, or null; with the board's terms in force at `now`. */
export async function findMeeting(db: Db, meeting: string, now: Temporal.Instant): Promise<Meeting | null> {
  const row = await meetingRows(db, toText(now))
    .where('meeting.id', '=', meeting)
    .where('meeting.state', '=', 'called')
    .executeTakeFirst()
  return row ? meetingFrom(row) : null
}

/** A meeting whatever has become of it: for what was said of it while it was called. */
export async function meetingAsItWas(db: Db, meeting: string, now: Temporal.Instant): Promise<Meeting> {
  return meetingFrom(await meetingRows(db, toText(now)).where('meeting.id', '=', meeting).executeTakeFirstOrThrow())
}

/**
 * The next meeting of each board on which the person has a seat or an office, and those for which a seat has named them
 * as substitute; soonest first. Days are compared a day either way, as boards lie in several zones: whether the person
 * still has the right is for the command to say.
 */
export async function nextMeetingsOf(db: Db, person: string, now: Temporal.Instant): Promise<readonly Meeting[]> {
  const today = dayOf(now, 'UTC')
  const about = (table: string) =>
    sql<SqlBool>`(${heldOn(table, today.subtract({ days: 1 }).toString())} or ${heldOn(table, today.add({ days: 1 }).toString())})`
  const rows = await meetingRows(db, toText(now))
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(now))
    .where((row) =>
      row.or([
        row(
          'board.id',
          'in',
          row
            .selectFrom('holding')
            .innerJoin('seat', 'seat.id', 'holding.seat_id')
            .where('holding.person_id', '=', person)
            .where(about('holding'))
            .select('seat.board_id'),
        ),
        row(
          'board.id',
          'in',
          row.selectFrom('office').where('office.person_id', '=', person).where(about('office')).select('office.board_id'),
        ),
        row('meeting.id', 'in', row.selectFrom('answer').where('answer.substitute_id', '=', person).select('answer.meeting_id')),
      ]),
    )
    .where((row) =>
      row(
        'meeting.starts_at',
        '=',
        row
          .selectFrom('meeting as sooner')
          .whereRef('sooner.board_id', '=', 'board.id')
          .where('sooner.state', '=', 'called')
          .where('sooner.starts_at', '>', toText(now))
          .select((min) => min.fn.min('sooner.starts_at').as('soonest')),
      ),
    )
    .orderBy('meeting.starts_at')
    .execute()
  return rows.map(meetingFrom)
}

/** The called meetings that start within a span, of every board. */
export async function meetingsBetween(db: Db, from: Temporal.Instant, until: Temporal.Instant): Promise<readonly Called[]> {
  const rows = await calledRows(db)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(from))
    .where('meeting.starts_at', '<=', toText(until))
    .execute()
  return rows.map(calledFrom)
}
