import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { hasPart, isMember, isOfficer, type Part } from '../boards/part/rules.js'
import { standingIn } from '../boards/part/store.js'
import type { Named } from '../boards/rules.js'
import { type Actor, audienceOf, isOperator, personOf } from '../kernel/actor.js'
import { type About, type Acted, type Acting, type Asking, act, cardReply, query, type Reply } from '../kernel/command.js'
import { MeetingId, newId, PersonId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { isOnline, meetingTime } from '../meetings/rules.js'
import { asItStood, hereCard } from './here/view.js'
import { closedAt, type Entry, entryAt, ruleAt, saysTheSame } from './ledger.js'
import { tellOfQuorum, turnCards } from './notices.js'
import { ownCard } from './own/view.js'
import { placeOf, type Room, sitsOf, stateOf } from './room.js'
import {
  arrivedBefore,
  arrive as arriving,
  depart,
  type Marked,
  type Mode,
  NOBODY_NAMED,
  type Sits,
  type Spell,
} from './rules.js'
import { findRoom, saveSpells } from './store.js'
import { quorumCard } from './told/view.js'
import { lastWritten, type Written, writeEntry } from './written/store.js'

const UNKNOWN = 'I know of no such meeting. Say “meetings” for those that are coming.'

/** A meeting's room, and what the person is to it. */
export interface There extends Room {
  /** for what they sit: nothing for who is there by no right of their own */
  readonly sits: readonly Sits[]
  /** keeps the attendance */
  readonly clerk: boolean
  /** presides now, or keeps the attendance for who does */
  readonly presides: boolean
  /** an officer, or there for a member: knows of every item */
  readonly sees: boolean
  /** holds an office of the board */
  readonly officer: boolean
}

/** The room of a meeting; to who has nothing to do with its board, it is as if there were none. */
export const load = (asking: Asking, about: About): Promise<There> => loaded(asking, about, hasPart)

/** The same for who is there, or is one of the board's own: a guest of another meeting, or an assistant, is neither. */
export const loadWholly = (asking: Asking, about: About): Promise<There> => loaded(asking, about, isOfTheBoard)

const isOfTheBoard = (part: Part): boolean => isOfficer(part) || isMember(part) || part.seats.length > 0

async function loaded(asking: Asking, { subject }: About, may: (part: Part) => boolean): Promise<There> {
  const { db, actor, now } = asking
  const room = await findRoom(db, subject, now, actor.person)
  if (room?.meeting.board.tenant !== actor.tenant) throw new Refusal('not_found', UNKNOWN)
  const there = seenBy(room, actor)
  // Who was marked may say that they leave, though nobody names them any more.
  const was = room.facts.spells.some(({ person }) => person.id === actor.person)
  if (there.sits.length > 0 || there.officer || was) return there
  const standing = await standingIn(db, room.meeting.board.id, actor, now)
  if (!standing || !may(standing.part)) throw new Refusal('not_found', UNKNOWN)
  return there
}

/** The room as it is to somebody. */
export function seenBy(room: Room, actor: Actor): There {
  const offices = room.officers.filter(({ person }) => person.id === actor.person).map(({ office }) => office)
  const clerk = isOperator(actor) || offices.includes('clerk')
  const presiding = entryAt(room.facts, room.now, room.now).presiding
  const sits = sitsOf(room, actor.person)
  const officer = clerk || offices.length > 0
  return {
    ...room,
    sits,
    clerk,
    presides: clerk || presiding?.person.id === actor.person,
    sees: officer || sits.some(({ seat }) => placeOf(room, seat)?.invited === false),
    officer,
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

/**
 * Refuses what the record has the person presiding rule, while nobody does.
 * @throws Refusal `conflict`
 */
export function mustBePresided({ facts, now }: Room): void {
  if (entryAt(facts, now, now).presiding) return
  throw new Refusal(
    'conflict',
    'Nobody presides, and that is for the person presiding to rule. Mark the chair as here, or say who presides, as in “Tom Beresford presides”.',
  )
}

/** How the room stands for who has said something: officers and who presides see everybody, others their own card. */
export function shown(actor: Actor, room: There): Reply {
  const audience = audienceOf(actor)
  if (!room.officer && !room.presides) return cardReply(ownCard(room, actor.person, audience))
  return cardReply(asItStood(hereCard(room, room, audience), room))
}

/** What every act in the room has in common. */
export const inTheRoom = {
  load,
  board: ({ meeting }: There) => meeting.board.id,
  redraw: ({ actor }: Asking, room: There) => shown(actor, room),
}

/** What clerk and chair must know of an entry, to compare: the quorum of the room, and the items that have none. */
const quorumKey = ({ verdict, items }: Pick<Entry, 'verdict' | 'items'>): string =>
  JSON.stringify([verdict, items.filter((item) => item.verdict !== 'quorate').map(({ item, verdict: of }) => [item, of])])

/** Whether what was written last says what an entry does. */
const isWrittenSo = (entry: Entry, last: Written): boolean =>
  entry.state === last.state &&
  entry.termsId === last.termsId &&
  (entry.presiding?.person.id ?? null) === last.presiding &&
  JSON.stringify([entry.verdict, entry.ruled, entry.figures, entry.items]) ===
    JSON.stringify([last.verdict, last.ruled, last.figures, last.items])

/**
 * Keeps the ledger after something has changed in a room, tells clerk and chair where the quorum is another, and turns
 * the cards.
 * @param before the room as it was: what time alone had changed in it, as a connection that did not come back, is written first
 * @param people whose own cards turn
 */
export async function settle(acting: Acting, before: Room, room: Room, people: readonly string[]): Promise<Entry> {
  const { db } = acting
  // The ledger ends with the close: what is corrected afterwards is counted as it was then.
  const closed = closedAt(room.facts.sittings)
  const now = closed ?? room.now
  const entry = entryAt(room.facts, now, now)
  const last = await lastWritten(db, room.meeting.id)
  const then = closedAt(before.facts.sittings) ?? before.now
  const was = entryAt(before.facts, then, then)
  const lapsed = last !== null && !isWrittenSo(was, last)
  const known = last && isLater(last.at, room.now) ? last.at : room.now
  if (lapsed) await writeEntry(db, room.meeting.id, last.seq + 1, { ...was, at: known })
  if (!last || !saysTheSame(was, entry)) {
    const seq = (last?.seq ?? 0) + (lapsed ? 2 : 1)
    const written = await writeEntry(db, room.meeting.id, seq, { ...entry, at: known })
    if (last && entry.state !== 'closed' && quorumKey(entry) !== quorumKey(was)) await tellOfQuorum(db, room, written)
  }
  await turnCards(db, room, people)
  return entry
}

const isLater = (one: Temporal.Instant, other: Temporal.Instant): boolean => one.epochMilliseconds > other.epochMilliseconds

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
  const after = seenBy(marked, actor)
  const people = marks.map(({ person }) => person.id)
  const { verdict, figures } = await settle(acting, room, after, people)
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
    ...(meeting.voting ? { voting: true } : {}),
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
  { at, reason }: Moment,
): readonly Marked[] {
  const arrival = { person, sits, mode, at, grace: graceOf(room), newId }
  return reason === null ? arriving(room.facts.spells, arrival) : arrivedBefore(room.facts.spells, arrival, reason)
}

/** Now; or an hour that is said afterwards, with why, as the record has it. */
export interface Moment {
  readonly at: Temporal.Instant
  readonly reason: string | null
}

export const nowIn = ({ now }: Room): Moment => ({ at: now, reason: null })

/** What is written of somebody who leaves, or whose connection drops. */
export const departureOf = (room: Room, person: Named, { at, reason }: Moment, dropped: boolean): readonly Marked[] =>
  depart(room.facts.spells, { person, at, dropped, grace: graceOf(room), zone: room.facts.zone, reason })

const byOf = ({ person, name }: Actor): Named => ({ id: person, name })

/** Who is back is where they were; who was not there yet is where the meeting is held. */
export const modeBefore = ({ facts, meeting }: Room, person: string): Mode =>
  facts.spells.findLast((spell) => spell.person.id === person)?.mode ?? (isOnline(meeting) ? 'online' : 'room')

/** "I'm here": in the room, or online. Said again it changes nothing. */
export const arrive = act({
  name: 'attendance.arrive',
  ...inTheRoom,
  allow: () => true,
  input: z.object({ subject: MeetingId, mode: z.enum(['room', 'online', 'back']), for: PersonId.optional() }),
  run(acting, { mode: said, for: whom }, room) {
    const { actor } = acting
    mustBeOpen(room)
    const sitsFor = whom === undefined || room.sits.some((one) => one.for?.id === whom)
    if (room.sits.length === 0 || !sitsFor) throw new Refusal('not_permitted', NOBODY_NAMED)
    const mode = said === 'back' ? modeBefore(room, actor.person) : said
    return mark(acting, room, arrivalOf(room, byOf(actor), room.sits, mode, nowIn(room)))
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
    return mark(acting, room, departureOf(room, byOf(actor), nowIn(room), dropped === 'yes'))
  },
})

/** Who is here, by name: for who is there, and for the board's own people. */
export const here = query({
  name: 'attendance.here',
  input: z.object({ subject: MeetingId }),
  load: loadWholly,
  allow: () => true,
  run: async ({ actor }, _, room) => cardReply(asItStood(hereCard(room, room, audienceOf(actor)), room)),
})

/** Whether the meeting is quorate, and by which clause. */
export const quorum = query({
  name: 'attendance.quorum',
  input: z.object({ subject: MeetingId }),
  load: loadWholly,
  allow: () => true,
  run: async ({ actor }, _, room) => cardReply(asItStood(quorumCard(room, room, audienceOf(actor)), room)),
})
