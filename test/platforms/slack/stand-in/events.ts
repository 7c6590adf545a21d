import { deliver, isListening, NotAcknowledged, type Payload } from './delivery.js'
import { secret } from './ground.js'
import type { Channel, Team } from './team.js'

type Event = { readonly type: string } & Payload

/** Which scope an app needs to be told of an event at all; of what stands not here, none. */
function scopeOf(event: Event, channel: Channel | null): string | null {
  if (event.type === 'app_mention') return 'app_mentions:read'
  if (['user_change', 'team_join'].includes(event.type)) return 'users:read'
  if (!channel) return null
  const room = channel.kind === 'direct' ? 'im' : channel.isPrivate ? 'groups' : 'channels'
  return event.type === 'message' ? `${room}:history` : `${room}:read`
}

/** As a manifest’s `bot_events` names it: messages are subscribed to by kind of conversation. */
function subscriptionOf(event: Event, channel: Channel | null): string {
  if (event.type !== 'message' || !channel) return event.type
  return channel.kind === 'direct' ? 'message.im' : channel.isPrivate ? 'message.groups' : 'message.channels'
}

/** Whether the app is told: subscribed, entitled, and in the room. */
function isTold(team: Team, event: Event, channel: Channel | null): boolean {
  if (!team.events.includes(subscriptionOf(event, channel))) return false
  const scope = scopeOf(event, channel)
  if (scope !== null && !team.scopes.includes(scope)) return false
  return channel === null || channel.members.has(team.botUser) || event.user === team.botUser
}

export function envelopeOf(team: Team, event: Event, channel: Channel | null): Payload {
  return {
    token: team.app.token,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: team.app.id,
    event,
    type: 'event_callback',
    // Never again, not even by a stand-in started anew: the app would take it for a repeat.
    event_id: secret('Ev'),
    event_time: Math.floor(team.ground.now() / 1_000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: channel?.kind === 'shared',
    event_context: team.ground.nextId('EC'),
  }
}

/** Tells the app of an event, if it may know, and waits until it took it. @throws NotAcknowledged */
export async function tell(team: Team, event: Event, channel: Channel | null = null, repeats = 0): Promise<void> {
  if (!isTold(team, event, channel)) return
  await deliver(team.ground, team.app, 'events_api', envelopeOf(team, event, channel), repeats)
}

/** Tells of what the app did itself, or what nobody waits for. */
export function tellInPassing(team: Team, event: Event, channel: Channel | null = null): void {
  if (!isListening(team.app)) return
  void tell(team, event, channel).catch((error: unknown) => {
    if (!(error instanceof NotAcknowledged)) throw error
  })
}

/** What an app gets when its manifest names none: all that Quorate could have a use for, but not all talk in channels. */
export const USUAL_EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'channel_rename',
  'channel_shared',
  'channel_unarchive',
  'channel_unshared',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message.im',
  'team_join',
  'tokens_revoked',
  'user_change',
]
