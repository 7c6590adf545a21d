import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../src/attendance/ledger.js'
import type { Capacity, Spell } from '../../src/attendance/rules.js'
import { rollAt, withdrawnFor } from '../../src/votes/roll.js'
import { termsOf } from '../boards/roster/spreadsheet.js'
import { placeFor, SIX, termsWith } from './made-up-terms.js'

const at = (hour: string) => Temporal.Instant.from(`2026-12-17T${hour}:00Z`)
const NOW = at('10:30')
const TERMS = termsWith()

/** Somebody who is there, for the seat of a body. */
const there = (who: string, seat: string | null, as: Capacity, from = '10:00', until: string | null = null): Spell => ({
  id: `${who} for ${seat}`,
  person: { id: who, name: who },
  seat,
  capacity: as,
  for: null,
  mode: 'room',
  from: at(from),
  until: until === null ? null : at(until),
  dropped: false,
  listed: null,
  reason: null,
})

const facts = (spells: readonly Spell[], over: Partial<Facts> = {}): Facts => ({
  zone: 'Europe/London',
  rules: [{ from: at('00:00'), terms: TERMS, termsId: 'made up' }],
  places: [...SIX.map((body) => placeFor(body)), placeFor('Housing Group', true)],
  offices: [],
  sittings: [{ act: 'opened', at: at('10:00'), person: null, words: null }],
  spells,
  withdrawals: [],
  ...over,
})

const out = (person: string, item = 'B1', until: string | null = null) => ({
  item,
  person,
  from: at('10:10'),
  until: until === null ? null : at(until),
})
/** "Ann for KCC" */
const rollOf = (of: Facts, terms = TERMS, item = 'B1', when = NOW) =>
  rollAt(of, terms, item, when, NOW).map(({ person, seat }) => `${person.name} for ${seat}`)

test.each<{ rule: string; spells: Spell[]; withdrawals?: Facts['withdrawals']; roll: string[] }>([
  { rule: 'a member votes', spells: [there('Ann', 'KCC', 'representative')], roll: ['Ann for KCC'] },
  { rule: 'who is absent has no vote', spells: [], roll: [] },
  { rule: 'who has left has no vote', spells: [there('Ann', 'KCC', 'representative', '10:00', '10:20')], roll: [] },
  { rule: 'who comes later has none before', spells: [there('Ann', 'KCC', 'representative', '10:31')], roll: [] },
  { rule: 'a substitute votes for the seat', spells: [there('Bob', 'KCC', 'substitute')], roll: ['Bob for KCC'] },
  { rule: 'a deputy who is alone votes', spells: [there('Cyd', 'KCC', 'deputy')], roll: ['Cyd for KCC'] },
  {
    rule: 'a deputy beside the member does not vote',
    spells: [there('Cyd', 'KCC', 'deputy'), there('Ann', 'KCC', 'representative', '10:20')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'a deputy beside the substitute does not vote',
    spells: [there('Cyd', 'KCC', 'deputy'), there('Bob', 'KCC', 'substitute', '10:20')],
    roll: ['Bob for KCC'],
  },
  {
    rule: 'the member who comes after all votes, and not the substitute',
    spells: [there('Bob', 'KCC', 'substitute'), there('Ann', 'KCC', 'representative', '10:20')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'of two who hold a seat jointly the one who came first votes',
    spells: [there('Ann', 'KCC', 'representative', '10:05'), there('Ada', 'KCC', 'representative', '10:01')],
    roll: ['Ada for KCC'],
  },
  {
    rule: 'of two who hold a seat jointly the other votes where the first has left',
    spells: [there('Ann', 'KCC', 'representative', '10:05'), there('Ada', 'KCC', 'representative', '10:01', '10:20')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'of two who hold a seat jointly the other votes where the first has withdrawn',
    spells: [there('Ann', 'KCC', 'representative', '10:05'), there('Ada', 'KCC', 'representative', '10:01')],
    withdrawals: [out('Ada')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'who has withdrawn for the item has no vote on it',
    spells: [there('Ann', 'KCC', 'representative'), there('Bea', 'NHS', 'representative')],
    withdrawals: [out('Ann')],
    roll: ['Bea for NHS'],
  },
  {
    rule: 'who has withdrawn for another item has',
    spells: [there('Ann', 'KCC', 'representative')],
    withdrawals: [out('Ann', 'B2')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'who has returned has',
    spells: [there('Ann', 'KCC', 'representative')],
    withdrawals: [out('Ann', 'B1', '10:20')],
    roll: ['Ann for KCC'],
  },
  { rule: 'who is there by invitation has no vote', spells: [there('Rob', 'Housing Group', 'representative')], roll: [] },
  { rule: 'a guest has no vote', spells: [there('Rob', null, 'invited')], roll: [] },
  { rule: 'the clerk has no vote', spells: [there('Grace', null, 'in attendance')], roll: [] },
  { rule: 'who is in attendance for a body has no vote', spells: [there('Eve', 'KCC', 'in attendance')], roll: [] },
  {
    rule: 'who is in attendance is nobody’s voice',
    spells: [there('Eve', 'KCC', 'in attendance'), there('Cyd', 'KCC', 'deputy', '10:20')],
    roll: ['Cyd for KCC'],
  },
  {
    rule: 'one person in two seats has the vote of each',
    spells: [there('Ann', 'KCC', 'representative'), there('Ann', 'NHS', 'substitute')],
    roll: ['Ann for KCC', 'Ann for NHS'],
  },
])('one vote for each seat: $rule', ({ spells, withdrawals = [], roll }) => {
  expect(rollOf(facts(spells, { withdrawals }))).toEqual(roll)
})

test.each<{ rule: string; spells: Spell[]; withdrawals?: Facts['withdrawals']; roll: string[] }>([
  {
    rule: 'two who hold a seat jointly have one each',
    spells: [there('Ann', 'KCC', 'representative'), there('Ada', 'KCC', 'representative', '10:01')],
    roll: ['Ann for KCC', 'Ada for KCC'],
  },
  {
    rule: 'who sits in two seats has one',
    spells: [there('Ann', 'KCC', 'representative'), there('Ann', 'NHS', 'substitute')],
    roll: ['Ann for KCC'],
  },
  {
    rule: 'a deputy beside the member has none',
    spells: [there('Ann', 'KCC', 'representative'), there('Cyd', 'KCC', 'deputy')],
    roll: ['Ann for KCC'],
  },
  { rule: 'a deputy who is alone has one', spells: [there('Cyd', 'KCC', 'deputy')], roll: ['Cyd for KCC'] },
  {
    rule: 'a deputy beside the member who has withdrawn has one',
    spells: [there('Ann', 'KCC', 'representative'), there('Cyd', 'KCC', 'deputy')],
    withdrawals: [out('Ann')],
    roll: ['Cyd for KCC'],
  },
  { rule: 'who is there by invitation has none', spells: [there('Rob', 'Housing Group', 'representative')], roll: [] },
])('one vote for each person: $rule', ({ spells, withdrawals = [], roll }) => {
  const terms = termsWith({ oneFor: 'person' })
  const of = facts(spells, { withdrawals })
  expect(rollOf(of, terms)).toEqual(roll)
  expect(rollAt(of, terms, 'B1', NOW, NOW).map(({ voter }) => voter)).toEqual(roll.map((one) => one.split(' ')[0]))
})

describe('one vote for each body', () => {
  const second = { ...placeFor('KCC'), seat: 'a second of KCC' }
  const places = [second, placeFor('KCC'), placeFor('NHS')]
  const terms = termsWith({ oneFor: 'organisation' })
  const voters = (of: Parameters<typeof rollAt>[0]) => rollAt(of, terms, 'B1', NOW, NOW).map(({ voter }) => voter)
  const both = [there('Ann', 'a second of KCC', 'representative'), there('Bob', 'KCC', 'representative', '10:01')]

  test('which is cast by who was there first for one of its seats', () => {
    expect(rollOf(facts([...both, there('Bea', 'NHS', 'representative')], { places }), terms)).toEqual([
      'Ann for a second of KCC',
      'Bea for NHS',
    ])
  })

  test('and is the same vote whichever of its seats speaks', () => {
    const [ann, bob] = both.map((one) => voters(facts([one], { places })))
    expect(ann).toEqual(bob)
  })

  test('by the other, where the first has withdrawn', () => {
    expect(rollOf(facts(both, { places, withdrawals: [out('Ann')] }), terms)).toEqual(['Bob for KCC'])
  })
})

test('who has the standing on one reading alone may vote', () => {
  const terms = termsWith({ twoReadings: true })
  const of = facts([there('Helen', 'OPCC', 'representative')], { places: [placeFor('OPCC')] })
  expect(rollOf(of, terms)).toEqual(['Helen for OPCC'])
})

test('a body that the terms list votes though it is there by invitation', () => {
  const of = facts([there('Helen', 'OPCC', 'representative')], { places: [placeFor('OPCC', true)] })
  expect(rollOf(of)).toEqual(['Helen for OPCC'])
})

test('where the terms provide for no vote every member has one, and nobody else', () => {
  const spells = [there('Ann', 'KCC', 'representative'), there('Rob', 'Housing Group', 'representative')]
  expect(rollOf(facts(spells), termsOf('kcsp-2025.yaml'))).toEqual(['Ann for KCC'])
})

test('a body that is renamed or succeeded votes where the terms name the earlier one', () => {
  const places = [{ ...placeFor('NHS Trust'), formerly: ['NHS'] }]
  expect(rollOf(facts([there('Bea', 'NHS Trust', 'representative')], { places }))).toEqual(['Bea for NHS Trust'])
})

test('who votes is as it was at the instant that is asked for', () => {
  const of = facts([there('Ann', 'KCC', 'representative', '10:00', '10:20'), there('Bob', 'KCC', 'substitute', '10:20')])
  expect(rollOf(of, TERMS, 'B1', at('10:19'))).toEqual(['Ann for KCC'])
  expect(rollOf(of, TERMS, 'B1', at('10:20'))).toEqual(['Bob for KCC'])
})

test('a seat that ended in the midst votes no more', () => {
  const changes = [{ from: at('10:15'), places: [placeFor('NHS')], offices: [] }]
  const of = facts([there('Ann', 'KCC', 'representative'), there('Bea', 'NHS', 'representative')], { changes })
  expect(rollOf(of, TERMS, 'B1', at('10:14'))).toEqual(['Ann for KCC', 'Bea for NHS'])
  expect(rollOf(of)).toEqual(['Bea for NHS'])
})

test('whose connection has dropped may vote until the grace is over, and not then', () => {
  const gone = { ...there('Ann', 'KCC', 'representative', '10:00', '10:26'), mode: 'online' as const, dropped: true }
  expect(rollOf(facts([gone]))).toEqual(['Ann for KCC'])
  expect(rollAt(facts([gone]), TERMS, 'B1', at('10:31'), at('10:31'))).toEqual([])
})

test('withdrawals are from the instant in which somebody withdraws to that in which they return', () => {
  const of = facts([], { withdrawals: [out('Ann', 'B1', '10:20')] })
  const outAt = (hour: string) => [...withdrawnFor(of, 'B1', at(hour))]
  expect(['10:09', '10:10', '10:19', '10:20'].map(outAt)).toEqual([[], ['Ann'], ['Ann'], []])
})
