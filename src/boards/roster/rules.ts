import type { Office, Terms } from '../terms.js'
import { assistantsOf, attendingOf, groupsOf, holdingsOf, postsOf } from './capacities.js'
import { emptyGroups, miscounted } from './counted.js'
import { officesOf } from './offices.js'
import { organisationsOf } from './organisations.js'
import { type Known, peopleOf } from './people.js'
import { faultsOfLine, inOrder } from './roles.js'
import { seatsOf } from './seats.js'

/** How a seat stands on its board: a member's counts and votes as the terms say; the others are there by invitation. */
export type SeatStanding = 'member' | 'invited' | 'required'

export type Role = 'representative' | 'joint representative' | 'deputy' | 'colleague' | 'assistant' | 'in attendance' | 'vacant'

/** What is wrong with a roster, as a clerk's spreadsheet points at it. */
export interface RosterFault {
  /** as the spreadsheet numbers it: the header is row 1; null for the file as a whole */
  readonly row: number | null
  /** the header of the column; null for the row as a whole */
  readonly column: string | null
  readonly sentence: string
}

/** A span of days, `YYYY-MM-DD`; null: from the day of the import, and until further notice. */
export interface Span {
  readonly from: string | null
  /** the last day on which it holds */
  readonly lastDay: string | null
}

/** A row of a roster as the clerk wrote it: a person in a role, or a seat that nobody holds. */
export interface RosterLine extends Span {
  readonly row: number
  readonly organisation: string | null
  readonly shortName: string | null
  readonly formerly: readonly string[]
  readonly standsFor: readonly string[]
  readonly seat: string | null
  readonly standing: SeatStanding | null
  readonly role: Role
  readonly name: string | null
  readonly post: string | null
  readonly email: string | null
  readonly telephone: string | null
  /** whom an assistant may answer for, by name or email */
  readonly answersFor: string | null
  readonly offices: readonly { readonly office: OfficeName; readonly acting: boolean }[]
  readonly groups: readonly string[]
}

export type OfficeName = (typeof Office)['options'][number]

/** A board's roster as it should stand. People are told apart by `key`: their email in lower case, else their folded name. */
export interface Roster {
  readonly organisations: readonly {
    readonly name: string
    readonly shortName: string
    /** earlier names, and bodies that it succeeded */
    readonly formerly: readonly string[]
  }[]
  readonly seats: readonly RosterSeat[]
  readonly people: readonly RosterPerson[]
  /** who is of which body: those whom its seats may name as substitutes */
  readonly posts: readonly { readonly person: string; readonly organisation: string; readonly title: string }[]
  readonly holdings: readonly (Span & {
    readonly organisation: string
    readonly seat: string
    readonly person: string
    readonly capacity: 'representative' | 'deputy'
  })[]
  readonly assistants: readonly (Span & { readonly assistant: string; readonly principal: string })[]
  readonly attending: readonly (Span & { readonly person: string; readonly title: string })[]
  readonly offices: readonly (Span & { readonly office: OfficeName; readonly acting: boolean; readonly person: string })[]
  readonly groups: readonly (Span & { readonly group: string; readonly person: string })[]
}

/** Told apart by organisation and title. */
export interface RosterSeat {
  readonly organisation: string
  /** which of the body's seats this is; "Member" where it has one */
  readonly title: string
  readonly standing: SeatStanding
  /** held by several at once, one of whom is its voice at any time */
  readonly joint: boolean
  /** the bodies for which it sits collectively, besides its own */
  readonly standsFor: readonly string[]
}

export interface RosterPerson {
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly telephone: string | null
}

/** A part of a roster as it was found, what is wrong with it, and what is only worth saying. */
export interface Checked<Found> {
  readonly found: Found
  readonly faults: readonly RosterFault[]
  readonly warnings: readonly string[]
}

export type Judged =
  | { readonly roster: Roster; readonly warnings: readonly string[] }
  | { readonly faults: readonly RosterFault[] }

/**
 * The roster that the rows of a file say together, judged by the board's terms. Nothing is guessed: rows that contradict
 * each other, or a clause of the terms, are faults, all at once and in the order of the rows; what is lawful and probably
 * not meant is a warning.
 * @param known the people of the house, of whichever board
 */
export function rosterFrom(lines: readonly RosterLine[], terms: Terms, known: { readonly people: readonly Known[] }): Judged {
  const organisations = organisationsOf(lines)
  const everybody = peopleOf(lines, known.people)
  const seated = seatsOf(lines)
  const seats = seated.found.map(({ seat }) => seat)
  const { rows, people } = everybody.found
  const holdings = holdingsOf(rows, seated.found)
  const posts = postsOf(rows)
  const assistants = assistantsOf(everybody.found)
  const attending = attendingOf(rows)
  const groups = groupsOf(rows)
  const offices = officesOf(rows, terms, { seats, holdings: holdings.found, organisations: organisations.found })
  const parts = [organisations, everybody, seated, holdings, posts, assistants, attending, groups, offices]
  const faults = [...lines.flatMap(faultsOfLine), ...parts.flatMap((part) => part.faults)]
  if (faults.length > 0) return { faults: inOrder(faults) }
  return {
    roster: {
      organisations: organisations.found,
      seats,
      people,
      posts: posts.found,
      holdings: holdings.found,
      assistants: assistants.found,
      attending: attending.found,
      offices: offices.found,
      groups: groups.found,
    },
    warnings: [
      ...miscounted(terms, seats, organisations.found),
      ...parts.flatMap((part) => part.warnings),
      ...emptyGroups(terms, groups.found),
    ],
  }
}
