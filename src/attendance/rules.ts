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
  /** why it was corrected, the last time that it was */
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
  return [...over.map((spell) => endedAt(spell, at, false)), ...back, ...begun]
}

/** A spell that ends as it begins never was. */
const endedAt = (spell: Spell, at: Temporal.Instant, dropped: boolean): Marked => ({
  ...spell,
  until: at,
  dropped,
  ...(at.epochMilliseconds <= spell.from.epochMilliseconds ? { struck: true as const } : {}),
})

interface Departure {
  readonly person: Named
  readonly at: Temporal.Instant
  /** their connection dropped: they may be back */
  readonly dropped: boolean
  readonly grace: number
  readonly zone: string
}

/**
 * Somebody leaves, or their connection drops: what is written of it.
 * @returns nothing where they have left already
 * @throws Refusal `conflict` for who is not there, `invalid` for an hour before they came
 */
export function depart(spells: readonly Spell[], { person, at, dropped, grace, zone }: Departure): readonly Marked[] {
  const theirs = spells.filter((spell) => spell.person.id === person.id)
  const open = theirs.filter(({ until }) => until === null)
  const waiting = openOf(theirs, person.id, at, grace).filter(({ until }) => until !== null)
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
  return open.map((spell) => endedAt(spell, at, dropped))
}

export interface Correction {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant | null
  readonly mode: Mode
  readonly listed: List | null
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
  const before = (one: Temporal.Instant, other: Temporal.Instant) => one.epochMilliseconds < other.epochMilliseconds
  if (!to.struck) {
    if (before(to.from, opened))
      refuse('from', `The meeting was opened at ${hourInWords(opened, zone)}: say no hour before that.`)
    if (before(latest, to.from) || (to.until && before(latest, to.until)))
      refuse('until', `That has not been yet: say no hour after ${hourInWords(latest, zone)}.`)
    if (to.until && !before(to.from, to.until)) refuse('until', 'They left after they came: say a later hour.')
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
    (to.until === null ? spell.until === null : spell.until !== null && to.until.equals(spell.until) && !spell.dropped)
  if (same) return null
  const { from, until, mode, listed, reason } = to
  return { ...spell, from, until, mode, listed, reason, dropped: false, ...(to.struck ? { struck: true as const } : {}) }
}
