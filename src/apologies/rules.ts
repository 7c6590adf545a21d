import type { Temporal } from 'temporal-polyfill'
import { type Figure, quorumOf } from '../boards/quorum.js'
import { isInvited, type Named, namedAs, type Seat, seatsOf } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { Refusal } from '../kernel/refusal.js'
import { isLate, isOver, type Meeting, meetingTime } from '../meetings/rules.js'
import type { Right } from './cast/rules.js'

/** Who sits in for one meeting. */
export interface Substitute extends Named {
  /** false: a member has named them, and the clerk has not said yet who they are */
  readonly confirmed: boolean
}

/** What a seat has said of a meeting. The last answer stands; earlier ones are kept. */
export interface SeatAnswer {
  /** 1, 2, 3 … */
  readonly version: number
  readonly attending: boolean
  readonly substitute: Substitute | null
  /** who said so: the representative, or who answered for them */
  readonly by: Named
  /** it came when the hour of the meeting had come */
  readonly late: boolean
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
  /** by what right whoever asks may answer for it; null: by none */
  readonly right: Right | null
}

/** A meeting and what every seat has answered. */
export interface Replies {
  readonly meeting: Meeting
  /** what is said now is said late */
  readonly begun: boolean
  /** it is too late to answer */
  readonly over: boolean
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

/** Which seat is meant: by its id, and where several hold it by who does. */
export interface SeatMeant {
  readonly seat?: string | undefined
  readonly for?: string | undefined
}

const NOT_YOURS =
  'That seat is not yours to answer for. Whoever holds it answers, or their deputy, their assistant or the clerk: ask one of them.'

/**
 * The seat for which a person answers: the one they name, or their only one.
 * @throws Refusal `not_permitted` when they may not answer for it, `unclear` when it may be several
 */
export function seatFor(seats: readonly AnsweredSeat[], person: string, { seat: named, for: holder }: SeatMeant): AnsweredSeat {
  const theirs = seatsOf(seats, person)
  if (named === undefined) {
    const [seat, another] = theirs
    if (seat && !another) return seat
    if (!seat) throw new Refusal('not_permitted', seats.some(({ right }) => right !== null) ? SAY_FOR_WHOM : NOT_YOURS)
    const bodies = theirs.map((one) => one.organisation.name).join(' and ')
    throw new Refusal('unclear', `You hold seats for ${bodies}. Answer for each of them on the card in our direct conversation.`)
  }
  const meant = seats.filter(({ id, representative }) => id === named && (holder === undefined || representative?.id === holder))
  const own = holder === undefined ? seatsOf(meant, person) : []
  const [seat, another] =
    own.length > 0 ? own : meant.filter(({ right, representative }) => right !== null && representative !== null)
  if (!seat) throw new Refusal('not_permitted', NOT_YOURS)
  if (!another) return seat
  const holders = meant.map(({ representative }) => representative?.name).join(' and ')
  throw new Refusal('unclear', `${holders} hold that seat jointly. Say for which of them you answer.`)
}

const SAY_FOR_WHOM =
  'You hold no seat of your own there. Say for whom you answer, as in “apologies from Daniel Okafor”; the clerk has “Answer for somebody” under “Who is coming”.'

/** Who is meant as substitute: somebody known, or somebody new by name. */
export type SubstituteMeant = { readonly id: string } | { readonly name: string }

const NAMES = /[\p{L}][\p{L}'-]+/gu
const CALLED = /^(?:cllr|dr|mr|mrs|ms|miss|sir|prof|rev|supt|insp|sgt|acc|dci|di|pc)$/i

/** Two names at least, besides what somebody is called by. */
export const isWholeName = (said: string): boolean => (said.match(NAMES) ?? []).filter((word) => !CALLED.test(word)).length > 1

/**
 * The colleague who is meant, by id or by name: the whole name, or as much of it as fits nobody else; else somebody new.
 * @param colleagues whom the seat may name: people of its body without a seat of their own
 * @throws Refusal at the field `substitute`: `not_found` when it is none of them and no whole name, or who holds a seat of
 * their own; `unclear` when it may be several
 */
export function namedAmong(
  colleagues: readonly Substitute[],
  { seat, seats }: { readonly seat: AnsweredSeat; readonly seats: readonly AnsweredSeat[] },
  meant: SubstituteMeant,
): Substitute | { readonly stranger: string } {
  const refuse = (code: 'not_found' | 'unclear', sentence: string): never => {
    throw new Refusal(code, sentence, undefined, { substitute: sentence })
  }
  const fits = 'name' in meant ? namedAs(colleagues, meant.name) : colleagues.filter(({ id }) => id === meant.id)
  const [found, another] = fits
  if (found && !another) return found
  if (another) return refuse('unclear', `That could be ${fits.map(({ name }) => name).join(' or ')}. Say the whole name.`)
  const holders = seats.flatMap((one) => (one.representative ? [{ ...one.representative, of: one.organisation.name }] : []))
  const [holder] = 'name' in meant ? namedAs(holders, meant.name) : holders.filter(({ id }) => id === meant.id)
  const body = seat.organisation.name
  if (holder && holder.id === seat.representative?.id)
    return refuse(
      'not_found',
      `${holder.name} holds that seat, and cannot be their own substitute. Name somebody else of ${body}.`,
    )
  if (holder) {
    const own = `${holder.name} holds a seat of their own there, for ${holder.of}, and cannot sit for another as well.`
    return refuse('not_found', `${own} Name somebody else of ${body}.`)
  }
  if ('name' in meant && isWholeName(meant.name)) return { stranger: meant.name.replace(/\s+/g, ' ').trim() }
  return refuse(
    'not_found',
    `I know nobody of that name who could sit for ${body}. Choose from the list under "Name a substitute", say the whole name, or ask the clerk to add them.`,
  )
}

/**
 * What is unwise in a substitute: that they sit for another body at the same meeting.
 * @returns a sentence each; none where nothing is
 */
export function doubtsAbout(seats: readonly AnsweredSeat[], seat: AnsweredSeat, substitute: Named): readonly string[] {
  const elsewhere = seats.filter(({ id, answer }) => id !== seat.id && answer?.substitute?.id === substitute.id)
  if (elsewhere.length === 0) return []
  const bodies = [...new Set(elsewhere.map(({ organisation }) => organisation.name))].join(' and ')
  return [
    `${substitute.name} substitutes for ${bodies} at that meeting already: both bodies are counted, unless the person presiding rules otherwise.`,
  ]
}

/**
 * @throws Refusal `not_permitted` where a deputy names somebody else: it is for the representative to name another
 */
export function mayName({ right, representative }: AnsweredSeat, actor: string, substitute: Named | null): void {
  if (right !== 'deputy' || substitute === null || substitute.id === actor) return
  const sentence = `A deputy answers with themselves or with nobody. Ask ${representative?.name ?? 'the representative'} or the clerk to name ${substitute.name}.`
  throw new Refusal('not_permitted', sentence, undefined, { substitute: sentence })
}

/**
 * Whether a seat may answer at all, and with a substitute if it would name one.
 * @throws Refusal `too_late` once the meeting is over; `not_permitted` with the clause where the terms allow no substitutes
 */
export function mayAnswer(meeting: Meeting, wish: { substitute: boolean }, now: Temporal.Instant): void {
  if (isOver(meeting, now)) {
    throw new Refusal('too_late', `The meeting of ${meetingTime(meeting)} is over. Tell the clerk, who keeps the attendance.`)
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
  { attending, substitute, by }: Omit<SeatAnswer, 'version' | 'late'>,
  now: Temporal.Instant,
): SeatAnswer | null {
  mayAnswer(meeting, { substitute: substitute !== null }, now)
  const before = seat.answer
  if (before && before.attending === attending && before.substitute?.id === substitute?.id) return null
  return {
    version: seat.versions + 1,
    attending,
    substitute,
    by,
    late: before && !before.attending && !attending ? before.late : isLate(meeting, now),
  }
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
