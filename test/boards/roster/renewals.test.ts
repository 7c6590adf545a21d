import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../../src/boards/roster/changes.js'
import { changeInWords } from '../../../src/boards/roster/changes-words.js'
import type { Roster, Span } from '../../../src/boards/roster/rules.js'
import { apply, keyOf } from './applied.js'

const SPANNED = ['holdings', 'assistants', 'attending', 'offices', 'groups'] as const

/** What holds on a day. */
const held = (roster: Roster, day: string): readonly string[] =>
  SPANNED.flatMap((part) =>
    (roster[part] as readonly Span[])
      .filter(({ from, lastDay }) => (from === null || from <= day) && (lastDay === null || lastDay >= day))
      .map((one) => `${part} ${keyOf(one)}`),
  ).sort()

const dayAt = (day: number): string => Temporal.PlainDate.from('2026-11-01').add({ days: day }).toString()
const DAYS = 24
const anyDay = fc.integer({ min: 4, max: DAYS - 4 })

/** Spans that do not overlap; only one that is wanted may have no first day. */
const spans = (dated: boolean): fc.Arbitrary<readonly Span[]> =>
  fc
    .record({
      cuts: fc.uniqueArray(fc.integer({ min: 0, max: DAYS }), { maxLength: 4 }),
      sinceEver: fc.boolean(),
      forEver: fc.boolean(),
    })
    .map(({ cuts, sinceEver, forEver }) => {
      const days = cuts.sort((a, b) => a - b)
      const pairs = days.flatMap((day, at) => (at % 2 === 0 ? [[day, days[at + 1] ?? null] as const] : []))
      return pairs.map(([first, last], at) => ({
        from: at === 0 && sinceEver && !dated ? null : dayAt(first),
        lastDay: last === null || (at === pairs.length - 1 && forEver) ? null : dayAt(last),
      }))
    })

const ofEach = <Thing extends object>(things: readonly Thing[], dated: boolean): fc.Arbitrary<readonly (Thing & Span)[]> =>
  fc
    .tuple(...things.map((thing) => spans(dated).map((many) => many.map((span) => ({ ...thing, ...span })))))
    .map((all) => all.flat())

const anyRoster = (dated: boolean): fc.Arbitrary<Roster> =>
  fc.record({
    organisations: fc.subarray(['A', 'B']).chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            name: fc.constant(name),
            shortName: fc.constantFrom(name, `${name}1`, `${name}2`),
            formerly: fc.subarray([`old ${name}`, `older ${name}`]),
          }),
        ),
      ),
    ),
    seats: fc.subarray(['A', 'B']).chain((names) =>
      fc.tuple(
        ...names.map((organisation) =>
          fc.record({
            organisation: fc.constant(organisation),
            title: fc.constant('Member'),
            standing: fc.constantFrom('member' as const, 'invited' as const),
            joint: fc.boolean(),
            standsFor: fc.shuffledSubarray(['X', 'Y']),
          }),
        ),
      ),
    ),
    people: fc.subarray(['p', 'q']).chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.record({
            key: fc.constant(key),
            name: fc.constantFrom(key, key.toUpperCase()),
            email: fc.constant(null),
            telephone: fc.constantFrom(null, '1', '2'),
          }),
        ),
      ),
    ),
    posts: fc.subarray(['p', 'q']).chain((keys) =>
      fc.tuple(
        ...keys.map((person) =>
          fc.record({
            person: fc.constant(person),
            organisation: fc.constant('A'),
            title: fc.constantFrom('', 'Head', 'Clerk'),
          }),
        ),
      ),
    ),
    holdings: ofEach(
      [
        { organisation: 'A', seat: 'Member', person: 'p', capacity: 'representative' as const },
        { organisation: 'A', seat: 'Member', person: 'p', capacity: 'deputy' as const },
        { organisation: 'A', seat: 'Member', person: 'q', capacity: 'representative' as const },
      ],
      dated,
    ),
    assistants: ofEach([{ assistant: 'p', principal: 'q' }], dated),
    attending: ofEach([{ person: 'p', title: 'Presenter' }], dated),
    offices: ofEach(
      [
        { office: 'chair' as const, acting: true, person: 'p' },
        { office: 'chair' as const, acting: false, person: 'p' },
      ],
      dated,
    ),
    groups: ofEach([{ group: 'Executive Group', person: 'q' }], dated),
  })

describe('whatever stands and whatever is wanted', () => {
  test('a later import of the same file changes nothing', () => {
    fc.assert(
      fc.property(anyRoster(true), anyRoster(false), anyDay, fc.nat(DAYS), (present, wanted, day, later) => {
        const after = apply(present, changesOf(present, wanted, dayAt(day)))
        expect(changesOf(after, wanted, dayAt(day + later))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('from the day on it is as the file says', () => {
    fc.assert(
      fc.property(anyRoster(true), anyRoster(false), anyDay, (present, wanted, day) => {
        const after = apply(present, changesOf(present, wanted, dayAt(day)))
        for (let at = day; at <= DAYS + 1; at += 1) expect(held(after, dayAt(at))).toEqual(held(wanted, dayAt(at)))
      }),
      { numRuns: 500 },
    )
  })

  test('where the file gives no days nothing that was is changed', () => {
    fc.assert(
      fc.property(anyRoster(true), anyRoster(false), anyDay, (present, wanted, day) => {
        const undated = { ...wanted }
        for (const part of SPANNED) {
          const once = new Map(
            (wanted[part] as readonly Span[]).map((one) => [keyOf(one), { ...one, from: null, lastDay: null }]),
          )
          Object.assign(undated, { [part]: [...once.values()] })
        }
        const after = apply(present, changesOf(present, undated, dayAt(day)))
        for (let at = 0; at < day; at += 1) expect(held(after, dayAt(at))).toEqual(held(present, dayAt(at)))
      }),
      { numRuns: 500 },
    )
  })

  test('each change can be said', () => {
    fc.assert(
      fc.property(anyRoster(true), anyRoster(false), anyDay, (present, wanted, day) => {
        for (const change of changesOf(present, wanted, dayAt(day))) {
          expect(changeInWords(change)).toMatch(/^[^\s].*\.$/)
          expect(changeInWords(change)).not.toMatch(/undefined|null|\s{2}/)
        }
      }),
    )
  })
})
