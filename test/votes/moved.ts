import type { Choice, Text } from './wishes.js'

export type Ballot = { readonly person: string; readonly choice: Choice; readonly recorded: boolean; counts: boolean }

export interface Vote {
  state: 'open' | 'equal' | 'closed'
  readonly byHand: boolean
  /** why nothing that is carried binds, since the opening */
  why: string | null
  readonly ballots: Map<string, Ballot>
  cast: { readonly person: string; readonly choice: Choice } | null
  /** for, against, abstained, and who could vote and was there, or had voted */
  tally: readonly [number, number, number, number] | null
}

export interface Moved {
  readonly item: number
  text: Text
  amended: boolean
  decided: boolean
  readonly dissents: Set<string>
  vote: Vote | null
}
