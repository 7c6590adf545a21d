import type { Span } from './rules.js'
import { overlap } from './spans.js'

/** A span that has its first day. */
export interface Dated {
  readonly from: string
  readonly lastDay: string | null
}

/** How a span that stands becomes one that is wanted; null: there is none. */
export interface Renewal {
  readonly was: Span | null
  readonly is: Dated | null
}

/** It holds no more, or was taken back before it ever began. */
const isOver = ({ from, lastDay }: Span, day: string): boolean =>
  lastDay !== null && (lastDay < day || (from !== null && lastDay < from))

const begun = ({ from }: Span, day: string): boolean => from === null || from <= day

/**
 * How the spans of one thing that stand become those that are wanted, on a day. A wanted one without a first day goes on
 * with what holds now, else it begins on the day. What is over is left as it is, in the file and in the record; what holds
 * now and is wanted only from a later day ends, and begins again then.
 * @returns a renewal for each span that stands or is wanted, those included that stay as they are
 */
export function renewalsOf(present: readonly Span[], wanted: readonly Span[], day: string): readonly Renewal[] {
  const standing = new Set(present.filter((was) => !isOver(was, day)))
  const sought = new Set(wanted)
  const renewals: Renewal[] = []
  const match = (fits: (is: Span, was: Span) => boolean): void => {
    for (const is of sought) {
      const was = [...standing].find((one) => fits(is, one))
      if (!was) continue
      standing.delete(was)
      sought.delete(is)
      renewals.push({ was, is: renewed(is, was, day) })
    }
  }
  match((is, was) => is.from !== null && is.from === was.from)
  match((is, was) => is.from === null && !isOver(is, day) && begun(was, day))
  match((is, was) => !isOver(is, day) && overlap(is, was) && (begun(is, day) || !begun(was, day)))
  // It holds still, and the file says that it was to have ended.
  match((is, was) => isOver(is, day) && begun(was, day) && overlap(is, was))
  const begins = [...sought].filter((is) => !isOver(is, day)).map((is) => ({ was: null, is: renewed(is, null, day) }))
  return [...renewals, ...[...standing].map((was) => ({ was, is: null })), ...begins]
}

function renewed({ from, lastDay }: Span, was: Span | null, day: string): Dated {
  return { from: from ?? (was && begun(was, day) ? (was.from ?? day) : day), lastDay }
}
