import type { Answer, Pressed } from '../../bot.js'
import { notDone } from '../../kernel/view.js'
import { openedFrom } from './form.js'
import { asked, type Listening, nowhere } from './listening.js'
import { viewOf, WAITING } from './modals.js'
import type { PressBody } from './payloads.js'
import { pressedFrom } from './press.js'
import { ANSWER, SEVERAL } from './respond.js'

const UNKNOWN = 'I do not know that button any more, and have done nothing. Say “help” for what you can do.'

interface Press {
  readonly press: Pressed
  /** of a long answer that is turned over, counted from 1; null: nothing is turned over */
  readonly page: number | null
}

type Acknowledge = () => Promise<void>

const pageOf = ({ page }: Press): { readonly page?: number } => (page === null ? {} : { page })

/** Hears the buttons of one workspace: on messages, in windows, on the home page. */
export function pressing(listening: Listening) {
  const { places, answers, modals, telling, homes } = listening

  async function onMessage(body: PressBody, pressed: Press, acknowledge: Acknowledge): Promise<void> {
    const { user, trigger_id: trigger, response_url: address, message, container } = body
    const { press, page } = pressed
    const channel = body.channel?.id ?? container.channel_id ?? ''
    const place = await places.placeOf(channel, user.id)
    const asking = asked(listening, user.id, { delivery: trigger, place, what: { press } })
    const { answer, window } = await modals.patiently(asking, (waiting) => modals.open(trigger, waiting))
    await acknowledge()
    const direct = place.kind === 'direct'
    const ephemeral = container.is_ephemeral === true
    // What only the speaker has makes room for what they have done from it; what stands for others stays.
    const mark = message?.blocks[0]?.block_id
    const own = ephemeral || mark === ANSWER || (direct && mark !== SEVERAL)
    const from = { channel, message: own && direct ? (message?.ts ?? '') : '' }
    const ready = await answers.ready(answer, {
      surface: window ? 'modal' : 'message',
      modal: true,
      from,
      user: user.id,
      ...pageOf(pressed),
    })
    const to = { user: user.id, address }
    if (window) return telling.inWindow(() => modals.update(window, viewOf(ready, from)), answer, ready, to)
    if (ready.as === 'form') return telling.inWindow(() => modals.open(trigger, ready.view), answer, ready, to)
    const done = answer.kind === 'card' && answer.of === 'act' && !answer.beside
    // Only where nobody else reads does it stay: what was for the speaker's eyes alone is answered so too.
    await telling.tell(ready, to, { instead: own && (done || page !== null), lasting: direct && !ephemeral })
  }

  async function inWindow(body: PressBody, pressed: Press, acknowledge: Acknowledge): Promise<void> {
    const { user, trigger_id: trigger, view } = body
    const from = openedFrom(view?.private_metadata ?? '')
    const place = from ? await places.placeOf(from.channel, user.id) : nowhere(listening, user.id)
    const asking = asked(listening, user.id, { delivery: trigger, place, what: { press: pressed.press } })
    const { answer, window } = await modals.patiently(asking, (waiting) => modals.push(trigger, waiting))
    await acknowledge()
    const ready = await answers.ready(answer, { surface: 'modal', modal: true, from, user: user.id, ...pageOf(pressed) })
    const show = async (): Promise<unknown> => {
      if (window) return modals.update(window, viewOf(ready, from))
      return ready.as === 'form' ? modals.push(trigger, ready.view) : modals.update(view?.id ?? '', viewOf(ready, from))
    }
    await telling.inWindow(show, answer, ready, { user: user.id, address: undefined })
  }

  async function atHome(body: PressBody, pressed: Press, acknowledge: Acknowledge): Promise<void> {
    const { user, trigger_id: trigger } = body
    if (pressed.page !== null) {
      await acknowledge()
      return homes.show(user.id, pressed.page)
    }
    const place = nowhere(listening, user.id)
    const asking = asked(listening, user.id, { delivery: trigger, place, what: { press: pressed.press } })
    const waited = await modals.patiently(asking, (waiting) => modals.open(trigger, waiting))
    const { answer } = waited
    await acknowledge()
    // A file is handed over for longer than a window can be opened.
    const window = waited.window ?? (isHanded(answer) ? await modals.open(trigger, WAITING).catch(() => null) : null)
    const ready = await answers.ready(answer, { surface: 'modal', modal: true, user: user.id })
    const show = () => (window ? modals.update(window, viewOf(ready)) : modals.open(trigger, viewOf(ready)))
    await telling.inWindow(show, answer, ready, { user: user.id, address: undefined })
    await homes.show(user.id)
  }

  return async (body: PressBody, acknowledge: Acknowledge): Promise<void> => {
    const [{ action_id, value }] = body.actions
    // An address that was opened: the browser has it.
    if (action_id.startsWith('open:')) return acknowledge()
    const turned = /^turn:(\d{1,4})$/.exec(action_id)?.[1]
    const press = pressedFrom(value)
    if (!press) {
      await acknowledge()
      const unknown: Answer = { kind: 'card', of: 'query', card: notDone(UNKNOWN) }
      const ready = await answers.ready(unknown, { surface: 'message', modal: false, user: body.user.id })
      if (ready.as === 'sheet') await telling.tell(ready, { user: body.user.id, address: body.response_url })
      return
    }
    const pressed = { press, page: turned === undefined ? null : Number(turned) }
    if (body.view?.type === 'home') return atHome(body, pressed, acknowledge)
    return body.view ? inWindow(body, pressed, acknowledge) : onMessage(body, pressed, acknowledge)
  }
}

const isHanded = ({ kind }: Answer): boolean => kind === 'document' || kind === 'file'
