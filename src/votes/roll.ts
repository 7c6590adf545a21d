import type { Temporal } from 'temporal-polyfill'
import { type Facts, rosterAt, thereAt } from '../attendance/ledger.js'
import type { Spell } from '../attendance/rules.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { type Ballot, readingsFor, voteRuleOf } from './rules.js'

/** Somebody who may vote on a motion at an instant, and for what. */
export interface Voter {
  /** the seat; where persons vote, the person */
  readonly voter: string
  readonly seat: string
  readonly person: Named
  /** the body's name */
  readonly organisation: string
}

/**
 * Who may vote on an item at an instant: for each seat with a standing that votes, its voice, which is who was there for it
 * first and has not withdrawn for the item; where persons vote, everyone who sits for such a seat, once.
 * Who is absent has no vote, and nobody else has.
 * @param asOf not before `at`
 * @see the board's terms of reference, clause `votes.clause`
 */
export function rollAt(facts: Facts, terms: Terms, item: string, at: Temporal.Instant, asOf: Temporal.Instant): readonly Voter[] {
  const rule = voteRuleOf(terms)
  const readings = readingsFor(terms, rule)
  const { places } = rosterAt(facts, at)
  const entitled = new Map(places.filter((place) => readings.some((one) => one.has(place))).map((place) => [place.seat, place]))
  const out = withdrawnFor(facts, item, at)
  const there = thereAt(facts, at, asOf).filter(
    ({ person, seat, capacity }) =>
      seat !== null && entitled.has(seat) && capacity !== 'in attendance' && capacity !== 'invited' && !out.has(person.id),
  )
  const voices = there.filter((spell, nth) => there.findIndex(({ seat }) => seat === spell.seat) === nth)
  const voting = rule.oneFor === 'seat' ? voices : eachOnce(there.filter((spell) => sits(spell) || voices.includes(spell)))
  return voting.flatMap(({ person, seat }) => {
    const place = entitled.get(seat ?? '')
    if (!place) return []
    const voter = rule.oneFor === 'seat' ? place.seat : person.id
    return [{ voter, seat: place.seat, person, organisation: place.organisation }]
  })
}

/** A deputy beside the holder or the substitute sits for nobody. */
const sits = ({ capacity }: Spell): boolean => capacity === 'representative' || capacity === 'substitute'

const eachOnce = (there: readonly Spell[]): readonly Spell[] =>
  there.filter((spell, nth) => there.findIndex(({ person }) => person.id === spell.person.id) === nth)

/** Who has withdrawn for an item at an instant. */
export const withdrawnFor = ({ withdrawals }: Facts, item: string, at: Temporal.Instant): ReadonlySet<string> =>
  new Set(
    withdrawals
      .filter(
        (one) =>
          one.item === item &&
          one.from.epochMilliseconds <= at.epochMilliseconds &&
          (one.until === null || at.epochMilliseconds < one.until.epochMilliseconds),
      )
      .map(({ person }) => person),
  )

/** The ballots that stand at an instant: not of who has withdrawn for the item, and is still out. */
export function standingBallots<Cast extends Pick<Ballot, 'person'>>(
  ballots: readonly Cast[],
  facts: Facts,
  item: string,
  at: Temporal.Instant,
): readonly Cast[] {
  const out = withdrawnFor(facts, item, at)
  return ballots.filter(({ person }) => !out.has(person))
}
