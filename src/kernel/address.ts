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
