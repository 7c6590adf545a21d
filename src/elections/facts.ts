import type { Temporal } from 'temporal-polyfill'
import { type Entry, type Facts, type State, stateAt } from '../attendance/ledger.js'
import type { StandingsRead } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import type { Meeting } from '../meetings/rules.js'
import type { SeatCalled } from '../votes/motion.js'
import type { Decision } from '../votes/register/rules.js'
import type { Voter } from '../votes/roll.js'
import { type Held, type Next, next } from './counting.js'
import { type Election, type Elective, type Eligible, electionRuleOf, judged, type Round, standingIn } from './rules.js'

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
  readonly decision: Decision | null
}

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

/** Who is on the next ballot: who is left of the last, and still stands and may be elected. */
export function nextCandidates(facts: ElectionFacts): readonly Named[] {
  const { eligible } = candidatesIn(facts)
  const following = followingBallots(facts)
  return following?.kind === 'ballot' ? eligible.filter(({ id }) => following.candidates.includes(id)) : eligible
}

/** "Election of the Vice-Chair" */
export const electionTitle = (office: Elective, names: Readonly<Record<Elective, string>>): string =>
  `Election of the ${names[office]}`
