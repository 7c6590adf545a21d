import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../boards/rules.js'
import { Refusal } from '../kernel/refusal.js'
import { hourInWords } from '../kernel/time.js'

export type Mode = 'room' | 'online'

/** As what somebody is there. Who is in attendance neither counts nor votes. */
export type Capacity = 'representative' | 'substitute' | 'deputy' | 'invited' | 'in attendance'

/** The three lists of the notes. */
export type List = 'present' | 'also present' | 'in attendance'

/** What somebody sits for while they are there. */
export interface Sits {
  /** null: for none */
  readonly seat: string | null
  readonly capacity: Capacity
  /** whom a substitute or a deputy sits in for */
  readonly for: Named | null
}

/** A time for which somebody was there, and for what. One person in two seats has a spell for each. */
export interface Spell extends Sits {
  readonly id: string
  readonly person: Named
  readonly mode: Mode
  readonly from: Temporal.Instant
  /** null: they are still there */
  readonly until: Temporal.Instant | null
  /** it ended as their connection dropped: if that is back within the board's grace, it never ended */
  readonly dropped: boolean
  /** where the clerk places them in the notes; null: where they belong */
  readonly listed: List | null
  /** why it is recorded as it is, where it was said afterwards or corrected */
  readonly reason: string | null
}

/** A spell as it is to be written: `struck` says that it never was. */
export type Marked = Spell & { readonly struck?: true }

/** Said to whoever says that they are there, and is there by no right. */
export const NOBODY_NAMED =
  'Nobody has named you to sit at that meeting. Ask the member for whom you come to send apologies and name you, or the clerk to mark you.'

const minutes = (count: number): Temporal.DurationLike => ({ minutes: count })

/**
 * Whether a spell lasted at an instant, as it is known at another. A connection that dropped is no departure until the
 * board's grace is over without its return; then it was one from the beginning.
 * @param asOf when it is asked: not before `at`
 * @param grace whole minutes
 */
export function lasts({ from, until, dropped }: Spell, at: Temporal.Instant, asOf: Temporal.Instant, grace: number): boolean {
  if (at.epochMilliseconds < from.epochMilliseconds) return false
  if (until === null || at.epochMilliseconds < until.epochMilliseconds) return true
  return dropped && asOf.epochMilliseconds < until.add(minutes(grace)).epochMilliseconds
}

/** Of somebody's spells those that have not ended, and those whose connection may still come back. */
const openOf = (spells: readonly Spell[], person: string, at: Temporal.Instant, grace: number): readonly Spell[] =>
  spells.filter((spell) => spell.person.id === person && (spell.until === null || lasts(spell, at, at, grace)))

interface Arrival {
  readonly person: Named
  /** none: they have nothing to sit for, and are refused */
  readonly sits: readonly Sits[]
  readonly mode: Mode
  readonly at: Temporal.Instant
  readonly grace: number
  newId(): string
}

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => one.epochMilliseconds < other.epochMilliseconds

/**
 * Somebody arrives, returns, or goes over from the room to online: what is written of it.
 * @returns nothing where they are there already, in that manner
 */
export function arrive(spells: readonly Spell[], { person, sits, mode, at, grace, newId }: Arrival): readonly Marked[] {
  const open = openOf(spells, person.id, at, grace)
  const same = open.filter((spell) => spell.mode === mode && sits.some(({ seat }) => seat === spell.seat))
  // Who comes back in the other manner was never away, if their connection is not gone for too long.
  const over = open.filter((spell) => !same.includes(spell))
  const back = same.filter(({ until }) => until !== null).map((spell) => ({ ...spell, until: null, dropped: false }))
  const begun = sits
    .filter(({ seat }) => !same.some((spell) => spell.seat === seat))
    .map((one) => ({
      ...one,
      id: newId(),
      person,
      mode,
      from: at,
      until: null,
      dropped: false,
      listed: spells.findLast((spell) => spell.person.id === person.id)?.listed ?? null,
      reason: null,
    }))
  return [...over.map((spell) => goneOver(spell, at)), ...back, ...begun]
}

/** Who goes over in the instant in which they came was never there in the first manner. */
const goneOver = (spell: Spell, at: Temporal.Instant): Marked => ({
  ...spell,
  until: at,
  dropped: false,
  ...(isBefore(spell.from, at) ? {} : { struck: true as const }),
})

/**
 * Somebody came at an hour that is said afterwards: what is written of it. Who was marked later than they came, and of
 * whom nothing else is recorded since, came at that hour.
 * @param reason as the record has it
 * @throws Refusal `conflict` where what is recorded since would be undone
 */
export function arrivedBefore(spells: readonly Spell[], arrival: Arrival, reason: string): readonly Marked[] {
  const { person, sits, mode, at } = arrival
  const since = spells.filter(
    (one) => one.person.id === person.id && (isBefore(at, one.from) || (one.until && isBefore(at, one.until))),
  )
  if (since.length === 0) return arrive(spells, arrival)
  const same = since.every((one) => one.until === null && one.mode === mode && sits.some(({ seat }) => seat === one.seat))
  if (same) return since.map((one) => ({ ...one, from: at, reason }))
  throw new Refusal(
    'conflict',
    `Something else is recorded of ${person.name} after that hour. Say “correct the attendance” to change it.`,
  )
}

interface Departure {
  readonly person: Named
  readonly at: Temporal.Instant
  /** their connection dropped: they may be back */
  readonly dropped: boolean
  readonly grace: number
  readonly zone: string
  /** why the hour at which they left is another, where one was said; null: they leave now */
  readonly reason: string | null
}

/**
 * Somebody leaves, or their connection drops: what is written of it.
 * @returns nothing where they have left already
 * @throws Refusal `conflict` for who is not there, `invalid` for an hour before they came
 */
export function depart(spells: readonly Spell[], { person, at, dropped, grace, zone, reason }: Departure): readonly Marked[] {
  const theirs = spells.filter((spell) => spell.person.id === person.id)
  const open = theirs.filter(({ until }) => until === null)
  const waiting = openOf(theirs, person.id, at, grace).filter(({ until }) => until !== null)
  if (open.length === 0 && reason !== null && theirs.length > 0) return leftAtAnother(theirs, at, reason)
  if (open.length === 0) {
    // Whose connection dropped and who then says that they leave has left when it dropped.
    if (waiting.length > 0) return dropped ? [] : waiting.map((spell) => ({ ...spell, dropped: false }))
    if (theirs.length > 0) return []
    throw new Refusal('conflict', `${person.name} is not marked as here. Mark them first, with the hour at which they came.`)
  }
  const early = open.find(({ from }) => at.epochMilliseconds < from.epochMilliseconds)
  if (early)
    throw new Refusal(
      'invalid',
      `${person.name} came at ${hourInWords(early.from, zone)}: say a later hour, or correct the attendance.`,
    )
  if (dropped && open.every(({ mode }) => mode === 'room'))
    throw new Refusal('invalid', `${person.name} is in the room, where no connection drops. Say that they left.`)
  return open.map((spell) => ({ ...spell, until: at, dropped }))
}

/** Who has left left at another hour than is recorded. @throws Refusal `conflict` for one before they came */
function leftAtAnother(theirs: readonly Spell[], at: Temporal.Instant, reason: string): readonly Marked[] {
  const end = theirs.reduce((last, { until }) => (until && isBefore(last, until) ? until : last), at)
  const last = theirs.filter(({ from, until }) => (until && !isBefore(until, end)) || (end.equals(at) && isLast(theirs, from)))
  if (last.some(({ from }) => !isBefore(from, at)))
    throw new Refusal('conflict', 'They came after that hour, as it is recorded. Say “correct the attendance” to change it.')
  return last.filter(({ until }) => !until?.equals(at)).map((one) => ({ ...one, until: at, dropped: false, reason }))
}

/** Nobody's spell of these began later. */
const isLast = (theirs: readonly Spell[], from: Temporal.Instant): boolean => !theirs.some((one) => isBefore(from, one.from))

export interface Correction {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant | null
  readonly mode: Mode
  readonly listed: List | null
  /** it ended as a connection dropped, and nobody says otherwise */
  readonly dropped: boolean
  /** it never was */
  readonly struck: boolean
  readonly reason: string
}

/**
 * A spell as the clerk corrects it; what stood before is kept beside it.
 * @param within from the opening until now, or until the close
 * @returns null where nothing changes
 * @throws Refusal `invalid` at the field that is wrong
 */
export function correct(
  spells: readonly Spell[],
  spell: Spell,
  to: Correction,
  within: { readonly opened: Temporal.Instant; readonly latest: Temporal.Instant; readonly zone: string },
): Marked | null {
  const refuse = (field: string, sentence: string): never => {
    throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
  }
  const { opened, latest, zone } = within
  const before = isBefore
  if (!to.struck) {
    if (before(to.from, opened))
      refuse('from', `The meeting was opened at ${hourInWords(opened, zone)}: say no hour before that.`)
    if (before(latest, to.from) || (to.until && before(latest, to.until)))
      refuse('until', `That is later than it can be: say no hour after ${hourInWords(latest, zone)}.`)
    if (to.until && !before(to.from, to.until)) refuse('until', 'They cannot leave before they came: say a later hour.')
    const end = to.until
    const overlap = spells.find(
      (one) =>
        one.id !== spell.id &&
        one.person.id === spell.person.id &&
        one.seat === spell.seat &&
        (end === null || before(one.from, end)) &&
        (one.until === null || before(to.from, one.until)),
    )
    if (overlap)
      refuse(
        'from',
        `${spell.person.name} is recorded as there from ${hourInWords(overlap.from, zone)} already: correct that one first.`,
      )
  }
  const same =
    !to.struck &&
    to.from.equals(spell.from) &&
    to.mode === spell.mode &&
    to.listed === spell.listed &&
    (to.until === null
      ? spell.until === null
      : spell.until !== null && to.until.equals(spell.until) && to.dropped === spell.dropped)
  if (same) return null
  const { from, until, mode, listed, reason, dropped } = to
  return { ...spell, from, until, mode, listed, reason, dropped, ...(to.struck ? { struck: true as const } : {}) }
}
