import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../db/schema.js'
import type { Audience } from './audience.js'
import { type Button, buttons, type Card } from './view.js'

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

/** When a reminder falls due, once for its date: a day of the board's zone, with the hour where it may come twice a day. */
export interface Moment {
  readonly at: Temporal.Instant
  readonly date: string
}

/** Whom to remind, as things stand; or why there is nothing to remind anybody of. */
export type ToRemind = { readonly people: readonly string[] } | { readonly gone: string }

/** What somebody has to do, for `what is due`. */
export interface Duty {
  /** "Say whether you come"; never what is restricted */
  readonly what: string
  /** until when; null: at once */
  readonly by: Temporal.Instant | null
  readonly press: Button | null
  /** nothing tells that it is done but the person, by “Not this one” */
  readonly untilMuted?: true
}

/** What an alarm has found due: for one person, once for a subject and a day of the board's zone. */
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
  /** it may be shown where others than the board read: nothing on its card is more than the public may know */
  readonly inOpenPlaces?: true
}

interface Spec<Facts> extends Named {
  load(db: Db, subject: string, audience: Audience, now: Temporal.Instant): Promise<Loaded<Facts>>
  draw(facts: Facts, audience: Audience): Card
}

interface LiveSpec<Facts> extends Spec<Facts> {
  /** the subjects that look otherwise for no other reason than that time has passed */
  turns(db: Db, window: Window): Promise<readonly string[]>
}

interface AlarmSpec<Facts> extends Spec<Facts> {
  /** which subjects and recipients fall due */
  due(db: Db, window: Window): Promise<readonly Due[]>
}

/** What is known of a reminder before it falls due. Its subject is a meeting, or what a clerk said. */
export interface Plan {
  /** what it is about and whom it is for, in a few words and without anything restricted: "Papers, to their authors" */
  readonly about: string
  /** when it falls due for a meeting, by the terms in force; none for one that is not called any more */
  moments(db: Db, meeting: string, now: Temporal.Instant): Promise<readonly Moment[]>
  to(db: Db, subject: string, now: Temporal.Instant): Promise<ToRemind>
  /** what it asks of somebody; null: it asks nothing, or not of them */
  duty(db: Db, subject: string, person: string, now: Temporal.Instant): Promise<Duty | null>
}

interface ReminderSpec<Facts> extends Spec<Facts>, Omit<Plan, 'duty'> {
  readonly duty?: Plan['duty']
}

interface DispatchSpec<Facts> extends Named {
  /** what was said, whatever has become of it since: a dispatch has no reason that could go */
  load(db: Db, subject: string, audience: Audience, now: Temporal.Instant): Promise<Facts>
  draw(facts: Facts, audience: Audience): Card
}

/** A notice, as the registry holds it: drawn when it is sent, so never stale. */
export interface Notice extends Omit<Named, 'inOpenPlaces'> {
  readonly inOpenPlaces: boolean
  readonly kind: NoticeKind
  readonly due: ((db: Db, window: Window) => Promise<readonly Due[]>) | null
  readonly turns: ((db: Db, window: Window) => Promise<readonly string[]>) | null
  /** of a reminder that is planned ahead */
  readonly plan: Plan | null
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
  inOpenPlaces: spec.inOpenPlaces === true,
  kind: 'live',
  due: null,
  turns: (db, window) => spec.turns(db, window),
  plan: null,
  async show(db, subject, audience, now) {
    const card = await shown(spec)(db, subject, audience, now)
    return 'gone' in card ? card : { ...card, follows: true }
  },
})

/** A reminder that nobody can plan: what has become due is looked for at each tick. */
export const alarm = <Facts>(spec: AlarmSpec<Facts>): Notice => ({
  name: spec.name,
  inOpenPlaces: spec.inOpenPlaces === true,
  kind: 'reminder',
  due: (db, window) => spec.due(db, window),
  turns: null,
  plan: null,
  show: shown(spec),
})

/** What is pressed on every reminder; the desk answers, and its subject says which: `<notice> <subject>`. */
export const REMIND_TOMORROW = 'desk.remind_tomorrow'
export const REMIND_NO_MORE = 'desk.remind_no_more'

/** A reminder that is planned ahead, by the terms or by a clerk. */
export const reminder = <Facts>(spec: ReminderSpec<Facts>): Notice => {
  const show = shown(spec)
  return {
    name: spec.name,
    inOpenPlaces: spec.inOpenPlaces === true,
    kind: 'reminder',
    due: null,
    turns: null,
    plan: { ...spec, duty: spec.duty ?? (async () => null) },
    async show(db, subject, audience, now) {
      const card = await show(db, subject, audience, now)
      if ('gone' in card) return card
      const which = `${spec.name} ${subject}`
      const presses = buttons(
        { command: REMIND_TOMORROW, subject: which, label: 'Remind me tomorrow', spoken: `Remind me tomorrow: ${card.title}` },
        {
          command: REMIND_NO_MORE,
          subject: which,
          label: 'Not this one',
          spoken: `Do not remind me of this again: ${card.title}`,
        },
      )
      return { ...card, body: [...card.body, presses] }
    },
  }
}

export const dispatch = <Facts>({ name, inOpenPlaces, load, draw }: DispatchSpec<Facts>): Notice => ({
  name,
  inOpenPlaces: inOpenPlaces === true,
  kind: 'dispatch',
  due: null,
  turns: null,
  plan: null,
  show: async (db, subject, audience, now) => draw(await load(db, subject, audience, now), audience),
})
