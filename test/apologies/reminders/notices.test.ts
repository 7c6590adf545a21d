import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { features } from '../../../src/features.js'
import { tick } from '../../../src/outbox/tick.js'
import { openTestHouse, type TestHouse, unexpected } from '../../house.js'

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
const FIRST = '2026-12-02T09:00:00Z'
const REMINDED = '2026-12-11T09:00:00Z'

const CLERK = 'Grace Holloway'

async function moved(day: string) {
  const answer = await house.say(CLERK, `move the next meeting to ${day} at 10 am, all the same`)
  expect(answer).toMatchObject({ kind: 'card', of: 'act' })
  await sendAll()
}

/** Time for all that waits: a message a second to each. */
async function sendAll() {
  for (let message = 0; message < 5; message += 1) {
    await house.outbox.drain()
    house.clock.forward({ seconds: 1 })
  }
}

async function tickAt(at: string) {
  house.clock.set(at)
  await house.tick()
  await sendAll()
}

const reminders = () => house.sent.filter(({ plain }) => /please answer/i.test(plain))

describe('who has not answered is reminded ten and three working days before, at nine', () => {
  test('not a minute earlier', async () => {
    await tickAt('2026-12-02T08:59:00Z')
    expect(reminders()).toEqual([])
    await tickAt(FIRST)
    expect(reminders()).toHaveLength(MEMBERS.length)
    house.sent.length = 0
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
    await tick({ reading, writer: house.writer, notices: features.notices }, house.clock, unexpected)
    await house.say('Daniel Okafor', 'apologies for the next meeting')
    await sendAll()
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
    await moved('14 July 2027')
    await tickAt('2027-06-30T07:59:00Z')
    expect(reminders()).toEqual([])
    await tickAt('2027-06-30T08:00:00Z')
    expect(reminders()).toHaveLength(EVERYBODY.length)
  })
})

test('a moved meeting is reminded anew', async () => {
  await tickAt(REMINDED)
  await moved('13 January 2027')
  await tickAt('2027-01-08T09:00:00Z')
  expect(reminders()).toHaveLength(MEMBERS.length + EVERYBODY.length)
})

test('a cancelled meeting reminds nobody', async () => {
  await house.say(CLERK, 'cancel the next meeting because of snow')
  await tickAt(REMINDED)
  expect(reminders()).toEqual([])
})

test('a reminder that was reckoned beyond the list of bank holidays says so', async () => {
  await moved('17 January 2029')
  await tickAt('2029-01-12T09:00:00Z')
  expect(reminders()).toHaveLength(EVERYBODY.length)
  expect(reminders()[0]?.plain).toContain(
    'The bank holidays of 2029 are not in my list, which covers 2012 to 2028: check this date by hand.',
  )
})
