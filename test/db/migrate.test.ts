import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS, migrate } from '../../src/db/migrate.js'
import { openSqlite } from '../../src/db/open.js'
import type { Schema } from '../../src/db/schema.js'
import { StartError } from '../../src/kernel/start-error.js'
import { openPglite } from './pglite.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('every file of the folder is a step, and in order', () => {
  const files = readdirSync(new URL('../../migrations', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(Object.keys(MIGRATIONS)).toEqual(files.sort())
})

/** Table by table, the columns and whether each may be null: what both databases must agree on. */
async function shapeOf(db: Kysely<Schema>) {
  const tables = await db.introspection.getTables()
  return tables
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => `${column.name}${column.isNullable ? '?' : ''}`).sort(),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

describe('the same steps', () => {
  test('on SQLite and on PostgreSQL make the same tables', async () => {
    const handles = openSqlite(join(folder, 'a.db'))
    const postgres = await openPglite()
    await migrate(handles.writing)
    await migrate(postgres.db)
    const shape = await shapeOf(handles.writing)
    expect(await shapeOf(postgres.db)).toEqual(shape)
    expect(shape.map(({ name }) => name)).toContain('journal')
    await handles.close()
    await postgres.close()
  })

  test('run again, change nothing', async () => {
    const handles = openSqlite(join(folder, 'a.db'))
    await migrate(handles.writing)
    const before = await shapeOf(handles.writing)
    await migrate(handles.writing)
    expect(await shapeOf(handles.writing)).toEqual(before)
    await handles.close()
  })
})

describe('a database that stops the start', () => {
  test('made by a newer Quorate: says so, and changes nothing', async () => {
    const handles = openSqlite(join(folder, 'a.db'))
    await migrate(handles.writing)
    await sql`insert into kysely_migration (name, timestamp) values ('9999_what_comes_later', '2030-01-01')`.execute(
      handles.writing,
    )
    await expect(migrate(handles.writing)).rejects.toThrow(StartError)
    await expect(migrate(handles.writing)).rejects.toThrow('made by a newer Quorate (it has the step 9999_what_comes_later)')
    await handles.close()
  })

  test('no database at all: says so', () => {
    const file = join(folder, 'letter.db')
    writeFileSync(file, 'Dear clerk, '.repeat(1_000))
    expect(() => openSqlite(file)).toThrow(StartError)
    expect(() => openSqlite(file)).toThrow('is damaged or is not a database')
  })

  test('damaged in the middle: says so', async () => {
    const file = join(folder, 'a.db')
    const handles = openSqlite(file)
    await migrate(handles.writing)
    for (let n = 0; n < 2_000; n += 1) {
      await handles.writing
        .insertInto('tenant')
        .values({ id: `${n}`, name: 'x'.repeat(200) })
        .execute()
    }
    await handles.close()
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(file)
    bytes.fill(0xff, 20 * 4_096, 60 * 4_096)
    writeFileSync(file, bytes)
    expect(() => openSqlite(file)).toThrow('is damaged or is not a database')
  })

  test('in a folder that cannot be made: says so', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openSqlite(join(folder, 'file', 'a.db'))).toThrow(StartError)
  })
})

test('the writing handle commits to the disk, and the reading handle cannot write', async () => {
  const handles = openSqlite(join(folder, 'a.db'))
  await migrate(handles.writing)
  const pragma = async (name: string) =>
    (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(handles.writing)).rows[0]
  expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
  expect(await pragma('synchronous')).toEqual({ synchronous: 2 })
  expect(await pragma('foreign_keys')).toEqual({ foreign_keys: 1 })
  await expect(handles.reading.insertInto('tenant').values({ id: 'x', name: 'x' }).execute()).rejects.toThrow('readonly')
  await handles.close()
})
