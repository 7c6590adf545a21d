import type { Standing, Terms } from './terms.js'

/** Somebody who is, or will be, there for a seat. */
export interface Present {
  readonly person: string
  readonly seat: string
  /** the body's name */
  readonly organisation: string
  /** which offices of the board they hold */
  readonly offices: readonly string[]
}

/** A seat as the quorum sees it. */
export interface Place {
  readonly seat: string
  readonly organisation: string
  /** earlier names of the body, and bodies that it succeeded: it stands where the terms name one of them */
  readonly formerly: readonly string[]
  readonly invited: boolean
  readonly filled: boolean
}

/** A condition besides the number, and whether it holds. */
export interface Condition {
  /** "the chair or vice-chair present" */
  readonly words: string
  readonly met: boolean
}

/** The count on one reading of the standings that the quorum counts. Whole numbers. */
export interface Figure {
  readonly reading: string
  readonly source: string
  readonly represented: number
  readonly required: number
  /** how many there are to count on this reading */
  readonly of: number
  readonly conditions: readonly Condition[]
  readonly quorate: boolean
}

/** The first of the standings that the quorum counts: after which it is called. */
export function countedStanding({ standings, quorum }: Terms): Standing {
  const standing = standings.find(({ name }) => name === quorum.of[0])
  if (!standing) throw new Error(`terms without the standing ${quorum.of[0]}`)
  return standing
}

/**
 * How many are represented, against how many must be, on every reading that the words bear.
 * A body counts once, however many of its people there are; a substitute represents the seat's body; who is there by
 * invitation counts only where the terms list their body. A body that was renamed, or has succeeded another, counts
 * where the terms still name the earlier one; where it has succeeded two of them, it is one.
 * @returns a figure a reading, the terms' own first
 * @see the board's terms of reference, `terms.quorum.clause`
 */
export function quorumOf(terms: Terms, places: readonly Place[], present: readonly Present[]): readonly Figure[] {
  const standings = terms.quorum.of.map((name) => standingNamed(terms, name))
  const readings = Math.max(...standings.map((standing) => standing.readings.length))
  return Array.from({ length: readings }, (_, at) => figureOn(terms, standings, at, places, present))
}

function figureOn(
  terms: Terms,
  standings: readonly Standing[],
  reading: number,
  places: readonly Place[],
  present: readonly Present[],
): Figure {
  const { quorum } = terms
  const counts = (place: Place) => standings.some((standing) => hasStanding(standing, reading, place))
  const counted = new Map(places.filter(counts).map((place) => [place.seat, place]))
  const there = present.filter(({ seat }) => counted.has(seat))
  const unit = UNITS[quorum.countedBy]
  const represented = new Set(voices(there).map(unit)).size
  const all = everyOne(terms, standings, reading, [...counted.values()])
  const conditions = quorum.present.map((condition) => conditionOn(terms, condition, reading, places, present))
  const required = quorum.atLeast ?? requiredOf(quorum.share, all)
  const { name, source } = readingAt(countedStanding(terms), reading)
  return {
    reading: name,
    source,
    represented,
    required,
    of: quorum.share?.ofSeats === 'filled' ? all.filled : all.all,
    conditions,
    quorate: represented >= required && conditions.every(({ met }) => met),
  }
}

/** One person at a time is a seat's voice: of those who hold it jointly, the first. */
const voices = (there: readonly Present[]): readonly Present[] =>
  there.filter(({ seat }, at) => there.findIndex((one) => one.seat === seat) === at)

const UNITS: Readonly<Record<Terms['quorum']['countedBy'], (present: Present) => string>> = {
  organisation: ({ organisation }) => organisation,
  seat: ({ seat }) => seat,
  person: ({ person }) => person,
}

interface Everyone {
  readonly all: number
  readonly filled: number
}

/** How many there are to count: bodies where bodies are counted (listed ones also without a seat), else seats. */
function everyOne({ quorum }: Terms, standings: readonly Standing[], reading: number, counted: readonly Place[]): Everyone {
  const filled = counted.filter((place) => place.filled)
  if (quorum.countedBy !== 'organisation') return { all: counted.length, filled: filled.length }
  const listed = standings.flatMap((standing) => readingAt(standing, reading).bodies ?? [])
  return {
    all: new Set([...listed.map((body) => seatedAs(counted, body)), ...counted.map(({ organisation }) => organisation)]).size,
    filled: new Set(filled.map(({ organisation }) => organisation)).size,
  }
}

/** A body that the terms list, as it is called where it has a seat. */
const seatedAs = (places: readonly Place[], body: string): string =>
  places.find((place) => namesOf(place).includes(body))?.organisation ?? body

/** The least whole number that is at least, or more than, a part of the whole. */
function requiredOf(share: Terms['quorum']['share'], { all, filled }: Everyone): number {
  if (!share) throw new Error('a quorum with neither number nor share')
  const { measure, part, ofSeats } = share
  const parts = part.over * (ofSeats === 'filled' ? filled : all)
  const rest = parts % part.under
  const whole = (parts - rest) / part.under
  const least = measure === 'at least' && rest === 0 ? whole : whole + 1
  // Nobody at all is no meeting, whatever part of nothing is asked for.
  return Math.max(1, least)
}

function standingNamed({ standings }: Terms, name: string): Standing {
  const standing = standings.find((one) => one.name === name)
  if (!standing) throw new Error(`terms without the standing ${name}`)
  return standing
}

/** A standing's reading; one with fewer readings than another has its last beside the other's further ones. */
function readingAt({ readings }: Standing, at: number): Standing['readings'][number] {
  const reading = readings[Math.min(at, readings.length - 1)]
  if (!reading) throw new Error('a standing without a reading')
  return reading
}

type Body = Pick<Place, 'organisation' | 'formerly' | 'invited'>

const namesOf = ({ organisation, formerly }: Pick<Place, 'organisation' | 'formerly'>): readonly string[] => [
  organisation,
  ...formerly,
]

function hasStanding(standing: Standing, at: number, body: Body): boolean {
  const { bodies } = readingAt(standing, at)
  return bodies ? namesOf(body).some((name) => bodies.includes(name)) : !body.invited
}

/** The standings that a body has on any reading of the terms: what is somebody's right on one reading is not denied them. */
export const standingsOf = ({ standings }: Terms, body: Body): readonly string[] =>
  standings.filter((standing) => standing.readings.some((_, at) => hasStanding(standing, at, body))).map(({ name }) => name)

/** One of the readings that the words of some standings bear. */
export interface StandingsRead {
  readonly name: string
  readonly source: string
  /** whether a body has one of the standings on it */
  has(body: Body): boolean
  /** how many there are in all: seats that have one, and bodies that the terms list and that have no seat */
  all(places: readonly Place[]): number
  /** the same counted by bodies: one with several seats is one, and so is one that has succeeded several */
  bodies(places: readonly Place[]): number
}

/** Some standings on every reading that they bear, the terms' own first. */
export function readingsOf(terms: Terms, names: readonly string[]): readonly StandingsRead[] {
  const standings = names.map((name) => standingNamed(terms, name))
  const [first] = standings
  if (!first) throw new Error('readings of no standing')
  const count = Math.max(...standings.map(({ readings }) => readings.length))
  return Array.from({ length: count }, (_, at) => {
    const has = (body: Body) => standings.some((standing) => hasStanding(standing, at, body))
    const listed = [...new Set(standings.flatMap((standing) => readingAt(standing, at).bodies ?? []))]
    return {
      name: readingAt(first, at).name,
      source: readingAt(first, at).source,
      has,
      all: (places) =>
        new Set(places.filter(has).map(({ seat }) => seat)).size +
        listed.filter((body) => !places.some((place) => namesOf(place).includes(body))).length,
      bodies: (places) =>
        new Set([...places.filter(has).map(({ organisation }) => organisation), ...listed.map((body) => seatedAs(places, body))])
          .size,
    }
  })
}

function conditionOn(
  terms: Terms,
  condition: Terms['quorum']['present'][number],
  reading: number,
  places: readonly Place[],
  present: readonly Present[],
): Condition {
  if ('office' in condition) {
    const met = present.some(({ offices }) => condition.office.some((office) => offices.includes(office)))
    return { words: `the ${condition.office.join(' or ')} present`, met }
  }
  const seatsWhere = (is: (place: Place) => boolean) => new Set(places.filter(is).map(({ seat }) => seat))
  if ('body' in condition) {
    const seats = seatsWhere((place) => namesOf(place).includes(condition.body))
    return { words: `${condition.body} represented`, met: present.some(({ seat }) => seats.has(seat)) }
  }
  const standing = standingNamed(terms, condition.standing)
  const seats = seatsWhere((place) => hasStanding(standing, reading, place))
  return { words: `at least one ${standing.name} represented`, met: present.some(({ seat }) => seats.has(seat)) }
}
