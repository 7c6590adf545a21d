import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seatsOn } from '../../../src/boards/store.js'
import type { Answer } from '../../../src/bot.js'
import { newId } from '../../../src/kernel/ids.js'
import { inbound, openTestHouse, type TestHouse, textOf } from '../../house.js'
import { base64, CHAIR, CLERK, type County, cardOf, countyOf, POLICE, rosterFile, type Shipped, termsText } from '../county.js'

const COLLEAGUE = 'Ruth Hale'
/** The demonstration's own roster: what the KCSP has. */
const KCSP = readFileSync(new URL('../../../src/demonstration/kcsp.csv', import.meta.url), 'utf8').replaceAll('\r\n', '\n')
const GRAVESHAM = rosterFile('gravesham').toString()

let house: TestHouse
let county: County
let kcsp: string
beforeEach(async () => {
  house = await openTestHouse()
  county = countyOf(house)
  kcsp = await county.boardCalled('KCSP')
  await house.outbox.drain()
  house.sent.length = 0
  house.clock.forward({ seconds: 2 })
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

/** A file with something in it written otherwise. */
function but(file: string, ...otherwise: readonly (readonly [written: string, instead: string])[]): Buffer {
  return Buffer.from(
    otherwise.reduce((changed, [written, instead]) => {
      expect(changed).toContain(written)
      return changed.replace(written, instead)
    }, file),
  )
}

const and = (file: string, ...rows: readonly string[]): Buffer => Buffer.from(`${file.trimEnd()}\n${rows.join('\n')}\n`)

/** The list of a card: what a file would change, or has changed. */
const listed = (card: string): readonly string[] =>
  card
    .split('\nTO LOOK AT')[0]
    ?.split('\n')
    .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : [])) ?? []

/** Nothing changed, and the answer is a refusal of this kind. @returns its sentence */
async function refused(code: string, ask: () => Promise<Answer>): Promise<string> {
  const before = await county.dump()
  const answer = await ask()
  expect(answer, textOf(answer)).toMatchObject({ kind: 'refusal', refusal: { code } })
  expect(await county.dump()).toEqual(before)
  return answer.kind === 'refusal' ? answer.refusal.sentence : ''
}

const gravesham = async (): Promise<string> => {
  const board = await county.found(CLERK, termsText('gravesham'))
  await county.importRoster(CLERK, board, rosterFile('gravesham'))
  return board
}

const representatives = async (board: string, day: string): Promise<readonly string[]> =>
  (await seatsOn(house.handles.reading, board, day)).map(
    ({ organisation, representative }) => `${organisation.shortName}: ${representative?.name ?? 'vacant'}`,
  )

const officers = async (board: string, day: string): Promise<readonly string[]> => {
  const rows = await house.handles.reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('board_id', '=', board)
    .where('from_day', '<=', day)
    .where((row) => row.or([row('until_day', 'is', null), row('until_day', '>', day)]))
    .select(['office', 'acting', 'person.name'])
    .orderBy('office')
    .orderBy('person.name')
    .execute()
  return rows.map(({ office, acting, name }) => `${acting ? 'acting ' : ''}${office}: ${name}`)
}

const appoint = (to: object, name: string, more: Readonly<Record<string, string>> = {}, who = CLERK, board = kcsp) =>
  house.press(who, { command: 'boards.appoint', subject: board, values: { to: JSON.stringify(to), name, ...more } })

const seatOf = (organisation: string, as = 'representative', seat = 'Member') => ({ as, organisation, seat })

const coming = async () => textOf(await house.press(CLERK, { command: 'apologies.coming', subject: await house.meeting() }))

const answer = async (who: string, command: 'attend' | 'send' | 'name_substitute', values: Record<string, string> = {}) =>
  house.press(who, { command: `apologies.${command}`, subject: await house.meeting(), values })

describe('the first roster of a board', () => {
  const beside = (name: Shipped): string =>
    name.startsWith('kcsp-20')
      ? termsText(
          name,
          ['shortName: KCSP', 'shortName: Medway CSP'],
          ['board: Kent Community Safety Partnership', 'board: Medway Community Safety Partnership'],
        )
      : termsText(name)

  test.each<{ name: Shipped; says: readonly string[]; counts: Record<string, number> }>([
    {
      name: 'gravesham',
      says: [
        'Kent County Council, jointly | Harriet Boyle; Simon Vance',
        'April Stone, until 31 March 2027; Yusuf Demir, from 1 April 2027',
      ],
      counts: { seat: 11, holding: 15, assistant: 1, in_attendance: 1, group_member: 3 },
    },
    {
      name: 'kcsp-2023',
      says: ['The Probation Service | vacant | –', 'Vice-chair: Aisha Rahman'],
      counts: { seat: 8, holding: 8, assistant: 1, in_attendance: 1, group_member: 0 },
    },
    {
      name: 'kcsp-2025',
      says: ['Kent Police, jointly | Daniel Okafor; Tariq Aziz', 'June Whitfield, until 31 March 2027'],
      counts: { seat: 9, holding: 11, assistant: 0, in_attendance: 1, group_member: 0 },
    },
    {
      name: 'kcsp-working-group-2025',
      says: ['Chair (acting): Ruth Hale', 'Violence Reduction Unit | Carol Finch'],
      counts: { seat: 8, holding: 7, assistant: 0, in_attendance: 1, group_member: 0 },
    },
    {
      name: 'dardr-steering-group-2025',
      says: ['NHS Kent and Medway Integrated Care Board (Children) | Sunita Rao', 'Assistants: Marcus Webb for Bethan Cole'],
      counts: { seat: 5, holding: 5, assistant: 1, in_attendance: 1, group_member: 0 },
    },
  ])('$name: it is shown as it would be, and then it is so; the same again changes nothing', async ({ name, says, counts }) => {
    const before = await county.counts()
    const board = await county.found(CLERK, beside(name))
    const read = cardOf(await county.read(CLERK, board, rosterFile(name)))
    expect(read).toContain('The board has no roster yet. This would be it.')
    for (const said of says) expect(read).toContain(said)
    expect((await county.counts()).seat).toBe(before.seat)
    const done = cardOf(await house.press(CLERK, { command: 'boards.import_roster', subject: await county.waiting(board) }))
    expect(done).toContain('The board has its roster.')
    for (const said of says) expect(done).toContain(said)
    const after = await county.counts()
    for (const [table, more] of Object.entries(counts)) expect((after[table] ?? 0) - (before[table] ?? 0), table).toBe(more)
    const clerk = name === 'gravesham' || name.startsWith('kcsp-20') ? CLERK : 'Kim Pattern'
    const [stands, again] = [await county.dump(), await county.read(clerk, board, rosterFile(name))]
    expect(cardOf(again)).toContain('It says what the roster says already.')
    cardOf(await house.press(clerk, { command: 'boards.import_roster', subject: await county.waiting(board) }))
    const { roster_file, journal, journal_payload, notice, ...rest } = await county.dump()
    expect(stands).toMatchObject(rest)
  })

  test('of the clerk who set it up, if it names another, is the last thing that they do', async () => {
    const board = await county.found(CLERK, termsText('kcsp-working-group-2025'))
    await county.importRoster(CLERK, board, rosterFile('kcsp-working-group-2025'))
    expect(await officers(board, '2026-11-22')).toEqual([
      'acting chair: Ruth Hale',
      'clerk: Kim Pattern',
      'vice-chair: Jim Lucas',
    ])
    expect(await county.read(CLERK, board, rosterFile('kcsp-working-group-2025'))).toMatchObject({ kind: 'refusal' })
  })

  test('needs terms by which it is judged', async () => {
    const board = newId()
    await county.setUp(CLERK, termsText('gravesham'), board)
    expect(await refused('conflict', () => county.read(CLERK, board, rosterFile('gravesham')))).toContain(
      'Record their approval first.',
    )
  })
})

describe('a roster that says otherwise', () => {
  const changed = but(
    GRAVESHAM,
    [
      'Ruth Hale,Chief Superintendent,ruth.hale@example.org,01632 960112',
      'Bethan Cole,Inspector (Gravesend),bethan.cole@example.org,01632 960113',
    ],
    ['Kent Police,,,,,,colleague,Bethan Cole,Inspector (Gravesend),bethan.cole@example.org,01632 960113,,,,,\n', ''],
    ['KFRS,,,,member,representative,Mark Dunn', 'Fire,,,,member,representative,Keira Nolan'],
    ['Group Manager,mark.dunn@example.org,01632 960121', 'Group Manager,keira.nolan@example.org,01632 960122'],
    ['Kent Fire and Rescue Service,,,,,,deputy,Keira Nolan,Station Manager,keira.nolan@example.org,01632 960122,,,,,\n', ''],
    ['British Transport Police,BTP,,,,invited,vacant,,,,,,,,,\n', ''],
    ['Victim Support,,,,,invited', 'Victim Support,,,,,required'],
    [',,,,31/03/2027', ',,,,30/04/2027'],
    [',01/04/2027,', ',01/05/2027,'],
  )

  test('says exactly what it changes, changes exactly that, and keeps what was', async () => {
    const board = await gravesham()
    house.clock.set('2026-12-01T09:00:00Z')
    const says = [
      'Kent Fire and Rescue Service is called Fire in short, no longer KFRS.',
      'The seat of Victim Support is new: required to attend.',
      'Keira Nolan is of Kent Fire and Rescue Service: Group Manager.',
      'Elliot Grange represents Victim Support no longer, from 1 December 2026.',
      'Mark Dunn represents Kent Fire and Rescue Service no longer, from 1 December 2026.',
      'Keira Nolan is deputy for Kent Fire and Rescue Service no longer, from 1 December 2026.',
      'Ruth Hale is deputy for Kent Police no longer, from 1 December 2026.',
      'Mark Dunn is vice-chair no longer, from 1 December 2026.',
      'April Stone represents NHS Kent and Medway Integrated Care Board from 22 November 2026 until 30 April 2027; the roster had from 22 November 2026 until 31 March 2027.',
      'Yusuf Demir represents NHS Kent and Medway Integrated Care Board from 1 May 2027, until further notice; the roster had from 1 April 2027, until further notice.',
      'Keira Nolan represents Kent Fire and Rescue Service from 1 December 2026.',
      'Elliot Grange represents Victim Support from 1 December 2026.',
      'Bethan Cole is deputy for Kent Police from 1 December 2026.',
      'Keira Nolan is vice-chair from 1 December 2026.',
      'Mark Dunn is of Kent Fire and Rescue Service no longer, from 1 December 2026.',
      'Ruth Hale is of Kent Police no longer, from 1 December 2026.',
      'The seat of British Transport Police is there no longer, from 1 December 2026.',
      'The seat of Victim Support is there no longer, from 1 December 2026.',
    ]
    const read = cardOf(await county.read(CLERK, board, changed))
    expect(read).toContain(`${says.length} changes, none made yet.`)
    expect([...listed(read)].sort()).toEqual([...says].sort())
    const done = cardOf(await house.press(CLERK, { command: 'boards.import_roster', subject: await county.waiting(board) }))
    expect([...listed(done)].sort()).toEqual([...says].sort())
    expect(await representatives(board, '2026-11-30')).toContain('Fire: Mark Dunn')
    expect(await representatives(board, '2026-11-30')).toContain('BTP: vacant')
    expect(await representatives(board, '2026-12-01')).toContain('Fire: Keira Nolan')
    expect(await representatives(board, '2026-12-01')).not.toContain('BTP: vacant')
    expect(await officers(board, '2026-11-30')).toContain('vice-chair: Mark Dunn')
    expect(await officers(board, '2026-12-01')).toContain('vice-chair: Keira Nolan')
    expect(await representatives(board, '2027-04-30')).toContain('NHS: April Stone')
    expect(await representatives(board, '2027-05-01')).toContain('NHS: Yusuf Demir')
    expect(listed(cardOf(await county.read(CLERK, board, changed)))).toEqual([])
  })

  test('is only said, and nothing kept, where it is checked', async () => {
    const board = await gravesham()
    const before = await county.dump()
    const checked = await house.press(CLERK, {
      command: 'boards.check_roster',
      subject: board,
      values: { file: base64(changed) },
    })
    expect(cardOf(checked)).toContain('What the roster would change: Gravesham CSP')
    expect(cardOf(checked)).not.toContain('[Import the roster]')
    expect(await county.dump()).toEqual(before)
  })

  test('with a first day in the past says who represented then: the seat is found on that day', async () => {
    const board = await gravesham()
    await county.importRoster(
      CLERK,
      board,
      but(GRAVESHAM, ['leon.carter@example.org,01632 960131,,,,,', 'leon.carter@example.org,01632 960131,,,,01/04/2021,']),
    )
    expect(await representatives(board, '2021-03-31')).not.toContain('Probation: Leon Carter')
    expect(await representatives(board, '2021-04-01')).toContain('Probation: Leon Carter')
  })

  test('and says again what was, as before', async () => {
    const board = await gravesham()
    const before = await representatives(board, '2026-11-22')
    for (const [day, file] of [
      ['2026-12-01', changed],
      ['2026-12-08', Buffer.from(GRAVESHAM)],
      ['2026-12-15', changed],
      ['2026-12-15', Buffer.from(GRAVESHAM)],
    ] as const) {
      house.clock.set(`${day}T09:00:00Z`)
      await county.importRoster(CLERK, board, file)
    }
    const today = (await representatives(board, '2026-12-16')).map((line) => line.replace('Fire', 'KFRS'))
    expect(today).toEqual(before)
    expect(await officers(board, '2026-12-05')).toContain('vice-chair: Keira Nolan')
    expect(await officers(board, '2026-12-10')).toContain('vice-chair: Mark Dunn')
    expect(await representatives(board, '2026-12-05')).toContain('KFRS: Keira Nolan')
    expect(await representatives(board, '2026-12-10')).toContain('KFRS: Mark Dunn')
  })

  test('is imported once for a repeated delivery', async () => {
    const board = await gravesham()
    await county.read(CLERK, board, changed)
    const press = inbound(CLERK, { press: { command: 'boards.import_roster', subject: await county.waiting(board) } })
    expect(cardOf(await house.bot.answer(press))).toContain('18 changes')
    const before = await county.dump()
    expect(cardOf(await house.bot.answer(press))).toContain('The roster is imported: Gravesham CSP')
    expect(await county.dump()).toEqual(before)
  })
})

describe('all of a roster or nothing', () => {
  test('a fault in row 20 leaves no row of any table changed', async () => {
    const board = await gravesham()
    const wrong = but(
      GRAVESHAM,
      ['Victim Support,,,,,invited,representative,Elliot Grange', 'Victim Support,,,,,invited,boss,Elliot Grange'],
      ['Mark Dunn', 'Mark Done'],
      [',,,,31/03/2027', ',,,,31/02/2027'],
    )
    expect(wrong.toString().split('\n')[19]).toContain('boss')
    const said = await refused('invalid', () => county.read(CLERK, board, wrong))
    expect(said).toMatch(
      /^The roster has 2 faults, and nothing was changed:\nrow 14, Last day: .*\nrow 20, Role: expected one of .*; got "boss"/,
    )
    const answered = await county.read(CLERK, board, wrong)
    expect(answered).toMatchObject({ refusal: { fields: { file: expect.stringContaining('row 20, Role:') } } })
  })

  test('of a new board too', async () => {
    const board = await county.found(CLERK, termsText('gravesham'))
    const before = await county.counts()
    await refused('invalid', () =>
      county.read(CLERK, board, but(GRAVESHAM, ['invited,representative,Elliot Grange', 'invited,boss,Elliot Grange'])),
    )
    expect(await county.counts()).toEqual(before)
  })

  test('what was right when it was read, and is not by the terms since, is not imported', async () => {
    const board = await gravesham()
    await county.read(CLERK, board, but(GRAVESHAM, ['Mark Dunn', 'Marcus Dunn']))
    const without = termsText('gravesham', ['          - Kent Fire and Rescue Service\n', ''])
    cardOf(await county.setUp(CLERK, without, board))
    house.clock.forward({ seconds: 1 })
    cardOf(await county.approve(CLERK, await county.lastText(board)))
    const file = await county.waiting(board)
    const said = await refused('invalid', () => house.press(CLERK, { command: 'boards.import_roster', subject: file }))
    expect(said).toContain(
      'the vice-chair is to represent a core member, and Marcus Dunn represents Kent Fire and Rescue Service',
    )
    expect(said).toContain('(clause 5, Chairmanship: "')
    expect(await county.waiting(board)).toBe(file)
  })
})

describe('a file', () => {
  test.each([
    { what: 'an Excel workbook', bytes: Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), says: 'That is an Excel workbook.' },
    { what: 'a PDF', bytes: Buffer.from('%PDF-1.7'), says: 'That is a PDF' },
    { what: 'bytes of no text', bytes: Buffer.from([0, 1, 2, 3, 0, 255]), says: 'That is no text' },
    { what: 'spaces', bytes: Buffer.from(' \r\n '), says: 'That file is empty.' },
    { what: 'only a header', bytes: Buffer.from('Organisation,Role,Name\n'), says: 'has a header and no rows' },
    { what: 'a web page', bytes: Buffer.from('<!doctype html><p>x'), says: 'That is a web page' },
    { what: 'a letter', bytes: Buffer.from('Dear clerk,\nhere is our roster.'), says: 'none of the columns that I know' },
  ])('that is $what is refused, and kept nowhere', async ({ bytes, says }) => {
    const answered = await county.read(CLERK, kcsp, bytes)
    expect(answered).toMatchObject({ refusal: { code: 'invalid', fields: { file: expect.stringContaining(says) } } })
    expect((await county.counts()).roster_file).toBe(0)
  })

  test.each([{ file: '' }, {}])('that is empty or missing is asked for: $file', async (values) => {
    expect(
      await house.press(CLERK, { command: 'boards.read_roster', subject: kcsp, values: values as Record<string, string> }),
    ).toMatchObject({
      refusal: { code: 'invalid', fields: { file: 'Choose the file of the roster.' } },
    })
  })

  test('too large is refused before it is read', async () => {
    const answered = await county.read(CLERK, kcsp, Buffer.alloc(256 * 1024 + 3, 'x'))
    expect(answered).toMatchObject({
      refusal: { code: 'invalid', fields: { file: expect.stringContaining('larger than 256 KB') } },
    })
    expect(await refused('invalid', () => county.read(CLERK, kcsp, Buffer.alloc(256 * 1024 + 1, 'x')))).toContain(
      'I read at most 256 KB',
    )
  })

  test('that a later one replaced is not imported; the later one is, once', async () => {
    await county.read(CLERK, kcsp, but(KCSP, ['Assistant Chief Constable', 'Deputy Chief Constable']), 'first.csv')
    const first = await county.waiting(kcsp)
    await county.read(CLERK, kcsp, but(KCSP, ['Assistant Chief Constable', 'Chief Constable']), 'second.csv')
    const second = await county.waiting(kcsp)
    expect(second).not.toBe(first)
    const press = (file: string) => house.press(CLERK, { command: 'boards.import_roster', subject: file })
    expect(await refused('conflict', () => press(first))).toBe(
      'Another file was sent after this one. Import that one, or send this one again.',
    )
    expect(listed(cardOf(await press(second)))).toEqual(['Daniel Okafor is of Kent Police: Chief Constable.'])
    expect(await refused('conflict', () => press(second))).toContain('That file is imported already.')
    await refused('conflict', () => press(first))
    expect(await refused('not_found', () => press(newId()))).toContain('I know of no such board.')
  })

  test('is imported on the day on which it is imported, not on the one on which it was read', async () => {
    await county.read(
      CLERK,
      kcsp,
      but(KCSP, ['Daniel Okafor,Assistant Chief Constable,daniel.okafor', 'Ann Lee,Assistant Chief Constable,ann.lee']),
    )
    house.clock.set('2026-11-30T09:00:00Z')
    cardOf(await house.press(CLERK, { command: 'boards.import_roster', subject: await county.waiting(kcsp) }))
    expect(await representatives(kcsp, '2026-11-29')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(kcsp, '2026-11-30')).toContain('Kent Police: Ann Lee')
  })
})

describe('who may', () => {
  const ACTS = ['boards.roster_form', 'boards.appoint_form', 'boards.end_form'] as const

  test.each([CHAIR, POLICE, 'Nadia Flynn'])('change the roster: not %s', async (who) => {
    const file = but(KCSP, ['Assistant Chief Constable', 'Chief Constable'])
    await county.read(CLERK, kcsp, file)
    const waiting = await county.waiting(kcsp)
    for (const command of ACTS) await refused('not_permitted', () => house.press(who, { command, subject: kcsp }))
    await refused('not_permitted', () => county.read(who, kcsp, file))
    await refused('not_permitted', () =>
      house.press(who, { command: 'boards.check_roster', subject: kcsp, values: { file: base64(file) } }),
    )
    await refused('not_permitted', () => house.press(who, { command: 'boards.import_roster', subject: waiting }))
    await refused('not_permitted', () => appoint({ as: 'office', office: 'clerk', acting: false }, who, {}, who))
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    await refused('not_permitted', () => house.press(who, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(cardOf(await house.press(who, { command: 'boards.roster', subject: kcsp }))).toContain('The clerk changes it.')
  })

  test('see it: nobody who has nothing to do with the board', async () => {
    const board = await gravesham()
    const [there, none] = [
      await refused('not_found', () => house.press('Helen Marsh', { command: 'boards.roster', subject: board })),
      await refused('not_found', () => house.press('Helen Marsh', { command: 'boards.roster', subject: newId() })),
    ]
    expect(there).toBe(none)
    await refused('not_found', () => house.press(COLLEAGUE, { command: 'boards.roster', subject: kcsp }))
    await county.read(CLERK, board, rosterFile('gravesham'))
    const file = await county.waiting(board)
    await refused('not_found', () => house.press('Helen Marsh', { command: 'boards.import_roster', subject: file }))
  })

  test('the operator, journaled as the operator', async () => {
    const { id: tenant } = await house.handles.reading.selectFrom('tenant').select('id').executeTakeFirstOrThrow()
    const values = { to: JSON.stringify(seatOf('Kent Police', 'deputy')), name: COLLEAGUE }
    expect((await house.bot.operate(tenant, { command: 'boards.appoint', subject: kcsp, values })).kind).toBe('card')
    const entry = await house.handles.reading
      .selectFrom('journal')
      .select(['actor', 'command'])
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    expect(entry).toEqual({ actor: 'operator', command: 'boards.appoint' })
  })

  test('a clerk of one board nothing on another', async () => {
    const board = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, board, but(GRAVESHAM, ['Grace Holloway', 'Kim Pattern'], ['grace.holloway', 'kim.pattern']))
    await refused('not_found', () => county.read(CLERK, board, rosterFile('gravesham')))
    await refused('not_found', () => county.read('Kim Pattern', kcsp, Buffer.from(KCSP)))
  })
})

describe('an appointment', () => {
  test('to a seat is followed by them from that day; what was before stays', async () => {
    const said = cardOf(
      await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2027-01-01', post: 'Commander' }),
    )
    expect(listed(said)).toEqual([
      'Ann Lee is new here: ann.lee@example.org.',
      'Ann Lee is of Kent Police: Commander.',
      'Daniel Okafor represents Kent Police from 22 November 2026 until 31 December 2026; the roster had from 22 November 2026, until further notice.',
      'Ann Lee represents Kent Police from 1 January 2027.',
    ])
    expect(await representatives(kcsp, '2026-12-31')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(kcsp, '2027-01-01')).toContain('Kent Police: Ann Lee')
    const roster = cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))
    expect(roster).toContain('Kent Police | Daniel Okafor, until 31 December 2026; Ann Lee, from 1 January 2027 | –')
  })

  test('is known to the bot at once: whoever has an address speaks', async () => {
    expect(await house.say('Ann Lee', 'help')).toMatchObject({ kind: 'refusal' })
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org' }))
    expect(cardOf(await answer('Ann Lee', 'attend'))).toContain('You will be there.')
    expect(await answer(POLICE, 'attend')).toMatchObject({ kind: 'refusal' })
  })

  test('that is so already is refused, and begins nothing anew', async () => {
    for (const more of [{}, { from: '2027-01-01' }, { email: 'DANIEL.OKAFOR@example.org' }] as Record<string, string>[])
      await refused('conflict', () => appoint(seatOf('Kent Police'), POLICE, more))
    await refused('conflict', () => appoint({ as: 'office', office: 'chair', acting: false }, CHAIR))
    cardOf(await appoint({ as: 'group', group: 'KCSP Working Group' }, COLLEAGUE))
    await refused('conflict', () => appoint({ as: 'group', group: 'KCSP Working Group' }, COLLEAGUE))
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
    await refused('conflict', () => appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
  })

  test('of who held it until then again takes back who was to follow', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { from: '2027-01-01' }))
    const said = listed(cardOf(await appoint(seatOf('Kent Police'), POLICE, { from: '2026-12-01' })))
    expect(said).toContain('Ann Lee will not represent Kent Police from 1 January 2027 after all.')
    for (const day of ['2026-11-30', '2026-12-31', '2027-01-01'])
      expect(await representatives(kcsp, day)).toContain('Kent Police: Daniel Okafor')
    const roster = cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))
    expect(roster).not.toContain('Ann Lee, from')
  })

  test('that never began is shown and offered nowhere', async () => {
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Ann Lee', { from: '2027-01-01' }))
    const part = JSON.stringify({ person: 'ann lee', of: seatOf('Kent Police', 'deputy') })
    const said = cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(listed(said)).toEqual(['Ann Lee will not be deputy for Kent Police from 1 January 2027 after all.'])
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Kent Police | Daniel Okafor | –',
    )
    expect(textOf(await house.press(CLERK, { command: 'boards.end_form', subject: kcsp }))).not.toContain('Ann Lee, deputy')
    // And it can begin after all.
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Ann Lee', { from: '2027-01-01' }))
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Ann Lee, from 1 January 2027',
    )
  })

  test('as deputy leaves the other deputies; as deputy again is so already', async () => {
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), COLLEAGUE))
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz'))
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Kent Police | Daniel Okafor | Ruth Hale; Tariq Aziz',
    )
    await refused('conflict', () => appoint(seatOf('Kent Police', 'deputy'), COLLEAGUE))
  })

  test('in attendance, as a colleague, to a group', async () => {
    cardOf(await appoint({ as: 'in attendance' }, 'Ada Byrne', { email: 'ada.byrne@example.org', post: 'Analyst' }))
    cardOf(await appoint({ as: 'colleague', organisation: 'Kent Police' }, 'Bo Reed', { email: 'bo.reed@example.org' }))
    cardOf(await appoint({ as: 'group', group: 'KCSP Working Group' }, 'Bo Reed'))
    const roster = cardOf(await house.press('Ada Byrne', { command: 'boards.roster', subject: kcsp }))
    expect(roster).toContain('Ada Byrne, Analyst')
    expect(roster).toContain('KCSP Working Group: Bo Reed')
    const form = await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).toContain('Bo Reed')
  })

  test.each([
    {
      what: 'a body without a seat',
      to: seatOf('Medway Council'),
      code: 'not_found',
      says: 'Medway Council has no such seat here.',
    },
    {
      what: 'a seat of another name',
      to: seatOf('Kent Police', 'deputy', 'Second'),
      code: 'not_found',
      says: 'has no such seat here',
    },
    { what: 'nothing that there is', to: { as: 'king' }, code: 'invalid', says: 'Choose to what, from the list.' },
    {
      what: 'an office that there is not',
      to: { as: 'office', office: 'treasurer', acting: false },
      code: 'invalid',
      says: 'Choose to what',
    },
  ])('to $what is refused at the field', async ({ to, code, says }) => {
    const answered = await appoint(to, 'Ann Lee')
    expect(answered).toMatchObject({ refusal: { code, fields: { to: expect.stringContaining(says) } } })
    expect((await county.counts()).person).toBe(20)
  })

  test.each([
    { field: 'name', values: { name: ' ' } },
    { field: 'name', values: { name: 'x'.repeat(121) } },
    { field: 'email', values: { email: 'ann at example' } },
    { field: 'from', values: { from: '2027-02-30' } },
    { field: 'to', values: { to: 'no JSON' } },
    { field: 'to', values: { to: '' } },
    { field: 'post', values: { post: 'x'.repeat(201) } },
  ])('with a wrong $field is refused there: $values', async ({ field, values }) => {
    const all = { to: JSON.stringify(seatOf('Kent Police')), name: 'Ann Lee', ...values }
    const answered = await house.press(CLERK, { command: 'boards.appoint', subject: kcsp, values: all })
    expect(answered).toMatchObject({ refusal: { code: 'invalid', fields: { [field]: expect.anything() } } })
    expect((await county.counts()).person).toBe(20)
  })

  test('of a colleague has no day to come', async () => {
    const colleague = { as: 'colleague', organisation: 'Kent Police' }
    expect(await refused('too_early', () => appoint(colleague, 'Bo Reed', { from: '2027-01-01' }))).toContain(
      'Say it on the day.',
    )
    const part = JSON.stringify({ person: 'ruth.hale@example.org', of: colleague })
    await refused('too_early', () =>
      house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part, from: '2027-01-01' } }),
    )
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    const form = await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).not.toContain('Ruth Hale')
  })

  test('by the form: everything that there is to be appointed to, and every part that can end', async () => {
    const form = await house.press(CLERK, { command: 'boards.appoint_form', subject: kcsp })
    if (form.kind !== 'form') throw new Error(textOf(form))
    const [to] = form.form.fields
    if (to?.field !== 'choice') throw new Error('no choice')
    const labels = to.options.map(({ label }) => label)
    for (const label of [
      'Representative of Kent Police',
      'Deputy of Kent Housing Group',
      'Vice-chair',
      'Acting chair',
      'Clerk',
      'In attendance',
      'Of the KCSP Working Group',
    ])
      expect(labels).toContain(label)
    const option = to.options.find(({ label }) => label === 'Deputy of Kent Police')
    cardOf(
      await house.press(CLERK, {
        command: form.form.command,
        subject: form.form.subject,
        values: { to: option?.value ?? '', name: COLLEAGUE },
      }),
    )
    const ends = await house.press(CLERK, { command: 'boards.end_form', subject: kcsp })
    if (ends.kind !== 'form') throw new Error(textOf(ends))
    const [part] = ends.form.fields
    if (part?.field !== 'choice') throw new Error('no choice')
    const ended = part.options.find(({ label }) => label === 'Ruth Hale, deputy of Kent Police')
    const done = cardOf(
      await house.press(CLERK, {
        command: ends.form.command,
        subject: kcsp,
        values: { part: ended?.value ?? '', from: '2027-01-01' },
      }),
    )
    expect(listed(done)).toEqual([
      'Ruth Hale is deputy for Kent Police from 22 November 2026 until 31 December 2026; the roster had from 22 November 2026, until further notice.',
    ])
  })

  test('every choice of the form is one that is taken', async () => {
    const form = await house.press(CLERK, { command: 'boards.appoint_form', subject: kcsp })
    const [to] = form.kind === 'form' ? form.form.fields : []
    if (to?.field !== 'choice') throw new Error('no choice')
    for (const { value, label } of to.options) {
      // Cllr Owen Pryce is a member, and may be elected.
      const answered = await house.press(CLERK, {
        command: 'boards.appoint',
        subject: kcsp,
        values: { to: value, name: 'Cllr Owen Pryce', from: '2027-06-01' },
      })
      const dayless = label.startsWith('A colleague')
      expect(
        answered.kind === 'card' || (answered.kind === 'refusal' && ['conflict', 'too_early'].includes(answered.refusal.code)),
        `${label}: ${textOf(answered)}`,
      ).toBe(true)
      if (dayless) expect(answered.kind).toBe('refusal')
    }
  })

  test('of somebody who does not hold it cannot end', async () => {
    for (const part of [
      { person: 'ruth.hale@example.org', of: seatOf('Kent Police') },
      { person: 'nobody', of: { as: 'in attendance' } },
    ])
      await refused('not_found', () =>
        house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part: JSON.stringify(part) } }),
      )
    expect(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part: '{}' } })).toMatchObject({
      refusal: { code: 'invalid', fields: { part: 'Choose who, and what, from the list.' } },
    })
  })

  test('that ends a seat’s holding leaves the seat vacant', async () => {
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: vacant')
    expect(await coming()).toContain('Kent Police | The seat is vacant')
  })

  test('is in the journal with who, what and from when', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2027-01-01' }))
    const { payload } = await house.handles.reading
      .selectFrom('journal_payload')
      .select('payload')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(payload)).toMatchObject({
      outcome: {
        person: 'ann.lee@example.org',
        to: seatOf('Kent Police'),
        from: '2027-01-01',
        terms: await county.lastText(kcsp),
      },
    })
  })
})

describe('an office', () => {
  const vice = { as: 'office', office: 'vice-chair', acting: false }

  test('that is elected from the members is for none else: the clause is in the sentence', async () => {
    for (const who of ['Nadia Flynn', COLLEAGUE, CLERK]) {
      const said = await refused('not_permitted', () => appoint(vice, who))
      expect(said).toContain(`The vice-chair is elected from the members, and ${who} has no member’s seat then`)
      expect(said).toContain('(clause 6: "The Vice Chair will be elected from amongst the other KCSP members every 2 years.")')
    }
    cardOf(await appoint(vice, POLICE))
    expect(await officers(kcsp, '2026-11-22')).toContain('vice-chair: Daniel Okafor')
  })

  test('that is elected can be theirs only while they have a seat', async () => {
    cardOf(await appoint(seatOf('Kent Police'), COLLEAGUE, { from: '2027-02-01' }))
    await refused('not_permitted', () => appoint(vice, POLICE, { from: '2027-02-01' }))
    await refused('not_permitted', () => appoint(vice, 'Tariq Aziz', { from: '2027-02-01' }))
    cardOf(await appoint(vice, COLLEAGUE, { from: '2027-01-01' }))
    expect(await officers(kcsp, '2027-02-01')).toContain('vice-chair: Ruth Hale')
  })

  test('that was never begun counts for nothing', async () => {
    cardOf(await appoint(seatOf('Kent Police'), COLLEAGUE, { from: '2027-02-01' }))
    const part = JSON.stringify({ person: 'ruth.hale@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    await refused('not_permitted', () => appoint(vice, COLLEAGUE, { from: '2027-01-01' }))
  })

  test('drawn from a standing is for those who have it, under whichever name of their body', async () => {
    const board = await gravesham()
    const said = await refused('not_permitted', () => appoint(vice, 'Joseph Brand', {}, CLERK, board))
    expect(said).toContain(
      'the vice-chair is to represent a core member, and Joseph Brand represents Office of the Kent Police and Crime Commissioner'.replace(
        'the vice',
        'The vice',
      ),
    )
    cardOf(await appoint(vice, 'Leon Carter', { from: '2026-12-01' }, CLERK, board))
    expect(await officers(board, '2026-11-30')).toContain('vice-chair: Mark Dunn')
    expect((await officers(board, '2026-12-01')).filter((line) => line.startsWith('vice'))).toEqual(['vice-chair: Leon Carter'])
  })

  test('passes from one to the next, acting or not', async () => {
    cardOf(await appoint({ as: 'office', office: 'chair', acting: true }, POLICE, { from: '2026-12-01' }))
    expect(await officers(kcsp, '2026-11-30')).toContain('chair: Cllr Margaret Ashdown')
    expect(await officers(kcsp, '2026-12-01')).toContain('acting chair: Daniel Okafor')
    house.clock.set('2026-12-05T09:00:00Z')
    cardOf(await appoint({ as: 'office', office: 'chair', acting: false }, POLICE))
    expect(await officers(kcsp, '2026-12-04')).toContain('acting chair: Daniel Okafor')
    expect((await officers(kcsp, '2026-12-05')).filter((line) => line.includes('chair'))).toEqual(['chair: Daniel Okafor'])
  })

  test('that the terms let be shared is held by both', async () => {
    const shared = termsText('kcsp-2025', ['    filled: elected\n', '    filled: elected\n    shared: true\n'])
    cardOf(await county.setUp(CLERK, shared, kcsp))
    cardOf(await county.approve(CLERK, await county.lastText(kcsp)))
    for (const who of [POLICE, 'Helen Marsh']) cardOf(await appoint(vice, who))
    const held = async () => (await officers(kcsp, '2026-11-22')).filter((line) => line.startsWith('vice'))
    expect(await held()).toEqual(['vice-chair: Daniel Okafor', 'vice-chair: Helen Marsh'])
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: vice })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect(await held()).toEqual(['vice-chair: Helen Marsh'])
  })

  test('of clerk passes on: who is it no more changes nothing more', async () => {
    cardOf(await appoint({ as: 'office', office: 'clerk', acting: false }, COLLEAGUE))
    await refused('not_permitted', () => appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz'))
    cardOf(await appoint(seatOf('Kent Police', 'deputy'), 'Tariq Aziz', {}, COLLEAGUE))
  })
})

describe('a seat that is held jointly', () => {
  const SHARED = but(
    KCSP,
    ['member,representative,Daniel Okafor', 'member,joint representative,Daniel Okafor'],
    ['colleague,Ruth Hale', 'joint representative,Ruth Hale'],
  )
  beforeEach(async () => {
    expect(listed(await county.importRoster(CLERK, kcsp, SHARED))).toEqual([
      'The seat of Kent Police is a member’s, held jointly; it was a member’s.',
      'Ruth Hale represents Kent Police from 22 November 2026.',
    ])
  })

  test('is answered for by each, and counts once', async () => {
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    cardOf(await answer(COLLEAGUE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    expect(await coming()).toContain('Kent Police | Daniel Okafor\nKent Police | Ruth Hale')
  })

  test('is represented by one while the other sends apologies, whoever answers first or last', async () => {
    cardOf(await answer(POLICE, 'attend'))
    cardOf(await answer(COLLEAGUE, 'send'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    cardOf(await answer(POLICE, 'send'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
    cardOf(await answer(COLLEAGUE, 'attend'))
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    expect(await coming()).toContain('Kent Police | Apologies from Daniel Okafor\nKent Police | Ruth Hale')
  })

  test('has a substitute for one, who counts with it once', async () => {
    cardOf(await answer(COLLEAGUE, 'send'))
    expect(cardOf(await answer(POLICE, 'name_substitute', { substitute: await county.idOf('Tariq Aziz') }))).toContain(
      'Tariq Aziz will substitute.',
    )
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
    // Who holds it jointly is nobody's substitute.
    await refused('not_found', async () => answer(POLICE, 'name_substitute', { substitute: await county.idOf(COLLEAGUE) }))
  })

  test('is added to by an appointment, and goes on with the others when one ends', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Tariq Aziz'))
    expect((await representatives(kcsp, '2026-11-22')).filter((line) => line.startsWith('Kent Police'))).toHaveLength(3)
    const part = JSON.stringify({ person: 'daniel.okafor@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    expect((await representatives(kcsp, '2026-11-22')).filter((line) => line.startsWith('Kent Police'))).toEqual([
      'Kent Police: Ruth Hale',
      'Kent Police: Tariq Aziz',
    ])
  })
})

describe('a body that was renamed, or has succeeded others', () => {
  const RENAMED = but(
    KCSP,
    ['The Probation Service,Probation,,', 'Probation Delivery Kent,Probation,The Probation Service,'],
    ['The Probation Service,,,,,,colleague', 'Probation Delivery Kent,,,,,,colleague'],
  )

  test('counts under the name that the terms use, for its seat and for who sits there', async () => {
    await county.importRoster(CLERK, kcsp, RENAMED)
    cardOf(await answer('June Whitfield', 'attend'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('Counted both ways: 4 of 8 as the terms list them; 4 of 6 by statute.')
  })

  test('does not count where nothing says that it was called so', async () => {
    const said = await county.importRoster(
      CLERK,
      kcsp,
      but(RENAMED.toString(), ['Kent,Probation,The Probation Service,', 'Kent,Probation,,']),
    )
    expect(said).toContain('The quorum counts The Probation Service, and the roster has no member’s seat there')
    for (const who of ['June Whitfield', POLICE]) cardOf(await answer(who, 'attend'))
    expect(await coming()).toContain('3 of the 4 responsible authorities needed')
  })

  test('that has succeeded two listed ones counts once', async () => {
    const merged = but(
      KCSP,
      ['Kent Police,,,,,member', 'Kent Police and Fire Authority,KPFA,Kent Police; Kent Fire and Rescue Service,,,member'],
      ['Kent Police,,,,,,colleague,Ruth', 'Kent Police and Fire Authority,,,,,,colleague,Ruth'],
      ['Kent Police,,,,,,colleague,Tariq', 'Kent Police and Fire Authority,,,,,,colleague,Tariq'],
      [
        'Kent Fire and Rescue Service,KFRS,,,,member,representative,Aisha Rahman,Assistant Director,aisha.rahman@example.org,,,,,,\n',
        '',
      ],
      ['Kent Fire and Rescue Service,,,,,,colleague,Mark Dunn,Group Manager,mark.dunn@example.org,,,,,,\n', ''],
    )
    await county.importRoster(CLERK, kcsp, merged)
    cardOf(await answer(POLICE, 'attend'))
    // The chair and probation's substitute have answered; the fire service's seat is no more.
    expect(await coming()).toContain('Counted both ways: 3 of 7 as the terms list them; 3 of 5 by statute.')
  })

  test('on one board is so on that board alone', async () => {
    const board = await gravesham()
    await county.importRoster(
      CLERK,
      board,
      but(GRAVESHAM, ['Kent Police,,,,,member', 'Kent Police,,Office of the Police and Crime Commissioner,,,member']),
    )
    cardOf(await answer(POLICE, 'attend'))
    expect(await coming()).toContain('4 of 8 as the terms list them')
  })
})

describe('a seat that stands for many bodies', () => {
  const COLLECTIVE = and(
    KCSP,
    'Ashford Borough Council,Ashford,,,,,colleague,Priya Nand,Head of Safety,priya.nand@example.org,,,,,,',
    'Medway Council,,,,,,colleague,Bo Reed,Head of Safety,bo.reed@example.org,,,,,,',
  )

  test('may name a substitute from any of them, and from no other', async () => {
    const said = await county.importRoster(CLERK, kcsp, COLLECTIVE)
    expect(said).toContain('Medway Council has no seat here, so Bo Reed can be named as nobody’s substitute.')
    expect(said).not.toContain('Priya Nand can be named as nobody’s')
    const form = await house.press('Tom Beresford', { command: 'apologies.choose_substitute', subject: await house.meeting() })
    expect(textOf(form)).toContain('Who comes in your place?: Ann Castle, Priya Nand\n')
    await refused('not_found', async () =>
      answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Bo Reed') }),
    )
    expect(cardOf(await answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Priya Nand') }))).toContain(
      'Priya Nand will substitute.',
    )
  })

  test('is represented by such a substitute', async () => {
    await county.importRoster(CLERK, kcsp, COLLECTIVE)
    cardOf(await answer('Tom Beresford', 'name_substitute', { substitute: await county.idOf('Priya Nand') }))
    expect(await coming()).toContain(
      'Local Authorities (District / Borough Councils) | Priya Nand (substitute for Tom Beresford)',
    )
    expect(await coming()).toContain('4 responsible authorities say they will be represented')
  })
})

describe('a person', () => {
  const identities = async (email: string) =>
    (await house.handles.reading.selectFrom('identity').select('person_id').where('user_id', '=', email).execute()).length

  test('on two boards is one, and neither roster ends their part in the other', async () => {
    const before = await county.counts()
    const board = await gravesham()
    expect((await county.counts()).person).toBe((before.person ?? 0) + 14)
    expect(await identities('daniel.okafor@example.org')).toBe(1)
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    expect(await representatives(board, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    // Ruth Hale, who is nobody in Gravesham now, may still substitute on the KCSP.
    await county.importRoster(
      CLERK,
      board,
      but(
        GRAVESHAM,
        ['Kent Police,,,,,,deputy,Ruth Hale,Chief Superintendent,ruth.hale@example.org,01632 960112,,,,,\n', ''],
        ['Daniel Okafor,Assistant', 'Ann Lee,Assistant'],
        ['daniel.okafor@', 'ann.lee@'],
        ['Daniel Okafor', 'Ann Lee'],
      ),
    )
    expect(await representatives(board, '2026-11-22')).toContain('Kent Police: Ann Lee')
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Daniel Okafor')
    expect(cardOf(await answer(POLICE, 'name_substitute', { substitute: await county.idOf(COLLEAGUE) }))).toContain(
      'Ruth Hale will substitute.',
    )
    // The clerk of both says two numbers of herself, and the last one said stands.
    expect(listed(cardOf(await county.read(CLERK, kcsp, Buffer.from(KCSP))))).toEqual([
      'Grace Holloway has the telephone 01632 960099.',
    ])
  })

  test('whose clerk is another’s keeps their name and telephone', async () => {
    const board = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, board, but(GRAVESHAM, ['Grace Holloway', 'Kim Pattern'], ['grace.holloway', 'kim.pattern']))
    const said = cardOf(
      await county.read(
        'Kim Pattern',
        board,
        but(
          GRAVESHAM,
          ['Grace Holloway', 'Kim Pattern'],
          ['grace.holloway', 'kim.pattern'],
          ['Daniel Okafor,Assistant', 'Dan Okafor,Assistant'],
          ['Daniel Okafor', 'Dan Okafor'],
        ),
      ),
    )
    expect(said).toContain('Dan Okafor is Daniel Okafor on another board, whose clerk you are not: that name stays.')
    expect(listed(said)).toEqual([])
  })

  test('without an email is one of the board’s, is told apart by name, and is reached by nobody', async () => {
    const nameless = but(KCSP, ['Tariq Aziz,"Superintendent, Partnerships",tariq.aziz@example.org', 'Zoë Hart,Superintendent,'])
    const said = await county.importRoster(CLERK, kcsp, nameless)
    expect(listed(said)).toContain('Zoë Hart is new here, and has no email.')
    expect(said).toContain('One person has no email and cannot be reached in chat: Zoë Hart.')
    expect(
      textOf(await house.press(POLICE, { command: 'apologies.choose_substitute', subject: await house.meeting() })),
    ).toContain('Ruth Hale, Zoë Hart')
    expect(listed(cardOf(await county.read(CLERK, kcsp, but(nameless.toString(), ['Zoë Hart', 'ZOE HART']))))).toEqual([
      'Zoë Hart is called ZOE HART.',
    ])
    cardOf(await appoint(seatOf('Kent Police'), 'zoë hart'))
    expect(await representatives(kcsp, '2026-11-22')).toContain('Kent Police: Zoë Hart')
    expect((await county.counts()).person).toBe(21)
    await house.outbox.drain()
    const failed = await house.handles.reading.selectFrom('notice').select('why').where('state', '=', 'failed').execute()
    expect(failed.length).toBeLessThanOrEqual(1)
  })

  test('without an email who comes back is the same', async () => {
    const nameless = but(KCSP, ['Tariq Aziz,"Superintendent, Partnerships",tariq.aziz@example.org', 'Zoë Hart,Superintendent,'])
    for (const file of [nameless, Buffer.from(KCSP), nameless, Buffer.from(KCSP), nameless]) {
      house.clock.forward({ hours: 24 })
      await county.importRoster(CLERK, kcsp, file)
    }
    expect((await county.counts()).person).toBe(21)
    expect(listed(cardOf(await county.read(CLERK, kcsp, nameless)))).toEqual([])
  })

  test('whose only row is over is not made anew by each import', async () => {
    const past = and(KCSP, ',,,,,,in attendance,Zoë Hart,Presenter,,,,,,01/01/2026,30/06/2026')
    for (const _ of [1, 2, 3]) expect(await county.importRoster(CLERK, kcsp, past)).toContain('The roster stands as it was.')
    expect((await county.counts()).person).toBe(20)
  })

  test('whose email is written in another case is the same', async () => {
    const shouted = but(KCSP, ['daniel.okafor@example.org', 'Daniel.OKAFOR@Example.org'])
    expect(listed(cardOf(await county.read(CLERK, kcsp, shouted)))).toEqual([])
    const board = await county.found(CLERK, termsText('gravesham'))
    await county.importRoster(CLERK, board, but(GRAVESHAM, ['daniel.okafor@example.org', 'DANIEL.OKAFOR@EXAMPLE.ORG']))
    expect(await identities('daniel.okafor@example.org')).toBe(1)
    expect(await identities('DANIEL.OKAFOR@EXAMPLE.ORG')).toBe(0)
    expect(cardOf(await house.press(POLICE, { command: 'boards.roster', subject: board }))).toContain(
      'Kent Police | Daniel Okafor | Ruth Hale',
    )
  })

  test.each([
    { name: 'Ann Lee', email: 'daniel.okafor@example.org', says: 'daniel.okafor@example.org is the address of Daniel Okafor.' },
    { name: 'Ann Lee', email: 'IMOGEN.FAIRLEY@example.org', says: 'is the address of Cllr Imogen Fairley.' },
  ])('is not appointed under the address of another: $email', async ({ name, email, says }) => {
    await gravesham()
    const answered = await appoint(seatOf('Kent Police', 'deputy'), name, { email })
    expect(answered).toMatchObject({ refusal: { code: 'conflict', fields: { email: expect.stringContaining(says) } } })
  })

  test('is called as they are known, whatever their style', async () => {
    await gravesham()
    for (const [name, email] of [
      ['Imogen Fairley', 'imogen.fairley@example.org'],
      ['Supt Ruth Hale', 'ruth.hale@example.org'],
    ] as const) {
      cardOf(await appoint(seatOf('Kent Police', 'deputy'), name, { email }))
    }
    expect(cardOf(await house.press(CLERK, { command: 'boards.roster', subject: kcsp }))).toContain(
      'Daniel Okafor | Cllr Imogen Fairley; Ruth Hale',
    )
    expect(
      await house.handles.reading.selectFrom('person').select('name').where('email', '=', 'imogen.fairley@example.org').execute(),
    ).toEqual([{ name: 'Cllr Imogen Fairley' }])
  })

  test('whose name several have is asked about', async () => {
    const board = await gravesham()
    cardOf(await appoint({ as: 'in attendance' }, 'Mark Dunn', { email: 'another.dunn@example.org' }, CLERK, board))
    const answered = await appoint({ as: 'office', office: 'vice-chair', acting: false }, 'mark dunn', {}, CLERK, board)
    expect(answered).toMatchObject({
      refusal: { code: 'unclear', fields: { email: expect.stringContaining('Several people are called mark dunn.') } },
    })
  })
})

describe('while a meeting is called', () => {
  test('a new representative has its card, and the cards of the others follow', async () => {
    cardOf(await answer(POLICE, 'attend'))
    await house.outbox.drain()
    house.sent.length = 0
    house.clock.forward({ seconds: 2 })
    await county.importRoster(
      CLERK,
      kcsp,
      but(KCSP, ['Daniel Okafor,Assistant', 'Ann Lee,Assistant'], ['daniel.okafor@', 'ann.lee@']),
    )
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toEqual([
      expect.stringContaining('You sit for: Kent Police\nYou have not answered yet. Will you come?'),
    ])
    const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
    expect(channel).toMatchObject({ updates: true, plain: expect.stringContaining('3 of the 4 responsible authorities needed') })
    expect(house.sentTo('Helen Marsh').at(-1)).toContain('3 of the 4 responsible authorities needed')
    expect(cardOf(await answer('Ann Lee', 'attend'))).toContain('4 responsible authorities say they will be represented')
  })

  test('by appointment and by ending too', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2026-12-16' }))
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toHaveLength(1)
    house.clock.forward({ seconds: 2 })
    const part = JSON.stringify({ person: 'ann.lee@example.org', of: seatOf('Kent Police') })
    cardOf(await house.press(CLERK, { command: 'boards.end', subject: kcsp, values: { part } }))
    await house.outbox.drain()
    const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
    expect(channel?.plain).toContain('5 seats have not answered yet.')
  })

  test('who follows only after it has no card of it', async () => {
    cardOf(await appoint(seatOf('Kent Police'), 'Ann Lee', { email: 'ann.lee@example.org', from: '2026-12-17' }))
    await house.outbox.drain()
    expect(house.sentTo('Ann Lee')).toEqual([])
  })
})
