import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const CLI = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url))
const POLICE = 'daniel.okafor@example.org'
const CLERK = 'grace.holloway@example.org'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const quorate = (given: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', TZ: process.env.TZ ?? '', ...environment }
    execFile(process.execPath, [CLI, ...given], { cwd: folder, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

const say = (as: string, words: string, environment?: Record<string, string>) => quorate(['say', '--as', as, words], environment)

describe('say answers as the bot would', () => {
  test('a member sends apologies, the clerk is told, everyone entitled sees who will come', async () => {
    const sent = await say(POLICE, 'apologies for the next meeting, Ruth Hale will substitute')
    expect(sent).toMatchObject({ code: 0, err: '' })
    expect(sent.out).toContain('You send apologies. Ruth Hale will substitute.')
    const told = await quorate(['inbox', '--as', CLERK])
    expect(told.out).toContain('Daniel Okafor sends apologies. Ruth Hale will substitute.')
    const coming = await say(CLERK, 'who is coming')
    expect(coming.out).toContain('Kent Police | Ruth Hale (substitute for Daniel Okafor)')
    const channel = await quorate(['inbox', '--as', CLERK, '--in', 'kcsp'])
    expect(channel.out).toContain('4 responsible authorities say they will be represented: enough for the quorum of 4.')
  })

  test('with 1 for a refusal', async () => {
    expect(await say(POLICE, 'Apologies for the confusion about the venue')).toMatchObject({
      code: 1,
      out: expect.stringContaining('I did not understand that'),
    })
    expect(await say('nobody@example.org', 'help')).toMatchObject({
      code: 1,
      out: expect.stringContaining('I do not know you yet.'),
    })
  })

  test('with 2 for a fault, which names a number and nothing else', async () => {
    await say(POLICE, 'help')
    const database = new Sqlite(join(folder, 'data', 'demo.db'))
    database.exec('alter table answer rename to gone')
    database.close()
    const ended = await say(POLICE, 'who is coming')
    expect(ended.code).toBe(2)
    expect(ended.out).toMatch(/give your clerk this number: [0-9a-f-]{36}/)
    expect(ended.out).not.toMatch(/sqlite|at .*\.js/i)
    const fault = /number: ([0-9a-f-]{36})/.exec(ended.out)?.[1] ?? ''
    expect(ended.err).toContain(`"fault":"${fault}"`)
    expect(ended.err).not.toContain('Okafor')
  })

  test('at the hour that QUORATE_NOW says', async () => {
    const then = { QUORATE_NOW: '2025-07-14T09:55' }
    expect((await say(POLICE, 'who is coming', then)).out).toContain('Who is coming on Wednesday 6 August 2025')
    expect(await say(POLICE, 'apologies for the next meeting', { QUORATE_NOW: '2025-08-06T10:01' })).toMatchObject({ code: 1 })
  })
})

test('many at once on one fresh database: each is answered, and none is lost', async () => {
  const members = [
    POLICE,
    'helen.marsh@example.org',
    'tom.beresford@example.org',
    'simon.kerr@example.org',
    'owen.pryce@example.org',
    'nadia.flynn@example.org',
  ]
  const ended = await Promise.all(members.map((as) => say(as, "I'll be there")))
  expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(members.map(() => ({ code: 0, err: '' })))
  expect((await say(CLERK, 'who is coming')).out).toContain('8 responsible authorities say they will be represented')
}, 60_000)

describe('on a demonstration only', () => {
  const real = { DATABASE_URL: 'file:real.db' }

  test('--as and QUORATE_NOW refuse a real database', async () => {
    expect(await say(POLICE, 'help', real)).toMatchObject({ code: 1, err: expect.stringContaining('on a demonstration only') })
    expect(await say(POLICE, 'help', { ...real, QUORATE_NOW: '2025-07-14T09:55' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('QUORATE_NOW'),
    })
  })

  test('one that quorate demo --at made is one, and is not made over another', async () => {
    expect(await quorate(['demo', '--at', 'mine.db'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('DATABASE_URL=file:mine.db'),
    })
    expect(existsSync(join(folder, 'mine.db'))).toBe(true)
    expect(await say(POLICE, 'who is coming', { DATABASE_URL: 'file:mine.db' })).toMatchObject({ code: 0 })
    expect(await quorate(['demo', '--at', 'mine.db'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    })
  })
})

describe('verify', () => {
  test('says that the journal holds, and gives the head to keep elsewhere', async () => {
    await say(POLICE, 'apologies for the next meeting')
    const { code, out } = await quorate(['verify', '--board', 'KCSP'])
    expect(code).toBe(0)
    expect(out).toMatch(/^KCSP: 2 entries, the journal holds\n {2}head [0-9a-f]{64}\n/)
    expect(out).toContain('shows only against a head kept elsewhere')
    const head = /head ([0-9a-f]{64})/.exec(out)?.[1] ?? ''
    expect(await quorate(['verify', '--board', 'KCSP', '--head', head])).toMatchObject({ code: 0 })
    expect(await quorate(['verify', '--board', 'KCSP', '--head', 'f'.repeat(64)])).toMatchObject({
      code: 1,
      out: expect.stringContaining('cut off'),
    })
  })

  test('says what was edited, and ends with 1', async () => {
    await say(POLICE, 'apologies for the next meeting')
    const database = new Sqlite(join(folder, 'data', 'demo.db'))
    database.exec("update journal set actor = 'somebody else' where seq = 2")
    database.close()
    expect(await quorate(['verify'])).toMatchObject({ code: 1, out: expect.stringContaining('Entry 2 was edited.') })
  })

  test('says when the record is not what the journal says, and ends with 1', async () => {
    await say(POLICE, 'apologies for the next meeting')
    const database = new Sqlite(join(folder, 'data', 'demo.db'))
    database.exec('update answer set attending = 1 where version = 1 and id in (select id from answer order by at desc limit 1)')
    database.close()
    expect(await quorate(['verify'])).toMatchObject({ code: 1, out: expect.stringContaining('is not as it was journaled') })
  })

  test('says when the journal was emptied, and when its board is gone', async () => {
    await say(POLICE, 'apologies for the next meeting')
    const database = new Sqlite(join(folder, 'data', 'demo.db'))
    database.pragma('foreign_keys = off')
    database.exec("update journal set board_id = 'elsewhere'")
    database.close()
    const { code, out } = await quorate(['verify'])
    expect(code).toBe(1)
    expect(out).toContain('There is no entry')
    expect(out).toContain('a journal of a board that is not there')
  })

  test('takes a head as it was copied, and says when it is none', async () => {
    await say(POLICE, 'help')
    const head = /head ([0-9a-f]{64})/.exec((await quorate(['verify'])).out)?.[1] ?? ''
    expect(await quorate(['verify', '--head', ` ${head.toUpperCase()} `])).toMatchObject({ code: 0 })
    expect(await quorate(['verify', '--head', 'abc'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('64 hexadecimal digits'),
    })
  })

  test('reads the file and changes nothing in it', async () => {
    await say(POLICE, 'apologies for the next meeting')
    const file = join(folder, 'data', 'demo.db')
    const database = new Sqlite(file)
    database.exec("delete from kysely_migration where name = '0006_demonstration'")
    database.pragma('wal_checkpoint(truncate)')
    database.close()
    const before = readFileSync(file)
    expect(await quorate(['verify'])).toMatchObject({ code: 0 })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('makes no database where there is none', async () => {
    expect(await quorate(['verify'], { DATABASE_URL: 'file:typo/x.db' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no database'),
    })
    expect(existsSync(join(folder, 'typo'))).toBe(false)
  })

  test('of an unknown board says which there are', async () => {
    await say(POLICE, 'help')
    expect(await quorate(['verify', '--board', 'XYZ'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There are: KCSP.'),
    })
  })
})

test('--help names every command; a word left out is said so', async () => {
  const { code, out } = await quorate(['--help'])
  expect(code).toBe(0)
  for (const command of ['say', 'inbox', 'demo', 'verify']) expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  const missing = await quorate(['say', 'help'])
  expect(missing.code).not.toBe(0)
  expect(missing.err).toContain("required option '--as <email>' not specified")
})

describe('terms', () => {
  const shipped = (file: string) => fileURLToPath(new URL(`../src/boards/terms/${file}`, import.meta.url))

  test('check says that nothing is wrong, and ends with 0', async () => {
    const { code, out } = await quorate(['terms', 'check', shipped('kcsp-2025.yaml'), shipped('gravesham.yaml')])
    expect(code).toBe(0)
    expect(out.match(/nothing is wrong/g)).toHaveLength(2)
  })

  test('check says what is wrong and where, and ends with 1', async () => {
    const text = readFileSync(shipped('kcsp-2025.yaml'), 'utf8').replace('atLeast: 4', 'atLeast: four')
    writeFileSync(join(folder, 'kcsp.yaml'), text)
    const { code, err } = await quorate(['terms', 'check', 'kcsp.yaml'])
    expect(code).toBe(1)
    expect(err).toMatch(/^kcsp\.yaml:\d+:3 quorum\.atLeast: expected a whole number of 1 or more, got "four"$/m)
  })

  test('diff says in words what changed; show says every rule', async () => {
    const changed = await quorate(['terms', 'diff', shipped('kcsp-2023.yaml'), shipped('kcsp-2025.yaml')])
    expect(changed.out).toContain('adds Chairs of Local Community Safety Partnerships')
    expect((await quorate(['terms', 'show', shipped('gravesham.yaml')])).out).toContain('quorum: at least 3 core members')
  })

  test('a file that is not there is said so, and no database is made', async () => {
    expect(await quorate(['terms', 'check', 'nothing.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing.yaml cannot be read'),
    })
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })
})
