import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { payloadsOf, verifyChain } from '../../src/db/journal.js'
import type { Tx } from '../../src/db/schema.js'
import type { Found, Visit } from '../../src/kernel/address.js'
import { circulationsAgree } from '../../src/papers/circulation/store.js'
import { papersAddress } from '../../src/papers/opening/command.js'
import { CLERK, POLICE } from '../agenda/setting.js'
import { boardCalled, personCalled } from '../boards.js'
import { textOf } from '../house.js'
import { HOUSING, secretIn } from '../papers/setting.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const RECORD = ['circulation', 'circulation_paper', 'dispatch', 'dispatch_paper', 'dispatch_mark', 'paper_opening'] as const

/** Without which messages have gone by now: of the two only one has somebody who sends them. */
const unsent = (text: string): string =>
  text
    .replace(/^([^|\n]+) \| (?:\d\d:\d\d|message waits)(?=:)/gm, '$1 | GOES')
    .replace(/^([^|\n]+) \| (?:sent [^|;\n]*|waits to be sent)(?= \||;)/gm, '$1 | GOES')
    .replace(/ \| (?:[0-9a-f-]{36} [0-9a-f]{16})?$/gm, ' | ')

/** What is answered and kept on a database, step by step, without its ids, secrets and messages. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock } = opened
  const write = <Result>(work: (tx: Tx) => Promise<Result>) => opened.writer.write(work)
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { id: meeting } = await reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  const said: string[] = []
  const press = async (name: string, command: string, subject: string, values: Record<string, string> = {}) => {
    clock.forward({ seconds: 1 })
    const answer = await opened.press(name, { command, subject, values })
    const secret = secretIn(answer)
    const text = unsent(textOf(answer))
    said.push(`${name}, ${command}: ${secret === null ? text : text.replaceAll(secret, 'SECRET')}`)
    return secret ?? ''
  }
  const itemOf = async (title: string) =>
    (await reading.selectFrom('item').select('id').where('title', '=', title).executeTakeFirstOrThrow()).id
  for (const [title, letter] of Object.entries({ Grant: 'B', Burglary: 'B', Vetting: 'D', Hidden: 'X' })) {
    await press(CLERK, 'agenda.propose', meeting, { title })
    await press(CLERK, 'agenda.place', await itemOf(title), { letter })
  }
  const [grant, burglary, vetting, hidden] = [
    await itemOf('Grant'),
    await itemOf('Burglary'),
    await itemOf('Vetting'),
    await itemOf('Hidden'),
  ]
  await press(CLERK, 'papers.describe', grant, { author: await personCalled(opened, 'Ruth Hale'), post: 'Chief Superintendent' })
  await press(CLERK, 'papers.describe', vetting, { name: 'Ms S Brinson', marking: 'OFFICIAL-SENSITIVE' })
  await press('Ruth Hale', 'papers.send', grant, { link: 'https://example.org/1', recommendations: 'Agree it.\nNote it.' })
  await press(CLERK, 'papers.send', vetting, { link: 'https://example.org/2', recommendations: 'Agree.' })
  await press(CLERK, 'papers.send', vetting, { link: 'https://example.org/2', recommendations: 'Agree.' })
  await press(CLERK, 'papers.send', vetting, { link: 'https://example.org/3' })
  await press(CLERK, 'papers.show', meeting)
  await press(CLERK, 'papers.circulate', meeting)
  await press(CLERK, 'papers.circulate', meeting, { allTheSame: 'yes' })
  await press(POLICE, 'apologies.name_substitute', meeting, { substitute: await personCalled(opened, 'Ruth Hale') })
  await press(CLERK, 'papers.send', hidden, { link: 'https://example.org/4' })
  await press(CLERK, 'papers.send', burglary, { link: 'https://example.org/5' })
  await press(CLERK, 'papers.circulate', meeting)
  await press(CLERK, 'papers.circulate', meeting)
  const circulation = await reading.selectFrom('circulation').select('id').where('number', '=', 1).executeTakeFirstOrThrow()
  await press(POLICE, 'papers.received', circulation.id)
  await press(POLICE, 'papers.received', circulation.id)
  await press(CLERK, 'papers.hand', circulation.id, { person: await personCalled(opened, HOUSING), how: 'post' })
  const versions = await reading.selectFrom('paper_version').select(['id', 'link']).execute()
  const versionAt = (link: string) => versions.find((one) => one.link === link)?.id ?? ''
  await press(POLICE, 'papers.open', versionAt('https://example.org/3'))
  await press(HOUSING, 'papers.open', versionAt('https://example.org/3'))
  await press(HOUSING, 'papers.open', versionAt('https://example.org/1'))
  await press(CLERK, 'papers.retract', versionAt('https://example.org/3'), { why: 'It is wrong.' })
  // A version with a file, as no files are taken in here; a link to it is pressed in two browsers.
  await write(async (tx) => {
    const file = {
      version_id: versionAt('https://example.org/5'),
      sha256: 'a'.repeat(64),
      name: 'b.pdf',
      type: 'application/pdf',
      bytes: 9,
    }
    await tx.insertInto('paper_file').values(file).execute()
  })
  const secret = await press(POLICE, 'papers.open', versionAt('https://example.org/5'))
  let browser: string | null = null
  for (const own of [true, true, false]) {
    clock.forward({ minutes: 1 })
    const visit: Visit = { secret, browser: own ? browser : null, now: clock.now() }
    said.push(JSON.stringify({ ...(await papersAddress.look(reading, visit)), browser: null }))
    const found: Found = await write((tx) => papersAddress.press?.(tx, visit) ?? Promise.reject(new Error('nothing to press')))
    said.push(JSON.stringify(found.kind === 'file' ? { ...found, browser: found.browser === null ? null : 'BROWSER' } : found))
    if (found.kind === 'file' && found.browser !== null) browser = found.browser
  }
  clock.forward({ minutes: 15 })
  said.push(JSON.stringify({ ...(await papersAddress.look(reading, { secret, browser, now: clock.now() })), browser: null }))
  await press(CLERK, 'papers.dispatches', meeting)
  await press(CLERK, 'papers.record', meeting)
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  expect(await circulationsAgree(reading, board, await payloadsOf(reading, board), true)).toEqual([])
  for (const table of RECORD) said.push(`${table}: ${await protectedOn(opened, table)} rows stand`)
  return said
}

/** How many rows a table has, none of which can be altered or removed, even in a transaction with others. */
async function protectedOn({ reading, writer }: Opened, table: (typeof RECORD)[number]): Promise<number> {
  const rows = await reading
    .selectFrom(table as 'dispatch')
    .selectAll()
    .execute()
  expect(rows.length, table).toBeGreaterThan(0)
  const column = {
    circulation: 'agenda',
    circulation_paper: 'item_number',
    dispatch: 'way',
    dispatch_paper: 'version_id',
    dispatch_mark: 'mark',
    paper_opening: 'outcome',
  }[table]
  for (const change of [`update ${table} set ${column} = ${column}`, `delete from ${table}`])
    await expect(
      writer.write((tx) => sql.raw(change).execute(tx)),
      change,
    ).rejects.toThrow(`the record of ${table} is never altered`)
  expect(
    await reading
      .selectFrom(table as 'dispatch')
      .selectAll()
      .execute(),
  ).toEqual(rows)
  return rows.length
}

test('papers are sent, circulated, opened and recorded on PostgreSQL as on SQLite, and neither lets the record be altered', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const there = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(there)
    const all = there.join('\n')
    expect(all).toContain('The papers go to 11 people.')
    expect(all).toContain('- (a) Agree it.\n- (b) Note it.')
    expect(all).toContain('All that is in has been sent out already.')
    expect(all).toContain('"status":403')
    expect(all).toContain('dispatch_mark: 2 rows stand')
    expect(all).toContain('paper_opening: 5 rows stand')
    expect(all).toContain('SECRET')
  } finally {
    await sqlite.close()
    await postgres.close()
  }
}, 60_000)
