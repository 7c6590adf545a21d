import { z } from 'zod'
import {
  type ChannelType,
  channelObject,
  directWith,
  joinedChannel,
  KINDS_OF_SCOPE,
  needScope,
  typeOf,
  visibleChannel,
} from '../channels.js'
import { tellInPassing } from '../events.js'
import { messageObject } from '../messages.js'
import { personOf } from '../people.js'
import { invalidArguments, Refused } from '../refused.js'
import type { Channel, Team } from '../team.js'
import { count, flag, id, type Method, method, pageOf, ts } from './method.js'

/** What is asked of a conversation needs the scope of its kind. */
function readable(team: Team, channel: string, what: 'read' | 'history'): Channel {
  needScope(team, ...Object.values(KINDS_OF_SCOPE).map((kind) => `${kind}:${what}`))
  const found = what === 'read' ? visibleChannel(team, channel) : joinedChannel(team, channel)
  needScope(team, `${KINDS_OF_SCOPE[typeOf(found)]}:${what}`)
  return found
}

const types = z.string().default('public_channel')
const listing = {
  types,
  exclude_archived: flag,
  limit: count(999),
  cursor: z.string().optional(),
}

/** The conversations of the kinds asked for, in pages. */
function listed(team: Team, args: z.infer<z.ZodObject<typeof listing>>, may: (channel: Channel) => boolean) {
  const kinds = args.types.split(',').map((type) => type.trim())
  for (const kind of kinds) {
    if (!(kind in KINDS_OF_SCOPE)) throw new Refused('invalid_types')
    needScope(team, `${KINDS_OF_SCOPE[kind as ChannelType]}:read`)
  }
  const all = [...team.channels.values()].filter(
    (channel) => kinds.includes(typeOf(channel)) && may(channel) && !(args.exclude_archived && channel.archived),
  )
  const { page, response_metadata } = pageOf(all, args.limit ?? 100, args.cursor)
  return { channels: page.map((channel) => channelObject(team, channel)), response_metadata }
}

function opened(team: Team, user: string): Channel {
  // Slack tells an unknown person and an unknown app apart here, and of neither where they are.
  if (personOf(team, user).deleted) throw new Refused('user_disabled')
  return directWith(team, user)
}

export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.open': method({
    scopes: ['im:write'],
    args: z.strictObject({
      users: z.string().optional(),
      channel: z.string().optional(),
      return_im: flag,
      prevent_creation: flag,
    }),
    run: (team, { users, channel, return_im }) => {
      if (users === undefined && channel === undefined) throw new Refused('users_list_not_supplied')
      if (users?.includes(',')) throw invalidArguments('the stand-in opens conversations with one person alone')
      const found = users !== undefined ? opened(team, users) : visibleChannel(team, channel ?? '')
      if (found.kind !== 'direct') throw new Refused('method_not_supported_for_channel_type')
      return { channel: return_im ? channelObject(team, found) : { id: found.id } }
    },
  }),
  'conversations.info': method({
    args: z.strictObject({ channel: id, include_num_members: flag, include_locale: flag }),
    run: (team, { channel, include_num_members }) => {
      const found = readable(team, channel, 'read')
      const num_members = include_num_members ? { num_members: found.members.size } : {}
      return { channel: { ...channelObject(team, found), ...num_members } }
    },
  }),
  'conversations.members': method({
    args: z.strictObject({ channel: id, limit: count(1_000), cursor: z.string().optional() }),
    run: (team, { channel, limit = 100, cursor }) => {
      const { page, response_metadata } = pageOf([...readable(team, channel, 'read').members], limit, cursor)
      return { members: page, response_metadata }
    },
  }),
  'conversations.history': method({
    args: z.strictObject({
      channel: id,
      limit: count(999),
      cursor: z.string().optional(),
      oldest: z.string().optional(),
      latest: z.string().optional(),
      inclusive: flag,
      include_all_metadata: flag,
    }),
    run: (team, { channel, limit = 100, cursor, oldest = '0', latest = '9999999999', inclusive, include_all_metadata }) => {
      const inside = (at: number) =>
        inclusive ? at >= Number(oldest) && at <= Number(latest) : at > Number(oldest) && at < Number(latest)
      const all = readable(team, channel, 'history')
        .messages.filter(
          (message) => message.ephemeral === null && (message.thread_ts === null || message.thread_ts === message.ts),
        )
        .filter((message) => inside(Number(message.ts)))
        .reverse()
      const { page, response_metadata } = pageOf(all, limit, cursor)
      const messages = page.map((message) => messageObject(team, message, include_all_metadata === true))
      return { messages, has_more: response_metadata.next_cursor !== '', response_metadata }
    },
  }),
  'conversations.replies': method({
    args: z.strictObject({ channel: id, ts, limit: count(999), cursor: z.string().optional(), include_all_metadata: flag }),
    run: (team, { channel, ts: root, limit = 100, cursor, include_all_metadata }) => {
      const all = readable(team, channel, 'history').messages.filter(
        (message) => message.ephemeral === null && (message.ts === root || message.thread_ts === root),
      )
      if (all.length === 0) throw new Refused('thread_not_found')
      const { page, response_metadata } = pageOf(all, limit, cursor)
      return {
        messages: page.map((message) => messageObject(team, message, include_all_metadata === true)),
        has_more: response_metadata.next_cursor !== '',
        response_metadata,
      }
    },
  }),
  'conversations.list': method({
    args: z.strictObject(listing),
    run: (team, args) =>
      listed(team, args, (channel) => typeOf(channel) === 'public_channel' || channel.members.has(team.botUser)),
  }),
  'users.conversations': method({
    args: z.strictObject({ ...listing, user: z.string().optional() }),
    run: (team, { user = team.botUser, ...args }) =>
      listed(
        team,
        args,
        (channel) => channel.members.has(user) && (user === team.botUser || typeOf(channel) === 'public_channel'),
      ),
  }),
  'conversations.join': method({
    scopes: ['channels:join'],
    args: z.strictObject({ channel: id }),
    run: (team, { channel }) => {
      const found = visibleChannel(team, channel)
      if (typeOf(found) !== 'public_channel') throw new Refused('method_not_supported_for_channel_type')
      if (found.archived) throw new Refused('is_archived')
      const already = found.members.has(team.botUser)
      found.members.add(team.botUser)
      if (!already)
        tellInPassing(
          team,
          {
            type: 'member_joined_channel',
            user: team.botUser,
            channel: found.id,
            channel_type: 'C',
            team: team.id,
            event_ts: team.ground.nextTs(),
          },
          found,
        )
      return { channel: channelObject(team, found), ...(already ? { warning: 'already_in_channel' } : {}) }
    },
  }),
}
