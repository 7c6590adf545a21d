import type { Board } from '../../rules.js'

/** What is reached no more. */
export type What = 'person' | 'place' | 'workspace'

/** One loss, with the names of what was lost. */
export interface Told {
  readonly board: Board
  readonly what: What
  readonly why: string
  readonly platform: string
  /** of the person */
  readonly name: string | null
  readonly person: string | null
  /** of the place */
  readonly place: string | null
  /** it is reached again since */
  readonly ended: boolean
}

/** What the house's words for a loss mean, of a person, a place and a workspace. Platforms put their own into these. */
const REASONS: Readonly<Record<What, Readonly<Record<string, string>>>> = {
  person: {
    deactivated: 'their account was deactivated or removed',
    no_direct_messages: 'they take no direct messages from me',
    not_allowed: 'the workspace does not let me write to them',
    archived: 'my conversation with them was closed',
    deleted: 'my conversation with them was closed',
    removed: 'my conversation with them was closed',
  },
  place: {
    archived: 'the channel was archived',
    removed: 'I was removed from it',
    deleted: 'it was deleted, or I was removed from it',
    not_allowed: 'I may not post there',
  },
  workspace: {
    uninstalled: 'I was uninstalled',
    disconnected: 'my access was taken back',
  },
}

/** Why something is reached no more, in plain words; where the word is not one of the house's, that word. */
export const reasonInWords = (what: What, why: string): string => REASONS[what][why] ?? `the platform says “${why}”`
