import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../src/db/migrate.js'
import { type Handles, openSqlite } from '../../src/db/open.js'
import type { Tx } from '../../src/db/schema.js'
import { groupingWriter, type Writer } from '../../src/db/write.js'
import type { Wanted } from '../../src/outbox/plan.js'

/** A database with one board, of which nothing is known but its name. */
export interface Bare {
  readonly file: string
  readonly handles: Handles
  readonly writer: Writer
  close(): Promise<void>
}

export const BOARD = 'b'

/**
 * Opens a database in a folder of its own, made if it is new.
 * @param file another's, which is left as it is when this one lets go of it
 * @param executed told of each statement as it is executed
 */
export async function openBare({ file, executed }: { file?: string; executed?: (sql: string) => void } = {}): Promise<Bare> {
  const folder = file === undefined ? mkdtempSync(join(tmpdir(), 'quorate-')) : null
  const path = file ?? join(folder ?? '', 'a.db')
  const handles = openSqlite(path, executed)
  await migrate(handles.writing)
  const writer = groupingWriter(handles.writing, handles.inTransaction)
  if (!(await handles.reading.selectFrom('board').select('id').executeTakeFirst())) await writer.write(makeBoard)
  return {
    file: path,
    handles,
    writer,
    async close() {
      await writer.close()
      await handles.close()
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeBoard(tx: Tx): Promise<void> {
  await tx.insertInto('tenant').values({ id: 't', name: 't' }).execute()
  await tx.insertInto('workspace').values({ platform: 'web', id: 'w', tenant_id: 't' }).execute()
  await tx
    .insertInto('board')
    .values({ id: BOARD, tenant_id: 't', name: 'b', short_name: 'b', zone: 'Europe/London', division: 'england-and-wales' })
    .execute()
}

/** People with a chat, by their ids. */
export async function addPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await tx.insertInto('person').values({ id, tenant_id: 't', name: id, email: id }).execute()
    await tx
      .insertInto('identity')
      .values({ platform: 'web', workspace: 'w', user_id: id, person_id: id, preferred: 1 })
      .execute()
  }
}

/** A reminder that is to be planned: of the board, for whom its notice names. */
export const wanted = (notice: string, subject: string, moment: Wanted['moment'], person: string | null = null): Wanted => ({
  board: BOARD,
  meeting: null,
  notice,
  subject,
  person,
  moment,
})
