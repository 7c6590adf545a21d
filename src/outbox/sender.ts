import type { Card } from '../kernel/view.js'

/** How long a platform may take over one call, in milliseconds. */
export const LONGEST_CALL_MS = 30_000
/** Until what cannot be sent for now is looked at again, in milliseconds. */
export const LONGEST_WAIT_MS = 600_000

/** Where a message goes: to a person, or into a place. */
export type Address = { readonly platform: string; readonly workspace: string } & (
  | { readonly user: string }
  | { readonly place: string }
)

/** The platform would not take it. */
export class NotSent extends Error {
  override readonly name = 'NotSent'

  /**
   * @param again milliseconds until it may be tried again; null if it never will be taken; undefined: later and later
   * @param taken whether all or a part of it may have been taken all the same; unless told, only where the platform did not say when to try again
   */
  constructor(
    why: string,
    readonly again: number | null | undefined,
    readonly taken: boolean = again === undefined,
  ) {
    super(why)
  }
}

/** The platform says that somebody, a place or a whole workspace is not reached any more. */
export class Unreachable extends NotSent {
  /** @param why the platform's word for it; what cannot go to a workspace waits until it is reached again */
  constructor(
    readonly what: 'person' | 'place' | 'workspace',
    readonly why: string,
    taken = false,
  ) {
    super(why, what === 'workspace' ? LONGEST_WAIT_MS : null, taken)
  }
}

/** A message as the platform calls it. */
export interface Posted {
  readonly conversation: string
  readonly message: string
}

/** A platform's way of sending; it draws the card in its own manner. */
export interface Sender {
  readonly platform: string
  /** the only workspace into which it sends; without one, into all of the platform */
  readonly workspace?: string
  /**
   * @param replaces the message of an earlier state, to be updated in its place
   * @param keys of all that it holds, of which the first names it: one sent again has one of them at least, so that a platform that can may know it
   * @param again it may have been taken before: an earlier sending of it timed out, failed unclearly, or was cut off
   * @param late once it says so, no further call is begun; none takes longer than LONGEST_CALL_MS, and so all have ended before it is sent again
   * @throws NotSent; Unreachable, so that nothing else goes there; whatever else it throws is tried again later and later
   */
  send(
    to: Address,
    card: Card,
    replaces: Posted | null,
    keys: readonly string[],
    again: boolean,
    late: AbortSignal,
  ): Promise<Posted>
}
