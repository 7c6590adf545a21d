import type { Block } from './blocks.js'
import { directWith } from './channels.js'
import { deliver, NotAcknowledged } from './delivery.js'
import { tell } from './events.js'
import { filled, type Given, keyOf } from './fields.js'
import { upload } from './files.js'
import { answered, submitTop } from './forms.js'
import { changeMessage, channelTypeInEvent, messageObject, putMessage, removeMessage } from './messages.js'
import { blockActions, type Container, chosenIn, globalShortcut, messageShortcut, slashCommand, viewClosed } from './payloads.js'
import { buttonOn, fieldOn, Impossible } from './pointing.js'
import type { Channel, Message, StateValue, Team, User } from './team.js'
import { typedAfterCommand, typedInMessage } from './typed.js'
import { type StoredView, viewObject } from './views.js'
import type { Act, Label, Press, Seen, Visitor } from './visitor.js'

/** One person of a workspace, with hands and eyes. */
export function visitorAs(team: Team, id: string): Visitor {
  const user = team.users.get(id)
  if (!user || user.bot) throw new Impossible(`${team.id} has no person ${id}.`)
  const { ground, app } = team

  function placeOf(where: string): Channel {
    if (user?.deleted) throw new Impossible(`${user.name} is deactivated.`)
    if (where === 'direct') return directWith(team, id)
    const channel = team.channels.get(where)
    if (!channel?.members.has(id)) throw new Impossible(`${user?.name} is not in ${where}.`)
    return channel
  }
  const writable = (where: string): Channel => {
    const channel = placeOf(where)
    if (channel.archived) throw new Impossible(`${where} is archived.`)
    return channel
  }
  const interact = (payload: Parameters<typeof deliver>[3], repeats?: number) =>
    deliver(ground, app, 'interactive', payload, repeats)

  /** Presses and choices are acknowledged with nothing: what the app says, it says elsewhere. */
  async function act(where: Container, action: Record<string, unknown>, repeats?: number): Promise<void> {
    const body = await interact(blockActions(team, user as User, where, action), repeats)
    if (body !== '') ground.complain('block_actions was acknowledged with a body, which Slack ignores')
  }

  async function pressOn(
    blocks: readonly Block[],
    where: Container,
    label: Label,
    { confirm, repeats }: Press = {},
  ): Promise<void> {
    const { block, button } = buttonOn(blocks, label)
    if (button.confirm && confirm === undefined)
      throw new Impossible(`“${button.text.text}” asks “${plainOf(button.confirm.text)}”: say confirm true or false.`)
    if (button.confirm && confirm === false) return
    const { type, action_id, text, value, style, url } = button
    const block_id = block.block_id
    const defined = Object.fromEntries(Object.entries({ value, style, url }).filter(([, given]) => given !== undefined))
    await act(where, { type, block_id, action_id, text, ...defined }, repeats)
  }

  async function chooseOn(
    blocks: readonly Block[],
    put: Map<string, StateValue>,
    where: Container,
    key: string,
    given: Given,
    act_: Act = {},
  ): Promise<void> {
    const { block, element } = fieldOn(blocks, key)
    const state = filled(element, given)
    put.set(keyOf(block, element), state)
    if (block.type === 'input' && !block.dispatch_action) return ground.changed()
    const action_id = 'action_id' in element ? element.action_id : undefined
    await act(where, { ...state, block_id: block.block_id, action_id }, act_.repeats)
  }

  const found = (seen: Seen): { message: Message; channel: Channel } => {
    const channel = placeOf(seen.channel)
    const message = channel.messages.find((one) => one.ts === seen.ts && isFor(one, id))
    if (!message) throw new Impossible(`The message ${seen.ts} is gone.`)
    return { message, channel }
  }
  const foundOrStale = (seen: Seen, stale = false): { message: Message; channel: Channel } => {
    if (!stale) return found(seen)
    const channel = placeOf(seen.channel)
    const old: Message = {
      ...seen,
      edited: null,
      files: [],
      metadata: null,
      byApp: seen.user === team.botUser,
      ephemeral: seen.ephemeral ? id : null,
    }
    return { channel, message: channel.messages.find((one) => one.ts === seen.ts && isFor(one, id)) ?? old }
  }
  const own = (seen: Seen) => {
    const at = found(seen)
    if (at.message.user !== id) throw new Impossible('That is another’s message.')
    return at
  }
  const top = (): StoredView => {
    const view = team.modals.get(id)?.at(-1)
    if (!view) throw new Impossible('No modal is open.')
    return view
  }
  const homeOf = (): StoredView => {
    const view = team.homes.get(id)
    if (!view) throw new Impossible('The home page is empty.')
    return view
  }
  const opened = async (tab: 'home' | 'messages', repeats?: number): Promise<void> => {
    const channel = directWith(team, id)
    const view = team.homes.get(id)
    const event = {
      type: 'app_home_opened',
      user: id,
      channel: channel.id,
      tab,
      event_ts: ground.nextTs(),
      ...(tab === 'home' && view ? { view: viewObject(team, view) } : {}),
    }
    await tell(team, event, null, repeats)
  }

  return {
    user: id,
    async say(where, text, { files = [], thread, repeats } = {}) {
      const channel = writable(where)
      const ids = files.map((file) => upload(team, id, file).id)
      const message = putMessage(team, channel, { user: id, text: typedInMessage(team, text), files: ids, thread })
      await tellOfWords(team, channel, message, repeats)
      return message.ts
    },
    async edit(seen, text) {
      const { message, channel } = own(seen)
      changeMessage(team, channel, message, { text: typedInMessage(team, text) })
    },
    async unsay(seen) {
      const { message, channel } = own(seen)
      removeMessage(team, channel, message)
    },
    async command(where, text, command = '/quorate', { repeats } = {}) {
      const channel = writable(where)
      const payload = slashCommand(team, user, channel, command, typedAfterCommand(team, text))
      answered(team, user, channel, await deliver(ground, app, 'slash_commands', payload, repeats))
    },
    async press(seen, label, options) {
      const where = foundOrStale(seen, options?.stale)
      await pressOn(options?.stale ? seen.blocks : where.message.blocks, where, label, options)
    },
    async choose(seen, key, given, options) {
      const where = found(seen)
      await chooseOn(where.message.blocks, chosenIn(team, user, where.message), where, key, given, options)
    },
    pressInModal: async (label, options) => pressOn(top().sent.blocks, { view: top() }, label, options),
    chooseInModal: async (key, given, options) => chooseOn(top().sent.blocks, top().put, { view: top() }, key, given, options),
    pressAtHome: async (label, options) => pressOn(homeOf().sent.blocks, { view: homeOf() }, label, options),
    chooseAtHome: async (key, given, options) =>
      chooseOn(homeOf().sent.blocks, homeOf().put, { view: homeOf() }, key, given, options),
    submit: async (values = {}, options) => submitTop(team, user, top(), values, options),
    async closeModal() {
      const view = top()
      const open = team.modals.get(id) ?? []
      const clears = view.sent.type === 'modal' && view.sent.clear_on_close === true
      team.modals.set(id, clears ? [] : open.slice(0, -1))
      ground.changed()
      if (view.sent.type === 'modal' && view.sent.notify_on_close) await interact(viewClosed(team, user, view, false))
    },
    async closeAll() {
      const open = team.modals.get(id) ?? []
      team.modals.set(id, [])
      ground.changed()
      for (const view of [...open].reverse())
        if (view.sent.type === 'modal' && view.sent.notify_on_close) await interact(viewClosed(team, user, view, true))
    },
    async shortcut(callbackId, seen, { repeats } = {}) {
      if (!seen) return void (await interact(globalShortcut(team, user, callbackId), repeats))
      const { message, channel } = found(seen)
      await interact(messageShortcut(team, user, callbackId, channel, message), repeats)
    },
    openHome: async ({ repeats } = {}) => opened('home', repeats),
    openMessages: async () => opened('messages'),
    conversation: (where = 'direct') =>
      placeOf(where)
        .messages.filter((message) => isFor(message, id))
        .map((message) => seenOf(team, message)),
    modal: () =>
      team.modals
        .get(id)
        ?.map((view) => viewObject(team, view))
        .at(-1) ?? null,
    modals: () => team.modals.get(id)?.map((view) => viewObject(team, view)) ?? [],
    home: () => {
      const view = team.homes.get(id)
      return view ? viewObject(team, view) : null
    },
    async file(seen, at = 0) {
      const file = team.files.get(found(seen).message.files[at] ?? '')
      if (!file?.content) throw new Impossible('There is no such file in the message.')
      return file.content
    },
    get notifications() {
      return team.notifications.get(id) ?? []
    },
  }
}

const isFor = (message: Message, user: string): boolean => message.ephemeral === null || message.ephemeral === user
const plainOf = (text: { readonly text: string }): string => text.text

function seenOf(team: Team, message: Message): Seen {
  const { channel, ts, text, blocks, user, thread_ts, metadata } = message
  const files = message.files.flatMap((id) => {
    const file = team.files.get(id)
    return file ? [{ id: file.id, name: file.name, title: file.title }] : []
  })
  const ephemeral = message.ephemeral !== null
  return { channel, ts, text, blocks, user, ephemeral, edited: message.edited !== null, thread_ts, files, metadata }
}

/** Tells the app of words: as a message where it is subscribed to those, and as a mention where it is mentioned. */
async function tellOfWords(team: Team, channel: Channel, message: Message, repeats?: number): Promise<void> {
  const object = messageObject(team, message)
  const shared = { ...object, channel: channel.id, event_ts: message.ts, client_msg_id: crypto.randomUUID() }
  const subtype = message.files.length > 0 ? { subtype: 'file_share' } : {}
  const told = [
    tell(team, { ...shared, ...subtype, type: 'message', channel_type: channelTypeInEvent(channel) }, channel, repeats),
  ]
  if (channel.kind !== 'direct' && message.text.includes(`<@${team.botUser}>`))
    told.push(tell(team, { ...shared, type: 'app_mention' }, channel, repeats))
  const failed = (await Promise.allSettled(told)).find((one) => one.status === 'rejected')
  if (failed)
    throw failed.reason instanceof Error ? failed.reason : new NotAcknowledged(String(failed.reason), 'connection_failed')
}
