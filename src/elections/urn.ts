import { randomInt } from 'node:crypto'
import type { TwoWords } from './check-words.js'
import { AGAINST, type Choice, isChoice } from './counting.js'
import type { Round, Voted } from './rules.js'
import { NotOpened, open, openingKey } from './sealing.js'

/** A choice out of the urn, without who made it. */
export interface Drawn {
  readonly choice: Choice
  readonly words: TwoWords | null
}

export interface Urn {
  readonly round: Pick<Round, 'id' | 'method' | 'candidates' | 'publicKey'>
  /** whose papers are to be counted */
  readonly counted: readonly Voted[]
  readonly sealed: readonly { readonly voter: string; readonly sealed: string }[]
  /** the private key as it lies in the vault; null: there is none */
  readonly key: string | null
}

/**
 * Opens the ballot papers of a secret ballot, and shuffles what is in them. One that does not open, is missing or chooses
 * what is not on the ballot, and nothing is counted: an urn is whole or it is none.
 * @throws NotOpened with why, which says nothing of any choice
 */
export function emptied({ round, counted, sealed, key }: Urn): readonly Drawn[] {
  const { publicKey, id, method } = round
  if (publicKey === null) throw new Error('an open ballot has no urn')
  if (key === null) throw new NotOpened('the key is missing')
  const opening = openingKey(key, publicKey)
  const candidates = round.candidates.map((one) => one.id)
  const papers = new Map(sealed.map((one) => [one.voter, one.sealed]))
  const drawn = counted.map(({ voter }): Drawn => {
    const paper = papers.get(voter)
    if (paper === undefined) throw new NotOpened('a ballot paper is missing')
    const { places, against, words } = open(opening, paper, { ballot: id, voter })
    const choice = against ? [AGAINST] : places.map((place) => candidates[place] ?? '')
    if (!isChoice(method, candidates, choice)) throw new NotOpened('a ballot paper holds what is not on the ballot')
    return { choice, words }
  })
  return shuffled(drawn)
}

/** In an order that nobody knows and nothing determines (Fisher and Yates, with the system's randomness). */
export function shuffled<One>(all: readonly One[]): readonly One[] {
  const left = [...all]
  return all.map(() => left.splice(randomInt(left.length), 1)[0] as One)
}
