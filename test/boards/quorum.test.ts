import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countedStanding, type Place, type Present, quorumOf } from '../../src/boards/quorum.js'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'

const folder = new URL('../../src/boards/terms/', import.meta.url)

function termsOf(file: string): Terms {
  const read = readTerms(readFileSync(new URL(file, folder), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

const kcsp2025 = termsOf('kcsp-2025.yaml')
const dardr = termsOf('dardr-steering-group-2025.yaml')
const gravesham = termsOf('gravesham.yaml')

const KCC = 'Kent County Council'
const POLICE = 'Kent Police'
const OPCC = 'Office of the Police and Crime Commissioner'
const DISTRICTS = 'Local Authorities (District / Borough Councils)'
const FIRE = 'Kent Fire and Rescue Service'
const NHS = 'NHS Kent and Medway Integrated Care Board'
const PROBATION = 'The Probation Service'
const CHAIRS = 'Chairs of Local Community Safety Partnerships'
const HOUSING = 'Kent Housing Group'
const EIGHT = [KCC, POLICE, OPCC, DISTRICTS, FIRE, NHS, PROBATION, CHAIRS]

const placeOf = (organisation: string, at: number): Place => ({
  seat: `seat ${at}`,
  organisation,
  formerly: [],
  invited: organisation === HOUSING,
  filled: true,
})

/** A seat and a person there for each body named; a body named twice has two of each. */
function room(bodies: readonly string[], absent: readonly string[] = []): { places: Place[]; present: Present[] } {
  const places = [...bodies, ...absent].map(placeOf)
  const present = bodies.map((organisation, at) => ({ person: `person ${at}`, seat: `seat ${at}`, organisation, offices: [] }))
  return { places, present }
}

const figures = (terms: Terms, bodies: readonly string[], absent: readonly string[] = []) => {
  const { places, present } = room(bodies, absent)
  return quorumOf(terms, places, present)
}

describe('KCSP: no less than four of the responsible authorities are represented', () => {
  test.each([
    { rule: 'nobody', there: [], listed: 0, statutory: 0, quorate: false },
    { rule: 'three are fewer than four', there: [KCC, POLICE, FIRE], listed: 3, statutory: 3, quorate: false },
    { rule: 'four are no less than four', there: [KCC, POLICE, FIRE, NHS], listed: 4, statutory: 4, quorate: true },
    { rule: 'two people of one authority count once', there: [KCC, KCC, POLICE, FIRE], listed: 3, statutory: 3, quorate: false },
    { rule: 'an invited body does not count', there: [KCC, POLICE, FIRE, HOUSING], listed: 3, statutory: 3, quorate: false },
    {
      rule: 'the Commissioner’s office counts as listed, not by statute',
      there: [KCC, POLICE, FIRE, OPCC],
      listed: 4,
      statutory: 3,
      quorate: true,
    },
    { rule: 'so do the local partnerships’ chairs', there: [KCC, POLICE, OPCC, CHAIRS], listed: 4, statutory: 2, quorate: true },
    { rule: 'all eight', there: EIGHT, listed: 8, statutory: 6, quorate: true },
  ])('$rule', ({ there, listed, statutory, quorate }) => {
    const [first, second] = figures(kcsp2025, there)
    expect(first).toMatchObject({ represented: listed, required: 4, of: 8, quorate })
    expect(second).toMatchObject({ represented: statutory, required: 4, of: 6, quorate: statutory >= 4 })
  })
})

describe('DARDR: 4 or more members of the group (representing different organisations) are present', () => {
  test.each([
    { rule: 'four of four organisations', there: [KCC, POLICE, NHS, OPCC], quorate: true },
    { rule: 'four of three organisations are three', there: [KCC, KCC, POLICE, NHS], quorate: false },
    { rule: 'whoever is there by invitation is no member', there: [KCC, POLICE, NHS, HOUSING], quorate: false },
  ])('$rule', ({ there, quorate }) => {
    expect(figures(dardr, there)).toMatchObject([{ quorate, required: 4 }])
  })
})

describe('Gravesham: three core members', () => {
  test.each([
    { rule: 'two are too few', there: [KCC, POLICE], quorate: false },
    { rule: 'three core members', there: [KCC, POLICE, FIRE], quorate: true },
    { rule: 'a partner who is no core member does not count', there: [KCC, POLICE, OPCC], quorate: false },
  ])('$rule', ({ there, quorate }) => {
    expect(figures(gravesham, there)).toMatchObject([{ quorate, required: 3, of: 6 }])
  })
})

describe('what other councils write', () => {
  const { atLeast: _, ...without } = kcsp2025.quorum
  type Share = NonNullable<Terms['quorum']['share']>
  const sharing = (share: Share, countedBy: Terms['quorum']['countedBy'] = 'organisation'): Terms => ({
    ...kcsp2025,
    quorum: { ...without, countedBy, share },
  })
  const half = { over: 1, under: 2 }
  const third = { over: 1, under: 3 }

  test.each([
    { rule: 'at least half of eight is four', share: { measure: 'at least', part: half, ofSeats: 'all' }, required: 4 },
    { rule: 'more than half of eight is five', share: { measure: 'more than', part: half, ofSeats: 'all' }, required: 5 },
    { rule: 'at least a third of eight is three', share: { measure: 'at least', part: third, ofSeats: 'all' }, required: 3 },
    { rule: 'more than a third of eight is three', share: { measure: 'more than', part: third, ofSeats: 'all' }, required: 3 },
    { rule: 'the whole', share: { measure: 'at least', part: { over: 1, under: 1 }, ofSeats: 'all' }, required: 8 },
  ] as const)('$rule', ({ share, required }) => {
    expect(figures(sharing(share), EIGHT.slice(0, 4), EIGHT.slice(4))[0]).toMatchObject({ required, quorate: 4 >= required })
  })

  test('of the filled seats: a vacant one is not counted in the whole', () => {
    const { places, present } = room(EIGHT.slice(0, 3), EIGHT.slice(3))
    const vacant = places.map((place, at) => ({ ...place, filled: at < 5 }))
    const [figure] = quorumOf(sharing({ measure: 'more than', part: half, ofSeats: 'filled' }), vacant, present)
    expect(figure).toMatchObject({ required: 3, of: 5, quorate: true })
  })

  test('counted by seat, two seats of one body are two; by person, one person in two seats is one', () => {
    const places = [placeOf(KCC, 0), placeOf(KCC, 1)]
    const present = [0, 1].map((at) => ({ person: 'the same', seat: `seat ${at}`, organisation: KCC, offices: [] }))
    const counted = (countedBy: Terms['quorum']['countedBy']) =>
      quorumOf({ ...kcsp2025, quorum: { ...kcsp2025.quorum, countedBy } }, places, present)[0]?.represented
    expect([counted('organisation'), counted('seat'), counted('person')]).toEqual([1, 2, 1])
  })

  test.each([
    { rule: 'the chair or vice-chair present', condition: { office: ['chair', 'vice-chair'] as ('chair' | 'vice-chair')[] } },
    { rule: 'a named body represented', condition: { body: NHS } },
    { rule: 'at least one of a standing represented', condition: { standing: 'responsible authority' } },
  ])('with a condition: $rule', ({ rule, condition }) => {
    const terms = { ...kcsp2025, quorum: { ...kcsp2025.quorum, atLeast: 1, present: [condition] } }
    const [unmet] = figures(terms, [HOUSING], [KCC])
    expect(unmet).toMatchObject({ quorate: false, conditions: [{ met: false }] })
    const { places, present } = room([NHS])
    const chaired = present.map((one) => ({ ...one, offices: ['vice-chair'] }))
    expect(quorumOf(terms, places, chaired)[0], rule).toMatchObject({ quorate: true, conditions: [{ met: true }] })
  })
})

test('the count never exceeds what there is to count, never falls when somebody arrives, and forgets nobody', () => {
  const bodies = fc.subarray([...EIGHT, HOUSING])
  fc.assert(
    fc.property(bodies, fc.constantFrom(KCC, OPCC, HOUSING), (there, arrives) => {
      const before = figures(kcsp2025, there)
      const after = figures(kcsp2025, [...there, arrives])
      for (const [at, figure] of after.entries()) {
        const reading = countedStanding(kcsp2025).readings[at]
        const expected = new Set([...there, arrives].filter((body) => reading?.bodies?.includes(body))).size
        expect(figure.represented).toBe(expected)
        expect(figure.represented).toBeGreaterThanOrEqual(before[at]?.represented ?? 0)
        expect(figure.represented).toBeLessThanOrEqual(figure.of)
        expect(figure.quorate).toBe(expected >= 4)
      }
    }),
  )
})

test('every text of terms that is shipped is read without a fault', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  expect(files).toHaveLength(5)
  for (const file of files) expect(termsOf(file).title).toContain('terms of reference')
})
