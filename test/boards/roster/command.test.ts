import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { inbound } from '../../house.js'
import { base64, CHAIR, CLERK, cardOf, POLICE, rosterFile, type Shipped, termsText } from '../county.js'
import {
  appoint,
  but,
  COLLEAGUE,
  close,
  county,
  GRAVESHAM,
  gravesham,
  house,
  KCSP,
  kcsp,
  listed,
  officers,
  open,
  refused,
  representatives,
  seatOf,
} from './clerking.js'

beforeEach(open)
afterEach(close)

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

  test('is kept until it is imported or replaced, and never in the journal', async () => {
    const contents = async () =>
      (await house.handles.reading.selectFrom('roster_file').select(['state', 'content']).orderBy('state').execute()).map(
        ({ state, content }) => `${state}: ${content === '' ? 'nothing' : 'kept'}`,
      )
    await county.read(CLERK, kcsp, but(KCSP, ['Assistant Chief Constable', 'Deputy Chief Constable']))
    await county.read(CLERK, kcsp, but(KCSP, ['Assistant Chief Constable', 'Chief Constable']))
    expect(await contents()).toEqual(['read: kept', 'replaced: nothing'])
    cardOf(await house.press(CLERK, { command: 'boards.import_roster', subject: await county.waiting(kcsp) }))
    expect(await contents()).toEqual(['imported: nothing', 'replaced: nothing'])
    const payloads = await house.handles.reading.selectFrom('journal_payload').select('payload').execute()
    for (const { payload } of payloads) expect(payload.length).toBeLessThan(600)
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
