import { filledHere, officeInWords, ruleOf } from '../boards/offices/rules.js'
import { countedStanding, type Place, readingsOf, type StandingsRead } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { EVERY_MEMBER } from '../votes/rules.js'
import type { Elective } from './rules.js'

/** Why a board does not elect to an office; null: it does. */
export function whyNotElected(terms: Terms, office: Elective): string | null {
  const rule = ruleOf(terms, office)
  const name = officeInWords(office)
  if (!rule) return `The terms of this board know no ${name}, so none is elected.`
  if (rule.filled === 'ex officio') return `The office of ${name} goes with a post, and is not filled by election.`
  if (!filledHere(terms, rule)) return `The ${name} is nominated${rule.by ? ` by ${rule.by}` : ''}, and not elected here.`
  return null
}

/**
 * From among whom an office is filled, on each reading that the words bear, the terms' own first. Where they say “the
 * members” and no more, it is whoever has a member's seat, or the core membership: the bodies that they list.
 */
export function eligibilityReadings(terms: Terms, office: Elective): readonly StandingsRead[] {
  const from = ruleOf(terms, office)?.from ?? []
  if (from.length > 0) return readingsOf(terms, from)
  const standing = countedStanding(terms)
  if (!standing.readings[0]?.bodies) return [EVERY_MEMBER]
  const [core] = readingsOf(terms, [standing.name])
  return core ? [EVERY_MEMBER, { ...core, name: `the ${standing.plural}, ${core.name}` }] : [EVERY_MEMBER]
}

/** Somebody who may be elected on one reading at least. */
export interface Eligible {
  readonly person: Named
  readonly seat: string
  /** the body's name */
  readonly organisation: string
  /** names of the readings on which they may */
  readonly readings: readonly string[]
}

/** Somebody who represents a seat of the board. */
export interface Representing {
  readonly person: Named
  readonly place: Place
}

/**
 * Who may be elected to an office: whoever represents a seat that has the standing, and does not preside already where the
 * other members elect one of them to stand beside who does. Who holds the office itself may be elected again.
 * @param chairs who holds another office that presides before this one, by id
 * @see the board's terms of reference, clause `offices[].clause`
 */
export function eligibleFor(
  terms: Terms,
  office: Elective,
  representing: readonly Representing[],
  chairs: readonly string[],
): readonly Eligible[] {
  const readings = eligibilityReadings(terms, office)
  const found = representing
    .filter(({ person }) => !chairs.includes(person.id))
    .map(({ person, place }) => ({
      person,
      seat: place.seat,
      organisation: place.organisation,
      readings: readings.filter((one) => one.has(place)).map(({ name }) => name),
    }))
    .filter((one) => one.readings.length > 0)
  return found.filter(({ person }, at) => found.findIndex((one) => one.person.id === person.id) === at)
}

/** Who of some candidates may be elected by the reading that was ruled; those on whom the readings differ where none was. */
export function judged(
  candidates: readonly Named[],
  eligible: readonly Eligible[],
  readings: readonly StandingsRead[],
  ruled: string | null,
): { readonly eligible: readonly Named[]; readonly disputed: readonly Named[] } {
  const of = (person: Named) => eligible.find((one) => one.person.id === person.id)?.readings ?? []
  if (ruled !== null) return { eligible: candidates.filter((one) => of(one).includes(ruled)), disputed: [] }
  const some = candidates.filter((one) => of(one).length > 0)
  return { eligible: some, disputed: some.filter((one) => of(one).length < readings.length) }
}

/** The offices whose holders are not elected to another: who is in the chair does not stand beside it. */
export const BEFORE: Readonly<Record<Elective, readonly string[]>> = {
  chair: [],
  'co-chair': ['chair'],
  'vice-chair': ['chair', 'co-chair'],
}
