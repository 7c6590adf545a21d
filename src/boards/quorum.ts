import type { Standing, Terms } from './terms.js'

/** The count on one reading of the standing that the quorum counts. Whole numbers of bodies. */
export interface Figure {
  readonly reading: string
  readonly source: string
  readonly represented: number
  readonly required: number
  /** how many bodies there are on this reading */
  readonly of: number
  readonly quorate: boolean
}

/** The standing that the quorum counts. */
export function countedStanding({ standings, quorum }: Terms): Standing {
  const standing = standings.find(({ name }) => name === quorum.of)
  if (!standing) throw new Error(`terms without the standing ${quorum.of}`)
  return standing
}

/**
 * How many of the counted bodies are represented, against how many must be, on every reading that the words bear.
 * A body counts once, however many of its people there are; a substitute represents the seat's body.
 * @param represented names of the bodies for which somebody is, or will be, there
 * @returns a figure a reading, the terms' own first
 * @see the board's terms of reference, `terms.quorum.clause`
 */
export function quorumOf(terms: Terms, represented: Iterable<string>): readonly Figure[] {
  const there = new Set(represented)
  return countedStanding(terms).readings.map(({ name, source, bodies }) => {
    const counted = new Set(bodies.filter((body) => there.has(body))).size
    const required = terms.quorum.atLeast
    return { reading: name, source, represented: counted, required, of: new Set(bodies).size, quorate: counted >= required }
  })
}
