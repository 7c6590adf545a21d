import type { Temporal } from 'temporal-polyfill'
import type { AnsweredSeat } from '../../apologies/rules.js'
import { isInvited } from '../../boards/rules.js'
import { folded } from '../../kernel/sentence.js'
import { dayInWords, dayOf } from '../../kernel/time.js'
import { bounded, closedAt, type Entry, ledgerOf } from '../ledger.js'
import type { Room } from '../room.js'
import type { Spell } from '../rules.js'

/** What became of an organisation's place at one meeting. */
export type Mark = 'representative' | 'substitute' | 'apologies' | 'absent' | 'vacant' | 'no seat'

/** How the quorum stood while a meeting sat. Disputed: nobody ruled by which reading of the terms it is counted. */
export type Quorate = 'throughout' | 'for a part' | 'not' | 'disputed'

/** A meeting that was opened and closed. */
export interface Held {
  /** the board's day on which it was called for */
  readonly day: Temporal.PlainDate
  readonly opened: Temporal.Instant
  readonly closed: Temporal.Instant
  /** as they were held on that day, with what each had answered; one held jointly once for each who held it */
  readonly seats: readonly AnsweredSeat[]
  readonly spells: readonly Spell[]
  /** as it is known now, corrections included; the last entry is that of the close */
  readonly ledger: readonly Entry[]
}

/** What the attendance over the year takes from the room of a meeting; null where it was not opened and closed. */
export function heldIn({ meeting, seats, facts, now }: Room): Held | null {
  const opened = facts.sittings.find(({ act }) => act === 'opened')?.at
  const closed = closedAt(facts.sittings)
  if (!opened || !closed) return null
  const day = dayOf(meeting.startsAt, facts.zone)
  return { day, opened, closed, seats, spells: bounded(facts, now), ledger: ledgerOf(facts, now) }
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

/** Whether a spell lasted some time while the meeting sat: one that ends as it begins is none. */
function within({ from, until }: Spell, { opened, closed }: Held): boolean {
  const begins = Math.max(from.epochMilliseconds, opened.epochMilliseconds)
  const ends = Math.min(until?.epochMilliseconds ?? Number.POSITIVE_INFINITY, closed.epochMilliseconds)
  return begins < ends
}

/** What became of the seats of one organisation: represented in any of them, it was represented. */
function markOf(seats: readonly AnsweredSeat[], held: Held): Mark {
  if (seats.length === 0) return 'no seat'
  const sat = held.spells.filter((spell) => seats.some(({ id }) => id === spell.seat) && within(spell, held))
  const by = sat.map(({ capacity }) => capacity)
  if (by.includes('representative')) return 'representative'
  if (by.includes('substitute') || by.includes('deputy')) return 'substitute'
  if (seats.every(({ representative }) => representative === null)) return 'vacant'
  return seats.some(({ answer }) => answer?.attending === false) ? 'apologies' : 'absent'
}

/**
 * Whether a meeting was quorate while it sat. People arrive one after another: what was before it was quorate for the
 * first time takes nothing from it. It loses its quorum while it sits or goes on informally; not while it waits or is
 * adjourned, nor as it is closed.
 * @param ledger of a closed meeting: an entry holds until the next, and the last, of the close, for no time
 * @returns null where it was closed as it was opened
 */
export function quorateOf(ledger: readonly Entry[]): Quorate | null {
  const lasting = ledger.filter(({ at }, n) => at.epochMilliseconds < (ledger[n + 1]?.at ?? at).epochMilliseconds)
  if (lasting.length === 0) return null
  const first = lasting.findIndex(({ state, verdict }) => state === 'in session' && verdict === 'quorate')
  if (first === -1)
    return lasting.some(({ state, verdict }) => state === 'in session' && verdict === 'disputed') ? 'disputed' : 'not'
  const lost = lasting
    .slice(first)
    .some(({ state, verdict }) => (state === 'in session' || state === 'informal') && verdict !== 'quorate')
  return lost ? 'for a part' : 'throughout'
}

function attended(meetings: readonly Held[], invited: boolean): readonly Attended[] {
  const names = new Map<string, string>()
  for (const { seats } of meetings)
    for (const seat of seats) if (isInvited(seat) === invited) names.set(seat.organisation.id, seat.organisation.name)
  const rows = [...names].map(([id, organisation]) => {
    const marks = meetings.map((held) =>
      markOf(
        held.seats.filter((seat) => isInvited(seat) === invited && seat.organisation.id === id),
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
  meetings: meetings.map((held) => ({ day: held.day, quorate: quorateOf(held.ledger) })),
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
