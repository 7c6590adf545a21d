import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attendanceAgrees } from '../../../src/attendance/record/store.js'
import { payloadsOf } from '../../../src/db/journal.js'
import { boardCalled, KCSP_ROSTER, setUpBoard } from '../../boards.js'
import { textOf } from '../../house.js'
import { at, CHAIR, CLERK, FIRE, inSession, NHS, OPCC, POLICE, type Room } from '../sitting.js'

let room: Room
beforeEach(async () => {
  room = await inSession([CHAIR, POLICE, FIRE, NHS])
})
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const said = async (hour: string, name: string, words: string) => textOf(await room.say(hour, name, words))
const printed = (hour: string) => said(hour, CLERK, 'attendance record')
const boardOf = async () => (await boardCalled(room.house, 'KCSP')) ?? ''

describe('what is printed', () => {
  test('bears the clause of the text that ruled, whatever rules when it is printed', async () => {
    const before = /Clause 7: .*/.exec(await printed('10:30'))?.[0]
    await room.say('11:00', CLERK, 'close the meeting, all the same')
    await setUpBoard(room.house, 'kcsp-2023', null)
    const after = await printed('11:30')
    expect(after).toContain(before)
    expect(after).toContain('Kent Police')
  })

  test('is not rewritten by a roster that changes in the midst of the meeting, which counts from then on', async () => {
    const board = await boardOf()
    room.house.clock.set(at('10:30'))
    const without = KCSP_ROSTER.split('\n')
      .filter((line) => !line.startsWith('Kent Police'))
      .join('\n')
    const values = { file: Buffer.from(without).toString('base64') }
    expect(await room.house.press(CLERK, { command: 'boards.read_roster', subject: board, values })).toMatchObject({
      kind: 'card',
    })
    const file = await room.house.handles.reading
      .selectFrom('roster_file')
      .where('state', '=', 'read')
      .select('id')
      .executeTakeFirstOrThrow()
    expect(await room.house.press(CLERK, { command: 'boards.import_roster', subject: file.id })).toMatchObject({ kind: 'card' })
    const text = await printed('10:40')
    expect(text).toContain('PRESENT: Cllr Margaret Ashdown (Chair), Dr Simon Kerr, Daniel Okafor, Aisha Rahman.')
    const ledger = text
      .split('\n')
      .filter((line) => / in session/.test(line))
      .map((line) => `${line.slice(2, 7)}: ${line.split(': ').at(-1)}`)
    expect(text).not.toContain('recorded at the time')
    expect(ledger.at(-2)).toBe('10:00: quorate')
    expect(ledger.at(-1)).toBe('10:30: not quorate')
  })

  test('says what was ruled of the readings', async () => {
    await room.say('10:10', FIRE, "I'm leaving")
    await room.say('10:11', CLERK, 'Helen Marsh is here')
    expect(await printed('10:12')).toContain('quorate as the terms list them; not quorate by statute')
    await room.say('10:15', CHAIR, 'count as the terms list them')
    expect(await printed('10:16')).toContain('quorate, counted as the terms list them as the person presiding ruled')
    expect(await said('10:17', CLERK, 'who is here')).toContain(
      'It is counted as the terms list them, as the person presiding has ruled.',
    )
  })

  test('says who was in the chair, though they came to it by a departure', async () => {
    await room.say('10:10', CLERK, 'Daniel Okafor presides, all the same')
    expect(await printed('10:20')).toContain('Daniel Okafor (in the chair)')
  })

  test('a connection that dropped just before the close had no time to come back: it was there to the end', async () => {
    await room.say('10:05', FIRE, "I'm online")
    await room.say('10:58', FIRE, 'my connection dropped')
    await room.say('11:00', CLERK, 'close the meeting, all the same')
    const ledger = (text: string) => text.split('\n').filter((line) => line.startsWith('- 1') && line.includes('needed'))
    expect(ledger(await printed('11:30'))).toEqual(ledger(await printed('11:00')))
  })
})

describe('an item that is not on the public agenda', () => {
  async function hidden(): Promise<string> {
    const item = await room.house.handles.reading
      .selectFrom('item')
      .where('title', '=', 'Election of Vice-Chair')
      .select('id')
      .executeTakeFirstOrThrow()
    await room.house.writer.write((tx) =>
      tx
        .updateTable('item')
        .set({ letter: 'X', number: 1, openness: 'hidden', title: 'canary-title' })
        .where('id', '=', item.id)
        .execute(),
    )
    return item.id
  }

  test('leaves no trace of an interest in print, nor a false nil return', async () => {
    const item = await hidden()
    await room.say('10:05', CLERK, 'no declarations of interest')
    await room.press('10:06', POLICE, 'attendance.declare', { item, nature: 'canary-nature', does: 'withdraws now' })
    const text = await printed('10:10')
    expect(text).not.toMatch(/canary|withdrew|no Declarations/)
    expect(text).not.toContain('X1')
  })

  test('is seen by who represents a member, and not by a guest', async () => {
    const item = await hidden()
    await room.press('10:06', POLICE, 'attendance.declare', { item, nature: 'canary-nature', does: 'withdraws now' })
    expect(await said('10:07', NHS, 'interests')).toContain('canary-nature')
    expect(await said('10:07', NHS, 'who is here')).toContain('withdrawn for an item')
    for (const words of ['interests', 'who is here', 'are we quorate'])
      expect(await said('10:08', 'Nadia Flynn', words), words).not.toMatch(/canary|withdrawn for an item/)
    const [row] = await room.house.handles.reading.selectFrom('interest').select('id').execute()
    const answer = (interest: string) => room.press('10:09', 'Nadia Flynn', 'attendance.withdraw', { interest })
    const unknown = textOf(await answer('00000000-0000-4000-8000-000000000000'))
    expect(textOf(await answer(row?.id ?? ''))).toBe(unknown)
  })
})

describe('the journal and the record', () => {
  const faults = async () =>
    attendanceAgrees(
      room.house.handles.reading,
      await boardOf(),
      await payloadsOf(room.house.handles.reading, await boardOf()),
      true,
    )

  test('agree after everything that an act does', async () => {
    await room.say('10:05', FIRE, "I'm online")
    await room.say('10:06', FIRE, 'my connection dropped')
    await room.say('10:07', FIRE, 'back')
    await room.say('10:08', CLERK, 'Joseph Brand is here for Helen Marsh')
    await room.say('10:09', CLERK, 'Jane Roe is here for Tom Beresford')
    await room.say('10:20', CLERK, 'Aisha Rahman left at 10:15')
    expect(await faults()).toEqual([])
  })

  test.each([
    { what: 'an hour', set: { from_at: '2026-12-16T10:01:00.000Z' } },
    { what: 'a seat', set: { seat_id: null } },
    { what: 'that it never was', set: { struck: 1 } },
  ])('do not where $what was changed by another hand', async ({ set }) => {
    const person = await room.id(POLICE)
    await room.house.writer.write((tx) => tx.updateTable('spell').set(set).where('person_id', '=', person).execute())
    expect((await faults()).length).toBeGreaterThan(0)
  })

  test('do not where a row was added, or the nature of an interest changed', async () => {
    const { id: item } = await room.house.handles.reading
      .selectFrom('item')
      .where('number', 'is not', null)
      .select('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    await room.press('10:06', POLICE, 'attendance.declare', { item, nature: 'a relation', does: 'stays' })
    expect(await faults()).toEqual([])
    await room.house.writer.write((tx) => tx.updateTable('interest').set({ nature: 'none' }).execute())
    expect((await faults())[0]).toContain('The declaration')
    const { seq, id, ...row } = await room.house.handles.reading
      .selectFrom('spell')
      .selectAll()
      .limit(1)
      .executeTakeFirstOrThrow()
    await room.house.writer.write((tx) =>
      tx
        .insertInto('spell')
        .values({ ...row, seq: seq + 99, id: 'forged' })
        .execute(),
    )
    expect((await faults()).some((fault) => fault.includes('forged'))).toBe(true)
  })

  test('the answer that a mark records is in the journal with it', async () => {
    await room.say('10:08', CLERK, 'Joseph Brand is here for Helen Marsh')
    const payloads = await payloadsOf(room.house.handles.reading, await boardOf())
    expect(JSON.stringify(payloads)).toContain('"answers":[{"answer"')
  })
})

test('who keeps the attendance of an old meeting is whoever is clerk by now', async () => {
  await room.say('11:00', CLERK, 'close the meeting, all the same')
  const board = await boardOf()
  const ruth = await room.id('Ruth Hale')
  await room.house.writer.write(async (tx) => {
    await tx
      .updateTable('office')
      .set({ until_day: '2027-01-20' })
      .where('board_id', '=', board)
      .where('office', '=', 'clerk')
      .execute()
    await tx
      .insertInto('office')
      .values({ board_id: board, office: 'clerk', person_id: ruth, from_day: '2027-01-20', until_day: null })
      .execute()
  })
  room.house.clock.set('2027-02-01T10:00:00Z')
  const { id: spell } = await room.house.handles.reading
    .selectFrom('spell')
    .where('person_id', '=', await room.id(POLICE))
    .select('id')
    .executeTakeFirstOrThrow()
  const correction = { command: 'attendance.correct', subject: room.meeting, values: { spell, what: 'never', reason: 'x' } }
  expect(await room.house.press(CLERK, correction)).toMatchObject({ kind: 'refusal' })
  expect(await room.house.press('Ruth Hale', correction)).toMatchObject({ kind: 'card' })
})

test('after the close nobody is marked for a seat whom it could not have named', async () => {
  await room.say('11:00', CLERK, 'close the meeting, all the same')
  const afterwards = async (name: string) => {
    const seat = await room.house.handles.reading
      .selectFrom('holding')
      .where('person_id', '=', await room.id(OPCC))
      .select('seat_id')
      .executeTakeFirstOrThrow()
    const values = { name, how: 'room', hour: '10:10', reason: 'forgotten', seat: seat.seat_id, for: await room.id(OPCC) }
    return room.press('11:10', CLERK, 'attendance.mark', values)
  }
  for (const name of [POLICE, CLERK, '', 'Ruth Hale']) expect((await afterwards(name)).kind, name).toBe('refusal')
  expect((await afterwards('Joseph Brand')).kind).toBe('card')
  expect(await printed('11:20')).toContain('Joseph Brand (Substitute for Helen Marsh)')
})
