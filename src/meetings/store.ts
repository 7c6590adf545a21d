import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { type Board, type Named, namedAs } from '../boards/rules.js'
import { boardFrom, findBoard, type Ruled, termsFrom, termsInForce } from '../boards/store.js'
import { heldOn } from '../db/held.js'
import type { Db, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import { daysIn, hoursIn, without } from '../kernel/said-time.js'
import { folded } from '../kernel/sentence.js'
import { dayOf, fromText, toText } from '../kernel/time.js'
import type { Wish } from './proposing.js'
import { boardDay, type Called, hasBegun, isOver, type Kind, type Meeting } from './rules.js'

/** Whether the clerk has opened a meeting, and closed it. */
export const sittingNow = sql<Called['sitting']>`case
  when exists (select 1 from sitting where sitting.meeting_id = meeting.id and sitting.act = 'closed') then 'closed'
  when exists (select 1 from sitting where sitting.meeting_id = meeting.id) then 'open' else 'not opened' end`

const circulatedNow = sql<number>`case when exists (select 1 from circulation where circulation.meeting_id = meeting.id) then 1 else 0 end`

const votingNow = sql<number>`case when exists (select 1 from motion join vote on vote.motion_id = motion.id
  where motion.meeting_id = meeting.id and motion.state = 'in a vote')
  or exists (select 1 from election join election_ballot on election_ballot.election_id = election.id
  where election.meeting_id = meeting.id and election_ballot.state = 'open') then 1 else 0 end`

/** Meetings with their board. */
export const calledRows = (db: Db) =>
  db
    .selectFrom('meeting')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .select([
      'meeting.id as meeting_id',
      'meeting.kind',
      'meeting.starts_at',
      'meeting.minutes',
      'meeting.venue',
      'meeting.link',
      'meeting.need',
      'meeting.state',
      'meeting.revision',
      sittingNow.as('sitting'),
      circulatedNow.as('circulated'),
      votingNow.as('voting'),
      'board.id',
      'board.tenant_id',
      'board.name',
      'board.short_name',
      'board.zone',
      'board.division',
    ])

/** The same with the terms in force at an instant. */
const meetingRows = (db: Db, now: string) =>
  calledRows(db)
    .innerJoin('terms', (join) => join.on('terms.id', '=', termsInForce(db, 'board.id', now)))
    .select(['terms.id as terms_id', 'terms.document'])

type CalledRow = Awaited<ReturnType<ReturnType<typeof calledRows>['execute']>>[number]
type MeetingRow = Awaited<ReturnType<ReturnType<typeof meetingRows>['execute']>>[number]

export const calledFrom = (row: CalledRow): Called => ({
  id: row.meeting_id,
  board: boardFrom(row),
  kind: row.kind,
  startsAt: fromText(row.starts_at),
  minutes: row.minutes,
  venue: row.venue,
  link: row.link,
  need: row.need,
  cancelled: row.state === 'cancelled',
  sitting: row.sitting,
  circulated: row.circulated === 1,
  voting: row.voting === 1,
  revision: row.revision,
})

const meetingFrom = (row: MeetingRow): Meeting => ({
  ...calledFrom(row),
  terms: termsFrom(row.document),
  termsId: row.terms_id,
})

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

/** The called meetings of a board that begin within a span, soonest first; without an end, all from then on. */
export async function meetingsOf(
  db: Db,
  board: string,
  { from, until }: { readonly from: Temporal.Instant; readonly until?: Temporal.Instant },
): Promise<readonly Called[]> {
  const rows = await calledRows(db)
    .where('meeting.board_id', '=', board)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(from))
    .$if(until !== undefined, (query) => query.where('meeting.starts_at', '<=', toText(until ?? from)))
    .orderBy('meeting.starts_at')
    .execute()
  return rows.map(calledFrom)
}

/** The last meeting of a board that began before an instant, or null. */
export async function lastMeeting(db: Db, board: string, before: Temporal.Instant): Promise<Called | null> {
  const row = await calledRows(db)
    .where('meeting.board_id', '=', board)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '<', toText(before))
    .orderBy('meeting.starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? calledFrom(row) : null
}

/** Meetings of other boards, within a span, at which people with a seat or an office of this board sit. */
export async function elsewhere(
  db: Db,
  board: string,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<readonly { readonly meeting: Called; readonly who: readonly string[] }[]> {
  const meetings = await calledRows(db)
    .where('meeting.board_id', '!=', board)
    .where('board.tenant_id', '=', db.selectFrom('board as own').select('own.tenant_id').where('own.id', '=', board))
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(from))
    .where('meeting.starts_at', '<', toText(until))
    .orderBy('meeting.starts_at')
    .execute()
  const found = await Promise.all(
    meetings.map(async (row) => {
      const meeting = calledFrom(row)
      const day = boardDay(meeting.board, meeting.startsAt)
      return { meeting, who: await sittingOnBoth(db, board, meeting.board.id, day) }
    }),
  )
  return found.filter(({ who }) => who.length > 0)
}

async function sittingOnBoth(db: Db, one: string, other: string, day: string): Promise<readonly string[]> {
  const sitting = (board: string) => sql`
    select holding.person_id from holding join seat on seat.id = holding.seat_id
      where seat.board_id = ${board} and holding.capacity = 'representative' and ${heldOn('holding', day)} and ${heldOn('seat', day)}
    union select person_id from office where board_id = ${board} and ${heldOn('office', day)}`
  const { rows } = await sql<{ name: string }>`
    select name from person where id in (${sitting(one)}) and id in (${sitting(other)}) order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** A meeting as it is to be written. */
export interface NewMeeting {
  readonly id: string
  readonly board: string
  readonly kind: Kind
  readonly startsAt: Temporal.Instant
  readonly minutes: number
  readonly venue: string
  readonly link: string | null
  readonly need: string | null
}

/** Who did it, on whose right, and under which rules. */
export interface Hand {
  readonly by: string | null
  readonly for: string | null
  readonly at: Temporal.Instant
  readonly termsId: string
  readonly why: string | null
}

/** Records that a meeting was called. @returns the id of what was called, which never changes */
export async function addMeeting(tx: Tx, meeting: NewMeeting, hand: Hand): Promise<string> {
  const { id, board, kind, startsAt, minutes, venue, link, need } = meeting
  const row = { id, board_id: board, kind, starts_at: toText(startsAt), minutes, venue, link, need, state: 'called' as const }
  await tx
    .insertInto('meeting')
    .values({ ...row, revision: 1 })
    .execute()
  return addVersion(tx, { meeting: id, revision: 1, startsAt, venue, state: 'called' }, hand)
}

/** Records that a meeting was moved or cancelled; how it stood before is kept. @returns the id of the version */
export async function changeMeeting(
  tx: Tx,
  meeting: Called,
  change: {
    readonly startsAt: Temporal.Instant
    readonly venue: string
    readonly link: string | null
    readonly cancelled: boolean
  },
  hand: Hand,
): Promise<string> {
  const { startsAt, venue, link, cancelled } = change
  const revision = meeting.revision + 1
  const state = cancelled ? 'cancelled' : 'called'
  await tx
    .updateTable('meeting')
    .set({ starts_at: toText(startsAt), venue, link, state, revision })
    .where('id', '=', meeting.id)
    .execute()
  return addVersion(tx, { meeting: meeting.id, revision, startsAt, venue, state }, hand)
}

interface NewVersion {
  readonly meeting: string
  readonly revision: number
  readonly startsAt: Temporal.Instant
  readonly venue: string
  readonly state: 'called' | 'cancelled'
}

async function addVersion(tx: Tx, version: NewVersion, hand: Hand): Promise<string> {
  const id = newId()
  await tx
    .insertInto('meeting_version')
    .values({
      id,
      meeting_id: version.meeting,
      revision: version.revision,
      starts_at: toText(version.startsAt),
      venue: version.venue,
      state: version.state,
      why: hand.why,
      at: toText(hand.at),
      by_person_id: hand.by,
      for_person_id: hand.for,
      terms_id: hand.termsId,
    })
    .execute()
  return id
}

/** One version of a meeting, as it was called, moved or cancelled, and how it stood before. */
export interface Version {
  readonly meeting: Called
  readonly revision: number
  readonly startsAt: Temporal.Instant
  readonly venue: string
  readonly cancelled: boolean
  readonly why: string | null
  /** who did it, and whose right it was where that is another */
  readonly by: string | null
  readonly for: string | null
  readonly before: { readonly startsAt: Temporal.Instant; readonly venue: string } | null
}

export async function versionOf(db: Db, id: string): Promise<Version> {
  const row = await db
    .selectFrom('meeting_version as version')
    .leftJoin('person as hand', 'hand.id', 'version.by_person_id')
    .leftJoin('person as owner', 'owner.id', 'version.for_person_id')
    .where('version.id', '=', id)
    .selectAll('version')
    .select(['hand.name as by', 'owner.name as for'])
    .executeTakeFirstOrThrow()
  const meeting = await calledRows(db).where('meeting.id', '=', row.meeting_id).executeTakeFirstOrThrow()
  const before = await db
    .selectFrom('meeting_version')
    .select(['starts_at', 'venue'])
    .where('meeting_id', '=', row.meeting_id)
    .where('revision', '=', row.revision - 1)
    .executeTakeFirst()
  return {
    meeting: calledFrom(meeting),
    revision: row.revision,
    startsAt: fromText(row.starts_at),
    venue: row.venue,
    cancelled: row.state === 'cancelled',
    why: row.why,
    by: row.by,
    for: row.for,
    before: before ? { startsAt: fromText(before.starts_at), venue: before.venue } : null,
  }
}

/** Everybody who is told of a meeting: seats, deputies, offices, in attendance, named substitutes, and who is invited to it. */
export async function concerned(db: Db, meeting: Called): Promise<readonly string[]> {
  const day = boardDay(meeting.board, meeting.startsAt)
  const board = meeting.board.id
  const { rows } = await sql<{ id: string }>`
    select holding.person_id as id from holding join seat on seat.id = holding.seat_id
      where seat.board_id = ${board} and ${heldOn('holding', day)} and ${heldOn('seat', day)}
    union select person_id from office where board_id = ${board} and ${heldOn('office', day)}
    union select person_id from in_attendance where board_id = ${board} and ${heldOn('in_attendance', day)}
    union select substitute_id from answer where meeting_id = ${meeting.id} and substitute_id is not null
    union select person_id from invitation where meeting_id = ${meeting.id} and state = 'invited'`.execute(db)
  return rows.map(({ id }) => id)
}

/** Records that the board agreed its cycle of meetings. @returns its id */
export async function addCycle(
  tx: Tx,
  { board, year, resolution, meetings }: { board: string; year: number; resolution: string; meetings: readonly string[] },
  { at, by, termsId }: Pick<Hand, 'at' | 'by' | 'termsId'>,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('cycle')
    .values({ id, board_id: board, year, resolution, at: toText(at), by_person_id: by, terms_id: termsId })
    .execute()
  await tx
    .insertInto('cycle_meeting')
    .values(meetings.map((meeting_id) => ({ cycle_id: id, meeting_id })))
    .execute()
  return id
}

/** The parent of a board with its terms in force, or null. */
export async function parentOf(db: Db, board: string, now: Temporal.Instant): Promise<Ruled | null> {
  const row = await db.selectFrom('board').select('parent_id').where('id', '=', board).executeTakeFirst()
  return row?.parent_id ? findBoard(db, row.parent_id, now) : null
}

/** The board to which a meeting belongs, whatever has become of it; or null. */
export async function boardOfMeeting(db: Db, meeting: string): Promise<string | null> {
  const row = await db.selectFrom('meeting').select('board_id').where('id', '=', meeting).executeTakeFirst()
  return row?.board_id ?? null
}

/** The people with a part in a board on a day whose name, or a part of it, is this. */
export async function peopleNamed(db: Db, board: Board, said: string, day: string): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    select person.id, person.name from person where person.id in (
      select holding.person_id from holding join seat on seat.id = holding.seat_id
        where seat.board_id = ${board.id} and ${heldOn('holding', day)}
      union select person_id from office where board_id = ${board.id} and ${heldOn('office', day)}
      union select person_id from group_member where board_id = ${board.id} and ${heldOn('group_member', day)})
    order by person.name`.execute(db)
  return namedAs(rows, said)
}

/** What the dates of a year are proposed from: the terms, what is taken, the parent's meetings, and what is usual. */
export async function wishFor(
  db: Db,
  { board, inForce }: Ruled,
  { year, count, openly }: { readonly year: number; readonly count: number | null; readonly openly: boolean },
  now: Temporal.Instant,
): Promise<Wish | null> {
  if (!inForce) return null
  const span = yearOf(year, board.zone)
  const own = await meetingsOf(db, board.id, span)
  const parent = await parentOf(db, board.id, now)
  const parentMeetings = parent ? await meetingsOf(db, parent.board.id, span) : []
  const last = own.at(-1) ?? (await meetingsOf(db, board.id, { from: now })).at(-1) ?? (await lastMeeting(db, board.id, now))
  const lastAt = last?.startsAt.toZonedDateTimeISO(board.zone)
  return {
    terms: inForce.terms,
    year,
    count: count ?? inForce.terms.meetings.aYear,
    today: dayOf(now, board.zone),
    taken: [
      ...own.map((meeting) => ({ day: dayOf(meeting.startsAt, board.zone), what: board.shortName })),
      ...(await elsewhere(db, board.id, span)).map(({ meeting, who }) => ({
        day: dayOf(meeting.startsAt, board.zone),
        // Who sits on which other board is for this board's officers to know.
        what: openly
          ? `${meeting.board.shortName} (with ${who.slice(0, 3).join(', ')}${who.length > 3 ? ' and others' : ''})`
          : 'another board of some members',
      })),
    ],
    parent: parentMeetings.map(({ startsAt }) => dayOf(startsAt, board.zone)),
    parentPapersWorkingDays: (parent?.inForce ?? inForce).terms.papers.workingDays,
    usual: lastAt ? { weekday: lastAt.dayOfWeek, time: lastAt.toPlainTime() } : null,
  }
}

const yearOf = (of: number, zone: string) => ({
  from: Temporal.PlainDate.from({ year: of, month: 1, day: 1 }).toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 }),
  until: Temporal.PlainDate.from({ year: of + 1, month: 1, day: 1 })
    .toZonedDateTime(zone)
    .toInstant(),
})

const NEXT = /^(?:next |coming )?meeting$/
const ON_DAY = /^(?:(?:extraordinary|ordinary) )?meeting(?: (?:of|on|for|in))?\s+(?<day>.+)$/
const DAYS_MEETING = /^(?<day>.+?)(?:'s)? meeting$/
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const OF_MONTH = new RegExp(`^(?:(?:next|coming) )?(?<month>${MONTHS.join('|')})(?: (?<year>\\d{4}))?$`)

/** The coming meetings of a board that a phrase can mean: "next meeting", "meeting of 16 December", "December meeting". */
export async function meetingsMeant(db: Db, board: Board, which: string, now: Temporal.Instant): Promise<readonly Called[]> {
  const coming = await meetingsOf(db, board.id, { from: now })
  const said = folded(which).trim()
  if (NEXT.test(said)) return coming.slice(0, 1)
  const day = (ON_DAY.exec(said) ?? DAYS_MEETING.exec(said))?.groups?.day
  if (day === undefined) return []
  const { month, year } = OF_MONTH.exec(day)?.groups ?? {}
  const days = month === undefined ? daysAlone(`on ${day}`, dayOf(now, board.zone)) : []
  return coming.filter(({ startsAt }) => {
    const on = dayOf(startsAt, board.zone)
    const ofMonth = month === MONTHS[on.month - 1] && (year === undefined || on.year === Number(year))
    return ofMonth || days.includes(on.toString())
  })
}

/** The meetings of a board that have begun and are not over. */
export async function meetingsGoingOn(db: Db, board: Board, now: Temporal.Instant): Promise<readonly Called[]> {
  const rows = await calledRows(db)
    .where('meeting.board_id', '=', board.id)
    .where('meeting.state', '=', 'called')
    // An adjourned meeting may go on days later.
    .where((row) => row.or([row('meeting.starts_at', '>', toText(now.subtract({ hours: 24 }))), row(sittingNow, '=', 'open')]))
    .orderBy('meeting.starts_at')
    .execute()
  return rows.map(calledFrom).filter((meeting) => hasBegun(meeting, now) && !isOver(meeting, now))
}

/** The days of a phrase that says nothing else but an hour: not those of "with Bob on 16 December". */
function daysAlone(phrase: string, today: Temporal.PlainDate): readonly string[] {
  const places = daysIn(phrase, today)
  const undated = without(phrase, places)
  const left = without(undated, hoursIn(undated)).replace(/\b(?:from|at|or)\b|[\s,]/g, '')
  return left === '' ? places.flatMap(({ said }) => ('days' in said ? said.days.map(String) : [])) : []
}
