import { Temporal } from 'temporal-polyfill'
import type { Place } from '../../src/boards/quorum.js'
import type { Terms } from '../../src/boards/terms.js'
import type { Ballot, Choice, Voting } from '../../src/votes/rules.js'
import { GRAVESHAM } from '../boards/roster/spreadsheet.js'

export type Carried = NonNullable<Terms['votes']>['carriedBy']

export const EIGHT = ['KCC', 'Police', 'Fire', 'NHS', 'Probation', 'Districts', 'OPCC', 'Chairs']
/** Without the Commissioner's office and the chairs of the local partnerships. */
export const SIX = EIGHT.slice(0, 6)

export const HALF = { over: 1, under: 2 }
export const MORE_FOR_THAN_AGAINST: Carried = { measure: 'more than', part: HALF, of: 'votes cast' }

interface Ruled {
  readonly carriedBy?: Carried
  readonly casting?: boolean
  readonly oneFor?: 'organisation' | 'seat' | 'person'
  /** by statute six of the eight that the terms list are responsible authorities */
  readonly twoReadings?: boolean
}

/** Terms of a board of eight bodies of which each has a vote. */
export function termsWith({
  carriedBy = MORE_FOR_THAN_AGAINST,
  casting = false,
  oneFor = 'seat',
  twoReadings = false,
}: Ruled = {}): Terms {
  const statutory = { name: 'by statute', source: 'Crime and Disorder Act 1998, section 5', bodies: SIX }
  const listed = { name: 'as the terms list them', source: 'clause 4', bodies: EIGHT }
  return {
    ...GRAVESHAM,
    standings: [
      { name: 'authority', plural: 'authorities', readings: [listed, ...(twoReadings ? [statutory] : [])], silent: MADE_UP },
    ],
    quorum: { ...GRAVESHAM.quorum, of: ['authority'] },
    votes: {
      oneFor,
      standings: ['authority'],
      carriedBy,
      equalVotes: casting ? 'second or casting vote of the chair' : 'not carried',
      silent: MADE_UP,
    },
  }
}

const MADE_UP = { convention: 'as we made up', source: 'this test' }

/** A seat is called as its body is. */
export const placeFor = (organisation: string, invited = false): Place => ({
  seat: organisation,
  organisation,
  formerly: [],
  invited,
  filled: true,
})

export const AT = Temporal.Instant.from('2026-12-17T10:05:00Z')

export const ballotOf = (seat: string, choice: Choice, more: Partial<Ballot> = {}): Ballot => ({
  voter: seat,
  seat,
  person: `of ${seat}`,
  choice,
  subjectToApproval: false,
  at: AT,
  recorded: false,
  countersigned: null,
  ...more,
})

export const votingFor = (seat: string): Voting => ({ voter: seat, seat })
