import { Temporal } from 'temporal-polyfill'
import { answeredSeats } from '../../apologies/store.js'
import { type Board, isInvited } from '../../boards/rules.js'
import type { Db } from '../../db/schema.js'
import { dayOf, fromText } from '../../kernel/time.js'
import type { Called } from '../../meetings/rules.js'
import { meetingsOf } from '../../meetings/store.js'
import type { State } from '../ledger.js'
import type { Held, QuorumRow, SeatThen, SpellRow } from './rules.js'

/** The instants between which a calendar year lies where a board is: neither is in it. */
function yearIn(zone: string, year: number): { readonly from: Temporal.Instant; readonly until: Temporal.Instant } {
  const first = (of: number) => Temporal.PlainDate.from({ year: of, month: 1, day: 1 }).toZonedDateTime(zone).toInstant()
  const before = { milliseconds: 1 }
  return { from: first(year).subtract(before), until: first(year + 1).subtract(before) }
}

/** The meetings of a board in a year of its zone that were opened and closed, soonest first, with all that their attendance follows from. */
export async function meetingsHeld(db: Db, board: Board, year: number): Promise<readonly Held[]> {
  const called = await meetingsOf(db, board.id, yearIn(board.zone, year))
  // PostgreSQL takes no empty list.
  if (called.length === 0) return []
  const sat = await sittingsOf(db, called)
  const held = called.filter(({ id }) => sat.has(id))
  if (held.length === 0) return []
  const [spells, quorum] = await Promise.all([spellsOf(db, held), quorumRowsOf(db, held)])
  return Promise.all(
    held.map(async (meeting) => ({
      id: meeting.id,
      day: dayOf(meeting.startsAt, board.zone),
      ...(sat.get(meeting.id) as Sat),
      seats: await seatsThen(db, meeting),
      spells: spells.get(meeting.id) ?? [],
      quorum: quorum.get(meeting.id) ?? [],
    })),
  )
}

type Sat = Pick<Held, 'opened' | 'closed'>

const ids = (meetings: readonly Called[]): readonly string[] => meetings.map(({ id }) => id)

/** When each of some meetings was opened and closed; without those that were not. */
async function sittingsOf(db: Db, meetings: readonly Called[]): Promise<ReadonlyMap<string, Sat>> {
  const rows = await db
    .selectFrom('sitting')
    .where('meeting_id', 'in', ids(meetings))
    .where('act', 'in', ['opened', 'closed'])
    .orderBy('seq')
    .select(['meeting_id', 'act', 'at'])
    .execute()
  const when = (meeting: string, act: string) => rows.find((row) => row.meeting_id === meeting && row.act === act)?.at
  return new Map(
    ids(meetings).flatMap((meeting): [string, Sat][] => {
      const [opened, closed] = [when(meeting, 'opened'), when(meeting, 'closed')]
      return opened && closed ? [[meeting, { opened: fromText(opened), closed: fromText(closed) }]] : []
    }),
  )
}

async function spellsOf(db: Db, meetings: readonly Called[]): Promise<ReadonlyMap<string, readonly SpellRow[]>> {
  const rows = await db
    .selectFrom('spell')
    .where('meeting_id', 'in', ids(meetings))
    .select(['meeting_id', 'seq', 'id', 'seat_id', 'capacity', 'for_person_id', 'from_at', 'until_at', 'struck'])
    .execute()
  return byMeeting(rows, (row) => ({
    seq: row.seq,
    id: row.id,
    seat: row.seat_id,
    capacity: row.capacity,
    inPlaceOf: row.for_person_id !== null,
    from: fromText(row.from_at),
    until: row.until_at === null ? null : fromText(row.until_at),
    struck: row.struck === 1,
  }))
}

async function quorumRowsOf(db: Db, meetings: readonly Called[]): Promise<ReadonlyMap<string, readonly QuorumRow[]>> {
  const rows = await db
    .selectFrom('quorum_entry')
    .where('meeting_id', 'in', ids(meetings))
    .orderBy('seq')
    .select(['meeting_id', 'at', 'state', 'verdict'])
    .execute()
  return byMeeting(rows, (row) => ({ at: fromText(row.at), state: row.state as State, verdict: row.verdict }))
}

function byMeeting<Row extends { readonly meeting_id: string }, One>(
  rows: readonly Row[],
  read: (row: Row) => One,
): ReadonlyMap<string, readonly One[]> {
  const found = new Map<string, One[]>()
  for (const row of rows) found.set(row.meeting_id, [...(found.get(row.meeting_id) ?? []), read(row)])
  return found
}

async function seatsThen(db: Db, meeting: Called): Promise<readonly SeatThen[]> {
  const seats = await answeredSeats(db, meeting)
  return seats.map((seat) => ({
    id: seat.id,
    organisation: seat.organisation,
    invited: isInvited(seat),
    vacant: seat.representative === null,
    apologies: seat.answer?.attending === false,
  }))
}
