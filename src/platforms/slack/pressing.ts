import type { Pressed } from '../../bot.js'
import { text } from '../../kernel/view.js'
import { keptIn } from './form.js'
import { asked, type Listening, nowhere } from './listening.js'
import { viewOf } from './modals.js'
import type { PressBody } from './payloads.js'
import { pressedFrom } from './press.js'
import { sheets } from './render.js'
import { ANSWER, SEVERAL } from './respond.js'

const UNKNOWN = 'I do not know that button any more, and have done nothing. Say “help” for what you can do.'

/** Hears the buttons of one workspace: on messages, in windows, on the home page. */
export function pressing(listening: Listening) {
  const { places, answers, modals, respond, homes } = listening

  async function onMessage(
    body: PressBody,
    press: Pressed,
    page: number | null,
    acknowledge: () => Promise<void>,
  ): Promise<void> {
    const { user, trigger_id: trigger, response_url, message, container } = body
    const channel = body.channel?.id ?? container.channel_id ?? ''
    const place = await places.placeOf(channel, user.id)
    const asking = asked(listening, user.id, { delivery: trigger, place, what: { press } })
    const { answer, window } = await modals.patiently(asking, (waiting) => modals.open(trigger, waiting))
    await acknowledge()
    // What only the speaker has makes room for what they have done from it; what stands for others stays.
    const mark = message?.blocks[0]?.block_id
    const own = container.is_ephemeral === true || mark === ANSWER || (place.kind === 'direct' && mark !== SEVERAL)
    const from = { channel, message: own ? (message?.ts ?? '') : '' }
    const ready = await answers.ready(answer, {
      surface: window ? 'modal' : 'message',
      modal: true,
      from,
      user: user.id,
      ...(page === null ? {} : { page }),
    })
    if (window) return modals.update(window, viewOf(ready))
    if (ready.as === 'form') return void (await modals.open(trigger, ready.view))
    const done = answer.kind === 'card' && answer.of === 'act' && !answer.beside
    const lasting = place.kind === 'direct'
    await respond(response_url, ready.sheet, { instead: own && (done || page !== null), lasting })
    for (const sheet of ready.further) await respond(response_url, sheet, { lasting })
  }

  async function inWindow(body: PressBody, press: Pressed, page: number | null, acknowledge: () => Promise<void>): Promise<void> {
    const { user, trigger_id: trigger, view } = body
    const from = keptIn(view?.private_metadata ?? '')?.from ?? null
    const place = from ? await places.placeOf(from.channel, user.id) : nowhere(listening, user.id)
    const asking = asked(listening, user.id, { delivery: trigger, place, what: { press } })
    const { answer, window } = await modals.patiently(asking, (waiting) => modals.push(trigger, waiting))
    await acknowledge()
    const ready = await answers.ready(answer, {
      surface: 'modal',
      modal: true,
      from,
      user: user.id,
      ...(page === null ? {} : { page }),
    })
    if (window) return modals.update(window, viewOf(ready))
    if (ready.as === 'form') return void (await modals.push(trigger, ready.view))
    if (view) await modals.update(view.id, viewOf(ready))
  }

  async function atHome(body: PressBody, press: Pressed, page: number | null, acknowledge: () => Promise<void>): Promise<void> {
    const { user, trigger_id: trigger } = body
    if (page !== null) {
      await acknowledge()
      return homes.show(user.id, page)
    }
    const asking = asked(listening, user.id, { delivery: trigger, place: nowhere(listening, user.id), what: { press } })
    const { answer, window } = await modals.patiently(asking, (waiting) => modals.open(trigger, waiting))
    await acknowledge()
    const ready = await answers.ready(answer, { surface: 'modal', modal: true, user: user.id })
    if (window) await modals.update(window, viewOf(ready))
    else await modals.open(trigger, viewOf(ready))
    await homes.show(user.id)
  }

  return async (body: PressBody, acknowledge: () => Promise<void>): Promise<void> => {
    const [{ action_id, value }] = body.actions
    // An address that was opened: the browser has it.
    if (action_id.startsWith('open:')) return acknowledge()
    const page = /^turn:(\d{1,4})$/.exec(action_id)?.[1]
    const press = pressedFrom(value)
    if (!press) {
      await acknowledge()
      const [sheet] = sheets(
        { title: 'Not done', audience: { kind: 'public' }, tone: 'refusal', body: [text(UNKNOWN)] },
        'message',
        () => undefined,
      )
      if (sheet) await respond(body.response_url, sheet)
      return
    }
    const at = page === undefined ? null : Number(page)
    if (body.view?.type === 'home') return atHome(body, press, at, acknowledge)
    return body.view ? inWindow(body, press, at, acknowledge) : onMessage(body, press, at, acknowledge)
  }
}
