import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bot } from '../../../src/bot.js'
import { printCalendar } from '../../../src/cli/calendar.js'
import { verifyChain } from '../../../src/db/journal.js'
import { features } from '../../../src/features.js'
import { newId } from '../../../src/kernel/ids.js'
import type { Button } from '../../../src/kernel/view.js'
import { agendaOf } from '../../agenda/setting.js'
import { personCalled } from '../../boards.js'
import { inbound, NO_PAPERS, type TestHouse, textOf } from '../../house.js'
import { ASHDOWN, CLERK, called, cancel, doubtOf, FAIRLEY, move, openGravesham, POLICE, settle, unchanged } from '../calls.js'
import { everyRow, feed, fileOf, lookedAt, secretIn, subscribed } from './house.js'
import { parsed } from './parsed.js'

let house: TestHouse
let kcsp: string
let gravesham: string
beforeEach(async () => {
  const opened = await openGravesham()
  house = opened.house
  kcsp = opened.kcsp
  gravesham = opened.gravesham
})
afterEach(async () => {
  vi.restoreAllMocks()
  expect(house.faults).toEqual([])
  await house.close()
})

/** Of the KCSP, without an office. */
const FIRE = 'Aisha Rahman'

const press = (name: string, command: string, subject: string, values: Record<string, string> = {}) =>
  house.press(name, { command, subject, values })
const ask = (name: string, meeting: string) => press(name, 'meetings.calendar', meeting)
const eventOf = async (meeting: string, name = CLERK) => {
  const [event] = parsed(fileOf(await ask(name, meeting)).text).events
  if (!event) throw new Error('there is no event')
  return event
}

/** Wednesday 20 January 2027, 14:00, of Gravesham. */
const JANUARY = { day: '2027-01-20', time: '14:00', venue: 'Darent Room' }
const january = () => called(house, CLERK, gravesham, JANUARY)

/** Of a board somebody is no more from today on. */
const leaves = async (name: string, board: string) => {
  const person = await personCalled(house, name)
  await house.writer.write(async (tx) => {
    const seats = tx.selectFrom('seat').select('id').where('board_id', '=', board)
    const day = house.clock.now().toString().slice(0, 10)
    await tx
      .updateTable('holding')
      .set({ until_day: day })
      .where('person_id', '=', person)
      .where('seat_id', 'in', seats)
      .execute()
    await tx.updateTable('office').set({ until_day: day }).where('person_id', '=', person).where('board_id', '=', board).execute()
  })
}

describe('a meeting as a file', () => {
  test('says day, time, place and how to use it', async () => {
    const answer = await ask(POLICE, await january())
    expect(fileOf(answer).name).toBe('gravesham-csp-2027-01-20.ics')
    expect(textOf(answer)).toBe(`Gravesham CSP meeting

Board: Gravesham Community Safety Partnership
When: Wednesday 20 January 2027, 14:00 to 16:00 (Europe/London)
Where: Darent Room

Open the file with your calendar program, and it takes the meeting over.
If the meeting is moved or cancelled, fetch the file again: it changes the same entry.
Say “my calendar” for an address that your calendar program follows by itself.`)
  })

  test('moved, it is the same entry, changed once more', async () => {
    const meeting = await january()
    const before = await eventOf(meeting)
    expect(before).toMatchObject({
      uid: `${meeting}@quorate`,
      sequence: 0,
      written: '2027-01-20T14:00:00',
      zone: 'Europe/London',
    })
    house.clock.forward({ hours: 1 })
    const at = house.clock.now().toString({ smallestUnit: 'second' })
    await move(house, CLERK, meeting, { day: '2027-07-21', time: '14:00', allTheSame: 'yes' })
    const after = await eventOf(meeting)
    expect(after).toMatchObject({ uid: before.uid, sequence: 1, written: '2027-07-21T14:00:00', stamp: at, modified: at })
    expect(after.from.toString()).toBe('2027-07-21T13:00:00Z')
    house.clock.forward({ hours: 1 })
    expect((await eventOf(meeting)).stamp).toBe(at)
  })

  test('cancelled, it says so', async () => {
    const meeting = await january()
    await cancel(house, CLERK, meeting, 'No business')
    const answer = await ask(POLICE, meeting)
    expect(textOf(answer)).toContain('shows the meeting as cancelled')
    expect(parsed(fileOf(answer).text).events).toMatchObject([
      { uid: `${meeting}@quorate`, sequence: 1, status: 'CANCELLED', summary: 'Cancelled: Gravesham CSP meeting' },
    ])
    expect(fileOf(answer).text).not.toContain('No business')
  })

  test.each([
    { who: CLERK, as: 'the clerk' },
    { who: POLICE, as: 'a member' },
    { who: 'Ruth Hale', as: 'a deputy' },
    { who: 'Elliot Grange', as: 'who is invited' },
  ])('$as may have it', async ({ who }) => {
    expect((await ask(who, await january())).kind).toBe('document')
  })

  test('to who has nothing to do with the board it is as if there were none', async () => {
    const [hidden, none] = [await ask(FIRE, await january()), await ask(FIRE, newId())]
    expect(hidden).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(textOf(hidden)).toBe(textOf(none))
  })

  test('the cards of a meeting lead to it', async () => {
    const meeting = await january()
    await move(house, FAIRLEY, meeting, { ...JANUARY, time: '15:00' })
    await settle(house)
    const shown = await press(POLICE, 'meetings.show', meeting)
    const cards = house.sent.filter(({ to }) => 'user' in to && to.user === 'daniel.okafor@example.org').map(({ card }) => card)
    const leading = (titled: string) =>
      cards
        .filter(({ title }) => title.startsWith(titled))
        .map(({ body }) => body.flatMap((node): readonly Button[] => (node.node === 'buttons' ? node.buttons : [])))
        .map((buttons) => buttons.filter(({ command }) => command === 'meetings.calendar').map(({ subject }) => subject))
    expect(textOf(shown)).toContain('[Agenda] [Papers] [Calendar]')
    expect(leading('Moved: Gravesham CSP')).toEqual([[meeting]])
    expect(leading('Gravesham CSP, Wednesday 20 January 2027').at(-1)).toEqual([meeting])
  })
})

describe('nothing that only some may see stands in it', () => {
  const CANARY = 'Zygomorphic'

  test('neither titles of items, nor the need, nor anybody’s name', async () => {
    const meeting = await called(house, POLICE, gravesham, {
      kind: 'extraordinary',
      ...JANUARY,
      need: `${CANARY} violence`,
      link: 'https://meet.example.org/1',
    })
    const agenda = agendaOf(house, meeting)
    await agenda.has('Placeholder', 'X')
    await agenda.on(CLERK, 'X1', 'agenda.change', { title: `${CANARY} matter`, presenter: `${CANARY} Smith` })
    await agenda.has(`${CANARY} in the open`, 'B')
    const names = await house.handles.reading.selectFrom('person').select('name').execute()
    const found = await lookedAt(house, await subscribed(house, CLERK, gravesham, 'board'))
    for (const text of [fileOf(await ask(CLERK, meeting)).text, found.kind === 'text' ? found.text : '']) {
      const unfolded = text.replaceAll('\r\n ', '')
      expect(unfolded).toContain('SUMMARY:Gravesham CSP extraordinary meeting')
      expect(unfolded).toContain('URL;VALUE=URI:https://meet.example.org/1')
      for (const hidden of [CANARY, 'Placeholder', ...names.map(({ name }) => name)]) expect(unfolded).not.toContain(hidden)
    }
  })
})

describe('an address', () => {
  test('of a board shows its meetings, those a year back and the cancelled among them', async () => {
    const [meeting, off] = [await january(), await called(house, CLERK, gravesham, { day: '2027-02-17', time: '10:00' })]
    await cancel(house, CLERK, off, 'No business')
    const secret = await subscribed(house, CLERK, gravesham, 'board')
    expect(secret).toMatch(/^[\w-]{43}$/)
    const read = await feed(house, secret)
    expect(read).toMatchObject({ method: 'PUBLISH', name: 'Gravesham CSP meetings', refreshed: 'PT1H', zones: ['Europe/London'] })
    expect(read.events.map(({ uid, status }) => [uid, status])).toEqual([
      [`${meeting}@quorate`, 'CONFIRMED'],
      [`${off}@quorate`, 'CANCELLED'],
    ])
    house.clock.set('2028-01-20T10:00:00Z')
    expect((await feed(house, secret)).events).toHaveLength(2)
    house.clock.set('2028-02-01T10:00:00Z')
    expect((await feed(house, secret)).events.map(({ uid }) => uid)).toEqual([`${off}@quorate`])
  })

  test('of a person shows those of every board with which they have to do, and of no other', async () => {
    const meeting = await january()
    const demonstration = (await feed(house, await subscribed(house, CLERK, kcsp, 'board'))).events.map(({ uid }) => uid)
    expect(demonstration).toHaveLength(1)
    const uids = async (name: string, board: string) =>
      (await feed(house, await subscribed(house, name, board, 'person'))).events.map(({ uid }) => uid)
    expect(await uids(POLICE, gravesham)).toEqual([...demonstration, `${meeting}@quorate`])
    expect(await uids(FIRE, kcsp)).toEqual(demonstration)
    expect(await uids(FAIRLEY, gravesham)).toEqual([`${meeting}@quorate`])
  })

  test('of who leaves a board shows its meetings no more; of who has left all, none', async () => {
    await january()
    const secret = await subscribed(house, POLICE, kcsp, 'person')
    expect((await feed(house, secret)).events).toHaveLength(2)
    await leaves(POLICE, kcsp)
    expect((await feed(house, secret)).events.map(({ summary }) => summary)).toEqual(['Gravesham CSP meeting'])
    await leaves(POLICE, gravesham)
    expect((await feed(house, secret)).events).toEqual([])
  })

  test('that was stopped, and one that never was, are answered alike', async () => {
    const secret = await subscribed(house, POLICE, kcsp, 'person')
    const other = await subscribed(house, FIRE, kcsp, 'person')
    expect(textOf(await press(POLICE, 'meetings.unsubscribe', kcsp, { whose: 'person' }))).toContain('is stopped')
    const stopped = await lookedAt(house, secret)
    expect(stopped).toMatchObject({ kind: 'page', status: 404 })
    for (const guessed of ['', 'x', secret.slice(1), `${secret}=`, secret.toUpperCase(), newId(), '../papers', "' or '1'='1"])
      expect(await lookedAt(house, guessed)).toEqual(stopped)
    expect((await feed(house, other)).events).toHaveLength(1)
    expect(await press(POLICE, 'meetings.unsubscribe', kcsp, { whose: 'person' })).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'conflict' },
    })
  })

  test('takes the place of the one that stands, once it is asked about', async () => {
    const first = await subscribed(house, CLERK, kcsp, 'board')
    const again = await unchanged(house, () => press(ASHDOWN, 'meetings.subscribe', kcsp, { whose: 'board' }))
    expect(doubtOf(again).sentence).toContain('There is an address of the calendar of KCSP, made on Sunday 22 November 2026')
    expect((await feed(house, first)).events).toHaveLength(1)
    const second = secretIn(await house.press(ASHDOWN, doubtOf(again))) ?? ''
    expect(second).not.toBe(first)
    expect((await lookedAt(house, first)).kind).toBe('page')
    expect((await feed(house, second)).events).toHaveLength(1)
    const links = () => house.handles.reading.selectFrom('calendar_link').selectAll()
    const [standing, ...others] = await links().where('revoked_at', 'is', null).execute()
    expect(others).toEqual([])
    if (!standing) throw new Error('none stands')
    // The schema holds to it, whatever is done at once.
    const another = { ...standing, secret_hash: 'another' }
    await expect(house.writer.write((tx) => tx.insertInto('calendar_link').values(another).execute())).rejects.toThrow(/UNIQUE/)
  })

  test('is found by one read of an index', async () => {
    const { rows } = await sql`explain query plan
      select kind from calendar_link where secret_hash = 'x' and revoked_at is null`.execute(house.handles.reading)
    expect(rows).toEqual([expect.objectContaining({ detail: expect.stringContaining('SEARCH calendar_link USING INDEX') })])
  })
})

describe('who makes an address', () => {
  test.each([
    { who: CLERK, as: 'the clerk' },
    { who: ASHDOWN, as: 'the chair' },
  ])('of a board: $as', async ({ who }) => {
    expect(await subscribed(house, who, kcsp, 'board')).toBeTruthy()
    expect(textOf(await press(who, 'meetings.unsubscribe', kcsp, { whose: 'board' }))).toContain('is stopped')
  })

  test.each([FIRE, POLICE])('of a board: not %s, who is told what they may do', async (who) => {
    await subscribed(house, CLERK, kcsp, 'board')
    for (const command of ['meetings.subscribe', 'meetings.unsubscribe']) {
      const answer = await unchanged(house, () => press(who, command, kcsp, { whose: 'board' }))
      expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
      expect(textOf(answer)).toContain('say “my calendar”')
    }
  })

  test('nobody by a board with which they have nothing to do', async () => {
    for (const whose of ['board', 'person']) {
      expect(await press(FIRE, 'meetings.subscribe', gravesham, { whose })).toMatchObject({
        kind: 'refusal',
        refusal: { code: 'not_found' },
      })
    }
  })

  test('the operator of a board, and not of their own', async () => {
    const { tenant_id: tenant } = await house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
    const operate = (whose: string) =>
      house.bot.operate(tenant, { command: 'meetings.subscribe', subject: kcsp, values: { whose } })
    expect(secretIn(await operate('board'))).toBeTruthy()
    expect(await operate('person')).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
  })

  test('in a direct conversation only', async () => {
    const pressed = { command: 'meetings.subscribe', subject: kcsp, values: { whose: 'person' } }
    const answer = await unchanged(house, () => house.press(POLICE, pressed, { inChannel: true }))
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_permitted' } })
    expect(textOf(answer)).toContain('Say it to me directly.')
    expect(secretIn(await house.press(POLICE, pressed))).toBeTruthy()
  })
})

test('where no calendar program can reach the server, it is said what to do', async () => {
  const { handles, writer, clock } = house
  const clocks = { boardClock: clock, systemClock: clock }
  const { answer } = bot({
    reading: handles.reading,
    writer,
    features,
    ...clocks,
    ...NO_PAPERS,
    log: () => undefined,
    committed: () => undefined,
  })
  const said = textOf(await answer(inbound(POLICE, { words: 'my calendar' })))
  expect(said).toContain('Ask whoever runs the server to set PUBLIC_URL. Meanwhile each meeting can be had as a file')
  expect(textOf(await answer(inbound(POLICE, { words: 'help' })))).not.toContain('my calendar')
  expect(textOf(await answer(inbound(POLICE, { words: 'calendar for December' })))).not.toContain('my calendar')
})

describe('the secret is in the answer and nowhere else', () => {
  test('not in a row, a log line or a message', async () => {
    const delivery = newId()
    const pressed = { command: 'meetings.subscribe', subject: kcsp, values: { whose: 'person' } }
    const first = await house.press(POLICE, pressed, { delivery })
    const secret = secretIn(first) ?? 'none'
    await settle(house)
    const rows = await everyRow(house)
    expect(rows).toContain('meetings.subscribe')
    for (const kept of [rows, JSON.stringify(house.acts), JSON.stringify(house.sent)]) expect(kept).not.toContain(secret)
    expect(await verifyChain(house.handles.reading, kcsp)).toMatchObject({ faults: [] })
  })

  test('a repeated delivery says that it was made, and makes no other', async () => {
    const delivery = newId()
    const pressed = { command: 'meetings.subscribe', subject: kcsp, values: { whose: 'person' } }
    const secret = secretIn(await house.press(POLICE, pressed, { delivery })) ?? ''
    const again = await unchanged(house, () => house.press(POLICE, pressed, { delivery }))
    expect(secretIn(again)).toBeNull()
    expect(textOf(again)).toContain('I showed it when you first asked, and keep none of it.')
    expect((await feed(house, secret)).events).toHaveLength(1)
  })
})

describe('the command line prints a board’s calendar', () => {
  test('to standard output, and to a file', async () => {
    await january()
    const written: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text))
      return true
    })
    expect(await printCalendar(house, { board: 'Gravesham CSP' })).toBe(0)
    expect(parsed(written.join('')).events.map(({ summary }) => summary)).toEqual(['Gravesham CSP meeting'])
    const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
    const out = join(folder, 'gravesham.ics')
    const file = written.join('')
    expect(await printCalendar(house, { board: 'Gravesham CSP', out })).toBe(0)
    expect(readFileSync(out, 'utf8')).toBe(file)
    rmSync(folder, { recursive: true })
  })

  test('not of a board that there is not', async () => {
    await expect(printCalendar(house, { board: 'None' })).rejects.toThrow('There is no board None.')
  })
})
