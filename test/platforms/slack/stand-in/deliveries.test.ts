import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bareApp, button, buttons, type Delivered, openBoard, shown } from './bare.js'

const eventsIn = (kept: readonly Delivered[]) => kept.map(({ body }) => body.event as Readonly<Record<string, unknown>>)

describe('what the app gets', () => {
  test('is signed, and has the shapes of Slack', async () => {
    const at = await openBoard()
    const { board, alice } = at
    const kept = await bareApp(board)
    await board.as(alice).say('direct', 'hello')
    await board.as(alice).command('direct', 'what is due')
    const seen = await shown(at, alice, buttons(button('Go', { action_id: 'go', value: 'v' })))
    await board.as(alice).press(seen, 'Go')
    for (const { headers, raw } of kept) {
      const timestamp = String(headers['x-slack-request-timestamp'])
      const mac = createHmac('sha256', board.signingSecret).update(`v0:${timestamp}:${raw}`).digest('hex')
      expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    }
    const [said, command] = kept
    expect(said?.body).toMatchObject({
      type: 'event_callback',
      team_id: 'T0BOARD',
      api_app_id: board.appId,
      event: { type: 'message', channel_type: 'im', user: alice, text: 'hello' },
      authorizations: [{ user_id: board.botUser, is_bot: true }],
    })
    expect(command?.body).toMatchObject({
      command: '/quorate',
      text: 'what is due',
      user_id: alice,
      channel_name: 'directmessage',
    })
    expect(kept.at(-1)?.body).toMatchObject({
      type: 'block_actions',
      user: { id: alice, team_id: 'T0BOARD' },
      container: { type: 'message', message_ts: seen.ts, is_ephemeral: false },
      message: { ts: seen.ts, bot_id: board.botId },
      actions: [{ type: 'button', action_id: 'go', value: 'v', text: { text: 'Go' } }],
    })
  })

  test.each([
    ['Tom & Jerry <3', 'Tom &amp; Jerry &lt;3', 'Tom &amp; Jerry &lt;3'],
    ['<@U0ALICE> comes', '<@U0ALICE> comes', '<@U0ALICE|alice.example> comes'],
    ['me@example.org', '<mailto:me@example.org|me@example.org>', 'me@example.org'],
    ['see https://example.org/a.', 'see <https://example.org/a>.', 'see https://example.org/a.'],
  ])('is typed as Slack passes it on: %s', async (typed, inMessage, afterCommand) => {
    const { board } = await openBoard()
    const alice = board.addUser({ name: 'Alice Example', id: 'U0ALICE' })
    const kept = await bareApp(board)
    await board.as(alice).say('direct', typed)
    await board.as(alice).command('direct', typed)
    expect(eventsIn(kept)[0]?.text).toBe(inMessage)
    expect(kept[1]?.body.text).toBe(afterCommand)
  })

  test('holds a mention, but no other talk in channels, unless it is subscribed to', async () => {
    const { board, alice, channel } = await openBoard()
    const kept = await bareApp(board)
    await board.as(alice).say(channel, 'between us')
    await board.as(alice).say(channel, `<@${board.botUser}> hello`)
    expect(eventsIn(kept).map(({ type }) => type)).toEqual(['app_mention'])
    board.events.push('message.groups')
    await board.as(alice).say(channel, `<@${board.botUser}> hello`)
    expect(
      eventsIn(kept)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['app_mention', 'app_mention', 'message'])
    const [, one, two] = eventsIn(kept)
    expect(one?.ts).toBe(two?.ts)
    board.scopes = []
    await board.as(alice).say('direct', 'hello')
    expect(kept).toHaveLength(3)
  })

  test('holds its own messages, and what becomes of them', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board)
    const { ts, channel } = await at.call('chat.postMessage', { channel: at.alice, text: 'x' })
    await at.call('chat.update', { channel, ts, text: 'y' })
    await at.slack.quiet()
    expect(eventsIn(kept)).toMatchObject([
      { type: 'message', user: at.board.botUser, bot_id: at.board.botId, text: 'x' },
      { type: 'message', subtype: 'message_changed', message: { text: 'y' }, previous_message: { text: 'x' } },
    ])
  })

  test('holds what happens to people and places', async () => {
    const { slack, board, alice, bob, channel } = await openBoard()
    const kept = await bareApp(board)
    const open = board.addChannel({ name: 'open', kind: 'public', members: [] })
    board.deactivate(bob)
    board.reactivate(bob)
    board.invite(open, alice)
    board.remove(open, alice)
    board.renameChannel(channel, 'new')
    board.share(channel)
    board.archive(channel)
    board.archive(open)
    board.remove(open, board.botUser)
    board.revoke()
    await slack.quiet()
    expect(eventsIn(kept).map(({ type }) => type)).toEqual([
      'user_change',
      'user_change',
      'member_joined_channel',
      'member_left_channel',
      'group_rename',
      'channel_shared',
      'group_archive',
      'channel_archive',
      'member_left_channel',
      'channel_left',
      'tokens_revoked',
    ])
    expect(eventsIn(kept)[0]).toMatchObject({ user: { id: bob, deleted: true } })
  })

  test('tells of a guest where they are from', async () => {
    const { board, call, channel } = await openBoard()
    const kept = await bareApp(board)
    const guest = board.addUser({ name: 'Guest', email: 'guest@elsewhere.org', foreignTeam: 'T0ELSEWHERE' })
    board.invite(channel, guest)
    await board.as(guest).say(channel, `<@${board.botUser}> hello`)
    expect(eventsIn(kept).at(-1)).toMatchObject({ type: 'app_mention', team: 'T0ELSEWHERE' })
    expect(await call('users.info', { user: guest })).toMatchObject({ user: { is_stranger: true, team_id: 'T0ELSEWHERE' } })
    expect(await call('users.lookupByEmail', { email: 'guest@elsewhere.org' })).toMatchObject({ error: 'users_not_found' })
  })
})

describe('the same again', () => {
  test('an event comes with its number and its id, a press as it was', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board)
    const alice = at.board.as(at.alice)
    await alice.say('direct', 'hello', { repeats: 2 })
    expect(kept.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2'])
    expect(kept[1]?.headers['x-slack-retry-reason']).toBe('http_timeout')
    expect(new Set(kept.map(({ body }) => body.event_id)).size).toBe(1)
    const seen = await shown(at, at.alice, buttons(button('Go')))
    await at.slack.quiet()
    kept.length = 0
    await alice.press(seen, 'Go', { repeats: 1 })
    expect(kept).toHaveLength(2)
    expect(kept[0]?.raw).toBe(kept[1]?.raw)
    expect(kept[1]?.headers['x-slack-retry-num']).toBeUndefined()
  })

  test('an event that was refused comes three times more; a press does not', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board, () => ({ status: 500 }))
    await expect(at.board.as(at.alice).say('direct', 'hello')).rejects.toThrow('answered 500')
    await at.slack.quiet(150)
    expect(kept.map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([
      undefined,
      'http_error',
      'http_error',
      'http_error',
    ])
    await expect(at.board.as(at.alice).command('direct', 'x')).rejects.toThrow('answered 500')
    expect(kept).toHaveLength(5)
    expect(at.slack.complaints).toHaveLength(5)
  })

  test('what is not acknowledged within three seconds is complained of, and has not happened', async () => {
    const { slack, board, alice } = await openBoard()
    await bareApp(board, () => ({ afterMs: 3_200 }))
    await expect(board.as(alice).shortcut('start')).rejects.toThrow('not acknowledged within 3 s')
    expect(slack.complaints).toEqual([expect.stringContaining('late acknowledgement')])
  })
})
