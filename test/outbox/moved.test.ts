import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { features } from '../../src/features.js'
import { tick } from '../../src/outbox/tick.js'
import { boardCalled, personCalled, takeOff } from '../boards.js'
import { openTestHouse, sendAll, type TestHouse, textOf, unexpected } from '../house.js'

const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'
const MOVED = 'it falls due at another time now, or not at all'

/** The meeting is on Wednesday 16 December 2026, 10:00; its papers go by Tuesday 8 December, 17:00. */
let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
  await house.tick()
  await sendAll(house)
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

async function tickAt(at: string): Promise<void> {
  house.clock.set(at)
  await house.tick()
  await sendAll(house)
}

/** What falls due is settled, and waits: no platform is connected. */
async function settleAt(at: string): Promise<void> {
  house.clock.set(at)
  const { handles, writer } = house
  await tick({ reading: handles.reading, writer, notices: features.notices }, house.clock, unexpected)
}

async function say(words: string): Promise<string> {
  const answer = await house.say(CLERK, words)
  expect(answer).toMatchObject({ kind: 'card', of: 'act' })
  return textOf(answer)
}

const REMINDED = /please answer|(?:today|tomorrow|in an hour|in \d+ \w+): kcsp/i
const reminded = () => house.sent.filter(({ plain }) => REMINDED.test(plain))

const messagesOf = (notice: string) =>
  house.handles.reading.selectFrom('notice').where('notice', '=', notice).select(['due_date', 'state', 'why']).execute()

const plannedOf = async (notice: string) => {
  const rows = await house.handles.reading
    .selectFrom('reminder')
    .where('notice', '=', notice)
    .orderBy('due_at')
    .select(['due_at', 'state', 'why'])
    .execute()
  return rows.map(({ due_at, state, why }) => `${due_at.slice(0, 16)} ${state}${why === null ? '' : `: ${why}`}`)
}

describe('a meeting that is moved', () => {
  test('has its deadline and its reminders at their new hours, and nothing is said at the old ones', async () => {
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    await sendAll(house)
    house.sent.length = 0
    for (const old of ['02T09:00', '11T09:00', '15T09:00', '16T09:00', '16T09:45', '16T10:00']) await tickAt(`2026-12-${old}:00Z`)
    expect(reminded()).toEqual([])
    // The papers go by Tuesday 5 January: the 6th, 7th, 8th, 11th and 12th lie between.
    const shown = await house.press(CLERK, { command: 'meetings.show', subject: await house.meeting() })
    expect(textOf(shown)).toContain('Tuesday 5 January 2027, 17:00')
    expect(await plannedOf('papers.to_circulate')).toEqual([
      `2026-12-04T09:00 dropped: ${MOVED}`,
      `2026-12-07T09:00 dropped: ${MOVED}`,
      `2026-12-08T09:00 dropped: ${MOVED}`,
      '2026-12-31T09:00 planned',
      '2027-01-04T09:00 planned',
      '2027-01-05T09:00 planned',
    ])
    await tickAt('2027-01-08T09:00:00Z')
    expect(reminded().length).toBeGreaterThan(0)
    await tickAt('2027-01-12T09:00:00Z')
    expect(house.sentTo(MEMBER).filter((plain) => /tomorrow: kcsp, wednesday 13 january/i.test(plain))).toHaveLength(1)
  })

  test.each([
    { notice: 'apologies.coming_soon', at: '2026-12-15T09:00:00Z' },
    { notice: 'apologies.starting', at: '2026-12-16T09:00:00Z' },
    { notice: 'apologies.unanswered', at: '2026-12-11T09:00:00Z' },
  ])('while $notice waits to be sent: that is dropped with why, and does not go out for the new day', async ({ notice, at }) => {
    await settleAt(at)
    expect((await messagesOf(notice)).map(({ state }) => state)).toContain('waiting')
    house.sent.length = 0
    await say('move the next meeting to 13 January 2027 at 10 am, all the same')
    await sendAll(house)
    expect(reminded()).toEqual([])
    expect(new Set((await messagesOf(notice)).map(({ state, why }) => `${state}: ${why}`))).toEqual(
      new Set([`dropped: ${MOVED}`]),
    )
  })

  test('within its day, while what is said of the day waits: that goes out, with the new hour', async () => {
    await settleAt('2026-12-15T09:00:00Z')
    await say('move the next meeting to 16 December 2026 at 2 pm, all the same')
    house.sent.length = 0
    await sendAll(house)
    expect(house.sentTo(MEMBER).filter((plain) => /tomorrow: kcsp/i.test(plain))).toEqual([
      expect.stringContaining('Wednesday 16 December 2026, 14:00'),
    ])
  })
})

test('a meeting that is cancelled within its last hour: what is still planned or waits is dropped with why', async () => {
  await settleAt('2026-12-16T09:00:00Z')
  house.clock.set('2026-12-16T09:30:00Z')
  house.sent.length = 0
  await say('cancel the next meeting because of snow')
  for (const at of ['09:30:10', '09:45:00', '10:00:00', '10:15:00']) await tickAt(`2026-12-16T${at}Z`)
  await tickAt('2026-12-29T09:00:00Z')
  expect(reminded()).toEqual([])
  expect(new Set((await messagesOf('apologies.starting')).map(({ state }) => state))).toEqual(new Set(['dropped']))
  expect(await plannedOf('attendance.to_open')).toEqual([
    `2026-12-16T09:45 dropped: ${MOVED}`,
    `2026-12-16T10:00 dropped: ${MOVED}`,
  ])
  expect(await plannedOf('attendance.notes_due')).toEqual([`2026-12-29T09:00 dropped: ${MOVED}`])
})

describe('somebody who leaves the board', () => {
  const leave = () => takeOff(house, 'daniel.okafor@example.org', 'Kent Police')

  test('before a reminder has none of it, and the others have', async () => {
    await leave()
    await sendAll(house)
    house.sent.length = 0
    for (const at of ['02T09:00', '11T09:00', '15T09:00', '16T09:00']) await tickAt(`2026-12-${at}:00Z`)
    expect(house.sentTo(MEMBER)).toEqual([])
    expect(house.sentTo('Helen Marsh').filter((plain) => REMINDED.test(plain))).toHaveLength(4)
  })

  test('once they asked to be reminded tomorrow are not, and why is kept', async () => {
    await tickAt('2026-12-02T09:00:00Z')
    await house.press(MEMBER, { command: 'desk.remind_tomorrow', subject: `apologies.unanswered ${await house.meeting()}` })
    await leave()
    await sendAll(house)
    house.sent.length = 0
    await tickAt('2026-12-03T09:00:00Z')
    expect(house.sentTo(MEMBER)).toEqual([])
    expect(await plannedOf('apologies.unanswered')).toContain('2026-12-03T09:00 dropped: nobody is left to be reminded')
  })

  test('while their reminders wait to be sent have none of them', async () => {
    const board = (await boardCalled(house, 'KCSP')) ?? ''
    for (const whom of ['everyone', await personCalled(house, MEMBER)]) {
      const values = { whom, day: '2026-12-11', time: '09:00', words: 'the scrutiny date' }
      await house.press(CLERK, { command: 'desk.add_reminder', subject: board, values })
    }
    await settleAt('2026-12-11T09:00:00Z')
    await leave()
    house.sent.length = 0
    await sendAll(house)
    expect(house.sentTo(MEMBER).filter((plain) => REMINDED.test(plain) || plain.includes('the scrutiny date'))).toEqual([])
    expect(house.sentTo('Helen Marsh').filter((plain) => plain.includes('the scrutiny date'))).toHaveLength(1)
  })
})
