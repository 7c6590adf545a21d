import type { StandingItem } from '../drafting.js'
import type { Section } from '../rules.js'

/** A section that a board has, with the decision that set it. */
export interface BoardSection extends Section {
  readonly decision: string
}

/** A standing item of a board, with the decision that set it. */
export interface BoardItem extends StandingItem {
  readonly id: string
  readonly decision: string
}
