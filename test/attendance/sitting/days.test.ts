import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { boardCalled } from '../../boards.js'
import { textOf } from '../../house.js'
import { CHAIR, CLERK, FIRE, inSession, NHS, POLICE, type Room } from '../sitting.js'

let room: Room
beforeEach(async () => {
  room = await inSession([CHAIR, POLICE, FIRE, NHS])
})
afterEach(async () => {
  expect(room.house.faults).toEqual([])
  await room.house.close()
})

const on = async (instant: string, name: string, words: string) => {
  room.house.clock.set(instant)
  return textOf(await room.house.say(name, words))
}
const count = (text: string) => /(\d+) responsible authorit/.exec(text)?.[1]

describe('a meeting that adjourns to another day', () => {
  beforeEach(async () => {
    await on('2026-12-16T11:00:00Z', CHAIR, 'adjourn until Friday at ten')
  })

  test('begins with nobody, and counts who comes then, before it is resumed or after', async () => {
    await on('2026-12-18T09:55:00Z', POLICE, "I'm online")
    const resumed = await on('2026-12-18T10:00:00Z', CLERK, 'resume the meeting')
    expect(count(resumed)).toBe('1')
    await on('2026-12-18T10:01:00Z', FIRE, "I'm in the room")
    await on('2026-12-18T10:01:00Z', NHS, "I'm in the room")
    await on('2026-12-18T10:02:00Z', CHAIR, "I'm in the room")
    expect(count(await on('2026-12-18T10:03:00Z', CLERK, 'are we quorate'))).toBe('4')
  })

  test('knows the whole of it afterwards, with the days', async () => {
    await on('2026-12-18T10:00:00Z', CLERK, 'resume the meeting')
    await on('2026-12-18T10:01:00Z', FIRE, "I'm in the room")
    await on('2026-12-18T10:30:00Z', CLERK, 'close the meeting, all the same')
    const text = await on('2026-12-18T10:31:00Z', CLERK, 'attendance record')
    expect(text).toContain('Daniel Okafor, Kent Police: in the room, 10:00 to 11:00')
    expect(text).toContain('Aisha Rahman, Kent Fire and Rescue Service: in the room, 18 December, 10:01 to 18 December, 10:30')
    expect(text).toContain('closed at 18 December, 10:30')
  })

  test('is the one that is meant, though another is called', async () => {
    const values = { day: '2027-03-24', time: '10:00', venue: 'Online', allTheSame: 'yes' }
    const board = (await boardCalled(room.house, 'KCSP')) ?? ''
    expect(await room.house.press(CLERK, { command: 'meetings.call', subject: board, values })).toMatchObject({ kind: 'card' })
    expect(await on('2026-12-19T10:00:00Z', CLERK, 'resume the meeting')).toContain('Wednesday 16 December 2026: in session')
  })
})

describe('a meeting over midnight', () => {
  test('a pause is a pause, and an hour of the evening before is that hour', async () => {
    await on('2026-12-16T23:58:00Z', CHAIR, 'adjourn')
    await on('2026-12-17T00:03:00Z', CHAIR, 'resume')
    expect(count(await on('2026-12-17T00:04:00Z', CLERK, 'are we quorate'))).toBe('4')
    await on('2026-12-17T00:10:00Z', CLERK, 'Daniel Okafor left at 23:50')
    const row = await room.house.handles.reading.selectFrom('spell').orderBy('seq', 'desc').select('until_at').executeTakeFirst()
    expect(row?.until_at).toBe('2026-12-16T23:50:00.000Z')
  })
})

test('an adjournment is extended by saying so', async () => {
  expect(await on('2026-12-16T10:30:00Z', CHAIR, 'adjourn for ten minutes')).toContain('It is adjourned until 10:40.')
  expect(await on('2026-12-16T10:38:00Z', CHAIR, 'adjourn until 10:50')).toContain('It is adjourned until 10:50.')
  expect(await on('2026-12-16T10:39:00Z', CLERK, 'open the meeting')).toContain('Say “resume the meeting”')
})

test('whoever sat in and is named no more can still leave, and the clerk sees it', async () => {
  await on('2026-12-16T10:05:00Z', CLERK, 'Joseph Brand is here for Helen Marsh')
  await on('2026-12-16T10:10:00Z', 'Helen Marsh', 'I can come after all')
  expect(await on('2026-12-16T10:11:00Z', CLERK, 'who is here')).toContain(
    'Joseph Brand is no longer named to sit for Helen Marsh',
  )
  expect(await on('2026-12-16T10:12:00Z', 'Joseph Brand', "I'm leaving")).toContain('You left at 10:12.')
  // The table does not bring them back into the seat.
  const form = await room.press('10:13', CLERK, 'attendance.table_form')
  if (form.kind !== 'form') throw new Error('no form')
  const joseph = await room.id('Joseph Brand')
  await room.press('10:14', CLERK, 'attendance.table', { ...form.form.values, [joseph]: 'online' })
  expect(count(await on('2026-12-16T10:15:00Z', CLERK, 'are we quorate'))).toBe('4')
})

test('whoever leaves in the instant of their coming was there', async () => {
  await room.press('10:20', 'Tom Beresford', 'attendance.arrive', { mode: 'online' })
  await room.press('10:20', 'Tom Beresford', 'attendance.leave')
  await on('2026-12-16T11:00:00Z', CLERK, 'close the meeting, all the same')
  expect(await on('2026-12-16T11:01:00Z', CLERK, 'who was here')).toContain('Tom Beresford')
})

test('an invited body does not preside', async () => {
  await on('2026-12-16T10:05:00Z', CLERK, 'Nadia Flynn is here')
  expect(await on('2026-12-16T10:06:00Z', CLERK, 'Nadia Flynn presides')).toContain('has no member’s seat at this board')
})

test('apologies from who is here are asked about', async () => {
  expect(await on('2026-12-16T10:05:00Z', CLERK, 'apologies from Daniel Okafor')).toContain('Daniel Okafor is marked as here.')
  const rows = await room.house.handles.reading
    .selectFrom('answer')
    .where('for_person_id', '=', await room.id(POLICE))
    .select('id')
    .execute()
  expect(rows).toEqual([])
})

test('after the close the clerk’s words are about the meeting that is over, though another is called', async () => {
  const board = (await boardCalled(room.house, 'KCSP')) ?? ''
  const values = { day: '2027-03-24', time: '10:00', venue: 'Online', allTheSame: 'yes' }
  expect(await room.house.press(CLERK, { command: 'meetings.call', subject: board, values })).toMatchObject({ kind: 'card' })
  await on('2026-12-16T11:00:00Z', CLERK, 'close the meeting, all the same')
  await on('2026-12-17T09:00:00Z', CLERK, 'Daniel Okafor left at 10:50, because he told me so')
  const text = await on('2026-12-17T09:01:00Z', CLERK, 'attendance record')
  expect(text).toContain('Daniel Okafor, Kent Police: in the room, 10:00 to 10:50; he told me so')
})

test('who sent apologies in time is not late because a substitute is named at the meeting', async () => {
  room.house.clock.set('2026-12-15T09:00:00Z')
  await room.house.say('Helen Marsh', 'apologies for tomorrow')
  await on('2026-12-16T10:10:00Z', CLERK, 'Joseph Brand is here for Helen Marsh')
  const coming = await on('2026-12-16T10:11:00Z', CLERK, 'who is coming')
  expect(coming).toContain('Joseph Brand (substitute for Helen Marsh)')
  expect(coming).not.toContain('(late)')
})

test('nobody is named for who is here but when it is said twice', async () => {
  expect(await on('2026-12-16T10:10:00Z', CLERK, 'Ruth Hale is here for Daniel Okafor')).toContain(
    'Daniel Okafor is marked as here.',
  )
  expect(await on('2026-12-16T10:11:00Z', POLICE, 'apologies for today, Ruth Hale will substitute')).toContain(
    'Daniel Okafor is marked as here.',
  )
  expect(await on('2026-12-16T10:12:00Z', CLERK, 'Ruth Hale is here for Daniel Okafor, all the same')).toContain(
    'Ruth Hale | Kent Police',
  )
})
