import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../boards/rules.js'
import { seatFrom, seatRows } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import { toText } from '../kernel/time.js'
import { boardDay, type Called } from '../meetings/rules.js'
import { findMeeting, meetingAsItWas } from '../meetings/store.js'
import type { AnsweredSeat, Replies, SeatAnswer } from './rules.js'

/** The seats of a board on the day of `now`, with the answer that stands for each. */
export async function answeredSeats(db: Db, meeting: Called, now: Temporal.Instant): Promise<readonly AnsweredSeat[]> {
  const rows = await seatRows(db, meeting.board.id, boardDay(meeting.board, now))
    .leftJoin('answer', (join) =>
      join.on((on) =>
        on(
          'answer.id',
          '=',
          on
            .selectFrom('answer as latest')
            .select('latest.id')
            .where('latest.meeting_id', '=', meeting.id)
            .whereRef('latest.seat_id', '=', 'seat.id')
            .orderBy('latest.version', 'desc')
            .limit(1),
        ),
      ),
    )
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .select(['answer.version', 'answer.attending', 'answer.for_person_id'])
    .select(['substitute.id as substitute_id', 'substitute.name as substitute_name'])
    .execute()
  return rows.map((row) => ({
    ...seatFrom(row),
    answer: row.for_person_id === row.holder_id ? answerFrom(row) : null,
    versions: row.version ?? 0,
  }))
}

interface AnswerColumns {
  readonly version: number | null
  readonly attending: number | null
  readonly substitute_id: string | null
  readonly substitute_name: string | null
}

function answerFrom({ version, attending, substitute_id: id, substitute_name: name }: AnswerColumns): SeatAnswer | null {
  if (version === null) return null
  return { version, attending: attending === 1, substitute: id !== null && name !== null ? { id, name } : null }
}

/** The meeting and its answers, or null if no such meeting is called. */
export async function findReplies(db: Db, meeting: string, now: Temporal.Instant): Promise<Replies | null> {
  const found = await findMeeting(db, meeting, now)
  return found && { meeting: found, seats: await answeredSeats(db, found, now) }
}

interface NewAnswer extends SeatAnswer {
  readonly id: string
  readonly meeting: string
  readonly seat: string
  /** who holds the seat */
  readonly for: string
  readonly by: string
  readonly at: Temporal.Instant
}

/** Records an answer; the one before it is kept, and stands no more. */
export async function saveAnswer(tx: Tx, answer: NewAnswer): Promise<void> {
  await tx
    .insertInto('answer')
    .values({
      id: answer.id,
      meeting_id: answer.meeting,
      seat_id: answer.seat,
      version: answer.version,
      attending: answer.attending ? 1 : 0,
      substitute_id: answer.substitute?.id ?? null,
      for_person_id: answer.for,
      by_person_id: answer.by,
      at: toText(answer.at),
    })
    .execute()
}

/** One answer as it was given, whatever has become of it and its meeting since, with the answers that stand now. */
export interface GivenAnswer extends Replies {
  readonly seat: AnsweredSeat
  readonly attending: boolean
  readonly substitute: Named | null
  readonly by: Named
}

export async function givenAnswer(db: Db, id: string, now: Temporal.Instant): Promise<GivenAnswer> {
  const row = await db
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.by_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .where('answer.id', '=', id)
    .select(['answer.meeting_id', 'answer.seat_id', 'answer.version', 'answer.attending'])
    .select(['person.id as by_id', 'person.name as by_name'])
    .select(['substitute.id as substitute_id', 'substitute.name as substitute_name'])
    .executeTakeFirstOrThrow()
  const meeting = await meetingAsItWas(db, row.meeting_id, now)
  const seats = await answeredSeats(db, meeting, now)
  const seat = seats.find((one) => one.id === row.seat_id)
  if (!seat) throw new Error('an answer for a seat that is not of its board')
  const substitute = answerFrom(row)?.substitute ?? null
  return { meeting, seats, seat, attending: row.attending === 1, substitute, by: { id: row.by_id, name: row.by_name } }
}
