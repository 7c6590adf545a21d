import { visitorAs } from './acts.js'
import { isListening, overHttp } from './delivery.js'
import { tellInPassing } from './events.js'
import { secret } from './ground.js'
import { userObject } from './people.js'
import type { Channel, Ping, Team, User } from './team.js'
import type { Visitor } from './visitor.js'

export interface NewUser {
  readonly name: string
  readonly email?: string
  readonly id?: string
  readonly displayName?: string
  readonly tz?: string
  readonly restricted?: boolean
  readonly foreignTeam?: string
  readonly bot?: boolean
  readonly emailConfirmed?: boolean
}

export interface NewChannel {
  readonly name: string
  readonly kind: 'private' | 'public' | 'shared'
  readonly members: readonly string[]
  readonly withBot?: boolean
  readonly id?: string
  /** of a shared channel: closed to the rest of the workspace, as most are */
  readonly isPrivate?: boolean
}

/** One workspace at Slack, from outside: what its administrators and its people do. */
export interface Workspace {
  readonly team: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly botUser: string
  readonly botId: string
  readonly appId: string
  /** that the app can be delivered to */
  readonly connected: boolean
  scopes: string[]
  /** what the app is subscribed to, as a manifest’s `bot_events` names it */
  events: string[]
  readonly pings: readonly Ping[]
  users(): readonly User[]
  channels(): readonly Channel[]
  addUser(user: NewUser): string
  rename(user: string, name: string): void
  deactivate(user: string): void
  reactivate(user: string): void
  addChannel(channel: NewChannel): string
  /** A direct conversation of two people: the app is not in it, and its command works there all the same. */
  addDirect(one: string, another: string): string
  invite(channel: string, user: string): void
  remove(channel: string, user: string): void
  archive(channel: string): void
  unarchive(channel: string): void
  renameChannel(channel: string, name: string): void
  share(channel: string, withTeam?: string): void
  unshare(channel: string): void
  revoke(): void
  uninstall(): void
  /** From now on deliveries are posted here. @throws where the address does not answer Slack’s question with its challenge */
  deliverTo(eventsUrl: string): Promise<void>
  as(user: string): Visitor
}

export function workspaceOf(team: Team): Workspace {
  const { ground, app } = team
  const userOf = (id: string): User => {
    const user = team.users.get(id)
    if (!user) throw new Error(`${team.id} has no user ${id}.`)
    return user
  }
  const channelOf = (id: string): Channel => {
    const channel = team.channels.get(id)
    if (!channel) throw new Error(`${team.id} has no channel ${id}.`)
    return channel
  }
  const changed = (user: User, change: Partial<User>): void => {
    Object.assign(user, change, { updated: ground.now() })
    ground.changed()
    tellInPassing(team, { type: 'user_change', user: userObject(team, user), cache_ts: ground.now(), event_ts: ground.nextTs() })
  }
  /** Events of private channels begin with `group`, but not all. */
  const happened = (channel: Channel, event: string, more: Record<string, unknown> = {}): void => {
    ground.changed()
    const type = event.startsWith('_') ? `${channel.isPrivate ? 'group' : 'channel'}${event}` : event
    tellInPassing(team, { type, channel: channel.id, ...more, event_ts: ground.nextTs() }, channel)
  }
  const letterOf = (channel: Channel) => (channel.isPrivate ? 'G' : 'C')
  const archive = (id: string, archived: boolean): void => {
    const channel = channelOf(id)
    channel.archived = archived
    happened(channel, archived ? '_archive' : '_unarchive', { user: 'U0ADMIN', ...(archived ? { is_moved: 0 } : {}) })
  }

  return {
    team: team.id,
    botToken: team.botToken,
    appToken: app.appToken,
    signingSecret: app.signingSecret,
    botUser: team.botUser,
    botId: team.botId,
    appId: app.id,
    get connected() {
      return isListening(app)
    },
    get scopes() {
      return team.scopes
    },
    set scopes(scopes) {
      team.scopes = scopes
    },
    get events() {
      return team.events
    },
    set events(events) {
      team.events = events
    },
    pings: team.pings,
    users: () => [...team.users.values()],
    channels: () => [...team.channels.values()],
    addUser({ name, id = ground.nextId('U'), ...given }) {
      team.users.set(id, {
        id,
        name,
        displayName: given.displayName ?? '',
        email: given.email ?? null,
        tz: given.tz ?? 'Europe/London',
        restricted: given.restricted ?? false,
        foreignTeam: given.foreignTeam ?? null,
        bot: given.bot ?? false,
        emailConfirmed: given.emailConfirmed ?? true,
        deleted: false,
        updated: ground.now(),
      })
      ground.changed()
      return id
    },
    rename: (user, name) => changed(userOf(user), { name }),
    deactivate(user) {
      for (const channel of team.channels.values()) if (channel.person === null) channel.members.delete(user)
      changed(userOf(user), { deleted: true })
    },
    reactivate: (user) => changed(userOf(user), { deleted: false }),
    addChannel({ name, kind, members, withBot = true, id = ground.nextId('C'), isPrivate = kind !== 'public' }) {
      for (const member of members) userOf(member)
      team.channels.set(id, {
        id,
        name,
        kind,
        isPrivate,
        members: new Set([...members, ...(withBot ? [team.botUser] : [])]),
        person: null,
        archived: false,
        created: ground.now(),
        messages: [],
      })
      ground.changed()
      return id
    },
    addDirect(one, another) {
      const id = ground.nextId('D')
      team.channels.set(id, {
        id,
        name: 'directmessage',
        kind: 'direct',
        isPrivate: true,
        members: new Set([userOf(one).id, userOf(another).id]),
        person: null,
        archived: false,
        created: ground.now(),
        messages: [],
      })
      ground.changed()
      return id
    },
    invite(id, user) {
      const channel = channelOf(id)
      channel.members.add(userOf(user).id)
      happened(channel, 'member_joined_channel', { user, channel_type: letterOf(channel), team: team.id, inviter: 'U0ADMIN' })
    },
    remove(id, user) {
      const channel = channelOf(id)
      happened(channel, 'member_left_channel', { user, channel_type: letterOf(channel), team: team.id })
      if (user === team.botUser) happened(channel, '_left', { actor_id: 'U0ADMIN' })
      channel.members.delete(user)
    },
    archive: (id) => archive(id, true),
    unarchive: (id) => archive(id, false),
    renameChannel(id, name) {
      const channel = channelOf(id)
      channel.name = name
      const told = {
        id,
        name,
        name_normalized: name,
        created: Math.floor(channel.created / 1_000),
        is_channel: true,
        is_mpim: false,
      }
      happened(channel, '_rename', { channel: told })
    },
    share(id, withTeam = 'T0ELSEWHERE') {
      const channel = channelOf(id)
      channel.kind = 'shared'
      happened(channel, 'channel_shared', { connected_team_id: withTeam })
    },
    unshare(id) {
      const channel = channelOf(id)
      channel.kind = channel.isPrivate ? 'private' : 'public'
      happened(channel, 'channel_unshared', { previously_connected_team_id: 'T0ELSEWHERE', is_ext_shared: false })
    },
    revoke() {
      team.revoked = true
      tellInPassing(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUser] }, event_ts: ground.nextTs() })
    },
    uninstall() {
      this.revoke()
      tellInPassing(team, { type: 'app_uninstalled', event_ts: ground.nextTs() })
    },
    async deliverTo(eventsUrl) {
      const challenge = secret('')
      const asked = { token: app.token, challenge, type: 'url_verification' }
      const { status, body } = await overHttp(eventsUrl, app.signingSecret, 'events_api', asked, null, ground.patienceMs)
      const said = typeof body === 'object' && body !== null && 'challenge' in body ? body.challenge : body
      if (status !== 200 || said !== challenge) throw new Error(`${eventsUrl} did not answer with the challenge, but ${status}.`)
      app.eventsUrl = eventsUrl
    },
    as: (user) => visitorAs(team, user),
  }
}
