import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { countedStanding, quorumOf } from '../../src/boards/quorum.js'
import { Terms } from '../../src/boards/terms.js'

const kcsp2025 = Terms.parse(parse(readFileSync(new URL('../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8')))

const KCC = 'Kent County Council'
const POLICE = 'Kent Police'
const OPCC = 'Office of the Police and Crime Commissioner'
const DISTRICTS = 'Local Authorities (District / Borough Councils)'
const FIRE = 'Kent Fire and Rescue Service'
const NHS = 'NHS Kent and Medway Integrated Care Board'
const PROBATION = 'The Probation Service'
const CHAIRS = 'Chairs of Local Community Safety Partnerships'
const HOUSING = 'Kent Housing Group'

describe('no less than four of the responsible authorities are represented', () => {
  test.each([
    { rule: 'nobody', represented: [], listed: 0, statutory: 0, quorate: false },
    { rule: 'three are fewer than four', represented: [KCC, POLICE, FIRE], listed: 3, statutory: 3, quorate: false },
    { rule: 'four are no less than four', represented: [KCC, POLICE, FIRE, NHS], listed: 4, statutory: 4, quorate: true },
    {
      rule: 'two people of one authority count once',
      represented: [KCC, KCC, POLICE, FIRE],
      listed: 3,
      statutory: 3,
      quorate: false,
    },
    {
      rule: 'an invited body does not count',
      represented: [KCC, POLICE, FIRE, HOUSING],
      listed: 3,
      statutory: 3,
      quorate: false,
    },
    {
      rule: 'the Commissioner’s office counts as listed, not by statute',
      represented: [KCC, POLICE, FIRE, OPCC],
      listed: 4,
      statutory: 3,
      quorate: true,
    },
    {
      rule: 'so do the local partnerships’ chairs',
      represented: [KCC, POLICE, OPCC, CHAIRS],
      listed: 4,
      statutory: 2,
      quorate: true,
    },
    {
      rule: 'all eight',
      represented: [KCC, POLICE, OPCC, DISTRICTS, FIRE, NHS, PROBATION, CHAIRS],
      listed: 8,
      statutory: 6,
      quorate: true,
    },
  ])('$rule', ({ represented, listed, statutory, quorate }) => {
    const [first, second] = quorumOf(kcsp2025, represented)
    expect(first).toMatchObject({ represented: listed, required: 4, of: 8, quorate })
    expect(second).toMatchObject({ represented: statutory, required: 4, of: 6, quorate: statutory >= 4 })
  })
})

test('the count never exceeds the bodies there are, never falls when somebody arrives, and forgets nobody', () => {
  const bodies = fc.subarray([KCC, POLICE, OPCC, DISTRICTS, FIRE, NHS, PROBATION, CHAIRS, HOUSING])
  fc.assert(
    fc.property(bodies, fc.constantFrom(KCC, OPCC, HOUSING), (there, arrives) => {
      const before = quorumOf(kcsp2025, there)
      const after = quorumOf(kcsp2025, [...there, arrives])
      for (const [at, figure] of after.entries()) {
        const reading = countedStanding(kcsp2025).readings[at]
        const expected = new Set([...there, arrives].filter((body) => reading?.bodies.includes(body))).size
        expect(figure.represented).toBe(expected)
        expect(figure.represented).toBeGreaterThanOrEqual(before[at]?.represented ?? 0)
        expect(figure.represented).toBeLessThanOrEqual(figure.of)
        expect(figure.quorate).toBe(expected >= 4)
      }
    }),
  )
})

describe('terms', () => {
  test('whose quorum counts a standing that they do not have are refused', () => {
    expect(() => Terms.parse({ ...kcsp2025, quorum: { ...kcsp2025.quorum, of: 'core member' } })).toThrow('one of the standings')
  })

  test('with a quorum that is no whole number of one or more are refused', () => {
    for (const atLeast of [0, -1, 3.5, 'four']) {
      expect(() => Terms.parse({ ...kcsp2025, quorum: { ...kcsp2025.quorum, atLeast } })).toThrow()
    }
  })

  test('with a key that they do not have are refused', () => {
    expect(() => Terms.parse({ ...kcsp2025, qorum: {} })).toThrow('qorum')
  })
})
