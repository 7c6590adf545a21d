import type { Temporal } from 'temporal-polyfill'
import { closedAt, type Entry, type Facts, type Presiding, type State, stateAt } from '../attendance/ledger.js'
import type { StandingsRead } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import type { Meeting } from '../meetings/rules.js'
import { castingBy } from '../votes/facts.js'
import type { SeatCalled } from '../votes/motion.js'
import type { Decision } from '../votes/register/rules.js'
import type { Voter } from '../votes/roll.js'
import { type Choice, type Held, type Next, next } from './counting.js'
import { type Eligible, judged } from './eligibility.js'
import { type Election, electionRuleOf, type Round, standingIn } from './rules.js'

/** An election with the meeting that it is before, as it sits. */
export interface ElectionFacts {
  readonly election: Election
  readonly meeting: Meeting
  /** those that rule it: the terms in force, and once a ballot was opened those of then */
  readonly terms: Terms
  readonly termsId: string
  /** null: the meeting was not opened yet */
  readonly sat: Facts | null
  readonly now: Temporal.Instant
  readonly entry: Entry | null
  /** who may vote now */
  readonly roll: readonly Voter[]
  readonly seats: ReadonlyMap<string, SeatCalled>
  readonly officers: readonly { readonly person: Named; readonly office: string }[]
  /** who may be elected, on one reading at least */
  readonly eligible: readonly Eligible[]
  readonly readings: readonly StandingsRead[]
  /** what is published of the ballots that were counted, by their ids */
  readonly published: ReadonlyMap<string, Published>
  readonly decision: Decision | null
}

/** What is published of the papers of a ballot. */
export type Published =
  /** of an open one: how each has voted, by voter */
  | { readonly byVoter: ReadonlyMap<string, Choice> }
  /** of a secret one whose papers bear words: each choice beside its words, and without who made it */
  | { readonly byWords: readonly { readonly choice: Choice; readonly words: string | null }[] }

/** Who stands and may be elected; and those on whom the readings differ, where nobody has ruled. */
export const candidatesIn = ({ election, eligible, readings }: Pick<ElectionFacts, 'election' | 'eligible' | 'readings'>) =>
  judged(standingIn(election), eligible, readings, election.reading)

/** How the meeting sits now. */
export const sittingState = ({ sat, now }: Pick<ElectionFacts, 'sat' | 'now'>): State =>
  sat ? stateAt(sat.sittings, now) : 'not open'

/** The ballots that were counted, the first first; a void one is as if it had not been. */
export const heldIn = ({ rounds }: Pick<Election, 'rounds'>): readonly (Held & { readonly round: Round })[] =>
  rounds.flatMap((round) =>
    round.state === 'closed' && round.counted
      ? [{ candidates: round.candidates.map(({ id }) => id), counted: round.counted, round }]
      : [],
  )

/** What follows the ballots that were held; null: none was counted yet. */
export function followingBallots({ election, terms }: Pick<ElectionFacts, 'election' | 'terms'>): Next | null {
  const held = heldIn(election)
  const last = held.at(-1)
  if (!last) return null
  const { ties } = electionRuleOf(terms, election.office)
  return next(last.round.method, held, ties === 'casting vote of the person presiding' ? 'lot' : ties)
}

/**
 * Who is on the next ballot: who is left of the last, and still stands and may be elected. Where nobody was elected, and
 * nominations are open again, it is everybody who stands.
 */
export function nextCandidates(facts: ElectionFacts): readonly Named[] {
  const { eligible } = candidatesIn(facts)
  const following = followingBallots(facts)
  if (facts.election.state === 'nominations' || !following || following.kind === 'none') return eligible
  const last = heldIn(facts.election).at(-1)?.candidates ?? []
  const left = following.kind === 'ballot' ? following.candidates : last
  return eligible.filter(({ id }) => left.includes(id))
}

/** Whether somebody who was chosen may be elected: they stand still, and by the reading that was ruled. */
export const mayBeElected = (facts: ElectionFacts, person: string): boolean =>
  candidatesIn(facts).eligible.some(({ id }) => id === person)

/** Its time has come; a time that came while nobody could vote is none, unless the meeting was closed at it. */
export function hasEnded(
  round: Pick<Round, 'closesAt'>,
  { sat, now }: Pick<ElectionFacts, 'sat' | 'now'>,
): round is { readonly closesAt: Temporal.Instant } {
  const at = round.closesAt
  if (!at || !sat || at.epochMilliseconds > now.epochMilliseconds) return false
  return ['in session', 'informal'].includes(stateAt(sat.sittings, at)) || closedAt(sat.sittings)?.equals(at) === true
}

/** Who settles equal votes by a casting vote: where the terms give one, and somebody presides who has it and is not concerned; null: the lot does. */
export function casterOf({ election, terms, entry }: ElectionFacts, among: readonly string[]): Presiding | null {
  if (electionRuleOf(terms, election.office).ties !== 'casting vote of the person presiding') return null
  const caster = castingBy(entry?.presiding ?? null, terms)
  return caster && !among.includes(caster.person.id) ? caster : null
}
