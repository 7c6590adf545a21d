import type { Temporal } from 'temporal-polyfill'
import { type Division, workingDayBefore } from '../../kernel/working-days.js'
import type { Terms } from '../terms.js'
import { DAYS_BEFORE_END, endOf, filledHere, isFollowed, type OfficeRule, ruleOf, type Tenure, termEnd } from './rules.js'

/** Somebody's time in an office that is to end. */
export interface Ending<T extends Tenure = Tenure> {
  readonly tenure: T
  readonly rule: OfficeRule
  readonly day: Temporal.PlainDate
  /**
   * - election: the years for which the terms have somebody in an office that the board fills are over
   * - review: they are, and the terms have the office reviewed then; an office that others fill only ever is
   * - last day: it was said of them that they leave
   */
  readonly what: 'election' | 'review' | 'last day'
}

/**
 * How somebody's time in an office is to end, where anything says so and nobody is known to follow them: by the years that
 * the terms state, or, in an office that the board fills, on a day that was said of them.
 */
export function endingOf<T extends Tenure>(terms: Terms, tenure: T, tenures: readonly Tenure[]): Ending<T> | null {
  const rule = ruleOf(terms, tenure.office)
  if (!rule || tenure.acting || isFollowed(tenure, tenures)) return null
  const here = filledHere(terms, rule)
  const day = endOf(rule, tenure)
  if (day === null) return null
  if (termEnd(rule, tenure)?.equals(day))
    return { tenure, rule, day, what: here && rule.atYearsEnd === 'ends' ? 'election' : 'review' }
  return here ? { tenure, rule, day, what: 'last day' } : null
}

/** The working day on which clerk and chair hear of it: sixty days before, or the last before that. */
export const heardOn = ({ day }: Pick<Ending, 'day'>, division: Division): Temporal.PlainDate =>
  workingDayBefore(day.subtract({ days: DAYS_BEFORE_END }), 0, division).day
