import { z } from 'zod'
import { type Item, numberOf, titleFor } from '../agenda/rules.js'
import { findAgenda, meetingOfItem, passFor } from '../agenda/store.js'
import { loadWholly, mustBeOpen, mustBePresided, type There } from '../attendance/command.js'
import { officeInWords } from '../boards/offices/rules.js'
import { standingIn } from '../boards/part/store.js'
import { audienceOf } from '../kernel/actor.js'
import { type About, type Acting, type Asking, act, besideReply, cardReply, query, type Reply } from '../kernel/command.js'
import { ElectionId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass } from '../kernel/restricted.js'
import { electionOfRound } from './balloting/store.js'
import { electionFacts } from './card/store.js'
import { closedCard, deskCard, ownCard } from './card/view.js'
import { whyNotElected } from './eligibility.js'
import type { ElectionFacts } from './facts.js'
import { mayOf, postElection, turnElection } from './notices.js'
import { type Election, type Elective, isOver, officesIn, underWay } from './rules.js'
import { electionsOf, findElection, meetingOfElection, setElection } from './store.js'

const UNKNOWN = 'I know of no such election. Say “elections” for those of the meeting.'
const UNKNOWN_ITEM = 'I know of no such item. Say “agenda” for what is on it.'

/** An election in the room of its meeting. */
export interface OnElection extends There {
  readonly shown: ElectionFacts
  readonly pass: Pass | null
}

async function passIn({ db, actor, now }: Asking, { meeting }: There): Promise<Pass | null> {
  const standing = await standingIn(db, meeting.board.id, actor, now)
  return standing ? passFor(db, meeting, standing.part, actor.person) : null
}

/** An election that somebody may know of. @throws Refusal `not_found`, alike for what is hidden and what is not there */
export async function electionOr(asking: Asking, { subject }: About): Promise<OnElection> {
  const meeting = await meetingOfElection(asking.db, subject)
  if (meeting === null) throw new Refusal('not_found', UNKNOWN)
  const room = await loadWholly(asking, { subject: meeting })
  const shown = await electionFacts(asking.db, subject, asking.now)
  const pass = await passIn(asking, room)
  if (!shown || ('hidden' in shown.election.item.title && !pass)) throw new Refusal('not_found', UNKNOWN)
  return { ...room, shown, pass }
}

/** The election of a ballot. @throws Refusal `not_found` */
export async function ballotOr(asking: Asking, { subject }: About): Promise<OnElection> {
  const election = await electionOfRound(asking.db, subject)
  if (election === null) throw new Refusal('not_found', 'I know of no such ballot. Say “elections” for those of the meeting.')
  return electionOr(asking, { subject: election })
}

/** What an item of the agenda is to elect, and the election where there is one. */
export interface OnOffice extends There {
  readonly item: Item
  /** those that its title names */
  readonly offices: readonly Elective[]
  readonly elections: readonly Election[]
}

/** An item on the agenda, or that of an election. @throws Refusal `not_found`, alike for what is hidden and what is not there */
export async function officeOr(asking: Asking, { subject }: About): Promise<OnOffice> {
  const { db } = asking
  const election = await findElection(db, subject)
  const id = election?.item.id ?? subject
  const meeting = await meetingOfItem(db, id)
  if (meeting === null) throw new Refusal('not_found', UNKNOWN_ITEM)
  const room = await loadWholly(asking, { subject: meeting })
  const pass = await passIn(asking, room)
  const agenda = await findAgenda(db, meeting)
  const item = agenda?.items.find((one) => one.id === id)
  const title = item && titleFor(item.title, pass)
  if (item?.state !== 'placed' || typeof title !== 'string') throw new Refusal('not_found', UNKNOWN_ITEM)
  const elections = (await electionsOf(db, meeting)).filter((one) => one.item.id === id)
  return { ...room, item, offices: election ? [election.office] : officesIn(title), elections }
}

/**
 * To which office an item elects.
 * @throws Refusal `invalid` where its title names none, `unclear` where it names several, `conflict` for one that is not elected
 */
export function officeOf({ item, offices, meeting }: OnOffice, said: Elective | undefined): Elective {
  const office = said ?? offices[0]
  // What is kept of a refusal says nothing of an item that is not on the public agenda.
  const number = 'hidden' in item.title ? 'That item' : (numberOf(item) ?? 'That item')
  if (office === undefined || (said !== undefined && offices.length > 0 && !offices.includes(said)))
    throw new Refusal(
      'invalid',
      `${number} is not the election of ${said ? `a ${officeInWords(said)}` : 'anybody'}. The clerk gives the agenda an item such as “Election of Vice-Chair”.`,
    )
  if (said === undefined && offices.length > 1)
    throw new Refusal(
      'unclear',
      `${number} is the election of several. Say to which office, as in “nominate NAME as vice-chair”.`,
    )
  const not = whyNotElected(meeting.terms, office)
  const clause = meeting.terms.offices.find((rule) => rule.office === office)?.clause
  if (not) throw new Refusal('conflict', `${not} See the terms: say “terms”.`, clause)
  return office
}

/** How an election stands, for who asks: officers and who presides see the desk's card, others their own. */
export async function shownTo(asking: Asking, id: string, said?: string): Promise<Reply> {
  const shown = await electionFacts(asking.db, id, asking.now)
  if (!shown) throw new Refusal('not_found', UNKNOWN)
  return cardReply(cardFor(asking, shown, said))
}

export function cardFor({ actor }: Asking, shown: ElectionFacts, said?: string) {
  const audience = audienceOf(actor)
  const may = mayOf(shown, actor.person)
  if (!maySee(shown, actor.person)) return closedCard(shown, audience)
  const own = ownCard(shown, actor.person, audience)
  if (!may.presides && !shown.officers.some(({ person }) => person.id === actor.person)) return own
  const desk = deskCard(shown, may, audience, said)
  // What is theirs alone stands beneath what they do for the board.
  const mine = own.body.filter((node) => node.node === 'buttons' && node.buttons.some(({ command }) => OWN.includes(command)))
  return { ...desk, body: [...desk.body, ...mine] }
}

/** Who may see an election that is closed to the public: officers, and who may vote in it or be elected. */
const maySee = ({ election, officers, roll, eligible }: ElectionFacts, person: string): boolean =>
  election.openness === 'open' || [...officers, ...roll, ...eligible].some((one) => one.person.id === person)

const OWN = ['elections.answer', 'elections.cast', 'elections.cast_form']

export const ofElections = {
  load: electionOr,
  board: ({ meeting }: OnElection) => meeting.board.id,
  allow: (_: unknown, { presides }: OnElection): boolean => presides,
  redraw: (asking: Asking, { shown }: OnElection): Promise<Reply> => shownTo(asking, shown.election.id),
}

/** An election as it stands after what was done to it in this transaction. */
export async function shownNow({ db, now }: Acting, id: string): Promise<ElectionFacts> {
  const shown = await electionFacts(db, id, now)
  if (!shown) throw new Error('an election that was just changed is not there')
  return shown
}

/** "A5", in what is refused. */
export const itemOf = ({ election }: ElectionFacts): string =>
  'hidden' in election.item.title ? 'That election' : `The election of the ${officeInWords(election.office)}`

/** @throws Refusal `conflict` once somebody is elected, or it was called off */
export function mustGoOn(shown: ElectionFacts): void {
  if (!isOver(shown.election)) return
  const why = shown.election.state === 'elected' ? 'somebody is elected' : 'it was called off'
  throw new Refusal('conflict', `${itemOf(shown)} is over: ${why}. Say “elections” for how it went.`)
}

/** @throws Refusal `conflict` while a ballot is open, or cannot be opened */
export function mustNotBallot(shown: ElectionFacts): void {
  const round = underWay(shown.election)
  if (!round) return
  throw new Refusal(
    'conflict',
    round.state === 'open'
      ? 'A ballot is open, and who stands on it does not change. Close it first, or stop it uncounted.'
      : 'The ballot is stuck. Open it again once its key is back, or discard it unopened.',
  )
}

/** How an election stands. */
export const show = query({
  name: 'elections.show',
  input: z.object({ subject: ElectionId }),
  load: electionOr,
  allow: () => true,
  async run(asking, _, { shown }) {
    return besideReply(cardFor(asking, shown))
  },
})

/** Who presides rules by which reading of the terms somebody is eligible. Said again it changes nothing. */
export const rule = act({
  ...ofElections,
  name: 'elections.rule',
  input: z.object({ subject: ElectionId, reading: z.string().min(1).max(200) }),
  async run(acting, { reading }, { shown, ...room }) {
    mustBeOpen(room)
    mustBePresided(room)
    mustGoOn(shown)
    mustNotBallot(shown)
    if (!shown.readings.some(({ name }) => name === reading))
      throw new Refusal('invalid', 'The terms bear no such reading. Press one of those that the card shows.')
    const { id } = shown.election
    if (shown.election.reading === reading) return { reply: await shownTo(acting, id), outcome: { unchanged: true } }
    await setElection(acting.db, id, { reading })
    await turnElection(acting.db, id, [])
    return { reply: await shownTo(acting, id, 'It is so ruled, and recorded.'), outcome: { reading } }
  },
})

/** Calls an election off: nobody is elected, and whoever holds the office stays. */
export const callOff = act({
  ...ofElections,
  name: 'elections.call_off',
  input: z.object({ subject: ElectionId }),
  async run(acting, _, { shown }) {
    const { id, state } = shown.election
    if (state === 'called off') return { reply: await shownTo(acting, id), outcome: { unchanged: true } }
    mustGoOn(shown)
    mustNotBallot(shown)
    await setElection(acting.db, id, { state: 'called off' })
    await postElection(acting.db, await shownNow(acting, id))
    return { reply: await shownTo(acting, id), outcome: { calledOff: true } }
  },
})
