import type { Temporal } from 'temporal-polyfill'
import { findAgenda, passFor } from '../../agenda/store.js'
import type { Replies } from '../../apologies/rules.js'
import { answeredSeats } from '../../apologies/store.js'
import { hasPart } from '../../boards/part/rules.js'
import type { Standing } from '../../boards/part/store.js'
import type { InForce } from '../../boards/store.js'
import type { Db } from '../../db/schema.js'
import { electionFacts } from '../../elections/card/store.js'
import type { ElectionFacts } from '../../elections/facts.js'
import { toText } from '../../kernel/time.js'
import { type Called, isLate, isOver, type Meeting } from '../../meetings/rules.js'
import { calledFrom, calledRows, sittingNow } from '../../meetings/store.js'
import { hasNotes, papersOf } from '../../papers/store.js'
import { motionFacts } from '../../votes/card/store.js'
import { BACK } from '../reminders/rules.js'
import {
  concerns,
  MOST_BOARDS,
  MOST_OPEN,
  MOST_VOTES,
  type OnBoard,
  type Page,
  type Papers,
  passAt,
  shownOf,
  type Voting,
  votesOf,
} from './rules.js'

/** What somebody is to a board that has terms. */
export type Governed = Standing & { readonly inForce: InForce }

interface Reading {
  readonly db: Db
  readonly person: string
  readonly now: Temporal.Instant
}

/** The called meetings of some boards: of the last weeks, going on, or coming; soonest first. */
async function meetingsAround(db: Db, boards: readonly string[], now: Temporal.Instant): Promise<readonly Called[]> {
  if (boards.length === 0) return []
  const rows = await calledRows(db)
    .where('meeting.board_id', 'in', boards)
    .where('meeting.state', '=', 'called')
    .where((row) => row.or([row('meeting.starts_at', '>', toText(now.subtract(BACK))), row(sittingNow, '=', 'open')]))
    .orderBy('meeting.starts_at')
    .execute()
  return rows.map(calledFrom)
}

interface Put {
  readonly id: string
  readonly meeting: string
}

/** The motions of some meetings on which a vote is open. */
const openVotes = (db: Db, meetings: readonly string[]): Promise<readonly Put[]> =>
  db
    .selectFrom('motion')
    .innerJoin('vote', 'vote.motion_id', 'motion.id')
    .where('motion.meeting_id', 'in', meetings)
    .where('motion.state', '=', 'in a vote')
    .where('vote.state', '=', 'open')
    .orderBy('motion.number')
    .select(['motion.id', 'motion.meeting_id as meeting'])
    .execute()

/** The elections of some meetings of which a ballot is open, or for which somebody is asked whether they accept. */
async function elections(
  db: Db,
  meetings: readonly string[],
  person: string,
): Promise<readonly (Put & { readonly open: boolean })[]> {
  const rows = await db
    .selectFrom('election')
    .leftJoin('election_ballot as ballot', (join) =>
      join.onRef('ballot.election_id', '=', 'election.id').on('ballot.state', '=', 'open'),
    )
    .leftJoin('nomination', (join) =>
      join
        .onRef('nomination.election_id', '=', 'election.id')
        .on('nomination.nominee_id', '=', person)
        .on('nomination.state', '=', 'nominated'),
    )
    .where('election.meeting_id', 'in', meetings)
    .where((row) => row.or([row('ballot.id', 'is not', null), row('nomination.nominee_id', 'is not', null)]))
    .orderBy('election.began_at')
    .select(['election.id', 'election.meeting_id as meeting', 'ballot.id as ballot'])
    .execute()
  return rows.map(({ id, meeting, ballot }) => ({ id, meeting, open: ballot !== null }))
}

/** The coming meetings, of boards that they know, for which somebody writes a paper; soonest first. */
async function writtenFor(db: Db, person: string, now: Temporal.Instant): Promise<readonly Called[]> {
  const rows = await calledRows(db)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(now))
    .where((row) =>
      row(
        'meeting.id',
        'in',
        row
          .selectFrom('paper')
          .innerJoin('item', 'item.id', 'paper.item_id')
          .where('paper.author_id', '=', person)
          .where('item.state', '=', 'placed')
          .select('item.meeting_id'),
      ),
    )
    .orderBy('meeting.starts_at')
    .limit(MOST_BOARDS)
    .execute()
  return rows.map(calledFrom)
}

const ruledBy = (meeting: Called, { inForce: { terms, termsId } }: Governed): Meeting => ({ ...meeting, terms, termsId })

async function repliesTo({ db, person, now }: Reading, meeting: Meeting, today: string): Promise<Replies> {
  const seats = await answeredSeats(db, meeting, { person, today })
  return { meeting, begun: isLate(meeting, now), over: isOver(meeting, now), seats }
}

async function papersFor({ db, person }: Reading, meeting: Meeting, { part }: Governed): Promise<Papers | null> {
  const agenda = await findAgenda(db, meeting.id)
  if (!agenda) return null
  const papers = await papersOf(db, agenda)
  return { meeting, agenda, papers, notes: await hasNotes(db, meeting), pass: await passFor(db, meeting, part, person) }
}

/** What somebody is to vote on; of what is not on the public agenda, only of the meeting for which they may see it. */
async function votingAt(
  { db, now, person }: Reading,
  { motions, ballots }: { readonly motions: readonly Put[]; readonly ballots: readonly (Put & { readonly open: boolean })[] },
  papers: Papers | null,
): Promise<Voting> {
  const shown = await Promise.all(motions.slice(0, MOST_OPEN).map(({ id }) => motionFacts(db, id, now)))
  const held = await Promise.all(ballots.slice(0, MOST_OPEN).map(({ id }) => electionFacts(db, id, now)))
  const seen = (one: ElectionFacts): boolean => passAt(papers, one.meeting) !== null || !('hidden' in one.election.item.title)
  return {
    motions: shown.flatMap((one) => (one && votesOf(one.roll, person).length > 0 ? [one] : [])).slice(0, MOST_VOTES),
    elections: held.flatMap((one) => (one && seen(one) && concerns(one, person) ? [one] : [])).slice(0, MOST_VOTES),
    open: motions.length + ballots.filter(({ open }) => open).length,
  }
}

/**
 * The page of somebody, in as many statements for each of their boards however many meetings it has and people it is of;
 * a few more for each vote that is open.
 */
export async function pageOf(reading: Reading, standings: readonly Governed[]): Promise<Page> {
  const { db, person, now } = reading
  const boards = standings.filter(({ part }) => hasPart(part))
  const around = await meetingsAround(
    db,
    boards.map(({ board }) => board.id),
    now,
  )
  const known = boards
    .map((standing) => {
      const own = around.filter(({ board }) => board.id === standing.board.id)
      return { standing, own, coming: shownOf(own, now).map((meeting) => ruledBy(meeting, standing)) }
    })
    .sort((one, other) => startOf(one.coming) - startOf(other.coming))
  const listed = known.slice(0, MOST_BOARDS)
  const going = listed.flatMap(({ coming }) => coming.map(({ id }) => id))
  const [motions, ballots] = going.length === 0 ? [[], []] : [await openVotes(db, going), await elections(db, going, person)]
  const shown = await Promise.all(
    listed.map(async ({ standing, own, coming }): Promise<OnBoard> => {
      const [next] = coming
      const papers = next ? await papersFor(reading, next, standing) : null
      const here = ({ meeting }: Put) => coming.some(({ id }) => id === meeting)
      return {
        board: standing.board,
        terms: standing.inForce.terms,
        part: standing.part,
        coming: await Promise.all(coming.map((meeting) => repliesTo(reading, meeting, standing.day))),
        last: own.findLast(({ sitting }) => sitting === 'closed')?.id ?? null,
        papers,
        voting: await votingAt(reading, { motions: motions.filter(here), ballots: ballots.filter(here) }, papers),
      }
    }),
  )
  return {
    person,
    now,
    boards: shown,
    others: known.slice(MOST_BOARDS).map(({ standing }) => standing.board),
    writes: await writesOf(reading, standings, shown),
  }
}

/** Boards without a meeting come last. */
const startOf = ([next]: readonly Called[]): number => next?.startsAt.epochMilliseconds ?? Number.MAX_SAFE_INTEGER

/** The papers of meetings for which somebody writes, where they are not on the page already. */
async function writesOf(reading: Reading, standings: readonly Governed[], shown: readonly OnBoard[]): Promise<readonly Papers[]> {
  const meetings = await writtenFor(reading.db, reading.person, reading.now)
  const found = await Promise.all(
    meetings
      .filter(({ id }) => !shown.some(({ papers }) => papers?.meeting.id === id))
      .map(async (meeting) => {
        const standing = standings.find(({ board }) => board.id === meeting.board.id)
        return standing ? papersFor(reading, ruledBy(meeting, standing), standing) : null
      }),
  )
  return found.flatMap((one) => one ?? [])
}
