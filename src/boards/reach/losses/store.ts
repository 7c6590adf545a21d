import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../../db/schema.js'
import { newId } from '../../../kernel/ids.js'
import { toText } from '../../../kernel/time.js'
import { boardFrom, boardRows } from '../../store.js'
import type { Told, What } from './rules.js'

/** What is reached no more, as its platform calls it: with neither a user nor a place, the whole workspace. */
export interface Lost {
  readonly platform: string
  readonly workspace: string
  readonly person: string | null
  readonly place: string | null
}

export const whatOf = ({ person, place }: Lost): What => (person !== null ? 'person' : place !== null ? 'place' : 'workspace')

/** Losses of the same that have not ended. */
const standing = (db: Db, { platform, workspace, person, place }: Lost) =>
  db
    .selectFrom('loss')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('person_id', person === null ? 'is' : '=', person)
    .where('place_id', place === null ? 'is' : '=', place)
    .where('ended_at', 'is', null)
    .select(['id', 'board_id'])

/** Keeps a loss for each of some boards that has none of the same. @returns those that are new */
export async function addLosses(
  tx: Tx,
  boards: readonly string[],
  lost: Lost & { readonly why: string },
  now: Temporal.Instant,
): Promise<readonly { readonly id: string; readonly board: string }[]> {
  const known = new Set((await standing(tx, lost).execute()).map(({ board_id }) => board_id))
  const added = boards.filter((board) => !known.has(board)).map((board) => ({ id: newId(), board }))
  const { platform, workspace, person, place, why } = lost
  for (const { id, board } of added)
    await tx
      .insertInto('loss')
      .values({
        id,
        board_id: board,
        platform,
        workspace,
        person_id: person,
        place_id: place,
        why,
        at: toText(now),
        ended_at: null,
      })
      .execute()
  return added
}

/** Ends what was lost and is reached again. */
export async function endLosses(tx: Tx, lost: Lost, now: Temporal.Instant): Promise<void> {
  const ids = (await standing(tx, lost).execute()).map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .updateTable('loss')
    .set({ ended_at: toText(now) })
    .where('id', 'in', ids)
    .execute()
}

export async function lossOf(db: Db, id: string): Promise<Told> {
  const row = await db
    .selectFrom('loss')
    .leftJoin('person', 'person.id', 'loss.person_id')
    .leftJoin('place', (join) =>
      join
        .onRef('place.platform', '=', 'loss.platform')
        .onRef('place.workspace', '=', 'loss.workspace')
        .onRef('place.id', '=', 'loss.place_id'),
    )
    .where('loss.id', '=', id)
    .select([
      'loss.board_id',
      'loss.platform',
      'loss.person_id',
      'loss.place_id',
      'loss.why',
      'loss.ended_at',
      'person.name',
      'place.name as called',
    ])
    .select('loss.workspace')
    .executeTakeFirstOrThrow()
  const board = boardFrom(await boardRows(db).where('board.id', '=', row.board_id).executeTakeFirstOrThrow())
  const { platform, workspace, person_id: person, place_id, why, name, called } = row
  const what = whatOf({ platform, workspace, person, place: place_id })
  return {
    board,
    what,
    why,
    platform,
    name,
    person,
    place: place_id === null ? null : called || place_id,
    ended: row.ended_at !== null,
  }
}
