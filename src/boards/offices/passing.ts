import { Temporal } from 'temporal-polyfill'
import type { Office } from '../part/rules.js'
import type { Tenure } from './rules.js'

/** An office that passes to somebody, or that somebody leaves. */
export interface Passing {
  readonly office: Office
  /** the person who takes it; null: nobody takes it from them */
  readonly to: string | null
  /** those who leave it */
  readonly left: readonly string[]
  readonly acting: boolean
  /** `YYYY-MM-DD`: the first day on which it is so */
  readonly from: string
}

interface Holding extends Tenure {
  readonly person: { readonly id: string }
}

const compare = Temporal.PlainDate.compare

/** Whether two are one time of the same person in the same office, whose days may have been corrected. */
const same = (one: Holding, other: Holding): boolean =>
  one.office === other.office && one.acting === other.acting && one.person.id === other.person.id && meet(one, other)

/** Whether two overlap, or one begins on the day on which the other ends. */
const meet = (one: Tenure, other: Tenure): boolean =>
  (one.until === null || compare(other.since, one.until) <= 0) && (other.until === null || compare(one.since, other.until) <= 0)

/**
 * What passes from whom to whom by a change of a board's offices, from today on: who holds one and did not, in succession
 * to whoever leaves it on that day; and who leaves one that nobody takes from them. Where days alone were corrected nothing
 * passes.
 */
export function passings(before: readonly Holding[], after: readonly Holding[], today: Temporal.PlainDate): readonly Passing[] {
  const lasting = ({ until }: Tenure): boolean => until === null || compare(until, today) > 0
  const begun = after.filter((one) => lasting(one) && !before.some((was) => same(was, one)))
  const left = before.filter(lasting).flatMap((was) => {
    const now = after.find((one) => same(was, one))
    const until = now ? now.until : today
    // What was to begin later and is taken back was never held.
    const held = until !== null && compare(was.since, until) < 0
    return held && (was.until === null || compare(until, was.until) < 0) ? [{ was, until }] : []
  })
  const predecessors = (one: Holding) => left.filter(({ was, until }) => was.office === one.office && until.equals(one.since))
  const taken = begun.map(
    (one): Passing => ({
      office: one.office,
      to: one.person.id,
      left: predecessors(one).flatMap(({ was }) => (was.person.id === one.person.id ? [] : [was.person.id])),
      acting: one.acting,
      from: one.since.toString(),
    }),
  )
  const followed = begun.flatMap(predecessors)
  const vacated = left
    .filter((one) => !followed.some(({ was }) => was === one.was))
    .map(
      ({ was, until }): Passing => ({
        office: was.office,
        to: null,
        left: [was.person.id],
        acting: was.acting,
        from: until.toString(),
      }),
    )
  return [...taken, ...vacated]
}
