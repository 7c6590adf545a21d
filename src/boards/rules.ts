import type { Division } from '../kernel/working-days.js'

export interface Named {
  readonly id: string
  readonly name: string
}

export interface Organisation extends Named {
  readonly shortName: string
}

/** An organisation's place on a board. Vacant when nobody represents it. */
export interface Seat {
  readonly id: string
  readonly organisation: Organisation
  /** the post that sits here, as the board words it */
  readonly title: string
  /** by standing invitation: attends, does not count */
  readonly invited: boolean
  readonly representative: Named | null
}

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
