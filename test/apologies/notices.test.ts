import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { features } from '../../src/features.js'
import { tick } from '../../src/outbox/tick.js'
import { openTestHouse, type TestHouse } from '../house.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
  await house.tick()
  await house.outbox.drain()
  house.sent.length = 0
})
afterEach(() => house.close())

const MEMBERS = ['Daniel Okafor', 'Helen Marsh', 'Tom Beresford', 'Dr Simon Kerr', 'Cllr Owen Pryce', 'Nadia Flynn']

/** With those who have answered before it is moved, which is asked about anew. */
const EVERYBODY = [...MEMBERS, 'Cllr Margaret Ashdown', 'Aisha Rahman', 'June Whitfield']

/** The meeting is on Wednesday 16 December 2026 at 10:00. */
const REMINDED = '2026-12-11T09:00:00Z'

async function tickAt(at: string) {
  house.clock.set(at)
  await house.tick()
  await house.outbox.drain()
}

const reminders = () => house.sent.filter(({ plain }) => plain.startsWith('Please answer'))

describe('who has not answered is reminded three working days before, at nine', () => {
  test('not a minute earlier', async () => {
    await tickAt('2026-12-11T08:59:00Z')
    expect(reminders()).toEqual([])
  })

  test('each of them, once, however often it ticks', async () => {
    await tickAt(REMINDED)
    await tickAt('2026-12-11T09:01:00Z')
    await tickAt('2026-12-11T09:02:00Z')
    const told = reminders().map(({ to }) => ('user' in to ? to.user : ''))
    expect(told).toHaveLength(MEMBERS.length)
    expect(new Set(told).size).toBe(MEMBERS.length)
  })

  test('not those who have answered by then', async () => {
    await house.say('Daniel Okafor', 'apologies for the next meeting')
    await tickAt(REMINDED)
    expect(reminders().map(({ to }) => ('user' in to ? to.user : ''))).not.toContain('daniel.okafor@example.org')
  })

  test('who answers between the tick and the sending is dropped, with why', async () => {
    house.clock.set(REMINDED)
    const { reading } = house.handles
    await tick({ reading, writer: house.writer, notices: features.notices }, house.clock)
    await house.say('Daniel Okafor', 'apologies for the next meeting')
    await house.outbox.drain()
    house.clock.forward({ seconds: 1 })
    await house.outbox.drain()
    const rows = await reading
      .selectFrom('notice')
      .select(['state', 'why'])
      .where('notice', '=', 'apologies.unanswered')
      .execute()
    expect(rows.filter(({ state }) => state === 'dropped')).toEqual([{ state: 'dropped', why: 'they have answered' }])
    expect(reminders()).toHaveLength(MEMBERS.length - 1)
  })

  test('after a stop over the hour, once, when it runs again', async () => {
    await tickAt('2026-12-12T03:00:00Z')
    expect(reminders()).toHaveLength(MEMBERS.length)
  })

  test('at the board’s nine o’clock in summer too', async () => {
    await house.writer.write((tx) => tx.updateTable('meeting').set({ starts_at: '2027-07-14T09:00:00.000Z' }).execute())
    await tickAt('2027-07-09T07:59:00Z')
    expect(reminders()).toEqual([])
    await tickAt('2027-07-09T08:00:00Z')
    expect(reminders()).toHaveLength(EVERYBODY.length)
  })
})

test('a moved meeting is reminded anew', async () => {
  await tickAt(REMINDED)
  await house.writer.write((tx) => tx.updateTable('meeting').set({ starts_at: '2027-01-13T10:00:00.000Z' }).execute())
  await tickAt('2027-01-08T09:00:00Z')
  expect(reminders()).toHaveLength(MEMBERS.length + EVERYBODY.length)
})

test('a cancelled meeting reminds nobody', async () => {
  await house.writer.write((tx) => tx.updateTable('meeting').set({ state: 'cancelled' }).execute())
  await tickAt(REMINDED)
  expect(reminders()).toEqual([])
})

test('what was said stands, whatever becomes of its meeting: a dispatch is sent after a cancellation too', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting, Ruth Hale will substitute')
  await house.writer.write((tx) => tx.updateTable('meeting').set({ state: 'cancelled' }).execute())
  await house.outbox.drain()
  expect(house.sentTo('Grace Holloway').at(-1)).toContain('Daniel Okafor sends apologies.')
})

test('a reminder that was reckoned beyond the list of bank holidays says so', async () => {
  await house.writer.write((tx) => tx.updateTable('meeting').set({ starts_at: '2029-01-17T10:00:00.000Z' }).execute())
  await tickAt('2029-01-12T09:00:00Z')
  expect(reminders()).toHaveLength(EVERYBODY.length)
  expect(reminders()[0]?.plain).toContain(
    'The bank holidays of 2029 are not in my list, which covers 2012 to 2028: check this date by hand.',
  )
})

test('once the meeting has begun its cards say so; once it is over they have no buttons', async () => {
  await tickAt('2026-12-16T10:00:00Z')
  const channel = house.sent.filter(({ to }) => 'place' in to).at(-1)
  expect(channel?.plain).toContain('The meeting of Wednesday 16 December 2026, 10:00 has begun')
  expect(channel?.plain).not.toContain('[')
  expect(channel?.updates).toBe(true)
  const own = () => house.sentTo('Daniel Okafor').at(-1)
  expect(own()).toContain('The meeting has begun: what you answer now is recorded as late.')
  expect(own()).toContain('[Send apologies]')
  await tickAt('2026-12-16T12:00:00Z')
  expect(own()).toContain('The meeting is over. Tell the clerk of any change.')
  expect(own()).not.toContain('[')
})
