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

/** A person who acts, found by their identity on a platform and by nothing else; or the operator. */
export interface Actor {
  /** the person's id, or OPERATOR */
  readonly person: string
  readonly tenant: string
  readonly name: string
}

export const isOperator = ({ person }: Actor): boolean => person === OPERATOR

/** For a column that holds who did it: null for the operator, who is nobody on the roster. */
export const personOf = (actor: Actor): string | null => (isOperator(actor) ? null : actor.person)

export const audienceOf = (actor: Actor): Audience => toPerson(actor.person)
