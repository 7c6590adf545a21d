import { z } from 'zod'
import { type Named, seatsOf } from '../boards/rules.js'
import { colleaguesFor, isOfficer } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import { type Actor, audienceOf } from '../kernel/actor.js'
import { type Acting, type Asking, act, type Offers, query, type Reply } from '../kernel/command.js'
import { MeetingId, newId, SeatId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { dayOf } from '../kernel/time.js'
import type { Meeting } from '../meetings/rules.js'
import { nextMeetingsOf } from '../meetings/store.js'
import { notify, refresh, type ToSend } from '../outbox/store.js'
import { type Answer, type AnsweredSeat, acceptAnswer, namedAmong, type Replies, seatFor, whoComes } from './rules.js'
import { answeredSeats, findReplies, saveAnswer } from './store.js'
import { comingCard, ownAnswer, substituteForm } from './view.js'

async function load({ db, actor, now }: Asking, { subject }: { subject: string }): Promise<Replies> {
  const replies = await findReplies(db, subject, now)
  if (replies?.meeting.board.tenant === actor.tenant) return replies
  throw new Refusal('not_found', 'I know of no such meeting. Say "who is coming" for the next one.')
}

const holdsSeat = (actor: Actor, { seats }: Replies): boolean => seatsOf(seats, actor.person).length > 0

const today = ({ board }: Meeting, now: Asking['now']): string => dayOf(now, board.zone).toString()

const colleaguesOf = (db: Db, meeting: Meeting, seat: AnsweredSeat, now: Asking['now']): Promise<readonly Named[]> =>
  colleaguesFor(db, meeting.board.id, seat.organisation.id, today(meeting, now))

/** Lets the answer stand, tells whom it concerns, and shows the member how it stands now. */
async function stand({ db, actor, now }: Acting, replies: Replies, seat: AnsweredSeat, answer: Answer | null): Promise<Reply> {
  if (answer === null) return ownAnswer(replies, actor.person, audienceOf(actor))
  const { meeting } = replies
  const id = newId()
  const given = { ...answer, id, meeting: meeting.id, seat: seat.id, for: actor.person, by: actor.person, at: now }
  await saveAnswer(db, given)
  await tell(db, meeting, id, seat, answer)
  await refresh(db, meeting.id, [{ notice: 'apologies.forecast' }, { notice: 'apologies.invitation', person: actor.person }])
  const seats = replies.seats.map((one) => (one.id === seat.id ? { ...one, answer, versions: answer.version } : one))
  return ownAnswer({ meeting, seats }, actor.person, audienceOf(actor))
}

/** The clerk hears of apologies and of their withdrawal; a substitute hears that they are one, or no longer. */
async function tell(tx: Tx, meeting: Meeting, id: string, { answer: before }: AnsweredSeat, answer: Answer): Promise<void> {
  const dispatch = (notice: string, to: ToSend['to']): ToSend => ({
    notice,
    kind: 'dispatch',
    subject: id,
    board: meeting.board.id,
    to,
  })
  const changed = before?.substitute?.id !== answer.substitute?.id
  await notify(tx, [
    ...(!answer.attending || before?.attending === false ? [dispatch('apologies.received', { office: 'clerk' })] : []),
    ...(changed && answer.substitute ? [dispatch('apologies.substitute', { person: answer.substitute.id })] : []),
    ...(changed && before?.substitute ? [dispatch('apologies.relieved', { person: before.substitute.id })] : []),
  ])
}

/** "I'll be there", and "I can come after all". */
export const attend = act({
  name: 'apologies.attend',
  input: z.object({ subject: MeetingId, seat: SeatId.optional() }),
  load,
  allow: holdsSeat,
  board: ({ meeting }) => meeting.board.id,
  async run(acting, { seat: named }, replies) {
    const seat = seatFor(replies.seats, acting.actor.person, named)
    const answer = acceptAnswer({ ...replies, seat }, { attending: true, substitute: null }, acting.now)
    return stand(acting, replies, seat, answer)
  },
  redraw: ({ actor }, replies) => ownAnswer(replies, actor.person, audienceOf(actor)),
})

const LONG_NAME = 'That is too long to be a name. Say only who comes in your place, as in "Ruth Hale will substitute".'

/** Apologies, without a substitute or with one named in words. */
export const send = act({
  name: 'apologies.send',
  input: z.object({
    subject: MeetingId,
    seat: SeatId.optional(),
    substituteNamed: z.string().min(1).max(200, LONG_NAME).optional(),
  }),
  load,
  allow: holdsSeat,
  board: ({ meeting }) => meeting.board.id,
  run: (acting, { seat, substituteNamed: name }, replies) =>
    apologise(acting, replies, seat, name === undefined ? null : { name }),
  redraw: ({ actor }, replies) => ownAnswer(replies, actor.person, audienceOf(actor)),
})

/** Apologies, with a substitute chosen from the list. */
export const nameSubstitute = act({
  name: 'apologies.name_substitute',
  input: z.object({
    subject: MeetingId,
    seat: SeatId.optional(),
    substitute: z.uuid('Choose who comes in your place.'),
  }),
  load,
  allow: holdsSeat,
  board: ({ meeting }) => meeting.board.id,
  run: (acting, { seat, substitute: id }, replies) => apologise(acting, replies, seat, { id }),
  redraw: ({ actor }, replies) => ownAnswer(replies, actor.person, audienceOf(actor)),
})

async function apologise(
  acting: Acting,
  replies: Replies,
  own: string | undefined,
  meant: { id: string } | { name: string } | null,
): Promise<Reply> {
  const seat = seatFor(replies.seats, acting.actor.person, own)
  const substitute = meant && namedAmong(await colleaguesOf(acting.db, replies.meeting, seat, acting.now), seat, meant)
  const answer = acceptAnswer({ ...replies, seat }, { attending: false, substitute }, acting.now)
  return stand(acting, replies, seat, answer)
}

/** Opens the form that asks who will substitute. */
export const chooseSubstitute = query({
  name: 'apologies.choose_substitute',
  input: z.object({ subject: MeetingId, seat: SeatId.optional() }),
  load,
  allow: holdsSeat,
  async run({ db, actor, now }, { seat: named }, { meeting, seats }) {
    const seat = seatFor(seats, actor.person, named)
    const { allowed, clause } = meeting.terms.substitutes
    if (!allowed) throw new Refusal('not_permitted', 'This board takes no substitutes. Send apologies without one.', clause)
    const colleagues = await colleaguesOf(db, meeting, seat, now)
    if (colleagues.length === 0) {
      const sentence = `I know nobody else of ${seat.organisation.name}. Ask the clerk to add them; you can send apologies meanwhile.`
      throw new Refusal('not_found', sentence)
    }
    return substituteForm(meeting, seat, colleagues, audienceOf(actor))
  },
})

interface Coming extends Replies {
  readonly officer: boolean
}

/** Who is coming, by name: for those who sit there, in their own right or for another, and the board's officers. */
export const coming = query({
  name: 'apologies.coming',
  input: z.object({ subject: MeetingId }),
  async load(asking, input): Promise<Coming> {
    const replies = await load(asking, input)
    const { board } = replies.meeting
    return { ...replies, officer: await isOfficer(asking.db, board.id, asking.actor.person, today(replies.meeting, asking.now)) }
  },
  allow: (actor, { seats, officer }) =>
    officer || seats.some((seat) => seat.representative?.id === actor.person || whoComes(seat)?.id === actor.person),
  run: async ({ actor }, _, replies) => comingCard(replies, audienceOf(actor)),
})

/** What a person may do here now about each coming meeting of theirs. */
export const offers: Offers = async (asking) => {
  const { db, actor, now } = asking
  const offered = []
  for (const meeting of await nextMeetingsOf(db, actor.person, now)) {
    const seats = await answeredSeats(db, meeting, now)
    const held = seatsOf(seats, actor.person)
    const officer = await isOfficer(db, meeting.board.id, actor.person, today(meeting, now))
    if (held.some((seat) => !seat.answer?.attending)) {
      offered.push({
        words: held.some((seat) => seat.answer) ? 'I can come after all' : "I'll be there",
        does: 'say that you will come',
      })
    }
    if (held.some((seat) => seat.answer?.attending !== false)) {
      offered.push({ words: 'apologies for the next meeting', does: 'send apologies' })
    }
    if (held.length > 0 && meeting.terms.substitutes.allowed) {
      offered.push({
        words: 'apologies for the next meeting, NAME will substitute',
        does: 'send apologies and name who comes in your place',
      })
      offered.push({ words: 'name a substitute', does: 'choose who comes in your place from a list' })
    }
    if (held.length > 0 || officer)
      offered.push({ words: 'who is coming', does: `see who comes to ${meeting.board.shortName}, and the quorum` })
  }
  return offered
}
