import type { Figure } from '../../boards/quorum.js'
import type { Named } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import { type AnsweredSeat, forecast, unanswered } from '../rules.js'

/** A quorum that the answers so far do not make, and who could still make it. */
export interface AtRisk {
  /** as foretold, on each reading */
  readonly figures: readonly Figure[]
  /** the same if all who have not answered came */
  readonly atMost: readonly Figure[]
  /** who have not answered, and whose coming would count on a reading that is short */
  readonly silent: readonly Named[]
  /** who send apologies without a substitute, and for whom one would count */
  readonly withoutSubstitute: readonly Named[]
}

/** The same seat if whoever holds it came. */
const coming = (seat: AnsweredSeat): AnsweredSeat =>
  seat.representative === null
    ? seat
    : { ...seat, answer: { version: 1, attending: true, substitute: null, by: seat.representative, late: false } }

const short = (figures: readonly Figure[]): boolean => figures.some(({ represented, required }) => represented < required)

/**
 * Whether the quorum is at risk, and whose answer could still tip it; null where the answers so far make it on every
 * reading. A further seat of a body that comes already would count for nothing, and is not named.
 */
export function quorumAtRisk(terms: Terms, seats: readonly AnsweredSeat[]): AtRisk | null {
  const figures = forecast(terms, seats)
  if (!short(figures)) return null
  const tips = (seat: AnsweredSeat): boolean => {
    const others = seats.map((one) => (one === seat ? coming(seat) : one))
    const then = forecast(terms, others)
    return then.some(({ represented }, at) => {
      const now = figures[at]
      return now !== undefined && now.represented < now.required && represented > now.represented
    })
  }
  const named = (those: readonly AnsweredSeat[]): readonly Named[] =>
    those.filter(tips).flatMap(({ representative }) => (representative ? [representative] : []))
  const silent = unanswered(seats)
  const absent = seats.filter(({ answer }) => answer !== null && !answer.attending && answer.substitute === null)
  const all = seats.map((seat) => (silent.includes(seat) ? coming(seat) : seat))
  return { figures, atMost: forecast(terms, all), silent: named(silent), withoutSubstitute: named(absent) }
}

/** Of the people who are told of a meeting, those who come as far as is known: who sends apologies does not. */
export function whoIsComing(
  told: readonly string[],
  seats: readonly AnsweredSeat[],
  deputies: readonly string[],
): readonly string[] {
  const substitutes = seats.flatMap(({ answer }) => (answer?.substitute && !answer.attending ? [answer.substitute.id] : []))
  const apologised = seats.flatMap(({ answer, representative }) =>
    answer && !answer.attending && representative ? [representative.id] : [],
  )
  const holders = seats.flatMap(({ representative, answer }) =>
    representative && (answer === null || answer.attending) ? [representative.id] : [],
  )
  const aside = new Set([...apologised, ...deputies].filter((id) => !substitutes.includes(id) && !holders.includes(id)))
  return [...new Set([...told, ...substitutes])].filter((id) => !aside.has(id))
}
