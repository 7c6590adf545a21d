import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { whoComes } from '../apologies/rules.js'
import { COMES_TO_SERVE, placeComing } from '../boards/reach/places/rules.js'
import { placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import type { After } from '../kernel/command.js'
import { alarm, type Due, dispatch, live, type Window } from '../kernel/notice.js'
import { dayOf, fromText, toText } from '../kernel/time.js'
import { notify, refresh } from '../outbox/store.js'
import { expectedTold } from './expected/view.js'
import { hereCard } from './here/view.js'
import { entryAt, ruleAt, type Verdict } from './ledger.js'
import { ownCard, roomCard } from './own/view.js'
import { type Expected, isOpen, type Room } from './room.js'
import { openMeetings } from './sitting/store.js'
import { findRoom, lapsesBetween, roomAsItWas } from './store.js'
import { quorumChanged } from './told/view.js'
import { lastWritten, type Written, writtenEntry } from './written/store.js'

interface Seen {
  readonly room: Room
}

async function roomOf(db: Db, meeting: string, now: Temporal.Instant): Promise<Seen> {
  return { room: await roomAsItWas(db, meeting, now) }
}

/** Of a notice that only ever goes to people. */
function readerOf(audience: Audience): string {
  if (audience.kind === 'person') return audience.person
  throw new Error('a personal notice for a place')
}

/** What the holder of an office may do. */
const mayOf = ({ facts, officers, now }: Room, person: string) => {
  const offices = officers.filter((one) => one.person.id === person).map(({ office }) => office)
  const clerk = offices.includes('clerk')
  return { clerk, sees: offices.length > 0, presides: clerk || entryAt(facts, now, now).presiding?.person.id === person }
}

/** The meetings of which a dropped connection has become a departure within a span. */
const turned = async (db: Db, window: Window): Promise<readonly string[]> => [
  ...new Set((await lapsesBetween(db, window)).map(({ meeting }) => meeting)),
]

/** The card in the board's place. */
export const roomNotice = live<Seen>({
  name: 'attendance.room',
  load: async (db, meeting, _, now) => ({ facts: await roomOf(db, meeting, now) }),
  turns: turned,
  draw: ({ room }, audience) => roomCard(room, audience),
})

/** The card of the clerk and of who may preside: who is here, and what can be done. */
export const deskNotice = live<Seen>({
  name: 'attendance.desk',
  load: async (db, meeting, _, now) => ({ facts: await roomOf(db, meeting, now) }),
  turns: turned,
  draw: ({ room }, audience) => hereCard(room, mayOf(room, readerOf(audience)), audience),
})

/** Of a card of one person's own: an arrival turns that card alone, and not everybody's. */
const ownSubject = (meeting: string, person: string): string => `${meeting} ${person}`

/** Each person's own card. */
export const ownNotice = live<Seen>({
  name: 'attendance.own',
  load: async (db, subject, _, now) => ({ facts: await roomOf(db, subject.split(' ')[0] ?? '', now) }),
  turns: async () => [],
  draw: ({ room }, audience) => ownCard(room, readerOf(audience), audience),
})

interface Changed extends Seen {
  readonly written: Omit<Written, 'presiding'>
  readonly before: Verdict | null
}

/** To the clerk: when somebody comes or leaves. Its subject says all of it: meeting, person, which, and when. */
export const expectedNotice = dispatch<Seen & { readonly said: Expected }>({
  name: 'attendance.expected',
  async load(db, subject, _, now) {
    const [meeting = '', person = '', kind, at = ''] = subject.split(' ')
    const seen = await roomOf(db, meeting, now)
    const { name } = await db.selectFrom('person').select('name').where('id', '=', person).executeTakeFirstOrThrow()
    return { ...seen, said: { person: { id: person, name }, kind: kind === 'late' ? 'late' : 'leaves', at: fromText(at) } }
  },
  draw: ({ room, said }, audience) => expectedTold(room, said, audience),
})

/** To clerk and chair: the quorum was lost, or is there. Its subject is the entry of the ledger. */
export const quorumNotice = dispatch<Changed>({
  name: 'attendance.quorum_changed',
  async load(db, id, _, now) {
    const written = await writtenEntry(db, id)
    const before = await lastWritten(db, written.meeting, written.seq)
    return { ...(await roomOf(db, written.meeting, now)), written, before: before?.verdict ?? null }
  },
  draw({ room, written, before }, audience) {
    const { terms } = ruleAt(room.facts, written.at)
    return quorumChanged(room, written, before, terms, mayOf(room, readerOf(audience)), audience)
  },
})

/** A connection has not come back within the board's grace, and the quorum with it: no act says so, only time. */
export const lapsedNotice = alarm<Changed>({
  name: 'attendance.lapsed',
  async due(db, window): Promise<readonly Due[]> {
    const due: Due[] = []
    for (const { meeting, at } of await lapsesBetween(db, window)) {
      const { room } = await roomOf(db, meeting, window.until)
      const date = dayOf(at, room.facts.zone).toString()
      for (const person of toTell(room))
        due.push({ board: room.meeting.board.id, subject: `${meeting} ${toText(at)}`, person, date })
    }
    return due
  },
  async load(db, subject, _, now) {
    const [meeting = '', at = ''] = subject.split(' ')
    const seen = await roomOf(db, meeting, now)
    const { facts } = seen.room
    const lapse = fromText(at)
    const just = lapse.subtract({ milliseconds: 1 })
    const [before, entry, is] = [
      entryAt(facts, just, just),
      entryAt(facts, lapse, lapse),
      entryAt(facts, seen.room.now, seen.room.now),
    ]
    if (!isOpen(seen.room)) return { gone: 'the meeting is closed' }
    if (entry.verdict === before.verdict) return { gone: 'the quorum stood without them' }
    if (is.verdict !== entry.verdict) return { gone: 'the quorum is another by now' }
    const written = { ...entry, id: '', meeting, seq: 0, presiding: null }
    return { facts: { ...seen, written, before: before.verdict } }
  },
  draw({ room, written, before }, audience) {
    const { terms } = ruleAt(room.facts, written.at)
    return quorumChanged(room, written, before, terms, mayOf(room, readerOf(audience)), audience)
  },
})

const TOLD = ['chair', 'co-chair', 'clerk']

/** Who is told of the quorum: the clerk, the chair, and who presides in the chair's absence. */
function toTell({ facts, officers, now }: Room): readonly string[] {
  const held = officers.filter(({ office }) => TOLD.includes(office)).map(({ person }) => person.id)
  const presiding = entryAt(facts, now, now).presiding?.person.id
  return [...new Set([...held, ...(presiding ? [presiding] : [])])]
}

/** Tells clerk and chair that the quorum has changed. */
export async function tellOfQuorum(tx: Tx, room: Room, entry: string): Promise<void> {
  const { board } = room.meeting
  const people = toTell(room)
  await notify(
    tx,
    people.map((person) => ({ notice: quorumNotice, subject: entry, board: board.id, to: { person } })),
  )
}

const DESK = ['chair', 'co-chair', 'vice-chair', 'clerk']

/** Posts the cards of a meeting that is opened: in each place of the board, to its officers, and to everybody who may come. */
export async function postCards(tx: Tx, room: Room): Promise<void> {
  const { id: meeting, board } = room.meeting
  const about = { subject: meeting, board: board.id }
  const places = await placesOf(tx, board.id)
  const desks = room.officers.filter(({ office }) => DESK.includes(office)).map(({ person }) => person.id)
  await notify(tx, [
    ...places.map((place) => ({ ...about, notice: roomNotice, to: { place } })),
    ...[...new Set(desks)].map((person) => ({ ...about, notice: deskNotice, to: { person } })),
    ...ownCards(room, coming(room)),
  ])
}

/** Who is asked to say that they are there: who holds a seat and has not sent apologies, substitutes, and guests who were invited. */
function coming({ seats, guests }: Room): readonly string[] {
  const sitting = seats.flatMap((seat) => (seat.answer ? (whoComes(seat)?.id ?? []) : (seat.representative?.id ?? [])))
  const invited = guests.filter(({ as }) => as === 'invited').map(({ person }) => person.id)
  return [...new Set([...sitting, ...invited])]
}

const ownCards = ({ meeting: { id, board } }: Room, people: readonly string[]) =>
  people.map((person) => ({ notice: ownNotice, subject: ownSubject(id, person), board: board.id, to: { person } }))

/** Turns the cards of a meeting, and the own cards of these people. */
export async function turnCards(tx: Tx, { meeting: { id } }: Room, people: readonly string[]): Promise<void> {
  const own = [...new Set(people)].map((person) => ownSubject(id, person))
  await refresh(tx, [id, ...own], [roomNotice, deskNotice, ownNotice])
}

const Answered = z.object({ for: z.string().optional(), substitute: z.string().nullish(), sitting: z.string().optional() })

/** Whoever comes by an answer that was given in the meeting has a card of their own; the others show what was answered. */
export const followAnswers: After = {
  acts: ['apologies.attend', 'apologies.send', 'apologies.name_substitute', 'apologies.apologise', 'apologies.answer_for'],
  async run({ db, now }, { subject, outcome }) {
    const { for: holder, substitute, sitting } = Answered.parse(outcome)
    const room = sitting === 'open' ? await findRoom(db, subject, now) : null
    if (!room) return
    await notify(db, ownCards(room, coming(room)))
    await turnCards(
      db,
      room,
      [holder, substitute].flatMap((person) => person ?? []),
    )
  },
}

/** A place that comes to serve the board has the card of a meeting that is open. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    for (const { id } of await openMeetings(db, board, now)) {
      await notify(db, [{ notice: roomNotice, subject: id, board, to: { place } }])
      await refresh(db, id, [roomNotice])
    }
  },
}
