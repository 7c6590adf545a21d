import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import { folded } from '../../kernel/sentence.js'
import { dayInWords } from '../../kernel/time.js'
import type { State, Verdict } from '../ledger.js'
import type { Spell } from '../rules.js'

/** What became of an organisation's place at one meeting. */
export type Mark = 'representative' | 'substitute' | 'apologies' | 'absent' | 'vacant' | 'no seat'

/** How the quorum stood while a meeting sat. Disputed: nobody ruled by which reading of the terms it is counted. */
export type Quorate = 'throughout' | 'for a part' | 'not' | 'disputed'

/** A spell as one row of the record has it. */
export interface SpellRow extends Pick<Spell, 'id' | 'seat' | 'capacity' | 'from' | 'until'> {
  readonly seq: number
  /** a correction says that it never was */
  readonly struck: boolean
  /** they sat in for somebody */
  readonly inPlaceOf: boolean
}

/** A seat as it was on the day of a meeting; one held jointly once for each holder. */
export interface SeatThen {
  readonly id: string
  /** by its name of now */
  readonly organisation: Named
  /** there by invitation, not as a member */
  readonly invited: boolean
  readonly vacant: boolean
  /** the answer that stands is that its holder does not attend */
  readonly apologies: boolean
}

/** A row of the quorum as it was known at the time. */
export interface QuorumRow {
  readonly at: Temporal.Instant
  readonly state: State
  readonly verdict: Verdict
}

/** A meeting that was opened and closed. */
export interface Held {
  readonly id: string
  /** the board's day on which it was called for */
  readonly day: Temporal.PlainDate
  readonly opened: Temporal.Instant
  readonly closed: Temporal.Instant
  readonly seats: readonly SeatThen[]
  /** in any order */
  readonly spells: readonly SpellRow[]
  /** in the order in which they were written */
  readonly quorum: readonly QuorumRow[]
}

/** An organisation over the year. Whole numbers of meetings. */
export interface Attended {
  readonly organisation: string
  /** one a meeting, in their order */
  readonly marks: readonly Mark[]
  readonly represented: number
  /** the meetings at which it had a seat, filled or vacant */
  readonly of: number
}

export interface Year {
  readonly board: { readonly name: string; readonly shortName: string }
  readonly year: number
  readonly meetings: readonly {
    readonly day: Temporal.PlainDate
    /** null: the record does not say */
    readonly quorate: Quorate | null
  }[]
  readonly members: readonly Attended[]
  readonly invited: readonly Attended[]
}

/** Of the rows of one spell the last that was written stands; what was struck never was. */
export function standing(rows: readonly SpellRow[]): readonly SpellRow[] {
  const latest = new Map<string, SpellRow>()
  for (const row of rows) if (row.seq > (latest.get(row.id)?.seq ?? -1)) latest.set(row.id, row)
  return [...latest.values()].filter(({ struck }) => !struck)
}

/** Whether a spell lasted some time while the meeting sat: one that ends as it begins is none. */
function within({ from, until }: SpellRow, { opened, closed }: Held): boolean {
  const begins = Math.max(from.epochMilliseconds, opened.epochMilliseconds)
  const ends = Math.min(until?.epochMilliseconds ?? Number.POSITIVE_INFINITY, closed.epochMilliseconds)
  return begins < ends
}

/** By whom somebody represents the seat in which they sat; null: in attendance, they represent nobody. */
function byWhom({ capacity, inPlaceOf }: SpellRow): 'representative' | 'substitute' | null {
  if (capacity === 'in attendance') return null
  return inPlaceOf || capacity === 'substitute' || capacity === 'deputy' ? 'substitute' : 'representative'
}

/** What became of the seats of one organisation: represented in any of them, it was represented. */
function markOf(seats: readonly SeatThen[], held: Held): Mark {
  if (seats.length === 0) return 'no seat'
  const sat = standing(held.spells).filter((spell) => seats.some(({ id }) => id === spell.seat) && within(spell, held))
  const by = sat.map(byWhom)
  if (by.includes('representative')) return 'representative'
  if (by.includes('substitute')) return 'substitute'
  if (seats.every(({ vacant }) => vacant)) return 'vacant'
  return seats.some(({ apologies }) => apologies) ? 'apologies' : 'absent'
}

/**
 * Whether a meeting was quorate while it sat. A row holds until the next: one that another follows at the same instant, as
 * when people are marked one after another, held for no time. A meeting that went on informally went on without its quorum.
 * @returns null where no row says
 */
export function quorateOf({ quorum, closed }: Pick<Held, 'quorum' | 'closed'>): Quorate | null {
  const lasting = quorum.filter(({ at }, n) => at.epochMilliseconds < (quorum[n + 1]?.at ?? closed).epochMilliseconds)
  const sat = lasting.filter(({ state }) => state === 'in session' || state === 'informal')
  if (sat.length === 0) return null
  const quorate = sat.filter(({ state, verdict }) => state === 'in session' && verdict === 'quorate')
  if (quorate.length > 0) return quorate.length === sat.length ? 'throughout' : 'for a part'
  return sat.some(({ state, verdict }) => state === 'in session' && verdict === 'disputed') ? 'disputed' : 'not'
}

function attended(meetings: readonly Held[], invited: boolean): readonly Attended[] {
  const names = new Map<string, string>()
  for (const { seats } of meetings)
    for (const seat of seats) if (seat.invited === invited) names.set(seat.organisation.id, seat.organisation.name)
  const rows = [...names].map(([id, organisation]) => {
    const marks = meetings.map((held) =>
      markOf(
        held.seats.filter((seat) => seat.invited === invited && seat.organisation.id === id),
        held,
      ),
    )
    const represented = marks.filter((mark) => mark === 'representative' || mark === 'substitute').length
    return { organisation, marks, represented, of: marks.filter((mark) => mark !== 'no seat').length }
  })
  return rows.sort((one, other) => folded(one.organisation).localeCompare(folded(other.organisation), 'en-GB'))
}

/**
 * The attendance of a year by organisation. An organisation counts once a meeting, however many seats it has; with a
 * member's seat and one by invitation, it stands in both parts.
 * @param meetings soonest first
 */
export const yearOf = (board: Year['board'], year: number, meetings: readonly Held[]): Year => ({
  board: { name: board.name, shortName: board.shortName },
  year,
  meetings: meetings.map((held) => ({ day: held.day, quorate: quorateOf(held) })),
  members: attended(meetings, false),
  invited: attended(meetings, true),
})

/** What stands in a cell of the figures. */
export const MARKS: Readonly<Record<Mark, string>> = {
  representative: 'present',
  substitute: 'substitute',
  apologies: 'apologies',
  absent: 'absent',
  vacant: 'vacant',
  'no seat': 'no seat',
}

export const QUORATE: Readonly<Record<Quorate, string>> = {
  throughout: 'quorate throughout',
  'for a part': 'quorate for a part',
  not: 'not quorate',
  disputed: 'quorum disputed',
}

/** "2 of 3". */
export const timesInWords = ({ represented, of }: Attended): string => `${represented} of ${of}`

/** "23 July". */
export const dayAndMonth = (day: Temporal.PlainDate): string => dayInWords(day).split(' ').slice(1, 3).join(' ')

/** "23 Jul". */
export const dayInShort = (day: Temporal.PlainDate): string => dayAndMonth(day).replace(/ (\w{3})\w*$/, ' $1')

/** How the figures are to be read, for whoever has only those. */
export const HOW_TO_READ =
  'Present: by its own representative; a deputy counts as a substitute. Absent: without apologies. “2 of 3”: represented at 2 of the 3 meetings at which it had a seat, filled or vacant.'

/** Whether the record says of any meeting how its quorum stood. */
export const quorumIsKnown = ({ meetings }: Year): boolean => meetings.some(({ quorate }) => quorate !== null)
