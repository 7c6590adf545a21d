import { z } from 'zod'
import { audienceOf } from '../../kernel/actor.js'
import { act, besideReply, formReply, query, type Reply } from '../../kernel/command.js'
import { BallotId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { hourInWords } from '../../kernel/time.js'
import { mustSit, votesOf } from '../../votes/poll/casting.js'
import { standingBallots, type Voter } from '../../votes/roll.js'
import { closeAt, type Paper, savePapers } from '../balloting/store.js'
import { ballotForm, castCard } from '../balloting/view.js'
import { inTwoWords, twoWords } from '../check-words.js'
import { ballotOr, itemOf, type OnElection, shownTo } from '../command.js'
import { AGAINST, type Choice, isChoice } from '../counting.js'
import { type ElectionFacts, hasEnded } from '../facts.js'
import { turnElection } from '../notices.js'
import { isSecret, type Round } from '../rules.js'
import { MOST_CANDIDATES, seal } from '../sealing.js'

const RANKS = Array.from({ length: MOST_CANDIDATES }, (_, at) => `rank${at + 1}`)
const rank = z.string().max(40).optional()

const Casting = z.object({
  subject: BallotId,
  /** a candidate, `against` or `abstain`; of ranked choices those of the form */
  choice: z.string().max(40).optional(),
  voter: z.uuid('That is not one of my ids. Press a button of a newer message.').optional(),
  ...Object.fromEntries(RANKS.map((name) => [name, rank])),
})

const NOT_ON_IT =
  'That is not on this ballot, or stands on it twice. Press a button of its newest card, or fill in its form again.'

/** What somebody has chosen. @throws Refusal `invalid`, which says nothing of what it was */
function choiceOf(input: z.output<typeof Casting>, { method, candidates }: Round): Choice {
  const ranks = RANKS.flatMap((name) => {
    const said = (input as Record<string, unknown>)[name]
    return typeof said === 'string' && said !== '' ? [said] : []
  })
  const said = input.choice === undefined ? ranks : input.choice === 'abstain' ? [] : [input.choice]
  const ids = candidates.map(({ id }) => id)
  if ((input.choice !== undefined && ranks.length > 0) || !isChoice(method, ids, said)) throw new Refusal('invalid', NOT_ON_IT)
  return said
}

/** The ballot that somebody votes in. @throws Refusal `too_late` once it is closed, `conflict` where it is void */
function votingIn({ shown }: OnElection, ballot: string): Round {
  const round = shown.election.rounds.find(({ id }) => id === ballot)
  if (!round) throw new Error('an election without its ballot')
  if (round.state === 'void')
    throw new Refusal('conflict', 'That ballot is void, and counts for nothing. Say “elections” for what follows.')
  if (round.state === 'open' && !hasEnded(round, shown)) return round
  const at = round.closedAt ?? round.closesAt
  throw new Refusal(
    'too_late',
    `That ballot was closed${at ? ` at ${hourInWords(at, shown.meeting.board.zone)}` : ''}: no vote is cast or changed any more. Say “elections” for the result.`,
  )
}

/** For whom somebody may vote in a ballot now. @throws Refusal `not_permitted` where they have no vote in it, with the clause */
function votesIn({ shown }: OnElection, round: Round, person: string, voter: string | undefined) {
  const { sat, now, terms, election, roll } = shown
  if (!sat) throw new Error('a ballot of a meeting that does not sit')
  mustSit({ facts: sat, now })
  const standing = standingBallots(round.voted, sat, election.item.id, now)
  const about = { facts: sat, now, terms, item: election.item.id, number: itemOf(shown), roll }
  return { standing, votes: votesOf(person, voter ?? null, { ...about, cast: standing }) }
}

/** Puts a ballot in, or another in its place. What is chosen is in no journal and no answer. */
export const cast = act({
  name: 'elections.cast',
  load: ballotOr,
  allow: () => true,
  board: ({ meeting }: OnElection) => meeting.board.id,
  input: Casting,
  journaled: ({ subject }) => ({ subject }),
  async redraw(asking, { shown }): Promise<Reply> {
    const round = shown.election.rounds.at(-1)
    const bodies = round
      ? bodiesOf(
          shown,
          round.voted.filter(({ person }) => person === asking.actor.person),
        )
      : []
    if (!round || bodies.length === 0) return shownTo(asking, shown.election.id)
    return besideReply(castCard(shown, round, { bodies, words: [], last: false }, audienceOf(asking.actor)))
  },
  async run(acting, input, seen) {
    const { db, actor } = acting
    const round = votingIn(seen, input.subject)
    const { shown } = seen
    const { now, election, roll } = shown
    const { standing, votes } = votesIn(seen, round, actor.person, input.voter)
    const choice = choiceOf(input, round)
    const papers = votes.map((vote) => sealedFor(round, vote, choice))
    await savePapers(
      db,
      round.id,
      papers.map(({ paper }, at) => ({ ...votedAs(votes[at], actor.person), paper })),
    )
    const cast = new Set([...standing.map(({ voter }) => voter), ...votes.map(({ voter }) => voter)])
    const last = roll.every(({ voter }) => cast.has(voter)) && !round.byHand
    // It is counted in a transaction of its own, for which the key is fetched before.
    if (last) await closeAt(db, round.id, now)
    await turnElection(db, election.id, [actor.person])
    const words = papers.flatMap((one) => (one.words ? [inTwoWords(one.words)] : []))
    const bodies = bodiesOf(
      shown,
      votes.map((vote) => votedAs(vote, actor.person)),
    )
    return {
      reply: besideReply(castCard(shown, round, { bodies, words, last }, audienceOf(actor))),
      outcome: { papers: votes.map(({ voter }) => (isSecret(round) ? { voter } : { voter, choice })) },
    }
  },
})

const votedAs = (vote: Voter | undefined, person: string) => {
  if (!vote) throw new Error('a ballot paper without a voter')
  return { voter: vote.voter, seat: vote.seat, person }
}

const bodiesOf = ({ seats }: ElectionFacts, voted: readonly { readonly seat: string }[]): readonly string[] =>
  voted.map(({ seat }) => seats.get(seat)?.body ?? '')

/** A paper as it is kept; each seat's has words of its own. */
function sealedFor(
  round: Round,
  { voter }: Voter,
  choice: Choice,
): { readonly paper: Paper; readonly words: readonly [number, number] | null } {
  const { publicKey, candidates, checkWords, id } = round
  if (publicKey === null) return { paper: { choice }, words: null }
  const words = checkWords ? twoWords() : null
  const against = choice[0] === AGAINST
  const places = against ? [] : choice.map((chosen) => candidates.findIndex((one) => one.id === chosen))
  return { paper: { sealed: seal(publicKey, { places, against, words }, { ballot: id, voter }) }, words }
}

export const castAsk = query({
  name: 'elections.cast_form',
  load: ballotOr,
  allow: () => true,
  input: z.object({ subject: BallotId, voter: z.uuid().optional() }),
  async run({ actor }, { subject, voter }, seen) {
    const round = votingIn(seen, subject)
    // Of an election that is closed to the public the form names who stands: it is for those alone who vote.
    votesIn(seen, round, actor.person, voter)
    return formReply(ballotForm(seen.shown, round, voter, audienceOf(actor)))
  },
})
