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

/** A person who acts, found by their identity on a platform and by nothing else. */
export interface Actor {
  readonly person: string
  readonly tenant: string
  readonly name: string
}

export const audienceOf = (actor: Actor): Audience => toPerson(actor.person)
