import { inDays } from './days.js'
import type { RosterFault, Span } from './rules.js'

/** Whether there is a day on which both hold; one without days holds on any. */
export const overlap = (a: Span, b: Span): boolean =>
  (a.lastDay === null || b.from === null || b.from <= a.lastDay) && (b.lastDay === null || a.from === null || a.from <= b.lastDay)

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.lastDay === b.lastDay

export const spanOf = ({ from, lastDay }: Span): Span => ({ from, lastDay })

/** " from 1 April 2026 until 31 March 2027"; nothing where no day is given. */
export const inSpan = ({ from, lastDay }: Span): string =>
  `${from === null ? '' : ` from ${inDays(from)}`}${lastDay === null ? '' : ` until ${inDays(lastDay)}`}`

/** Something that a row says to hold for its span. */
export interface Said<Thing extends Span> {
  readonly row: number
  /** tells things apart whatever their spans */
  readonly key: string
  readonly thing: Thing
  /** "deputy of Kent Police": how the row is quoted */
  readonly words: string
}

/** What rows say, each thing once; the same said of spans that overlap without being equal is a fault of the later row. */
export function saidOnce<Thing extends Span>(
  said: readonly Said<Thing>[],
): { readonly found: readonly Thing[]; readonly faults: readonly RosterFault[] } {
  const kept = new Map<string, Said<Thing>[]>()
  const faults: RosterFault[] = []
  for (const one of said) {
    const others = kept.get(one.key) ?? []
    if (others.some(({ thing }) => JSON.stringify(thing) === JSON.stringify(one.thing))) continue
    const other = others.find(({ thing }) => overlap(thing, one.thing))
    if (other) faults.push({ row: one.row, column: 'From', sentence: twice(one.words, other) })
    else kept.set(one.key, [...others, one])
  }
  return { found: [...kept.values()].flat().map(({ thing }) => thing), faults }
}

const twice = (words: string, { row, thing }: Said<Span>): string =>
  `says once more that ${words}: row ${row} says it${inSpan(thing) || ' without any day'}. Let the days follow one another, or keep one of the two`
