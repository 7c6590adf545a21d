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
  /** as people call it, for cards: `#kcsp`; not needed where nothing is linked */
  readonly name?: string
  /** users in it who are guests of the workspace or of other organisations; only where a place is being linked or has changed */
  readonly guests?: readonly string[]
  /** the bot is not in it, and can post nothing there */
  readonly absent?: true
}

/** Who runs the server and acts from its command line; in the journal as this. */
export const OPERATOR = 'operator'

/** What is done because its time has come, and by nobody; in the journal as this. */
export const TIMER = 'timer'

/** What a platform has found out, of which nobody could say it: who somebody is, and who is not reached; in the journal as this. */
export const HOUSE = 'house'

/** A person who acts, found by their identity on a platform and by nothing else; or the operator; or the clock; or the house. */
export interface Actor {
  /** the person's id, or OPERATOR, or TIMER, or HOUSE */
  readonly person: string
  readonly tenant: string
  readonly name: string
}

export const isOperator = ({ person }: Actor): boolean => person === OPERATOR

export const isTimer = ({ person }: Actor): boolean => person === TIMER

export const isHouse = ({ person }: Actor): boolean => person === HOUSE

/** For a column that holds who did it: null for the operator, the clock and the house, who are nobody on the roster. */
export const personOf = (actor: Actor): string | null =>
  isOperator(actor) || isTimer(actor) || isHouse(actor) ? null : actor.person

export const audienceOf = (actor: Actor): Audience => toPerson(actor.person)
