import { stateValues } from '../fields.js'
import type { StateValue } from '../team.js'
import type { View } from '../views.js'
import type { Seen } from '../visitor.js'
import type { Workspace } from '../workspace.js'
import type { Entry } from './entries.js'
import type { ReadMarks } from './read-marks.js'

/** All that one person has before them: what the page draws, and nothing that they could not see. */
export interface Sight {
  readonly workspace: string
  readonly you: { readonly id: string; readonly tz: string }
  readonly app: { readonly user: string; readonly name: string; readonly connected: boolean }
  readonly people: readonly { readonly id: string; readonly name: string; readonly email: string; readonly unread: number }[]
  readonly places: readonly PlaceSeen[]
  /** whose messages these are */
  readonly place: string
  readonly messages: readonly MessageSeen[]
  readonly home: View | null
  /** the top one last */
  readonly modals: readonly View[]
  readonly entries: readonly Entry[]
  /** what was wrong about the app */
  readonly complaints: readonly string[]
}

/** `direct` is the conversation with the app. */
export interface PlaceSeen {
  readonly id: string
  readonly name: string
  readonly kind: 'direct' | 'private' | 'public' | 'shared'
  readonly unread: number
}

/** What fields hold, by block and action. */
export type Standing = Readonly<Record<string, Readonly<Record<string, StateValue>>>>

export interface MessageSeen extends Seen {
  /** what stands in its fields at first */
  readonly state: Standing
}

export interface Looking {
  readonly workspace: Workspace
  readonly name: string
  readonly entries: readonly Entry[]
  readonly complaints: readonly string[]
  readonly read: ReadMarks
}

/** The places where somebody is, the conversation with the app first. */
export const placesOf = (workspace: Workspace, user: string): readonly Omit<PlaceSeen, 'unread'>[] => [
  { id: 'direct', name: 'Quorate', kind: 'direct' },
  ...workspace
    .channels()
    .filter(({ person, members, archived }) => person === null && members.has(user) && !archived)
    .map(({ id, name, kind }) => ({ id, name, kind })),
]

/** @throws Impossible where there is no such person, or they are not there */
export function sightOf({ workspace, name, entries, complaints, read }: Looking, user: string, place: string): Sight {
  const visitor = workspace.as(user)
  const people = workspace.users().filter(({ bot, deleted }) => !bot && !deleted)
  const unreadIn = (who: string, where: string): number => read.unread(who, where, workspace.as(who).conversation(where))
  const unreadOf = (who: string): number => placesOf(workspace, who).reduce((sum, { id }) => sum + unreadIn(who, id), 0)
  const app = workspace.users().find(({ id }) => id === workspace.botUser)
  return {
    workspace: name,
    you: { id: user, tz: people.find(({ id }) => id === user)?.tz ?? 'Europe/London' },
    app: { user: workspace.botUser, name: app?.name ?? '', connected: workspace.connected },
    people: people.map(({ id, name, email }) => ({ id, name, email: email ?? '', unread: unreadOf(id) })),
    places: placesOf(workspace, user).map((one) => ({ ...one, unread: unreadIn(user, one.id) })),
    place,
    messages: visitor.conversation(place).map((seen) => ({ ...seen, state: stateValues(seen.blocks, new Map()) })),
    home: visitor.home(),
    modals: visitor.modals(),
    entries,
    complaints,
  }
}
