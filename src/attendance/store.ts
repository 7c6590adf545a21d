import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { AnsweredSeat, Replies } from '../apologies/rules.js'
import { findReplies, repliesAsTheyStand } from '../apologies/store.js'
import { isInvited, type Named } from '../boards/rules.js'
import { termsFrom, termsInForce } from '../boards/store.js'
import { heldOn } from '../db/held.js'
import type { Db, Schema, Tx } from '../db/schema.js'
import { fromText, toText } from '../kernel/time.js'
import { boardDay, type Meeting } from '../meetings/rules.js'
import { expectedAt } from './expected/store.js'
import { interestsOf } from './interests/store.js'
import { bounded, type Facts, type Roster, type Rules } from './ledger.js'
import type { Guest, Hand, Room } from './room.js'
import type { Marked, Spell } from './rules.js'
import { sittingsOf } from './sitting/store.js'

/**
 * A called meeting with everybody who is, was or may be there; or null.
 * @param person whose rights are read along, if anybody's
 */
export async function findRoom(db: Db, meeting: string, now: Temporal.Instant, person?: string): Promise<Room | null> {
  const replies = await findReplies(db, meeting, now, person)
  return replies && roomOf(db, replies, now)
}

/** The same whatever has become of the meeting: for what was said of it while it was called. */
export async function roomAsItWas(db: Db, meeting: string, now: Temporal.Instant): Promise<Room> {
  return roomOf(db, await repliesAsTheyStand(db, meeting, now), now)
}

async function roomOf(db: Db, replies: Replies, now: Temporal.Instant): Promise<Room> {
  const { seats, meeting: of } = replies
  const { board } = of
  const day = boardDay(board, of.startsAt)
  const { spells, seq } = await spellsOf(db, of.id)
  const { interests, withdrawals } = await interestsOf(db, of.id)
  const { sittings, rosters } = await sittingsOf(db, of.id)
  const offices = await officesOf(db, board.id)
  const [opening = { places: placesOf(seats), offices: held(offices, day) }, ...changes] = rosters
  const known: Facts = {
    zone: board.zone,
    rules: await rulesSince(db, of, sittings[0]?.at ?? now, now),
    places: opening.places,
    offices: opening.offices,
    changes,
    sittings,
    spells,
    withdrawals,
  }
  const at = latest(now, known)
  const facts = { ...known, spells: bounded(known, at) }
  return {
    meeting: of,
    seats,
    facts,
    now: at,
    officers: held(offices, boardDay(board, now)),
    guests: await guestsOf(db, of, day),
    expected: await expectedAt(db, of.id),
    interests,
    seq,
  }
}

/** What a vote needs of a sitting: who is there, and what was said; under the one text of terms to which it is bound. */
export interface Sat {
  readonly facts: Facts
  /** never before what was recorded last */
  readonly now: Temporal.Instant
}

/** How an opened meeting sits, in three readings however many people there are; null where it was never opened. */
export async function sittingUnder(
  db: Db,
  { meeting, zone, rules }: { readonly meeting: string; readonly zone: string; readonly rules: Rules },
  now: Temporal.Instant,
): Promise<Sat | null> {
  const { sittings, rosters } = await sittingsOf(db, meeting)
  const [opening, ...changes] = rosters
  if (!opening) return null
  const { spells } = await spellsOf(db, meeting)
  const { withdrawals } = await interestsOf(db, meeting)
  const { places, offices } = opening
  const known: Facts = { zone, rules: [rules], places, offices, changes, sittings, spells, withdrawals }
  const at = latest(now, known)
  return { facts: { ...known, spells: bounded(known, at) }, now: at }
}

/** Now, or when something was recorded last, whichever is later: clocks are put back, and those of two machines differ. */
function latest(
  now: Temporal.Instant,
  { sittings, spells, withdrawals }: Pick<Facts, 'sittings' | 'spells' | 'withdrawals'>,
): Temporal.Instant {
  const recorded = [
    ...sittings.map(({ at }) => at),
    ...[...spells, ...withdrawals].flatMap(({ from, until }) => [from, until ?? from]),
  ]
  return recorded.reduce((last, at) => (at.epochMilliseconds > last.epochMilliseconds ? at : last), now)
}

/** The texts of terms that ruled at some time from an instant until now, soonest first. */
async function rulesSince(
  db: Db,
  { board, terms, termsId }: Meeting,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Promise<readonly Rules[]> {
  const rows = await db
    .selectFrom('terms')
    .where('board_id', '=', board.id)
    .where('state', '=', 'approved')
    .where('in_force_from', '<=', toText(now))
    .orderBy('in_force_from')
    .orderBy('number')
    .select(['id', 'in_force_from', 'document'])
    .execute()
  const texts = rows.flatMap(({ id, in_force_from: from, document }) =>
    from ? [{ from: fromText(from), terms: termsFrom(document), termsId: id }] : [],
  )
  const first = texts.findLastIndex(({ from }) => from.epochMilliseconds <= since.epochMilliseconds)
  return texts.length > 0 ? texts.slice(Math.max(0, first)) : [{ from: since, terms, termsId }]
}

interface Held {
  readonly office: Schema['office']['office']
  readonly person: Named
  readonly from: string
  readonly until: string | null
}

/** Everybody who has ever held an office of a board, the first who held it first. */
async function officesOf(db: Db, board: string): Promise<readonly Held[]> {
  const rows = await db
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('board_id', '=', board)
    .orderBy('office.from_day')
    .select(['office.office', 'office.from_day', 'office.until_day', 'person.id', 'person.name'])
    .execute()
  return rows.map(({ office, from_day, until_day, id, name }) => ({
    office,
    person: { id, name },
    from: from_day,
    until: until_day,
  }))
}

const held = (offices: readonly Held[], day: string): Roster['offices'] =>
  offices.flatMap(({ office, person, from, until }) =>
    from <= day && (until === null || until > day) ? [{ office, person }] : [],
  )

/** The seats of a board as the quorum sees them. */
const placesOf = (seats: readonly AnsweredSeat[]): Roster['places'] =>
  seats.map((seat) => ({
    seat: seat.id,
    organisation: seat.organisation.name,
    formerly: seat.organisation.formerly,
    invited: isInvited(seat),
    filled: seat.representative !== null,
  }))

/** The seats and offices of a meeting's day as the roster has them now. */
export async function rosterNow(db: Db, meeting: string, now: Temporal.Instant): Promise<Roster> {
  const { meeting: of, seats } = await repliesAsTheyStand(db, meeting, now)
  return { places: placesOf(seats), offices: held(await officesOf(db, of.board.id), boardDay(of.board, of.startsAt)) }
}

/** Deputies, who is invited, and who is in attendance, the clerk among them. */
async function guestsOf(db: Db, { id: meeting, board }: Meeting, day: string): Promise<readonly Guest[]> {
  const { rows } = await sql<{ as: Guest['as']; id: string; name: string; seat: string | null; of: string | null }>`
    select 'deputy' as "as", person.id as id, person.name as name, seat.id as seat, organisation.short_name as "of"
      from holding join seat on seat.id = holding.seat_id join person on person.id = holding.person_id
        join organisation on organisation.id = seat.organisation_id
      where seat.board_id = ${board.id} and holding.capacity = 'deputy' and ${heldOn('holding', day)} and ${heldOn('seat', day)}
    union select 'invited', person.id, person.name, null, organisation.name
      from invitation join person on person.id = invitation.person_id
        left join organisation on organisation.id = invitation.organisation_id
      where invitation.meeting_id = ${meeting} and invitation.state = 'invited'
    union select 'in attendance', person.id, person.name, null, in_attendance.title
      from in_attendance join person on person.id = in_attendance.person_id
      where in_attendance.board_id = ${board.id} and ${heldOn('in_attendance', day)}
    union select 'in attendance', person.id, person.name, null, 'Clerk'
      from office join person on person.id = office.person_id
      where office.board_id = ${board.id} and office.office = 'clerk' and ${heldOn('office', day)}
    order by 3, 1, 4, 5`.execute(db)
  return rows.map(({ as, id, name, seat, of }) => ({ as, person: { id, name }, seat, of }))
}

/** The spells that stand, the first that began first; and how many marks there are. */
async function spellsOf(db: Db, meeting: string): Promise<{ readonly spells: readonly Spell[]; readonly seq: number }> {
  const rows = await spellRows(db, meeting).execute()
  return { spells: standing(rows), seq: Math.max(0, ...rows.map(({ seq }) => seq)) }
}

const spellRows = (db: Db, meeting: string) =>
  db
    .selectFrom('spell')
    .innerJoin('person', 'person.id', 'spell.person_id')
    .leftJoin('person as principal', 'principal.id', 'spell.for_person_id')
    .where('meeting_id', '=', meeting)
    .orderBy('seq')
    .selectAll('spell')
    .select(['person.name', 'principal.name as for_name'])

type SpellRow = Schema['spell'] & { readonly name: string; readonly for_name: string | null }

/** Of the rows of each spell the last, unless it says that it never was. */
function standing(rows: readonly SpellRow[]): readonly Spell[] {
  const last = [...new Map(rows.map((row) => [row.id, row])).values()]
  return last
    .filter(({ struck }) => struck === 0)
    .map(spellFrom)
    .sort((one, other) => one.from.epochMilliseconds - other.from.epochMilliseconds)
}

const spellFrom = (row: SpellRow): Spell => ({
  id: row.id,
  person: { id: row.person_id, name: row.name },
  seat: row.seat_id,
  capacity: row.capacity,
  for: row.for_person_id !== null && row.for_name !== null ? { id: row.for_person_id, name: row.for_name } : null,
  mode: row.mode,
  from: fromText(row.from_at),
  until: row.until_at === null ? null : fromText(row.until_at),
  dropped: row.dropped === 1,
  listed: row.listed,
  reason: row.reason,
})

/** Each mark that says otherwise than the one before it of the same spell, and why: what stood, and what stands since. */
export async function correctionsOf(db: Db, meeting: string) {
  const rows = await spellRows(db, meeting).execute()
  return rows.flatMap((row) => {
    const before = rows.findLast(({ id, seq }) => id === row.id && seq < row.seq)
    if (!before || row.reason === null) return []
    const is = row.struck === 1 ? { ...spellFrom(row), struck: true as const } : spellFrom(row)
    return [{ was: spellFrom(before), is, at: fromText(row.recorded_at) }]
  })
}

/** The spells as they stood after so many marks: what a form showed that was opened then. */
export async function spellsAfter(db: Db, meeting: string, seq: number): Promise<readonly Spell[]> {
  return standing(await spellRows(db, meeting).where('seq', '<=', seq).execute())
}

/** A dropped connection that has become a departure. */
export interface Lapse {
  readonly meeting: string
  /** when the grace was over */
  readonly at: Temporal.Instant
}

/** Connections whose grace was over within a span, and that had not come back: of meetings that are still called. */
export async function lapsesBetween(
  db: Db,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<readonly Lapse[]> {
  const rows = await db
    .selectFrom('spell')
    .innerJoin('meeting', 'meeting.id', 'spell.meeting_id')
    .innerJoin('terms', (join) => join.on('terms.id', '=', termsInForce(db, 'meeting.board_id', toText(until))))
    .where('meeting.state', '=', 'called')
    .where('spell.dropped', '=', 1)
    .where('spell.struck', '=', 0)
    .where('spell.until_at', '>', toText(from.subtract({ hours: 1 })))
    .where('spell.until_at', '<=', toText(until))
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('spell as later')
            .whereRef('later.meeting_id', '=', 'spell.meeting_id')
            .whereRef('later.id', '=', 'spell.id')
            .whereRef('later.seq', '>', 'spell.seq')
            .select('later.seq'),
        ),
      ),
    )
    .select(['spell.meeting_id', 'spell.until_at', 'terms.document'])
    .execute()
  return rows.flatMap(({ meeting_id, until_at, document }) => {
    if (until_at === null) return []
    const at = fromText(until_at).add({ minutes: termsFrom(document).attendance.graceMinutes })
    const within = at.epochMilliseconds > from.epochMilliseconds && at.epochMilliseconds <= until.epochMilliseconds
    return within ? [{ meeting: meeting_id, at }] : []
  })
}

/** Writes marks after the `seq` there are; what stood before is kept. */
export async function saveSpells(
  tx: Tx,
  meeting: string,
  seq: number,
  marks: readonly Marked[],
  { by, at }: Hand,
): Promise<void> {
  if (marks.length === 0) return
  const rows = marks.map((mark, index) => ({
    meeting_id: meeting,
    seq: seq + index + 1,
    id: mark.id,
    person_id: mark.person.id,
    seat_id: mark.seat,
    capacity: mark.capacity,
    for_person_id: mark.for?.id ?? null,
    mode: mark.mode,
    from_at: toText(mark.from),
    until_at: mark.until ? toText(mark.until) : null,
    dropped: mark.dropped ? 1 : 0,
    struck: mark.struck ? 1 : 0,
    listed: mark.listed,
    reason: mark.reason,
    recorded_at: toText(at),
    by_person_id: by,
  }))
  await tx.insertInto('spell').values(rows).execute()
}
