import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { handOver, holdersOn } from '../../boards/handover/store.js'
import { officeInWords, ruleOf } from '../../boards/offices/rules.js'
import type { Named } from '../../boards/rules.js'
import { isTimer, personOf } from '../../kernel/actor.js'
import { type Acted, type Acting, act } from '../../kernel/command.js'
import { ElectionId } from '../../kernel/ids.js'
import { Doubt, Refusal } from '../../kernel/refusal.js'
import { dayOf, toText } from '../../kernel/time.js'
import { presidingOf } from '../../votes/entering/command.js'
import { countFor, countOnly, mayDecide } from '../../votes/facts.js'
import { restOn } from '../../votes/register/rules.js'
import { addDecision } from '../../votes/register/store.js'
import { mustGoOn, mustNotBallot, ofElections, shownNow, shownTo } from '../command.js'
import { candidatesIn, type ElectionFacts, nextCandidates } from '../facts.js'
import { postElection } from '../notices.js'
import { accountOf, electedInWords } from '../record/rules.js'
import { electionRuleOf, type Round } from '../rules.js'
import { setElection } from '../store.js'
import { leaving } from './rules.js'

/**
 * Enters who is elected into the register, and hands the office over.
 * @param round the ballot that elected them; null: nobody else stood
 */
export async function elect(acting: Acting, shown: ElectionFacts, person: Named, round: Round | null): Promise<Acted['outcome']> {
  const { db, actor, now } = acting
  const { election, meeting, terms, termsId, entry, sat } = shown
  if (!entry || !sat) throw new Error('somebody was elected at a meeting that does not sit')
  const office = officeInWords(election.office)
  const at = round?.closedAt && election.state !== 'tied' ? round.closedAt : shown.now
  const rule = electionRuleOf(terms, election.office)
  const filled = ruleOf(terms, election.office)
  const entered = await addDecision(db, {
    board: meeting.board.id,
    meeting: meeting.id,
    item: election.item.id,
    motion: null,
    outcome: 'resolved',
    how: 'election',
    words: electedInWords(person, election.office),
    openness: election.openness,
    account: {
      presiding: presidingOf(entry.presiding),
      quorum: {
        opening: round?.quorumOpen ?? null,
        closing: round?.quorumClose ?? countOnly(countFor(entry, election.item.id)),
        at: toText(at),
      },
      dissents: [],
      vote: null,
      delegated: null,
      election: accountOf(shown, person, round === null),
      reason: null,
      rests: [
        ...(filled ? [restOn(`who is elected ${office}`, filled)] : []),
        restOn('election', rule.basis),
        restOn('quorum', terms.quorum),
      ],
    },
    corrects: null,
    ratifies: null,
    termsId,
    at,
    by: isTimer(actor) ? null : personOf(actor),
  })
  await setElection(db, election.id, {
    state: 'elected',
    elected_id: person.id,
    decision_id: entered.decision,
    terms_id: termsId,
  })
  const day = dayOf(at, meeting.board.zone).toString()
  const holders = (await holdersOn(db, meeting.board.id, day)).filter((one) => one.office === election.office)
  const about = { board: meeting.board.id, office: election.office, day }
  for (const gone of leaving(filled, holders, day)) await handOver(db, { ...about, to: null, from: gone })
  acting.did(await handOver(db, { ...about, to: person.id, from: filled?.shared ? person.id : null }))
  // Nobody presides in two offices at once: who goes up leaves the one below vacant.
  const below = (await holdersOn(db, meeting.board.id, day)).filter(
    (one) => one.person.id === person.id && PRESIDING.includes(one.office) && one.office !== election.office,
  )
  for (const one of below) acting.did(await handOver(db, { ...about, office: one.office, to: null, from: person.id }))
  await postElection(db, await shownNow(acting, election.id))
  return { elected: person.id, office: election.office, entered: [entered], at: toText(now) }
}

const PRESIDING: readonly string[] = ['chair', 'co-chair', 'vice-chair']

/** Who stands alone is elected, where the terms ask for no vote on it. Said again it changes nothing. */
export const electUnopposed = act({
  ...ofElections,
  name: 'elections.elect',
  input: z.object({ subject: ElectionId, allTheSame: z.literal('yes').optional() }),
  async run(acting, { allTheSame }, seen) {
    const shown = await shownNow(acting, seen.shown.election.id)
    const { election, terms, sat, entry } = shown
    if (election.state === 'elected') return { reply: await shownTo(acting, election.id), outcome: { unchanged: true } }
    mustBeOpen(seen)
    mustGoOn(shown)
    mustNotBallot(shown)
    if (!sat || !entry) throw new Error('an open meeting that does not sit')
    const binding = mayDecide(sat, { entry, item: election.item.id, now: shown.now }, terms, null)
    if (binding.outcome !== 'resolved')
      throw new Refusal(
        'not_quorate',
        'Nobody is elected without a quorum, or informally. Wait for the quorum, or leave the election to a later meeting.',
        terms.quorum.clause,
      )
    const person = aloneOr(shown)
    const silent = election.nominations.filter(({ state }) => state === 'nominated').map(({ nominee }) => nominee.name)
    if (silent.length > 0 && !allTheSame)
      throw new Doubt(
        `${silent.join(' and ')} ${silent.length === 1 ? 'has' : 'have'} not said whether they accept. Ask them first; or press “Without them”.`,
        { command: 'elections.elect', subject: election.id, values: { allTheSame: 'yes' }, label: 'Without them' },
      )
    const outcome = await elect(acting, shown, person, null)
    return { reply: await shownTo(acting, election.id), outcome }
  },
})

/** Who stands alone. @throws Refusal where nobody does, several do, or the terms ask for a vote */
function aloneOr(shown: ElectionFacts): Named {
  const { election, terms } = shown
  const { disputed } = candidatesIn(shown)
  const rule = electionRuleOf(terms, election.office)
  const [person, other] = nextCandidates(shown)
  if (!person)
    throw new Refusal('conflict', 'Nobody stands who may be elected. Nominations are open: say “nominate NAME”, and they accept.')
  if (other) throw new Refusal('conflict', 'Several stand, so it takes a ballot. Say “open the ballot”.')
  if (disputed.length > 0)
    throw new Refusal(
      'conflict',
      `Whether ${person.name} may be elected depends on how the terms are read. The person presiding rules first: press which reading counts.`,
      ruleOf(terms, election.office)?.clause,
    )
  if (rule.unopposed === 'confirmed by vote')
    throw new Refusal('conflict', 'The terms ask for a vote on who stands alone. Say “open the ballot”.', rule.basis.clause)
  return person
}
