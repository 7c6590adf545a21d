import type { Temporal } from 'temporal-polyfill'
import { type Count, closedAt, type Entry, entryAt, type Facts, rosterAt, stateAt } from '../../attendance/ledger.js'
import type { Acting, After } from '../../kernel/command.js'
import { toText } from '../../kernel/time.js'
import { factsOf } from '../card/store.js'
import { ofWhat } from '../card/view.js'
import { enter } from '../entering/command.js'
import { countFor, countOnly, INFORMAL, type MotionFacts, NO_QUORUM } from '../facts.js'
import type { Casting, Vote } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import type { Account, NamedVote } from '../register/rules.js'
import type { Entered } from '../register/store.js'
import { removalFollows } from '../removal/outcome/command.js'
import { mustNotBeTheirs, mustNotPreside } from '../removal/rules.js'
import { rollAt, standingBallots, withdrawnFor } from '../roll.js'
import { type Ballot, outcomeOf, type Tally, talliesOf, telling, type VoteRule, voteRuleOf, withCasting } from '../rules.js'
import { addCasting, findMotion, lastWording, motionsOf, peopleCalled, saveClosing, undecidedVotes } from '../store.js'

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
export function atTheClose(
  facts: Facts,
  at: Temporal.Instant,
  asOf: Temporal.Instant,
): { readonly facts: Facts; readonly entry: Entry } {
  const open = closedAt(facts.sittings)?.equals(at)
    ? { ...facts, sittings: facts.sittings.filter(({ act }) => act !== 'closed') }
    : facts
  return { facts: open, entry: entryAt(open, at, asOf) }
}

/** Whether the meeting goes on at an instant: while it waits or is adjourned nobody votes, and nothing is decided. */
export const goesOn = ({ sittings }: Pick<Facts, 'sittings'>, at: Temporal.Instant): boolean =>
  ['in session', 'informal'].includes(stateAt(sittings, at))

/** Its time has come, whether or not somebody has closed it. A time that came while nobody could vote is none: it is closed by hand. */
export const hasEnded = (
  vote: Vote,
  facts: Pick<Facts, 'sittings'>,
  now: Temporal.Instant,
): vote is Vote & { readonly closesAt: Temporal.Instant } =>
  vote.closesAt !== null && vote.closesAt.epochMilliseconds <= now.epochMilliseconds && goesOn(facts, vote.closesAt)

/**
 * Closes an open vote: counts it, and enters the result; or leaves it to the casting vote, or to a ruling.
 * @param shown the motion with its vote as it stands
 */
export async function closeVote(acting: Acting, shown: MotionFacts, how: Ending): Promise<Closed> {
  const { motion, now } = shown
  const { vote, terms, item } = motion
  if (vote?.state !== 'open') throw new Error('a vote that is not open was closed')
  // A vote whose time has come was closed then, however late somebody looked.
  const at = hasEnded(vote, shown.facts, now) ? vote.closesAt : now
  // As it was known then: whose connection had just dropped had time to come back, whenever it is looked at.
  const { facts, entry } = atTheClose(shown.facts, at, at)
  const present = rollAt(facts, terms, item.id, at, at)
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
  const why = carried ? whyNotBinding(shown.facts, vote) : waits === 'disputed' ? NOT_RULED : tally && fellShort(tally)
  const at = casting?.at ?? (vote.state === 'open' ? vote.closedAt : now)
  const resolved = carried && why === null
  const removal = motion.removes && (await removalFollows(acting, shown, motion.removes, { resolved, why, at }))
  const entered = await enter(acting, {
    board: meeting.board,
    motion,
    parts: wording.parts,
    // A recommendation removes nobody: where the vote does not bind, nothing is carried.
    outcome: resolved ? 'resolved' : carried && !removal ? 'recommended' : 'not carried',
    why,
    how: casting ? 'casting vote' : 'vote',
    amended: wording.version > 1,
    presiding: entry.presiding,
    quorum: { opening: vote.quorumOpen, closing: vote.quorumClose },
    vote: await accountOf(acting, shown, vote, casting ?? null),
    tally,
    at,
    byItself: how !== 'by hand',
    follows: removal?.follows ?? [],
  })
  await removal?.leave()
  await turnMotion(db, motion.id, voters)
  return closedAs(vote, 'closed', [entered])
}

/** Why more votes for than against did not carry it; null: there were not more. */
const fellShort = ({ for: ayes, against, of, needed, outcome }: Tally): string | null =>
  outcome === 'not carried' && ayes > against ? `${needed} of ${of} were needed` : null

const NOT_RULED = 'nobody ruled which reading of the terms counts'

/** Why what was carried is no more than a recommendation; null: it binds. */
function whyNotBinding({ sittings }: Facts, { openedAt, closedAt: at, quorumOpen, quorumClose }: Counted): string | null {
  const verdicts = [quorumOpen.verdict, quorumClose.verdict]
  if (verdicts.includes('inquorate')) return NO_QUORUM
  if (verdicts.includes('disputed')) return NOT_RULED
  const states = [stateAt(sittings, openedAt), stateAt(sittings, at)]
  if (states.includes('informal')) return INFORMAL
  return states.every((state) => state === 'in session') ? null : 'the meeting was adjourned'
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
  return {
    closedAt: toText(vote.closedAt),
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
    equal: tally && casting === null ? equalInWords(tally, rule) : null,
  }
}

const waysOf = ({ recorded, countersigned }: Ballot): NamedVote['recorded'] =>
  recorded ? (countersigned === null ? 'not countersigned' : 'countersigned') : 'own'

/** Why equal votes did not carry the motion; null where they were not equal, or were enough. */
function equalInWords({ for: ayes, against, outcome }: Tally, { equalVotes, basis }: VoteRule): string | null {
  if (ayes !== against || ayes === 0 || outcome === 'carried') return null
  if (outcome === 'equal')
    return 'The votes were equal, and no casting vote was given before the meeting was closed: the motion was not carried.'
  if (equalVotes === 'second or casting vote of the chair')
    return 'The votes were equal, and with a casting vote there would not have been enough either: the motion was not carried.'
  return basis.clause
    ? 'The votes were equal, and under the terms equal votes do not carry a motion.'
    : 'The votes were equal, and the terms give nobody a second or casting vote: by convention a motion is not carried by equal votes (the common law of meetings).'
}

/** Gives the second or casting vote: recorded apart, and it decides. */
export async function castVote(acting: Acting, shown: MotionFacts, casting: Casting): Promise<Closed> {
  const { motion } = shown
  const { vote, terms } = motion
  if (!vote?.closedAt || !vote.quorumClose) throw new Error('a casting vote on a vote that is open')
  await addCasting(acting.db, motion.id, casting)
  const rule = voteRuleOf(terms)
  const tallies = vote.tallies.map((tally) => (tally.outcome === 'equal' ? withCasting(tally, rule, casting.choice) : tally))
  const counted = { ...vote, tallies, closedAt: vote.closedAt, quorumClose: vote.quorumClose }
  return conclude(acting, asItWas(shown, vote.closedAt), counted, { how: 'by hand', casting })
}

/** Who was there, and who presided, when a vote was closed: whatever has happened since. */
function asItWas(shown: MotionFacts, at: Temporal.Instant): MotionFacts {
  const { facts, entry } = atTheClose(shown.facts, at, at)
  const { terms, item } = shown.motion
  return { ...shown, facts, entry, roll: rollAt(facts, terms, item.id, at, at) }
}

/** What an act of the room does to the votes of its meeting is journaled, and followed, as what it is. */
const concluded = ({ did }: Acting, board: string, motion: string, outcome: Closed): void =>
  did({ command: 'votes.concluded', board, subject: motion, outcome: { ...outcome } })

/** A meeting that closes closes its votes: every ballot that was acknowledged is counted, and what is equal is not carried. */
export const closeWithMeeting: After = {
  acts: ['attendance.close'],
  async run(acting, { board, subject }) {
    for (const shown of await undecidedIn(acting, subject)) {
      const { vote, removes } = shown.motion
      mustNotBeTheirs(removes, acting.actor.person)
      const closed =
        vote?.state === 'open'
          ? await closeVote(acting, shown, 'with the meeting')
          : vote && (await concludeAnew(acting, shown, vote, 'with the meeting'))
      if (closed) concluded(acting, board, shown.motion.id, closed)
    }
    // What was not decided stays so, and its cards ask nothing any more.
    for (const { id, state } of await motionsOf(acting.db, subject))
      if (state === 'before the meeting') await turnMotion(acting.db, id, [])
  },
}

/** Who presides has ruled which reading counts: votes that waited for it come to what they come to by it. */
export const followRuling: After = {
  acts: ['attendance.count_by'],
  async run(acting, { board, subject }) {
    for (const shown of await undecidedIn(acting, subject)) {
      const { vote } = shown.motion
      if (vote?.state !== 'disputed') continue
      const { removes, openness } = shown.motion
      // How the vote is counted is for who presides to rule, and that is never the person concerned.
      if (removes) mustNotPreside(removes, shown.entry.presiding, openness === 'hidden')
      const closed = await concludeAnew(acting, shown, vote, 'by hand')
      concluded(acting, board, shown.motion.id, closed)
    }
  },
}

/** A vote that was counted, by the reading that was ruled since. */
async function concludeAnew(acting: Acting, shown: MotionFacts, vote: Vote, how: Ending): Promise<Closed> {
  if (!vote.closedAt || !vote.quorumClose) throw new Error('a vote that was not counted')
  const quorumClose = byReading(vote.quorumClose, shown.count.ruled)
  const counted = { ...vote, closedAt: vote.closedAt, quorumClose }
  return conclude(acting, asItWas(shown, vote.closedAt), counted, { how, ...(vote.casting ? { casting: vote.casting } : {}) })
}

export function byReading(count: Count, ruled: string | null): Count {
  const figure = count.figures.find(({ reading }) => reading === ruled)
  if (!figure) return count
  return { ...count, ruled, verdict: figure.quorate ? 'quorate' : 'inquorate' }
}

async function undecidedIn({ db, now }: Acting, meeting: string): Promise<readonly MotionFacts[]> {
  const motions = await Promise.all((await undecidedVotes(db, meeting)).map((id) => findMotion(db, id)))
  const shown = await Promise.all(motions.flatMap((motion) => (motion ? [factsOf(db, motion, now)] : [])))
  return shown.flatMap((one) => (one ? [{ ...one, ...atTheClose(one.facts, one.now, one.now) }] : []))
}
