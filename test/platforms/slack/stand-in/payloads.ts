import { nameInPayload } from './channels.js'
import type { Payload } from './delivery.js'
import { stateValues } from './fields.js'
import { messageObject } from './messages.js'
import { handleOf } from './people.js'
import type { Channel, Message, StateValue, Team, User } from './team.js'
import { newResponseUrl, newTrigger } from './triggers.js'
import { type StoredView, viewObject } from './views.js'

/** What Slack posts of interactions and commands. @see @slack/bolt dist/types */

const seconds = (team: Team): string => (team.ground.now() / 1_000).toFixed(6)

const shared = (team: Team, user: User): Payload => ({
  user: { id: user.id, username: handleOf(user), name: handleOf(user), team_id: user.foreignTeam ?? team.id },
  api_app_id: team.app.id,
  token: team.app.token,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
})

/** Where an element was used: in a message, or in a view. */
export type Container = { readonly message: Message; readonly channel: Channel } | { readonly view: StoredView }

export const chosenIn = (team: Team, user: User, message: Message): Map<string, StateValue> => {
  const key = `${user.id} ${message.channel} ${message.ts}`
  const chosen = team.chosen.get(key) ?? new Map<string, StateValue>()
  team.chosen.set(key, chosen)
  return chosen
}

export function blockActions(team: Team, user: User, where: Container, action: Payload): Payload {
  const base = {
    type: 'block_actions',
    ...shared(team, user),
    trigger_id: newTrigger(team, user.id),
    actions: [{ ...action, action_ts: seconds(team) }],
  }
  if ('view' in where) return { ...base, container: { type: 'view', view_id: where.view.id }, view: viewObject(team, where.view) }
  const { message, channel } = where
  const is_ephemeral = message.ephemeral !== null
  return {
    ...base,
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral },
    channel: { id: channel.id, name: nameInPayload(channel) },
    // Of an ephemeral message Slack keeps nothing that it could send along.
    ...(is_ephemeral ? {} : { message: messageObject(team, message) }),
    state: { values: stateValues(message.blocks, chosenIn(team, user, message)) },
    response_url: newResponseUrl(team, user.id, channel.id, message.ts),
  }
}

export const viewSubmission = (team: Team, user: User, view: StoredView): Payload => ({
  type: 'view_submission',
  ...shared(team, user),
  trigger_id: newTrigger(team, user.id),
  view: viewObject(team, view),
  response_urls: [],
})

export const viewClosed = (team: Team, user: User, view: StoredView, is_cleared: boolean): Payload => ({
  type: 'view_closed',
  ...shared(team, user),
  view: viewObject(team, view),
  is_cleared,
})

export const globalShortcut = (team: Team, user: User, callback_id: string): Payload => ({
  type: 'shortcut',
  ...shared(team, user),
  action_ts: seconds(team),
  callback_id,
  trigger_id: newTrigger(team, user.id),
})

export const messageShortcut = (team: Team, user: User, callback_id: string, channel: Channel, message: Message): Payload => ({
  type: 'message_action',
  ...shared(team, user),
  action_ts: seconds(team),
  callback_id,
  trigger_id: newTrigger(team, user.id),
  response_url: newResponseUrl(team, user.id, channel.id, message.ts),
  message_ts: message.ts,
  channel: { id: channel.id, name: nameInPayload(channel) },
  message: messageObject(team, message),
})

export const slashCommand = (team: Team, user: User, channel: Channel, command: string, text: string): Payload => ({
  token: team.app.token,
  team_id: team.id,
  team_domain: team.domain,
  channel_id: channel.id,
  channel_name: nameInPayload(channel),
  user_id: user.id,
  user_name: handleOf(user),
  command,
  text,
  api_app_id: team.app.id,
  is_enterprise_install: 'false',
  response_url: newResponseUrl(team, user.id, channel.id, null),
  trigger_id: newTrigger(team, user.id),
})
