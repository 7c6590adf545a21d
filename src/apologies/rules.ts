import type { Temporal } from 'temporal-polyfill'
import { type Figure, quorumOf } from '../boards/quorum.js'
import { isInvited, type Named, namedAs, type Seat, seatsOf } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { Refusal } from '../kernel/refusal.js'
import { hasBegun, type Meeting, meetingTime } from '../meetings/rules.js'

/** What a seat has said of a meeting. The last answer stands; earlier ones are kept. */
export interface SeatAnswer {
  /** 1, 2, 3 … */
  readonly version: number
  readonly attending: boolean
  readonly substitute: Named | null
}

export interface AnsweredSeat extends Seat {
  /** what its present representative has answered; what one before them said stands no more */
  readonly answer: SeatAnswer | null
  /** how many answers were given for it, whoever held it */
  readonly versions: number
  /** they answered for another day, from which the meeting has been moved: that stands no more */
  readonly movedSince: boolean
  /** who was named as its substitute, and is of its body no longer or has a seat of their own on the day */
  readonly lapsed: Named | null
}

/** A meeting and what every seat has answered. */
export interface Replies {
  readonly meeting: Meeting
  /** it is too late to answer */
  readonly begun: boolean
  readonly seats: readonly AnsweredSeat[]
}

/** Who will sit in the seat, as far as it has said. */
export function whoComes(seat: AnsweredSeat): Named | null {
  if (!seat.answer) return null
  return seat.answer.attending ? seat.representative : seat.answer.substitute
}

/**
 * How many say that they will be represented, on each reading of the terms. Only the number is foretold: whether the
 * quorum's further conditions hold, such as an office present, shows at the meeting.
 */
export function forecast(terms: Terms, seats: readonly AnsweredSeat[]): readonly Figure[] {
  const places = seats.map((seat) => ({
    seat: seat.id,
    organisation: seat.organisation.name,
    formerly: seat.organisation.formerly,
    invited: isInvited(seat),
    filled: seat.representative !== null,
  }))
  const present = seats.flatMap((seat) => {
    const comes = whoComes(seat)
    return comes === null ? [] : [{ person: comes.id, seat: seat.id, organisation: seat.organisation.name, offices: [] }]
  })
  return quorumOf(terms, places, present)
}

/** Held seats that have not answered; of one held jointly, those of its holders who have not. */
export const unanswered = (seats: readonly AnsweredSeat[]): readonly AnsweredSeat[] =>
  seats.filter((seat) => seat.representative !== null && seat.answer === null)

/** How many held seats nobody has answered for. */
export function silentSeats(seats: readonly AnsweredSeat[]): number {
  const answered = new Set(seats.filter(({ answer }) => answer !== null).map(({ id }) => id))
  return new Set(unanswered(seats).flatMap(({ id }) => (answered.has(id) ? [] : [id]))).size
}

/**
 * The seat for which a person answers: the one they name, or their only one.
 * @throws Refusal `not_permitted` when it is not theirs, `unclear` when they hold several and name none
 */
export function seatFor(seats: readonly AnsweredSeat[], person: string, named: string | undefined): AnsweredSeat {
  const theirs = seatsOf(seats, person)
  const chosen = named === undefined ? theirs : theirs.filter((seat) => seat.id === named)
  const [seat, another] = chosen
  if (!seat) throw new Refusal('not_permitted', 'That seat is not yours to answer for. Ask the clerk to answer for it.')
  if (another) {
    const bodies = theirs.map((one) => one.organisation.name).join(' and ')
    throw new Refusal('unclear', `You hold seats for ${bodies}. Answer for each of them on the card in our direct conversation.`)
  }
  return seat
}

/**
 * The colleague who is meant, by id or by name: the whole name, or as much of it as fits nobody else.
 * @param colleagues whom the seat may name: people of its body without a seat of their own
 * @throws Refusal `not_found` when it is none of them, `unclear` when it may be several; both at the field `substitute`
 */
export function namedAmong(colleagues: readonly Named[], seat: AnsweredSeat, meant: { id: string } | { name: string }): Named {
  const fits = 'name' in meant ? namedAs(colleagues, meant.name) : colleagues.filter(({ id }) => id === meant.id)
  const [found, another] = fits
  if (found && !another) return found
  const sentence = another
    ? `That could be ${fits.map(({ name }) => name).join(' or ')}. Say the whole name.`
    : `I know nobody of that name who could sit for ${seat.organisation.name}. Choose from the list under "Name a substitute", or ask the clerk to add them.`
  throw new Refusal(another ? 'unclear' : 'not_found', sentence, undefined, { substitute: sentence })
}

/**
 * Whether a seat may answer at all, and with a substitute if it would name one.
 * @throws Refusal `too_late` once the meeting has begun; `not_permitted` with the clause where the terms allow no substitutes
 */
export function mayAnswer(meeting: Meeting, wish: { substitute: boolean }, now: Temporal.Instant): void {
  if (hasBegun(meeting, now)) {
    throw new Refusal('too_late', `The meeting began on ${meetingTime(meeting)}. Tell the clerk, who keeps the attendance.`)
  }
  const { allowed, clause } = meeting.terms.substitutes
  if (wish.substitute && !allowed) {
    throw new Refusal('not_permitted', 'This board takes no substitutes. Send apologies without one.', clause)
  }
}

/**
 * The answer as it will stand, or null when it already stands so.
 * @throws Refusal as `mayAnswer` does
 */
export function acceptAnswer(
  { meeting, seat }: { meeting: Meeting; seat: AnsweredSeat },
  { attending, substitute }: { attending: boolean; substitute: Named | null },
  now: Temporal.Instant,
): SeatAnswer | null {
  mayAnswer(meeting, { substitute: substitute !== null }, now)
  const before = seat.answer
  if (before && before.attending === attending && before.substitute?.id === substitute?.id) return null
  return { version: seat.versions + 1, attending, substitute }
}

/** Those who sit for more than one body, with the bodies: counted for each, as the terms count bodies; the person presiding may rule otherwise. */
export function inTwoSeats(seats: readonly AnsweredSeat[]): readonly { who: Named; bodies: readonly string[] }[] {
  const sitting = new Map<string, { who: Named; bodies: string[] }>()
  for (const seat of seats) {
    const who = whoComes(seat)
    if (who === null) continue
    const known = sitting.get(who.id) ?? { who, bodies: [] }
    sitting.set(who.id, { who, bodies: [...known.bodies, seat.organisation.name] })
  }
  return [...sitting.values()].filter(({ bodies }) => bodies.length > 1)
}
