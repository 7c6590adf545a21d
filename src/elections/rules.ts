import type { Temporal } from 'temporal-polyfill'
import { officesIn as namedIn } from '../agenda/elections/rules.js'
import type { Count } from '../attendance/ledger.js'
import { ruleOf } from '../boards/offices/rules.js'
import type { Named } from '../boards/rules.js'
import type { Basis, Terms } from '../boards/terms.js'
import type { Motion } from '../votes/motion.js'
import type { Counted, Method } from './counting.js'

/** An office to which a board elects. */
export type Elective = 'chair' | 'vice-chair' | 'co-chair'

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

/** How an election to an office is held: by the terms, or where they are silent by convention. */
export function electionRuleOf(terms: Pick<Terms, 'offices'>, office: Elective): ElectionRule {
  const election = ruleOf(terms, office)?.election
  if (!election) return BY_CONVENTION
  const { method, ballot, unopposed, ties, checkWords, clause, silent } = election
  return { method, ballot: ballot ?? null, unopposed, ties, checkWords, fixed: true, basis: { clause, silent } }
}

/** Who stands: who was nominated and has accepted, by name. */
export const standingIn = ({ nominations }: Pick<Election, 'nominations'>): readonly Named[] =>
  nominations.flatMap(({ nominee, state }) => (state === 'accepted' ? [nominee] : [])).sort(byName)

export const byName = (one: Named, other: Named): number =>
  one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1)

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
