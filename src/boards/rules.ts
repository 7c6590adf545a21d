import { folded } from '../kernel/sentence.js'
import type { Division } from '../kernel/working-days.js'
import type { SeatStanding } from './roster/rules.js'

export interface Named {
  readonly id: string
  readonly name: string
}

export interface Organisation extends Named {
  readonly shortName: string
  /** earlier names, and bodies that it succeeded: what the terms call by one of these is this body */
  readonly formerly: readonly string[]
}

/** An organisation's place on a board. Vacant when nobody represents it; one held jointly stands once for each holder. */
export interface Seat {
  readonly id: string
  readonly organisation: Organisation
  /** which of the body's seats this is */
  readonly title: string
  readonly standing: SeatStanding
  /** bodies for which it sits collectively, besides its own */
  readonly standsFor: readonly string[]
  readonly representative: Named | null
}

/** Not a member: there by standing invitation, or required to attend without a vote. */
export const isInvited = ({ standing }: Pick<Seat, 'standing'>): boolean => standing !== 'member'

export interface Board extends Named {
  readonly tenant: string
  readonly shortName: string
  /** IANA zone in which its hours are read */
  readonly zone: string
  /** whose bank holidays are no working days */
  readonly division: Division
}

/** The seats that a person represents. */
export const seatsOf = <S extends Seat>(seats: readonly S[], person: string): readonly S[] =>
  seats.filter((seat) => seat.representative?.id === person)

const partsOf = (name: string): readonly string[] =>
  folded(name)
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter(Boolean)

/**
 * Those of some people who are meant by a name: who bear all the words of it, and of several only who bears no others.
 * @returns none, the one, or several where it may be any of them
 */
export function namedAs<N extends Named>(people: readonly N[], said: string): readonly N[] {
  const found = bearing(people, partsOf(said))
  if (found.length > 0) return found
  // "Mr Okafor" is Daniel Okafor, whose name stands on the roster without a title.
  const untitled = partsOf(said).filter((word) => !TITLES.has(word))
  return untitled.length > 0 && untitled.length < partsOf(said).length ? bearing(people, untitled) : []
}

const TITLES = new Set('cllr dr mr mrs ms miss sir prof rev supt insp sgt acc dci di pc'.split(' '))

function bearing<N extends Named>(people: readonly N[], words: readonly string[]): readonly N[] {
  const fits = words.length === 0 ? [] : people.filter(({ name }) => words.every((word) => partsOf(name).includes(word)))
  const whole = fits.filter(({ name }) => partsOf(name).length === words.length)
  return fits.length > 1 && whole.length === 1 ? whole : fits
}
