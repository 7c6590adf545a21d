import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { append, erasePayload, holdsHead, verifyChain } from '../../src/db/journal.js'
import { migrate } from '../../src/db/migrate.js'
import { type Handles, openSqlite } from '../../src/db/open.js'

let folder: string
let handles: Handles
const BOARD = 'board'
const AT = '2026-11-22T10:00:00.000Z'

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  handles = openSqlite(join(folder, 'a.db'))
  await migrate(handles.writing)
  await handles.writing.transaction().execute(async (tx) => {
    for (let n = 1; n <= 5; n += 1) {
      await append(tx, {
        board: BOARD,
        at: AT,
        actor: 'someone',
        command: 'test.act',
        subject: `s${n}`,
        payload: { n, reason: 'private' },
      })
    }
  })
})
afterEach(async () => {
  await handles.close()
  rmSync(folder, { recursive: true, force: true })
})

const faults = async () => (await verifyChain(handles.reading, BOARD)).faults

test('an untouched chain holds', async () => {
  expect(await verifyChain(handles.reading, BOARD)).toMatchObject({ entries: 5, faults: [] })
})

test.each([
  { column: 'actor', value: 'somebody else' },
  { column: 'at', value: '2026-11-21T10:00:00.000Z' },
  { column: 'command', value: 'test.other' },
  { column: 'subject', value: 's9' },
  { column: 'commitment', value: 'f'.repeat(64) },
] as const)('an entry whose $column was edited is found', async ({ column, value }) => {
  await handles.writing
    .updateTable('journal')
    .set({ [column]: value })
    .where('seq', '=', 3)
    .execute()
  expect(await faults()).toContain('Entry 3 was edited.')
})

test('an entry edited with its hash written anew is found by the one after it', async () => {
  const fourth = await handles.writing.selectFrom('journal').selectAll().where('seq', '=', 4).executeTakeFirstOrThrow()
  await handles.writing.updateTable('journal').set({ hash: fourth.hash }).where('seq', '=', 3).execute()
  expect(await faults()).toEqual(expect.arrayContaining(['Entry 3 was edited.', 'Entry 4 does not follow the one before it.']))
})

test('a removed entry is found', async () => {
  await handles.writing.deleteFrom('journal_payload').where('seq', '=', 3).execute()
  await handles.writing.deleteFrom('journal').where('seq', '=', 3).execute()
  expect(await faults()).toEqual(expect.arrayContaining(['Entry 3 is missing.', 'Entry 4 does not follow the one before it.']))
})

test('two entries that changed places are found', async () => {
  const move = (from: number, to: number) =>
    handles.writing.updateTable('journal').set({ seq: to }).where('seq', '=', from).execute()
  await handles.writing.deleteFrom('journal_payload').where('seq', 'in', [2, 3]).execute()
  await move(2, 99)
  await move(3, 2)
  await move(99, 3)
  expect(await faults()).toEqual(expect.arrayContaining(['Entry 2 was edited.', 'Entry 3 was edited.']))
})

test('an input that was edited is found', async () => {
  await handles.writing.updateTable('journal_payload').set({ payload: '{"n":7}' }).where('seq', '=', 2).execute()
  expect(await faults()).toEqual(['What was put into entry 2 was edited.'])
})

test('an input that was taken away is found, unless it was erased by an act that says so', async () => {
  await handles.writing.deleteFrom('journal_payload').where('seq', '=', 2).execute()
  expect(await faults()).toEqual(['What was put into entry 2 is missing.'])
  await handles.writing.transaction().execute((tx) => erasePayload(tx, { board: BOARD, seq: 2, at: AT, actor: 'operator' }))
  expect(await faults()).toEqual([])
})

test('what is erased is gone from the database, and the chain holds', async () => {
  await handles.writing.transaction().execute((tx) => erasePayload(tx, { board: BOARD, seq: 4, at: AT, actor: 'operator' }))
  const kept = await handles.reading.selectFrom('journal_payload').select('seq').execute()
  expect(kept.map(({ seq }) => seq)).not.toContain(4)
  expect(await verifyChain(handles.reading, BOARD)).toMatchObject({ entries: 6, faults: [] })
})

test('a cut tail shows against a head kept elsewhere, and against none other', async () => {
  const { head } = await verifyChain(handles.reading, BOARD)
  expect(await holdsHead(handles.reading, BOARD, head)).toBe(true)
  await handles.writing.deleteFrom('journal_payload').where('seq', '=', 5).execute()
  await handles.writing.deleteFrom('journal').where('seq', '=', 5).execute()
  expect(await faults()).toEqual([])
  expect(await holdsHead(handles.reading, BOARD, head)).toBe(false)
})

test('a secret input leaves neither itself nor a commitment to it', async () => {
  await handles.writing
    .transaction()
    .execute((tx) => append(tx, { board: BOARD, at: AT, actor: 'someone', command: 'test.ballot', subject: 's', payload: null }))
  const entry = await handles.reading.selectFrom('journal').selectAll().where('seq', '=', 6).executeTakeFirstOrThrow()
  expect(entry.commitment).toBeNull()
  expect(await handles.reading.selectFrom('journal_payload').select('seq').where('seq', '=', 6).execute()).toEqual([])
  expect(await faults()).toEqual([])
})

test('equal inputs have unequal commitments: nobody can guess an input from its commitment', async () => {
  await handles.writing.transaction().execute(async (tx) => {
    for (let n = 0; n < 2; n += 1)
      await append(tx, { board: 'other', at: AT, actor: 'a', command: 'c', subject: 's', payload: { same: 1 } })
  })
  const rows = await handles.reading.selectFrom('journal').select('commitment').where('board_id', '=', 'other').execute()
  expect(rows[0]?.commitment).not.toBe(rows[1]?.commitment)
})

test('a chain that was emptied does not hold', async () => {
  await handles.writing.deleteFrom('journal_payload').execute()
  await handles.writing.deleteFrom('journal').execute()
  expect(await faults()).toEqual(['There is no entry: a board has one from when it is made.'])
})

test('a commitment that is no text of ours is found, and breaks nothing', async () => {
  await handles.writing
    .updateTable('journal')
    .set({ commitment: 'é'.repeat(64) })
    .where('seq', '=', 2)
    .execute()
  expect(await faults()).toEqual(expect.arrayContaining(['Entry 2 was edited.', 'What was put into entry 2 was edited.']))
})

test('what was erased is told', async () => {
  await handles.writing.transaction().execute((tx) => erasePayload(tx, { board: BOARD, seq: 4, at: AT, actor: 'operator' }))
  expect((await verifyChain(handles.reading, BOARD)).erased).toEqual([4])
})
