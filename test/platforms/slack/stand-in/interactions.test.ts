import { describe, expect, test } from 'vitest'
import {
  type Board,
  bareApp,
  button,
  buttons,
  type Delivered,
  input,
  modal,
  openBoard,
  plainText,
  shown,
  triggerIn,
} from './bare.js'

describe('a press', () => {
  test('needs the one button, and says what there is instead', async () => {
    const at = await openBoard()
    await bareApp(at.board)
    const seen = await shown(at, at.alice, buttons(button('A', { value: '1' }), button('A', { value: '2' }), button('B')))
    const alice = at.board.as(at.alice)
    await expect(alice.press(seen, 'C')).rejects.toThrow('no button "C", but “A” (1), “A” (2), “B” ()')
    await expect(alice.press(seen, 'A')).rejects.toThrow('more than one button')
    await alice.press(seen, { value: '2' })
    await expect(at.board.as(at.bob).press(seen, 'B')).rejects.toThrow('is not in')
  })

  test('asks first where the button asks', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board)
    const confirm = { title: plainText('Close?'), text: plainText('Nobody can vote then.') }
    const seen = await shown(at, at.alice, buttons(button('Close', { confirm })))
    await at.slack.quiet()
    kept.length = 0
    const alice = at.board.as(at.alice)
    await expect(alice.press(seen, 'Close')).rejects.toThrow('Nobody can vote then.')
    await alice.press(seen, 'Close', { confirm: false })
    expect(kept).toHaveLength(0)
    await alice.press(seen, 'Close', { confirm: true })
    expect(kept).toHaveLength(1)
  })

  test('of what has changed since is possible where it was still seen', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board)
    const seen = await shown(at, at.alice, buttons(button('Old')))
    await at.call('chat.delete', { channel: seen.channel, ts: seen.ts })
    const alice = at.board.as(at.alice)
    await expect(alice.press(seen, 'Old')).rejects.toThrow('is gone')
    await alice.press(seen, 'Old', { stale: true })
    expect(kept.at(-1)?.body).toMatchObject({ type: 'block_actions', container: { message_ts: seen.ts } })
  })

  test('in a menu sends what was chosen', async () => {
    const at = await openBoard()
    const kept = await bareApp(at.board)
    const options = ['For', 'Against'].map((text) => ({ text: plainText(text), value: text.toLowerCase() }))
    const seen = await shown(at, at.alice, { ...buttons({ type: 'static_select', action_id: 'vote', options }), block_id: 'b' })
    await at.board.as(at.alice).choose(seen, 'vote', 'For')
    expect(kept.at(-1)?.body).toMatchObject({
      actions: [{ type: 'static_select', selected_option: { value: 'for' } }],
      state: { values: { b: { vote: { selected_option: { value: 'for' } } } } },
    })
    await expect(at.board.as(at.alice).choose(seen, 'vote', 'Perhaps')).rejects.toThrow('“For”, “Against”')
  })
})

describe('a response_url', () => {
  const respond = (kept: readonly Delivered[], body: Readonly<Record<string, unknown>>) =>
    fetch(String(kept.at(-1)?.body.response_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('is good five times, within half an hour', async () => {
    const { slack, board, alice } = await openBoard()
    const kept = await bareApp(board)
    await board.as(alice).command('direct', 'x')
    for (const _ of [1, 2, 3, 4, 5]) expect((await respond(kept, { text: 'x' })).status).toBe(200)
    expect((await respond(kept, { text: 'x' })).status).toBe(404)
    await board.as(alice).command('direct', 'x')
    slack.forward(31 * 60_000)
    expect((await respond(kept, { text: 'x' })).status).toBe(404)
    expect(slack.complaints).toEqual(['response_url was answered used_url', 'response_url was answered expired_url'])
    expect(board.as(alice).conversation()).toHaveLength(5)
  })

  test('answers the one who pressed; replaces and removes what was pressed, ephemeral or not', async () => {
    const at = await openBoard()
    const { board, alice, bob, channel } = at
    const kept = await bareApp(board)
    const blocks = [buttons(button('Go'))]
    await at.call('chat.postEphemeral', { channel, user: alice, text: 'One', blocks })
    const texts = (user: string) =>
      board
        .as(user)
        .conversation(channel)
        .map(({ text }) => text)
    const [seen] = board.as(alice).conversation(channel)
    if (!seen) throw new Error('no message')
    await board.as(alice).press(seen, 'Go')
    expect(kept.at(-1)?.body).toMatchObject({ container: { is_ephemeral: true } })
    expect(kept.at(-1)?.body.message).toBeUndefined()
    await respond(kept, { text: 'Two', replace_original: true })
    expect(texts(alice)).toEqual(['Two'])
    await respond(kept, { text: 'Three' })
    await respond(kept, { text: 'Four', response_type: 'in_channel' })
    await respond(kept, { delete_original: true })
    expect(texts(alice)).toEqual(['Three', 'Four'])
    expect(texts(bob)).toEqual(['Four'])
    expect((await respond(kept, { blocks: [{ type: 'nothing' }], text: 'x' })).status).toBe(400)
  })
})

describe('a form', () => {
  const view = modal([
    input('name', { type: 'plain_text_input', max_length: 5 }),
    input('email', { type: 'email_text_input' }, { optional: true }),
    input('paper', { type: 'file_input', filetypes: ['pdf'] }, { optional: true }),
  ])

  async function opened(at: Board, answer: () => unknown) {
    const kept = await bareApp(at.board, ({ body }) => (body.type === 'view_submission' ? { json: answer() } : {}))
    await at.board.as(at.alice).shortcut('start')
    await at.call('views.open', { trigger_id: triggerIn(kept), view: { ...view, notify_on_close: true } })
    return { kept, alice: at.board.as(at.alice) }
  }

  test('is held to its fields before it is sent', async () => {
    const at = await openBoard()
    const { kept, alice } = await opened(at, () => undefined)
    const before = kept.length
    expect(await alice.submit()).toMatchObject({ errors: { name: expect.stringContaining('required') } })
    expect(await alice.submit({ name: 'far too long' })).toMatchObject({ errors: { name: 'at most 5 characters' } })
    expect(await alice.submit({ name: 'short', email: 'nowhere' })).toMatchObject({ errors: { email: 'not an email address' } })
    const file = { name: 'a.exe', type: 'application/octet-stream', content: Buffer.from('x') }
    expect(await alice.submit({ paper: { file } })).toMatchObject({ errors: { paper: expect.stringContaining('a.exe') } })
    await expect(alice.submit({ nothing: 'x' })).rejects.toThrow('“name”, “email”, “paper”')
    expect(kept).toHaveLength(before)
  })

  test('carries what was put in, and files that the app can read', async () => {
    const at = await openBoard()
    const { kept, alice } = await opened(at, () => undefined)
    const file = { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF') }
    expect(await alice.submit({ name: 'x', paper: { file } })).toEqual({})
    const { state } = (kept.at(-1)?.body.view ?? {}) as {
      state: { values: Record<string, Record<string, { files?: { url_private: string }[] }>> }
    }
    expect(state.values).toMatchObject({ name: { value: { value: 'x' } }, email: { value: { value: null } } })
    const url = String(state.values.paper?.value?.files?.[0]?.url_private)
    const read = await fetch(url, { headers: { authorization: `Bearer ${at.board.botToken}` } })
    expect(await read.text()).toBe('%PDF')
    expect(alice.modal()).toBeNull()
  })

  test.each([
    ['errors of its fields', { response_action: 'errors', errors: { name: 'No.' } }, { name: 'No.' }, 1, 0],
    ['errors of no fields', { response_action: 'errors', errors: { other: 'No.' } }, { '': expect.any(String) }, 1, 1],
    ['nonsense', { response_action: 'dance' }, { '': expect.any(String) }, 1, 1],
    ['a wrong view', { response_action: 'update', view: { type: 'modal' } }, { '': expect.any(String) }, 1, 1],
    ['another view', { response_action: 'update', view }, undefined, 1, 0],
    ['one more view', { response_action: 'push', view }, undefined, 2, 0],
    ['an end', { response_action: 'clear' }, undefined, 0, 0],
  ])('may be answered with %s', async (_what, answer, errors, open, complaints) => {
    const at = await openBoard()
    const { alice } = await opened(at, () => answer)
    expect((await alice.submit({ name: 'x' })).errors).toEqual(errors)
    expect(alice.modals()).toHaveLength(open)
    expect(at.slack.complaints).toHaveLength(complaints)
  })

  test('tells that it was closed, where it was asked to', async () => {
    const at = await openBoard()
    const { kept, alice } = await opened(at, () => undefined)
    await alice.closeModal()
    expect(kept.at(-1)?.body).toMatchObject({ type: 'view_closed', is_cleared: false })
  })
})

test('the home page tells that it was opened, and its buttons work', async () => {
  const at = await openBoard()
  const kept = await bareApp(at.board)
  const alice = at.board.as(at.alice)
  await alice.openHome()
  expect(kept.at(-1)?.body.event).toMatchObject({ type: 'app_home_opened', tab: 'home', user: at.alice })
  await at.call('views.publish', { user_id: at.alice, view: { type: 'home', blocks: [buttons(button('Go'))] } })
  await alice.pressAtHome('Go')
  expect(kept.at(-1)?.body).toMatchObject({ type: 'block_actions', container: { type: 'view' }, view: { type: 'home' } })
})

test('a shortcut on a message carries the message', async () => {
  const { board, alice } = await openBoard()
  const kept = await bareApp(board)
  await board.as(alice).say('direct', 'hello')
  const [seen] = board.as(alice).conversation()
  await board.as(alice).shortcut('note', seen)
  expect(kept.at(-1)?.body).toMatchObject({ type: 'message_action', callback_id: 'note', message: { text: 'hello' } })
})
