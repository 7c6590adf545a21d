import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { heldOn } from '../../db/held.js'
import type { Db } from '../../db/schema.js'
import { type Actor, isOperator } from '../../kernel/actor.js'
import type { Asking, Offer } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf, toText } from '../../kernel/time.js'
import { boardsNamed } from '../naming.js'
import { standingsOf } from '../quorum.js'
import { namesOfBoard } from '../roster/counted.js'
import type { Board } from '../rules.js'
import { boardOfPlace, findBoard, type InForce, namesFrom, type Ruled } from '../store.js'
import type { Terms } from '../terms.js'
import { hasPart, type Office, type Part, UNLINKED } from './rules.js'

/** A board, its terms in force and what somebody is to it. */
export interface Standing extends Ruled {
  readonly part: Part
  /** today where the board is, `YYYY-MM-DD` */
  readonly day: string
}

/** What somebody is to a board now, or null where there is no such board in their tenant. */
export async function standingIn(db: Db, board: string, actor: Actor, now: Temporal.Instant): Promise<Standing | null> {
  const ruled = await findBoard(db, board, now)
  if (ruled?.board.tenant !== actor.tenant) return null
  const day = dayOf(now, ruled.board.zone).toString()
  const operator = isOperator(actor)
  const part = operator ? OPERATOR_PART : await partOf(db, ruled, actor.person, day, now)
  return { ...ruled, part, day }
}

const OPERATOR_PART: Part = { operator: true, offices: [], seats: [], standings: [], groups: [], attends: false }

/** What a person is to a board on a day. */
export async function partOf(
  db: Db,
  { board, inForce }: Ruled,
  person: string,
  day: string,
  now: Temporal.Instant,
): Promise<Part> {
  const seats = await db
    .selectFrom('holding')
    .innerJoin('seat', 'seat.id', 'holding.seat_id')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('holding.person_id', '=', person)
    .where('seat.board_id', '=', board.id)
    .where(heldOn('holding', day))
    .where(heldOn('seat', day))
    .select(['seat.id', 'seat.standing', 'holding.capacity', 'organisation.name', 'seat.formerly'])
    .execute()
  const represented = seats.filter(({ capacity }) => capacity === 'representative')
  const bodies = represented.map(({ name, formerly, standing }) => ({
    organisation: name,
    formerly: namesFrom(formerly),
    invited: standing !== 'member',
  }))
  return {
    operator: false,
    offices: await officesOf(db, board.id, inForce, person, day),
    seats: seats.map(({ id, name, capacity, standing }) => ({
      seat: id,
      organisation: name,
      capacity,
      member: standing === 'member',
    })),
    standings: inForce ? [...new Set(bodies.flatMap((body) => standingsOf(inForce.terms, body)))] : [],
    groups: [
      ...(await groupsOf(db, board, person, day)),
      ...(inForce && bodies.some(({ invited }) => !invited) ? namesOfBoard(inForce.terms) : []),
    ],
    attends: await attends(db, board.id, person, day, now),
  }
}

/** Their offices; and the chair's, while it is vacant, for a vice-chair who presides with its powers. */
async function officesOf(
  db: Db,
  board: string,
  inForce: InForce | null,
  person: string,
  day: string,
): Promise<readonly Office[]> {
  const held = await db
    .selectFrom('office')
    .where('board_id', '=', board)
    .where(heldOn('office', day))
    .select(['office', 'person_id'])
    .execute()
  const theirs = held.filter(({ person_id }) => person_id === person).map(({ office }) => office)
  const vacant = !held.some(({ office }) => office === 'chair' || office === 'co-chair')
  return vacant && inForce && takesTheChair(inForce.terms) && theirs.includes('vice-chair') ? ['chair', ...theirs] : theirs
}

const takesTheChair = ({ presiding }: Terms): boolean => presiding.withChairsPowers && presiding.inOrder[0] === 'vice-chair'

/** Groups of the board of which they are, and its subgroups in which they hold a seat or an office. */
async function groupsOf(db: Db, board: Board, person: string, day: string): Promise<readonly string[]> {
  const groups = await db
    .selectFrom('group_member')
    .where('board_id', '=', board.id)
    .where('person_id', '=', person)
    .where(heldOn('group_member', day))
    .select('name')
    .execute()
  const subgroups = await db
    .selectFrom('board')
    .where('parent_id', '=', board.id)
    .where((row) =>
      row.or([
        row(
          'board.id',
          'in',
          row
            .selectFrom('holding')
            .innerJoin('seat', 'seat.id', 'holding.seat_id')
            .where('holding.person_id', '=', person)
            .where('holding.capacity', '=', 'representative')
            .where('seat.standing', '=', 'member')
            .where(heldOn('seat', day))
            .where(heldOn('holding', day))
            .select('seat.board_id'),
        ),
        row(
          'board.id',
          'in',
          row.selectFrom('office').where('office.person_id', '=', person).where(heldOn('office', day)).select('office.board_id'),
        ),
      ]),
    )
    .select(['name', 'short_name'])
    .execute()
  // The terms of the KCSP call its Working Group the KCSP Working Group.
  const inShort = (name: string) => (name.startsWith(`${board.name} `) ? [name.replace(board.name, board.shortName)] : [])
  return [...groups.map(({ name }) => name), ...subgroups.flatMap((one) => [one.name, one.short_name, ...inShort(one.name)])]
}

/** Of a row of `answer`: nothing that its giver said later stands in its place. */
const stands = sql<SqlBool>`not exists (select 1 from answer later where later.meeting_id = answer.meeting_id
  and later.seat_id = answer.seat_id and later.for_person_id = answer.for_person_id and later.version > answer.version)`

/** In attendance, an assistant of somebody, named as substitute, or invited to a meeting that is not long past. */
async function attends(db: Db, board: string, person: string, day: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql<{ there: number }>`
    select 1 as there from in_attendance where board_id = ${board} and person_id = ${person} and ${heldOn('in_attendance', day)}
    union all
    select 1 from assistant where board_id = ${board} and assistant_id = ${person} and ${heldOn('assistant', day)}
    union all
    select 1 from answer join meeting on meeting.id = answer.meeting_id
      where answer.substitute_id = ${person} and meeting.board_id = ${board}
        and meeting.starts_at > ${toText(now.subtract({ hours: 24 }))} and ${stands}
    union all
    select 1 from invitation join meeting on meeting.id = invitation.meeting_id
      where invitation.person_id = ${person} and invitation.state = 'invited' and meeting.board_id = ${board}
        and meeting.starts_at > ${toText(now.subtract({ hours: 24 }))}
    limit 1`.execute(db)
  return rows.length > 0
}

/** What holds on the day of an instant in some zone: boards lie in several. */
const aDayEitherWay = (table: string, now: Temporal.Instant): RawBuilder<SqlBool> => {
  const today = dayOf(now, 'UTC')
  return sql<SqlBool>`(${heldOn(table, today.subtract({ days: 1 }).toString())} or ${heldOn(table, today.add({ days: 1 }).toString())})`
}

/**
 * The boards with which a person has anything to do, those of whose subgroups they are included, by short name. Boards lie
 * in several zones: a day either way counts.
 */
export async function boardsOf(db: Db, actor: Actor, now: Temporal.Instant): Promise<readonly Ruled[]> {
  const about = (table: string) => aDayEitherWay(table, now)
  const { person } = actor
  const { rows } = await sql<{ board: string }>`
    select seat.board_id as board from holding join seat on seat.id = holding.seat_id
      where holding.person_id = ${person} and ${about('holding')}
    union select board_id from office where person_id = ${person} and ${about('office')}
    union select board_id from group_member where person_id = ${person} and ${about('group_member')}
    union select board.parent_id from board join seat on seat.board_id = board.id join holding on holding.seat_id = seat.id
      where board.parent_id is not null and holding.person_id = ${person} and holding.capacity = 'representative'
        and ${about('holding')}
    union select board.parent_id from board join office on office.board_id = board.id
      where board.parent_id is not null and office.person_id = ${person} and ${about('office')}
    union select board_id from in_attendance where person_id = ${person} and ${about('in_attendance')}
    union select board_id from assistant where assistant_id = ${person} and ${about('assistant')}
    union select meeting.board_id from answer join meeting on meeting.id = answer.meeting_id
      where answer.substitute_id = ${person} and meeting.starts_at > ${toText(now.subtract({ hours: 24 }))} and ${stands}
    union select meeting.board_id from invitation join meeting on meeting.id = invitation.meeting_id
      where invitation.person_id = ${person} and invitation.state = 'invited'
        and meeting.starts_at > ${toText(now.subtract({ hours: 24 }))}
    union select meeting.board_id from spell join meeting on meeting.id = spell.meeting_id
      where spell.person_id = ${person} and spell.from_at > ${toText(now.subtract({ hours: 24 }))}`.execute(db)
  const found = await Promise.all(rows.map(({ board }) => findBoard(db, board, now)))
  return found
    .flatMap((ruled) => (ruled?.board.tenant === actor.tenant ? [ruled] : []))
    .sort((a, b) => a.board.shortName.localeCompare(b.board.shortName))
}

/**
 * The boards that a sentence of somebody may be about: those that it names, else all with which they have to do; in a
 * board's own place that board alone. And the sentence without the board's name.
 * @param own as for `boardsNamed`
 * @throws Refusal `not_found` in a place that serves no board
 */
export async function boardsMeant(
  { db, actor, now, place }: Asking,
  sentence: string,
  own?: RegExp,
): Promise<{ readonly boards: readonly Ruled[]; readonly rest: string }> {
  const here = place.kind === 'direct' ? null : await boardOfPlace(db, place)
  if (here === null && place.kind !== 'direct') throw new Refusal('not_found', UNLINKED)
  const theirs = (await boardsOf(db, actor, now)).filter(({ board }) => here === null || board.id === here)
  const { boards, rest } = boardsNamed(
    sentence,
    theirs.map((ruled) => ({ ...ruled.board, ruled })),
    own,
  )
  return { boards: boards.map(({ ruled }) => ruled), rest }
}

/** The people who are one of those whom a rule names, with what makes them so. */
export interface Entitlement {
  readonly id: string
  readonly name: string
  readonly part: Part
}

/** Everybody with an office, a seat or a group on a board on a day, and what they are to it. */
export async function peopleOf(db: Db, ruled: Ruled, day: string, now: Temporal.Instant): Promise<readonly Entitlement[]> {
  const { id } = ruled.board
  const { rows } = await sql<{ id: string; name: string }>`
    select person.id, person.name from person where person.id in (
      select holding.person_id from holding join seat on seat.id = holding.seat_id
        where seat.board_id = ${id} and holding.capacity = 'representative' and ${heldOn('holding', day)} and ${heldOn('seat', day)}
      union select person_id from office where board_id = ${id} and ${heldOn('office', day)}
      union select person_id from group_member where board_id = ${id} and ${heldOn('group_member', day)})
    order by person.name`.execute(db)
  return Promise.all(rows.map(async (row) => ({ ...row, part: await partOf(db, ruled, row.id, day, now) })))
}

/** Whether somebody is clerk of any board of their tenant: who may set up another. */
export async function clerkOfAny(db: Db, actor: Actor, now: Temporal.Instant): Promise<boolean> {
  if (isOperator(actor)) return true
  const row = await db
    .selectFrom('office')
    .innerJoin('board', 'board.id', 'office.board_id')
    .where('office.person_id', '=', actor.person)
    .where('office.office', '=', 'clerk')
    .where('board.tenant_id', '=', actor.tenant)
    .where(aDayEitherWay('office', now))
    .select('office.board_id')
    .executeTakeFirst()
  return row !== undefined
}

/** What may be offered to somebody about each of their boards; where they have several, each says which it is about. */
export async function offersPerBoard(
  { db, actor, now }: Asking,
  offered: (standing: Standing) => readonly Offer[],
): Promise<readonly Offer[]> {
  const boards = await boardsOf(db, actor, now)
  const standings = await Promise.all(boards.map(({ board }) => standingIn(db, board.id, actor, now)))
  return standings.flatMap((standing) => {
    if (!standing || !hasPart(standing.part)) return []
    const { shortName } = standing.board
    const about = (words: string) => (/\bfor\b|:|^link /.test(words) ? words : `${words} for ${shortName}`)
    return offered(standing).map(({ words, does }) =>
      boards.length > 1 ? { words: about(words), does: `${does} (${shortName})` } : { words, does },
    )
  })
}
