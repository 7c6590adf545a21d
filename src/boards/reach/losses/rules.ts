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

/** What the platforms' own words mean, for a person, a place and a workspace. */
const REASONS: Readonly<Record<What, readonly (readonly [RegExp, string])[]>> = {
  person: [
    [
      /deactivated|user_disabled|user_not_found|account_inactive|users_not_found|deleted/,
      'their account was deactivated or removed',
    ],
    [/cannot_dm|messages_tab_disabled|im_disabled|blocked/, 'they take no direct messages from me'],
    [/user_not_visible|not_allowed|restricted/, 'the workspace does not let me write to them'],
  ],
  place: [
    [/archived/, 'the channel was archived'],
    [/not_in_channel|kicked|left|removed/, 'I was removed from it'],
    [/not_found|deleted/, 'it was deleted, or I was removed from it'],
    [/restricted|not_allowed|posting/, 'I may not post there'],
  ],
  workspace: [
    [/uninstalled/, 'I was uninstalled'],
    [/token|auth|inactive/, 'my access was taken back'],
  ],
}

/** Why something is reached no more, in plain words; where the platform's word is a new one, that word. */
export const reasonInWords = (what: What, why: string): string =>
  REASONS[what].find(([word]) => word.test(why))?.[1] ?? `the platform says “${why}”`
