import { z } from 'zod'
import { isOfficer } from '../boards/part/rules.js'
import { partOf } from '../boards/part/store.js'
import { type Named, seatsOf } from '../boards/rules.js'
import { colleaguesFor } from '../boards/store.js'
import { type Actor, audienceOf } from '../kernel/actor.js'
import {
  type About,
  type Acted,
  type Acting,
  type Asking,
  act,
  cardReply,
  formReply,
  type Offer,
  type Offers,
  query,
  type Reply,
} from '../kernel/command.js'
import { MeetingId, newId, SeatId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { boardDay, type Meeting } from '../meetings/rules.js'
import { nextMeetingsOf } from '../meetings/store.js'
import { notify, refresh, type ToSend } from '../outbox/store.js'
import { apologiesReceived, forecast as forecastNotice, invitation, substituteNamed, substituteRelieved } from './notices.js'
import {
  type AnsweredSeat,
  acceptAnswer,
  mayAnswer,
  namedAmong,
  type Replies,
  type SeatAnswer,
  seatFor,
  whoComes,
} from './rules.js'
import { findReplies, saveAnswer } from './store.js'
import { comingCard, ownAnswer, substituteForm } from './view.js'

const UNKNOWN = 'I know of no such meeting. Say "who is coming" for the next one.'

/** The meeting and its answers; to who has nothing to do with its board, it is as if there were none. */
async function load({ db, actor, now }: Asking, { subject }: About): Promise<Coming> {
  const replies = await findReplies(db, subject, now)
  if (replies?.meeting.board.tenant !== actor.tenant) throw new Refusal('not_found', UNKNOWN)
  const { meeting, seats } = replies
  const sits = seats.some((seat) => seat.representative?.id === actor.person || whoComes(seat)?.id === actor.person)
  const inForce = { terms: meeting.terms, termsId: meeting.termsId }
  const officer =
    !sits && isOfficer(await partOf(db, { board: meeting.board, inForce }, actor.person, boardDay(meeting.board, now), now))
  if (sits || officer) return { ...replies, sits, officer }
  throw new Refusal('not_found', UNKNOWN)
}

/** Replies, and what brings the person to them. */
interface Coming extends Replies {
  /** they sit there, in their own right or for another */
  readonly sits: boolean
  readonly officer: boolean
}

const holdsSeat = (actor: Actor, { seats }: Replies): boolean => seatsOf(seats, actor.person).length > 0

const colleaguesOf = ({ db }: Asking, { board, startsAt }: Meeting, seat: AnsweredSeat): Promise<readonly Named[]> =>
  colleaguesFor(db, board.id, seat, boardDay(board, startsAt))

const own = (actor: Actor, replies: Replies): Reply => cardReply(ownAnswer(replies, actor.person, audienceOf(actor)))

/** Records an answer, tells whom it concerns, and shows the member how it stands now. */
async function record(acting: Acting, replies: Replies, seat: AnsweredSeat, answer: SeatAnswer | null): Promise<Acted> {
  const { db, actor, now } = acting
  if (answer === null) return { reply: own(actor, replies), outcome: { seat: seat.id, unchanged: true } }
  const { meeting } = replies
  const id = newId()
  const forDay = boardDay(meeting.board, meeting.startsAt)
  const given = { id, meeting: meeting.id, seat: seat.id, for: actor.person, forDay, by: actor.person, at: now }
  await saveAnswer(db, { ...answer, ...given })
  await notify(db, toTell(meeting, id, seat.answer, answer))
  await refresh(db, meeting.id, [forecastNotice, invitation])
  const seats = replies.seats.map((one) => (one === seat ? { ...one, answer, movedSince: false, versions: answer.version } : one))
  const { version, attending, substitute } = answer
  const outcome = {
    answer: id,
    seat: seat.id,
    version,
    attending,
    substitute: substitute?.id ?? null,
    terms: meeting.termsId,
  }
  return { reply: own(actor, { ...replies, seats }), outcome }
}

/** The clerk hears of apologies and of their withdrawal; a substitute hears that they are one, or no longer. */
function toTell({ board }: Meeting, subject: string, before: SeatAnswer | null, answer: SeatAnswer): readonly ToSend[] {
  const said = { subject, board: board.id }
  const changed = before?.substitute?.id !== answer.substitute?.id
  return [
    ...(!answer.attending || before?.attending === false ? [{ ...said, notice: apologiesReceived, to: CLERK }] : []),
    ...(changed && answer.substitute ? [{ ...said, notice: substituteNamed, to: { person: answer.substitute.id } }] : []),
    ...(changed && before?.substitute ? [{ ...said, notice: substituteRelieved, to: { person: before.substitute.id } }] : []),
  ]
}

const CLERK = { office: 'clerk' } as const

/** What every answer of a member has in common: it is about a meeting, and for a seat of their own. */
const ofOwnSeat = {
  load,
  allow: holdsSeat,
  board: ({ meeting }: Replies) => meeting.board.id,
  redraw: ({ actor }: Asking, replies: Replies) => own(actor, replies),
}

/** "I'll be there", and "I can come after all". */
export const attend = act({
  name: 'apologies.attend',
  ...ofOwnSeat,
  input: z.object({ subject: MeetingId, seat: SeatId.optional() }),
  async run(acting, input, replies) {
    const seat = seatFor(replies.seats, acting.actor.person, input.seat)
    return record(acting, replies, seat, acceptAnswer({ ...replies, seat }, { attending: true, substitute: null }, acting.now))
  },
})

const LONG_NAME = 'That is too long to be a name. Say only who comes in your place, as in "Ruth Hale will substitute".'

/** Apologies, without a substitute or with one named in words. */
export const send = act({
  name: 'apologies.send',
  ...ofOwnSeat,
  input: z.object({
    subject: MeetingId,
    seat: SeatId.optional(),
    substituteNamed: z.string().min(1).max(200, LONG_NAME).optional(),
  }),
  run: (acting, { seat, substituteNamed: name }, replies) =>
    apologise(acting, replies, seat, name === undefined ? null : { name }),
})

/** Apologies, with a substitute chosen from the list. */
export const nameSubstitute = act({
  name: 'apologies.name_substitute',
  ...ofOwnSeat,
  input: z.object({ subject: MeetingId, seat: SeatId.optional(), substitute: z.uuid('Choose who comes in your place.') }),
  run: (acting, { seat, substitute: id }, replies) => apologise(acting, replies, seat, { id }),
})

async function apologise(
  acting: Acting,
  replies: Replies,
  named: string | undefined,
  meant: { id: string } | { name: string } | null,
): Promise<Acted> {
  const seat = seatFor(replies.seats, acting.actor.person, named)
  const substitute = meant && namedAmong(await colleaguesOf(acting, replies.meeting, seat), seat, meant)
  return record(acting, replies, seat, acceptAnswer({ ...replies, seat }, { attending: false, substitute }, acting.now))
}

/** Opens the form that asks who will substitute. */
export const chooseSubstitute = query({
  name: 'apologies.choose_substitute',
  input: z.object({ subject: MeetingId, seat: SeatId.optional() }),
  load,
  allow: holdsSeat,
  async run(asking, input, { meeting, seats }) {
    const seat = seatFor(seats, asking.actor.person, input.seat)
    mayAnswer(meeting, { substitute: true }, asking.now)
    const colleagues = await colleaguesOf(asking, meeting, seat)
    if (colleagues.length === 0) {
      const sentence = `I know nobody else of ${seat.organisation.name}. Ask the clerk to add them; you can send apologies meanwhile.`
      throw new Refusal('not_found', sentence)
    }
    return formReply(substituteForm(meeting, seat, colleagues, audienceOf(asking.actor)))
  },
})

/** Who is coming, by name: for those who sit there and the board's officers. */
export const coming = query({
  name: 'apologies.coming',
  input: z.object({ subject: MeetingId }),
  load,
  allow: (_, { sits, officer }) => sits || officer,
  run: async ({ actor }, _, replies) => cardReply(comingCard(replies, audienceOf(actor))),
})

/** What a person may do here now about each coming meeting of theirs. */
export const offers: Offers = async (asking) => {
  const meetings = await nextMeetingsOf(asking.db, asking.actor.person, asking.now)
  const all = meetings.map(async ({ id, board }) => {
    const offered = await offersAbout(asking, id)
    return meetings.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${board.shortName})` })) : offered
  })
  return (await Promise.all(all)).flat()
}

async function offersAbout(asking: Asking, meeting: string): Promise<readonly Offer[]> {
  try {
    return offersFor(asking.actor, await load(asking, { subject: meeting }))
  } catch (error) {
    // Their part in this board has ended, or has not begun.
    if (error instanceof Refusal) return []
    throw error
  }
}

function offersFor(actor: Actor, replies: Coming): readonly Offer[] {
  const { meeting, seats } = replies
  const held = seatsOf(seats, actor.person)
  const substitutes = held.length > 0 && meeting.terms.substitutes.allowed
  return [
    ...(held.some((seat) => !seat.answer) ? [{ words: "I'll be there", does: 'say that you will come' }] : []),
    ...(held.some((seat) => seat.answer?.attending === false)
      ? [{ words: 'I can come after all', does: 'take back your apologies' }]
      : []),
    ...(held.some((seat) => seat.answer?.attending !== false)
      ? [{ words: 'apologies for the next meeting', does: 'send apologies' }]
      : []),
    ...(substitutes
      ? [
          {
            words: 'apologies for the next meeting, NAME will substitute',
            does: 'send apologies and name who comes in your place',
          },
          { words: 'name a substitute', does: 'choose who comes in your place from a list' },
        ]
      : []),
    ...(replies.sits || replies.officer
      ? [{ words: 'who is coming', does: `see who comes to ${meeting.board.shortName}, and the quorum` }]
      : []),
  ]
}
