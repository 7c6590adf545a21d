import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pdf } from './papers.js'

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
  for (const command of ['say', 'inbox', 'demo', 'verify', 'terms', 'roster', 'agenda'])
    expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'))
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

describe('boards', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const termsFile = (name: string) => join(root, 'src', 'boards', 'terms', `${name}.yaml`)
  const ROSTER = join(root, 'docs', 'gravesham-roster.csv')
  const HOW = ['--resolution', 'RESOLVED that the terms be approved']
  const real = { DATABASE_URL: 'file:real.db' }
  const ofGravesham = ['--board', 'Gravesham CSP']

  /** A file of the folder: another one with something in it written otherwise. */
  function written(name: string, from: string, ...otherwise: readonly (readonly [string, string])[]): string {
    const text = otherwise.reduce(
      (changed, [was, is]) => {
        expect(changed).toContain(was)
        return changed.replace(was, is)
      },
      readFileSync(from, 'utf8'),
    )
    writeFileSync(join(folder, name), text)
    return name
  }

  const rows = (sql: string): readonly unknown[] => {
    const database = new Sqlite(join(folder, 'real.db'), { readonly: true })
    try {
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }

  const adopted = async () => {
    expect(await quorate(['terms', 'adopt', termsFile('gravesham'), ...HOW], real)).toMatchObject({ code: 0, err: '' })
  }

  describe('on an empty real database', () => {
    test('terms adopt sets a board up, keeps a draft and records its approval, as the operator', async () => {
      const { code, out, err } = await quorate(['terms', 'adopt', termsFile('gravesham'), ...HOW], real)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('Draft: Gravesham Community Safety Partnership, terms of reference')
      expect(out).toContain('Approved: Gravesham Community Safety Partnership, terms of reference\nIt is in force from ')
      expect(rows('select command, actor from journal order by seq')).toEqual([
        { command: 'boards.set_up', actor: 'operator' },
        { command: 'boards.approve', actor: 'operator' },
      ])
      expect(rows('select state, resolution, by_person_id from terms')).toEqual([
        { state: 'approved', resolution: 'RESOLVED that the terms be approved', by_person_id: null },
      ])
      expect(rows('select person_id as id from office union all select id from person')).toEqual([])
      expect(await quorate(['verify'], real)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Gravesham CSP: 2 entries, the journal holds'),
      })
    })

    test('from a day, which may be past where nothing ruled yet', async () => {
      const past = await quorate(['terms', 'adopt', termsFile('gravesham'), ...HOW, '--from', '2018-04-01'], real)
      expect(past).toMatchObject({ code: 0, out: expect.stringContaining('It is in force from Sunday 1 April 2018, 00:00.') })
      const next = written('next.yaml', termsFile('gravesham'), ['atLeast: 3', 'atLeast: 4'])
      const again = await quorate(['terms', 'adopt', next, ...HOW, '--from', '2018-05-01'], real)
      expect(again).toMatchObject({ code: 1, err: expect.stringContaining('what was decided under them stays so') })
      expect(await quorate(['terms', 'adopt', next, ...HOW, '--from', '2099-01-01'], real)).toMatchObject({
        code: 0,
        out: expect.stringContaining('It takes effect on Thursday 1 January 2099, 00:00.'),
      })
    })

    test('the same text again is refused; a draft stays one', async () => {
      await adopted()
      expect(await quorate(['terms', 'adopt', termsFile('gravesham'), ...HOW], real)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('Send the text that differs.'),
      })
      const next = written('next.yaml', termsFile('gravesham'), ['atLeast: 3', 'atLeast: 4'])
      const draft = await quorate(['terms', 'adopt', next, '--draft'], real)
      expect(draft).toMatchObject({ code: 0, out: expect.stringContaining('quorum: was at least 3 core members') })
      expect(draft.out).not.toContain('Approved')
      expect(rows('select number, state from terms order by number')).toEqual([
        { number: 1, state: 'approved' },
        { number: 2, state: 'draft' },
      ])
    })

    test('what is wrong with a file is said with its line and column, and nothing is kept', async () => {
      const broken = written(
        'broken.yaml',
        termsFile('gravesham'),
        ['atLeast: 3', 'atLeast: three'],
        ['zone: Europe/London', 'zone: Kent'],
      )
      const { code, out, err } = await quorate(['terms', 'adopt', broken, ...HOW], real)
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/^broken\.yaml:\d+:1 zone: expected the name of a time zone, such as Europe\/London$/m)
      expect(err).toMatch(/^broken\.yaml:\d+:3 quorum\.atLeast: expected a whole number of 1 or more, got "three"$/m)
      expect(rows('select id from board')).toEqual([])
    })

    test.each([
      { what: 'how it was approved', given: [], says: 'Say how the terms were approved' },
      { what: 'a day that there is', given: [...HOW, '--from', '2027-02-30'], says: 'There is no day 2027-02-30' },
    ])('asks for $what, and keeps nothing', async ({ given, says }) => {
      const ended = await quorate(['terms', 'adopt', termsFile('gravesham'), ...given], real)
      expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) })
      expect(ended.err).not.toMatch(/at .*\.js/)
      expect(rows('select id from board')).toEqual([])
    })

    test.each([
      { what: 'is not there', file: 'nothing.yaml', says: 'nothing.yaml cannot be read' },
      { what: 'is a folder', file: '.', says: '. cannot be read' },
    ])('a file that $what is said so', async ({ file, says }) => {
      for (const command of [
        ['terms', 'adopt', file, ...HOW],
        ['roster', 'import', file, ...ofGravesham],
      ])
        expect(await quorate(command, real)).toMatchObject({ code: 1, err: expect.stringContaining(says) })
    })

    test('a file too large to be any of ours is not read', async () => {
      writeFileSync(join(folder, 'large.csv'), Buffer.alloc(1024 * 1024 + 1, 'x'))
      expect(await quorate(['roster', 'import', 'large.csv', ...ofGravesham], real)).toMatchObject({
        code: 1,
        err: expect.stringContaining('larger than 1 MB'),
      })
    })

    test('without a board there is no roster and no agenda, and what there is is named', async () => {
      for (const command of [
        ['roster', 'import', ROSTER, '--board', 'KCSP'],
        ['agenda', '--board', 'KCSP'],
      ])
        expect(await quorate(command, real)).toMatchObject({
          code: 1,
          err: expect.stringContaining('There is none yet: quorate terms adopt FILE'),
        })
      await adopted()
      expect(await quorate(['agenda', '--board', 'KCSP'], real)).toMatchObject({
        code: 1,
        err: expect.stringContaining('There are: Gravesham CSP.'),
      })
    })

    test('a subgroup is put under its parent: the operator has both', async () => {
      for (const name of ['kcsp-working-group-2025', 'kcsp-2025', 'dardr-steering-group-2025'])
        expect(await quorate(['terms', 'adopt', termsFile(name), ...HOW], real)).toMatchObject({ code: 0 })
      expect(
        rows(
          'select board.short_name as board, parent.short_name as under from board left join board as parent on parent.id = board.parent_id order by 1',
        ),
      ).toEqual([
        { board: 'DARDR SG', under: 'KCSP' },
        { board: 'KCSP', under: null },
        { board: 'KCSP WG', under: 'KCSP' },
      ])
    })
  })

  describe('a roster', () => {
    test('template prints one to fill in, that can be read', async () => {
      const { code, out } = await quorate(['roster', 'template'])
      expect(code).toBe(0)
      expect(out).toMatch(/^Organisation,Short name,Formerly,.*,From,Last day\r?\n/)
      expect(existsSync(join(folder, 'data'))).toBe(false)
      writeFileSync(join(folder, 'template.csv'), out)
      await adopted()
      expect(await quorate(['roster', 'import', 'template.csv', ...ofGravesham, '--dry-run'], real)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Anyborough Council | Cllr Jane Example | Ravi Sample'),
      })
    })

    test('is only said with --dry-run, is imported without, and changes nothing the second time', async () => {
      await adopted()
      const dry = await quorate(['roster', 'import', ROSTER, ...ofGravesham, '--dry-run'], real)
      expect(dry).toMatchObject({ code: 0, err: '' })
      expect(dry.out).toContain('The board has no roster yet. This would be it.')
      expect(rows('select id from seat union all select id from roster_file')).toEqual([])
      const done = await quorate(['roster', 'import', ROSTER, ...ofGravesham], real)
      expect(done).toMatchObject({ code: 0, err: '' })
      expect(done.out).toContain('The board has its roster.')
      expect(done.out).toContain('Kent County Council, jointly | Harriet Boyle; Simon Vance')
      expect(rows('select count(*) as seats from seat')).toEqual([{ seats: 11 }])
      expect(rows('select name, state, by_person_id from roster_file')).toEqual([
        { name: 'gravesham-roster.csv', state: 'imported', by_person_id: null },
      ])
      const again = await quorate(['roster', 'import', ROSTER, ...ofGravesham], real)
      expect(again).toMatchObject({ code: 0, out: expect.stringContaining('The roster stands as it was.') })
      expect((await quorate(['roster', 'import', ROSTER, ...ofGravesham, '--dry-run'], real)).out).toContain(
        'It says what the roster says already.',
      )
      expect(rows('select distinct actor from journal')).toEqual([{ actor: 'operator' }])
      expect(await quorate(['verify'], real)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Gravesham CSP: 6 entries, the journal holds'),
      })
    })

    test('that says otherwise is said line by line', async () => {
      await adopted()
      await quorate(['roster', 'import', ROSTER, ...ofGravesham], real)
      const otherwise = written('next.csv', ROSTER, ['Assistant Chief Constable', 'Chief Constable'])
      const { code, out } = await quorate(['roster', 'import', otherwise, ...ofGravesham], real)
      expect(code).toBe(0)
      expect(out).toContain('1 change.\n- Daniel Okafor is of Kent Police: Chief Constable.')
    })

    test('with faults is refused with their rows and columns, and nothing changes', async () => {
      await adopted()
      const wrong = written(
        'wrong.csv',
        ROSTER,
        ['invited,representative,Elliot', 'invited,boss,Elliot'],
        [',,,,31/03/2027', ',,,,31/02/2027'],
      )
      for (const dry of [[], ['--dry-run']]) {
        const ended = await quorate(['roster', 'import', wrong, ...ofGravesham, ...dry], real)
        expect(ended).toMatchObject({ code: 1, out: '' })
        expect(ended.err).toContain(
          'The roster has 2 faults, and nothing was changed:\nrow 14, Last day: there is no 31 February 2027',
        )
        expect(ended.err).toContain('\nrow 20, Role: expected one of')
      }
      expect(rows('select id from seat union all select id from roster_file union all select id from person')).toEqual([])
    })

    test('needs a board by name, and one that has terms', async () => {
      expect(await quorate(['roster', 'import', ROSTER], real)).toMatchObject({
        code: 1,
        err: expect.stringContaining("required option '--board <short name>' not specified"),
      })
      await quorate(['terms', 'adopt', termsFile('gravesham'), '--draft'], real)
      expect(await quorate(['roster', 'import', ROSTER, ...ofGravesham], real)).toMatchObject({
        code: 1,
        err: expect.stringContaining('This board has no approved terms of reference yet'),
      })
    })
  })

  test('a fault ends with 2, and says a number and no more', async () => {
    await adopted()
    const database = new Sqlite(join(folder, 'real.db'))
    database.exec('alter table post rename to gone')
    database.close()
    for (const command of [
      ['roster', 'import', ROSTER, ...ofGravesham],
      ['roster', 'import', ROSTER, ...ofGravesham, '--dry-run'],
    ]) {
      const ended = await quorate(command, real)
      expect(ended.code).toBe(2)
      expect(ended.err).toMatch(/give your clerk this number: [0-9a-f-]{36}/)
      expect(ended.out).toBe('')
    }
  })

  describe('on the demonstration', () => {
    const GRACE = CLERK

    test('the operator sets another board up beside it, and its people speak', async () => {
      await say(POLICE, 'help')
      expect(await quorate(['terms', 'adopt', termsFile('gravesham'), ...HOW])).toMatchObject({ code: 0 })
      expect(await quorate(['roster', 'import', ROSTER, ...ofGravesham])).toMatchObject({ code: 0 })
      expect((await say('philippa.stroud@example.org', 'roster')).out).toContain(
        'The roster of the Gravesham Community Safety Partnership',
      )
      expect((await say(GRACE, 'roster')).out).toContain('Which do you mean?')
      expect((await quorate(['inbox', '--as', GRACE, '--in', 'gravesham-csp'])).code).toBe(0)
      expect(await quorate(['verify'])).toMatchObject({
        code: 0,
        out: expect.stringMatching(/Gravesham CSP: 4 entries[\s\S]*KCSP: 1 entry/),
      })
    })

    test('say --file sends terms and a roster along; say --save keeps the agenda as a page', async () => {
      const sent = await quorate(['say', '--as', GRACE, '--file', termsFile('gravesham'), 'set up a board'])
      expect(sent).toMatchObject({ code: 0, out: expect.stringContaining('Draft: Gravesham Community Safety Partnership') })
      const approved = await say(GRACE, 'approve the terms for Gravesham: RESOLVED that the terms be approved')
      expect(approved).toMatchObject({ code: 0, out: expect.stringContaining('Approved: Gravesham') })
      const read = await quorate(['say', '--as', GRACE, '--file', ROSTER, 'read this roster for Gravesham CSP'])
      expect(read).toMatchObject({ code: 0, out: expect.stringContaining('The board has no roster yet. This would be it.') })
      expect(await say(GRACE, 'import the roster of Gravesham')).toMatchObject({
        code: 0,
        out: expect.stringContaining('The board has its roster.'),
      })
      const saved = await quorate(['say', '--as', GRACE, '--save', 'agenda.html', 'print the agenda'])
      expect(saved).toMatchObject({ code: 0, out: expect.stringContaining('AGENDA') })
      expect(readFileSync(join(folder, 'agenda.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    })

    test('say --file of a file that is not there is said so', async () => {
      expect(await quorate(['say', '--as', GRACE, '--file', 'nothing.csv', 'read this roster'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('nothing.csv cannot be read'),
      })
    })

    test('what is answered with a card saves nothing', async () => {
      expect(await quorate(['say', '--as', GRACE, '--save', 'card.html', 'help'])).toMatchObject({ code: 0 })
      expect(existsSync(join(folder, 'card.html'))).toBe(false)
    })

    test('agenda prints the front sheet of the next meeting, or of the one on a day; as text or as a page', async () => {
      const then = { QUORATE_NOW: '2025-07-14T09:55' }
      const next = await quorate(['agenda', '--board', 'KCSP'], then)
      expect(next).toMatchObject({ code: 0, err: '' })
      expect(next.out).toContain('AGENDA')
      expect(next.out).toContain('Wednesday, 6th August, 2025')
      expect((await quorate(['agenda', '--board', 'KCSP', '--on', '2025-08-06'], then)).out).toBe(next.out)
      expect((await quorate(['agenda', '--board', 'Kent Community Safety Partnership', '--html'], then)).out).toMatch(
        /^<!doctype html>/i,
      )
      expect(await quorate(['agenda', '--board', 'KCSP', '--on', '2025-08-07'], then)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('does not meet on 2025-08-07'),
      })
    })

    describe('attendance prints who was represented over a year', () => {
      const of2025 = ['attendance', '--board', 'KCSP', '--year', '2025']

      beforeEach(async () => {
        await quorate(['agenda', '--board', 'KCSP'], { QUORATE_NOW: '2025-07-14T09:55' })
        const db = new Sqlite(join(folder, 'data/demo.db'))
        const said = db.prepare('insert into sitting (meeting_id, seq, act, at) select id, ?, ?, starts_at from meeting')
        said.run(1, 'opened')
        said.run(2, 'closed')
        db.close()
      })

      test('as text, and as its files to the byte', async () => {
        const text = await quorate(of2025)
        expect(text).toMatchObject({ code: 0, err: '', out: expect.stringContaining('\nKent Police | absent | 0 of 1\n') })
        const csv = await quorate([...of2025, '--csv'])
        expect(csv.out).toMatch(/^\uFEFFOrganisation,Part,6 August 2025,Represented,Meetings\r\n/)
        expect(csv.out.endsWith('\r\n')).toBe(true)
        expect((await quorate([...of2025, '--svg'])).out).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
        const kept = await quorate([...of2025, '--png', '--out', 'a.png'])
        expect(kept).toMatchObject({ code: 0, out: 'a.png is written.\n' })
        expect(readFileSync(join(folder, 'a.png')).subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
      })

      test('to say, it says in words what files there are', async () => {
        const answered = await quorate(['say', '--as', GRACE, '--save', 'year.html', 'attendance for 2025'])
        expect(answered.out).toContain('attendance-kcsp-2025.csv, attendance-kcsp-2025.svg, attendance-kcsp-2025.png')
        expect(answered.out).toContain('--save keeps the page alone')
        expect(readFileSync(join(folder, 'year.html'), 'utf8')).toMatch(/^<!doctype html>/i)
      })

      test.each([
        {
          what: 'a year without a meeting',
          given: ['attendance', '--board', 'KCSP', '--year', '2024'],
          says: 'No meeting of KCSP in 2024',
        },
        { what: 'no year', given: ['attendance', '--board', 'KCSP', '--year', 'last'], says: 'Say the year in four digits' },
        { what: 'no board of ours', given: ['attendance', '--board', 'X', '--year', '2025'], says: 'There are: KCSP.' },
        { what: 'two files at a time', given: [...of2025, '--csv', '--png'], says: 'one of --csv, --svg and --png' },
        {
          what: 'a file that cannot be written',
          given: [...of2025, '--csv', '--out', 'no/such/a.csv'],
          says: 'no/such/a.csv cannot be written (ENOENT)',
        },
      ])('$what is refused', async ({ given, says }) => {
        expect(await quorate(given)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) })
      })
    })

    test('decisions looks in the register, and exports it', async () => {
      const now = { QUORATE_NOW: '2026-11-22T10:00' }
      await say(GRACE, 'who is coming', now)
      const at = (hour: string) => ({ QUORATE_NOW: `2026-12-16T${hour}` })
      await say(GRACE, 'open the meeting', at('10:00'))
      for (const who of ['margaret.ashdown', 'aisha.rahman', 'simon.kerr', 'daniel.okafor'])
        await say(`${who}@example.org`, "I'm here", at('10:01'))
      await say('margaret.ashdown@example.org', 'resolved C1: note the dates, and meet in May', at('10:02'))
      const resolved = 'RESOLVED that the Kent Community Safety Partnership note the dates, and meet in May.'
      const all = await quorate(['decisions', '--board', 'KCSP'])
      expect(all).toMatchObject({ code: 0, err: '', out: expect.stringContaining(resolved) })
      expect((await quorate(['decisions', 'meet', 'may', '--board', 'KCSP', '--on', '2026-12-16'])).out).toContain(resolved)
      expect((await quorate(['decisions', 'june', '--board', 'KCSP'])).out).toContain('None of the entries that you may see')
      const csv = await quorate(['decisions', 'export', '--board', 'KCSP'])
      expect(csv.out).toContain(`"${resolved}"`)
      const kept = await quorate(['decisions', 'export', '--board', 'KCSP', '--json', '--out', 'kcsp.json'])
      expect(kept).toMatchObject({ code: 0, out: 'kcsp.json is written.\n' })
      expect(JSON.parse(readFileSync(join(folder, 'kcsp.json'), 'utf8'))).toMatchObject([
        { number: '1', board: 'KCSP', words: resolved, how: 'consensus', account: { presiding: { as: 'Chair' } } },
      ])
      for (const [given, says] of [
        [['decisions'], 'Name the board'],
        [['decisions', 'export', '--board', 'KCSP', '--csv', '--json'], 'one of --csv and --json'],
        [['decisions', '--board', 'X'], 'There are: KCSP.'],
      ] as const)
        expect(await quorate([...given])).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) })
    })

    test('calendar prints the meetings of a board for calendar programs', async () => {
      const printed = await quorate(['calendar', '--board', 'KCSP'], { QUORATE_NOW: '2025-07-14T09:55' })
      expect(printed).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/),
      })
      expect(printed.out).toContain('DTSTART;TZID=Europe/London:20250806T100000\r\n')
      const kept = await quorate(['calendar', '--board', 'KCSP', '--out', 'kcsp.ics'])
      expect(kept).toMatchObject({ code: 0, out: 'kcsp.ics is written.\n' })
      expect(readFileSync(join(folder, 'kcsp.ics'), 'utf8')).toBe(printed.out)
      expect(await quorate(['calendar', '--board', 'X'])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('There are: KCSP.'),
      })
    })

    describe('papers and reminders', () => {
      const BEGIN = { QUORATE_NOW: '2026-11-23T09:00' }
      const paper = (...options: readonly string[]) => quorate(['paper', 'add', ...options, '--board', 'KCSP'])

      beforeEach(async () => {
        await say(GRACE, 'propose an item: Grant', BEGIN)
        await say(GRACE, 'place P1 in B')
        writeFileSync(join(folder, 'grant.pdf'), pdf('Grant'))
      })

      test('a paper is sent out of a file, with its author, marking and recommendations', async () => {
        const about = ['--author', 'Daniel Okafor', '--marking', 'OFFICIAL', '--recommend', 'agree the grant', 'note the risk']
        const sent = await paper('grant.pdf', '--item', 'B1', ...about)
        expect(sent).toMatchObject({ code: 0, err: '' })
        expect(sent.out).toContain('Version 1 is in.')
        expect(sent.out).toContain('Author: Daniel Okafor, Assistant Chief Constable, Kent Police')
        expect(sent.out).toContain('- (a) agree the grant\n- (b) note the risk')
        const shown = await say(GRACE, 'papers')
        expect(shown.out).toContain('|  | OFFICIAL | in, version 1')
      })

      test.each([
        { what: 'an item that there is not', options: ['grant.pdf', '--item', 'B9'], says: 'There is no item B9' },
        { what: 'a file that is not there', options: ['none.pdf', '--item', 'B1'], says: 'none.pdf cannot be read' },
        { what: 'a folder', options: ['.', '--item', 'B1'], says: '. cannot be read' },
        {
          what: 'a marking that there is not',
          options: ['grant.pdf', '--item', 'B1', '--marking', 'X'],
          says: 'Choose a marking',
        },
        { what: 'a day without a meeting', options: ['grant.pdf', '--item', 'B1', '--on', '2026-12-01'], says: 'does not meet' },
        { what: 'a program', options: ['program.pdf', '--item', 'B1'], says: 'it ends in .pdf and is not a PDF' },
      ])('$what is refused, and nothing is kept', async ({ options, says }) => {
        writeFileSync(join(folder, 'program.pdf'), Buffer.from('MZ\u0090\u0000'))
        expect(await paper(...options)).toMatchObject({ code: 1, err: expect.stringContaining(says) })
        expect((await say(GRACE, 'paper B1')).out).toContain('Paper: not in yet')
      })

      test('reminders says what will be sent when, and to how many, before it happens', async () => {
        const until = (day: string) => quorate(['reminders', '--board', 'KCSP', '--until', day])
        const told = await until('2026-12-31')
        expect(told).toMatchObject({ code: 0, err: '' })
        expect(told.out.split('\n')[0]).toBe(
          'Tuesday 24 November 2026, 09:00  Papers that are not in; to their authors  (1 person)',
        )
        expect(told.out).toContain('Wednesday 16 December 2026, 09:45  The meeting to open; to the clerk  (1 person)')
        expect(told.out).toContain('Tuesday 29 December 2026, 09:00  Notes to draft; to the clerk  (1 person)')
        expect((await until('2026-12-01')).out.trim().split('\n')).toHaveLength(2)
        expect((await until('2026-11-23')).out).toBe('No reminder of KCSP is planned up to Monday 23 November 2026.\n')
        for (const [day, says] of [
          ['2026-11-01', 'has passed. Name a day to come.'],
          ['2026-02-30', 'There is no day 2026-02-30'],
        ] as const)
          expect(await until(day)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) })
      })
    })

    test('new terms of its board are adopted, and rule from their instant', async () => {
      await say(POLICE, 'help')
      const next = written('next.yaml', termsFile('kcsp-2025'), ['atLeast: 4', 'atLeast: 5'])
      expect(await quorate(['terms', 'adopt', next, ...HOW])).toMatchObject({ code: 0 })
      expect((await say(GRACE, 'who is coming')).out).toContain('3 of the 5 responsible authorities needed')
    })
  })

  test.each([
    { command: ['terms'], names: ['check ', 'show ', 'diff ', 'schema', 'adopt '] },
    { command: ['roster'], names: ['template', 'import '] },
    { command: ['terms', 'adopt'], names: ['--resolution', '--from', '--draft'] },
    { command: ['roster', 'import'], names: ['--board', '--dry-run'] },
    { command: ['agenda'], names: ['--board', '--on', '--html'] },
    { command: ['attendance'], names: ['--board', '--year', '--csv', '--svg', '--png', '--out'] },
    { command: ['calendar'], names: ['--board', '--out'] },
    { command: ['decisions'], names: ['--board', '--on'] },
    { command: ['decisions', 'export'], names: ['--board', '--csv', '--json', '--restricted', '--out'] },
    { command: ['paper', 'add'], names: ['--board', '--item', '--on', '--marking', '--author', '--recommend'] },
    { command: ['reminders'], names: ['--board', '--until'] },
    { command: ['say'], names: ['--as', '--in', '--file', '--save'] },
  ])('the help of $command names what it takes', async ({ command, names }) => {
    const { out } = await quorate([...command, '--help'])
    for (const name of names) expect(out).toMatch(new RegExp(`^ {2}${name}`, 'm'))
  })
})
