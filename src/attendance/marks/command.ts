import { z } from 'zod'
import { apologise } from '../../apologies/command.js'
import { type AnsweredSeat, isWholeName, namedAmong, type SubstituteMeant } from '../../apologies/rules.js'
import { addStranger, substitutesFor } from '../../apologies/store.js'
import { askOnce } from '../../boards/part/rules.js'
import { type Named, namedAs } from '../../boards/rules.js'
import { peopleOn } from '../../boards/store.js'
import { audienceOf } from '../../kernel/actor.js'
import { type Acting, act, cardReply, formReply, query } from '../../kernel/command.js'
import { MeetingId, PersonId, SeatId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { folded } from '../../kernel/sentence.js'
import { hourInWords } from '../../kernel/time.js'
import { boardDay, isOver } from '../../meetings/rules.js'
import {
  arrivalOf,
  departureOf,
  inTheRoom,
  load,
  type Moment,
  mark,
  modeBefore,
  mustBeOpen,
  nowIn,
  type There,
  withMarks,
} from '../command.js'
import { hereCard } from '../here/view.js'
import { closedAt, ledgerOf } from '../ledger.js'
import { expectedPeople, type Room, sitsOf, stateOf } from '../room.js'
import { type Correction, correct as corrected, type Marked, type Sits } from '../rules.js'
import { findRoom, spellsAfter } from '../store.js'
import { changesIn, sittingHour, type Where } from './rules.js'
import { correctedCard, correctForm, markForm, tableForm, withNote } from './view.js'

const allTheSame = z.literal('yes').optional()
const HOUR = z.string().max(10).optional()

/** From the opening until now, or until the close. */
function bounds(room: There) {
  const opened = room.facts.sittings.find(({ act: what }) => what === 'opened')?.at
  if (!opened) throw new Error('marks in a room that was never opened')
  return { opened, latest: closedAt(room.facts.sittings) ?? room.now, zone: room.facts.zone }
}

/** When something was that is marked: now, or at an hour that is said, with why it is said only then. */
function momentOf(room: There, hour: string | undefined, reason: string | undefined): Moment {
  const limits = bounds(room)
  if (hour === undefined || hour === '') return { at: limits.latest, reason: null }
  const at = sittingHour(hour, limits, 'hour')
  return { at, reason: reason || `${hour}, said at ${hourInWords(room.now, limits.zone)}` }
}

/** Somebody of the room by id, or by name; of those of the board's bodies who were not named for it, too. */
async function whoIs({ db }: Acting, room: There, { person, name }: Pick<Meant, 'person' | 'name'>): Promise<Named | null> {
  const { board, startsAt } = room.meeting
  const known = [...expectedPeople(room), ...(await peopleOn(db, board.id, boardDay(board, startsAt)))]
  const people = known.filter((one, at) => known.findIndex(({ id }) => id === one.id) === at)
  const fits = person === undefined ? namedAs(people, name ?? '') : people.filter(({ id }) => id === person)
  const [one, another] = fits
  if (one && another) {
    const sentence = `That could be ${fits.map((each) => each.name).join(' or ')}. Say the whole name.`
    throw new Refusal('unclear', sentence, undefined, { name: sentence })
  }
  return one ?? null
}

/** Somebody who is marked, for what they sit, and the room in which they were named for it. */
interface Sat {
  readonly who: Named
  readonly sits: readonly Sits[]
  readonly room: There
  /** what the journal keeps of the answers that were recorded with it */
  readonly answered?: readonly Outcome[]
}

type Outcome = Readonly<Record<string, unknown>>

const NOBODY = 'I know nobody of that name there. Say the whole name, and I record them as somebody new.'
interface Meant {
  readonly person?: string | undefined
  readonly name?: string | undefined
  readonly seat?: string | undefined
  readonly for?: string | undefined
  readonly allTheSame?: 'yes' | undefined
  /** all that was asked for, to be asked for once more where it is doubted */
  readonly again: Readonly<Record<string, string>>
}

/** Whoever is marked, and for what they sit: somebody new is recorded so, and for a seat only when they are named for it. */
async function meantBy(acting: Acting, room: There, meant: Meant): Promise<Sat> {
  const { db, actor } = acting
  const { meeting } = room
  if (meant.seat !== undefined) return substituting(acting, room, { ...meant, seat: meant.seat })
  const who = await whoIs(acting, room, meant)
  const sits = who ? sitsOf(room, who.id) : []
  if (who && sits.length > 0) return { who, sits, room }
  const name = who?.name ?? meant.name ?? ''
  if (!who && !isWholeName(name)) throw new Refusal('not_found', NOBODY, undefined, { name: NOBODY })
  const press = {
    command: 'attendance.mark',
    subject: meeting.id,
    values: meant.again,
    label: `Mark ${name} as in attendance`,
  }
  const doubt = `Nobody has named ${name} to sit at that meeting: they would be in attendance, and not counted. If they sit for a member, say “${name} is here for …” with the member's name.`
  askOnce([doubt], meant.allTheSame === 'yes', press)
  const known = who ?? (await addStranger(db, actor.tenant, name.replace(/\s+/g, ' ').trim()))
  return { who: known, sits: [{ seat: null, capacity: 'in attendance', for: null }], room }
}

/** A member has told the clerk who substitutes: that is recorded as their answer, and whoever was named sits for the seat. */
async function substituting(acting: Acting, room: There, meant: Meant & { readonly seat: string }): Promise<Sat> {
  const { db, actor, now } = acting
  const seat = room.seats.find(({ id, representative }) => id === meant.seat && (!meant.for || representative?.id === meant.for))
  if (!seat?.representative) throw new Refusal('not_found', 'Nobody holds that seat. Appoint somebody first.')
  const known = await whoIs(acting, room, meant)
  const named = known ? { id: known.id } : { name: meant.name ?? '' }
  const answered: Outcome[] = []
  const already = known !== null && seat.answer?.substitute?.id === known.id
  if (!already && stateOf(room) === 'closed') {
    const who = await substituteAfterwards(acting, room, seat, named)
    return { who, sits: [{ seat: seat.id, capacity: 'substitute', for: seat.representative }], room }
  }
  if (!already) {
    const replies = { meeting: room.meeting, seats: room.seats, begun: true, over: isOver(room.meeting, now) }
    const wish = {
      seat: seat.id,
      for: seat.representative.id,
      substitute: named,
      allTheSame: meant.allTheSame === 'yes',
      again: { command: 'attendance.mark', values: meant.again },
    }
    answered.push((await apologise(acting, replies, wish)).outcome)
  }
  const after = (await findRoom(db, room.meeting.id, now, actor.person)) ?? room
  const answer = after.seats.find((one) => one.id === seat.id && one.representative?.id === seat.representative?.id)?.answer
  const who = answer?.substitute
  if (!who) throw new Error('a substitute was named and is not recorded')
  return { who, sits: sitsOf(after, who.id), room: { ...room, ...after }, answered }
}

/** Once it is closed nobody answers any more: the correction alone says who sat in, of those whom the seat might have named. */
async function substituteAfterwards(
  { db, actor }: Acting,
  { meeting, seats }: There,
  seat: AnsweredSeat,
  named: SubstituteMeant,
): Promise<Named> {
  const { allowed, clause } = meeting.terms.substitutes
  if (!allowed)
    throw new Refusal(
      'not_permitted',
      'This board takes no substitutes. Mark them as in attendance, without a member for whom they sit.',
      clause,
    )
  const found = namedAmong(await substitutesFor(db, meeting, seat), { seat, seats }, named)
  return 'stranger' in found ? addStranger(db, actor.tenant, found.stranger) : found
}

const HOW = ['room', 'online', 'back', 'left', 'dropped'] as const
const REASON = 'Say why, as it stands in the record: “Helen Marsh left at 11:05, because she told me so”.'

/** The clerk marks somebody; once the meeting is closed only with a reason. */
export const markOne = act({
  name: 'attendance.mark',
  ...inTheRoom,
  allow: (_, { clerk }) => clerk,
  input: z.object({
    subject: MeetingId,
    person: PersonId.or(z.literal('')).optional(),
    name: z.string().max(200, 'That is too long to be a name.').optional(),
    how: z.enum(HOW, 'Choose what to mark.'),
    hour: HOUR,
    seat: SeatId.optional(),
    for: PersonId.optional(),
    /** the member for whom they sit, as they were called */
    forNamed: z.string().max(200, 'That is too long to be a name.').optional(),
    reason: z.string().max(500, 'Shorten the reason to 500 characters.').optional(),
    allTheSame,
  }),
  async run(acting, { person, name, how, hour, reason, forNamed, ...ids }, room) {
    const closed = stateOf(room) === 'closed'
    if (!closed) mustBeOpen(room)
    if (closed && (hour ?? '') === '') refuse('hour', 'The meeting is closed: say at what hour, as in 10:12.')
    if (closed && (reason ?? '') === '') refuse('reason', REASON)
    const moment = momentOf(room, hour, reason)
    const asked = { person, name, how, hour, reason, forNamed, seat: ids.seat, for: ids.for }
    const again = Object.fromEntries(Object.entries(asked).filter((one): one is [string, string] => Boolean(one[1])))
    const meant = { ...ids, ...(forNamed ? seatOf(room, forNamed) : {}), again }
    // "Helen Marsh; Tom Beresford": each is marked as if they were marked alone, or none of them.
    const names = person ? [{ person }] : (name ?? '').split(';').map((one) => ({ name: one.trim() }))
    let seen = room
    if (names.length > 1 && meant.seat !== undefined)
      throw new Refusal('invalid', 'One person at a time sits for a member. Say of each for whom they are here.')
    let marks: readonly Marked[] = []
    let answers: readonly Outcome[] = []
    for (const one of names) {
      const made = await marksOf(acting, seen, { ...meant, ...one }, how, moment)
      marks = [...marks, ...made.marks]
      answers = [...answers, ...made.answered]
      seen = withMarks(made.room, made.marks)
    }
    const because = reason ? marks.map((one) => ({ ...one, reason })) : marks
    const done = await mark(acting, { ...seen, seq: room.seq, facts: { ...seen.facts, spells: room.facts.spells } }, because)
    return { ...done, outcome: { ...done.outcome, ...(answers.length > 0 ? { answers } : {}) } }
  },
})

/** What is written of one who is marked, in a room in which they may have been named first. */
async function marksOf(
  acting: Acting,
  room: There,
  meant: Meant,
  how: (typeof HOW)[number],
  moment: Moment,
): Promise<{ readonly room: There; readonly marks: readonly Marked[]; readonly answered: readonly Outcome[] }> {
  if (how === 'room' || how === 'online' || how === 'back') {
    const { who, sits, room: after, answered = [] } = await meantBy(acting, room, meant)
    const mode = how === 'back' ? modeBefore(after, who.id) : how
    const marks = arrivalOf(after, who, sits, mode, moment)
    if (marks.length === 0 && moment.reason !== null) mustNotHaveCome(after, who, moment)
    return { room: { ...room, ...after }, marks, answered }
  }
  const who = await whoIs(acting, room, meant)
  if (!who) throw new Refusal('not_found', 'Nobody of that name is marked as here. Say the whole name.')
  return { room, marks: departureOf(room, who, moment, how === 'dropped'), answered: [] }
}

/** Who is recorded as there came when that says: another hour is a correction. @throws Refusal `conflict` */
function mustNotHaveCome({ facts }: Room, who: Named, { at }: Moment): void {
  const came = facts.spells.find(({ person, until }) => person.id === who.id && until === null)?.from
  const [said, recorded] = [at, came ?? at].map((each) => hourInWords(each, facts.zone))
  if (said === recorded) return
  throw new Refusal(
    'conflict',
    `${who.name} is recorded as here since ${recorded}. If that is wrong, say “correct the attendance”.`,
  )
}

/** The seat of a member who is called so. @throws Refusal */
function seatOf({ seats }: There, name: string): Pick<Meant, 'seat' | 'for'> {
  const holders = seats.flatMap(({ id, representative }) => (representative ? [{ ...representative, seat: id }] : []))
  const bodies = seats.flatMap(({ id, representative, organisation }) =>
    representative && [organisation.name, organisation.shortName].some((one) => folded(one) === folded(name))
      ? [{ ...representative, seat: id }]
      : [],
  )
  const [one, another] = bodies.length > 0 ? bodies : namedAs(holders, name)
  if (!one) throw new Refusal('not_found', `${name} holds no seat at that meeting. Say the name of the member for whom they sit.`)
  if (another) throw new Refusal('unclear', `That could be ${one.name} or ${another.name}. Say the whole name.`)
  const found = holders.find(({ id }) => id === one.id)
  return { seat: found?.seat, for: one.id }
}

function refuse(field: string, sentence: string): never {
  throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
}

/** Opens the form that marks somebody. */
export const markAsk = query({
  name: 'attendance.mark_form',
  input: z.object({ subject: MeetingId }),
  load,
  allow: (_, { clerk }) => clerk,
  async run({ actor }, _, room) {
    if (stateOf(room) !== 'closed') mustBeOpen(room)
    return formReply(markForm(room, stateOf(room) === 'closed', audienceOf(actor)))
  },
})

/** Opens the form for the whole table. */
export const tableAsk = query({
  name: 'attendance.table_form',
  input: z.object({ subject: MeetingId }),
  load,
  allow: (_, { clerk }) => clerk,
  async run({ actor }, _, room) {
    mustBeOpen(room)
    return formReply(tableForm(room, audienceOf(actor)))
  },
})

const WHERE = ['room', 'online', 'away'] as const

/** Marks the whole table at once: what was changed in the form, and nothing that another has marked meanwhile. */
export const table = act({
  name: 'attendance.table',
  ...inTheRoom,
  allow: (_, { clerk }) => clerk,
  input: z.object({ subject: MeetingId, seq: z.string().regex(/^\d{1,9}$/) }).catchall(z.string().max(100)),
  // What was changed stands in the outcome; whatever else was sent is nobody's record.
  journaled: ({ subject, seq }) => ({ subject, seq }),
  async run(acting, { subject, seq, ...fields }, room) {
    const { db, actor } = acting
    mustBeOpen(room)
    const people = expectedPeople(room)
    const wanted = Object.fromEntries(
      people.map(({ id }) => [id, WHERE.find((one) => one === fields[id])] as const).filter(([, where]) => where !== undefined),
    ) as Readonly<Record<string, Where>>
    const before = await spellsAfter(db, subject, Number(seq))
    const { changes, meanwhile } = changesIn(people, before, room.facts.spells, wanted)
    let marks: readonly Marked[] = []
    for (const { person, to } of changes) {
      const seen = withMarks(room, marks)
      const sits = sitsOf(seen, person.id)
      const more =
        to === 'away'
          ? departureOf(seen, person, nowIn(room), false)
          : arrivalOf(seen, person, sitting(seen, person, sits), to, nowIn(room))
      marks = [...marks, ...more]
    }
    const done = await mark(acting, room, marks)
    if (meanwhile.length === 0) return done
    const card = withNote(hereCard(done.room, room, audienceOf(actor)), meanwhile)
    return { ...done, reply: cardReply(card) }
  },
})

/** What somebody sat for the last time, where the roster gives them nothing to sit for. */
const sitting = (room: There, person: Named, sits: readonly Sits[]): readonly Sits[] => {
  if (sits.length > 0) return sits
  const last = room.facts.spells.findLast((spell) => spell.person.id === person.id)
  // Whoever sat in and is named no more is asked about, and not marked with the others.
  const capacity = last && last.seat === null ? last.capacity : ('in attendance' as const)
  return [{ seat: null, capacity, for: null }]
}

/** Opens the form that corrects the attendance. */
export const correctAsk = query({
  name: 'attendance.correct_form',
  input: z.object({ subject: MeetingId }),
  load,
  allow: (_, { clerk }) => clerk,
  async run({ actor }, _, room) {
    if (room.facts.spells.length === 0)
      throw new Refusal('not_found', 'Nobody has been marked at that meeting: there is nothing to correct. Say “mark somebody”.')
    return formReply(correctForm(room, audienceOf(actor)))
  },
})

const LISTS = ['present', 'also present', 'in attendance'] as const

/** Corrects one spell with a reason: what stood before is kept, and so is what was decided. */
export const correct = act({
  name: 'attendance.correct',
  ...inTheRoom,
  allow: (_, { clerk }) => clerk,
  input: z.object({
    subject: MeetingId,
    spell: z.uuid('Choose whose attendance is wrong.'),
    what: z.enum(['change', 'stayed', 'never'], 'Choose what is wrong.'),
    from: HOUR,
    until: HOUR,
    mode: z.enum(['', 'room', 'online']).optional(),
    listed: z.enum(['', 'as they belong', ...LISTS]).optional(),
    reason: z.string(REASON).trim().min(1, REASON).max(500, 'Shorten the reason to 500 characters.'),
  }),
  async run(acting, { spell: id, what, from, until, mode, listed, reason }, room) {
    const { actor } = acting
    const { now } = room
    const { spells } = room.facts
    const spell = spells.find((one) => one.id === id)
    if (!spell) throw new Refusal('not_found', 'There is no such attendance any more. Open the form again.')
    const limits = bounds(room)
    const read = (hour: string | undefined, field: string) => (hour ? sittingHour(hour, limits, field) : null)
    const to: Correction = {
      from: read(from, 'from') ?? spell.from,
      until: what === 'stayed' ? null : (read(until, 'until') ?? spell.until),
      mode: mode || spell.mode,
      listed: listed === 'as they belong' ? null : listed || spell.listed,
      dropped: spell.dropped && what === 'change' && !until,
      struck: what === 'never',
      reason,
    }
    const change = corrected(spells, spell, to, limits)
    if (change === null) throw new Refusal('conflict', 'That is how it stands already. Change an hour, the place or the list.')
    const before = ledgerOf(room.facts, now)
    const done = await mark(acting, room, [change])
    const after = ledgerOf(done.room.facts, now)
    const card = correctedCard(done.room, before, after, reason, hereCard(done.room, room, audienceOf(actor)))
    return { ...done, reply: cardReply(card), outcome: { ...done.outcome, reason } }
  },
})
