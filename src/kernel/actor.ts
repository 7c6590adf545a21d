import { type Audience, toPerson } from './audience.js'

/** Who a platform says is speaking; the platform has verified it. */
export interface From {
  readonly platform: string
  readonly workspace: string
  readonly user: string
}

/** Where it was said. A place serves one board; a direct message serves none in particular. */
export interface Place {
  readonly platform: string
  readonly workspace: string
  readonly id: string
  readonly kind: 'direct' | 'private' | 'public' | 'shared'
}

/** Who runs the server and acts from its command line; in the journal as this. */
export const OPERATOR = 'operator'

/** What is done because its time has come, and by nobody; in the journal as this. */
export const TIMER = 'timer'

/** A person who acts, found by their identity on a platform and by nothing else; or the operator; or the clock. */
export interface Actor {
  /** the person's id, or OPERATOR, or TIMER */
  readonly person: string
  readonly tenant: string
  readonly name: string
}

export const isOperator = ({ person }: Actor): boolean => person === OPERATOR

export const isTimer = ({ person }: Actor): boolean => person === TIMER

/** For a column that holds who did it: null for the operator and the clock, who are nobody on the roster. */
export const personOf = (actor: Actor): string | null => (isOperator(actor) || isTimer(actor) ? null : actor.person)

export const audienceOf = (actor: Actor): Audience => toPerson(actor.person)
