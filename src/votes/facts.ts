import type { Temporal } from 'temporal-polyfill'
import { type Count, type Entry, type Facts, type Presiding, stateAt } from '../attendance/ledger.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { Doubt, Refusal } from '../kernel/refusal.js'
import type { Meeting } from '../meetings/rules.js'
import type { Motion, SeatCalled } from './motion.js'
import type { Decision } from './register/rules.js'
import type { Voter } from './roll.js'

/** A motion with the meeting that it is before, as it sits, and what came of it. */
export interface MotionFacts {
  readonly motion: Motion
  readonly meeting: Meeting
  /** under the terms to which the motion is bound */
  readonly facts: Facts
  readonly now: Temporal.Instant
  readonly entry: Entry
  /** of the meeting without those who have withdrawn for the item */
  readonly count: Count
  readonly roll: readonly Voter[]
  readonly seats: ReadonlyMap<string, SeatCalled>
  /** who has voted, by id */
  readonly people: readonly Named[]
  readonly officers: readonly { readonly person: Named; readonly office: string }[]
  readonly decision: Decision | null
}

/** The count of a meeting for an item: without those who have withdrawn for it. */
export const countFor = (entry: Entry, item: string): Count => entry.items.find((one) => one.item === item) ?? entry

/** The figures alone, as they are kept with a decision. */
export const countOnly = ({ figures, verdict, ruled }: Count): Count => ({ figures, verdict, ruled })

/**
 * Who has the second or casting vote: the person presiding, who is the chair, or has the chair's powers.
 * @returns null where nobody presides who has it
 * @see the board's terms of reference, clauses `votes.clause` and `presiding.clause`
 */
export function castingBy(presiding: Presiding | null, { presiding: rule }: Pick<Terms, 'presiding'>): Presiding | null {
  if (!presiding) return null
  return presiding.as === 'chair' || presiding.as === 'co-chair' || rule.withChairsPowers ? presiding : null
}

export const OFFICES: Readonly<Record<Presiding['as'], string>> = {
  chair: 'Chair',
  'co-chair': 'Co-Chair',
  'vice-chair': 'Vice-Chair',
  chosen: 'member presiding',
}

/** Whether what is decided is a resolution, or why it is no more than a recommendation. */
export type Binding =
  | { readonly outcome: 'resolved'; readonly why: null }
  | { readonly outcome: 'recommended'; readonly why: string }

export const NO_QUORUM = 'there was no quorum'
export const INFORMAL = 'the meeting sat informally'

/**
 * What comes of a decision that a meeting takes now: a resolution, or without its quorum a recommendation.
 * @param allTheSame what to press where the quorum is wanting for the item alone; it is said again where what was typed would
 *   be lost in a press; null: it was answered
 * @returns why it does not bind, where it is a recommendation
 * @throws Refusal where nothing can be decided now: `conflict` while it waits or is adjourned, where nobody presides or a
 * reading is to be ruled; `not_quorate`, with the clause, where it has not been said how it goes on
 */
export function mayDecide(
  facts: Facts,
  { entry, item, now }: { entry: Entry; item: string; now: Temporal.Instant },
  terms: Terms,
  allTheSame: Doubt['allTheSame'] | 'say it again' | null,
): Binding {
  const state = stateAt(facts.sittings, now)
  if (state === 'waiting' || state === 'adjourned')
    throw new Refusal(
      'conflict',
      `The meeting ${state === 'waiting' ? 'waits for a quorum' : 'is adjourned'}: nothing is decided meanwhile. Say “resume the meeting” first.`,
    )
  if (!entry.presiding)
    throw new Refusal('conflict', 'Nobody presides. Those present choose one of them: say “NAME presides”, and decide then.')
  const count = countFor(entry, item)
  if (count.verdict === 'disputed')
    throw new Refusal(
      'conflict',
      'Whether there is a quorum depends on how the terms are read. The person presiding rules first: say “are we quorate”, and press which counts.',
      terms.quorum.clause,
    )
  if (state === 'informal') return { outcome: 'recommended', why: count.verdict === 'quorate' ? INFORMAL : NO_QUORUM }
  if (count.verdict === 'quorate') return { outcome: 'resolved', why: null }
  if (entry.verdict !== 'quorate')
    throw new Refusal(
      'not_quorate',
      'The meeting has no quorum. Wait for it or adjourn; or say “go on informally”, and what is agreed is a recommendation for a later meeting to ratify.',
      terms.quorum.clause,
    )
  if (allTheSame === 'say it again')
    throw new Refusal(
      'not_quorate',
      'Without those who have withdrawn there is no quorum for this item: what is agreed is a recommendation for a later meeting to ratify. If you mean that, say it again with “all the same” at the end; or defer the item.',
      terms.quorum.clause,
    )
  if (allTheSame)
    throw new Doubt(
      `Without those who have withdrawn there is no quorum for this item: what is agreed is a recommendation for a later meeting to ratify. If you mean that, press “${allTheSame.label}”; or defer the item.`,
      allTheSame,
    )
  return { outcome: 'recommended', why: NO_QUORUM }
}
