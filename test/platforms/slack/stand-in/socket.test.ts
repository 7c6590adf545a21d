import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { SocketModeClient } from '@slack/socket-mode'
import { expect, onTestFinished, test } from 'vitest'
import { type Board, openBoard } from './bare.js'

interface Got {
  readonly type: string
  readonly envelope_id: string
  readonly retry_num?: number
  readonly accepts_response_payload: boolean
  readonly body: Readonly<Record<string, unknown>>
  ack(payload?: Readonly<Record<string, unknown>>): Promise<void>
}

/** A client of Socket Mode, and what it got; it acknowledges what it is told to. */
async function connected({ slack, board }: Board, answer: (got: Got) => Readonly<Record<string, unknown>> | null = () => ({})) {
  const client = new SocketModeClient({
    appToken: board.appToken,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
    clientPingTimeout: 200,
    logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error' as never, setName() {} },
  })
  const kept: Got[] = []
  client.on('slack_event', (got: Got) => {
    kept.push(got)
    const payload = answer(got)
    if (payload) void got.ack(payload)
  })
  await client.start()
  onTestFinished(() => client.disconnect())
  return { client, kept }
}

test('an app that connects gets what happens, each to one of its connections', async () => {
  const at = await openBoard()
  const one = await connected(at)
  const two = await connected(at)
  const alice = at.board.as(at.alice)
  for (const text of ['a', 'b', 'c', 'd']) await alice.say('direct', text)
  expect([one.kept.length, two.kept.length]).toEqual([2, 2])
  expect(one.kept[0]).toMatchObject({ type: 'events_api', accepts_response_payload: false })
  await alice.shortcut('start')
  await alice.command('direct', 'x')
  expect(
    [...one.kept, ...two.kept]
      .map(({ type }) => type)
      .sort()
      .slice(-2),
  ).toEqual(['interactive', 'slash_commands'])
})

test('a command may be acknowledged with a message; an event may not', async () => {
  const at = await openBoard()
  await connected(at, () => ({ text: 'Yes?' }))
  const alice = at.board.as(at.alice)
  await alice.command('direct', 'x')
  expect(alice.conversation()).toMatchObject([{ text: 'Yes?', ephemeral: true }])
  await alice.say('direct', 'x')
  expect(at.slack.complaints).toEqual([expect.stringContaining('does not accept')])
})

test('the same again comes in the same envelope, with its number', async () => {
  const at = await openBoard()
  const { kept } = await connected(at)
  await at.board.as(at.alice).say('direct', 'x', { repeats: 2 })
  expect(kept.map(({ retry_num }) => retry_num)).toEqual([0, 1, 2])
  expect(new Set(kept.map(({ envelope_id }) => envelope_id)).size).toBe(1)
})

test('words longer than a short frame arrive whole, both ways', async () => {
  const at = await openBoard()
  const long = 'ü'.repeat(40_000)
  const { kept } = await connected(at, ({ type }) => (type === 'slash_commands' ? { text: long.slice(0, 39_000) } : {}))
  const alice = at.board.as(at.alice)
  await alice.say('direct', long)
  expect(kept[0]?.body.event).toMatchObject({ text: long })
  await alice.command('direct', 'x')
  expect(alice.conversation().at(-1)?.text).toHaveLength(39_000)
})

test.each([
  ['asked to', (at: Board) => at.slack.refreshSockets()],
  ['cut off', (at: Board) => at.slack.dropSockets()],
])('it connects anew where it is %s', async (_how, part) => {
  const at = await openBoard()
  const { client, kept } = await connected(at)
  const again = new Promise((resolve) => client.once('connected', resolve))
  part(at)
  await again
  await at.board.as(at.alice).say('direct', 'x')
  expect(kept).toHaveLength(1)
})

test('a ticket opens one connection, and without one there is none', async () => {
  const { call, board } = await openBoard()
  const { url } = await call('apps.connections.open', {}, board.appToken)
  expect(await upgraded(String(url))).toBe(101)
  expect(await upgraded(String(url))).toBe(401)
})

/** The status that an upgrade is answered with. */
function upgraded(url: string): Promise<number | undefined> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  }
  return new Promise((resolve) => {
    const asked = request(url.replace('ws:', 'http:'), { headers })
    asked.on('upgrade', ({ statusCode }, stream) => {
      stream.destroy()
      resolve(statusCode)
    })
    asked.on('response', ({ statusCode }) => resolve(statusCode))
    asked.end()
  })
}
