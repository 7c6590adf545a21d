import type { Temporal } from 'temporal-polyfill'
import type { Count } from '../../attendance/ledger.js'
import type { Named } from '../../boards/rules.js'
import type { Basis } from '../../boards/terms.js'
import type { Clause } from '../../kernel/refusal.js'
import type { Pass, Restricted } from '../../kernel/restricted.js'
import { type Guarded, openedFor } from '../../papers/rules.js'
import type { Choice, Tally } from '../rules.js'

export type DecisionOutcome = 'resolved' | 'recommended' | 'not carried'
/** `agreed`: without a vote, by a board that votes */
export type How = 'consensus' | 'agreed' | 'vote' | 'casting vote' | 'election' | 'delegated' | 'correction'

/** On what a part of a decision rests. */
export interface Rest {
  /** "decisions", "votes", "quorum" */
  readonly about: string
  readonly clause: Clause | null
  /** where the terms are silent: the convention and its source */
  readonly convention: string | null
}

export const restOn = (about: string, { clause, silent }: Basis): Rest => ({
  about,
  clause: clause ?? null,
  convention: silent ? `${silent.convention} (${silent.source})` : null,
})

/** How a seat voted, as the record has it. */
export interface NamedVote {
  readonly organisation: string
  readonly person: string
  readonly choice: Choice
  readonly subjectToApproval: boolean
  /** cast by themselves; told to the clerk, and counted once who presided had countersigned it */
  readonly recorded: 'own' | 'countersigned' | 'not countersigned'
}

/** Who did not agree, as the record has it. */
export interface RecordedDissent {
  readonly organisation: string
  readonly person: string
  readonly why: string | null
}

/** How it was decided: what a reader of the record needs to count it again. */
export interface Account {
  readonly presiding: { readonly name: string; readonly as: string } | null
  /** `at`: when it was counted, at the close of a vote or as it was agreed */
  readonly quorum: { readonly opening: Count | null; readonly closing: Count; readonly at: string } | null
  readonly dissents: readonly RecordedDissent[]
  readonly vote: {
    /** when it was closed; a casting vote or a ruling may have come later */
    readonly closedAt: string
    /** "votes cast" */
    readonly of: string
    readonly tallies: readonly Tally[]
    /** the reading by which it was counted, where who presided ruled */
    readonly ruled: string | null
    readonly byAgreement: boolean
    readonly names: readonly NamedVote[]
    /** who could vote at the close and did not */
    readonly silent: readonly string[]
    readonly withdrawn: readonly string[]
    readonly casting: { readonly name: string; readonly office: string; readonly choice: 'for' | 'against' } | null
    /** why nobody cast where votes were equal */
    readonly equal: string | null
  } | null
  readonly delegated: {
    readonly to: string
    readonly when: string
    readonly consulting: string
    readonly trigger: string
    readonly consulted: string
  } | null
  /** of an election, a sentence each: who was nominated, what each ballot came to, how equal votes fell */
  readonly election?: readonly string[]
  /** of a correction: why */
  readonly reason: string | null
  readonly rests: readonly Rest[]
}

/** What stands in an entry. */
export interface Inside {
  /** as the notes have it */
  readonly words: string
  readonly account: Account
  /** of its item */
  readonly title: string | null
}

/** An entry of the register; never edited. */
export interface Decision {
  readonly id: string
  readonly board: string
  /** "1", "2", "3" … of its board; "X1" … of items that are not on the public agenda */
  readonly number: string
  /** null: between meetings */
  readonly meeting: { readonly id: string; readonly startsAt: Temporal.Instant } | null
  readonly item: { readonly id: string; readonly number: string; readonly title: string | null } | null
  readonly motion: string | null
  readonly outcome: DecisionOutcome
  readonly how: How
  readonly openness: 'open' | 'restricted' | 'hidden'
  /** the clerk has published the words of a restricted one */
  readonly published: boolean
  /** to which meeting one that was taken between meetings was reported; null: to none yet */
  readonly reported: string | null
  /** "RESOLVED that …" and how it came to that */
  readonly content: Guarded<Inside>
  /** of one whose words are published: all of it, for those alone who may see the item */
  readonly whole: Restricted<Inside> | null
  /** number of the entry that it corrects, and of that which corrects it */
  readonly corrects: string | null
  readonly correctedBy: string | null
  readonly ratifies: string | null
  readonly ratifiedBy: string | null
  readonly termsId: string
  readonly at: Temporal.Instant
  readonly by: Named | null
}

export type Content = Inside

/** What it says, to who may see it; null: to them it is closed. */
export const contentFor = ({ content, whole }: Pick<Decision, 'content' | 'whole'>, pass: Pass | null): Inside | null =>
  whole?.open(pass) ?? openedFor(content, pass)

/** "Decision 12", "Recommendation 3" */
export const decisionName = ({ outcome, how, number }: Pick<Decision, 'outcome' | 'how' | 'number'>): string =>
  how === 'correction' ? `Correction ${number}` : outcome === 'recommended' ? `Recommendation ${number}` : `Decision ${number}`

/** The same in what is refused: what is kept of a refusal says nothing of an item that is not on the public agenda. */
export const entryCalled = (entry: Pick<Decision, 'outcome' | 'how' | 'number' | 'openness'>): string =>
  entry.openness === 'hidden' ? 'That entry' : decisionName(entry)

/** How it was decided, in a few words. */
export const HOW: Readonly<Record<How, string>> = {
  consensus: 'by consensus',
  agreed: 'agreed without a vote',
  vote: 'on a vote',
  'casting vote': 'on a casting vote',
  election: 'by election',
  delegated: 'between meetings, as delegated',
  correction: 'corrected',
}

/**
 * How an entry stands: a draft until a later meeting approves the notes.
 * @see domain: "Decisions are drafts until the next meeting approves the notes"
 */
export const standingOf = ({
  correctedBy,
  outcome,
  ratifiedBy,
}: Pick<Decision, 'correctedBy' | 'outcome' | 'ratifiedBy'>): string => {
  if (correctedBy !== null) return `draft, corrected by ${correctedBy}`
  if (outcome === 'recommended') return ratifiedBy === null ? 'waits to be ratified' : `ratified by ${ratifiedBy}`
  return 'draft until the notes are approved'
}

/** Whether all the words that are looked for stand in what somebody may see of an entry. */
export function says(decision: Decision, pass: Pass | null, looked: string): boolean {
  const content = contentFor(decision, pass)
  if (!content) return false
  const { item } = decision
  const text = `${content.words} ${content.title ?? ''} ${item?.number ?? ''}`.toLowerCase()
  return looked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
