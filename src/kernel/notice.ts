import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../db/schema.js'
import type { Audience } from './audience.js'
import type { Card } from './view.js'

/**
 * - live: one message per place and subject, which follows the state
 * - reminder: drawn at its time; dropped, with why, when its reason has gone
 * - dispatch: something that was said to someone; never merged, never dropped
 */
export type NoticeKind = 'live' | 'reminder' | 'dispatch'

/** Half open: after `from`, up to and including `until`, on the board's clock. */
export interface Window {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** A reminder that falls due: for one person, once for a subject and a day of the board's zone. */
export interface Due {
  readonly board: string
  readonly subject: string
  readonly person: string
  readonly date: string
}

/** Facts to draw, or why there is nothing to say any more. */
export type Loaded<Facts> = { readonly facts: Facts } | { readonly gone: string }

interface Named {
  /** feature, a dot, what it says: `apologies.received` */
  readonly name: string
}

interface Spec<Facts> extends Named {
  load(db: Db, subject: string, audience: Audience, now: Temporal.Instant): Promise<Loaded<Facts>>
  draw(facts: Facts, audience: Audience): Card
}

interface LiveSpec<Facts> extends Spec<Facts> {
  /** the subjects that look otherwise for no other reason than that time has passed */
  turns(db: Db, window: Window): Promise<readonly string[]>
}

interface ReminderSpec<Facts> extends Spec<Facts> {
  /** which subjects and recipients fall due */
  due(db: Db, window: Window): Promise<readonly Due[]>
}

interface DispatchSpec<Facts> extends Named {
  /** what was said, whatever has become of it since: a dispatch has no reason that could go */
  load(db: Db, subject: string, audience: Audience, now: Temporal.Instant): Promise<Facts>
  draw(facts: Facts, audience: Audience): Card
}

/** A notice, as the registry holds it: drawn when it is sent, so never stale. */
export interface Notice extends Named {
  readonly kind: NoticeKind
  readonly due: ((db: Db, window: Window) => Promise<readonly Due[]>) | null
  readonly turns: ((db: Db, window: Window) => Promise<readonly string[]>) | null
  /** the card as things stand, or why there is none */
  show(db: Db, subject: string, audience: Audience, now: Temporal.Instant): Promise<Card | { readonly gone: string }>
}

const shown =
  <Facts>({ load, draw }: Spec<Facts>): Notice['show'] =>
  async (db, subject, audience, now) => {
    const loaded = await load(db, subject, audience, now)
    return 'facts' in loaded ? draw(loaded.facts, audience) : loaded
  }

export const live = <Facts>(spec: LiveSpec<Facts>): Notice => ({
  name: spec.name,
  kind: 'live',
  due: null,
  turns: (db, window) => spec.turns(db, window),
  show: shown(spec),
})

export const reminder = <Facts>(spec: ReminderSpec<Facts>): Notice => ({
  name: spec.name,
  kind: 'reminder',
  due: (db, window) => spec.due(db, window),
  turns: null,
  show: shown(spec),
})

export const dispatch = <Facts>({ name, load, draw }: DispatchSpec<Facts>): Notice => ({
  name,
  kind: 'dispatch',
  due: null,
  turns: null,
  show: async (db, subject, audience, now) => draw(await load(db, subject, audience, now), audience),
})
