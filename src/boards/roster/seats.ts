import { groupedBy } from './grouped.js'
import { linesOfBodies, type OfBody } from './organisations.js'
import type { Checked, RosterFault, RosterLine, RosterSeat, SeatStanding } from './rules.js'
import { overlap } from './spans.js'
import { bare, listed, nearest, shown, spelledApart } from './spelling.js'

/** What a body's seat is called where it has one and the roster gives it no name. */
const TITLES: Readonly<Record<SeatStanding, string>> = { member: 'Member', invited: 'Invited', required: 'Required' }

/** Whether a seat's title is only what every unnamed seat is called, and so not worth saying. */
export const titleUntold = (title: string): boolean => Object.values(TITLES).includes(title)

/** Rows that say there is a seat; a deputy's or a colleague's only speaks of one. */
const seated = ({ role }: RosterLine): boolean =>
  role === 'representative' || role === 'joint representative' || role === 'vacant'

/** A seat and the rows that make it. */
export interface Seated {
  readonly seat: RosterSeat
  readonly rows: readonly OfBody[]
}

/** The seats of a roster, with the rows of each; what rows say of one seat must agree. */
export function seatsOf(lines: readonly RosterLine[]): Checked<readonly Seated[]> {
  const rows = linesOfBodies(lines)
  const bodies = [...groupedBy(rows.filter(seated), ({ organisation }) => organisation).values()]
  const made = bodies.flatMap((ofBody) => [...groupedBy(ofBody, ({ seat }) => seat).values()].map(seatFrom))
  const faults = [
    ...bodies.flatMap(namedApart),
    ...made.flatMap(({ rows: held }) => [...oneStanding(held), ...heldOnce(held)]),
    ...rows.filter((row) => !seated(row)).flatMap((row) => spokenOf(row, made)),
  ]
  return { found: made, faults, warnings: rows.flatMap((row) => without(row, made)) }
}

function seatFrom(rows: readonly OfBody[]): Seated {
  const standing = rows.find((row) => row.standing !== null)?.standing ?? 'member'
  const seat: RosterSeat = {
    organisation: rows[0]?.organisation ?? '',
    title: rows[0]?.seat ?? TITLES[standing],
    standing,
    joint: rows.some(({ role }) => role === 'joint representative'),
    standsFor: [...new Set(rows.flatMap(({ standsFor }) => standsFor))],
  }
  return { seat, rows }
}

/** Where a body has seats with names, each row says which. */
function namedApart(rows: readonly OfBody[]): readonly RosterFault[] {
  const named = rows.flatMap(({ row, seat }) => (seat === null ? [] : [{ row, name: seat }]))
  const [first] = named
  const silent = first
    ? rows
        .filter(({ seat }) => seat === null)
        .map(({ row, organisation }) => ({
          row,
          column: 'Seat',
          sentence: `is empty, and ${organisation} has a seat called ${shown(first.name)} (row ${first.row}): name the seat here too`,
        }))
    : []
  const otherwise = spelledApart(named).map(({ one, first: before }) => ({
    row: one.row,
    column: 'Seat',
    sentence: `${shown(one.name)} is ${shown(before.name)} of row ${before.row}, written otherwise: write one seat in one way`,
  }))
  return [...silent, ...otherwise]
}

function oneStanding(rows: readonly OfBody[]): readonly RosterFault[] {
  const first = rows.find(({ standing }) => standing !== null)
  return rows
    .filter(({ standing }) => standing !== null && standing !== first?.standing)
    .map(({ row, organisation, standing, seat }) => ({
      row,
      column: 'Standing',
      sentence: `the seat of ${organisation} is given as ${standing} here and as ${first?.standing} in row ${first?.row}: say the same${seat === null ? ', or tell two seats apart under Seat' : ''}`,
    }))
}

/** One holder at a time, unless each of them says that they hold it jointly; nobody while it is vacant. */
function heldOnce(rows: readonly OfBody[]): readonly RosterFault[] {
  return rows.flatMap((row, at) => {
    const other = rows.slice(0, at).find((before) => overlap(before, row) && !bothJoint(before, row))
    return other ? [heldTwice(row, other)] : []
  })
}

const bothJoint = (one: OfBody, other: OfBody): boolean =>
  one.role === 'joint representative' && other.role === one.role && !isSame(one, other)

const isSame = (one: OfBody, other: OfBody): boolean =>
  one.email !== null && other.email !== null
    ? one.email.toLowerCase() === other.email.toLowerCase()
    : bare(one.name ?? '') === bare(other.name ?? '')

const WHICH = 'tell two seats apart under Seat, or say under From and Last day when the one follows the other'

function heldTwice(row: OfBody, other: OfBody): RosterFault {
  const seat = `the seat of ${row.organisation}${row.seat === null ? '' : ` called ${shown(row.seat)}`}`
  if (row.role === 'vacant' && other.role === 'vacant') {
    return { row: row.row, column: 'Role', sentence: `${seat} is vacant in row ${other.row} already: keep one row, or ${WHICH}` }
  }
  if (row.role === 'vacant' || other.role === 'vacant') {
    const [vacant, held] = row.role === 'vacant' ? [row, other] : [other, row]
    return {
      row: row.row,
      column: 'Role',
      sentence: `${seat} is vacant in row ${vacant.row} and held by ${held.name} in row ${held.row}: keep one row, or ${WHICH}`,
    }
  }
  if (isSame(row, other)) {
    const sentence = `${row.name} holds ${seat} in row ${other.row} already: keep one row, or let the days follow one another`
    return { row: row.row, column: 'Name', sentence }
  }
  return {
    row: row.row,
    column: 'Role',
    sentence: `${seat} is held by ${other.name} already (row ${other.row}): write joint representative in both rows if they hold it together, ${WHICH}`,
  }
}

/** The seat of which a row speaks: the one that it names, or its body's only one. */
export function seatFor(row: OfBody, seats: readonly Seated[]): Seated | null {
  const theirs = seats.filter(({ seat }) => seat.organisation === row.organisation)
  const [one] =
    row.seat === null && theirs.length !== 1 ? [] : theirs.filter(({ seat }) => (row.seat ?? seat.title) === seat.title)
  return one ?? null
}

/** What deputies and colleagues say of the seats of their body. */
function spokenOf(row: OfBody, seats: readonly Seated[]): readonly RosterFault[] {
  const theirs = seats.filter(({ seat }) => seat.organisation === row.organisation).map(({ seat }) => seat.title)
  const spoken = seatFor(row, seats)?.seat
  // A body that is only written otherwise has been told of already.
  if (theirs.length === 0 && isSeated(row.organisation, seats)) return []
  if (row.role === 'deputy' && theirs.length === 0) {
    const sentence = `${row.organisation} has no seat here for which ${row.name ?? 'a deputy'} could sit: give it a row of a representative, or a vacant one`
    return [{ row: row.row, column: 'Organisation', sentence }]
  }
  if (row.role === 'deputy' && !spoken && row.seat === null) {
    return [
      {
        row: row.row,
        column: 'Seat',
        sentence: `is empty, and ${row.organisation} has ${theirs.length} seats: name one of ${listed(theirs, 'or')}`,
      },
    ]
  }
  if (row.seat !== null && !spoken) {
    const which = theirs.length > 0 ? `name one of ${listed(theirs, 'or')}` : 'empty it'
    return [
      { row: row.row, column: 'Seat', sentence: `${row.organisation} has no seat called ${shown(row.seat)} here: ${which}` },
    ]
  }
  if (row.standing !== null && spoken && row.standing !== spoken.standing) {
    const sentence = `the seat of ${row.organisation} is given as ${row.standing} here and as ${spoken.standing} in its own row: say the same, or empty it`
    return [{ row: row.row, column: 'Standing', sentence }]
  }
  return []
}

function isSeated(body: string, seats: readonly Seated[]): boolean {
  const sought = bare(body)
  return seats.some(({ seat }) => bare(seat.organisation) === sought)
}

/** A colleague is there to be named as substitute, which only a seat can do that stands for their body. */
function without({ row, role, organisation, name }: OfBody, seats: readonly Seated[]): readonly string[] {
  const sits = ({ seat }: Seated) => seat.organisation === organisation || seat.standsFor.includes(organisation)
  if (role !== 'colleague' || seats.some(sits)) return []
  const near = nearest(organisation, [...new Set(seats.map(({ seat }) => seat.organisation))])
  return [
    `Row ${row}: ${organisation} has no seat here, so ${name ?? 'this colleague'} can be named as nobody’s substitute.${near ? ` Did you mean ${near}?` : ''}`,
  ]
}
