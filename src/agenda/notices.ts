import type { Temporal } from 'temporal-polyfill'
import { partOf } from '../boards/part/store.js'
import { COMES_TO_SERVE, placeComing } from '../boards/reach/places/rules.js'
import { placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import { personOf } from '../kernel/actor.js'
import type { Audience } from '../kernel/audience.js'
import type { Acting, After } from '../kernel/command.js'
import { dispatch } from '../kernel/notice.js'
import type { Pass } from '../kernel/restricted.js'
import type { Card } from '../kernel/view.js'
import { boardDay, type Called, type Meeting } from '../meetings/rules.js'
import { concerned, meetingAsItWas, meetingsOf } from '../meetings/store.js'
import { notify } from '../outbox/store.js'
import { invitedTo } from './invitations/store.js'
import { answeredCard, proposedCard } from './items/view.js'
import { type Invited, type Item, type Kept, numberOf, titleFor, UNLISTED } from './rules.js'
import { clerkOn, findAgenda, meetingOfItem, passFor } from './store.js'
import { agendaCard, type Clerk, type MayDo, pleaseAgreeCard } from './view.js'

export interface Shown {
  readonly meeting: Meeting
  readonly agenda: Kept
  readonly clerk: Clerk
  readonly pass: Pass | null
  readonly invited: readonly Invited[]
}

/** An agenda as an audience may see it: a place, and whoever has no part in the board, without what is not on the public one. */
export async function shownTo(db: Db, meeting: Meeting, audience: Audience, now: Temporal.Instant): Promise<Shown> {
  const { board, terms, termsId } = meeting
  const agenda = await findAgenda(db, meeting.id)
  if (!agenda) throw new Error('a meeting without an agenda was told of')
  const day = boardDay(board, now)
  const ruled = { board, inForce: { terms, termsId } }
  const pass =
    audience.kind === 'person'
      ? await passFor(db, meeting, await partOf(db, ruled, audience.person, day, now), audience.person)
      : null
  // Who is invited is for those who sit there to know.
  const invited = pass ? await invitedTo(db, meeting.id) : []
  return { meeting, agenda, clerk: await clerkOn(db, board.id, day), pass, invited }
}

const LOOKING_ON: MayDo = { arrange: false, propose: false, agree: false, addLate: false, invite: false }

/** To everyone concerned: the agenda, once it is agreed. Its subject is the meeting, whose agenda is agreed once. */
export const agreed = dispatch<Shown>({
  name: 'agenda.agreed',
  inOpenPlaces: true,
  load: async (db, meeting, audience, now) => shownTo(db, await meetingAsItWas(db, meeting, now), audience, now),
  draw: (shown, audience) => agendaCard(shown.meeting, { ...shown, may: LOOKING_ON }, shown.meeting.terms, null, audience),
})

/** The draft, with the button that agrees it. */
export function askedToAgree(shown: Shown, audience: Audience): Card {
  const { meeting } = shown
  const may = { ...LOOKING_ON, agree: true }
  return pleaseAgreeCard(agendaCard(meeting, { ...shown, may }, meeting.terms, null, audience))
}

/** To those whose it is to agree it: the draft, which the clerk has put to them. */
export const pleaseAgree = dispatch<Shown>({
  name: 'agenda.please_agree',
  load: async (db, meeting, audience, now) => shownTo(db, await meetingAsItWas(db, meeting, now), audience, now),
  draw: askedToAgree,
})

interface OfItem extends Shown {
  readonly item: Item
}

async function itemShown(db: Db, id: string, audience: Audience, now: Temporal.Instant): Promise<OfItem> {
  const of = await meetingOfItem(db, id)
  if (of === null) throw new Error('an item without a meeting was told of')
  const shown = await shownTo(db, await meetingAsItWas(db, of, now), audience, now)
  const item = shown.agenda.items.find((one) => one.id === id)
  if (!item) throw new Error('an item has gone from its agenda')
  return { ...shown, item }
}

/** To the clerk: a proposal. */
export const proposed = dispatch<OfItem>({
  name: 'agenda.proposed',
  load: itemShown,
  draw: ({ meeting, item, pass }, audience) => proposedCard(meeting, item, pass, audience),
})

/** To whoever proposed an item: that it was placed. */
export const placed = dispatch<OfItem>({
  name: 'agenda.placed',
  load: itemShown,
  draw: ({ meeting, item, pass }, audience) => answeredCard(meeting, item, pass, audience),
})

/** To whoever proposed an item: that it is not taken, and why. */
export const declined = dispatch<OfItem>({
  name: 'agenda.declined',
  load: itemShown,
  draw: ({ meeting, item, pass }, audience) => answeredCard(meeting, item, pass, audience),
})

/** "B3 Knife crime", as far as whoever is told may know. */
function named({ item, pass }: OfItem): string {
  const title = titleFor(item.title, pass)
  return title === null ? 'not on the public agenda' : `${numberOf(item) ?? ''} ${title}`
}

/** To everyone concerned: a late item. Its subject is the item. */
export const late = dispatch<OfItem>({
  name: 'agenda.late',
  inOpenPlaces: true,
  load: itemShown,
  draw: (shown, audience) =>
    agendaCard(
      shown.meeting,
      { ...shown, may: LOOKING_ON },
      shown.meeting.terms,
      null,
      audience,
      `A late item was added: ${named(shown)}.`,
    ),
})

/** To everyone concerned: that an item was taken off an agreed agenda. Its subject is the item. */
export const withdrawn = dispatch<OfItem>({
  name: 'agenda.withdrawn',
  inOpenPlaces: true,
  load: itemShown,
  draw: (shown, audience) =>
    agendaCard(
      shown.meeting,
      { ...shown, may: LOOKING_ON },
      shown.meeting.terms,
      null,
      audience,
      `An item was withdrawn: ${named(shown)}.`,
    ),
})

/** Tells of a late or a withdrawn item: everyone; of one that is not on the public agenda those alone who may see it. */
export async function tellOfItem(
  { db, actor, now }: Acting,
  notice: typeof late,
  meeting: Meeting,
  { id, letter }: Item,
): Promise<void> {
  const by = personOf(actor)
  if (letter !== UNLISTED) return tellAll(db, meeting, notice, id, by)
  const { board, terms, termsId } = meeting
  const ruled = { board, inForce: { terms, termsId } }
  for (const person of await concerned(db, meeting)) {
    const part = await partOf(db, ruled, person, boardDay(board, now), now)
    if (person === by || !(await passFor(db, meeting, part, person))) continue
    await notify(db, [{ notice, subject: id, board: board.id, to: { person } }])
  }
}

/** Tells everyone concerned, but for who did it, and the board's places. */
export async function tellAll(tx: Tx, meeting: Called, notice: typeof agreed, subject: string, by: string | null): Promise<void> {
  const about = { notice, subject, board: meeting.board.id }
  const people = (await concerned(tx, meeting)).filter((person) => person !== by)
  const places = await placesOf(tx, meeting.board.id)
  await notify(tx, [
    ...places.map((place) => ({ ...about, to: { place } })),
    ...people.map((person) => ({ ...about, to: { person } })),
  ])
}

/** A place that comes to serve the board has the agendas of its coming meetings that are agreed. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    for (const { id } of await meetingsOf(db, board, { from: now })) {
      const agenda = await findAgenda(db, id)
      if (agenda?.agreed) await notify(db, [{ notice: agreed, subject: id, board, to: { place } }])
    }
  },
}
