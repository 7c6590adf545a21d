import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { StartError } from '../../../src/kernel/start-error.js'
import { socket } from '../../../src/platforms/slack/socket.js'
import { openSlackHouse, type SlackHouse } from './setting.js'
import { openStandIn } from './stand-in/open.js'

let opened: SlackHouse | null = null

afterEach(async () => {
  await opened?.close()
  opened = null
})

/** Whether what is said is heard: within ten seconds, tried again and again. */
const heard = (house: SlackHouse): Promise<void> =>
  vi.waitFor(() => house.as('Grace Holloway').command('direct', 'help'), { timeout: 10_000, interval: 200 })

test('a connection that breaks off, or that Slack asks to renew, is opened again', async () => {
  opened = await openSlackHouse()
  await heard(opened)
  opened.standIn.dropSockets()
  await heard(opened)
  opened.standIn.refreshSockets()
  await heard(opened)
  expect(opened.faults).toEqual([])
})

test.each([
  { what: 'Slack answers with a fault of its own', fault: { status: 503 } },
  { what: 'the network fails', fault: { reset: true } as const },
  { what: 'Slack wants to hear nothing for a second', fault: { status: 429, retryAfter: 1 } },
])('where $what just then, it is tried again, and the process goes on', async ({ fault }) => {
  opened = await openSlackHouse()
  opened.standIn.fail('apps.connections.open', fault, 2)
  opened.standIn.dropSockets()
  await wait(500)
  await heard(opened)
  expect(opened.faults.length).toBeGreaterThan(0)
})

test('a token that Slack does not take stops the start', async () => {
  const standIn = await openStandIn()
  const { start, stop } = socket('xapp-1-wrong', standIn.url, () => undefined)
  await expect(start()).rejects.toThrow(StartError)
  await expect(start()).rejects.toThrow('SLACK_APP_TOKEN (invalid_auth)')
  await stop()
  await standIn.close()
})
