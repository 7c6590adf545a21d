import { describe, expect, test } from 'vitest'
import { type Board, bareApp, button, buttons, input, modal, openBoard, triggerIn } from './bare.js'

const form = () => modal([input('name', { type: 'plain_text_input' })])

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
