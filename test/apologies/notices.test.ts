import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../house.js'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
  await house.tick()
  await house.outbox.drain()
  house.sent.length = 0
})
afterEach(() => house.close())

async function tickAt(at: string) {
  house.clock.set(at)
  await house.tick()
  await house.outbox.drain()
}

test('what was said stands, whatever becomes of its meeting: a dispatch is sent after a cancellation too', async () => {
  await house.say('Daniel Okafor', 'apologies for the next meeting, Ruth Hale will substitute')
  await house.writer.write((tx) => tx.updateTable('meeting').set({ state: 'cancelled' }).execute())
  await house.outbox.drain()
  expect(house.sentTo('Grace Holloway').at(-1)).toContain('Daniel Okafor sends apologies.')
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
