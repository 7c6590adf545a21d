import { sql } from 'kysely'
import type { Db, Schema, Tx } from '../../db/schema.js'
import type { Card } from '../../kernel/view.js'
import { MOST_MESSAGES } from './limits.js'

export type Row = Schema['page_message']

/** What stands in a message: someone's words, or a card as it was drawn. */
export type Body = { readonly words: string; readonly author: string } | { readonly card: Card; readonly plain: string }

export interface Posting {
  readonly id: string
  readonly place: string
  readonly viewer: string | null
  readonly body: Body
  /** instant, UTC, three decimals, board's clock */
  readonly at: string
}

/** Rises with everything that is posted or changed. */
const NEXT_REVISION = sql<number>`(select coalesce(max(revision), 0) + 1 from page_message)`

/** Posts a message; the same one already there, in the same place and for the same eyes, is changed, and marked so if asked. */
export async function post(tx: Tx, { id, place, viewer, body, at }: Posting, edits: boolean): Promise<Row> {
  const content =
    'words' in body
      ? { author: body.author, words: body.words, card: null, plain: null }
      : { author: null, words: null, card: JSON.stringify(body.card), plain: body.plain }
  return tx
    .insertInto('page_message')
    .values((row) => ({
      id,
      place,
      viewer,
      at,
      edited: 0,
      ...content,
      revision: NEXT_REVISION,
      position: row
        .selectFrom('page_message')
        .select((last) => sql<number>`coalesce(${last.fn.max('position')}, 0) + 1`.as('next')),
    }))
    .onConflict((known) =>
      known
        .column('id')
        .doUpdateSet({ ...content, edited: edits ? 1 : 0, revision: NEXT_REVISION })
        .where('page_message.place', '=', place),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The newest messages of a place that a person may see, oldest first. */
export async function conversation(db: Db, place: string, user: string): Promise<readonly Row[]> {
  const rows = await db
    .selectFrom('page_message')
    .selectAll()
    .where('place', '=', place)
    .where((row) => row.or([row('viewer', 'is', null), row('viewer', '=', user)]))
    .orderBy('position', 'desc')
    .limit(MOST_MESSAGES)
    .execute()
  return rows.reverse()
}

export const messageById = (db: Db, id: string): Promise<Row | undefined> =>
  db.selectFrom('page_message').selectAll().where('id', '=', id).executeTakeFirst()

/** What was posted or changed after a revision, by whichever process, oldest first. */
export const changedSince = (db: Db, revision: number): Promise<readonly Row[]> =>
  db.selectFrom('page_message').selectAll().where('revision', '>', revision).orderBy('revision').limit(MOST_MESSAGES).execute()

export async function latestRevision(db: Db): Promise<number> {
  const row = await db
    .selectFrom('page_message')
    .select((last) => last.fn.max('revision').as('revision'))
    .executeTakeFirst()
  return row?.revision ?? 0
}
