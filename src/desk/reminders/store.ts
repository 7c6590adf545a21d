import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { heldOn, stillHeld } from '../../db/held.js'
import type { Db, Schema, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { toText } from '../../kernel/time.js'

export type Said = Schema['said_reminder']

/** Keeps what a clerk has people reminded of. @returns its id */
export async function keepSaid(
  tx: Tx,
  said: { readonly board: string; readonly whom: string; readonly words: string; readonly by: string | null },
  now: Temporal.Instant,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('said_reminder')
    .values({
      id,
      board_id: said.board,
      meeting_id: null,
      whom: said.whom,
      words: said.words,
      at: toText(now),
      by_person_id: said.by,
    })
    .execute()
  return id
}

export async function findSaid(db: Db, id: string): Promise<(Said & { readonly by: string | null }) | null> {
  const row = await db
    .selectFrom('said_reminder')
    .leftJoin('person', 'person.id', 'said_reminder.by_person_id')
    .where('said_reminder.id', '=', id)
    .selectAll('said_reminder')
    .select('person.name as by')
    .executeTakeFirst()
  return row ?? null
}

/** What people, or one of them, are to a board on a day, each once for each thing that they are. */
async function rolesOn(
  db: Db,
  { board, day, only }: { readonly board: string; readonly day: string; readonly only: string | null },
): Promise<readonly { readonly id: string; readonly role: string }[]> {
  const meant = (person: string) => (only === null ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(person)} = ${only}`)
  const { rows } = await sql<{ id: string; role: string }>`
    select holding.person_id as id, seat.standing as role from holding join seat on seat.id = holding.seat_id
      where seat.board_id = ${board} and holding.capacity = 'representative' and ${heldOn('holding', day)} and ${heldOn('seat', day)}
        and ${meant('holding.person_id')}
    union select person_id, office from office
      where board_id = ${board} and ${heldOn('office', day)} and ${meant('person_id')}
    union select person_id, 'in attendance' from in_attendance
      where board_id = ${board} and ${heldOn('in_attendance', day)} and ${meant('person_id')}
    union select person_id, 'colleague' from post
      where board_id = ${board} and ${stillHeld('post', day)} and ${meant('person_id')}`.execute(db)
  return rows
}

const ROLES: Readonly<Record<string, (role: string) => boolean>> = {
  everyone: (role) => role !== 'colleague',
  members: (role) => role === 'member',
  chair: (role) => role === 'chair' || role === 'co-chair',
  clerk: (role) => role === 'clerk',
}

/** The people of a board whom a word means on a day: `everyone`, `members`, `chair`, `clerk`; or a person who is still of it. */
export async function peopleMeant(db: Db, board: string, whom: string, day: string): Promise<readonly string[]> {
  const means = ROLES[whom]
  const roles = await rolesOn(db, { board, day, only: means ? null : whom })
  return [...new Set(roles.filter(({ role }) => !means || means(role)).map(({ id }) => id))]
}

/** The board of a reminder that went to somebody, or null. */
export async function boardOfReminded(
  db: Db,
  { notice, subject }: { readonly notice: string; readonly subject: string },
  recipient: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('notice')
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .where('recipient', '=', recipient)
    .where('kind', '=', 'reminder')
    .where('state', 'not in', ['waiting', 'dropped', 'failed'])
    .select('board_id')
    .executeTakeFirst()
  return row?.board_id ?? null
}

/** How many reminders in a clerk’s words wait for a board; or, of one person, how many of their own. */
export async function saidWaiting(db: Db, board: string, notice: string, person: string | null): Promise<number> {
  const { many } = await db
    .selectFrom('reminder')
    .where('board_id', '=', board)
    .where('state', '=', 'planned')
    .where('notice', '=', notice)
    .where('person_id', '=', person ?? '')
    .select((row) => row.fn.countAll<number>().as('many'))
    .executeTakeFirstOrThrow()
  return Number(many)
}

/** The meetings of a board about which something may have to be done: those to come, and those of the last weeks. */
export async function meetingsAtHand(db: Db, board: string, since: Temporal.Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('meeting')
    .where('board_id', '=', board)
    .where('state', '=', 'called')
    .where('starts_at', '>', toText(since))
    .orderBy('starts_at')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The name of somebody, or null. */
export async function nameOf(db: Db, person: string): Promise<string | null> {
  return (await db.selectFrom('person').select('name').where('id', '=', person).executeTakeFirst())?.name ?? null
}

/** Takes back that somebody does not want to hear of something. */
export async function unmute(
  tx: Tx,
  { notice, subject }: { readonly notice: string; readonly subject: string },
  person: string,
): Promise<void> {
  await tx
    .deleteFrom('reminder_mute')
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .where('person_id', '=', person)
    .execute()
}

/** What went out in the last message that reminded somebody: `<notice> <subject>`, as its buttons have it. */
export async function lastReminded(db: Db, recipient: string): Promise<readonly { notice: string; subject: string }[]> {
  const of = (table: 'notice' | 'last') => sql<SqlBool>`${sql.ref(`${table}.recipient`)} = ${recipient}
    and ${sql.ref(`${table}.kind`)} = 'reminder' and ${sql.ref(`${table}.state`)} = 'sent'`
  return db
    .selectFrom('notice')
    .where(of('notice'))
    .where('notice.sent_at', '=', (row) =>
      row
        .selectFrom('notice as last')
        .where(of('last'))
        .select((max) => max.fn.max('last.sent_at').as('at')),
    )
    .orderBy('queued')
    .select(['notice.notice', 'notice.subject'])
    .execute()
}
