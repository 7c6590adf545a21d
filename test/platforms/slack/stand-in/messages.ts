import { z } from 'zod'
import { type Block, blocksOn, pointers, textOf, withIds } from './blocks.js'
import { typeOf } from './channels.js'
import { tellInPassing } from './events.js'
import { fileObject } from './files.js'
import { Refused } from './refused.js'
import type { Channel, Message, Metadata, Team } from './team.js'

const LONGEST_MESSAGE = 13_200
const LONGEST_TEXT = 40_000
/** Of a text that takes the place of another. */
const LONGEST_UPDATE = 4_000
const LONGEST_METADATA = 8_000

/** What somebody writes: words, blocks, or both. */
export interface Written {
  readonly text?: string | undefined
  readonly blocks?: readonly Block[] | undefined
}

/** @throws Refused invalid_blocks_format, invalid_blocks, msg_blocks_too_long */
export function blocksOfMessage(team: Team, raw: unknown): readonly Block[] | undefined {
  if (raw === undefined) return undefined
  if (!Array.isArray(raw)) throw new Refused('invalid_blocks_format')
  const read = blocksOn('message').safeParse(raw)
  if (!read.success) {
    const errors = pointers(read.error, '/blocks')
    const code = errors.some((error) => error.includes('only_one_table_allowed')) ? 'invalid_attachments' : 'invalid_blocks'
    throw new Refused(code, { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } })
  }
  if (textOf(read.data).length > LONGEST_MESSAGE) throw new Refused('msg_blocks_too_long')
  return withIds(read.data, () => team.ground.nextId('b'))
}

const MetadataSent = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
})

/** @throws Refused invalid_metadata_format, metadata_too_large */
export function metadataFrom(raw: unknown): Metadata | null {
  if (raw === undefined) return null
  const read = MetadataSent.safeParse(raw)
  if (!read.success) throw new Refused('invalid_metadata_format', { errors: pointers(read.error, '/metadata') })
  if (JSON.stringify(read.data).length > LONGEST_METADATA) throw new Refused('metadata_too_large')
  return read.data
}

/** Holds what is written to the limits, and notes what is unwise. @throws Refused no_text, msg_too_long */
export function holdWritten(team: Team, method: string, { text = '', blocks = [] }: Written): void {
  if (text === '' && blocks.length === 0) throw new Refused('no_text')
  if (text === '')
    team.ground.complain(`${method}: blocks without text: who hears the message or sees it on a locked phone gets nothing`)
  if (text.length > (method === 'chat.update' ? LONGEST_UPDATE : LONGEST_TEXT)) throw new Refused('msg_too_long')
}

interface Posting extends Written {
  readonly user: string
  readonly thread?: string | undefined
  readonly ephemeral?: string | undefined
  readonly files?: readonly string[]
  readonly metadata?: Metadata | null
}

/** Puts a message into a conversation, and notes who was called by it. */
export function putMessage(team: Team, channel: Channel, posting: Posting): Message {
  const { text = '', blocks = [], user } = posting
  const message: Message = {
    ts: team.ground.nextTs(),
    channel: channel.id,
    user,
    byApp: user === team.botUser,
    text,
    blocks,
    thread_ts: posting.thread ?? null,
    edited: null,
    ephemeral: posting.ephemeral ?? null,
    files: posting.files ?? [],
    metadata: posting.metadata ?? null,
  }
  channel.messages.push(message)
  for (const id of message.files) team.files.get(id)?.channels.add(channel.id)
  const called = callsIn(text, blocks)
  for (const who of called) team.pings.push({ channel: channel.id, ts: message.ts, who })
  if (message.ephemeral === null) notify(team, channel, message, called)
  team.ground.changed()
  return message
}

/** A phone shows what came directly, and what one was called by. */
function notify(team: Team, channel: Channel, message: Message, called: readonly string[]): void {
  const toAll = channel.kind === 'direct' || called.some((who) => BROADCASTS.includes(who))
  for (const member of channel.members) {
    if (member === message.user || team.users.get(member)?.deleted !== false) continue
    if (toAll || called.includes(member))
      team.notifications.set(member, [...(team.notifications.get(member) ?? []), message.text])
  }
}

const BROADCASTS = ['channel', 'here', 'everyone']

/** Whom a message calls: by its text, by what is marked up in its blocks, by its rich text. Plain text calls nobody. */
export function callsIn(text: string, blocks: readonly Block[]): readonly string[] {
  const found = new Set(inMarkup(text))
  const search = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) search(one)
      return
    }
    if (typeof node !== 'object' || node === null) return
    if ('type' in node) {
      if (['mrkdwn', 'markdown'].includes(String(node.type)) && 'text' in node)
        for (const who of inMarkup(String(node.text))) found.add(who)
      if (node.type === 'broadcast' && 'range' in node) found.add(String(node.range))
      if (node.type === 'user' && 'user_id' in node) found.add(String(node.user_id))
      if (node.type === 'usergroup' && 'usergroup_id' in node) found.add(String(node.usergroup_id))
    }
    for (const one of Object.values(node)) search(one)
  }
  search(blocks)
  return [...found]
}

const inMarkup = (text: string): readonly string[] =>
  [...text.matchAll(/<(?:@([UW]\w+)|!(channel|here|everyone)|!subteam\^(\w+))(?:\|[^>]*)?>/g)].map(
    ([, user, broadcast, group]) => user ?? broadcast ?? group ?? '',
  )

/** A message as Slack shows it to an app. */
export function messageObject(team: Team, message: Message, withMetadata = false): Record<string, unknown> {
  const files = message.files.flatMap((id) => {
    const file = team.files.get(id)
    return file ? [fileObject(team, file)] : []
  })
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: team.users.get(message.user)?.foreignTeam ?? team.id,
    ...(message.byApp ? { bot_id: message.user === team.botUser ? team.botId : 'B0OTHER', app_id: team.app.id } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.thread_ts !== null ? { thread_ts: message.thread_ts } : {}),
    ...(message.edited !== null ? { edited: { user: message.user, ts: message.edited } } : {}),
    ...(files.length > 0 ? { files, upload: false } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  }
}

export const channelTypeInEvent = (channel: Channel): string =>
  ({ im: 'im', mpim: 'mpim', private_channel: 'group', public_channel: 'channel' })[typeOf(channel)]

/** Tells the app of its own message too, as Slack does. */
export function tellOfOwn(team: Team, channel: Channel, message: Message, previous: Record<string, unknown> | null = null): void {
  const place = { channel: channel.id, channel_type: channelTypeInEvent(channel) }
  const object = messageObject(team, message)
  if (previous === null) {
    tellInPassing(team, { ...object, type: 'message', ...place, event_ts: message.ts }, channel)
    return
  }
  const ts = team.ground.nextTs()
  tellInPassing(
    team,
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      ...place,
      message: object,
      previous_message: previous,
      ts,
      event_ts: ts,
    },
    channel,
  )
}

/** A message that the app may change. @throws Refused message_not_found, or the code given where it is another’s */
export function ownMessage(team: Team, channel: Channel, ts: string, another: string): Message {
  const message = channel.messages.find((one) => one.ts === ts && one.ephemeral === null)
  if (!message) throw new Refused('message_not_found')
  if (message.user !== team.botUser) throw new Refused(another)
  return message
}

export function changeMessage(team: Team, channel: Channel, message: Message, { text, blocks }: Written): void {
  const previous = messageObject(team, message)
  message.text = text ?? message.text
  // Words alone take the place of the blocks; blocks alone leave the words as they were.
  message.blocks = blocks ?? (text === undefined ? message.blocks : [])
  message.edited = team.ground.nextTs()
  for (const who of callsIn(message.text, message.blocks).filter((one) => BROADCASTS.includes(one)))
    team.pings.push({ channel: channel.id, ts: message.ts, who })
  if (message.ephemeral === null) tellOfOwn(team, channel, message, previous)
  team.ground.changed()
}

export function removeMessage(team: Team, channel: Channel, message: Message): void {
  channel.messages.splice(channel.messages.indexOf(message), 1)
  if (message.ephemeral === null) {
    const ts = team.ground.nextTs()
    const place = { channel: channel.id, channel_type: channelTypeInEvent(channel) }
    const previous_message = messageObject(team, message)
    tellInPassing(
      team,
      {
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        ...place,
        deleted_ts: message.ts,
        previous_message,
        ts,
        event_ts: ts,
      },
      channel,
    )
  }
  team.ground.changed()
}
