import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { passFor } from '../../agenda/store.js'
import { partOf } from '../../boards/part/store.js'
import { COMES_TO_SERVE, placeComing } from '../../boards/reach/places/rules.js'
import { placesOf } from '../../boards/store.js'
import type { Db, Tx } from '../../db/schema.js'
import type { After } from '../../kernel/command.js'
import { dispatch } from '../../kernel/notice.js'
import { boardDay, isOver, type Meeting } from '../../meetings/rules.js'
import { meetingAsItWas, meetingsOf } from '../../meetings/store.js'
import { addressOf } from '../../outbox/reach.js'
import { notify } from '../../outbox/store.js'
import { packFor } from '../notices.js'
import type { Paper, Version } from '../rules.js'
import { passAsAuthor } from '../store.js'
import {
  addDispatches,
  CIRCULATED,
  circulationsOf,
  dispatchedIn,
  dispatchTo,
  findCirculation,
  meetingOfCirculation,
  type NewDispatch,
  readersOf,
} from './store.js'
import { type SentOut, sentOutCard } from './view.js'

/** To everyone entitled, and into the board's places: what was sent out. Its subject is the circulation, which never changes. */
export const circulated = dispatch<SentOut>({
  name: CIRCULATED,
  async load(db, id, audience, now) {
    const meeting = await meetingOfCirculation(db, id)
    if (meeting === null) throw new Error('a circulation of no meeting was told of')
    const circulation = await findCirculation(db, id)
    if (!circulation) throw new Error('a circulation has gone from its meeting')
    const pack = await packFor(db, meeting, audience, now)
    const own = audience.kind === 'person' ? await dispatchTo(db, id, audience.person) : null
    const went = circulation.papers.flatMap(({ version: which }) => {
      const paper = pack.papers.find(({ versions }) => versions.some((one) => one.id === which))
      const version = paper?.versions.find((one) => one.id === which)
      if (!paper || !version) return []
      const pass = audience.kind === 'person' ? passAsAuthor(pack.pass, audience.person, paper) : null
      return [{ paper, version, pass }]
    })
    // A place is as wide as everyone who reads there; a person sees what was sent to them, if it is still theirs to see.
    const papers = went.filter(({ paper, version, pass }) =>
      own === null ? !paper.restricted : own.versions.includes(version.id) && (!paper.restricted || pass !== null),
    )
    return { pack, circulation, papers, byHand: own && byHandTo(own), own }
  },
  draw: sentOutCard,
})

const byHandTo = ({ way, secure }: Pick<NewDispatch, 'way' | 'secure'>) =>
  way === 'chat without files' ? 'the papers' : secure === 'by hand' ? 'the restricted papers' : null

/** A paper that goes, and the version that does. */
interface Goes {
  readonly paper: Paper
  readonly version: Version
}

/**
 * What of some papers goes to each of some people, and how: restricted ones to those alone who have a pass.
 * @param links whether papers can be opened by a link
 * @param by who circulates them, and has them
 */
export async function entitled(
  db: Db,
  meeting: Meeting,
  people: readonly string[],
  papers: readonly Goes[],
  { links, by, now }: { readonly links: boolean; readonly by: string | null; readonly now: Temporal.Instant },
): Promise<readonly NewDispatch[]> {
  const { board, terms, termsId } = meeting
  const restricted = papers.some(({ paper }) => paper.restricted)
  const day = boardDay(board, now)
  const found: NewDispatch[] = []
  for (const person of people) {
    const part = restricted ? await partOf(db, { board, inForce: { terms, termsId } }, person, day, now) : null
    const pass = part ? await passFor(db, meeting, part, person) : null
    const own = papers.filter(({ paper }) => !paper.restricted || pass !== null || paper.author?.id === person)
    const closed = own.some(({ paper }) => paper.restricted)
    const address = await addressOf(db, person)
    const chat = address !== undefined
    // Without a link a file is opened where it can be handed over, and a restricted one is not.
    const lacking = own.filter(({ version }) => version.isFile && !links && person !== by)
    const lacks = lacking.length > 0 && address?.takes_files !== 1
    const lacksClosed = lacking.some(({ paper }) => paper.restricted)
    const way = chat ? (lacks ? ('chat without files' as const) : ('chat' as const)) : ('by hand' as const)
    const linked = links ? ('link' as const) : null
    const secure = !closed ? null : chat && !lacks && !lacksClosed ? linked : ('by hand' as const)
    found.push({ person, way, secure, papers: own.map(({ version }) => version.id) })
  }
  return found
}

/** The first circulation has the agenda for everyone; a supplement goes to those alone for whom there is something in it. */
export const havingSome = (number: number, people: readonly NewDispatch[]): readonly NewDispatch[] =>
  people.filter(({ papers }) => number === 1 || papers.length > 0)

/** Puts on the record what goes to whom, and queues the messages. */
export async function sendOut(
  tx: Tx,
  circulation: string,
  board: string,
  people: readonly NewDispatch[],
  now: Temporal.Instant,
): Promise<void> {
  await addDispatches(tx, circulation, people, now)
  const about = { notice: circulated, subject: circulation, board }
  await notify(
    tx,
    people.filter(({ way }) => way !== 'by hand').map(({ person }) => ({ ...about, to: { person } })),
  )
}

/** Queues the public part of what was sent for the board's places. */
export async function tellPlaces(tx: Tx, circulation: string, board: string): Promise<void> {
  const places = await placesOf(tx, board)
  await notify(
    tx,
    places.map((place) => ({ notice: circulated, subject: circulation, board, to: { place } })),
  )
}

/** Sends what was sent out before to those who have come to a meeting since: a substitute, somebody invited, a new member. */
async function catchUp(tx: Tx, of: string, now: Temporal.Instant, links: boolean): Promise<void> {
  const earlier = await circulationsOf(tx, of)
  if (earlier.length === 0) return
  const meeting = await meetingAsItWas(tx, of, now)
  if (meeting.cancelled || isOver(meeting, now)) return
  const readers = await readersOf(tx, meeting)
  for (const circulation of earlier) {
    const known = await dispatchedIn(tx, circulation.id)
    const fresh = readers.filter((person) => !known.includes(person))
    if (fresh.length === 0) continue
    const pack = await packFor(tx, of, { kind: 'public' }, now)
    const papers = circulation.papers.flatMap(({ version: which }) => {
      const paper = pack.papers.find(({ versions }) => versions.some((one) => one.id === which))
      const version = paper?.versions.find((one) => one.id === which)
      return paper && version && version.retracted === null ? [{ paper, version }] : []
    })
    const people = havingSome(circulation.number, await entitled(tx, meeting, fresh, papers, { links, by: null, now }))
    await sendOut(tx, circulation.id, meeting.board.id, people, now)
  }
}

const Answered = z.object({ circulated: z.literal(true) })

/** Who is named to come to a meeting after its papers went has them too. */
export const followPeople: After = {
  acts: ['apologies.send', 'apologies.name_substitute', 'apologies.apologise', 'apologies.answer_for'],
  async run({ db, now, publicUrl }, { subject, outcome }) {
    if (Answered.safeParse(outcome).data?.circulated) await catchUp(db, subject, now, publicUrl !== null)
  },
}

/** The same of a roster that changes. */
export const followRoster: After = {
  acts: ['agenda.invite', 'apologies.confirm_person', 'boards.import_roster', 'boards.appoint', 'boards.handed_over'],
  async run({ db, now, publicUrl }, { board }) {
    for (const meeting of await comingOf(db, board, now)) await catchUp(db, meeting, now, publicUrl !== null)
  },
}

/** The meetings of a board that are not over: an adjourned one may go on days later. */
const comingOf = async (db: Db, board: string, now: Temporal.Instant): Promise<readonly string[]> =>
  (await meetingsOf(db, board, { from: now.subtract({ hours: 24 * 7 }) })).filter((one) => !isOver(one, now)).map(({ id }) => id)

/** A place that comes to serve the board has what was sent out for its coming meetings. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    for (const meeting of await meetingsOf(db, board, { from: now })) {
      const sent = await circulationsOf(db, meeting.id)
      await notify(
        db,
        sent.map(({ id }) => ({ notice: circulated, subject: id, board, to: { place } })),
      )
    }
  },
}
