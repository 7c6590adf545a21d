import type { Temporal } from 'temporal-polyfill'
import { hasPart } from '../../boards/part/rules.js'
import { boardsOf, standingIn } from '../../boards/part/store.js'
import type { Board } from '../../boards/rules.js'
import { findBoard } from '../../boards/store.js'
import type { Db, Tx } from '../../db/schema.js'
import { hashOf } from '../../kernel/secret.js'
import { fromText, toText } from '../../kernel/time.js'
import { calledFrom, calledRows } from '../store.js'
import type { Entry, Whose } from './rules.js'

/** Meetings with when they were last changed. */
const entryRows = (db: Db) =>
  calledRows(db)
    .innerJoin('meeting_version as version', (join) =>
      join.onRef('version.meeting_id', '=', 'meeting.id').onRef('version.revision', '=', 'meeting.revision'),
    )
    .select('version.at as changed_at')

const entryFrom = (row: Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number]): Entry => ({
  meeting: calledFrom(row),
  changedAt: fromText(row.changed_at),
})

/** One meeting, whatever has become of it. */
export async function entryOf(db: Db, meeting: string): Promise<Entry> {
  return entryFrom(await entryRows(db).where('meeting.id', '=', meeting).executeTakeFirstOrThrow())
}

/** The meetings of boards in a calendar: those from a year back on, the cancelled included so that programs strike them out. */
export async function entriesOf(db: Db, boards: readonly Board[], now: Temporal.Instant): Promise<readonly Entry[]> {
  if (boards.length === 0) return []
  const from = now.toZonedDateTimeISO('UTC').subtract({ years: 1 }).toInstant()
  const rows = await entryRows(db)
    .where(
      'meeting.board_id',
      'in',
      boards.map(({ id }) => id),
    )
    .where('meeting.starts_at', '>', toText(from))
    .orderBy('meeting.starts_at')
    .orderBy('meeting.id')
    .execute()
  return rows.map(entryFrom)
}

/** When the standing address was made, or null where there is none. */
export async function standingSince(db: Db, whose: Whose): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('calendar_link')
    .select('made_at')
    .where('revoked_at', 'is', null)
    .where(...owned(whose))
    .executeTakeFirst()
  return row ? fromText(row.made_at) : null
}

const owned = (whose: Whose): ['board_id' | 'person_id', '=', string] =>
  whose.kind === 'board' ? ['board_id', '=', whose.board] : ['person_id', '=', whose.person]

/** Keeps an address by the hash of its secret; the one that stood before leads nowhere from then on. */
export async function addLink(
  tx: Tx,
  whose: Whose,
  { secret, tenant, at, by }: { secret: string; tenant: string; at: Temporal.Instant; by: string | null },
): Promise<void> {
  await revokeLink(tx, whose, at)
  await tx
    .insertInto('calendar_link')
    .values({
      secret_hash: hashOf(secret),
      kind: whose.kind,
      board_id: whose.kind === 'board' ? whose.board : null,
      person_id: whose.kind === 'person' ? whose.person : null,
      tenant_id: tenant,
      made_at: toText(at),
      by_person_id: by,
      revoked_at: null,
    })
    .execute()
}

/** From then on the standing address, if there is one, leads nowhere. */
export async function revokeLink(tx: Tx, whose: Whose, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('calendar_link')
    .set({ revoked_at: toText(at) })
    .where('revoked_at', 'is', null)
    .where(...owned(whose))
    .execute()
}

/**
 * The boards whose meetings are found under a secret, by short name: of a person those with which they have to do now.
 * @returns null alike for a secret that never was and one that is revoked
 */
export async function boardsUnder(
  db: Db,
  secret: string,
  now: Temporal.Instant,
): Promise<{ readonly kind: Whose['kind']; readonly boards: readonly Board[] } | null> {
  const link = await db
    .selectFrom('calendar_link')
    .select(['kind', 'board_id', 'person_id', 'tenant_id'])
    .where('secret_hash', '=', hashOf(secret))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!link) return null
  if (link.person_id !== null) return { kind: 'person', boards: await boardsWithPart(db, link.person_id, link.tenant_id, now) }
  const ruled = link.board_id === null ? null : await findBoard(db, link.board_id, now)
  return { kind: 'board', boards: ruled ? [ruled.board] : [] }
}

async function boardsWithPart(db: Db, person: string, tenant: string, now: Temporal.Instant): Promise<readonly Board[]> {
  const actor = { person, tenant, name: '' }
  const near = await boardsOf(db, actor, now)
  const standings = await Promise.all(near.map(({ board }) => standingIn(db, board.id, actor, now)))
  return standings.flatMap((standing) => (standing && hasPart(standing.part) ? [standing.board] : []))
}
