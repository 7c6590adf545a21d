import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { ruleOf } from '../../boards/offices/rules.js'
import type { Named } from '../../boards/rules.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type Asking, act, formReply, query } from '../../kernel/command.js'
import { ElectionId, newId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { toText } from '../../kernel/time.js'
import { countFor, countOnly, mayDecide } from '../../votes/facts.js'
import { minutes } from '../../votes/opening/command.js'
import { voteRuleOf } from '../../votes/rules.js'
import { mustGoOn, mustNotBallot, type OnElection, ofElections, shownNow, shownTo } from '../command.js'
import type { Method } from '../counting.js'
import { candidatesIn, type ElectionFacts, nextCandidates } from '../facts.js'
import { postElection } from '../notices.js'
import { type ElectionRule, electionRuleOf, FEW_VOTERS, isSecret, MOST_ROUNDS, type Round, underWay } from '../rules.js'
import { MOST_CANDIDATES } from '../sealing.js'
import { setElection } from '../store.js'
import { addRound, electionOfRound } from './store.js'
import { openForm } from './view.js'

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
  const clause = ruleOf(terms, election.office)?.clause
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
