import { LogLevel, WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { type Board, button, buttons, input, modal, openBoard, post } from './bare.js'

interface Asked {
  readonly board: Board
  readonly args: Readonly<Record<string, unknown>>
}

/** Each refusal: what is wrong, the method, how it comes about, and Slack’s word for it. */
const REFUSED: readonly (readonly [string, string, (at: Board) => Asked['args'], string])[] = [
  ['a method of no name', 'chat.shout', () => ({}), 'unknown_method'],
  ['an argument that is none', 'chat.postMessage', ({ channel }) => ({ channel, text: 'x', loudly: true }), 'invalid_arguments'],
  ['an argument left out', 'chat.postMessage', () => ({ text: 'x' }), 'invalid_arguments'],
  ['no words', 'chat.postMessage', ({ channel }) => ({ channel }), 'no_text'],
  ['an unknown channel', 'chat.postMessage', () => ({ channel: 'C0NOWHERE', text: 'x' }), 'channel_not_found'],
  ['an unknown person', 'chat.postMessage', () => ({ channel: 'U0NOBODY', text: 'x' }), 'channel_not_found'],
  ['a bot', 'chat.postMessage', ({ board }) => ({ channel: board.botUser, text: 'x' }), 'cannot_dm_bot'],
  [
    'a private channel without the app',
    'chat.postMessage',
    ({ board, alice }) => ({
      channel: board.addChannel({ name: 'a', kind: 'private', members: [alice], withBot: false }),
      text: 'x',
    }),
    'channel_not_found',
  ],
  [
    'a public channel without the app',
    'chat.postMessage',
    ({ board }) => ({ channel: board.addChannel({ name: 'a', kind: 'public', members: [], withBot: false }), text: 'x' }),
    'not_in_channel',
  ],
  [
    'an archived channel',
    'chat.postMessage',
    ({ board, channel }) => ({ channel: archived(board, channel), text: 'x' }),
    'is_archived',
  ],
  [
    'a thread of nothing',
    'chat.postMessage',
    ({ channel }) => ({ channel, text: 'x', thread_ts: '1700000000.000001' }),
    'thread_not_found',
  ],
  ['metadata of no type', 'chat.postMessage', ({ channel }) => ({ channel, text: 'x', metadata: {} }), 'invalid_metadata_format'],
  [
    'names to be read as links',
    'chat.postMessage',
    ({ channel }) => ({ channel, text: 'x', parse: 'full' }),
    'invalid_arguments',
  ],
  [
    'an ephemeral message to somebody elsewhere',
    'chat.postEphemeral',
    ({ board, channel }) => ({ channel, user: board.addUser({ name: 'Carol' }), text: 'x' }),
    'user_not_in_channel',
  ],
  ['an unknown message', 'chat.update', ({ channel }) => ({ channel, ts: '1700000000.000001', text: 'x' }), 'message_not_found'],
  ['an id that is no ts', 'chat.update', ({ channel }) => ({ channel, ts: '17', text: 'x' }), 'invalid_arguments'],
  ['nobody to open with', 'conversations.open', () => ({}), 'users_list_not_supplied'],
  ['an unknown person to open with', 'conversations.open', () => ({ users: 'U0NOBODY' }), 'user_not_found'],
  ['a deactivated person', 'conversations.open', ({ board, bob }) => ({ users: deactivated(board, bob) }), 'user_disabled'],
  ['an unknown person', 'users.info', () => ({ user: 'U0NOBODY' }), 'user_not_found'],
  ['an unknown address', 'users.lookupByEmail', () => ({ email: 'nobody@example.org' }), 'users_not_found'],
  [
    'a deactivated person’s address',
    'users.lookupByEmail',
    ({ board, bob }) => {
      board.deactivate(bob)
      return { email: 'bob@example.org' }
    },
    'users_not_found',
  ],
  ['a trigger that is none', 'views.open', () => ({ trigger_id: '1.2.3', view: form() }), 'invalid_trigger_id'],
  ['an unknown view', 'views.update', () => ({ view_id: 'V0NONE', view: form() }), 'not_found'],
  ['an unknown app’s name', 'bots.info', () => ({ bot: 'B0NONE' }), 'bot_not_found'],
  ['an unknown file', 'files.info', () => ({ file: 'F0NONE' }), 'file_not_found'],
  ['a channel to join that is private', 'conversations.join', ({ channel }) => ({ channel }), 'missing_scope'],
]

const form = () => modal([input('name', { type: 'plain_text_input' })])
function archived(board: Board['board'], channel: string): string {
  board.archive(channel)
  return channel
}
function deactivated(board: Board['board'], user: string): string {
  board.deactivate(user)
  return user
}

test.each(REFUSED)('refuses %s: %s', async (_what, method, args, error) => {
  const at = await openBoard()
  expect(await at.call(method, args(at))).toMatchObject({ ok: false, error })
  expect(at.slack.calls.at(-1)).toMatchObject({ method, ok: false, error })
})

describe('tokens', () => {
  test.each([
    ['none', () => '', 'auth.test', 'not_authed'],
    ['an unknown one', () => 'xoxb-unknown', 'auth.test', 'invalid_auth'],
    ['the app’s for the bot', ({ board }: Board) => board.appToken, 'chat.postMessage', 'not_allowed_token_type'],
    ['the bot’s for the app', ({ board }: Board) => board.botToken, 'apps.connections.open', 'not_allowed_token_type'],
  ])('%s', async (_what, token, method, error) => {
    const at = await openBoard()
    const headers: Record<string, string> = token(at) === '' ? {} : { authorization: `Bearer ${token(at)}` }
    const response = await fetch(`${at.slack.url}${method}`, { method: 'POST', headers })
    expect(await response.json()).toMatchObject({ ok: false, error })
  })

  test('a revoked one, from then on', async () => {
    const { board, call } = await openBoard()
    expect(await call('auth.test')).toMatchObject({ ok: true, team_id: 'T0BOARD', user_id: board.botUser })
    board.revoke()
    expect(await call('auth.test')).toMatchObject({ error: 'token_revoked' })
  })

  test('a scope that is missing is named, and what there is', async () => {
    const { slack, board, call, channel } = await openBoard()
    board.scopes = ['users:read', 'channels:read']
    expect(await call('chat.postMessage', { channel, text: 'x' })).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'users:read,channels:read',
    })
    expect(await call('conversations.info', { channel })).toMatchObject({ error: 'missing_scope', needed: 'groups:read' })
    const response = await post(slack, 'auth.test', {}, board.botToken)
    expect(response.headers.get('x-oauth-scopes')).toBe('users:read,channels:read')
  })

  test('the address of a person is told to whoever may read it alone', async () => {
    const { board, call, alice } = await openBoard()
    const email = async () => JSON.stringify(await call('users.info', { user: alice })).includes('alice@example.org')
    expect(await email()).toBe(true)
    board.scopes = ['users:read']
    expect(await email()).toBe(false)
  })
})

test('two workspaces see nothing of each other', async () => {
  const { slack, call, alice, channel } = await openBoard()
  const other = slack.addWorkspace({ id: 'T0OTHER', name: 'Another' })
  expect(await call('chat.postMessage', { channel, text: 'x' }, other.botToken)).toMatchObject({ error: 'channel_not_found' })
  expect(await call('users.info', { user: alice }, other.botToken)).toMatchObject({ error: 'user_not_found' })
  expect(await call('chat.postMessage', { channel: alice, text: 'x' }, other.botToken)).toMatchObject({
    error: 'channel_not_found',
  })
  expect(await call('conversations.list', { types: 'private_channel' }, other.botToken)).toMatchObject({ channels: [] })
  const third = slack.addWorkspace({ id: 'T0THIRD', name: 'A third' }, other)
  expect([third.appToken, third.signingSecret]).toEqual([other.appToken, other.signingSecret])
  expect(third.botToken).not.toBe(other.botToken)
})

describe('messages', () => {
  test('are seen by those in the room, and heard where they came directly', async () => {
    const { board, call, alice, bob, channel } = await openBoard()
    const sent = await call('chat.postMessage', { channel: alice, text: 'To Alice' })
    expect(String(sent.channel)).toMatch(/^D/)
    await call('chat.postMessage', { channel, text: 'To all' })
    await call('chat.postEphemeral', { channel, user: bob, text: 'To Bob' })
    expect(
      board
        .as(alice)
        .conversation()
        .map(({ text }) => text),
    ).toEqual(['To Alice'])
    expect(
      board
        .as(alice)
        .conversation(channel)
        .map(({ text }) => text),
    ).toEqual(['To all'])
    expect(
      board
        .as(bob)
        .conversation(channel)
        .map(({ text, ephemeral }) => [text, ephemeral]),
    ).toEqual([
      ['To all', false],
      ['To Bob', true],
    ])
    expect(board.as(alice).notifications).toEqual(['To Alice'])
  })

  test('are changed and removed by their ts, but not ephemeral ones and not another’s', async () => {
    const { slack, board, call, alice, channel } = await openBoard()
    slack.lenient = true
    const { ts } = await call('chat.postMessage', { channel, text: 'One', blocks: [buttons(button('Go'))] })
    expect(await call('chat.update', { channel, ts, text: 'Two' })).toMatchObject({ ok: true })
    expect(board.as(alice).conversation(channel)).toMatchObject([{ text: 'Two', blocks: [], edited: true }])
    const { message_ts } = await call('chat.postEphemeral', { channel, user: alice, text: 'x' })
    expect(await call('chat.update', { channel, ts: message_ts, text: 'x' })).toMatchObject({ error: 'message_not_found' })
    const theirs = await board.as(alice).say(channel, 'Mine')
    expect(await call('chat.update', { channel, ts: theirs, text: 'x' })).toMatchObject({ error: 'cant_update_message' })
    expect(await call('chat.delete', { channel, ts: theirs })).toMatchObject({ error: 'cant_delete_message' })
    expect(await call('chat.delete', { channel, ts })).toMatchObject({ ok: true })
    board.archive(channel)
    expect(await call('chat.delete', { channel, ts })).toMatchObject({ error: 'message_not_found' })
  })

  test('to the deactivated are taken and read by nobody', async () => {
    const { board, call, bob } = await openBoard()
    board.deactivate(bob)
    expect(await call('chat.postMessage', { channel: bob, text: 'x' })).toMatchObject({ ok: true })
    expect(await call('users.info', { user: bob })).toMatchObject({ user: { deleted: true } })
    expect(() => board.as(bob).conversation()).toThrow('deactivated')
  })

  test('are found again by their metadata', async () => {
    const { board, call, channel } = await openBoard()
    const metadata = { event_type: 'notice', event_payload: { id: '1' } }
    await call('chat.postMessage', { channel, text: 'One', metadata })
    await call('chat.postMessage', { channel, text: 'Two' })
    const found = await call('conversations.history', { channel, include_all_metadata: true, limit: 1 })
    expect(found).toMatchObject({ has_more: true, messages: [{ text: 'Two' }] })
    const { next_cursor } = found.response_metadata as { next_cursor: string }
    const older = await call('conversations.history', { channel, include_all_metadata: true, cursor: next_cursor })
    expect(older).toMatchObject({ has_more: false, messages: [{ text: 'One', metadata }] })
    expect(JSON.stringify(await call('conversations.history', { channel }))).not.toContain('notice')
    board.scopes = board.scopes.filter((scope) => scope !== 'groups:history')
    expect(await call('conversations.history', { channel })).toMatchObject({ error: 'missing_scope', needed: 'groups:history' })
  })
})

describe('rates', () => {
  test('after a burst of three, one message a second in a channel and one change a second of a message', async () => {
    const { slack, call, channel } = await openBoard()
    const say = () => call('chat.postMessage', { channel, text: 'x' })
    const { ts } = await say()
    await say()
    await say()
    expect(await say()).toEqual({ ok: false, error: '429', after: '1' })
    const change = () => call('chat.update', { channel, ts, text: 'y' })
    for (const _ of [1, 2, 3]) expect(await change()).toMatchObject({ ok: true })
    expect(await change()).toMatchObject({ error: '429' })
    slack.forward(1_000)
    expect(await say()).toMatchObject({ ok: true })
    slack.lenient = true
    expect(await say()).toMatchObject({ ok: true })
  })
})

describe('what is to go wrong', () => {
  test('an error, a status, a limit, a broken connection; then it goes right', async () => {
    const { slack, call, channel, board, alice } = await openBoard()
    const say = () => call('chat.postMessage', { channel, text: 'x' })
    slack.fail('chat.postMessage', { error: 'fatal_error' })
    slack.fail('chat.postMessage', { status: 503 })
    slack.fail('chat.postMessage', { status: 429, retryAfter: 30 })
    slack.fail('chat.postMessage', { reset: true })
    expect(await say()).toMatchObject({ error: 'fatal_error' })
    expect(await say()).toMatchObject({ error: '503' })
    expect(await say()).toMatchObject({ error: '429', after: '30' })
    await expect(say()).rejects.toThrow()
    expect(board.as(alice).conversation(channel)).toEqual([])
    expect(await say()).toMatchObject({ ok: true })
  })

  test.each([
    [true, 1],
    [false, 0],
  ])('an answer too late, the thing done: %s', async (andDo, messages) => {
    const { slack, board, alice, channel } = await openBoard()
    slack.fail('chat.postMessage', { hang: 300, andDo })
    const client = new WebClient(board.botToken, {
      slackApiUrl: slack.url,
      timeout: 100,
      retryConfig: { retries: 0 },
      logLevel: LogLevel.ERROR,
    })
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow()
    expect(board.as(alice).conversation(channel)).toHaveLength(messages)
  })
})

test('lists come in pages, and private rooms to those in them', async () => {
  const { board, call, alice, bob, channel } = await openBoard()
  const open = board.addChannel({ name: 'open', kind: 'public', members: [], withBot: false })
  board.addChannel({ name: 'closed', kind: 'private', members: [alice], withBot: false })
  const shared = board.addChannel({ name: 'shared', kind: 'shared', members: [bob] })
  const ids = ({ channels }: Readonly<Record<string, unknown>>) => (channels as { id: string }[]).map(({ id }) => id)
  expect(ids(await call('conversations.list', { types: 'public_channel,private_channel' }))).toEqual([channel, open, shared])
  expect(ids(await call('users.conversations', { types: 'public_channel,private_channel' }))).toEqual([channel, shared])
  expect(await call('conversations.list', { types: 'secret' })).toMatchObject({ error: 'invalid_types' })
  expect(await call('conversations.info', { channel: shared })).toMatchObject({
    channel: { is_ext_shared: true, is_private: true },
  })
  const first = await call('conversations.members', { channel, limit: 2 })
  const { next_cursor } = first.response_metadata as { next_cursor: string }
  const rest = await call('conversations.members', { channel, limit: 2, cursor: next_cursor })
  expect([...(first.members as string[]), ...(rest.members as string[])]).toEqual([alice, bob, board.botUser])
})
