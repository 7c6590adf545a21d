import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { addBoard, addDraft, approve } from '../../src/boards/adoption/store.js'
import { changesOf } from '../../src/boards/roster/changes.js'
import { type Roster, rosterFrom } from '../../src/boards/roster/rules.js'
import { applyChanges, rosterOf } from '../../src/boards/roster/store.js'
import type { Terms } from '../../src/boards/terms.js'
import { migrate } from '../../src/db/migrate.js'
import { openSqlite } from '../../src/db/open.js'
import type { Schema } from '../../src/db/schema.js'
import { groupingWriter, type Writer } from '../../src/db/write.js'
import { newId } from '../../src/kernel/ids.js'
import { linesOf } from './roster/spreadsheet.js'

/** A real database with nothing in it but what a test puts there. */
export interface Ground {
  readonly db: Kysely<Schema>
  readonly writer: Writer
  addTenant(): Promise<string>
  /** A board under approved terms, in force since 2020. */
  addBoard(tenant: string, terms: Terms): Promise<string>
  /** Makes the board's roster what is wanted, from a day on. */
  importRoster(at: { readonly tenant: string; readonly board: string; readonly day: string }, wanted: Roster): Promise<void>
  close(): Promise<void>
}

const SINCE = Temporal.Instant.from('2020-01-01T00:00:00Z')

export async function openGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  const handles = openSqlite(join(folder, 'a.db'))
  const writer = groupingWriter(handles.writing, handles.inTransaction)
  await migrate(handles.writing)
  return {
    db: handles.reading,
    writer,
    async addTenant() {
      const id = newId()
      await writer.write((tx) => tx.insertInto('tenant').values({ id, name: 'County' }).execute())
      return id
    },
    async addBoard(tenant, terms) {
      const id = newId()
      await writer.write(async (tx) => {
        await addBoard(tx, { id, tenant, terms, mine: async () => true })
        const text = await addDraft(tx, id, terms, null)
        await approve(tx, id, terms, { text, from: SINCE, resolution: 'RESOLVED', at: SINCE, by: null })
      })
      return id
    },
    importRoster: (at, wanted) =>
      writer.write(async (tx) =>
        applyChanges(tx, at, changesOf(await rosterOf(tx, at.tenant, at.board, at.day), wanted, at.day)),
      ),
    async close() {
      await writer.close()
      await handles.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The roster that a right file says. */
export function rosterIn(file: Uint8Array, terms: Terms): Roster {
  const answer = rosterFrom(linesOf(file), terms, { people: [] })
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults))
  return answer.roster
}
