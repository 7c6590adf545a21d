import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../db/schema.js'

/** Somebody at an address of ours, in a browser or a calendar program: known by the secret in it and by nothing else. */
export interface Visit {
  /** what stands in the address after the room, without an ending */
  readonly secret: string
  /** what an earlier visit left with this browser; null: nothing */
  readonly browser: string | null
  /** the board's clock, read once */
  readonly now: Temporal.Instant
}

/** What is found there. */
export type Found =
  /** a page of a few sentences, and what a button says that asks for more; drawn as words, never as markup */
  | {
      readonly kind: 'page'
      readonly status: 200 | 403 | 404 | 410
      readonly title: string
      readonly sentences: readonly string[]
      readonly press?: string
      /** to be left with this browser, which shows it when the button is pressed, once or twice */
      readonly browser?: string
    }
  /** a file that was kept, by its content */
  | {
      readonly kind: 'file'
      readonly sha256: string
      /** as it is saved, with its ending */
      readonly name: string
      readonly type: string
      /** to be left with this browser, which shows it at its next visit; null: nothing */
      readonly browser: string | null
    }
  | { readonly kind: 'text'; readonly type: string; readonly name: string; readonly text: string }

/** One kind of address under `PUBLIC_URL`, as `/papers/<secret>`. What was never there and what is no more are answered alike. */
export interface Address {
  readonly room: 'papers' | 'calendar'
  /** GET: changes nothing, for programs follow links that nobody has pressed */
  look(db: Db, visit: Visit): Promise<Found>
  /** POST, by the button of the page that `look` has drawn; in a transaction. null: there is none */
  readonly press: ((tx: Tx, visit: Visit) => Promise<Found>) | null
}

/** Said at an address that was never there, and at one that is no more. */
export const NOTHING_HERE: Found = {
  kind: 'page',
  status: 404,
  title: 'Nothing here',
  sentences: ['This address is not good, or is good no more. Ask Quorate, or your clerk, for a new one.'],
}

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/

/** Whether a request came by a name of this machine, and by none that somebody else may point here. */
export const isLoopback = (host: string | undefined): boolean => LOOPBACK.test(host ?? '')
