import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../boards/rules.js'
import { seatFrom, seatRows } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import { dayOf, toText } from '../kernel/time.js'
import type { Called } from '../meetings/rules.js'
import { findMeeting } from '../meetings/store.js'
import type { Answer, AnsweredSeat, Replies } from './rules.js'

/** The seats of a board on the day of `now`, with the answer that stands for each. */
export async function answeredSeats(db: Db, meeting: Called, now: Temporal.Instant): Promise<readonly AnsweredSeat[]> {
  const rows = await seatRows(db, meeting.board.id, dayOf(now, meeting.board.zone).toString())
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

function answerFrom({ version, attending, substitute_id: id, substitute_name: name }: AnswerColumns): Answer | null {
  if (version === null) return null
  return { version, attending: attending === 1, substitute: id !== null && name !== null ? { id, name } : null }
}

/** The meeting and its answers, or null if no such meeting is called. */
export async function findReplies(db: Db, meeting: string, now: Temporal.Instant): Promise<Replies | null> {
  const found = await findMeeting(db, meeting, now)
  return found && { meeting: found, seats: await answeredSeats(db, found, now) }
}

interface NewAnswer extends Answer {
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

/** One answer as it was given: what its notice says. */
export interface GivenAnswer {
  readonly meeting: string
  readonly seat: string
  readonly attending: boolean
  readonly substitute: Named | null
  readonly by: Named
}

/** An answer by its id, whether it still stands or not. */
export async function givenAnswer(db: Db, id: string): Promise<GivenAnswer> {
  const row = await db
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.by_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .where('answer.id', '=', id)
    .select([
      'answer.meeting_id',
      'answer.seat_id',
      'answer.version',
      'answer.attending',
      'person.id as by_id',
      'person.name as by_name',
      'substitute.id as substitute_id',
      'substitute.name as substitute_name',
    ])
    .executeTakeFirstOrThrow()
  return {
    meeting: row.meeting_id,
    seat: row.seat_id,
    attending: row.attending === 1,
    substitute: answerFrom(row)?.substitute ?? null,
    by: { id: row.by_id, name: row.by_name },
  }
}
