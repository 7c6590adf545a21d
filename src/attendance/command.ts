import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { hasPart } from '../boards/part/rules.js'
import { standingIn } from '../boards/part/store.js'
import type { Named } from '../boards/rules.js'
import { type Actor, audienceOf, isOperator, personOf } from '../kernel/actor.js'
import { type About, type Acted, type Acting, type Asking, act, cardReply, query, type Reply } from '../kernel/command.js'
import { MeetingId, newId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { isOnline, meetingTime } from '../meetings/rules.js'
import { hereCard } from './here/view.js'
import { type Entry, entryAt, ruleAt } from './ledger.js'
import { tellOfQuorum, turnCards } from './notices.js'
import { ownCard } from './own/view.js'
import { type Room, sitsOf, stateOf } from './room.js'
import { arrive as arriving, depart, type Marked, type Mode, NOBODY_NAMED, type Sits, type Spell } from './rules.js'
import { findRoom, saveSpells } from './store.js'
import { quorumCard } from './told/view.js'
import { lastWritten, type Written, writeEntry } from './written/store.js'

const UNKNOWN = 'I know of no such meeting. Say "meetings" for those that are coming.'

/** A meeting's room, and what the person is to it. */
export interface There extends Room {
  /** for what they sit: nothing for who is there by no right of their own */
  readonly sits: readonly Sits[]
  /** keeps the attendance */
  readonly clerk: boolean
  /** presides now, or keeps the attendance for who does */
  readonly presides: boolean
  /** holds an office of the board */
  readonly officer: boolean
}

/** The room of a meeting; to who has nothing to do with its board, it is as if there were none. */
export async function load(asking: Asking, { subject }: About): Promise<There> {
  const { db, actor, now } = asking
  const room = await findRoom(db, subject, now, actor.person)
  if (room?.meeting.board.tenant !== actor.tenant) throw new Refusal('not_found', UNKNOWN)
  const there = seenBy(room, actor)
  if (there.sits.length > 0 || there.officer) return there
  const standing = await standingIn(db, room.meeting.board.id, actor, now)
  if (!standing || !hasPart(standing.part)) throw new Refusal('not_found', UNKNOWN)
  return there
}

/** The room as it is to somebody. */
export function seenBy(room: Room, actor: Actor): There {
  const offices = room.facts.offices.filter(({ person }) => person.id === actor.person).map(({ office }) => office)
  const clerk = isOperator(actor) || offices.includes('clerk')
  const presiding = entryAt(room.facts, room.now, room.now).presiding
  return {
    ...room,
    sits: sitsOf(room, actor.person),
    clerk,
    presides: clerk || presiding?.person.id === actor.person,
    officer: clerk || offices.length > 0,
  }
}

/**
 * Refuses what is only done while people come and go.
 * @throws Refusal `too_early`, `too_late`
 */
export function mustBeOpen(room: Room): void {
  const state = stateOf(room)
  const { meeting } = room
  if (state === 'not open')
    throw new Refusal(
      'too_early',
      `The meeting of ${meetingTime(meeting)} is not open yet. The clerk opens it; say it again then.`,
    )
  if (state === 'closed')
    throw new Refusal('too_late', `The meeting of ${meetingTime(meeting)} is closed. Ask the clerk to correct the attendance.`)
}

/** How the room stands for who has said something: officers and who presides see everybody, others their own card. */
export function shown(actor: Actor, room: There): Reply {
  const audience = audienceOf(actor)
  return cardReply(room.officer || room.presides ? hereCard(room, room, audience) : ownCard(room, actor.person, audience))
}

/** What every act in the room has in common. */
export const inTheRoom = {
  load,
  board: ({ meeting }: There) => meeting.board.id,
  redraw: ({ actor }: Asking, room: There) => shown(actor, room),
}

/** Whether two entries differ in what clerk and chair must know: the quorum of the room, or of an item. */
const news = ({ verdict, items }: Pick<Entry, 'verdict' | 'items'>): string =>
  JSON.stringify([verdict, items.filter((item) => item.verdict !== 'quorate').map(({ item, verdict: of }) => [item, of])])

const same = (entry: Entry, last: Written): boolean =>
  entry.state === last.state &&
  entry.termsId === last.termsId &&
  (entry.presiding?.person.id ?? null) === last.presiding &&
  JSON.stringify([entry.verdict, entry.figures, entry.items]) === JSON.stringify([last.verdict, last.figures, last.items])

/**
 * Keeps the ledger after something has changed in a room, tells clerk and chair where the quorum is another, and turns
 * the cards.
 * @param people whose own cards turn
 */
export async function settle(acting: Acting, room: Room, people: readonly string[]): Promise<Entry> {
  const { db } = acting
  const { now } = room
  const { id } = room.meeting
  const entry = entryAt(room.facts, now, now)
  const last = await lastWritten(db, id)
  if (!last || !same(entry, last)) {
    const written = await writeEntry(db, id, (last?.seq ?? 0) + 1, entry)
    const changed = last && entry.state !== 'closed' && news(entry) !== news(last)
    if (changed) await tellOfQuorum(db, room, written)
  }
  await turnCards(db, room, people)
  return entry
}

/** A room after marks were made in it. */
export function withMarks<R extends Room>(room: R, marks: readonly Marked[]): R {
  const spells = afterMarks(room.facts.spells, marks)
  return { ...room, seq: room.seq + marks.length, facts: { ...room.facts, spells } }
}

/** Spells after marks: of each the last stands, unless it says that it never was. */
export function afterMarks(spells: readonly Spell[], marks: readonly Marked[]): readonly Spell[] {
  const last = new Map(marks.map((mark) => [mark.id, mark]))
  return [...spells.filter(({ id }) => !last.has(id)), ...[...last.values()].filter(({ struck }) => !struck)].sort(
    (one, other) => one.from.epochMilliseconds - other.from.epochMilliseconds,
  )
}

/** Records marks, keeps the ledger, and shows how it stands now. */
export async function mark(acting: Acting, room: There, marks: readonly Marked[]): Promise<Acted & { readonly room: There }> {
  const { db, actor, now } = acting
  const { meeting } = room
  if (marks.length === 0) return { reply: shown(actor, room), outcome: { unchanged: true }, room }
  await saveSpells(db, meeting.id, room.seq, marks, { by: personOf(actor), at: now })
  const marked = withMarks(room, marks)
  const after = { ...seenBy(marked, actor), officer: room.officer }
  const people = marks.map(({ person }) => person.id)
  const { verdict, figures } = await settle(acting, after, people)
  const outcome = {
    marks: marks.map(({ id, person, seat, capacity, mode, from, until, dropped, struck }) => ({
      spell: id,
      person: person.id,
      seat,
      capacity,
      mode,
      from: from.toString(),
      until: until?.toString() ?? null,
      ...(dropped ? { dropped } : {}),
      ...(struck ? { struck } : {}),
    })),
    verdict,
    represented: figures.map(({ represented }) => represented),
    terms: ruleAt(after.facts, room.now).termsId,
  }
  return { reply: shown(actor, after), outcome, room: after }
}

const graceOf = ({ facts, now }: Room): number => ruleAt(facts, now).terms.attendance.graceMinutes

/** What is written of somebody who arrives. @throws Refusal for who is there by no right */
export function arrivalOf(
  room: Room,
  person: Named,
  sits: readonly Sits[],
  mode: Spell['mode'],
  at: Temporal.Instant,
): readonly Marked[] {
  return arriving(room.facts.spells, { person, sits, mode, at, grace: graceOf(room), newId })
}

/** What is written of somebody who leaves, or whose connection drops. */
export const departureOf = (room: Room, person: Named, at: Temporal.Instant, dropped: boolean): readonly Marked[] =>
  depart(room.facts.spells, { person, at, dropped, grace: graceOf(room), zone: room.facts.zone })

const byOf = ({ person, name }: Actor): Named => ({ id: person, name })

/** Who is back is where they were; who was not there yet is where the meeting is held. */
export const modeBefore = ({ facts, meeting }: Room, person: string): Mode =>
  facts.spells.findLast((spell) => spell.person.id === person)?.mode ?? (isOnline(meeting) ? 'online' : 'room')

/** "I'm here": in the room, or online. Said again it changes nothing. */
export const arrive = act({
  name: 'attendance.arrive',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, mode: z.enum(['room', 'online', 'back']) }),
  run(acting, { mode: said }, room) {
    const { actor } = acting
    mustBeOpen(room)
    if (room.sits.length === 0) throw new Refusal('not_permitted', NOBODY_NAMED)
    const mode = said === 'back' ? modeBefore(room, actor.person) : said
    return mark(acting, room, arrivalOf(room, byOf(actor), room.sits, mode, room.now))
  },
})

/** "I'm leaving"; or a connection that dropped, which may be back. */
export const leave = act({
  name: 'attendance.leave',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, dropped: z.literal('yes').optional() }),
  run(acting, { dropped }, room) {
    const { actor } = acting
    mustBeOpen(room)
    if (!room.facts.spells.some(({ person }) => person.id === actor.person))
      throw new Refusal('conflict', "You are not marked as here, so there is nothing to end. Say “I'm here” when you come.")
    return mark(acting, room, departureOf(room, byOf(actor), room.now, dropped === 'yes'))
  },
})

/** Who is here, by name: for everybody who has to do with the board. */
export const here = query({
  name: 'attendance.here',
  input: z.object({ subject: MeetingId }),
  load,
  allow: () => true,
  run: async ({ actor }, _, room) => cardReply(hereCard(room, room, audienceOf(actor))),
})

/** Whether the meeting is quorate, and by which clause. */
export const quorum = query({
  name: 'attendance.quorum',
  input: z.object({ subject: MeetingId }),
  load,
  allow: () => true,
  run: async ({ actor }, _, room) => cardReply(quorumCard(room, room, audienceOf(actor))),
})
