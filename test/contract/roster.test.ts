import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seatsOn } from '../../src/boards/store.js'
import { type Bot, bot } from '../../src/bot.js'
import { verifyChain } from '../../src/db/journal.js'
import { migrate } from '../../src/db/migrate.js'
import { fillDemonstration } from '../../src/demonstration/fill.js'
import { features } from '../../src/features.js'
import { newId } from '../../src/kernel/ids.js'
import { base64, CLERK, cardOf, POLICE, rosterFile, termsText } from '../boards/county.js'
import { BEGIN, inbound, standingClock, textOf } from '../house.js'
import { type Bare, barePostgres, bareSqlite } from './both.js'

const GRAVESHAM = rosterFile('gravesham').toString()

describe.each([
  { database: 'SQLite', open: bareSqlite },
  { database: 'PostgreSQL', open: barePostgres },
])('the same roster on $database', ({ open }) => {
  let opened: Bare
  let quorate: Bot
  let board: string
  const clock = standingClock(BEGIN)

  const press = (command: string, subject: string, values: Record<string, string> = {}, who = CLERK) =>
    quorate.answer(inbound(who, { press: { command, subject, values } }))

  const lastOf = async (table: 'terms' | 'roster_file') => {
    const rows = await opened.db.selectFrom(table).select(['id', 'state']).where('board_id', '=', board).execute()
    const waiting = rows.find(({ state }) => state === (table === 'terms' ? 'draft' : 'read'))
    if (!waiting) throw new Error('nothing waits')
    return waiting.id
  }

  /** Reads a roster and imports it. @returns what it changed */
  async function imported(csv: string): Promise<readonly string[]> {
    cardOf(await press('boards.read_roster', board, { file: base64(csv) }))
    const said = cardOf(await press('boards.import_roster', await lastOf('roster_file')))
    return (said.split('\nTO LOOK AT')[0] ?? '').split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []))
  }

  const appoint = (to: object, name: string, more: Record<string, string> = {}) =>
    press('boards.appoint', board, { to: JSON.stringify(to), name, ...more })

  const police = { as: 'representative', organisation: 'Kent Police', seat: 'Member' }

  const representativeOf = async (organisation: string, day: string) =>
    (await seatsOn(opened.db, board, day))
      .filter((seat) => seat.organisation.name === organisation)
      .map(({ representative }) => representative?.name ?? 'vacant')

  beforeEach(async () => {
    clock.set(BEGIN)
    opened = await open()
    const { db, writer } = opened
    await migrate(db)
    await writer.write((tx) => fillDemonstration(tx, clock.now(), 0))
    const faults = (_: unknown, error: unknown) => {
      if (error !== undefined) throw error
    }
    quorate = bot({
      publicUrl: null,
      reading: db,
      writer,
      boardClock: clock,
      systemClock: clock,
      features,
      log: faults,
      committed: () => undefined,
    })
    board = newId()
    cardOf(await press('boards.set_up', board, { file: base64(termsText('gravesham')) }))
    cardOf(await press('boards.approve', await lastOf('terms'), { resolution: 'RESOLVED that the terms be approved' }))
    expect(await imported(GRAVESHAM)).toEqual([])
  })
  afterEach(() => opened.close())

  test('imported: who is on it, once for each joint holder; again, it changes nothing', async () => {
    const roster = cardOf(await press('boards.roster', board))
    expect(roster).toContain(
      'NHS Kent and Medway Integrated Care Board | April Stone, until 31 March 2027; Yusuf Demir, from 1 April 2027 | –',
    )
    expect(roster).toContain('Kent County Council, jointly | Harriet Boyle; Simon Vance | –')
    expect(await representativeOf('Kent County Council', '2026-11-22')).toEqual(['Harriet Boyle', 'Simon Vance'])
    expect(await imported(GRAVESHAM)).toEqual([])
    const people = await opened.db.selectFrom('person').select('id').where('email', '=', 'daniel.okafor@example.org').execute()
    expect(people).toHaveLength(1)
    expect(await verifyChain(opened.db, board)).toMatchObject({ entries: 6, faults: [] })
  })

  test('changed: it says what, keeps what was, and takes it back', async () => {
    clock.set('2026-12-01T09:00:00Z')
    const otherwise = GRAVESHAM.replace('Victim Support,,,,,invited', 'Victim Support,,,,,required').replace(
      'Mark Dunn',
      'Marcus Dunn',
    )
    expect(await imported(otherwise)).toEqual([
      'Mark Dunn is called Marcus Dunn.',
      'The seat of Victim Support is new: required to attend.',
      'Elliot Grange represents Victim Support no longer, from 1 December 2026.',
      'Elliot Grange represents Victim Support from 1 December 2026.',
      'The seat of Victim Support is there no longer, from 1 December 2026.',
    ])
    expect(await representativeOf('Victim Support', '2026-11-30')).toEqual(['Elliot Grange'])
    clock.set('2026-12-08T09:00:00Z')
    expect(await imported(GRAVESHAM)).toHaveLength(5)
    expect(await representativeOf('Victim Support', '2026-12-08')).toEqual(['Elliot Grange'])
    expect(await imported(GRAVESHAM)).toEqual([])
  })

  test('a fault anywhere leaves every table as it was', async () => {
    const count = async () => {
      const tables = ['person', 'seat', 'holding', 'office', 'post', 'organisation', 'roster_file', 'journal'] as const
      return Promise.all(tables.map(async (table) => (await opened.db.selectFrom(table).selectAll().execute()).length))
    }
    const before = await count()
    const wrong = await press('boards.read_roster', board, {
      file: base64(GRAVESHAM.replace('invited,representative,Elliot', 'invited,boss,Elliot')),
    })
    expect(wrong).toMatchObject({ refusal: { code: 'invalid', fields: { file: expect.stringContaining('row 20, Role') } } })
    expect(await count()).toEqual(before)
  })

  test('an appointment follows, is taken back, and begins again on days that were over', async () => {
    cardOf(await appoint(police, 'Ann Lee', { email: 'ann.lee@example.org', from: '2027-01-01' }))
    expect(await representativeOf('Kent Police', '2026-12-31')).toEqual([POLICE])
    expect(await representativeOf('Kent Police', '2027-01-01')).toEqual(['Ann Lee'])
    // Taken back before it began, and given again.
    const part = JSON.stringify({ person: 'ann.lee@example.org', of: police })
    cardOf(await press('boards.end', board, { part }))
    expect(cardOf(await press('boards.roster', board))).not.toContain('Ann Lee')
    cardOf(await appoint(police, 'Ann Lee', { from: '2027-01-01' }))
    expect(await representativeOf('Kent Police', '2027-01-01')).toEqual(['Ann Lee'])
    // Who was, comes back, and the file says that they never went.
    clock.set('2027-02-01T09:00:00Z')
    cardOf(await appoint(police, POLICE))
    expect(await representativeOf('Kent Police', '2027-01-31')).toEqual(['Ann Lee'])
    const since = GRAVESHAM.replace(
      'daniel.okafor@example.org,01632 960111,,,,,',
      'daniel.okafor@example.org,01632 960111,,,,22/11/2026,',
    )
    clock.set('2027-02-02T09:00:00Z')
    await imported(since)
    expect(await imported(since)).toEqual([])
    expect(await representativeOf('Kent Police', '2027-02-02')).toEqual([POLICE])
  })

  test('people without an address are told apart by name, and come back as themselves', async () => {
    const nameless = `${GRAVESHAM.trimEnd()}\nKent Police,,,,,,colleague,Zoë Hart,,,,,,,,\n`
    for (const [day, csv] of [
      ['2026-12-01', nameless],
      ['2026-12-02', GRAVESHAM],
      ['2026-12-03', nameless],
    ] as const) {
      clock.set(`${day}T09:00:00Z`)
      await imported(csv)
    }
    cardOf(await appoint({ ...police, as: 'deputy' }, 'zoë hart'))
    const people = await opened.db.selectFrom('person').select('email').where('name', '=', 'Zoë Hart').execute()
    expect(people).toEqual([{ email: null }])
    expect(cardOf(await press('boards.roster', board))).toContain('Kent Police | Daniel Okafor | Ruth Hale; Zoë Hart')
  })

  test('an address in another case is the same person', async () => {
    expect(await imported(GRAVESHAM.replaceAll('daniel.okafor@example.org', 'Daniel.OKAFOR@example.org'))).toEqual([])
  })

  test('an office is refused with its clause, and passes on', async () => {
    const vice = { as: 'office', office: 'vice-chair', acting: false }
    const refused = await appoint(vice, 'Joseph Brand')
    expect(refused).toMatchObject({ refusal: { code: 'not_permitted' } })
    expect(textOf(refused)).toContain('(clause 5, Chairmanship: "')
    cardOf(await appoint(vice, 'Leon Carter', { from: '2026-12-01' }))
    expect(cardOf(await press('boards.roster', board))).toContain('Vice-chair: Leon Carter, from 1 December 2026')
  })
})
