import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, Migrator, sql, type Transaction } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, bot } from '../../src/bot.js'
import { append, verifyChain } from '../../src/db/journal.js'
import { MIGRATIONS, migrate } from '../../src/db/migrate.js'
import { openSqlite } from '../../src/db/open.js'
import type { Schema } from '../../src/db/schema.js'
import type { Writer } from '../../src/db/write.js'
import { STAMP } from '../../src/demonstration/clock.js'
import { features } from '../../src/features.js'
import { newId } from '../../src/kernel/ids.js'
import { StartError } from '../../src/kernel/start-error.js'
import { termsOf } from '../boards/roster/spreadsheet.js'
import { BEGIN, inbound, NO_PAPERS, openTestHouse, standingClock, textOf } from '../house.js'
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

/** The tables as they were before rosters: more and fewer columns than now. */
type Old = Kysely<Record<string, Record<string, unknown>>>
const old = (db: Kysely<Schema>): Old => db as unknown as Old

const BEFORE_ROSTERS = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 6))

/** Runs the first six steps alone. */
async function migrateBeforeRosters(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => BEFORE_ROSTERS } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

const SEATS = [
  { body: 'Kent County Council', short: 'KCC', holder: 'Cllr Margaret Ashdown', colleague: 'Cllr Peter Lyle', invited: 0 },
  { body: 'Kent Police', short: 'Police', holder: 'Daniel Okafor', colleague: 'Ruth Hale', invited: 0 },
  { body: 'Kent Fire and Rescue Service', short: 'KFRS', holder: 'Aisha Rahman', colleague: 'Mark Dunn', invited: 0 },
  { body: 'The Probation Service', short: 'Probation', holder: 'June Whitfield', colleague: 'Leon Carter', invited: 0 },
  { body: 'Kent Housing Group', short: 'KHG', holder: 'Nadia Flynn', colleague: 'Rob Tilley', invited: 1 },
] as const

const emailOf = (name: string): string =>
  `${name
    .replace(/^Cllr /, '')
    .toLowerCase()
    .replace(' ', '.')}@example.org`

/** What a demonstration held before rosters, and a second board on which one of its bodies sits too. */
async function fillBeforeRosters(db: Kysely<Schema>): Promise<{ board: string; second: string; meeting: string }> {
  const put = (table: string, ...rows: readonly Record<string, unknown>[]) =>
    old(db)
      .insertInto(table)
      .values([...rows])
      .execute()
  const ids = new Map<string, string>()
  const idOf = (name: string): string => {
    const id = ids.get(name) ?? newId()
    ids.set(name, id)
    return id
  }
  const { standingItems, ...agenda } = termsOf('kcsp-2025.yaml').agenda
  const { sections: _, ...asItWas } = standingItems
  const document = JSON.stringify({ ...termsOf('kcsp-2025.yaml'), agenda: { ...agenda, standingItems: asItWas } })
  const [tenant, board, second, meeting, at] = [newId(), newId(), newId(), newId(), '2026-11-22T10:00:00.000Z']
  const kept = { zone: 'Europe/London', division: 'england-and-wales', tenant_id: tenant }
  await put('demonstration', { stamp: STAMP, clock_ahead_ms: 0 })
  await put('tenant', { id: tenant, name: 'Demonstration' })
  await put(
    'workspace',
    { platform: 'web', id: 'demonstration', tenant_id: tenant },
    { platform: 'slack', id: 'T1', tenant_id: tenant },
  )
  await put(
    'board',
    { id: board, name: 'Kent Community Safety Partnership', short_name: 'KCSP', ...kept },
    { id: second, name: 'Medway Community Safety Partnership', short_name: 'MCSP', ...kept },
  )
  await put('place', { platform: 'web', workspace: 'demonstration', id: 'kcsp', board_id: board, kind: 'private' })
  for (const id of [board, second])
    await put('terms', { id: newId(), board_id: id, state: 'approved', in_force_from: at, document })
  const people = [...SEATS.flatMap(({ holder, colleague }) => [holder, colleague]), 'Grace Holloway']
  for (const name of people) {
    await put('person', { id: idOf(name), tenant_id: tenant, name, email: emailOf(name) })
    const identity = { platform: 'web', workspace: 'demonstration', user_id: emailOf(name), person_id: idOf(name) }
    await put('identity', { ...identity, preferred: 1 })
  }
  for (const { body, short, holder, colleague, invited } of SEATS) {
    await put('organisation', { id: idOf(body), tenant_id: tenant, name: body, short_name: short })
    await put('post', { person_id: idOf(holder), organisation_id: idOf(body), title: 'Head' })
    await put('post', { person_id: idOf(colleague), organisation_id: idOf(body), title: 'Deputy Head' })
    await put('seat', { id: idOf(`seat of ${body}`), board_id: board, organisation_id: idOf(body), title: 'Head', invited })
    const holding = { seat_id: idOf(`seat of ${body}`), capacity: 'representative', from_day: '2026-01-01' }
    await put('holding', { ...holding, person_id: idOf(holder), until_day: null })
  }
  const over = { seat_id: idOf('seat of Kent Police'), capacity: 'representative', person_id: idOf('Ruth Hale') }
  await put('holding', { ...over, from_day: '2020-01-01', until_day: '2026-01-01' })
  await put('seat', { id: newId(), board_id: second, organisation_id: idOf('Kent Police'), title: 'Head', invited: 0 })
  for (const [office, name] of [
    ['chair', 'Cllr Margaret Ashdown'],
    ['clerk', 'Grace Holloway'],
  ] as const)
    await put('office', { board_id: board, office, person_id: idOf(name), from_day: '2026-01-01', until_day: null })
  await put('meeting', { id: meeting, board_id: board, starts_at: '2026-12-16T10:00:00.000Z', venue: 'Online', state: 'called' })
  const answers = [
    { who: 'Cllr Margaret Ashdown', body: 'Kent County Council', attending: 1, substitute_id: null },
    { who: 'Aisha Rahman', body: 'Kent Fire and Rescue Service', attending: 1, substitute_id: null },
    { who: 'June Whitfield', body: 'The Probation Service', attending: 0, substitute_id: idOf('Leon Carter') },
  ]
  for (const { who, body, ...answer } of answers) {
    const given = { for_person_id: idOf(who), by_person_id: idOf(who), at }
    await put('answer', { id: newId(), meeting_id: meeting, seat_id: idOf(`seat of ${body}`), version: 1, ...answer, ...given })
  }
  await put('delivery', {
    platform: 'web',
    workspace: 'demonstration',
    user_id: emailOf('Aisha Rahman'),
    id: 'd',
    command: 'apologies.attend',
    subject: meeting,
    outcome: 'done',
    refusal: null,
    at,
  })
  await put('tick', { notice: 'apologies.unanswered', until: at })
  for (const id of [board, second])
    await db.transaction().execute((tx) =>
      append(tx, {
        board: id,
        at,
        actor: 'operator',
        command: 'demonstration.fill',
        subject: meeting,
        payload: { terms: 't' },
      }),
    )
  return { board, second, meeting }
}

/** Every row of the tables that were there before rosters, as it was then. */
async function rowsOf(db: Kysely<Schema>): Promise<Readonly<Record<string, readonly Record<string, unknown>[]>>> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name)
  const all = await Promise.all(tables.map(async (name) => [name, await old(db).selectFrom(name).selectAll().execute()] as const))
  return Object.fromEntries(all)
}

const lines = (rows: readonly object[] = []): readonly string[] =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort()

/** Rows with no more than the columns of others. */
const asThey = (rows: readonly Record<string, unknown>[] = [], were: readonly Record<string, unknown>[] = []) => {
  const columns = Object.keys(were[0] ?? {})
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
}

/** What each row meant it means still: seats, posts, answers and the record of the meeting are where they are kept now. */
async function meansTheSame(
  db: Kysely<Schema>,
  before: Awaited<ReturnType<typeof rowsOf>>,
  { board, second, meeting }: { board: string; second: string; meeting: string },
): Promise<void> {
  const after = await rowsOf(db)
  const same = Object.keys(before).filter((table) => !['seat', 'post'].includes(table))
  expect(same).toHaveLength(19)
  for (const table of same) expect(lines(asThey(after[table], before[table])), table).toEqual(lines(before[table]))
  const seats = before.seat?.map(({ invited, ...seat }) => ({ ...seat, standing: invited === 1 ? 'invited' : 'member' }))
  expect(lines(asThey(after.seat, seats))).toEqual(lines(seats))
  for (const seat of after.seat ?? [])
    expect(seat).toMatchObject({ joint: 0, stands_for: '[]', from_day: '0001-01-01', until_day: null })
  expect(after.seat?.[0]).not.toHaveProperty('invited')
  // A post is of each board on which its body sits.
  const police = before.organisation?.find(({ name }) => name === 'Kent Police')?.id
  const posts = before.post?.flatMap((post) => [
    { ...post, board_id: board },
    ...(post.organisation_id === police ? [{ ...post, board_id: second }] : []),
  ])
  expect(lines(asThey(after.post, posts))).toEqual(lines(posts))
  for (const person of after.person ?? []) expect(person).toMatchObject({ telephone: null, email: expect.stringContaining('@') })
  expect(after.terms?.map(({ number, resolution }) => ({ number, resolution }))).toEqual(
    [1, 1].map((number) => ({ number, resolution: null })),
  )
  expect(after.office?.every(({ acting }) => acting === 0)).toBe(true)
  expect(lines(after.workspace?.map(({ platform, ours }) => ({ platform, ours })))).toEqual(
    lines([
      { platform: 'slack', ours: 0 },
      { platform: 'web', ours: 1 },
    ]),
  )
  expect(after.meeting?.[0]).toMatchObject({ kind: 'ordinary', minutes: 120, revision: 1 })
  expect(after.meeting_version).toMatchObject([{ meeting_id: meeting, revision: 1, state: 'called', by_person_id: null }])
  expect(after.answer?.every(({ for_day }) => for_day === null)).toBe(true)
  for (const id of [board, second]) expect(await verifyChain(db, id)).toMatchObject({ entries: 1, faults: [] })
}

describe('a database of before rosters', () => {
  test('on SQLite: every row is there and means the same, and the house works on it', async () => {
    const file = join(folder, 'old.db')
    const handles = openSqlite(file)
    await migrateBeforeRosters(handles.writing)
    const filled = await fillBeforeRosters(handles.writing)
    const before = await rowsOf(handles.writing)
    await migrate(handles.writing)
    await meansTheSame(handles.writing, before, filled)
    const pragma = async (name: string) => (await sql.raw(`pragma ${name}`).execute(handles.writing)).rows
    expect(await pragma('foreign_key_check')).toEqual([])
    expect(await pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(await pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const orphan = { platform: 'web', workspace: 'demonstration', user_id: 'x', person_id: 'nobody', preferred: 1 }
    await expect(handles.writing.insertInto('identity').values(orphan).execute()).rejects.toThrow('FOREIGN KEY constraint failed')
    await handles.close()

    const house = await openTestHouse({ file })
    const say = async (name: string, words: string) => textOf(await house.say(name, words))
    expect(await say('Grace Holloway', 'who is coming')).toContain('3 of the 4 responsible authorities needed')
    expect(await say('Daniel Okafor', 'apologies for the next meeting, Ruth Hale will substitute')).toContain(
      'Ruth Hale will substitute.',
    )
    expect(await say('Grace Holloway', 'who is coming')).toContain('4 responsible authorities say they will be represented')
    expect(await say('Nadia Flynn', "I'll be there")).toContain('4 responsible authorities say they will be represented')
    expect(await say('Grace Holloway', 'roster')).toContain(
      'By standing invitation | Representative | Deputy\nKent Housing Group',
    )
    expect(house.faults).toEqual([])
    await house.close()
  })

  test('on PostgreSQL too', async () => {
    const { db, close } = await openPglite()
    await migrateBeforeRosters(db)
    const filled = await fillBeforeRosters(db)
    const before = await rowsOf(db)
    await migrate(db)
    await meansTheSame(db, before, filled)
    const clock = standingClock(BEGIN)
    const writer: Writer = {
      write: (work) => run(db, work),
      between: async (work) => work(),
      close: async () => undefined,
    }
    const quorate: Bot = bot({
      reading: db,
      writer,
      features,
      ...NO_PAPERS,
      boardClock: clock,
      systemClock: clock,
      committed: () => undefined,
      log: (_, error) => {
        if (error !== undefined) throw error
      },
    })
    const said = await quorate.answer(
      inbound('Daniel Okafor', { words: 'apologies for the next meeting, Ruth Hale will substitute' }),
    )
    expect(textOf(said)).toContain('4 responsible authorities say they will be represented')
    await close()
  })

  test('a step that fails leaves it as it was, and its references held', async () => {
    const handles = openSqlite(join(folder, 'old.db'))
    await migrateBeforeRosters(handles.writing)
    await fillBeforeRosters(handles.writing)
    // Somebody's own table is in the way of one of ours.
    await sql`create table group_member (name text)`.execute(handles.writing)
    const before = await rowsOf(handles.writing)
    await expect(migrate(handles.writing)).rejects.toThrow('0007_rosters failed, and nothing was changed')
    expect(await rowsOf(handles.writing)).toEqual(before)
    expect((await sql.raw('pragma foreign_keys').execute(handles.writing)).rows).toEqual([{ foreign_keys: 1 }])
    await handles.close()
  })

  test('one that points at nobody is not brought up to date', async () => {
    const handles = openSqlite(join(folder, 'old.db'))
    await migrateBeforeRosters(handles.writing)
    await fillBeforeRosters(handles.writing)
    await sql`pragma foreign_keys = off`.execute(handles.writing)
    await sql`update identity set person_id = 'nobody' where user_id = 'ruth.hale@example.org'`.execute(handles.writing)
    await expect(migrate(handles.writing)).rejects.toThrow('1 rows would point at nobody')
    await handles.close()
  })
})

const run = <Result>(db: Kysely<Schema>, work: (tx: Transaction<Schema>) => Promise<Result>): Promise<Result> =>
  db.transaction().execute(work)
