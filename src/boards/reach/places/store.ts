import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db, Schema, Tx } from '../../../db/schema.js'
import { peopleWith } from '../store.js'
import { type Kind, type OpenTo, opennessOf, type Reading } from './rules.js'

/** A place as its platform calls it. */
export interface PlaceId {
  readonly platform: string
  readonly workspace: string
  readonly id: string
}

/** A place that serves a board. */
export interface Serving extends PlaceId, Reading {
  readonly board: string
  readonly name: string
  readonly openTo: OpenTo
  readonly guests: readonly string[]
  readonly lost: string | null
}

const Users = z.array(z.string())

/** Users as a column holds them: the same people are always the same text. */
export const usersText = (users: readonly string[]): string => JSON.stringify([...new Set(users)].sort())

/** Those of some users of a workspace who are not people of a board, by their identities. */
async function outsidersOf(
  db: Db,
  board: string,
  { platform, workspace }: PlaceId,
  users: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  if (users.length === 0) return 0
  const people = new Set((await peopleWith(db, board, now)).map(({ id }) => id))
  const known = await db
    .selectFrom('identity')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('user_id', 'in', users)
    .select('person_id')
    .execute()
  return users.length - known.filter(({ person_id }) => people.has(person_id)).length
}

const columns = ['platform', 'workspace', 'id', 'board_id', 'kind', 'name', 'open_to', 'guests', 'lost_why', 'lost_at'] as const

async function servingFrom(
  db: Db,
  row: Pick<Schema['place'], 'platform' | 'workspace' | 'id' | 'board_id' | 'kind'> & {
    name: string
    open_to: OpenTo
    guests: string
    lost_at: string | null
    lost_why: string | null
  },
  now: Temporal.Instant,
): Promise<Serving> {
  const { platform, workspace, id, board_id: board, kind, name, open_to: openTo } = row
  const guests = Users.parse(JSON.parse(row.guests))
  const outsiders = await outsidersOf(db, board, row, guests, now)
  const lost = row.lost_at === null ? null : (row.lost_why ?? '')
  return { platform, workspace, id, board, kind, name, openTo, guests, outsiders, lost }
}

/** The place, if it serves any board. */
export async function findPlace(db: Db, { platform, workspace, id }: PlaceId, now: Temporal.Instant): Promise<Serving | null> {
  const row = await db
    .selectFrom('place')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .select(columns)
    .executeTakeFirst()
  return row ? servingFrom(db, row, now) : null
}

/** The places that serve a board, by name. */
export async function servingPlaces(db: Db, board: string, now: Temporal.Instant): Promise<readonly Serving[]> {
  const rows = await db
    .selectFrom('place')
    .where('board_id', '=', board)
    .select(columns)
    .orderBy('platform')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return Promise.all(rows.map((row) => servingFrom(db, row, now)))
}

/** The boards of which some place is kept as open to others than it is: who is of a board changes with the calendar too. */
export async function boardsToFollow(
  db: Db,
  now: Temporal.Instant,
): Promise<readonly { readonly board: string; readonly tenant: string }[]> {
  // Elsewhere it does not matter who is of the board.
  const rows = await db
    .selectFrom('place')
    .innerJoin('board', 'board.id', 'place.board_id')
    .where('place.kind', '=', 'private')
    .where('place.guests', '<>', usersText([]))
    .select(columns.map((column) => `place.${column}` as const))
    .select('board.tenant_id as tenant')
    .execute()
  const found = new Map<string, string>()
  for (const row of rows) {
    if (opennessOf(await servingFrom(db, row, now)) !== row.open_to) found.set(row.board_id, row.tenant)
  }
  return [...found].map(([board, tenant]) => ({ board, tenant }))
}

/** Whether a workspace belongs to a tenant. */
export async function isOf(db: Db, { platform, workspace }: PlaceId, tenant: string): Promise<boolean> {
  const row = await db
    .selectFrom('workspace')
    .where('platform', '=', platform)
    .where('id', '=', workspace)
    .where('tenant_id', '=', tenant)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What a platform says of a place. */
export interface Described extends PlaceId {
  readonly kind: Kind
  readonly name: string
  readonly guests: readonly string[]
}

/** Keeps that a place serves a board, as the platform describes it: it is reached, whatever was known of it before. */
export async function savePlace(tx: Tx, board: string, place: Described, now: Temporal.Instant): Promise<Serving> {
  const { platform, workspace, id, kind, name, guests } = place
  const outsiders = await outsidersOf(tx, board, place, guests, now)
  const openTo = opennessOf({ kind, outsiders })
  const found = { kind, name, open_to: openTo, guests: usersText(guests), lost_at: null, lost_why: null }
  await tx
    .insertInto('place')
    .values({ platform, workspace, id, board_id: board, ...found })
    .onConflict((known) => known.columns(['platform', 'workspace', 'id']).doUpdateSet(found))
    .execute()
  return { platform, workspace, id, board, kind, name, openTo, guests, outsiders, lost: null }
}

/** Keeps who reads in a place, as the platform describes it. @returns it with `openTo` as it was before */
export async function keepReaders(
  tx: Tx,
  place: Described,
  { board, openTo, lost }: Pick<Serving, 'board' | 'openTo' | 'lost'>,
  now: Temporal.Instant,
): Promise<Serving> {
  const { platform, workspace, id, kind, name, guests } = place
  await tx
    .updateTable('place')
    .set({ kind, name, guests: usersText(guests) })
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .execute()
  const outsiders = await outsidersOf(tx, board, place, guests, now)
  return { platform, workspace, id, board, kind, name, openTo, guests, outsiders, lost }
}

/** Keeps to whom a place is open, where that is another. @returns whether it is */
export async function openAnew(tx: Tx, { platform, workspace, id, kind, outsiders, openTo }: Serving): Promise<OpenTo | null> {
  const now = opennessOf({ kind, outsiders })
  if (now === openTo) return null
  await tx
    .updateTable('place')
    .set({ open_to: now })
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('id', '=', id)
    .execute()
  return now
}

export async function removePlace(tx: Tx, { platform, workspace, id }: PlaceId): Promise<void> {
  await tx.deleteFrom('place').where('platform', '=', platform).where('workspace', '=', workspace).where('id', '=', id).execute()
}

/** Who of some people is known in chat, and whether they are reached there. */
export async function reachedAmong(
  db: Db,
  people: readonly string[],
): Promise<ReadonlyMap<string, { readonly lost: string | null }>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('identity')
    .where('person_id', 'in', people)
    .select(['person_id', 'lost_at', 'lost_why'])
    .execute()
  const found = new Map<string, { readonly lost: string | null }>()
  for (const { person_id, lost_at, lost_why } of rows) {
    if (lost_at === null) found.set(person_id, { lost: null })
    else if (!found.has(person_id)) found.set(person_id, { lost: lost_why ?? '' })
  }
  return found
}
