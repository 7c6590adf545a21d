import { Refused } from './refused.js'
import type { Channel, Team } from './team.js'

export const KINDS_OF_SCOPE = { public_channel: 'channels', private_channel: 'groups', im: 'im', mpim: 'mpim' } as const
export type ChannelType = keyof typeof KINDS_OF_SCOPE

export const typeOf = (channel: Channel): ChannelType =>
  channel.kind === 'direct' ? 'im' : channel.isPrivate ? 'private_channel' : 'public_channel'

/** A conversation that the app can see: public, or one that it is in. @throws Refused channel_not_found */
export function visibleChannel(team: Team, id: string): Channel {
  const channel = team.channels.get(id)
  if (!channel || (typeOf(channel) !== 'public_channel' && !channel.members.has(team.botUser)))
    throw new Refused('channel_not_found')
  return channel
}

/** A conversation that the app is in. @throws Refused channel_not_found, not_in_channel */
export function joinedChannel(team: Team, id: string): Channel {
  const channel = visibleChannel(team, id)
  if (!channel.members.has(team.botUser)) throw new Refused('not_in_channel')
  return channel
}

/** @throws Refused missing_scope, with what is needed and what there is */
export function needScope(team: Team, ...anyOf: readonly string[]): void {
  if (anyOf.length > 0 && !anyOf.some((scope) => team.scopes.includes(scope)))
    throw new Refused('missing_scope', { needed: anyOf.join(','), provided: team.scopes.join(',') })
}

/** The direct conversation of a person with the app, made where there is none yet. @throws Refused user_not_found, cannot_dm_bot */
export function directWith(team: Team, user: string): Channel {
  const person = team.users.get(user)
  if (!person) throw new Refused('user_not_found')
  if (person.bot) throw new Refused('cannot_dm_bot')
  const open = [...team.channels.values()].find((channel) => channel.person === user)
  if (open) return open
  const made: Channel = {
    id: team.ground.nextId('D'),
    name: 'directmessage',
    kind: 'direct',
    isPrivate: true,
    members: new Set([user, team.botUser]),
    person: user,
    archived: false,
    created: team.ground.now(),
    messages: [],
  }
  team.channels.set(made.id, made)
  return made
}

/** A conversation as conversations.info shows it. The first letter of its id says nothing of its kind, but for direct ones. */
export function channelObject(team: Team, channel: Channel): Record<string, unknown> {
  const created = Math.floor(channel.created / 1_000)
  if (channel.person !== null)
    return {
      id: channel.id,
      created,
      is_im: true,
      is_org_shared: false,
      is_archived: false,
      user: channel.person,
      is_user_deleted: team.users.get(channel.person)?.deleted ?? false,
      context_team_id: team.id,
    }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.archived,
    is_general: false,
    is_shared: channel.kind === 'shared',
    is_ext_shared: channel.kind === 'shared',
    is_org_shared: false,
    is_member: channel.members.has(team.botUser),
    context_team_id: team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}

/** As payloads of commands and presses name it: of what is private they tell no name. */
export const nameInPayload = (channel: Channel): string =>
  channel.kind === 'direct' ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name
