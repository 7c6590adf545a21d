import type { Temporal } from 'temporal-polyfill'
import type { Db, Schema, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { fromText, toText } from '../../kernel/time.js'
import type { Count, Entry, State } from '../ledger.js'

/** An entry of the ledger as it was known when it was written. */
export interface Written extends Count {
  readonly id: string
  readonly meeting: string
  readonly seq: number
  readonly at: Temporal.Instant
  readonly state: State
  readonly presiding: string | null
  readonly items: Entry['items']
  readonly termsId: string
}

const writtenFrom = (row: Schema['quorum_entry']): Written => ({
  id: row.id,
  meeting: row.meeting_id,
  seq: row.seq,
  at: fromText(row.at),
  state: row.state as State,
  verdict: row.verdict,
  presiding: row.presiding_id,
  ...(JSON.parse(row.figures) as Pick<Entry, 'figures' | 'items' | 'ruled'>),
  termsId: row.terms_id,
})

/** The last entry written of a meeting before one of that number, or of all; null before the first. */
export async function lastWritten(db: Db, meeting: string, before?: number): Promise<Written | null> {
  const row = await db
    .selectFrom('quorum_entry')
    .where('meeting_id', '=', meeting)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(1)
    .selectAll()
    .executeTakeFirst()
  return row ? writtenFrom(row) : null
}

/** All entries written of a meeting, in their order. */
export async function allWritten(db: Db, meeting: string): Promise<readonly Written[]> {
  return (await db.selectFrom('quorum_entry').where('meeting_id', '=', meeting).orderBy('seq').selectAll().execute()).map(
    writtenFrom,
  )
}

/** An entry by its id. */
export async function writtenEntry(db: Db, id: string): Promise<Written> {
  return writtenFrom(await db.selectFrom('quorum_entry').where('id', '=', id).selectAll().executeTakeFirstOrThrow())
}

/** Writes an entry after the last. @returns its id */
export async function writeEntry(tx: Tx, meeting: string, seq: number, entry: Entry): Promise<string> {
  const id = newId()
  await tx
    .insertInto('quorum_entry')
    .values({
      id,
      meeting_id: meeting,
      seq,
      at: toText(entry.at),
      state: entry.state,
      verdict: entry.verdict,
      presiding_id: entry.presiding?.person.id ?? null,
      figures: JSON.stringify({ figures: entry.figures, items: entry.items, ruled: entry.ruled }),
      terms_id: entry.termsId,
    })
    .execute()
  return id
}
