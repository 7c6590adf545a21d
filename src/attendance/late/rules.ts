import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import type { Circulation } from '../../papers/circulation/rules.js'
import { isExpected, type Paper, standing, workingDays } from '../../papers/rules.js'

/** What was said at the meeting of a paper that did not go out in time. */
export interface LateRuling {
  readonly item: string
  readonly taken: boolean
  readonly why: string | null
  /** who presided */
  readonly presiding: Named | null
  readonly at: Temporal.Instant
}

/** A paper that is before the meeting without having gone out in time. */
export interface LatePaper {
  readonly paper: Paper
  /** whole working days by which it came too late; null: it has not gone out at all */
  readonly short: number | null
  readonly ruling: LateRuling | null
}

/**
 * The papers of a meeting whose last version did not go out in time, or did not go out; in the agenda's order.
 * @param rulings the last first
 */
export function latePapers(
  papers: readonly Paper[],
  notes: boolean,
  circulations: readonly Pick<Circulation, 'short' | 'papers'>[],
  rulings: readonly LateRuling[],
): readonly LatePaper[] {
  return papers.flatMap((paper) => {
    const version = standing(paper)
    if (paper.item.state !== 'placed' || (version === null && !isExpected(paper.item, notes))) return []
    const sent = circulations.filter(({ papers: went }) => went.some((one) => one.version === version?.id))
    const short = sent.length === 0 ? null : Math.min(...sent.map((one) => one.short))
    if (short === 0) return []
    return [{ paper, short, ruling: rulings.find(({ item }) => item === paper.item.id) ?? null }]
  })
}

/** "2 working days late", "not sent out", "not in" */
export function lateInWords({ paper, short }: Pick<LatePaper, 'paper' | 'short'>): string {
  if (short !== null) return `${workingDays(short)} late`
  return standing(paper) === null ? 'not in' : 'not sent out'
}

/** "taken", "not taken: it came this morning" */
export const rulingInWords = ({ taken, why }: Pick<LateRuling, 'taken' | 'why'>): string =>
  `${taken ? 'taken' : 'not taken'}${why ? `: ${why}` : ''}`
