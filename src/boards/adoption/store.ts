import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { fromText, toText } from '../../kernel/time.js'
import { termsFrom } from '../store.js'
import type { Terms } from '../terms.js'
import type { Text, UnderWay } from './rules.js'

/** Every text of a board's terms, drafts too, the oldest first. */
export async function textsOf(db: Db, board: string): Promise<readonly Text[]> {
  const rows = await db.selectFrom('terms').selectAll().where('board_id', '=', board).orderBy('number').execute()
  return rows.map(({ id, number, state, in_force_from, document }) => ({
    id,
    number,
    state,
    inForceFrom: in_force_from === null ? null : fromText(in_force_from),
    terms: termsFrom(document),
  }))
}

/** The board to which a text belongs, or null. */
export async function boardOfText(db: Db, text: string): Promise<string | null> {
  const row = await db.selectFrom('terms').select('board_id').where('id', '=', text).executeTakeFirst()
  return row?.board_id ?? null
}

/**
 * Adds a board, with a place in the house's own workspaces. It is put under the parent that its terms name, and over the
 * boards whose terms name it, as far as whoever adds it is clerk of those too: a subgroup may have rights in its parent.
 * @param mine whether they are clerk of a board
 */
export async function addBoard(
  tx: Tx,
  { id, tenant, terms, mine }: { id: string; tenant: string; terms: Terms; mine: (board: string) => Promise<boolean> },
): Promise<void> {
  const { board: name, shortName: short_name, zone, division, parent } = terms
  const named = parent === undefined ? null : await idOfBoard(tx, tenant, parent)
  const parent_id = named !== null && (await mine(named)) ? named : null
  await tx.insertInto('board').values({ id, tenant_id: tenant, name, short_name, zone, division, parent_id }).execute()
  const workspaces = await tx
    .selectFrom('workspace')
    .select(['platform', 'id'])
    .where('tenant_id', '=', tenant)
    .where('ours', '=', 1)
    .execute()
  for (const { platform, id: workspace } of workspaces) {
    const name = await freePlace(tx, { platform, workspace, name: placeName(short_name) })
    await tx.insertInto('place').values({ platform, workspace, id: name, board_id: id, kind: 'private' }).execute()
  }
  await adoptChildren(tx, { tenant, parent: id, terms, mine })
}

/** "Gravesham CSP" has the place `gravesham-csp`. */
const placeName = (shortName: string): string =>
  shortName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** Boards may be told apart by marks alone, which no place keeps: "A & B" beside "A B" has the place `a-b-2`. */
async function freePlace(
  tx: Tx,
  { platform, workspace, name }: { platform: string; workspace: string; name: string },
): Promise<string> {
  const places = tx.selectFrom('place').select('id').where('platform', '=', platform).where('workspace', '=', workspace)
  const taken = new Set((await places.execute()).map(({ id }) => id))
  let free = name
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`
  return free
}

async function idOfBoard(tx: Tx, tenant: string, named: string): Promise<string | null> {
  const row = await tx
    .selectFrom('board')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where((either) => either.or([either('short_name', '=', named), either('name', '=', named)]))
    .executeTakeFirst()
  return row?.id ?? null
}

interface Adopting {
  readonly tenant: string
  readonly parent: string
  readonly terms: Terms
  readonly mine: (board: string) => Promise<boolean>
}

/** Boards set up before their parent find it now. */
async function adoptChildren(tx: Tx, { tenant, parent, terms, mine }: Adopting): Promise<void> {
  const orphans = await tx
    .selectFrom('board')
    .innerJoin('terms', 'terms.board_id', 'board.id')
    .where('board.tenant_id', '=', tenant)
    .where('board.parent_id', 'is', null)
    .where('board.id', '!=', parent)
    .select(['board.id', 'terms.document'])
    .execute()
  const names = [terms.board, terms.shortName]
  const children = new Set(orphans.filter(({ document }) => names.includes(termsFrom(document).parent ?? '')).map(({ id }) => id))
  for (const id of children) {
    if (await mine(id)) await tx.updateTable('board').set({ parent_id: parent }).where('id', '=', id).execute()
  }
}

/** Makes somebody clerk of a board from a day on. */
export async function addClerk(tx: Tx, board: string, person: string, day: string): Promise<void> {
  await tx
    .insertInto('office')
    .values({ board_id: board, office: 'clerk', person_id: person, acting: 0, from_day: day, until_day: null })
    .execute()
}

/** Keeps a text as a draft, beside those before it. @returns its id */
export async function addDraft(tx: Tx, board: string, terms: Terms, by: string | null): Promise<string> {
  const id = newId()
  const { last } = await tx
    .selectFrom('terms')
    .where('board_id', '=', board)
    .select((max) => max.fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('terms')
    .values({
      id,
      board_id: board,
      number: (last ?? 0) + 1,
      state: 'draft',
      in_force_from: null,
      document: JSON.stringify(terms),
      resolution: null,
      approved_at: null,
      by_person_id: by,
    })
    .execute()
  return id
}

interface Approved {
  readonly text: string
  readonly from: Temporal.Instant
  readonly resolution: string
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Records that a draft was approved, and calls the board as the text does. */
export async function approve(tx: Tx, board: string, terms: Terms, { text, from, resolution, at, by }: Approved): Promise<void> {
  await tx
    .updateTable('terms')
    .set({ state: 'approved', in_force_from: toText(from), resolution, approved_at: toText(at), by_person_id: by })
    .where('id', '=', text)
    .execute()
  // A name to come is the board's only from then on; until it is approved anew, it keeps the one it has.
  if (from.epochMilliseconds <= at.epochMilliseconds) {
    await tx.updateTable('board').set({ name: terms.board }).where('id', '=', board).execute()
  }
}

/** The called meetings of a board that begin within the day before an instant. */
export async function meetingsBefore(db: Db, board: string, from: Temporal.Instant): Promise<readonly UnderWay[]> {
  const rows = await db
    .selectFrom('meeting')
    .select(['starts_at', 'minutes'])
    .where('board_id', '=', board)
    .where('state', '=', 'called')
    .where('starts_at', '>', toText(from.subtract({ hours: 24 })))
    .where('starts_at', '<=', toText(from))
    .execute()
  return rows.map(({ starts_at, minutes }) => ({ startsAt: fromText(starts_at), minutes }))
}

/** The parent of a board, or null. */
export async function parentIdOf(db: Db, board: string): Promise<string | null> {
  const row = await db.selectFrom('board').select('parent_id').where('id', '=', board).executeTakeFirst()
  return row?.parent_id ?? null
}
