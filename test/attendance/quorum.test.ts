import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { type Entry, entryAt, type Facts, ledgerOf } from '../../src/attendance/ledger.js'
import type { Capacity, Spell } from '../../src/attendance/rules.js'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { madeUpBoards } from './made-up-boards.js'
import { referenceOf } from './reference.js'

type Place = Facts['places'][number]

const folder = new URL('../../src/boards/terms/', import.meta.url)
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file): Terms => {
    const read = readTerms(readFileSync(new URL(file, folder), 'utf8'))
    if ('faults' in read) throw new Error(JSON.stringify(read.faults))
    return read.terms
  })
const boards = [...shipped, ...madeUpBoards]
const each = boards.map((terms) => [terms.title, terms] as const)

/** Rooms of each board: fifteen boards make 10,005. */
const ROOMS = 667
/** Rooms of each board whose whole ledger is walked through. */
const LEDGERS = 25
/** Minutes within which people come and go. */
const LENGTH = 60

const opened = Temporal.Instant.from('2025-07-23T09:00:00Z')
const after = (minutes: number): Temporal.Instant => opened.add({ minutes })
const somebody = (id: string) => ({ id, name: id })
const picked = <T>(from: readonly T[], nth: number): T | undefined => from[nth % from.length]

const nth = fc.nat(999)
const minute = fc.nat(LENGTH)
const soon = fc.oneof(fc.constant(0), minute)
const later = fc.option(fc.integer({ min: 1, max: LENGTH }), { freq: 2 })
const rarely = fc.nat(9).map((one) => one === 5)

/** Of whom no terms say anything. */
const OTHERS = ['Kent Housing Group', 'Society of Bell-ringers', 'Allotment Holders', 'Rowing Club', 'Brass Band', 'Museum']

/** Bodies that the terms name, and others. */
function bodiesOf({ standings, quorum }: Terms): readonly string[] {
  const listed = standings.flatMap(({ readings }) => readings.flatMap(({ bodies }) => bodies ?? []))
  const needed = quorum.present.flatMap((one) => ('body' in one ? [one.body] : []))
  return [...new Set([...listed, ...needed, ...OTHERS])]
}

const seat = fc.record({ invited: rarely, vacant: rarely })
const seating = fc.record({
  fate: fc.constantFrom('none', 'none', 'kept', 'kept', 'kept', 'kept', 'renamed', 'merged'),
  seats: fc.oneof(fc.tuple(seat), fc.tuple(seat), fc.tuple(seat, seat), fc.tuple(seat, seat, seat)),
})
type Seating = typeof seating extends fc.Arbitrary<infer One> ? One : never

/** Seats of some bodies: several of one, vacant, invited; of bodies that were renamed, and of one that has succeeded others. */
function placesOf(bodies: readonly string[], seatings: readonly Seating[]): readonly Place[] {
  const fates = bodies.map((body, at) => ({ body, ...(seatings[at] ?? { fate: 'none', seats: [] }) }))
  const merged = fates.filter(({ fate }) => fate === 'merged').map(({ body }) => body)
  return fates.flatMap(({ body, fate, seats }) => {
    if (fate === 'none') return []
    const known = {
      kept: { organisation: body, formerly: [] },
      renamed: { organisation: `New ${body}`, formerly: ['a name of long ago', body] },
      merged: { organisation: 'Joint Authority', formerly: merged },
    }[fate]
    return known ? seats.map(({ invited, vacant }, at) => ({ ...known, seat: `${body} ${at}`, invited, filled: !vacant })) : []
  })
}

const stay = fc.record({
  seat: nth,
  who: fc.constantFrom('holder', 'holder', 'joint holder', 'Ann', 'Ben', 'Cat', 'Dan'),
  capacity: nth,
  from: soon,
  lasts: later,
  dropped: fc.boolean(),
  again: later,
})
type Stay = typeof stay extends fc.Arbitrary<infer One> ? One : never

/** Capacities in which somebody is there for a seat, or for none. */
function capacitiesFor(place: Place | undefined): readonly Capacity[] {
  if (!place) return ['in attendance', 'invited']
  if (!place.filled) return ['substitute', 'deputy']
  return [place.invited ? 'invited' : 'representative', 'representative', 'substitute', 'deputy', 'in attendance']
}

/**
 * Somebody there for a seat or for none, who has not come yet, stays, goes, drops out or comes again. A connection that is
 * back within the grace has a spell without an end: who comes again after dropping out comes after it.
 * The ids are in the order of arrival, for who came first of a minute.
 */
function spellsOf(places: readonly Place[], grace: number, { seat, ...one }: Stay, of: number): readonly Spell[] {
  const { who, capacity, from, lasts, dropped, again } = one
  const place = places[seat % (places.length + 1)]
  const spell: Spell = {
    id: `${100 + of}`,
    person: somebody(who.endsWith('holder') && place ? `${who} of ${place.seat}` : who),
    seat: place?.seat ?? null,
    capacity: picked(capacitiesFor(place), capacity) ?? 'in attendance',
    for: null,
    mode: 'online',
    from: after(from),
    until: lasts === null ? null : after(from + lasts),
    dropped: lasts !== null && dropped,
    listed: null,
    reason: null,
  }
  if (lasts === null || again === null) return [spell]
  const back = after(from + lasts + again + (dropped ? grace : 0))
  return [spell, { ...spell, id: `${100 + of} again`, mode: 'room', from: back, until: null, dropped: false }]
}

interface Room {
  readonly facts: Facts
  readonly at: Temporal.Instant
  readonly asOf: Temporal.Instant
}

const absentee = somebody('an absentee')

/** The clerk is always there, in attendance. */
const clerk: Spell = {
  id: 'clerk',
  person: somebody('clerk'),
  seat: null,
  capacity: 'in attendance',
  for: null,
  mode: 'room',
  from: opened,
  until: null,
  dropped: false,
  listed: null,
  reason: null,
}

const roomsOf = (terms: Terms): fc.Arbitrary<Room> => {
  const bodies = bodiesOf(terms)
  const every = { minLength: bodies.length, maxLength: bodies.length }
  const withdrawal = fc.record({ item: fc.constantFrom('B1', 'B2'), person: nth, from: soon, lasts: later })
  const office = fc.record({ office: fc.constantFrom('chair', 'vice-chair', 'co-chair'), person: nth })
  return fc
    .record({
      seatings: fc.oneof(fc.array(seating, { maxLength: bodies.length }), fc.array(seating, every)),
      stays: fc.oneof(fc.array(stay, { maxLength: 8 }), fc.array(stay, { minLength: 16, maxLength: 48 })),
      withdrawn: fc.array(withdrawal, { maxLength: 4 }),
      held: fc.array(office, { maxLength: 3 }),
      at: minute,
      known: fc.nat(20),
    })
    .map(({ seatings, stays, withdrawn, held, at, known }) => {
      const places = placesOf(bodies, seatings)
      const spells = [clerk, ...stays.flatMap((one, of) => spellsOf(places, terms.attendance.graceMinutes, one, of))]
      const personAt = (of: number) => picked([...spells.map(({ person }) => person), absentee], of) ?? absentee
      const facts: Facts = {
        zone: terms.zone,
        rules: [{ from: opened, terms, termsId: terms.title }],
        places,
        offices: [
          { office: 'clerk', person: clerk.person },
          ...held.map((one) => ({ office: one.office, person: personAt(one.person) })),
        ],
        sittings: [{ act: 'opened', at: opened, person: null, words: null }],
        spells,
        withdrawals: withdrawn.map(({ item, person, from, lasts }) => ({
          item,
          person: personAt(person).id,
          from: after(from),
          until: lasts === null ? null : after(from + lasts),
        })),
      }
      return { facts, at: after(at), asOf: after(at + known) }
    })
}

const verdictOf = (figures: readonly { readonly quorate: boolean }[]) =>
  figures.every(({ quorate }) => quorate) ? 'quorate' : figures.some(({ quorate }) => quorate) ? 'disputed' : 'inquorate'

const byItem = <T extends { readonly item: string }>(items: readonly T[]) =>
  [...items].sort((one, other) => (one.item < other.item ? -1 : 1))

/** What an entry says that the reference has an answer to. */
function said(entry: Entry) {
  const count = ({ figures, verdict }: Pick<Entry, 'figures' | 'verdict'>) => ({
    verdict,
    figures: figures.map(({ represented, required, of, conditions, quorate }) => ({
      represented,
      required,
      of,
      conditions: conditions.map(({ met }) => met),
      quorate,
    })),
  })
  return { ...count(entry), items: byItem(entry.items).map(({ item, ...rest }) => ({ item, ...count(rest) })) }
}

/** The same by the reference. */
function expected(terms: Terms, facts: Facts, at: Temporal.Instant, asOf: Temporal.Instant): ReturnType<typeof said> {
  const passed = (then: Temporal.Instant) => Temporal.Instant.compare(then, at) <= 0
  const out = facts.withdrawals.filter(({ from, until }) => passed(from) && !(until && passed(until)))
  const count = (item?: string) => {
    const figures = referenceOf(terms, facts, at, asOf, item)
    return { verdict: verdictOf(figures), figures } as const
  }
  const items = [...new Set(out.map(({ item }) => item))].map((item) => ({ item, ...count(item) }))
  return { ...count(), items: byItem(items) }
}

test('the reference is at most 60 lines', () => {
  const lines = readFileSync(new URL('reference.ts', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  expect(lines.length).toBeLessThanOrEqual(60)
})

test('five boards as shipped and ten made up are 10,000 rooms', () => {
  expect([shipped.length, madeUpBoards.length]).toEqual([5, 10])
  expect(new Set(boards.map(({ title }) => title)).size).toBe(15)
  expect(boards.length * ROOMS).toBeGreaterThanOrEqual(10_000)
})

describe('the quorum of a random room is what the reference says, as a whole and for each item', () => {
  test.each(each)('%s', (_, terms) => {
    const verdicts: string[] = []
    fc.assert(
      fc.property(roomsOf(terms), ({ facts, at, asOf }) => {
        const entry = entryAt(facts, at, asOf)
        expect(said(entry)).toEqual(expected(terms, facts, at, asOf))
        verdicts.push(entry.verdict)
      }),
      { numRuns: ROOMS },
    )
    expect(verdicts).toHaveLength(ROOMS)
    // The rooms are no formality: a board that can be quorate is so in some of them, and in others is not.
    expect(verdicts).toContain('inquorate')
    expect(verdicts.includes('quorate')).toBe((terms.quorum.atLeast ?? 1) < bodiesOf(terms).length)
  })
})

describe('the ledger says at every instant how it stood then', () => {
  test.each(each)('%s', (_, terms) => {
    fc.assert(
      fc.property(roomsOf(terms), fc.nat(90), ({ facts }, minutes) => {
        const now = after(minutes)
        const ledger = ledgerOf(facts, now)
        const instants = Array.from({ length: 2 * minutes + 1 }, (_, half) => opened.add({ seconds: 30 * half }))
        const stood = instants.map((instant) => ledger.findLast(({ at }) => Temporal.Instant.compare(at, instant) <= 0))
        const asIf = (entry: Entry | undefined) => entry && { ...entry, at: null }
        expect(stood.map(asIf)).toEqual(instants.map((instant) => asIf(entryAt(facts, instant, now))))
        expect(stood.map((entry) => entry && said(entry))).toEqual(
          instants.map((instant) => expected(terms, facts, instant, now)),
        )
      }),
      { numRuns: LEDGERS },
    )
  })
})
