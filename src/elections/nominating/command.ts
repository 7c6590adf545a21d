import { z } from 'zod'
import type { There } from '../../attendance/command.js'
import { placeOf, sitsOf, stateOf } from '../../attendance/room.js'
import { officeInWords, ruleOf } from '../../boards/offices/rules.js'
import type { Named } from '../../boards/rules.js'
import { type Actor, audienceOf, personOf } from '../../kernel/actor.js'
import { type Acting, act, formReply, query } from '../../kernel/command.js'
import { ElectionId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { meetingTime } from '../../meetings/rules.js'
import { peopleCalled } from '../../votes/store.js'
import { factsOf } from '../card/store.js'
import {
  itemOf,
  mustGoOn,
  mustNotBallot,
  type OnElection,
  type OnOffice,
  ofElections,
  officeOf,
  officeOr,
  shownNow,
  shownTo,
} from '../command.js'
import { type ElectionFacts, heldIn, nextCandidates } from '../facts.js'
import { postElection, postTo, turnElection } from '../notices.js'
import type { Election, Elective } from '../rules.js'
import { addElection, findElection, saveNomination, setElection } from '../store.js'
import { answered, nominated, seconded } from './rules.js'
import { nominateForm } from './view.js'

const OFFICES: readonly Elective[] = ['chair', 'vice-chair', 'co-chair']
const office = z.enum(OFFICES as ['chair', 'vice-chair', 'co-chair']).optional()

/** Whether somebody speaks for a member: represents one, or substitutes at this meeting. */
const isMemberHere = (room: There, person: string): boolean =>
  sitsOf(room, person).some(
    ({ seat, capacity }) =>
      (capacity === 'representative' || capacity === 'substitute') && placeOf(room, seat)?.invited === false,
  )

const NOT_A_MEMBER =
  'Only the members of this board nominate and second. Who presides, or the clerk, records it of one, as in “NAME nominates NAME”.'

/** Those who speak for members at the meeting. */
const membersHere = (room: There): readonly Named[] => {
  const people = room.seats.flatMap(({ representative, answer }) => [
    ...(representative ? [representative] : []),
    ...(answer?.substitute ? [answer.substitute] : []),
  ])
  return people
    .filter(({ id }, at) => people.findIndex((one) => one.id === id) === at && isMemberHere(room, id))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** Who proposes or seconds: the speaker; for who presides, or the clerk, whoever they say it of. @throws Refusal */
function memberSaid(room: There, actor: Actor, said: string | undefined): Named {
  const id = said ?? actor.person
  if (id !== actor.person && !room.presides)
    throw new Refusal('not_permitted', 'You nominate and second for yourself. Who presides, or the clerk, records it of others.')
  const found = membersHere(room).find((one) => one.id === id)
  if (!found) throw new Refusal('not_permitted', NOT_A_MEMBER)
  return found
}

function mustNotBeOver(room: There): void {
  if (stateOf(room) === 'closed')
    throw new Refusal('too_late', `The meeting of ${meetingTime(room.meeting)} is closed. Nominate for the next one.`)
}

/** Who may be elected, of those whom the roster names. @throws Refusal `not_permitted`, with the clause */
function eligibleOr(shown: ElectionFacts, person: string, name: string): Named {
  const found = shown.eligible.find((one) => one.person.id === person)
  const { reading, office: elective } = shown.election
  if (found && (reading === null || found.readings.includes(reading))) return found.person
  const rule = ruleOf(shown.terms, shown.election.office)
  const among =
    rule && rule.from.length > 0
      ? `those who represent a ${rule.from.join(' or a ')}`
      : 'the members who represent a seat of the board'
  throw new Refusal(
    'not_permitted',
    `${name} cannot be elected ${officeInWords(shown.election.office)}: it is from among ${among}${elective === 'chair' ? '' : ', other than the Chair'}. Nominate one of them.`,
    rule?.clause,
  )
}

/** An election that is begun, or the one that there is. */
async function begun({ db, actor }: Acting, seen: OnOffice, which: Elective): Promise<Election> {
  const there = seen.elections.find((one) => one.office === which)
  if (there) return there
  const id = await addElection(db, {
    meeting: seen.meeting.id,
    item: seen.item.id,
    office: which,
    termsId: seen.meeting.termsId,
    at: seen.now,
    by: personOf(actor),
  })
  const election = await findElection(db, id)
  if (!election) throw new Error('an election that was just begun is not there')
  return election
}

/** Nominates somebody, in advance or from the floor; the first nomination begins the election. */
export const nominate = act({
  name: 'elections.nominate',
  load: officeOr,
  board: ({ meeting }: OnOffice) => meeting.board.id,
  allow: () => true,
  input: z.object({
    subject: ElectionId,
    office,
    nominee: PersonId,
    proposer: z.union([z.literal(''), PersonId]).optional(),
    seconder: z.union([z.literal(''), PersonId]).optional(),
  }),
  redraw: async (asking, { elections }) => {
    const [election] = elections
    if (!election) throw new Refusal('not_found', 'I know of no such election.')
    return shownTo(asking, election.id)
  },
  async run(acting, { office: said, nominee, proposer, seconder }, seen) {
    const { db, actor } = acting
    mustNotBeOver(seen)
    const which = officeOf(seen, said)
    const by = memberSaid(seen, actor, proposer || undefined)
    const second = seconder ? memberSaid(seen, actor, seconder) : null
    const election = await begun(acting, seen, which)
    const shown = await factsOf(db, election, acting.now)
    // What was called off is begun again by whoever nominates.
    const again = election.state === 'called off'
    if (!again) mustGoOn(shown)
    mustNotBallot(shown)
    if (election.state !== 'nominations' && !again)
      throw new Refusal(
        'too_late',
        `${itemOf(shown)} has had its first ballot, and nobody is nominated meanwhile. The person presiding goes on with it, or calls it off.`,
      )
    const person = eligibleOr(shown, nominee, (await peopleCalled(db, [nominee]))[0]?.name ?? 'That person')
    const next = nominated(election.nominations, { nominee: person, proposer: by, seconder: second })
    if (!next && !again) return { reply: await shownTo(acting, election.id), outcome: { unchanged: true } }
    if (again) await setElection(db, election.id, { state: 'nominations' })
    const nomination = next ?? election.nominations.find(({ nominee: one }) => one.id === person.id)
    if (!nomination) throw new Error('somebody was nominated who is not')
    await saveNomination(db, election.id, nomination, { at: seen.now, by: personOf(actor) })
    const after = await shownNow(acting, election.id)
    if (election.nominations.length === 0) await postElection(db, after)
    await turnElection(db, election.id, [])
    await postTo(db, after, [person.id])
    const outcome = {
      election: election.id,
      nominee: person.id,
      proposer: by.id,
      seconder: second?.id ?? null,
      state: nomination.state,
    }
    return { reply: await shownTo(acting, election.id, `${person.name} is nominated.`), outcome }
  },
})

export const nominateAsk = query({
  name: 'elections.nominate_form',
  input: z.object({ subject: ElectionId, office }),
  load: officeOr,
  allow: () => true,
  async run(asking, { office: said }, seen) {
    mustNotBeOver(seen)
    const which = officeOf(seen, said)
    const members = membersHere(seen)
    const { actor } = asking
    if (!seen.presides && !members.some(({ id }) => id === actor.person)) throw new Refusal('not_permitted', NOT_A_MEMBER)
    const there = seen.elections.find((one) => one.office === which)
    const unbegun: Election = {
      id: '',
      meeting: seen.meeting.id,
      item: seen.item,
      openness: 'open',
      office: which,
      state: 'nominations',
      reading: null,
      elected: null,
      decision: null,
      terms: seen.meeting.terms,
      termsId: seen.meeting.termsId,
      beganAt: seen.now,
      nominations: [],
      rounds: [],
    }
    const shown = await factsOf(asking.db, there ?? unbegun, asking.now)
    if (shown.election.state !== 'called off') mustGoOn(shown)
    const eligible = shown.eligible.map((one) => ({ ...one, body: shown.seats.get(one.seat)?.body ?? one.organisation }))
    if (eligible.length === 0)
      throw new Refusal('conflict', `Nobody on the roster may be elected ${officeInWords(which)}. The clerk looks at the roster.`)
    const proposers = seen.presides ? members : []
    const when = [`For the meeting of ${meetingTime(seen.meeting)}.`]
    return formReply(nominateForm({ subject: seen.item.id, office: which, when, eligible, proposers }, audienceOf(actor)))
  },
})

/** The nomination of somebody in an election. @throws Refusal `not_found` */
function nominationOf({ shown }: OnElection, person: string) {
  const found = shown.election.nominations.find(({ nominee }) => nominee.id === person)
  if (!found)
    throw new Refusal('not_found', 'They are not nominated. Say “elections” for who is, or “nominate NAME as vice-chair”.')
  return found
}

/** Seconds a nomination; no terms that we know ask for it, and it is recorded where somebody does. */
export const second = act({
  ...ofElections,
  name: 'elections.second',
  allow: () => true,
  input: z.object({ subject: ElectionId, nominee: PersonId, seconder: PersonId.optional() }),
  async run(acting, { nominee, seconder }, seen) {
    mustNotBeOver(seen)
    mustGoOn(seen.shown)
    mustNotBallot(seen.shown)
    const { id } = seen.shown.election
    const next = seconded(nominationOf(seen, nominee), memberSaid(seen, acting.actor, seconder))
    if (!next) return { reply: await shownTo(acting, id), outcome: { unchanged: true } }
    await saveNomination(acting.db, id, next, { at: seen.now, by: personOf(acting.actor) })
    await turnElection(acting.db, id, [nominee])
    return { reply: await shownTo(acting, id), outcome: { nominee, seconder: next.seconder?.id ?? null } }
  },
})

/**
 * Somebody stands no more between two ballots: it goes on among who is left, or nominations are open again. Who had dropped
 * out before changes nothing by it.
 */
async function goOnWithout(acting: Acting, id: string, person: string): Promise<void> {
  const shown = await shownNow(acting, id)
  if (heldIn(shown.election).at(-1)?.candidates.includes(person) !== true) return
  const left = nextCandidates(shown)
  await setElection(acting.db, id, { state: left.length > 0 ? 'balloting' : 'nominations' })
  await postElection(acting.db, await shownNow(acting, id))
}

/** What a nominee says to it; who presides, or the clerk, records what they are told. */
export const answer = act({
  ...ofElections,
  name: 'elections.answer',
  allow: () => true,
  input: z.object({ subject: ElectionId, answer: z.enum(['accepted', 'declined', 'withdrawn']), nominee: PersonId.optional() }),
  async run(acting, { answer: says, nominee }, seen) {
    const { actor, db } = acting
    const whom = nominee ?? actor.person
    if (whom !== actor.person && !seen.presides)
      throw new Refusal(
        'not_permitted',
        'Only they say whether they stand; who presides, or the clerk, records what they are told.',
      )
    mustGoOn(seen.shown)
    mustNotBallot(seen.shown)
    const { id } = seen.shown.election
    const next = answered(nominationOf(seen, whom), says)
    if (!next) return { reply: await shownTo(acting, id), outcome: { unchanged: true } }
    await saveNomination(db, id, next, { at: seen.now, by: personOf(actor) })
    if (seen.shown.election.state !== 'nominations') await goOnWithout(acting, id, whom)
    await turnElection(db, id, [whom])
    return { reply: await shownTo(acting, id), outcome: { nominee: whom, state: next.state } }
  },
})
