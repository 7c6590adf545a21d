import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Ruled } from '../../boards/store.js'
import type { Db, Tx } from '../../db/schema.js'
import { fromText, toText } from '../../kernel/time.js'
import { boardDay, type Called, hasBegun, isOver } from '../../meetings/rules.js'
import { meetingAsItWas, meetingsOf } from '../../meetings/store.js'
import type { Roster, Said, Sitting } from '../ledger.js'

/** What was said of a sitting, in its order, and the seats and offices that it was said with. */
export async function sittingsOf(
  db: Db,
  meeting: string,
): Promise<{ readonly sittings: readonly Sitting[]; readonly rosters: readonly Change[] }> {
  const rows = await db
    .selectFrom('sitting')
    .leftJoin('person', 'person.id', 'sitting.person_id')
    .where('meeting_id', '=', meeting)
    .orderBy('seq')
    .select(['sitting.act', 'sitting.at', 'sitting.words', 'sitting.roster', 'person.id', 'person.name'])
    .execute()
  return {
    sittings: rows.flatMap(({ act, at, words, id, name }) =>
      act === 'roster' ? [] : [{ act, at: fromText(at), words, person: id !== null && name !== null ? { id, name } : null }],
    ),
    rosters: rows.flatMap(({ at, roster }) =>
      roster === null ? [] : [{ ...(JSON.parse(roster) as Roster), from: fromText(at) }],
    ),
  }
}

/** Seats and offices from an instant on. */
type Change = Roster & { readonly from: Temporal.Instant }

interface NewSitting {
  readonly act: Said | 'roster'
  readonly at: Temporal.Instant
  /** who presides; null: who does by the terms */
  readonly person: string | null
  readonly words: string | null
  /** seats and offices, at the opening and when they change */
  readonly roster: Roster | null
  readonly by: string | null
}

/** Records what was said of the sitting, after all that was. */
export async function saveSitting(tx: Tx, meeting: string, { act, at, person, words, roster, by }: NewSitting): Promise<void> {
  await tx
    .insertInto('sitting')
    .values((row) => ({
      meeting_id: meeting,
      seq: row
        .selectFrom('sitting')
        .where('meeting_id', '=', meeting)
        .select((last) => sql<number>`coalesce(${last.fn.max('seq')}, 0) + 1`.as('next')),
      act,
      at: toText(at),
      person_id: person,
      words,
      roster: roster && JSON.stringify({ places: roster.places, offices: roster.offices }),
      by_person_id: by,
    }))
    .execute()
}

/** The meetings of a board that are open now. */
export async function openMeetings(db: Db, board: string, now: Temporal.Instant): Promise<readonly Called[]> {
  const rows = await db
    .selectFrom('meeting')
    .where('board_id', '=', board)
    .where('state', '=', 'called')
    .where((row) => row.exists(row.selectFrom('sitting').whereRef('sitting.meeting_id', '=', 'meeting.id').select('sitting.seq')))
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('sitting')
            .whereRef('sitting.meeting_id', '=', 'meeting.id')
            .where('sitting.act', '=', 'closed')
            .select('sitting.seq'),
        ),
      ),
    )
    .orderBy('starts_at')
    .select('id')
    .execute()
  return Promise.all(rows.map(({ id }) => meetingAsItWas(db, id, now)))
}

/** What is asked of a meeting that is over as well. */
const OF_THE_PAST = [
  'attendance.here',
  'attendance.quorum',
  'attendance.print',
  'attendance.mark',
  'attendance.mark_form',
  'attendance.correct_form',
]
const BEFORE_IT = ['attendance.interests']

/**
 * The meetings in hand, of boards that may be meant: those that are open; else of each board today's, for what is asked of
 * one that is over also the last, or the next.
 */
export async function inHand(
  db: Db,
  boards: readonly Ruled[],
  command: string,
  now: Temporal.Instant,
): Promise<readonly Called[]> {
  const found = await Promise.all(
    boards.map(async ({ board, inForce }) => {
      if (!inForce) return []
      const open = await openMeetings(db, board.id, now)
      if (open.length > 0) return open
      const coming = await meetingsOf(db, board.id, { from: now.subtract({ hours: 24 }) })
      const today = coming.find((meeting) => hasBegun(meeting, now) && !isOver(meeting, now))
      const next = coming.find((meeting) => !hasBegun(meeting, now))
      if (today) return [today]
      const soon = next && (BEFORE_IT.includes(command) || boardDay(board, next.startsAt) === boardDay(board, now)) ? next : null
      if (soon) return [soon]
      const last = next && !OF_THE_PAST.includes(command) ? null : await lastSat(db, board.id)
      return [last ?? next].flatMap((one) => one ?? [])
    }),
  )
  const all = found.flat()
  const open = all.filter(({ sitting }) => sitting === 'open')
  return open.length > 0 ? open : all
}

/** The last meeting of a board that was opened, or null. */
async function lastSat(db: Db, board: string): Promise<Called | null> {
  const row = await db
    .selectFrom('sitting')
    .innerJoin('meeting', 'meeting.id', 'sitting.meeting_id')
    .where('meeting.board_id', '=', board)
    .where('sitting.act', '=', 'opened')
    .orderBy('sitting.at', 'desc')
    .select(['meeting.id', 'sitting.at'])
    .executeTakeFirst()
  return row ? meetingAsItWas(db, row.id, fromText(row.at)) : null
}
