import { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { type Board, bareApp, button, buttons, input, modal, openBoard, post, triggerIn } from './bare.js'

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
    const client = new WebClient(board.botToken, { slackApiUrl: slack.url, timeout: 100, retryConfig: { retries: 0 } })
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow()
    expect(board.as(alice).conversation(channel)).toHaveLength(messages)
  })
})

describe('views', () => {
  /** Opens a modal as people do: by a button, whose trigger the app uses. */
  async function opened(at: Board) {
    const kept = await bareApp(at.board)
    await at.call('chat.postMessage', { channel: at.alice, text: 'x', blocks: [buttons(button('Open'))] })
    const alice = at.board.as(at.alice)
    const [message] = alice.conversation()
    if (!message) throw new Error('no message')
    const press = async () => {
      await alice.press(message, 'Open')
      return triggerIn(kept)
    }
    return { kept, alice, press }
  }

  test('a trigger opens one view, once, within three seconds', async () => {
    const at = await openBoard()
    const { alice, press } = await opened(at)
    const trigger_id = await press()
    expect(await at.call('views.open', { trigger_id, view: form() })).toMatchObject({ ok: true })
    expect(alice.modal()).toMatchObject({ title: { text: 'A form' } })
    expect(await at.call('views.open', { trigger_id, view: form() })).toMatchObject({ error: 'exchanged_trigger_id' })
    const late = await press()
    at.slack.forward(3_001)
    expect(await at.call('views.open', { trigger_id: late, view: form() })).toMatchObject({ error: 'expired_trigger_id' })
    expect(at.slack.complaints).toHaveLength(2)
  })

  test('three lie on each other, no more, and none on nothing', async () => {
    const at = await openBoard()
    const { alice, press } = await opened(at)
    const push = async () => at.call('views.push', { trigger_id: await press(), view: form() })
    expect(await push()).toMatchObject({ error: 'not_found' })
    const { view } = await at.call('views.open', { trigger_id: await press(), view: form() })
    const { id } = view as { id: string }
    expect(await push()).toMatchObject({ ok: true, view: { root_view_id: id, previous_view_id: id } })
    expect(await push()).toMatchObject({ ok: true })
    expect(await push()).toMatchObject({ error: 'push_limit_reached' })
    expect(alice.modals()).toHaveLength(3)
    await alice.closeModal()
    expect(alice.modals()).toHaveLength(2)
  })

  test('an update holds to the hash and the names, and leaves what was put in', async () => {
    const at = await openBoard()
    const { alice, press } = await opened(at)
    const trigger_id = await press()
    const opening = await at.call('views.open', { trigger_id, view: { ...form(), external_id: 'one' } })
    const { hash } = opening.view as { hash: string }
    await alice.chooseInModal('name', 'Half a word')
    const update = (more: Readonly<Record<string, unknown>>) =>
      at.call('views.update', { external_id: 'one', view: { ...form(), external_id: 'one' }, ...more })
    expect(await update({ hash: 'other' })).toMatchObject({ error: 'hash_conflict' })
    expect(await update({ hash })).toMatchObject({
      ok: true,
      view: { state: { values: { name: { value: { value: 'Half a word' } } } } },
    })
    expect(await update({ hash })).toMatchObject({ error: 'hash_conflict' })
    const twice = { trigger_id: await press(), view: { ...form(), external_id: 'one' } }
    expect(await at.call('views.push', twice)).toMatchObject({ error: 'duplicate_external_id' })
    await alice.closeModal()
    expect(await update({})).toMatchObject({ error: 'not_found' })
  })

  test('a home page is each person’s own, and holds to its hash', async () => {
    const at = await openBoard()
    const publish = (more: Readonly<Record<string, unknown>>) =>
      at.call('views.publish', { user_id: at.alice, view: { type: 'home', blocks: [{ type: 'divider' }] }, ...more })
    const first = await publish({})
    expect(await publish({ hash: 'other' })).toMatchObject({ error: 'hash_conflict' })
    expect(await publish({ hash: (first.view as { hash: string }).hash })).toMatchObject({ ok: true })
    expect(await publish({ user_id: 'U0NOBODY' })).toMatchObject({ error: 'invalid_arguments' })
    expect(at.board.as(at.alice).home()?.blocks).toHaveLength(1)
    expect(at.board.as(at.bob).home()).toBeNull()
  })
})

describe('files', () => {
  test('are announced, filled and shared; read with the token alone', async () => {
    const { slack, board, alice, channel } = await openBoard()
    const client = new WebClient(board.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } })
    await client.filesUploadV2({ channel_id: channel, file: Buffer.from('Minutes'), filename: 'minutes.txt', title: 'Minutes' })
    const [seen] = board.as(alice).conversation(channel)
    expect(seen?.files).toMatchObject([{ name: 'minutes.txt', title: 'Minutes' }])
    if (!seen) throw new Error('no message')
    expect((await board.as(alice).file(seen)).toString()).toBe('Minutes')

    const file = seen.files[0]?.id ?? ''
    const { file: about } = await client.files.info({ file })
    const url = about?.url_private ?? ''
    const read = async (token?: string) =>
      (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).text()
    expect(await read(board.botToken)).toBe('Minutes')
    expect(slack.complaints).toEqual([])
    expect(await read()).toContain('Sign in')
    expect(await read('xoxb-other')).toContain('Sign in')
    expect(slack.complaints).toHaveLength(2)
  })

  test('are refused half, unfilled, twice, and where the app is not', async () => {
    const { slack, board, call, alice } = await openBoard()
    const announce = async () => await call('files.getUploadURLExternal', { filename: 'a.txt', length: 4 })
    const complete = (file: unknown, more: Readonly<Record<string, unknown>> = {}) =>
      call('files.completeUploadExternal', { files: [{ id: file }], ...more })
    const fill = (url: unknown, content: string) => fetch(String(url), { method: 'POST', body: content })

    const one = await announce()
    expect(await complete(one.file_id)).toMatchObject({ error: 'file_not_found' })
    expect((await fill(one.upload_url, 'abc')).status).toBe(400)
    expect((await fill(one.upload_url, 'abcd')).status).toBe(200)
    expect(await complete(one.file_id, { channel_id: alice })).toMatchObject({ error: 'invalid_channel' })
    expect(await complete(one.file_id)).toMatchObject({ ok: true })
    expect(await complete(one.file_id)).toMatchObject({ error: 'file_not_found' })
    expect(slack.complaints).toEqual([expect.stringContaining('3 bytes came')])
    expect(board.as(alice).conversation()).toEqual([])
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
