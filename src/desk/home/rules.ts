import type { Temporal } from 'temporal-polyfill'
import { type Kept, titleFor } from '../../agenda/rules.js'
import { type AnsweredSeat, type Replies, whoComes } from '../../apologies/rules.js'
import { opensFrom } from '../../attendance/sitting/rules.js'
import { isAmong, isClerk, isOfficer, type Part } from '../../boards/part/rules.js'
import type { Board } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import type { ElectionFacts } from '../../elections/facts.js'
import { underWay } from '../../elections/rules.js'
import type { Pass } from '../../kernel/restricted.js'
import { type Called, isOver, type Meeting } from '../../meetings/rules.js'
import { askedFor, missing } from '../../papers/reminders/rules.js'
import { type Paper, standing, type Version } from '../../papers/rules.js'
import type { MotionFacts } from '../../votes/facts.js'
import type { Voter } from '../../votes/roll.js'

/** Boards of one person on the page, those that meet soonest; the others are behind buttons. A phone has room for so many. */
export const MOST_BOARDS = 5
/** Meetings of a board: the next, and the one after it unless that is far. */
export const MOST_MEETINGS = 2
/** How far ahead the one after the next is looked for. */
const AHEAD = { hours: 24 * 120 }
/** Votes, and elections, of one person on the page. */
export const MOST_VOTES = 3
/** Open votes, and elections, of a board among which theirs are looked for. */
export const MOST_OPEN = 12
/** Papers of a meeting that are opened from the page, and that are asked of one person. */
export const MOST_PAPERS = 5

/** Duties on the page; all are behind its button. */
export const MOST_DUTIES = 4

/** The papers of a meeting, for somebody. */
export interface Papers {
  readonly meeting: Meeting
  readonly agenda: Kept
  readonly papers: readonly Paper[]
  /** whether there are notes of an earlier meeting to be approved */
  readonly notes: boolean
  /** opens what is restricted; null: they see no more than the titles */
  readonly pass: Pass | null
}

/** By what somebody sees what is restricted at a meeting: whom they sit for at one, they need not at another. */
export const passAt = (papers: Papers | null, { id }: Pick<Meeting, 'id'>): Pass | null =>
  papers?.meeting.id === id ? papers.pass : null

/** What is put to the vote at a meeting, and what somebody is nominated for. */
export interface Voting {
  readonly motions: readonly MotionFacts[]
  readonly elections: readonly ElectionFacts[]
  /** votes and ballots that are open, whoever may vote in them */
  readonly open: number
}

/** A board as its page for somebody has it. */
export interface OnBoard {
  readonly board: Board
  readonly terms: Terms
  readonly part: Part
  /** those that are coming or going on, the soonest first, with what its seats have answered */
  readonly coming: readonly Replies[]
  /** the last that was held, of the last weeks */
  readonly last: string | null
  /** of the next meeting; null: there is none, or its agenda is not drafted */
  readonly papers: Papers | null
  readonly voting: Voting
}

/** The page of one person. */
export interface Page {
  readonly person: string
  readonly now: Temporal.Instant
  readonly boards: readonly OnBoard[]
  /** for which there is no room */
  readonly others: readonly Board[]
  /** where somebody writes, whatever else they are to the board */
  readonly writes: readonly Papers[]
}

/** Of a board's meetings, those that the page shows: the next, or the one that is going on, and the one after it. */
export function shownOf(meetings: readonly Called[], now: Temporal.Instant): readonly Called[] {
  const until = now.add(AHEAD).epochMilliseconds
  return meetings
    .filter((meeting) => !isOver(meeting, now))
    .filter(({ startsAt }, at) => at === 0 || startsAt.epochMilliseconds <= until)
    .slice(0, MOST_MEETINGS)
}

/** Whether somebody sees the board at a glance: its clerk, and who is in its chair. */
export const seesAtAGlance = (part: Part): boolean =>
  isClerk(part) || part.offices.some((office) => office === 'chair' || office === 'co-chair')

/** Whether somebody comes to the meetings of a board, or is told of them. */
export const isExpectedAt = (part: Part): boolean => part.attends || part.seats.length > 0 || isOfficer(part)

/** Whether anything but papers and answers can be due from somebody: an officer, or one of those who agree the agenda. */
export const hasDuties = ({ part, terms }: Pick<OnBoard, 'part' | 'terms'>): boolean =>
  isOfficer(part) || isAmong(terms.agenda.agreed.by, part)

/** What brings somebody to a meeting. */
export interface Brought {
  /** seats of their own, and of those for whom they answer as deputy or assistant */
  readonly answers: readonly AnsweredSeat[]
  /** seats in which they are to sit for another */
  readonly substitutes: readonly AnsweredSeat[]
}

export const broughtTo = ({ seats }: Pick<Replies, 'seats'>, person: string): Brought => ({
  answers: seats.filter(({ right }) => right === 'own' || right === 'deputy' || right === 'assistant'),
  substitutes: seats.filter((seat) => whoComes(seat)?.id === person && seat.representative?.id !== person),
})

/** Whether a meeting that is still to come can be opened by now. */
export const canBeOpened = (meeting: Called, now: Temporal.Instant): boolean =>
  meeting.sitting === 'not opened' && now.epochMilliseconds >= opensFrom(meeting).epochMilliseconds

/** A paper with the version that stands. */
export interface InHand {
  readonly paper: Paper
  readonly version: Version
}

/** The papers that somebody may open. */
export const openTo = ({ papers, pass }: Papers): readonly InHand[] =>
  papers.flatMap((paper) => {
    const version = standing(paper)
    const { number, state, title } = paper.item
    const known = number !== null && state === 'placed' && titleFor(title, pass) !== null
    return version && known && (!paper.restricted || pass !== null) ? [{ paper, version }] : []
  })

/** The papers that are asked of somebody and are not in; none whose title they may not read. */
export const owedBy = ({ papers, notes, pass }: Papers, person: string): readonly Paper[] =>
  missing(papers, notes).filter(
    (paper) => askedFor(paper) === person && (paper.author?.id === person || titleFor(paper.item.title, pass) !== null),
  )

/** The votes that are somebody's, of those who may vote now. */
export const votesOf = (roll: readonly Voter[], person: string): readonly Voter[] =>
  roll.filter((one) => one.person.id === person)

/** Whether an election is somebody's to vote in now, or to accept. */
export const concerns = (one: Pick<ElectionFacts, 'election' | 'roll'>, person: string): boolean =>
  isAsked(one, person) || (underWay(one.election)?.state === 'open' && votesOf(one.roll, person).length > 0)

/** Whether somebody is nominated and has not said whether they accept. */
export const isAsked = ({ election }: Pick<ElectionFacts, 'election'>, person: string): boolean =>
  election.state === 'nominations' &&
  underWay(election) === null &&
  election.nominations.some(({ nominee, state }) => nominee.id === person && state === 'nominated')
