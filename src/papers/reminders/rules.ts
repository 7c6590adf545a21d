import type { Temporal } from 'temporal-polyfill'
import type { Meeting } from '../../meetings/rules.js'
import { isExpected, type Paper, standing } from '../rules.js'

/** The papers that a meeting still waits for. */
export interface Wanted {
  readonly meeting: Meeting
  readonly papers: readonly Paper[]
  readonly now: Temporal.Instant
}

/** What is expected and not in. */
export const missing = (papers: readonly Paper[], notes: boolean): readonly Paper[] =>
  papers.filter((paper) => isExpected(paper.item, notes) && standing(paper) === null)

/** Who is asked for a paper, by id: its author, or whoever proposed the item; null: nobody whom the bot can reach. */
export const askedFor = ({ author, item }: Paper): string | null => (author ? author.id : (item.proposedBy?.id ?? null))
