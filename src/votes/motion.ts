import type { Temporal } from 'temporal-polyfill'
import type { Item } from '../agenda/rules.js'
import type { Count } from '../attendance/ledger.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass } from '../kernel/restricted.js'
import { type Guarded, letteredLines, openedFor } from '../papers/rules.js'
import type { Removal } from './removal/rules.js'
import type { Ballot, Tally } from './rules.js'

/** Characters of one part of a motion. */
export const LONGEST_PART = 1_000
/** Characters of a motion as it is typed. */
export const LONGEST_MOTION = 10_000
/** Parts of a motion, (a) to (t). */
export const MOST_PARTS = 20
/** Motions on one item: a convention of ours. */
export const MOST_MOTIONS = 200

export type MotionState = 'before the meeting' | 'in a vote' | 'decided' | 'withdrawn' | 'deferred'

/** How a motion reads since it was put, or amended. */
export interface Wording {
  /** 1; rises with each amendment */
  readonly version: number
  /** lettered (a), (b) … where there are several */
  readonly parts: readonly string[]
  readonly at: Temporal.Instant
}

/** A member does not agree; an invitee's disagreement is none. */
export interface Dissent {
  readonly person: Named
  readonly seat: string
  /** the body's short name */
  readonly organisation: string
  readonly why: string | null
  readonly at: Temporal.Instant
}

/** What a meeting is asked to decide. It is bound to the terms in force when it was put. */
export interface Motion {
  readonly id: string
  readonly meeting: string
  readonly item: Pick<Item, 'id' | 'letter' | 'number' | 'title'>
  /** open; restricted: its item is closed to the public, or its paper OFFICIAL-SENSITIVE; hidden: its item is not on the public agenda */
  readonly openness: 'open' | 'restricted' | 'hidden'
  /** 1, 2, 3 … of its meeting */
  readonly number: number
  readonly state: MotionState
  /** the recommendation that it asks the meeting to ratify */
  readonly ratifies: string | null
  /** whom it removes from which office; null: nobody */
  readonly removes: Removal | null
  /** of a motion that removes somebody, with the votes that its rule asks for */
  readonly terms: Terms
  readonly termsId: string
  readonly putAt: Temporal.Instant
  readonly wordings: Guarded<readonly Wording[]>
  /** those that stand, the first first; why is for those alone who may see the motion */
  readonly dissents: readonly Dissent[]
  readonly vote: Vote | null
}

export type VoteState = 'open' | 'equal' | 'disputed' | 'closed'

/** A vote on a motion. */
export interface Vote {
  readonly state: VoteState
  readonly openedAt: Temporal.Instant
  /** on the board's clock; null: at no time of its own */
  readonly closesAt: Temporal.Instant | null
  /** it is closed by hand or at its time, and not when all have voted */
  readonly byHand: boolean
  /** how it stands is not shown before the close */
  readonly hidden: boolean
  /** the terms provide for no vote, and the meeting has agreed to one */
  readonly byAgreement: boolean
  readonly quorumOpen: Count
  readonly closedAt: Temporal.Instant | null
  readonly quorumClose: Count | null
  readonly tallies: readonly Tally[]
  readonly ballots: readonly Ballot[]
  readonly casting: Casting | null
}

/** The second or casting vote, recorded apart. */
export interface Casting {
  readonly person: Named
  readonly office: string
  readonly choice: 'for' | 'against'
  readonly at: Temporal.Instant
}

/** A seat as cards call it. */
export interface SeatCalled {
  /** in short */
  readonly body: string
  /** it sits for many bodies, which may have to be asked before it votes */
  readonly collective: boolean
}

/** "B3" */
export const itemNumber = ({ item }: Pick<Motion, 'item'>): string => {
  const { letter, number } = item
  return letter === null || number === null ? 'an item' : `${letter}${number}`
}

/**
 * How an item is called in what is refused: what is kept of a refusal says nothing of an item that is not on the public agenda.
 */
export const calledIn = (item: Motion['item']): string => ('hidden' in item.title ? 'that item' : itemNumber({ item }))

/** As it reads now, to who may see it; null: to them it is closed. */
export const wordingFor = ({ wordings }: Pick<Motion, 'wordings'>, pass: Pass | null): Wording | null =>
  openedFor(wordings, pass)?.at(-1) ?? null

export const saysTheSame = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** Nothing is decided on it yet. */
export const isPending = ({ state }: Pick<Motion, 'state'>): boolean => state === 'before the meeting' || state === 'in a vote'

const wrong = (code: 'invalid' | 'limit', sentence: string): Refusal => new Refusal(code, sentence, undefined, { text: sentence })

/**
 * The parts of a motion as they were typed, one a line, with or without their letters and a "RESOLVED that" before them.
 * @throws Refusal at the field `text`
 */
export function partsFrom(said: string): readonly string[] {
  const lines = letteredLines(said.replace(/^\s*resolved\b[\s:,]*(?:that\b)?[\s:,]*/i, ''))
  // "that the Kent Community Safety Partnership:" leads what is lettered beneath it, and is no part of its own.
  const led = lines.length > 1 && lines[0]?.endsWith(':') ? lines.slice(1) : lines
  const parts = led
    .map((part) =>
      part
        .replace(/^(?:that|to)\s+/i, '')
        .replace(/[\s;.]+$/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '')
  if (parts.length === 0) throw wrong('invalid', 'Say what is to be decided, as in “agree the priorities for 2027”.')
  if (parts.length > MOST_PARTS)
    throw wrong(
      'limit',
      `There are ${parts.length} parts, and at most ${MOST_PARTS} are taken. Put the rest as a motion of its own.`,
    )
  if (parts.some((part) => part.length > LONGEST_PART))
    throw wrong('limit', `A part has at most ${LONGEST_PART} characters. Leave the reasons to the notes.`)
  return parts
}
