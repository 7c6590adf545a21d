import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTerms, TERMS_JSON_SCHEMA } from '../../src/boards/terms-text.js'

const folder = new URL('../../src/boards/terms/', import.meta.url)
const kcsp = readFileSync(new URL('kcsp-2025.yaml', folder), 'utf8')

/** What is said of the KCSP's terms when one thing in them is written otherwise. */
function saidOf(written: string, instead: string): readonly string[] {
  expect(kcsp).toContain(written)
  const read = readTerms(kcsp.replace(written, instead))
  if ('terms' in read) return []
  return read.faults.map(({ path, sentence }) => `${path}: ${sentence}`)
}

describe('a clerk’s mistake is named where it stands', () => {
  test.each([
    { written: 'atLeast: 4', instead: 'atLeast: four', says: 'quorum.atLeast: expected a whole number of 1 or more, got "four"' },
    { written: 'atLeast: 4', instead: 'atLeast: 0', says: 'quorum.atLeast: expected a whole number of 1 or more, got 0' },
    { written: 'atLeast: 4', instead: 'atLeast: 3.5', says: 'quorum.atLeast: expected a whole number of 1 or more, got 3.5' },
    { written: 'atLeast: 4', instead: 'atLaest: 4', says: 'quorum.atLaest: is not known here: did you mean atLeast?' },
    { written: 'quorum:', instead: 'qourum:', says: 'qourum: is not known here: did you mean quorum?' },
    { written: 'quorum:', instead: 'qourum:', says: 'quorum: is missing' },
    {
      written: 'countedBy: organisation',
      instead: 'countedBy: heads',
      says: 'quorum.countedBy: expected one of organisation, seat, person, got "heads"',
    },
    {
      written: 'of: [responsible authority]',
      instead: 'of: [core member]',
      says: 'quorum.of.0: names no standing of these terms: expected one of responsible authority',
    },
    {
      written: 'zone: Europe/London',
      instead: 'zone: Kent',
      says: 'zone: expected the name of a time zone, such as Europe/London',
    },
    { written: 'allowed: true', instead: 'allowed: perhaps', says: 'substitutes.allowed: expected true or false, got "perhaps"' },
    { written: "cutOff: '17:00'", instead: 'cutOff: five', says: 'papers.cutOff: expected an hour such as "17:00"' },
  ])('$instead', ({ written, instead, says }) => {
    expect(saidOf(written, instead)).toContain(says)
  })

  test('a rule with neither clause nor convention, or with both, is refused', () => {
    const basis = /needs either `clause`/
    const decisions = /decisions:\n {2}by: consensus\n {2}clause:\n.*\n.*\n/
    expect(kcsp).toMatch(decisions)
    const none = readTerms(kcsp.replace(decisions, 'decisions:\n  by: consensus\n'))
    const both = readTerms(kcsp.replace('decisions:\n', 'decisions:\n  silent: { convention: c, source: s }\n'))
    for (const read of [none, both]) {
      expect(read).toMatchObject({ faults: [{ path: 'decisions', sentence: expect.stringMatching(basis) }] })
    }
  })

  test('by line and column', () => {
    const at = kcsp.split('\n').findIndex((line) => line.includes('atLeast: 4')) + 1
    expect(readTerms(kcsp.replace('atLeast: 4', 'atLeast: four'))).toMatchObject({ faults: [{ line: at, column: 3 }] })
  })

  test('what is not YAML at all', () => {
    expect(readTerms('quorum: [')).toMatchObject({ faults: [{ line: 1, sentence: expect.stringContaining('is not YAML') }] })
    expect(readTerms('')).toMatchObject({ faults: [{ line: 1, column: 1 }] })
    expect(readTerms('Dear clerk, ')).toMatchObject({ faults: [expect.anything()] })
  })
})

test('whatever is written, it is read or its faults are named; nothing breaks', () => {
  const lines = kcsp.split('\n')
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 40 }), (at, instead) => {
      const read = readTerms(lines.with(at, instead).join('\n'))
      if ('faults' in read) {
        expect(read.faults.length).toBeGreaterThan(0)
        for (const { line, column, sentence } of read.faults) {
          expect(line).toBeGreaterThan(0)
          expect(column).toBeGreaterThan(0)
          expect(sentence).not.toBe('')
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('the schema beside the terms, by which editors complete them, is the one that reads them', () => {
  const shipped = JSON.parse(readFileSync(new URL('terms.schema.json', folder), 'utf8')) as unknown
  expect(shipped).toEqual(JSON.parse(JSON.stringify(TERMS_JSON_SCHEMA)))
})
