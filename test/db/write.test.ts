import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../src/db/migrate.js'
import { type Handles, openSqlite } from '../../src/db/open.js'
import type { Tx } from '../../src/db/schema.js'
import { groupingWriter, type Writer } from '../../src/db/write.js'

let folder: string
let handles: Handles
let writer: Writer
let statements: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  statements = []
  handles = openSqlite(join(folder, 'a.db'), (sql) => statements.push(sql))
  await migrate(handles.writing)
  writer = groupingWriter(handles.writing, handles.inTransaction)
  statements = []
})
afterEach(async () => {
  await writer.close()
  await handles.close()
  rmSync(folder, { recursive: true, force: true })
})

const add = (id: string) => (tx: Tx) => tx.insertInto('tenant').values({ id, name: id }).execute()
const kept = async () => (await handles.reading.selectFrom('tenant').select('id').orderBy('id').execute()).map(({ id }) => id)
const count = (sql: string) => statements.filter((statement) => statement.startsWith(sql)).length

describe('what no transaction may be open for', () => {
  test('is done between two of them, in whatever order it was asked', async () => {
    const order: string[] = []
    const slow = writer.write(async (tx) => {
      await add('slow')(tx)
      order.push('written')
    })
    const between = writer.between(() => {
      order.push(handles.inTransaction() ? 'within' : 'between')
    })
    const later = writer.write(add('later'))
    await Promise.all([slow, between, later])
    expect(order.sort()).toEqual(['between', 'written'])
    expect(await kept()).toEqual(['later', 'slow'])
  })

  test('where it fails, that is told, and nothing else waits for it', async () => {
    await expect(
      writer.between(() => {
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await writer.write(add('after'))
    expect(await kept()).toEqual(['after'])
  })
})

describe('writes that wait together', () => {
  test('are one transaction, one commit, and a savepoint each', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, n) => writer.write(add(`t${n}`))))
    expect(count('begin immediate')).toBe(1)
    expect(count('commit')).toBe(1)
    expect(count('savepoint')).toBe(64)
    expect(await kept()).toHaveLength(64)
  })

  test('are acknowledged in order, and only after the commit', async () => {
    const order: string[] = []
    await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        writer.write(add(id)).then(() => order.push(statements.at(-1) === 'commit' ? id : 'too early')),
      ),
    )
    expect(order).toEqual(['a', 'b', 'c'])
  })

  test('one that fails is undone alone and whole', async () => {
    const failing = writer.write(async (tx) => {
      await add('half')(tx)
      throw new Error('no')
    })
    const others = ['a', 'b'].map((id) => writer.write(add(id)))
    await expect(failing).rejects.toThrow('no')
    await Promise.all(others)
    expect(await kept()).toEqual(['a', 'b'])
  })

  test('one that breaks a rule of the schema is undone alone', async () => {
    const writes = ['a', 'a', 'b'].map((id) => writer.write(add(id)))
    expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await kept()).toEqual(['a', 'b'])
  })
})

test('a write alone needs no savepoint, and when it fails leaves nothing', async () => {
  await expect(
    writer.write(async (tx) => {
      await add('half')(tx)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(count('savepoint')).toBe(0)
  expect(await kept()).toEqual([])
  await writer.write(add('next'))
  expect(await kept()).toEqual(['next'])
})

test('what ends the transaction ends it for the whole group: nobody is told that it stands', async () => {
  const writes = [
    writer.write(add('a')),
    writer.write(async (tx) => {
      await add('b')(tx)
      // What SQLite itself does on a full disk.
      await tx.executeQuery({ sql: 'rollback', parameters: [], query: { kind: 'RawNode' } as never, queryId: { queryId: 'x' } })
    }),
    writer.write(add('c')),
  ]
  const ends = await Promise.allSettled(writes)
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await writer.write(add('after'))
  expect(await kept()).toEqual(['after'])
})

test('another process’s lock is waited for without stopping this one', async () => {
  const other = new Sqlite(join(folder, 'a.db'))
  other.exec('begin immediate')
  let turns = 0
  const beat = setInterval(() => {
    turns += 1
  }, 5)
  const write = writer.write(add('a'))
  setTimeout(() => other.exec('commit'), 400)
  await write
  clearInterval(beat)
  other.close()
  expect(turns).toBeGreaterThan(3)
  expect(await kept()).toEqual(['a'])
})

test('a closed writer finishes what waits, and takes nothing more', async () => {
  const before = writer.write(add('before'))
  await writer.close()
  await before
  await expect(writer.write(add('after'))).rejects.toThrow('closed')
  expect(await kept()).toEqual(['before'])
})

describe('what is kept in the stead of a write that fails', () => {
  const failing = async (tx: Tx) => {
    await add('half')(tx)
    throw new Error('no')
  }
  const instead = async (tx: Tx, error: unknown) => void (await add(String((error as Error).message))(tx))

  test('alone: nothing of the write, and the write has failed', async () => {
    await expect(writer.write(failing, instead)).rejects.toThrow('no')
    expect(await kept()).toEqual(['no'])
  })

  test('among others: in the same transaction, before the next of them', async () => {
    const seen: string[] = []
    const next = async (tx: Tx) => void seen.push(...(await tx.selectFrom('tenant').select('id').execute()).map(({ id }) => id))
    const ends = await Promise.allSettled([writer.write(failing, instead), writer.write(next)])
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(seen).toEqual(['no'])
    expect(count('commit')).toBe(1)
  })
})
