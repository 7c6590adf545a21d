import type { Temporal } from 'temporal-polyfill'
import { type Count, closedAt, type Entry, entryAt, type Facts, rosterAt, stateAt } from '../../attendance/ledger.js'
import { append } from '../../db/journal.js'
import type { Acting, After } from '../../kernel/command.js'
import { toText } from '../../kernel/time.js'
import { factsOf } from '../card/store.js'
import { ofWhat } from '../card/view.js'
import { enter } from '../entering/command.js'
import { countFor, countOnly, type MotionFacts } from '../facts.js'
import type { Casting, Vote } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import type { Account, NamedVote } from '../register/rules.js'
import type { Entered } from '../register/store.js'
import { rollAt, standingBallots, withdrawnFor } from '../roll.js'
import { type Ballot, outcomeOf, type Tally, talliesOf, telling, voteRuleOf, withCasting } from '../rules.js'
import { addCasting, findMotion, lastWording, peopleCalled, saveClosing, undecidedVotes } from '../store.js'

/** What came of a vote, as the journal keeps it. */
export interface Closed {
  readonly vote: Vote['state']
  readonly tallies: readonly Pick<Tally, 'reading' | 'for' | 'against' | 'abstained' | 'of' | 'outcome'>[]
  readonly quorum: Count['verdict']
  readonly entered: readonly Entered[]
}

/** A vote that was counted. */
type Counted = Vote & { readonly closedAt: Temporal.Instant; readonly quorumClose: Count }

/** How it stood in the instant of the close: a meeting that closes in that instant was open until then. */
function atTheClose(
  facts: Facts,
  at: Temporal.Instant,
  asOf: Temporal.Instant,
): { readonly facts: Facts; readonly entry: Entry } {
  const open = closedAt(facts.sittings)?.equals(at)
    ? { ...facts, sittings: facts.sittings.filter(({ act }) => act !== 'closed') }
    : facts
  return { facts: open, entry: entryAt(open, at, asOf) }
}

/** Its time has come, whether or not somebody has closed it. */
export const hasEnded = (vote: Vote, now: Temporal.Instant): vote is Vote & { readonly closesAt: Temporal.Instant } =>
  vote.closesAt !== null && vote.closesAt.epochMilliseconds <= now.epochMilliseconds

/**
 * Closes an open vote: counts it, and enters the result; or leaves it to the casting vote, or to a ruling.
 * @param shown the motion with its vote as it stands
 */
export async function closeVote(acting: Acting, shown: MotionFacts, how: Ending): Promise<Closed> {
  const { motion, now } = shown
  const { vote, terms, item } = motion
  if (vote?.state !== 'open') throw new Error('a vote that is not open was closed')
  // A vote whose time has come was closed then, however late somebody looked.
  const at = hasEnded(vote, now) ? vote.closesAt : now
  const { facts, entry } = atTheClose(shown.facts, at, now)
  const present = rollAt(facts, terms, item.id, at, now)
  const ballots = standingBallots(vote.ballots, facts, item.id, at)
  const tallies = talliesOf(terms, rosterAt(facts, at).places, { ballots, present })
  const quorumClose = countOnly(countFor(entry, item.id))
  return conclude(acting, { ...shown, facts, entry, roll: present }, { ...vote, closedAt: at, quorumClose, tallies }, { how })
}

/** By whom a vote is closed: a hand; itself, at its time or when all have voted; or the close of the meeting, after which nobody casts or rules. */
export type Ending = 'by hand' | 'by itself' | 'with the meeting'

interface Concluding {
  readonly how: Ending
  readonly casting?: Casting
}

/** What a vote that was counted comes to: a decision; or it waits for the casting vote, or for a ruling. */
async function conclude(acting: Acting, shown: MotionFacts, vote: Counted, { how, casting }: Concluding): Promise<Closed> {
  const { db } = acting
  const { motion, meeting, entry, now } = shown
  const { ruled, verdict } = vote.quorumClose
  const outcome = outcomeOf(vote.tallies, ruled)
  const waits = outcome === 'disputed' || verdict === 'disputed' ? 'disputed' : outcome === 'equal' ? 'equal' : null
  const state = waits && how !== 'with the meeting' ? waits : 'closed'
  await saveClosing(db, motion.id, { ...vote, state })
  const voters = [...shown.roll.map(({ person }) => person.id), ...vote.ballots.map(({ person }) => person)]
  if (state !== 'closed') {
    await postMotion(db, { ...shown, motion: { ...motion, vote: { ...vote, state } } })
    await turnMotion(db, motion.id, voters)
    return closedAs(vote, state, [])
  }
  const tally = telling(vote.tallies, ruled)[0] ?? null
  const carried = outcome === 'carried'
  const wording = await lastWording(db, motion.id)
  const informal = stateAt(shown.facts.sittings, vote.closedAt) === 'informal'
  const binding = vote.quorumOpen.verdict === 'quorate' && verdict === 'quorate' && !informal
  const entered = await enter(acting, {
    board: meeting.board,
    motion,
    parts: wording.parts,
    outcome: carried ? (binding ? 'resolved' : 'recommended') : 'not carried',
    how: casting ? 'casting vote' : 'vote',
    amended: wording.version > 1,
    presiding: entry.presiding,
    quorum: { opening: vote.quorumOpen, closing: vote.quorumClose },
    vote: await accountOf(acting, shown, vote, casting ?? null),
    tally,
    at: casting?.at ?? (vote.state === 'open' ? vote.closedAt : now),
    byItself: how !== 'by hand',
  })
  await turnMotion(db, motion.id, voters)
  return closedAs(vote, 'closed', [entered])
}

const closedAs = ({ tallies, quorumClose }: Counted, vote: Vote['state'], entered: readonly Entered[]): Closed => ({
  vote,
  tallies: tallies.map(({ reading, for: ayes, against, abstained, of, outcome }) => ({
    reading,
    for: ayes,
    against,
    abstained,
    of,
    outcome,
  })),
  quorum: quorumClose.verdict,
  entered,
})

/** How each voted, who could and did not, and who was out: as the record has it. */
async function accountOf({ db }: Acting, shown: MotionFacts, vote: Counted, casting: Casting | null): Promise<Account['vote']> {
  const { motion, seats, facts, roll } = shown
  const rule = voteRuleOf(motion.terms)
  const out = [...withdrawnFor(facts, motion.item.id, vote.closedAt)]
  const ballots = standingBallots(vote.ballots, facts, motion.item.id, vote.closedAt)
  const people = await peopleCalled(db, [...new Set([...ballots.map(({ person }) => person), ...out])])
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? ''
  const names = ballots.map(
    (ballot): NamedVote => ({
      organisation: seats.get(ballot.seat)?.body ?? '',
      person: nameOf(ballot.person),
      choice: ballot.choice,
      subjectToApproval: ballot.subjectToApproval,
      recorded: waysOf(ballot),
    }),
  )
  const [tally] = telling(vote.tallies, vote.quorumClose.ruled)
  const equal = tally && tally.for === tally.against && tally.for > 0 && casting === null
  return {
    of: ofWhat(rule),
    tallies: vote.tallies,
    ruled: vote.quorumClose.ruled,
    byAgreement: vote.byAgreement,
    names: [...names].sort((one, other) => one.organisation.localeCompare(other.organisation)),
    silent: roll
      .filter(({ voter }) => !ballots.some((ballot) => ballot.voter === voter))
      .map(({ seat, person }) => `${seats.get(seat)?.body ?? ''} (${person.name})`),
    withdrawn: out.map(nameOf),
    casting: casting && { name: casting.person.name, office: casting.office, choice: casting.choice },
    equal: equal ? (tally.outcome === 'equal' ? NOBODY_CAST : NO_CASTING) : null,
  }
}

const waysOf = ({ recorded, countersigned }: Ballot): NamedVote['recorded'] =>
  recorded ? (countersigned === null ? 'not countersigned' : 'countersigned') : 'own'

const NOBODY_CAST =
  'The votes were equal, and no casting vote was given before the meeting was closed: the motion was not carried.'
const NO_CASTING =
  'The votes were equal. The terms give nobody a second or casting vote that would carry it: by convention a motion is not carried by equal votes (the common law of meetings).'

/** Gives the second or casting vote: recorded apart, and it decides. */
export async function castVote(acting: Acting, shown: MotionFacts, casting: Casting): Promise<Closed> {
  const { motion } = shown
  const { vote, terms } = motion
  if (!vote?.closedAt || !vote.quorumClose) throw new Error('a casting vote on a vote that is open')
  await addCasting(acting.db, motion.id, casting)
  const rule = voteRuleOf(terms)
  const tallies = vote.tallies.map((tally) => (tally.outcome === 'equal' ? withCasting(tally, rule, casting.choice) : tally))
  const counted = { ...vote, tallies, closedAt: vote.closedAt, quorumClose: vote.quorumClose }
  return conclude(acting, shown, counted, { how: 'by hand', casting })
}

/** What an act of the room does to the votes of its meeting is journaled as what it is. */
async function journal({ db, actor, now }: Acting, board: string, motion: string, outcome: Closed): Promise<void> {
  const command = 'votes.concluded'
  await append(db, { board, at: toText(now), actor: actor.person, command, subject: motion, payload: { outcome } })
}

/** A meeting that closes closes its votes: every ballot that was acknowledged is counted, and what is equal is not carried. */
export const closeWithMeeting: After = {
  acts: ['attendance.close'],
  async run(acting, { board, subject }) {
    for (const shown of await undecidedIn(acting, subject)) {
      const { vote } = shown.motion
      const closed =
        vote?.state === 'open'
          ? await closeVote(acting, shown, 'with the meeting')
          : vote && (await concludeAnew(acting, shown, vote, 'with the meeting'))
      if (closed) await journal(acting, board, shown.motion.id, closed)
    }
  },
}

/** Who presides has ruled which reading counts: votes that waited for it come to what they come to by it. */
export const followRuling: After = {
  acts: ['attendance.count_by'],
  async run(acting, { board, subject }) {
    for (const shown of await undecidedIn(acting, subject)) {
      const { vote } = shown.motion
      if (vote?.state !== 'disputed') continue
      const closed = await concludeAnew(acting, shown, vote, 'by hand')
      await journal(acting, board, shown.motion.id, closed)
    }
  },
}

/** A vote that was counted, by the reading that was ruled since. */
async function concludeAnew(acting: Acting, shown: MotionFacts, vote: Vote, how: Ending): Promise<Closed> {
  if (!vote.closedAt || !vote.quorumClose) throw new Error('a vote that was not counted')
  const quorumClose = byReading(vote.quorumClose, shown.count.ruled)
  return conclude(acting, shown, { ...vote, closedAt: vote.closedAt, quorumClose }, { how })
}

function byReading(count: Count, ruled: string | null): Count {
  const figure = count.figures.find(({ reading }) => reading === ruled)
  if (!figure) return count
  return { ...count, ruled, verdict: figure.quorate ? 'quorate' : 'inquorate' }
}

async function undecidedIn({ db, now }: Acting, meeting: string): Promise<readonly MotionFacts[]> {
  const motions = await Promise.all((await undecidedVotes(db, meeting)).map((id) => findMotion(db, id)))
  const shown = await Promise.all(motions.flatMap((motion) => (motion ? [factsOf(db, motion, now)] : [])))
  return shown.flatMap((one) => (one ? [{ ...one, ...atTheClose(one.facts, one.now, one.now) }] : []))
}
