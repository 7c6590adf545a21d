import type { Row } from './spreadsheet.js'

const email = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@example.org`

export const row = (Organisation: string, Role: string, Name: string, more: Row = {}): Row => ({
  Organisation,
  Role,
  Name,
  Email: Name === '' ? '' : email(Name),
  ...more,
})

export const POLICE = 'Kent Police'
export const FIRE = 'Kent Fire and Rescue Service'
export const PROBATION = 'Kent Surrey and Sussex Community Rehabilitation Company/Probation Service'
export const HEALTH = 'NHS Kent and Medway Clinical Commissioning Group'

/** Rows 2 to 8: a board of Gravesham's of which nothing is to be said. Further rows begin at 9. */
export const BOARD: readonly Row[] = [
  row('Gravesham Borough Council', 'representative', 'Imogen Fairley', { Office: 'chair', Group: 'CSP Executive Group' }),
  row(POLICE, 'representative', 'Daniel Okafor'),
  row(FIRE, 'representative', 'Mark Dunn', { Office: 'vice-chair' }),
  row(PROBATION, 'representative', 'Leon Carter'),
  row(HEALTH, 'representative', 'April Stone'),
  row('Kent County Council', 'vacant', ''),
  row('', 'in attendance', 'Grace Holloway', { Office: 'clerk' }),
]

/** The board with the row of that number written otherwise. */
export const but = (number: number, changed: Row): readonly Row[] =>
  BOARD.map((one, at) => (at === number - 2 ? { ...one, ...changed } : one))

export const and = (...rows: readonly Row[]): readonly Row[] => [...BOARD, ...rows]
