import type { Temporal } from 'temporal-polyfill'
import { officesIn as namedIn } from '../agenda/elections/rules.js'
import type { Count } from '../attendance/ledger.js'
import { filledHere } from '../boards/offices/rules.js'
import { countedStanding, type Place, readingsOf, type StandingsRead } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Basis, Terms } from '../boards/terms.js'
import type { Motion } from '../votes/motion.js'
import { EVERY_MEMBER } from '../votes/rules.js'
import type { Counted, Method } from './counting.js'

/** An office to which a board elects. */
export type Elective = 'chair' | 'vice-chair' | 'co-chair'

export const OFFICE_NAMES: Readonly<Record<Elective, string>> = {
  chair: 'Chair',
  'vice-chair': 'Vice-Chair',
  'co-chair': 'Co-Chair',
}

export type ElectionState = 'nominations' | 'balloting' | 'tied' | 'elected' | 'called off'
export type NominationState = 'nominated' | 'accepted' | 'declined' | 'withdrawn'

/** Somebody who was proposed. */
export interface Nomination {
  readonly nominee: Named
  readonly proposer: Named
  readonly seconder: Named | null
  readonly state: NominationState
}

/** Who has voted in a round, and for what; never how. */
export interface Voted {
  /** the seat; where persons vote, the person */
  readonly voter: string
  readonly seat: string
  readonly person: string
}

/** How equal votes fell, once a fresh ballot had not told them apart. */
export interface Settled {
  readonly how: 'lot' | 'casting vote'
  readonly among: readonly string[]
  readonly drawn: string
  readonly account: Account
}

/** What it takes to draw a lot again by hand, or who gave a casting vote. */
export type Account =
  | {
      readonly seed: string
      readonly lines: readonly { readonly name: string; readonly text: string; readonly digest: string }[]
    }
  | { readonly caster: string; readonly office: string }

/** One ballot of an election: by the default method there is one a round. */
export interface Round {
  readonly id: string
  /** 1, 2, 3 … of its election */
  readonly number: number
  /** stuck: it cannot be opened, and nothing is counted */
  readonly state: 'open' | 'stuck' | 'closed' | 'void'
  readonly method: Method
  /** in the order in which they stand on it: by name */
  readonly candidates: readonly Named[]
  /** to which a secret one is sealed; null: it is open */
  readonly publicKey: string | null
  /** each paper has two words by which its voter can check it */
  readonly checkWords: boolean
  readonly openedAt: Temporal.Instant
  readonly closesAt: Temporal.Instant | null
  /** it is closed by hand or at its time, and not when all have voted */
  readonly byHand: boolean
  readonly quorumOpen: Count
  readonly closedAt: Temporal.Instant | null
  readonly quorumClose: Count | null
  /** with what has settled equal votes in it since */
  readonly counted: Counted | null
  /** seats that could vote at the close and had not */
  readonly silent: readonly string[]
  /** it is void, or stuck */
  readonly why: string | null
  readonly voted: readonly Voted[]
  readonly settled: readonly Settled[]
  /** who has given words for the lot that is to be drawn; what words is seen when it is drawn */
  readonly seededBy: readonly Named[]
}

export interface Election {
  readonly id: string
  readonly meeting: string
  readonly item: Motion['item']
  readonly openness: Motion['openness']
  readonly office: Elective
  readonly state: ElectionState
  /** by which reading somebody is eligible, as the person presiding has ruled; null: nobody has */
  readonly reading: string | null
  readonly elected: Named | null
  /** the entry of the register that says so */
  readonly decision: string | null
  /** in force when it began, and once a ballot was opened to its end */
  readonly terms: Terms
  readonly termsId: string
  readonly beganAt: Temporal.Instant
  readonly nominations: readonly Nomination[]
  /** the first first */
  readonly rounds: readonly Round[]
}

/** How an office is filled by election. */
export interface ElectionRule {
  readonly method: Exclude<Method, 'confirmation'>
  /** null: open, unless the meeting chooses secrecy */
  readonly ballot: 'open' | 'secret' | null
  readonly unopposed: 'elected' | 'confirmed by vote'
  readonly ties: 'fresh ballot, then lot' | 'lot' | 'casting vote of the person presiding'
  readonly checkWords: boolean
  /** the terms say so themselves, and the meeting does not choose */
  readonly fixed: boolean
  readonly basis: Basis
}

const BY_CONVENTION: ElectionRule = {
  method: 'absolute majority',
  ballot: null,
  unopposed: 'elected',
  ties: 'fresh ballot, then lot',
  checkWords: false,
  fixed: false,
  basis: {
    silent: {
      convention:
        'Who stands alone is elected. Of several, who has more than half of the votes cast; else the last drops out and there is a fresh ballot. Equal votes are followed by a fresh ballot, and then by the lot.',
      source: 'the practice of councils in electing to an office, as the terms say no more than who is eligible',
    },
  },
}

/** The terms' rule on an office; undefined where they know no such office. */
export const officeRule = ({ offices }: Pick<Terms, 'offices'>, office: Elective): Terms['offices'][number] | undefined =>
  offices.find((rule) => rule.office === office)

/** How an election to an office is held: by the terms, or where they are silent by convention. */
export function electionRuleOf(terms: Pick<Terms, 'offices'>, office: Elective): ElectionRule {
  const election = officeRule(terms, office)?.election
  if (!election) return BY_CONVENTION
  const { method, ballot, unopposed, ties, checkWords, clause, silent } = election
  return { method, ballot: ballot ?? null, unopposed, ties, checkWords, fixed: true, basis: { clause, silent } }
}

/** Why a board does not elect to an office; null: it does. */
export function whyNotElected(terms: Terms, office: Elective): string | null {
  const rule = officeRule(terms, office)
  const name = OFFICE_NAMES[office]
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
  const from = officeRule(terms, office)?.from ?? []
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

/** Who stands: who was nominated and has accepted, by name. */
export const standingIn = ({ nominations }: Pick<Election, 'nominations'>): readonly Named[] =>
  nominations.flatMap(({ nominee, state }) => (state === 'accepted' ? [nominee] : [])).sort(byName)

export const byName = (one: Named, other: Named): number =>
  one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1)

/** The offices whose holders are not elected to another: who is in the chair does not stand beside it. */
export const BEFORE: Readonly<Record<Elective, readonly string[]>> = {
  chair: [],
  'co-chair': ['chair'],
  'vice-chair': ['chair', 'co-chair'],
}

/** The ballot that is open, or cannot be opened; null: there is none. */
export const underWay = ({ rounds }: Pick<Election, 'rounds'>): Round | null =>
  rounds.find(({ state }) => state === 'open' || state === 'stuck') ?? null

export const isSecret = ({ publicKey }: Pick<Round, 'publicKey'>): boolean => publicKey !== null

/** Nobody votes, is nominated or withdraws any more. */
export const isOver = ({ state }: Pick<Election, 'state'>): boolean => state === 'elected' || state === 'called off'

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** "first ballot", "11th ballot" */
export const roundName = ({ number }: Pick<Round, 'number'>): string => `${ORDINALS[number - 1] ?? ordinal(number)} ballot`

const ordinal = (number: number): string =>
  `${number}${number % 100 > 10 && number % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`

/** The offices that an item's title names as to be filled by the board. */
export const officesIn = (title: string): readonly Elective[] => namedIn(title).filter((office) => office !== 'clerk')

export const officeNamed = (kind: string): Elective =>
  /^(?:vice|deputy)/i.test(kind) ? 'vice-chair' : /^co/i.test(kind) ? 'co-chair' : 'chair'

/** Few enough who vote that the figures may show who voted how. */
export const FEW_VOTERS = 4
/** Characters of the words that somebody gives for a lot. */
export const LONGEST_SEED = 100
/** Nominations of one election. */
export const MOST_NOMINATIONS = 30
/** Ballots of one election: a convention of ours. */
export const MOST_ROUNDS = 100
