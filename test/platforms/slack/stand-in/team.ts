import type { Block } from './blocks.js'
import type { App } from './delivery.js'
import type { Faults } from './faults.js'
import type { StoredFile } from './files.js'
import type { Ground } from './ground.js'
import type { Rates } from './rates.js'
import type { StoredView } from './views.js'

/** The state of one workspace. What may be done with it stands in the files named after the nouns. */
export interface Team {
  readonly ground: Ground
  readonly app: App
  readonly faults: Faults
  readonly rates: Rates
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly botToken: string
  readonly botUser: string
  readonly botId: string
  /** what the token has; a change holds from the next call on */
  scopes: string[]
  /** what the app is subscribed to, as a manifest’s `bot_events` names it */
  events: string[]
  revoked: boolean
  readonly users: Map<string, User>
  readonly channels: Map<string, Channel>
  readonly files: Map<string, StoredFile>
  readonly triggers: Map<string, Trigger>
  readonly responseUrls: Map<string, ResponseUrl>
  /** each person’s open modals, the top one last */
  readonly modals: Map<string, StoredView[]>
  readonly homes: Map<string, StoredView>
  /** what a person has chosen in a message and not yet sent, by person and message */
  readonly chosen: Map<string, Map<string, StateValue>>
  readonly notifications: Map<string, string[]>
  readonly pings: Ping[]
}

export interface User {
  readonly id: string
  name: string
  readonly displayName: string
  readonly email: string | null
  readonly tz: string
  readonly restricted: boolean
  /** the workspace that a guest of Slack Connect comes from */
  readonly foreignTeam: string | null
  readonly bot: boolean
  readonly emailConfirmed: boolean
  deleted: boolean
  updated: number
}

export interface Channel {
  readonly id: string
  name: string
  kind: 'direct' | 'private' | 'public' | 'shared'
  readonly isPrivate: boolean
  readonly members: Set<string>
  /** in a direct conversation, the person at the other end */
  readonly person: string | null
  archived: boolean
  readonly created: number
  readonly messages: Message[]
}

export interface Metadata {
  readonly event_type: string
  readonly event_payload: Readonly<Record<string, unknown>>
}

export interface Message {
  readonly ts: string
  readonly channel: string
  readonly user: string
  readonly byApp: boolean
  text: string
  blocks: readonly Block[]
  thread_ts: string | null
  /** the time of its last change */
  edited: string | null
  /** the one person who sees it; nobody can ask for it afterwards */
  readonly ephemeral: string | null
  files: readonly string[]
  metadata: Metadata | null
}

export interface Trigger {
  readonly user: string
  readonly issued: number
  used: boolean
}

export interface ResponseUrl {
  readonly user: string
  readonly channel: string
  /** the message whose button was pressed */
  readonly message: string | null
  readonly issued: number
  uses: number
}

/** What a field holds, in the words of Slack’s `state.values`. */
export type StateValue = { readonly type: string } & Readonly<Record<string, unknown>>

/** Somebody was called by name, or everybody was. */
export interface Ping {
  readonly channel: string
  readonly ts: string
  /** a person’s id, or how many were called */
  readonly who: string
}
