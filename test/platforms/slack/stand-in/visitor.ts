import type { Block } from './blocks.js'
import type { Given } from './fields.js'
import type { View } from './views.js'

/** A message as one person sees it. */
export interface Seen {
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly Block[]
  readonly user: string
  readonly ephemeral: boolean
  readonly edited: boolean
  readonly thread_ts: string | null
  readonly files: readonly { readonly id: string; readonly name: string; readonly title: string }[]
  readonly metadata: unknown
}

export interface SentFile {
  readonly name: string
  readonly content: Buffer
  readonly type: string
}

/** How often more the same is delivered. */
export interface Act {
  readonly repeats?: number
}

export interface Press extends Act {
  /** said yes to the question that the button asks */
  readonly confirm?: boolean
  /** presses what the person saw, though the message has changed since, or is gone */
  readonly stale?: boolean
}

/** What stands on a button, what it carries, or which it is. */
export type Label = string | { readonly value: string } | { readonly block_id: string; readonly action_id: string }

/** What is put into a form, by block_id or by the label that people read. */
export type Values = Readonly<Record<string, Given | { readonly file: SentFile } | { readonly files: readonly SentFile[] }>>

/**
 * A person at Slack: all that they can do, and all that they see and nothing else. Each act resolves when the app acknowledged it, and
 * rejects (NotAcknowledged) where it did not within three seconds; what Slack’s client would not let them do throws at once.
 */
export interface Visitor {
  readonly user: string
  /** message.im in `direct`; app_mention where the app is mentioned. @returns the message’s ts */
  say(
    where: string,
    text: string,
    options?: Act & { readonly files?: readonly SentFile[]; readonly thread?: string },
  ): Promise<string>
  /** Changes or removes their own message, as people do. */
  edit(seen: Seen, text: string): Promise<void>
  unsay(seen: Seen): Promise<void>
  command(where: string, text: string, command?: string, act?: Act): Promise<void>
  press(message: Seen, label: Label, options?: Press): Promise<void>
  /** Chooses in a menu or among buttons of a message, named by block_id, action_id or placeholder. */
  choose(message: Seen, key: string, given: Given, act?: Act): Promise<void>
  pressInModal(label: Label, options?: Press): Promise<void>
  chooseInModal(key: string, given: Given, act?: Act): Promise<void>
  pressAtHome(label: Label, options?: Press): Promise<void>
  chooseAtHome(key: string, given: Given, act?: Act): Promise<void>
  /** Sends the top modal. The errors are what Slack then shows: the app’s, or its client’s own. */
  submit(values?: Values, act?: Act): Promise<{ readonly errors?: Readonly<Record<string, string>> }>
  closeModal(): Promise<void>
  /** Closes all at once, by Escape or the cross. */
  closeAll(): Promise<void>
  shortcut(callbackId: string, message?: Seen, act?: Act): Promise<void>
  openHome(act?: Act): Promise<void>
  openMessages(): Promise<void>
  conversation(where?: string): readonly Seen[]
  modal(): View | null
  modals(): readonly View[]
  home(): View | null
  /** Downloads a file that stands where they are. */
  file(seen: Seen, at?: number): Promise<Buffer>
  readonly notifications: readonly string[]
}
