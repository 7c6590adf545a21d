import { Temporal } from 'temporal-polyfill'
import type { Office } from '../part/rules.js'
import { isBoard } from '../roster/counted.js'
import type { Terms } from '../terms.js'

/** An office of a board held by one person for a span of days. */
export interface Tenure {
  readonly office: Office
  /** for want of somebody elected or appointed: it has no term, and the office is still to be filled */
  readonly acting: boolean
  readonly since: Temporal.PlainDate
  /** the first day on which they hold it no more; null: none is known */
  readonly until: Temporal.PlainDate | null
}

export type OfficeRule = Terms['offices'][number]

/** An office that a board has to fill. */
export interface OfficeDue {
  readonly office: Office
  /** vacant: nobody holds it, or somebody who only acts; term: whoever holds it does so for so long, or so long is over */
  readonly cause: 'vacant' | 'term'
  /** the first day of the vacancy, or the day on which the term ends; null: nobody has ever held it */
  readonly day: Temporal.PlainDate | null
}

/** How long before the end of a term its election falls due, and clerk and chair hear of it: whole days. */
export const DAYS_BEFORE_END = 60

const OFFICES: Readonly<Record<Office, string>> = {
  chair: 'Chair',
  'vice-chair': 'Vice-Chair',
  'co-chair': 'Co-Chair',
  clerk: 'Clerk',
}

/** "Vice-Chair" */
export const officeInWords = (office: Office): string => OFFICES[office]

export const ruleOf = ({ offices }: Pick<Terms, 'offices'>, office: Office): OfficeRule | undefined =>
  offices.find((rule) => rule.office === office)

/** Whether the board itself fills an office at its meetings: by election, or by a nomination that the terms leave to it. */
export const filledHere = (terms: Terms, { filled, by }: OfficeRule): boolean =>
  filled === 'elected' || (filled === 'nominated' && by !== undefined && isBoard(terms, by))

/** "Election of Vice-Chair"; where the board nominates, "Appointment of Vice-Chair". */
export const electionTitle = ({ office, filled }: OfficeRule): string =>
  `${filled === 'elected' ? 'Election' : 'Appointment'} of ${officeInWords(office)}`

const holdsOn =
  (day: Temporal.PlainDate) =>
  ({ since, until }: Tenure): boolean =>
    !later(since, day) && (until === null || later(until, day))

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(one, other) > 0

const earliest = (days: readonly Temporal.PlainDate[]): Temporal.PlainDate | null =>
  [...days].sort(Temporal.PlainDate.compare)[0] ?? null

/**
 * The day on which a term of office ends: so many years from its first day, where the terms state years. A term from
 * 29 February ends on 28 February where the year has no other. It makes no vacancy: the holder stays until a successor is
 * elected. Whoever acts has no term.
 */
export const termEnd = (rule: OfficeRule | undefined, { acting, since }: Tenure): Temporal.PlainDate | null =>
  acting || rule?.years === undefined ? null : since.add({ years: rule.years })

/** The day on which somebody's time in an office is to end: by the terms, or as it was said of them, whichever comes first. */
export const endOf = (rule: OfficeRule | undefined, tenure: Tenure): Temporal.PlainDate | null => {
  const term = termEnd(rule, tenure)
  return earliest([term, tenure.until].filter((day) => day !== null))
}

/** Whether somebody is known who holds the office once this one does no more: nothing is left to elect. */
export const isFollowed = (tenure: Tenure, tenures: readonly Tenure[]): boolean => {
  const { until } = tenure
  if (until === null) return false
  return tenures.some((one) => one.office === tenure.office && !one.acting && !later(until, one.since))
}

/** Whether a day lies within sixty days before an end, or after it. */
const nears = (end: Temporal.PlainDate, day: Temporal.PlainDate): boolean => !later(end.subtract({ days: DAYS_BEFORE_END }), day)

/**
 * The offices that a board has to fill at a meeting, in the order of its terms: vacant on its day, or held for a term that
 * ends within sixty days after it, or has ended. Of an office that several share each has a term of their own, and it is
 * due with the first of them.
 * @param tenures of that board, those that are to begin included
 */
export function fallsDue(terms: Terms, tenures: readonly Tenure[], day: Temporal.PlainDate): readonly OfficeDue[] {
  return terms.offices
    .filter((rule) => filledHere(terms, rule))
    .flatMap((rule): readonly OfficeDue[] => {
      const { office } = rule
      const all = tenures.filter((one) => one.office === office && !one.acting)
      const held = all.filter(holdsOn(day))
      if (held.length === 0) return [{ office, cause: 'vacant', day: vacantSince(all, day) }]
      const ends = held.flatMap((one) => (isFollowed(one, all) ? [] : (endOf(rule, one) ?? [])))
      const end = earliest(ends.filter((one) => nears(one, day)))
      return end ? [{ office, cause: 'term', day: end }] : []
    })
}

/** The first day of a vacancy in which a day lies; null: nobody has held the office before. */
function vacantSince(tenures: readonly Tenure[], day: Temporal.PlainDate): Temporal.PlainDate | null {
  const ends = tenures.flatMap(({ until }) => (until && !later(until, day) ? [until] : []))
  return ends.sort(Temporal.PlainDate.compare).at(-1) ?? null
}

/** Who holds an office on a day, those who only act included. */
export const holding = <T extends Tenure>(tenures: readonly T[], office: Office, day: Temporal.PlainDate): readonly T[] =>
  tenures.filter((one) => one.office === office && holdsOn(day)(one))

/**
 * Those who hear of an office: clerk and chair; while nobody is chair, the vice-chair where they preside in its stead.
 * @param tenures of that board
 */
export function toHear<T extends Tenure>({ presiding }: Terms, tenures: readonly T[], day: Temporal.PlainDate) {
  const chairs = (['chair', 'co-chair'] as const).flatMap((office) => holding(tenures, office, day))
  const stands = chairs.length === 0 && presiding.inOrder[0] === 'vice-chair'
  return {
    clerks: holding(tenures, 'clerk', day),
    chairs: stands ? holding(tenures, 'vice-chair', day) : chairs,
  }
}
