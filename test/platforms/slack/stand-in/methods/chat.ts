import { z } from 'zod'
import { directWith, joinedChannel, typeOf, visibleChannel } from '../channels.js'
import {
  blocksOfMessage,
  changeMessage,
  holdWritten,
  messageObject,
  metadataFrom,
  ownMessage,
  putMessage,
  removeMessage,
  tellOfOwn,
} from '../messages.js'
import { Refused } from '../refused.js'
import type { Channel, Team } from '../team.js'
import { flag, id, type Method, method, structure, ts } from './method.js'

const written = { text: z.string().optional(), blocks: structure }
/** Whether what is said may be read as markup of names: never, of us. */
const unparsed = { parse: z.literal('none').optional(), link_names: flag, mrkdwn: flag }

/** Where the app may post: a conversation it is in, or somebody’s direct one by their id. */
function postable(team: Team, channel: string): Channel {
  if (/^[UW]/.test(channel)) {
    if (!team.users.has(channel)) throw new Refused('channel_not_found')
    return directWith(team, channel)
  }
  const open = team.scopes.includes('chat:write.public') && !team.channels.get(channel)?.isPrivate
  const found = open ? visibleChannel(team, channel) : joinedChannel(team, channel)
  if (found.archived) throw new Refused('is_archived')
  return found
}

function holdThread(channel: Channel, thread: string | undefined): void {
  if (thread === undefined) return
  const root = channel.messages.find((message) => message.ts === thread && message.ephemeral === null)
  if (!root || (root.thread_ts !== null && root.thread_ts !== root.ts)) throw new Refused('thread_not_found')
}

export const CHAT: Readonly<Record<string, Method>> = {
  'chat.postMessage': method({
    scopes: ['chat:write'],
    args: z.strictObject({
      channel: id,
      ...written,
      ...unparsed,
      metadata: structure,
      thread_ts: ts.optional(),
      reply_broadcast: flag,
      unfurl_links: flag,
      unfurl_media: flag,
    }),
    run: (team, args) => {
      const channel = postable(team, args.channel)
      const said = { text: args.text, blocks: blocksOfMessage(team, args.blocks) }
      holdWritten(team, 'chat.postMessage', said)
      holdThread(channel, args.thread_ts)
      const metadata = metadataFrom(args.metadata)
      const message = putMessage(team, channel, { ...said, user: team.botUser, thread: args.thread_ts, metadata })
      tellOfOwn(team, channel, message)
      return { channel: channel.id, ts: message.ts, message: messageObject(team, message, true) }
    },
  }),
  'chat.postEphemeral': method({
    scopes: ['chat:write'],
    args: z.strictObject({ channel: id, user: id, ...written, ...unparsed, thread_ts: ts.optional() }),
    run: (team, args) => {
      const channel = joinedChannel(team, args.channel)
      if (channel.archived) throw new Refused('is_archived')
      if (!channel.members.has(args.user)) throw new Refused('user_not_in_channel')
      const said = { text: args.text, blocks: blocksOfMessage(team, args.blocks) }
      holdWritten(team, 'chat.postEphemeral', said)
      const message = putMessage(team, channel, { ...said, user: team.botUser, thread: args.thread_ts, ephemeral: args.user })
      return { message_ts: message.ts }
    },
  }),
  'chat.update': method({
    scopes: ['chat:write'],
    args: z.strictObject({ channel: id, ts, ...written, ...unparsed, metadata: structure, reply_broadcast: flag }),
    run: (team, args) => {
      const channel = joinedChannel(team, args.channel)
      const message = ownMessage(team, channel, args.ts, 'cant_update_message')
      if (channel.archived) throw new Refused('is_inactive')
      const said = { text: args.text, blocks: blocksOfMessage(team, args.blocks) }
      holdWritten(team, 'chat.update', said)
      if (args.metadata !== undefined) message.metadata = metadataFrom(args.metadata)
      changeMessage(team, channel, message, said)
      return { channel: channel.id, ts: message.ts, text: message.text, message: messageObject(team, message, true) }
    },
  }),
  'chat.delete': method({
    scopes: ['chat:write'],
    args: z.strictObject({ channel: id, ts }),
    run: (team, args) => {
      const channel = joinedChannel(team, args.channel)
      removeMessage(team, channel, ownMessage(team, channel, args.ts, 'cant_delete_message'))
      return { channel: channel.id, ts: args.ts }
    },
  }),
  'chat.getPermalink': method({
    args: z.strictObject({ channel: id, message_ts: ts }),
    run: (team, args) => {
      const channel = visibleChannel(team, args.channel)
      if (!channel.messages.some((message) => message.ts === args.message_ts)) throw new Refused('message_not_found')
      const room = typeOf(channel) === 'im' ? args.channel : channel.id
      const permalink = `https://${team.domain}.slack.com/archives/${room}/p${args.message_ts.replace('.', '')}`
      return { channel: channel.id, permalink }
    },
  }),
}
