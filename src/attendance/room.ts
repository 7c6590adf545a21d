import type { Temporal } from 'temporal-polyfill'
import type { AnsweredSeat } from '../apologies/rules.js'
import type { Place } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Meeting } from '../meetings/rules.js'
import { bounded, closedAt, type Facts, ledgerOf, type Roster, type State, stateAt, thereAt } from './ledger.js'
import type { List, Sits, Spell } from './rules.js'

/** Somebody without a seat of their own who may be there. */
export interface Guest {
  readonly person: Named
  readonly as: 'deputy' | 'invited' | 'in attendance'
  /** of a deputy */
  readonly seat: string | null
  /** their body or title, as the roster has it */
  readonly of: string | null
}

/** What somebody has said of when they come or leave. */
export interface Expected {
  readonly person: Named
  readonly kind: 'late' | 'leaves'
  /** null: they did not say when */
  readonly at: Temporal.Instant | null
}

export type Conduct = 'stayed' | 'spoke' | 'withdrew'

/** An interest that somebody has declared in an item. */
export interface Interest {
  readonly id: string
  readonly item: string
  readonly person: Named
  readonly nature: string
  readonly conduct: Conduct
  readonly withdrewAt: Temporal.Instant | null
  readonly returnedAt: Temporal.Instant | null
}

/** Whose hand something was recorded by, and when: whatever hour it tells of. */
export interface Hand {
  /** null: the operator's */
  readonly by: string | null
  readonly at: Temporal.Instant
}

/** A meeting with everybody who is, was, or may be there. */
export interface Room {
  readonly meeting: Meeting
  /** with what each has answered; one held jointly once for each who holds it */
  readonly seats: readonly AnsweredSeat[]
  readonly facts: Facts
  readonly guests: readonly Guest[]
  /** who holds which office today: who keeps the attendance of a meeting is whoever is clerk by now */
  readonly officers: Roster['offices']
  readonly expected: readonly Expected[]
  readonly interests: readonly Interest[]
  /** how many marks there are of it: rises with each */
  readonly seq: number
  /** when it is looked at: never before what was recorded of it last, whatever a clock that was put back says */
  readonly now: Temporal.Instant
}

export const stateOf = ({ facts, now }: Room): State => stateAt(facts.sittings, now)

/** The sitting was opened and is not closed: people come and go. */
export const isOpen = (room: Room): boolean => !['not open', 'closed'].includes(stateOf(room))

/** For what somebody sits: seats of their own, and those for which they were named; else as a deputy; else as a guest; none: for nothing. */
export function sitsOf({ seats, guests }: Room, person: string): readonly Sits[] {
  const own = seats.flatMap(({ id, representative }) =>
    representative?.id === person ? [{ seat: id, capacity: 'representative' as const, for: null }] : [],
  )
  const named = seats.flatMap(({ id, answer, representative }) =>
    answer?.substitute?.id === person && !own.some(({ seat }) => seat === id)
      ? [{ seat: id, capacity: 'substitute' as const, for: representative }]
      : [],
  )
  if (own.length + named.length > 0) return [...own, ...named]
  const deputed = guests.flatMap(({ person: { id }, as, seat }) => {
    if (as !== 'deputy' || id !== person) return []
    const holder = seats.find((one) => one.id === seat)
    return holder ? [{ seat, capacity: 'deputy' as const, for: holder.representative }] : []
  })
  if (deputed.length > 0) return deputed
  const guest = guests.find(({ person: { id }, as }) => id === person && as !== 'deputy')
  return guest && guest.as !== 'deputy' ? [{ seat: null, capacity: guest.as, for: null }] : []
}

/** Everybody who may be there: who holds a seat, was named, was there, deputises, is invited or in attendance; each once. */
export function expectedPeople(room: Room): readonly Named[] {
  const people = [
    ...room.seats.flatMap(({ representative, answer }) => [representative, answer?.substitute ?? null]),
    ...room.facts.spells.map(({ person }) => person),
    ...room.guests.map(({ person }) => person),
  ].flatMap((one) => (one ? [{ id: one.id, name: one.name }] : []))
  return people.filter((one, at) => people.findIndex(({ id }) => id === one.id) === at)
}

/** A seat as it was at the meeting, though it may have ended since; null for none. */
export const placeOf = ({ facts }: Room, seat: string | null): Place | null =>
  [facts, ...(facts.changes ?? [])].flatMap(({ places }) => places).findLast((one) => one.seat === seat) ?? null

/** Somebody in one of the lists of the notes. */
export interface Listed {
  readonly person: Named
  /** "Chair", "Substitute for Daniel Okafor" */
  readonly notes: readonly string[]
}

export type Lists = Readonly<Record<List, readonly Listed[]>>

const OFFICES = ['chair', 'co-chair', 'vice-chair'] as const
const TITLES = { chair: 'Chair', 'co-chair': 'Co-Chair', 'vice-chair': 'Vice-Chair' } as const

/** The last of the names, by which lists are ordered. */
const surname = ({ name }: Named): string => name.split(' ').at(-1) ?? name

/**
 * Who was there at any time, as the notes print it: PRESENT with the chair first, then the vice-chair, then the others by
 * surname; those who are there by invitation; those in attendance. The clerk's own placing goes before.
 */
export function listsOf(room: Room): Lists {
  const { facts, now } = room
  const spells = bounded(facts, now)
  const people = [...new Map(spells.map(({ person }) => [person.id, person])).values()]
  const presided = new Set(ledgerOf(facts, now).flatMap(({ presiding }) => presiding?.person.id ?? []))
  const rank = ({ id }: Named): number => {
    const held = OFFICES.findIndex((office) => facts.offices.some((one) => one.office === office && one.person.id === id))
    return held === -1 ? OFFICES.length : held
  }
  const listed = people
    .sort(
      (one, other) => rank(one) - rank(other) || surname(one).localeCompare(surname(other)) || one.name.localeCompare(other.name),
    )
    .map((person) => {
      const theirs = spells.filter((spell) => spell.person.id === person.id)
      const office = OFFICES[rank(person)]
      const whom = [...new Set(theirs.flatMap((spell) => (spokeFor(room, spell) && spell.for ? [spell.for.name] : [])))]
      return {
        list: theirs.findLast((spell) => spell.listed !== null)?.listed ?? listFor(room, theirs),
        person,
        notes: [
          ...(office ? [TITLES[office]] : []),
          ...(presided.has(person.id) && office !== 'chair' && office !== 'co-chair' ? ['in the chair'] : []),
          ...(whom.length > 0 ? [`Substitute for ${whom.join(' and ')}`] : []),
        ],
      }
    })
  const of = (list: List): readonly Listed[] =>
    listed.filter((one) => one.list === list).map(({ person, notes }) => ({ person, notes }))
  return { present: of('present'), 'also present': of('also present'), 'in attendance': of('in attendance') }
}

function listFor(room: Room, spells: readonly Spell[]): List {
  const member = ({ seat }: Spell) => placeOf(room, seat)?.invited === false
  if (spells.some((spell) => member(spell) && (spell.capacity !== 'deputy' || spokeFor(room, spell)))) return 'present'
  return spells.every(({ capacity }) => capacity === 'in attendance') ? 'in attendance' : 'also present'
}

/** Whether a substitute, or a deputy beside whom nobody else sat, spoke for the seat at any time. */
function spokeFor({ facts, now }: Room, spell: Spell): boolean {
  if (spell.capacity === 'substitute') return true
  if (spell.capacity !== 'deputy') return false
  const ends = bounded(facts, now).flatMap(({ seat, until }) => (seat === spell.seat && until ? [until] : []))
  return [spell.from, ...ends].some((at) => {
    if (at.epochMilliseconds > now.epochMilliseconds) return false
    const there = thereAt(facts, at, now).filter(({ seat }) => seat === spell.seat)
    return there[0]?.id === spell.id
  })
}

/** Until when somebody was there: their own end, or that of the sitting. */
export const endOf = (room: Room, { until }: Spell): Temporal.Instant | null => until ?? closedAt(room.facts.sittings)
