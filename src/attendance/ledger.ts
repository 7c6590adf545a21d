import type { Temporal } from 'temporal-polyfill'
import type { Office } from '../boards/part/rules.js'
import { type Figure, type Place, type Present, quorumOf } from '../boards/quorum.js'
import type { Named } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { lasts, type Spell } from './rules.js'

/** What the person presiding, or the clerk for them, has said of the sitting. */
export type Said =
  | 'opened'
  | 'waits'
  | 'informal'
  | 'adjourned'
  | 'resumed'
  | 'closed'
  | 'presides'
  | 'counts by'
  | 'no interests'

export interface Sitting {
  readonly act: Said
  readonly at: Temporal.Instant
  /** who presides; null: who does by the terms */
  readonly person: Named | null
  /** until when it is adjourned, or by which reading the quorum is counted */
  readonly words: string | null
}

export type State = 'not open' | 'in session' | 'waiting' | 'informal' | 'adjourned' | 'closed'

/** Somebody who has withdrawn for an item. */
export interface Withdrawal {
  readonly item: string
  readonly person: string
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant | null
}

/** A text of terms and from when it rules. */
export interface Rules {
  readonly from: Temporal.Instant
  readonly terms: Terms
  readonly termsId: string
}

/** Seats and offices as they were for a time. */
export interface Roster {
  readonly places: readonly Place[]
  readonly offices: readonly { readonly person: Named; readonly office: Office }[]
}

/** All that the quorum of a meeting follows from; seats and offices are those of the opening. */
export interface Facts extends Roster {
  readonly zone: string
  /** soonest first; the first rules from the opening */
  readonly rules: readonly Rules[]
  /** how they changed in its midst, soonest first */
  readonly changes?: readonly (Roster & { readonly from: Temporal.Instant })[]
  /** in the order in which it was said */
  readonly sittings: readonly Sitting[]
  readonly spells: readonly Spell[]
  readonly withdrawals: readonly Withdrawal[]
}

/** Whether a meeting may decide. Disputed: by one reading of the terms it may, by another it may not, and nobody has ruled. */
export type Verdict = 'quorate' | 'inquorate' | 'disputed'

export interface Count {
  readonly figures: readonly Figure[]
  readonly verdict: Verdict
  /** the reading by which it is counted, as the person presiding has ruled; null: nobody has */
  readonly ruled: string | null
}

export interface Presiding {
  readonly person: Named
  readonly as: 'chair' | 'co-chair' | 'vice-chair' | 'chosen'
}

/** How the quorum stood from an instant on, until the next entry. */
export interface Entry extends Count {
  readonly at: Temporal.Instant
  readonly state: State
  readonly presiding: Presiding | null
  /** without those who have withdrawn for it; of each item from which somebody has */
  readonly items: readonly (Count & { readonly item: string })[]
  readonly termsId: string
}

const upTo = (at: Temporal.Instant, then: Temporal.Instant): boolean => then.epochMilliseconds <= at.epochMilliseconds

const STATES: Readonly<Partial<Record<Said, State>>> = {
  opened: 'in session',
  resumed: 'in session',
  waits: 'waiting',
  informal: 'informal',
  adjourned: 'adjourned',
  closed: 'closed',
}

/** How the sitting stood at an instant. */
export function stateAt(sittings: readonly Sitting[], at: Temporal.Instant): State {
  const last = sittings.findLast((one) => STATES[one.act] !== undefined && upTo(at, one.at))
  return (last && STATES[last.act]) ?? 'not open'
}

/** When the sitting was closed, or null. */
export const closedAt = (sittings: readonly Sitting[]): Temporal.Instant | null =>
  sittings.find(({ act }) => act === 'closed')?.at ?? null

/** The text that rules at an instant. */
export function ruleAt({ rules }: Pick<Facts, 'rules'>, at: Temporal.Instant): Rules {
  const rule = rules.findLast(({ from }) => upTo(at, from)) ?? rules[0]
  if (!rule) throw new Error('a meeting without terms')
  return rule
}

/** An adjournment for longer sends everybody home. */
const LONGEST_PAUSE = { hours: 6 }

interface Parting {
  readonly at: Temporal.Instant
  /** who comes before has not come for what follows */
  readonly home: Temporal.Instant
}

/** The adjournments at which everybody went home, as it is known at an instant. */
function partings({ sittings }: Pick<Facts, 'sittings'>, asOf: Temporal.Instant): readonly Parting[] {
  return sittings.flatMap(({ act, at }, index) => {
    if (act !== 'adjourned') return []
    const next = sittings.slice(index + 1).find((one) => STATES[one.act] !== undefined)?.at ?? asOf
    const home = at.add(LONGEST_PAUSE)
    return upTo(next, home) ? [{ at, home }] : []
  })
}

/**
 * Spells as they were within the sitting, as it is known at an instant: whoever was still marked when it adjourned for
 * long, or came after it and before anybody could have come for what follows, went.
 */
export function bounded(facts: Pick<Facts, 'sittings' | 'spells'>, asOf: Temporal.Instant): readonly Spell[] {
  const ends = partings(facts, asOf)
  return facts.spells.map((spell) => {
    const end = ends.find(({ home }) => spell.from.epochMilliseconds < home.epochMilliseconds)
    const gone = end && (upTo(end.at, spell.from) ? end.at : spell.from)
    if (!gone || (spell.until && upTo(gone, spell.until))) return spell
    return { ...spell, until: gone, dropped: false }
  })
}

/** Seats and offices as they were at an instant. */
export const rosterAt = (facts: Facts, at: Temporal.Instant): Roster =>
  facts.changes?.findLast(({ from }) => upTo(at, from)) ?? facts

const ORDER = ['representative', 'substitute', 'deputy', 'invited', 'in attendance']

/**
 * Who was there at an instant, as it is known at another: for each seat first whoever speaks for it.
 * @param asOf not before `at`
 */
export function thereAt(facts: Facts, at: Temporal.Instant, asOf: Temporal.Instant): readonly Spell[] {
  const grace = ruleAt(facts, at).terms.attendance.graceMinutes
  return bounded(facts, asOf)
    .filter((spell) => lasts(spell, at, asOf, grace))
    .sort(
      (one, other) =>
        ORDER.indexOf(one.capacity) - ORDER.indexOf(other.capacity) || one.from.epochMilliseconds - other.from.epochMilliseconds,
    )
}

const outAt = ({ withdrawals }: Facts, at: Temporal.Instant): readonly Withdrawal[] =>
  withdrawals.filter(({ from, until }) => upTo(at, from) && !(until && upTo(at, until)))

/**
 * Who presides at an instant: whom those present have chosen, while that stands; else the chair, else as the terms or the
 * convention say. A choice stands until another, or until somebody comes who goes before them and was not there then.
 * @returns null where nobody of them is there: those present choose one of them
 */
export function presidingAt(facts: Facts, at: Temporal.Instant, asOf: Temporal.Instant): Presiding | null {
  if (['not open', 'closed'].includes(stateAt(facts.sittings, at))) return null
  const there = thereAt(facts, at, asOf)
  const out = new Set(outAt(facts, at).map(({ person }) => person))
  const sits = (person: string) => there.some((spell) => spell.person.id === person) && !out.has(person)
  const byOrder = inOrder(facts, at, sits)
  const choice = facts.sittings.findLast((one) => one.act === 'presides' && upTo(at, one.at))
  const chosen = choice?.person
  if (!chosen || !sits(chosen.id)) return byOrder
  const came = byOrder && !thereAt(facts, choice.at, asOf).some((spell) => spell.person.id === byOrder.person.id)
  if (came) return byOrder
  return byOrder?.person.id === chosen.id ? byOrder : { person: chosen, as: officeOf(rosterAt(facts, at), chosen) ?? 'chosen' }
}

const officeOf = ({ offices }: Roster, { id }: Named): Presiding['as'] | null => {
  const office = offices.find((one) => one.person.id === id && one.office !== 'clerk')?.office
  return office === undefined || office === 'clerk' ? null : office
}

function inOrder(facts: Facts, at: Temporal.Instant, sits: (person: string) => boolean): Presiding | null {
  const { presiding } = ruleAt(facts, at).terms
  const order = ['chair', 'co-chair', ...presiding.inOrder] as const
  for (const as of order) {
    const holder = rosterAt(facts, at).offices.find(({ office, person }) => office === as && sits(person.id))
    if (holder && as !== 'a member whom those present choose') return { person: holder.person, as }
  }
  return null
}

const NO_SEAT = ''

/** The figures of who is left, and what they come to on the reading that was ruled, or on every one. */
function countOf(facts: Facts, there: readonly Spell[], at: Temporal.Instant): Count {
  const { places, offices: held } = rosterAt(facts, at)
  const present = there.map(({ person, seat, capacity }): Present => {
    // Who is in attendance counts for no seat; an office that they hold is there all the same.
    const place = capacity === 'in attendance' ? undefined : places.find((one) => one.seat === seat)
    const offices = held.filter((one) => one.person.id === person.id).map(({ office }) => office)
    return { person: person.id, seat: place?.seat ?? NO_SEAT, organisation: place?.organisation ?? '', offices }
  })
  const figures = quorumOf(ruleAt(facts, at).terms, places, present)
  const ruling = facts.sittings.findLast(({ act, at: then }) => act === 'counts by' && upTo(at, then))
  const ruled = figures.filter(({ reading }) => reading === ruling?.words)
  return { figures, verdict: verdictOf(ruled.length > 0 ? ruled : figures), ruled: ruled[0]?.reading ?? null }
}

function verdictOf(figures: readonly Figure[]): Verdict {
  if (figures.every(({ quorate }) => quorate)) return 'quorate'
  return figures.some(({ quorate }) => quorate) ? 'disputed' : 'inquorate'
}

/**
 * How the quorum stood at an instant, as it is known at another.
 * @param asOf not before `at`: a connection that has dropped by then and may still come back is no departure yet
 * @see the board's terms of reference, `terms.quorum.clause`
 */
export function entryAt(facts: Facts, at: Temporal.Instant, asOf: Temporal.Instant): Entry {
  const there = thereAt(facts, at, asOf)
  const out = outAt(facts, at)
  const items = [...new Set(out.map(({ item }) => item))].sort().map((item) => {
    const gone = new Set(out.filter((one) => one.item === item).map(({ person }) => person))
    return {
      item,
      ...countOf(
        facts,
        there.filter(({ person }) => !gone.has(person.id)),
        at,
      ),
    }
  })
  return {
    at,
    state: stateAt(facts.sittings, at),
    presiding: presidingAt(facts, at, asOf),
    items,
    ...countOf(facts, there, at),
    termsId: ruleAt(facts, at).termsId,
  }
}

/** Whether two entries say the same, but for when. */
export const saysTheSame = (one: Entry, other: Entry): boolean =>
  JSON.stringify({ ...one, at: null }) === JSON.stringify({ ...other, at: null })

/**
 * The quorum ledger: how it stood at every instant from the opening, as it is known now. An entry holds until the next;
 * the last one of a closed meeting is that of its close.
 */
export function ledgerOf(facts: Facts, now: Temporal.Instant): readonly Entry[] {
  const opened = facts.sittings.find(({ act }) => act === 'opened')?.at
  if (!opened) return []
  const closed = closedAt(facts.sittings)
  // Whose connection had dropped when it was closed had no time to come back.
  const known = closed && upTo(now, closed) ? closed : now
  const instants = [
    ...facts.sittings.map(({ at }) => at),
    ...bounded(facts, known).flatMap(({ from, until }) => [from, ...(until ? [until] : [])]),
    ...facts.withdrawals.flatMap(({ from, until }) => [from, ...(until ? [until] : [])]),
    ...facts.rules.map(({ from }) => from),
    ...(facts.changes ?? []).map(({ from }) => from),
  ]
    .filter((at) => upTo(now, at) && upTo(at, opened) && !(closed && at.epochMilliseconds > closed.epochMilliseconds))
    .sort((one, other) => one.epochMilliseconds - other.epochMilliseconds)
  const entries: Entry[] = []
  for (const at of instants) {
    const entry = entryAt(facts, at, known)
    const last = entries.at(-1)
    if (!last || !saysTheSame(last, entry)) entries.push(entry)
  }
  return entries
}
