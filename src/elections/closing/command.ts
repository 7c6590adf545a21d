import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { type Count, closedAt } from '../../attendance/ledger.js'
import { isTimer } from '../../kernel/actor.js'
import { type Acted, type Acting, type After, type Asking, act, type Timed, type TimedAct } from '../../kernel/command.js'
import { BallotId, ElectionId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { atTheClose, byReading } from '../../votes/closing/command.js'
import { countFor, countOnly } from '../../votes/facts.js'
import { mustSit } from '../../votes/poll/casting.js'
import { rollAt, standingBallots } from '../../votes/roll.js'
import { closeAt, type Ended, electionOfRound, endRound, openPapers, roundsDue } from '../balloting/store.js'
import { electionFacts } from '../card/store.js'
import { inTwoWords } from '../check-words.js'
import { mustGoOn, ofElections, shownNow, shownTo } from '../command.js'
import { type Choice, count } from '../counting.js'
import { elect } from '../electing/command.js'
import { type ElectionFacts, followingBallots, hasEnded, heldIn, mayBeElected, sittingState } from '../facts.js'
import { overAmong } from '../keys/store.js'
import { postElection, tellStuck, turnElection } from '../notices.js'
import { FEW_VOTERS, isSecret, type Round, underWay } from '../rules.js'
import { NotOpened } from '../sealing.js'
import { electionsOf, setElection } from '../store.js'
import { keepChoices, removeSealed, sealedPapers } from '../urn/store.js'
import { emptied } from '../urn.js'

const NO_QUORUM = 'there was no quorum when it was closed'
const NOT_RULED = 'whether there was a quorum depended on how the terms are read, and nobody ruled'

/** The instant as of which a ballot is counted, and who had voted then. */
function atClose(shown: ElectionFacts, round: Round) {
  const { sat, now, election } = shown
  if (!sat) throw new Error('a ballot of a meeting that does not sit')
  const at = round.closedAt ?? (hasEnded(round, shown) ? round.closesAt : now)
  // As it was known then: whose connection had just dropped had time to come back.
  const { facts, entry } = atTheClose(sat, at, at)
  const known = countOnly(countFor(entry, election.item.id))
  return {
    at,
    // By the reading that was ruled since, where it was.
    quorum: known.verdict === 'disputed' ? byReading(known, shown.entry?.ruled ?? null) : known,
    counted: standingBallots(round.voted, facts, election.item.id, at),
    silent: rollAt(facts, shown.terms, election.item.id, at, at)
      .filter(({ voter }) => !round.voted.some((one) => one.voter === voter))
      .map(({ seat }) => seat),
  }
}

/** Closes a ballot that is open or stuck: counts it, or voids it where there was no quorum, and goes on from there. */
async function closeRound(acting: Acting, shown: ElectionFacts, round: Round, key: string | null): Promise<Acted['outcome']> {
  const { db } = acting
  const { at, quorum, counted, silent } = atClose(shown, round)
  if (quorum.verdict !== 'quorate')
    return voidRound(acting, shown, round, { at, quorum, why: quorum.verdict === 'inquorate' ? NO_QUORUM : NOT_RULED })
  const ids = round.candidates.map(({ id }) => id)
  const ended = { closedAt: at, quorumClose: quorum, silent }
  if (isSecret(round)) {
    const sealed = await sealedPapers(db, round.id)
    const drawn = emptiedOr(() => emptied({ round, counted, sealed, key }))
    if ('why' in drawn) return stick(acting, shown, round, { ...ended, why: drawn.why })
    const choices = drawn.choices.map(({ choice }) => choice)
    await endRound(db, round.id, { ...ended, state: 'closed', counted: count(round.method, ids, choices, []), why: null })
    await keepChoices(
      db,
      round.id,
      drawn.choices.map(({ choice, words }) => ({ choice, words: words && inTwoWords(words) })),
    )
    await removeSealed(db, round.id)
  } else {
    const papers = await openPapers(db, round.id)
    const choices = counted.map(({ voter }): Choice => papers.get(voter) ?? [])
    await endRound(db, round.id, { ...ended, state: 'closed', counted: count(round.method, ids, choices, []), why: null })
  }
  return { ballot: round.id, quorum: quorum.verdict, voted: counted.length, ...(await follow(acting, shown.election.id)) }
}

/** What is not opened says why, and nothing of what is in it. */
function emptiedOr(empty: () => ReturnType<typeof emptied>) {
  try {
    return { choices: empty() }
  } catch (error) {
    if (error instanceof NotOpened) return { why: error.message }
    throw error
  }
}

interface Ending {
  readonly at: Temporal.Instant
  readonly quorum: Count
  readonly why: string
}

/** A ballot that counts for nothing: its papers are destroyed unopened. */
async function voidRound(
  acting: Acting,
  shown: ElectionFacts,
  round: Round,
  { at, quorum, why }: Ending,
): Promise<Acted['outcome']> {
  const { db } = acting
  await endRound(db, round.id, { state: 'void', closedAt: at, quorumClose: quorum, counted: null, silent: [], why })
  await removeSealed(db, round.id)
  const before = followingBallots(shown)?.kind
  const state = before === 'ballot' || before === 'lot' ? 'balloting' : 'nominations'
  await setElection(db, shown.election.id, { state })
  await postElection(db, await shownNow(acting, shown.election.id))
  return { ballot: round.id, void: why }
}

async function stick(
  acting: Acting,
  { election }: ElectionFacts,
  round: Round,
  { closedAt: at, quorumClose, silent, why }: Pick<Ended, 'closedAt' | 'quorumClose' | 'silent'> & { readonly why: string },
): Promise<Acted['outcome']> {
  await endRound(acting.db, round.id, { state: 'stuck', closedAt: at, quorumClose, counted: null, silent, why })
  const shown = await shownNow(acting, election.id)
  await postElection(acting.db, shown)
  await tellStuck(acting.db, shown, round.id)
  return { ballot: round.id, stuck: why }
}

/** What follows a ballot that was counted, or equal votes that were settled: somebody is elected, or it goes on. */
export async function follow(acting: Acting, id: string): Promise<Acted['outcome']> {
  const shown = await shownNow(acting, id)
  const next = followingBallots(shown)
  if (next?.kind === 'elected') {
    const round = heldIn(shown.election).at(-1)?.round
    const person = round?.candidates.find((one) => one.id === next.candidate)
    if (!person) throw new Error('somebody was elected who did not stand')
    if (mayBeElected(shown, person.id)) return elect(acting, shown, person, round ?? null)
  }
  const state = next?.kind === 'lot' ? 'tied' : next?.kind === 'ballot' ? 'balloting' : 'nominations'
  await setElection(acting.db, id, { state })
  await postElection(acting.db, await shownNow(acting, id))
  return { follows: next?.kind ?? 'none' }
}

/** A key that is fetched before the transaction in which its ballot is counted. */
const fetched = {
  async before({ vault }: Asking, _: unknown, { shown }: { readonly shown: ElectionFacts }): Promise<Fetched | null> {
    const round = underWay(shown.election)
    if (!round || !isSecret(round)) return null
    // What cannot be read opens nothing: the ballot is stuck, and the clerk is told.
    return { ballot: round.id, key: await vault.read(round.id).catch(() => UNREADABLE) }
  },
  // Once nothing is left that it opens, it goes; what is cut off before that is finished at the next start.
  async after({ db, vault }: Asking, got: Fetched | null, done: boolean): Promise<void> {
    if (!got || !done) return
    for (const over of await overAmong(db, [got.ballot])) await vault.bury(over)
  },
}

const UNREADABLE = 'unreadable'

interface Fetched {
  readonly ballot: string
  readonly key: string | null
}

/** The key of a ballot; of an open one none. @throws Refusal `conflict` where another ballot was open when it was fetched */
function keyOf(round: Round, got: Fetched | null): string | null {
  if (!isSecret(round)) return null
  if (got?.ballot === round.id) return got.key
  throw new Refusal('conflict', 'It was being changed meanwhile. Say it again.')
}

/** A secret ballot in which so few have voted that the figures may show how, closed by hand before the others have. @throws Doubt */
function mayGiveAway(shown: ElectionFacts, round: Round): void {
  if (round.state !== 'open' || !isSecret(round) || hasEnded(round, shown)) return
  const { counted, silent } = atClose(shown, round)
  if (counted.length === 0 || counted.length > FEW_VOTERS || silent.length === 0) return
  throw new Doubt(
    `${counted.length === 1 ? 'One has' : `${counted.length} have`} voted, and it is seen who: the figures may show how. Wait for the others, or stop the ballot uncounted; or press “Close it all the same”.`,
    { command: 'elections.close', subject: shown.election.id, values: { allTheSame: 'yes' }, label: 'Close it all the same' },
  )
}

/** Closes the ballot by hand, as the person presiding says; one that was stuck is opened again. */
export const close = act({
  ...ofElections,
  name: 'elections.close',
  input: z.object({ subject: ElectionId, allTheSame: z.literal('yes').optional() }),
  outside: fetched,
  async run(acting, { allTheSame }, seen, got) {
    const shown = await shownNow(acting, seen.shown.election.id)
    const { election } = shown
    const round = underWay(election)
    if (!round) {
      if (election.rounds.length > 0) return { reply: await shownTo(acting, election.id), outcome: { unchanged: true } }
      throw new Refusal('conflict', 'No ballot is open. Say “open the ballot”.')
    }
    if (round.state === 'open' && !hasEnded(round, shown)) {
      mustBeOpen(seen)
      if (!shown.sat || !shown.entry) throw new Error('a ballot of a meeting that does not sit')
      mustSit({ facts: shown.sat, now: shown.now })
    }
    if (round.state === 'open' && !isOver(shown) && atClose(shown, round).quorum.verdict === 'disputed')
      throw new Refusal(
        'conflict',
        'Whether there is a quorum depends on how the terms are read. The person presiding rules first: say “are we quorate”, and press which counts.',
        shown.terms.quorum.clause,
      )
    if (!allTheSame) mayGiveAway(shown, round)
    const outcome = await closeRound(acting, shown, round, keyOf(round, got))
    return { reply: await shownTo(acting, election.id), outcome }
  },
})

interface OnDue {
  readonly shown: ElectionFacts
}

/** A ballot whose time has come, or in which all have voted, closes by itself. */
export const closeDue = act({
  name: 'elections.close_due',
  input: z.object({ subject: BallotId }),
  async load({ db, actor, now }, { subject }): Promise<OnDue> {
    const election = isTimer(actor) ? await electionOfRound(db, subject) : null
    const shown = election && (await electionFacts(db, election, now))
    if (!shown || shown.meeting.cancelled) throw new Refusal('not_found', 'I know of no such ballot.')
    return { shown }
  },
  allow: (actor) => isTimer(actor),
  board: ({ shown }) => shown.meeting.board.id,
  outside: fetched,
  redraw: (asking, { shown }) => shownTo(asking, shown.election.id),
  async run(acting, { subject }, { shown }, got) {
    const round = underWay(shown.election)
    const due = round?.id === subject && round.state === 'open' && closesNow(round, shown)
    const outcome = due ? await closeRound(acting, shown, round, keyOf(round, got)) : { unchanged: true }
    return { reply: await shownTo(acting, shown.election.id), outcome }
  },
})

/** Whether a ballot that is open closes by itself now: its time has come, and nobody has to rule first while the meeting goes on. */
function closesNow(round: Round, shown: ElectionFacts): boolean {
  if (!hasEnded(round, shown)) return false
  return isOver(shown) || atClose(shown, round).quorum.verdict !== 'disputed'
}

const isOver = (shown: ElectionFacts): boolean => sittingState(shown) === 'closed'

export const closings: Timed = {
  async due(db, now) {
    const found: TimedAct[] = []
    for (const { round: id, election, tenant } of await roundsDue(db, now)) {
      const shown = await electionFacts(db, election, now)
      const round = shown && underWay(shown.election)
      if (shown && round?.id === id && closesNow(round, shown))
        found.push({ tenant, command: 'elections.close_due', subject: id })
    }
    return found
  },
}

/** Stops a ballot uncounted, or gives up one that is stuck: its papers are destroyed unopened, and a fresh one may be held. */
export const discard = act({
  ...ofElections,
  name: 'elections.discard',
  input: z.object({ subject: ElectionId }),
  outside: {
    ...fetched,
    async before(_: Asking, __: unknown, { shown }: OnDue): Promise<Fetched | null> {
      const round = underWay(shown.election)
      return round && isSecret(round) ? { ballot: round.id, key: null } : null
    },
  },
  async run(acting, _, seen) {
    const shown = await shownNow(acting, seen.shown.election.id)
    mustGoOn(shown)
    const round = underWay(shown.election)
    if (!round) return { reply: await shownTo(acting, shown.election.id), outcome: { unchanged: true } }
    const { at, quorum } = atClose(shown, round)
    const why = round.state === 'stuck' ? 'it could not be opened, and was discarded unopened' : 'it was stopped uncounted'
    const outcome = await voidRound(acting, shown, round, { at, quorum, why })
    return { reply: await shownTo(acting, shown.election.id), outcome }
  },
})

/** A meeting that closes closes its ballots: what was put in before is counted, as of that instant. */
export const closeWithMeeting: After = {
  acts: ['attendance.close'],
  async run({ db, now }, { subject }) {
    for (const { rounds, id } of await electionsOf(db, subject)) {
      for (const round of rounds)
        if (round.state === 'open') {
          const shown = await electionFacts(db, id, now)
          // What has come to its end before, as all had voted, is counted as of then.
          if (shown && hasEnded(round, shown)) continue
          await closeAt(db, round.id, (shown?.sat && closedAt(shown.sat.sittings)) ?? now)
        }
      await turnElection(db, id, [])
    }
  },
}
