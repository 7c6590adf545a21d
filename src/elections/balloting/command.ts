import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import type { Named } from '../../boards/rules.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type Asking, act, besideReply, formReply, query, type Reply } from '../../kernel/command.js'
import { BallotId, ElectionId, newId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { hourInWords, toText } from '../../kernel/time.js'
import { countFor, countOnly, mayDecide } from '../../votes/facts.js'
import { mustSit, votesOf } from '../../votes/poll/casting.js'
import { LONGEST_VOTE } from '../../votes/poll/view.js'
import { standingBallots, type Voter } from '../../votes/roll.js'
import { voteRuleOf } from '../../votes/rules.js'
import { inTwoWords, twoWords } from '../check-words.js'
import { ballotOr, itemOf, mustGoOn, mustNotBallot, type OnElection, ofElections, shownNow, shownTo } from '../command.js'
import { AGAINST, type Choice, isChoice, type Method } from '../counting.js'
import { candidatesIn, type ElectionFacts, hasEnded, nextCandidates } from '../facts.js'
import { postElection, turnElection } from '../notices.js'
import {
  type ElectionRule,
  electionRuleOf,
  FEW_VOTERS,
  isSecret,
  MOST_ROUNDS,
  officeRule,
  type Round,
  underWay,
} from '../rules.js'
import { MOST_CANDIDATES, seal } from '../sealing.js'
import { setElection } from '../store.js'
import { addRound, closeAt, electionOfRound, type Paper, savePapers } from './store.js'
import { ballotForm, castCard, openForm } from './view.js'

const minutes = z
  .string()
  .regex(/^\s*\d{0,4}\s*$/, 'Say a whole number of minutes, such as 5.')
  .transform((said) => (said.trim() === '' ? null : Number(said)))
  .refine(
    (count) => count === null || (count >= 1 && count <= LONGEST_VOTE),
    `Say a number of minutes from 1 to ${LONGEST_VOTE}, or leave it blank.`,
  )
  .optional()

const Opening = z.object({
  subject: ElectionId,
  ballot: z.enum(['open', 'secret']).optional(),
  method: z.enum(['absolute majority', 'plurality', 'ranked choices']).optional(),
  minutes,
  ends: z.enum(['all', 'hand']).default('all'),
  /** nobody waits for a nominee who has not said whether they accept */
  withoutThem: z.literal('yes').optional(),
  /** so few vote that the figures may show who voted how */
  fewVoters: z.literal('yes').optional(),
  /** a candidate presides */
  presides: z.literal('yes').optional(),
  allTheSame: z.literal('yes').optional(),
})
type Opening = z.output<typeof Opening>

/** Whether a ballot is secret: as the terms say, else as is said, else as the one before; open where nobody chooses. */
function secretBy({ ballot }: Opening, { election }: ElectionFacts, rule: ElectionRule): boolean {
  const before = election.rounds.at(-1)
  return (rule.ballot ?? ballot ?? (before && isSecret(before) ? 'secret' : 'open')) === 'secret'
}

/** How it is counted: by the terms, else as the ballots before it, else as is said. */
function methodBy({ method }: Opening, { election }: ElectionFacts, rule: ElectionRule, candidates: number): Method {
  if (candidates === 1) return 'confirmation'
  const before = election.rounds.find((round) => round.method !== 'confirmation')
  return (rule.fixed ? rule.method : before?.method) ?? method ?? rule.method
}

/** @throws Refusal where what is said is otherwise than the terms have it, with the clause */
function mustFollowTerms({ ballot, method }: Opening, rule: ElectionRule): void {
  const otherwise =
    rule.ballot !== null && ballot !== undefined && ballot !== rule.ballot
      ? `By the terms the ballot is ${rule.ballot === 'secret' ? 'a secret' : 'an open'} one. Open it so.`
      : rule.fixed && method !== undefined && method !== rule.method
        ? `By the terms it is an election by ${rule.method}. Open the ballot without saying how it is counted.`
        : null
  if (otherwise) throw new Refusal('conflict', otherwise, rule.basis.clause)
}

interface Key {
  readonly id: string
  readonly publicKey: string
}

/** Opens a ballot among who stands, or is left after the last one. */
export const open = act({
  ...ofElections,
  name: 'elections.open',
  input: Opening,
  outside: {
    // The key is on the disk before anything can be sealed to it.
    async before({ vault }: Asking, input: Opening, { shown }: OnElection): Promise<Key | null> {
      const rule = electionRuleOf(shown.terms, shown.election.office)
      if (underWay(shown.election) || !secretBy(input, shown, rule)) return null
      const id = newId()
      return { id, publicKey: await vault.make(id) }
    },
    async after({ db, vault }, key) {
      if (key && (await electionOfRound(db, key.id)) === null) await vault.discard(key.id)
    },
  },
  async run(acting, input, seen, key) {
    const { db, actor } = acting
    mustBeOpen(seen)
    const shown = await shownNow(acting, seen.shown.election.id)
    const { election, terms } = shown
    mustGoOn(shown)
    const now = underWay(election)
    if (now?.state === 'open') {
      mustBeAsSaid(input, now)
      return { reply: await shownTo(acting, election.id), outcome: { unchanged: true } }
    }
    mustNotBallot(shown)
    if (election.state === 'tied')
      throw new Refusal('conflict', 'The votes are equal, also in the fresh ballot: they are settled first. Say “elections”.')
    if (!shown.sat || !shown.entry) throw new Error('an open meeting that does not sit')
    const rule = electionRuleOf(terms, election.office)
    const binding = mayDecide(shown.sat, { entry: shown.entry, item: election.item.id, now: shown.now }, terms, null)
    if (binding.outcome !== 'resolved')
      throw new Refusal(
        'not_quorate',
        'Nobody is elected without a quorum, or informally. Wait for the quorum, or leave the election to a later meeting.',
        terms.quorum.clause,
      )
    const candidates = nextCandidates(shown)
    mayBallot(shown, rule, candidates.length)
    mustFollowTerms(input, rule)
    const secret = secretBy(input, shown, rule)
    mayBeUnwise(input, shown, { secret, candidates })
    if (secret && !key) throw new Refusal('conflict', 'It was being changed meanwhile. Say it again.')
    if (election.rounds.length >= MOST_ROUNDS)
      throw new Refusal('limit', `${MOST_ROUNDS} ballots were held, and no more are. Call it off, and elect at a later meeting.`)
    const round = secret && key ? key : { id: newId(), publicKey: null }
    await addRound(db, election.id, {
      ...round,
      number: election.rounds.length + 1,
      method: methodBy(input, shown, rule, candidates.length),
      candidates: candidates.map(({ id }) => id),
      checkWords: secret && rule.checkWords,
      openedAt: shown.now,
      closesAt: input.minutes ? shown.now.add({ minutes: input.minutes }) : null,
      byHand: input.ends === 'hand',
      quorumOpen: countOnly(countFor(shown.entry, election.item.id)),
      by: personOf(actor),
    })
    await setElection(db, election.id, { state: 'balloting', terms_id: shown.termsId })
    await postElection(db, await shownNow(acting, election.id))
    const outcome = {
      ballot: round.id,
      candidates: candidates.map(({ id }) => id),
      secret,
      opened: toText(shown.now),
      voters: shown.roll.map(({ voter }) => voter),
      terms: shown.termsId,
    }
    return { reply: await shownTo(acting, election.id), outcome }
  },
})

/** @throws Refusal where there is nothing to vote on, nobody to vote, or a reading is to be ruled first */
function mayBallot(shown: ElectionFacts, rule: ElectionRule, candidates: number): void {
  const { election, terms, roll } = shown
  const { disputed } = candidatesIn(shown)
  const clause = officeRule(terms, election.office)?.clause
  if (disputed.length > 0)
    throw new Refusal(
      'conflict',
      `Whether ${disputed.map(({ name }) => name).join(' and ')} may be elected depends on how the terms are read. The person presiding rules first: press which reading counts.`,
      clause,
    )
  if (candidates === 0)
    throw new Refusal('conflict', 'Nobody stands who may be elected. Nominations are open: say “nominate NAME”, and they accept.')
  if (candidates === 1 && rule.unopposed === 'elected')
    throw new Refusal(
      'conflict',
      'One stands alone, and needs no ballot. Press “Elected, no other nominations”.',
      rule.basis.clause,
    )
  if (candidates > MOST_CANDIDATES)
    throw new Refusal('limit', `A ballot has room for ${MOST_CANDIDATES} candidates. Ask some of them to withdraw.`)
  if (roll.length === 0)
    throw new Refusal(
      'conflict',
      'Nobody who may vote is marked as here. Mark who is here first.',
      voteRuleOf(terms).basis.clause,
    )
}

/** @throws Refusal `conflict` where another ballot is asked for than the one that is open */
function mustBeAsSaid({ ballot, minutes: count }: Opening, round: Round): void {
  const secret = isSecret(round)
  if (ballot !== undefined && (ballot === 'secret') !== secret)
    throw new Refusal(
      'conflict',
      `A ballot is open already, and it is ${secret ? 'a secret' : 'an OPEN'} one: how each has voted is ${secret ? 'not shown' : 'shown once it is closed'}. Stop it uncounted first, to hold another.`,
    )
  if (count)
    throw new Refusal(
      'conflict',
      'A ballot is open already, and its time does not change. Close it by hand, or stop it uncounted.',
    )
}

/** What is asked about once: nominees who have not answered, and a secrecy that the figures may give away. @throws Doubt */
function mayBeUnwise(
  input: Opening,
  shown: ElectionFacts,
  { secret, candidates }: { readonly secret: boolean; readonly candidates: readonly Named[] },
): void {
  const { election, roll, entry } = shown
  const { subject, ballot, method, minutes: count, ends, withoutThem, fewVoters, presides, allTheSame } = input
  const said = {
    ...(ballot ? { ballot } : {}),
    ...(method ? { method } : {}),
    ...(count ? { minutes: String(count) } : {}),
    ends,
    ...(withoutThem ? { withoutThem } : {}),
    ...(fewVoters ? { fewVoters } : {}),
    ...(presides ? { presides } : {}),
  }
  const press = { command: 'elections.open', subject }
  const silent = election.nominations.filter(({ state }) => state === 'nominated').map(({ nominee }) => nominee.name)
  if (silent.length > 0 && election.state === 'nominations' && !withoutThem && !allTheSame)
    throw new Doubt(
      `${silent.join(' and ')} ${silent.length === 1 ? 'has' : 'have'} not said whether they accept, and would not be on the ballot. Ask them first; or press “Without them”.`,
      { ...press, values: { ...said, withoutThem: 'yes' }, label: 'Without them' },
    )
  const chair = entry?.presiding?.person
  if (chair && candidates.some(({ id }) => id === chair.id) && !presides && !allTheSame)
    throw new Doubt(
      `${chair.name} presides, and stands. By convention nobody presides over their own election (the common law of meetings): say “NAME presides” first; or press “They preside all the same”.`,
      { ...press, values: { ...said, presides: 'yes' }, label: 'They preside all the same' },
    )
  if (secret && roll.length <= FEW_VOTERS && !fewVoters && !allTheSame)
    throw new Doubt(
      `With ${roll.length} who may vote, the figures may show who voted how, though the ballot is secret. Hold it openly; or press “In secret all the same”.`,
      { ...press, values: { ...said, fewVoters: 'yes' }, label: 'In secret all the same' },
      electionRuleOf(shown.terms, election.office).ballot === null
        ? { ...press, values: { ...said, ballot: 'open' }, label: 'Hold it openly' }
        : undefined,
    )
}

export const openAsk = query({
  ...ofElections,
  name: 'elections.open_form',
  input: z.object({ subject: ElectionId }),
  async run({ actor }, _, seen) {
    mustBeOpen(seen)
    const { shown } = seen
    mustGoOn(shown)
    mustNotBallot(shown)
    const rule = electionRuleOf(shown.terms, shown.election.office)
    const candidates = nextCandidates(shown)
    mayBallot(shown, rule, candidates.length)
    return formReply(openForm(shown, { rule, candidates }, audienceOf(actor)))
  },
})

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
    const { sat, now, terms, election, roll } = shown
    if (!sat) throw new Error('a ballot of a meeting that does not sit')
    mustSit({ facts: sat, now })
    const choice = choiceOf(input, round)
    const about = { facts: sat, now, terms, item: election.item.id, number: itemOf(shown), roll }
    const standing = standingBallots(round.voted, sat, election.item.id, now)
    const votes = votesOf(actor.person, input.voter ?? null, { ...about, cast: standing })
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
    return formReply(ballotForm(seen.shown, round, voter, audienceOf(actor)))
  },
})
