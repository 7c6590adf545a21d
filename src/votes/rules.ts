import type { Temporal } from 'temporal-polyfill'
import { type Place, readingsOf, type StandingsRead } from '../boards/quorum.js'
import type { Basis, Terms } from '../boards/terms.js'

export type Choice = 'for' | 'against' | 'abstain'
export const CHOICES: readonly Choice[] = ['for', 'against', 'abstain']

type Votes = NonNullable<Terms['votes']>
export type Measure = Votes['carriedBy']

/** By what a board's votes are taken and carried. */
export interface VoteRule {
  readonly oneFor: Votes['oneFor']
  /** of which standings; none: of every member */
  readonly standings: readonly string[]
  /** "responsible authorities", "members" */
  readonly voters: string
  readonly carriedBy: Measure
  readonly equalVotes: Votes['equalVotes']
  /** false: the terms provide for no vote, and the meeting must agree to one */
  readonly provided: boolean
  readonly basis: Basis
}

/** What stands in where the terms provide for no vote. */
const BY_CONVENTION: VoteRule = {
  oneFor: 'seat',
  standings: [],
  voters: 'members',
  carriedBy: { measure: 'more than', part: { over: 1, under: 2 }, of: 'votes cast' },
  equalVotes: 'not carried',
  provided: false,
  basis: {
    silent: {
      convention:
        'Each member has one vote, a motion is carried by more votes for than against, and equal votes do not carry it.',
      source: 'the common law of meetings, as the terms provide for no vote',
    },
  },
}

/** The rule of votes of a board, by its terms or else by convention. */
export function voteRuleOf({ votes, standings: known }: Pick<Terms, 'votes' | 'standings'>): VoteRule {
  if (!votes) return BY_CONVENTION
  const { oneFor, standings, carriedBy, equalVotes, clause, silent } = votes
  const voters = standings.map((name) => known.find((one) => one.name === name)?.plural ?? name).join(' and ')
  return { oneFor, standings, voters, carriedBy, equalVotes, provided: true, basis: { clause, silent } }
}

/** Whoever has a member's seat, where the terms say no more. */
export const EVERY_MEMBER: StandingsRead = {
  name: 'every member',
  source: 'the roster',
  has: ({ invited }) => !invited,
  all: (places) => new Set(places.filter(({ invited }) => !invited).map(({ seat }) => seat)).size,
  bodies: (places) => new Set(places.filter(({ invited }) => !invited).map(({ organisation }) => organisation)).size,
}

/** The readings of the standings that vote: what is somebody's right on one of them is not denied them. */
export const readingsFor = (terms: Terms, { standings }: VoteRule): readonly StandingsRead[] =>
  standings.length === 0 ? [EVERY_MEMBER] : readingsOf(terms, standings)

/** A vote as it was cast. */
export interface Ballot {
  /** the seat for which it is, or the first of its body's where bodies vote; where persons vote, the person */
  readonly voter: string
  readonly seat: string
  /** who spoke for it */
  readonly person: string
  readonly choice: Choice
  /** of the bodies for which the seat sits collectively */
  readonly subjectToApproval: boolean
  readonly at: Temporal.Instant
  /** by the clerk, as they were told it; it counts once who presides has countersigned it */
  readonly recorded: boolean
  readonly countersigned: string | null
}

/** Whether a ballot is counted: one that the clerk has recorded needs the countersignature of who presides. */
export const isCounted = ({ recorded, countersigned }: Ballot): boolean => !recorded || countersigned !== null

/** How a vote stands on one reading. Whole numbers. */
export interface Tally {
  readonly reading: string
  readonly for: number
  readonly against: number
  readonly abstained: number
  /** who may vote and was there at the close, or had voted and left */
  readonly present: number
  /** all who have the standing, there or not */
  readonly all: number
  /** of how many the measure is taken */
  readonly of: number
  /** how many votes for carry it: the least whole number that meets the measure */
  readonly needed: number
  readonly outcome: 'carried' | 'not carried' | 'equal'
}

/** Somebody who may vote, for the measure of those present. */
export interface Voting {
  readonly voter: string
  readonly seat: string
}

/**
 * The least whole number that is at least, or more than, a part of a whole; at least one, since nothing is carried by nobody.
 */
export function least({ measure, part }: Pick<Measure, 'measure' | 'part'>, of: number): number {
  const parts = part.over * of
  const whole = Math.floor(parts / part.under)
  return Math.max(1, measure === 'at least' && whole * part.under === parts ? whole : whole + 1)
}

/** A body's seats have one vote together, also where its seats have changed since it was cast. */
function onceEach(ballots: readonly Ballot[], whose: (ballot: Ballot) => string): readonly Ballot[] {
  const first = new Map<string, Ballot>()
  for (const ballot of ballots) if (!first.has(whose(ballot))) first.set(whose(ballot), ballot)
  return [...first.values()]
}

const bodyOf =
  (places: readonly Place[]) =>
  ({ seat }: Ballot): string =>
    places.find((place) => place.seat === seat)?.organisation ?? seat

/** All who have the standing, there or not. */
export function wholeOf({ oneFor }: VoteRule, reading: StandingsRead, places: readonly Place[], there: number): number {
  if (oneFor === 'organisation') return reading.bodies(places)
  // A seat held jointly is one, and where persons vote those who hold it are several.
  return Math.max(reading.all(places), oneFor === 'person' ? there : 0)
}

/**
 * The tally on each reading of the standings that vote. An abstention is no vote cast, and who is absent does not abstain.
 * Equal votes are a state of their own only where a second or casting vote could carry the motion; nobody casts between
 * nothing and nothing.
 * @param places seats as they were at the close
 * @param present who may vote and is there
 * @see the board's terms of reference, clause `votes.clause`
 */
export function talliesOf(
  terms: Terms,
  places: readonly Place[],
  { ballots, present }: { readonly ballots: readonly Ballot[]; readonly present: readonly Voting[] },
): readonly Tally[] {
  const rule = voteRuleOf(terms)
  const { carriedBy, equalVotes } = rule
  return readingsFor(terms, rule).map((reading): Tally => {
    const counted = new Set(places.filter((place) => reading.has(place)).map(({ seat }) => seat))
    const cast = onceEach(
      ballots.filter((ballot) => counted.has(ballot.seat) && isCounted(ballot)),
      rule.oneFor === 'organisation' ? bodyOf(places) : ({ voter }) => voter,
    )
    const number = (choice: Choice) => cast.filter((ballot) => ballot.choice === choice).length
    const [ayes, noes, abstained] = [number('for'), number('against'), number('abstain')]
    const there = new Set([...present.filter(({ seat }) => counted.has(seat)), ...cast].map(({ voter }) => voter)).size
    const all = wholeOf(rule, reading, places, there)
    const of = { 'votes cast': ayes + noes, 'those present': there, all }[carriedBy.of]
    const figures = { for: ayes, against: noes, abstained, present: there, all, of, needed: least(carriedBy, of) }
    const tally = { reading: reading.name, ...figures }
    const equal = ayes === noes && ayes > 0 && equalVotes === 'second or casting vote of the chair'
    if (equal && withCasting({ ...tally, outcome: 'equal' }, rule, 'for').outcome === 'carried')
      return { ...tally, outcome: 'equal' }
    return { ...tally, outcome: ayes >= tally.needed ? 'carried' : 'not carried' }
  })
}

/**
 * A tally of equal votes with the second or casting vote, which is a vote cast like the others and is recorded apart. Cast
 * against, it decides against, also where less than half of the votes would carry the motion.
 */
export function withCasting(tally: Tally, { carriedBy }: Pick<VoteRule, 'carriedBy'>, casting: 'for' | 'against'): Tally {
  const of = carriedBy.of === 'votes cast' ? tally.of + 1 : tally.of
  const needed = least(carriedBy, of)
  return { ...tally, of, needed, outcome: casting === 'for' && tally.for + 1 >= needed ? 'carried' : 'not carried' }
}

/** What a vote came to: `disputed` where its readings disagree, and nobody has ruled which counts. */
export type Outcome = Tally['outcome'] | 'disputed'

/** @param ruled the reading by which it is counted, as the person presiding has ruled; null: nobody has */
export function outcomeOf(tallies: readonly Tally[], ruled: string | null): Outcome {
  const outcomes = new Set(telling(tallies, ruled).map(({ outcome }) => outcome))
  const [only, another] = outcomes
  if (only === undefined) throw new Error('a vote without a tally')
  return another === undefined ? only : 'disputed'
}

/** The tallies that count: that of the reading that was ruled, else all. */
export function telling(tallies: readonly Tally[], ruled: string | null): readonly Tally[] {
  const chosen = tallies.filter(({ reading }) => reading === ruled)
  return chosen.length > 0 ? chosen : tallies
}
