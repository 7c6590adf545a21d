import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { type Facts, ledgerOf, presidingAt, type Said, type Sitting, stateAt, thereAt } from '../../src/attendance/ledger.js'
import type { Spell } from '../../src/attendance/rules.js'
import { readTerms } from '../../src/boards/terms-text.js'

const at = (hour: string, day = '2026-12-16') => Temporal.Instant.from(`${day}T${hour}:00Z`)
const terms = (name: string) => {
  const read = readTerms(readFileSync(new URL(`../../src/boards/terms/${name}.yaml`, import.meta.url), 'utf8'))
  if ('faults' in read) throw new Error(name)
  return read.terms
}
const kcsp = terms('kcsp-2025')

const BODIES = [
  'Kent County Council',
  'Kent Police',
  'Kent Fire and Rescue Service',
  'The Probation Service',
  'Kent Housing Group',
]
const person = (name: string) => ({ id: name, name })
const spell = (who: string, from: string, until: string | null = null, day?: string): Spell => ({
  id: `${who} ${from}`,
  person: person(who),
  seat: who,
  capacity: 'representative',
  for: null,
  mode: 'room',
  from: at(from, day),
  until: until === null ? null : at(until, day),
  dropped: false,
  listed: null,
  reason: null,
})
const said = (act: Said, hour: string, who: string | null = null, words: string | null = null, day?: string): Sitting => ({
  act,
  at: at(hour, day),
  person: who ? person(who) : null,
  words,
})
const facts = (over: Partial<Facts> = {}): Facts => ({
  zone: 'Europe/London',
  rules: [{ from: at('00:00', '2026-01-01'), terms: kcsp, termsId: 'kcsp-2025' }],
  places: BODIES.map((body) => ({
    seat: body,
    organisation: body,
    formerly: [],
    invited: body === 'Kent Housing Group',
    filled: true,
  })),
  offices: [
    { person: person('Kent County Council'), office: 'chair' },
    { person: person('Kent Police'), office: 'vice-chair' },
  ],
  sittings: [said('opened', '10:00')],
  spells: [],
  withdrawals: [],
  ...over,
})
const [KCC = '', POLICE = '', FIRE = '', PROBATION = ''] = BODIES

/** "10:05 in session quorate" */
const lines = (of: Facts, now: Temporal.Instant) =>
  ledgerOf(of, now).map(({ at: from, state, verdict }) => `${from.toString().slice(5, 16).replace('T', ' ')} ${state} ${verdict}`)

describe('how a sitting stands', () => {
  const sittings = [
    said('opened', '10:00'),
    said('waits', '10:05'),
    said('resumed', '10:20'),
    said('adjourned', '11:00'),
    said('closed', '11:30'),
  ]
  test.each([
    ['09:59', 'not open'],
    ['10:00', 'in session'],
    ['10:05', 'waiting'],
    ['10:19', 'waiting'],
    ['10:20', 'in session'],
    ['11:00', 'adjourned'],
    ['11:30', 'closed'],
    ['12:00', 'closed'],
  ])('%s: %s', (hour, state) => {
    expect(stateAt(sittings, at(hour))).toBe(state)
  })
})

describe('the ledger', () => {
  const four = [spell(KCC, '10:00'), spell(POLICE, '10:00'), spell(FIRE, '10:02'), spell(PROBATION, '10:05', '10:40')]

  test('is empty before the opening', () => {
    expect(ledgerOf(facts({ sittings: [], spells: four }), at('11:00'))).toEqual([])
  })

  test('has an entry for each change, and none for what changes nothing', () => {
    const guest = { ...spell('observer', '10:10', '10:20'), seat: null, capacity: 'in attendance' as const }
    expect(lines(facts({ spells: [...four, guest] }), at('11:00'))).toEqual([
      '12-16 10:00 in session inquorate',
      '12-16 10:02 in session inquorate',
      '12-16 10:05 in session quorate',
      '12-16 10:40 in session inquorate',
    ])
  })

  test('knows nothing of what is still to come', () => {
    expect(lines(facts({ spells: four }), at('10:05'))).toHaveLength(3)
  })

  test('counts by the terms that rule at each instant: other terms may be approved in its midst', () => {
    const three = { ...kcsp, quorum: { ...kcsp.quorum, atLeast: 3 } }
    const rules = [...facts().rules, { from: at('10:30'), terms: three, termsId: 'three' }]
    const of = facts({ rules, spells: four.slice(0, 3) })
    expect(lines(of, at('11:00'))).toEqual([
      '12-16 10:00 in session inquorate',
      '12-16 10:02 in session inquorate',
      '12-16 10:30 in session quorate',
    ])
    expect(ledgerOf(of, at('11:00')).map(({ termsId }) => termsId)).toEqual(['kcsp-2025', 'kcsp-2025', 'three'])
  })

  test('a short adjournment sends nobody home', () => {
    const sittings = [said('opened', '10:00'), said('adjourned', '10:20'), said('resumed', '10:30')]
    const of = facts({ sittings, spells: four.map((one) => ({ ...one, until: null })) })
    expect(lines(of, at('11:00')).at(-1)).toBe('12-16 10:30 in session quorate')
  })

  test('one to another day does: who is there then is marked anew', () => {
    const next = '2026-12-17'
    const sittings = [said('opened', '10:00'), said('adjourned', '10:20'), said('resumed', '09:00', null, null, next)]
    const spells = [...four.map((one) => ({ ...one, until: null })), spell(KCC, '09:05', null, next)]
    expect(lines(facts({ sittings, spells }), at('10:00', next)).slice(-3)).toEqual([
      '12-16 10:20 adjourned inquorate',
      '12-17 09:00 in session inquorate',
      '12-17 09:05 in session inquorate',
    ])
    expect(
      thereAt(facts({ sittings, spells }), at('09:10', next), at('09:10', next)).map(({ person: { name } }) => name),
    ).toEqual([KCC])
  })
})

describe('who presides', () => {
  const presides = (of: Partial<Facts>, hour: string) => {
    const found = presidingAt(facts(of), at(hour), at(hour))
    return found && `${found.person.name}: ${found.as}`
  }
  const all = [spell(KCC, '10:10', '11:00'), spell(POLICE, '10:05'), spell(FIRE, '10:00')]

  test.each([
    { rule: 'nobody before the opening', sittings: [], hour: '10:30', is: null },
    { rule: 'failing chair and vice-chair nobody by themselves', hour: '10:02', is: null },
    { rule: 'the vice-chair in the chair’s absence', hour: '10:06', is: `${POLICE}: vice-chair` },
    { rule: 'the chair who is there', hour: '10:10', is: `${KCC}: chair` },
    { rule: 'the vice-chair again', hour: '11:00', is: `${POLICE}: vice-chair` },
    {
      rule: 'whom those present chose',
      sittings: [said('opened', '10:00'), said('presides', '10:01', FIRE)],
      hour: '10:02',
      is: `${FIRE}: chosen`,
    },
    {
      rule: 'until who goes before them comes',
      sittings: [said('opened', '10:00'), said('presides', '10:01', FIRE)],
      hour: '10:05',
      is: `${POLICE}: vice-chair`,
    },
    {
      rule: 'one chosen while the chair was there, for as long as they say',
      sittings: [said('opened', '10:00'), said('presides', '10:15', FIRE)],
      hour: '10:50',
      is: `${FIRE}: chosen`,
    },
    {
      rule: 'and then the chair',
      sittings: [said('opened', '10:00'), said('presides', '10:15', FIRE), said('presides', '10:30')],
      hour: '10:50',
      is: `${KCC}: chair`,
    },
    { rule: 'nobody once it is closed', sittings: [said('opened', '10:00'), said('closed', '10:30')], hour: '10:50', is: null },
  ])('$rule', ({ sittings = [said('opened', '10:00')], hour, is }) => {
    expect(presides({ sittings, spells: all }, hour)).toBe(is)
  })

  test('who has withdrawn for an item does not', () => {
    const withdrawals = [{ item: 'B1', person: KCC, from: at('10:20'), until: at('10:40') }]
    expect(presides({ spells: all, withdrawals }, '10:30')).toBe(`${POLICE}: vice-chair`)
    expect(presides({ spells: all, withdrawals }, '10:40')).toBe(`${KCC}: chair`)
  })
})
