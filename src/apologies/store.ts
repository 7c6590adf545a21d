import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Named, Seat } from '../boards/rules.js'
import { colleagueRows, namesFrom, seatFrom, seatRows } from '../boards/store.js'
import { heldOn, stillHeld } from '../db/held.js'
import type { Db, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import { folded } from '../kernel/sentence.js'
import { fromText, toText } from '../kernel/time.js'
import { boardDay, type Called, isLate, isOver } from '../meetings/rules.js'
import { findMeeting, meetingAsItWas } from '../meetings/store.js'
import type { Right } from './cast/rules.js'
import type { AnsweredSeat, Replies, SeatAnswer, Substitute } from './rules.js'

/** Who asks, and the board's day on which they do: an office gives its right from then on. */
export interface Asker {
  readonly person: string
  readonly today: string
}

/**
 * The seats of a board as they are held on the day of its meeting, with the answer that stands for each.
 * @param asker whose rights are read along, if anybody's
 */
export async function answeredSeats(db: Db, meeting: Called, asker?: Asker): Promise<readonly AnsweredSeat[]> {
  const day = boardDay(meeting.board, meeting.startsAt)
  const { person, today } = asker ?? { person: '', today: day }
  const is = (found: ReturnType<typeof sql<SqlBool>>) => sql<number>`case when exists (${found}) then 1 else 0 end`
  const rows = await seatRows(db, meeting.board.id, day)
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
            .whereRef('latest.for_person_id', '=', 'holding.person_id')
            .orderBy('latest.version', 'desc')
            .limit(1),
        ),
      ),
    )
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .leftJoin('person as speaker', 'speaker.id', 'answer.by_person_id')
    .leftJoin('post', (join) =>
      join
        .onRef('post.person_id', '=', 'substitute.id')
        .onRef('post.organisation_id', '=', 'organisation.id')
        .on('post.board_id', '=', meeting.board.id),
    )
    .select(['answer.version', 'answer.attending', 'answer.for_day', 'answer.at'])
    .select(apologisedAt.as('apologised_at'))
    .select(['post.title as substitute_post', 'post.until_day as substitute_left'])
    .select((row) =>
      row
        .selectFrom('answer as any_answer')
        .where('any_answer.meeting_id', '=', meeting.id)
        .whereRef('any_answer.seat_id', '=', 'seat.id')
        .select((max) => max.fn.max('any_answer.version').as('highest'))
        .as('versions'),
    )
    .select(['substitute.id as substitute_id', 'substitute.name as substitute_name', 'substitute.confirmed'])
    .select(['speaker.id as by_id', 'speaker.name as by_name'])
    .select([
      is(sql<SqlBool>`select 1 from holding as deputing where deputing.seat_id = seat.id and deputing.capacity = 'deputy'
        and deputing.person_id = ${person} and ${heldOn('deputing', day)}`).as('as_deputy'),
      is(sql<SqlBool>`select 1 from assistant where assistant.board_id = ${meeting.board.id} and assistant.assistant_id = ${person}
        and assistant.principal_id = holding.person_id and ${heldOn('assistant', day)}`).as('as_assistant'),
      is(sql<SqlBool>`select 1 from office where office.board_id = ${meeting.board.id} and office.office = 'clerk'
        and office.person_id = ${person} and ${heldOn('office', today)}`).as('as_clerk'),
    ])
    .execute()
  const holders = new Set(rows.map((row) => row.holder_id))
  const collective = await ofCollectiveBodies(db, meeting.board.id, day, rows)
  const seats = rows.map((row) => {
    const movedSince = row.for_day !== null && row.for_day !== day
    const stands = movedSince ? null : answerFrom(row, meeting)
    const left = row.substitute_left !== null && row.substitute_left <= day
    const ofTheBody = (row.substitute_post !== null && !left) || collective.has(`${row.seat_id} ${row.substitute_id}`)
    const mayStillSit = (ofTheBody || row.confirmed === 0) && !holders.has(row.substitute_id)
    return {
      ...seatFrom(row),
      answer: stands && !mayStillSit ? { ...stands, substitute: null } : stands,
      lapsed: mayStillSit ? null : (stands?.substitute ?? null),
      movedSince,
      versions: row.versions ?? 0,
      right: rightIn(row, person),
    }
  })
  // A holding that was renewed may overlap the one before it: the seat is one all the same.
  return seats.filter(
    (seat, at) =>
      seats.findIndex(({ id, representative }) => id === seat.id && representative?.id === seat.representative?.id) === at,
  )
}

interface Substituted {
  readonly seat_id: string
  readonly stands_for: string
  readonly substitute_id: string | null
}

/** The seats that sit for many bodies, each with a substitute who is of one of those: `SEAT PERSON`. */
async function ofCollectiveBodies(
  db: Db,
  board: string,
  day: string,
  rows: readonly Substituted[],
): Promise<ReadonlySet<string>> {
  const sitting = rows.filter((row) => row.substitute_id !== null && row.stands_for !== '[]')
  if (sitting.length === 0) return new Set()
  const posts = await db
    .selectFrom('post')
    .innerJoin('organisation', 'organisation.id', 'post.organisation_id')
    .where('post.board_id', '=', board)
    .where(stillHeld('post', day))
    .where(
      'post.person_id',
      'in',
      sitting.flatMap(({ substitute_id: id }) => id ?? []),
    )
    .select(['post.person_id', 'organisation.name'])
    .execute()
  const fits = sitting.filter(({ stands_for, substitute_id }) =>
    posts.some(({ person_id, name }) => person_id === substitute_id && namesFrom(stands_for).includes(name)),
  )
  return new Set(fits.map(({ seat_id, substitute_id }) => `${seat_id} ${substitute_id}`))
}

/** Of a row of `answer`: since when its giver has not been coming; naming somebody later makes no apologies late. */
const apologisedAt = sql<string | null>`(select min(since.at) from answer as since
  where since.meeting_id = answer.meeting_id and since.seat_id = answer.seat_id and since.for_person_id = answer.for_person_id
    and since.attending = 0 and since.version <= answer.version
    and not exists (select 1 from answer as back where back.meeting_id = answer.meeting_id and back.seat_id = answer.seat_id
      and back.for_person_id = answer.for_person_id and back.attending = 1
      and back.version > since.version and back.version < answer.version))`

interface RightColumns {
  readonly holder_id: string | null
  readonly as_deputy: number
  readonly as_assistant: number
  readonly as_clerk: number
}

function rightIn(row: RightColumns, person: string): Right | null {
  if (row.holder_id === null || person === '') return null
  if (row.holder_id === person) return 'own'
  if (row.as_deputy === 1) return 'deputy'
  if (row.as_assistant === 1) return 'assistant'
  return row.as_clerk === 1 ? 'clerk' : null
}

interface AnswerColumns {
  readonly version: number | null
  readonly attending: number | null
  readonly substitute_id: string | null
  readonly substitute_name: string | null
  readonly confirmed: number | null
  readonly by_id: string | null
  readonly by_name: string | null
  readonly at: string | null
  readonly apologised_at: string | null
}

function answerFrom(
  { version, attending, substitute_id: id, substitute_name: name, ...row }: AnswerColumns,
  { startsAt }: Pick<Called, 'startsAt'>,
): SeatAnswer | null {
  if (version === null || row.at === null || row.by_id === null || row.by_name === null) return null
  const substitute = id !== null && name !== null ? { id, name, confirmed: row.confirmed !== 0 } : null
  const late = isLate({ startsAt }, fromText((attending === 0 ? row.apologised_at : null) ?? row.at))
  return { version, attending: attending === 1, substitute, by: { id: row.by_id, name: row.by_name }, late }
}

const phaseOf = (meeting: Called, now: Temporal.Instant): Pick<Replies, 'begun' | 'over'> => ({
  begun: isLate(meeting, now),
  over: isOver(meeting, now),
})

/**
 * The meeting and its answers, or null if no such meeting is called.
 * @param person whose rights are read along, if anybody's
 */
export async function findReplies(db: Db, meeting: string, now: Temporal.Instant, person?: string): Promise<Replies | null> {
  const found = await findMeeting(db, meeting, now)
  if (!found) return null
  const asker = person === undefined ? undefined : { person, today: boardDay(found.board, now) }
  return { meeting: found, ...phaseOf(found, now), seats: await answeredSeats(db, found, asker) }
}

/** Whether somebody is marked as there, and has not left: of the rows of each of their spells the last stands. */
export async function isMarkedHere(db: Db, meeting: string, person: string): Promise<boolean> {
  const rows = await db
    .selectFrom('spell')
    .where('meeting_id', '=', meeting)
    .where('person_id', '=', person)
    .orderBy('seq')
    .select(['id', 'until_at', 'struck'])
    .execute()
  const last = new Map(rows.map((row) => [row.id, row]))
  return [...last.values()].some(({ until_at, struck }) => until_at === null && struck === 0)
}

/** Whom a seat may name as substitute, and who was named for it and is not confirmed yet, by name. */
export async function substitutesFor(db: Db, meeting: Called, seat: Seat): Promise<readonly Substitute[]> {
  const rows = await colleagueRows(db, meeting.board.id, seat, boardDay(meeting.board, meeting.startsAt))
    .union(
      db
        .selectFrom('person')
        .innerJoin('answer', 'answer.substitute_id', 'person.id')
        .where('person.tenant_id', '=', meeting.board.tenant)
        .where('person.confirmed', '=', 0)
        .where('answer.seat_id', '=', seat.id)
        .select(['person.id', 'person.name', 'person.confirmed']),
    )
    .execute()
  return rows
    .map(({ id, name, confirmed }) => ({ id, name, confirmed: confirmed !== 0 }))
    .sort((one, other) => folded(one.name).localeCompare(folded(other.name)))
}

/** Records somebody whom nobody knows yet, for the clerk to confirm. */
export async function addStranger(tx: Tx, tenant: string, name: string): Promise<Substitute> {
  const id = newId()
  await tx.insertInto('person').values({ id, tenant_id: tenant, name, email: null, telephone: null, confirmed: 0 }).execute()
  return { id, name, confirmed: false }
}

/** The clerk knows them now: they are of the body for which they were named. */
export async function confirmPerson(tx: Tx, board: string, person: string, organisation: string): Promise<void> {
  await tx.updateTable('person').set({ confirmed: 1 }).where('id', '=', person).execute()
  await tx
    .insertInto('post')
    .values({ board_id: board, person_id: person, organisation_id: organisation, title: '', until_day: null })
    .onConflict((known) => known.columns(['board_id', 'person_id', 'organisation_id']).doUpdateSet({ until_day: null }))
    .execute()
}

/** The same of a meeting whatever has become of it: for the cards that follow it. */
export async function repliesAsTheyStand(db: Db, meeting: string, now: Temporal.Instant): Promise<Replies> {
  const found = await meetingAsItWas(db, meeting, now)
  return { meeting: found, ...phaseOf(found, now), seats: await answeredSeats(db, found) }
}

interface NewAnswer extends Omit<SeatAnswer, 'by' | 'substitute' | 'late'> {
  readonly substitute: Named | null
  readonly id: string
  readonly meeting: string
  readonly seat: string
  /** who holds the seat */
  readonly for: string
  /** the day on which the meeting is, `YYYY-MM-DD` */
  readonly forDay: string
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
      for_day: answer.forDay,
      by_person_id: answer.by,
      at: toText(answer.at),
    })
    .execute()
}

/** One answer as it was given, whatever has become of it and its meeting since, with the answers that stand now. */
export interface GivenAnswer extends Replies {
  readonly seat: AnsweredSeat
  readonly attending: boolean
  /** it came when the hour of the meeting had come */
  readonly late: boolean
  readonly substitute: Substitute | null
  /** who held the seat then */
  readonly for: Named
  readonly by: Named
}

export async function givenAnswer(db: Db, id: string, now: Temporal.Instant): Promise<GivenAnswer> {
  const row = await db
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.by_person_id')
    .innerJoin('person as holder', 'holder.id', 'answer.for_person_id')
    .leftJoin('person as substitute', 'substitute.id', 'answer.substitute_id')
    .where('answer.id', '=', id)
    .select(['answer.meeting_id', 'answer.seat_id', 'answer.version', 'answer.attending', 'answer.for_person_id', 'answer.at'])
    .select(apologisedAt.as('apologised_at'))
    .select(['person.id as by_id', 'person.name as by_name', 'holder.name as for_name'])
    .select(['substitute.id as substitute_id', 'substitute.name as substitute_name', 'substitute.confirmed'])
    .executeTakeFirstOrThrow()
  const meeting = await meetingAsItWas(db, row.meeting_id, now)
  const seats = await answeredSeats(db, meeting)
  const ofSeat = seats.filter((one) => one.id === row.seat_id)
  const seat =
    ofSeat.find(({ representative }) => representative?.id === row.for_person_id) ??
    ofSeat[0] ??
    (await seatGone(db, row.seat_id))
  const given = answerFrom(row, meeting)
  return {
    meeting,
    ...phaseOf(meeting, now),
    seats,
    seat,
    attending: row.attending === 1,
    late: given?.late ?? false,
    substitute: given?.substitute ?? null,
    for: { id: row.for_person_id, name: row.for_name },
    by: { id: row.by_id, name: row.by_name },
  }
}

/** A seat that the board has no more on the day of the meeting: what was said for it was said all the same. */
async function seatGone(db: Db, id: string): Promise<AnsweredSeat> {
  const row = await db
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('seat.id', '=', id)
    .select([
      'seat.title as seat_title',
      'seat.standing',
      'seat.stands_for',
      'seat.formerly',
      'organisation.id as organisation_id',
    ])
    .select(['organisation.name as organisation_name', 'organisation.short_name as organisation_short'])
    .executeTakeFirstOrThrow()
  const seat = seatFrom({ ...row, seat_id: id, holder_id: null, holder_name: null })
  return { ...seat, answer: null, versions: 0, movedSince: false, lapsed: null, right: null }
}

const Journaled = z.object({
  outcome: z.object({
    answer: z.string(),
    seat: z.string(),
    version: z.number(),
    attending: z.boolean(),
    substitute: z.string().nullable(),
  }),
})

/**
 * Whether the answers of a board are those that its journal says were given.
 * @param payloads of the journal; where one was erased nothing can be said of its answer
 * @returns a sentence for each that is not as it was journaled, or has gone
 */
export async function answersAgree(db: Db, board: string, payloads: readonly unknown[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('seat', 'seat.id', 'answer.seat_id')
    .where('seat.board_id', '=', board)
    .select(['answer.id', 'answer.seat_id', 'answer.version', 'answer.attending', 'answer.substitute_id'])
    .execute()
  const kept = new Map(rows.map((row) => [row.id, row]))
  return payloads.flatMap((payload) => {
    const read = Journaled.safeParse(payload)
    if (!read.success) return []
    const { answer, seat, version, attending, substitute } = read.data.outcome
    const row = kept.get(answer)
    if (!row) return [`The answer ${answer} is in the journal and not in the record.`]
    const agrees =
      row.seat_id === seat && row.version === version && (row.attending === 1) === attending && row.substitute_id === substitute
    return agrees ? [] : [`The answer ${answer} is not as it was journaled.`]
  })
}
