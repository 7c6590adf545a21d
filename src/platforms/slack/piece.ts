import type { KnownBlock } from '@slack/types'
import { escaped } from './escape.js'
import { WEIGHT_OF_A_BLOCK } from './limits.js'

/** One block of a card, and what it says to whoever hears it. */
export interface Piece {
  readonly block: KnownBlock
  readonly words: string
  /** stands before what it heads, and never at the foot of a sheet */
  readonly heads?: true
}

/** What belongs together, and stands on one sheet where that can be. */
export interface Group {
  readonly pieces: readonly Piece[]
  /** the same where a sheet has a table already */
  readonly withoutTable?: readonly Piece[]
}

export const group = (...pieces: Piece[]): Group => ({ pieces })

export const isTable = ({ block }: Piece): boolean => block.type === 'table'

/** What nobody reads. */
const UNREAD = ['value', 'url', 'image_url', 'action_id']

/** A block is weighed once, though with each that is put after it it is asked again whether all of them fit. */
const weighed = new WeakMap<KnownBlock, number>()

/** Everything in a block that Slack may count as its text, as Slack keeps it. */
export function weightOf(block: KnownBlock): number {
  const before = weighed.get(block)
  if (before !== undefined) return before
  const weight = weigh(block)
  weighed.set(block, weight)
  return weight
}

function weigh(block: KnownBlock): number {
  let weight = WEIGHT_OF_A_BLOCK
  JSON.stringify(block, (key, value: unknown) => {
    if (key !== 'type' && typeof value === 'string') weight += UNREAD.includes(key) ? value.length : escaped(value).length
    return value
  })
  return weight
}
