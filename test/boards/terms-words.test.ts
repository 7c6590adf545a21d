import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { termsChanged, termsInWords } from '../../src/boards/terms-words.js'

function termsOf(file: string): Terms {
  const read = readTerms(readFileSync(new URL(`../../src/boards/terms/${file}`, import.meta.url), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

/** The table of the four boards' rules, as their documents have them. */
describe('what each board’s terms say, in words', () => {
  test.each([
    { file: 'kcsp-2025.yaml', about: 'quorum', says: 'at least 4 responsible authorities, counted by organisation' },
    {
      file: 'kcsp-2025.yaml',
      about: 'vice-chair',
      says: 'the vice-chair is elected from amongst the other members; 2 years, then a review',
    },
    {
      file: 'kcsp-2023.yaml',
      about: 'vice-chair',
      says: 'the vice-chair is elected from amongst the other members; no term stated',
    },
    { file: 'kcsp-2025.yaml', about: 'removal', says: 'by more than half of all the responsible authorities' },
    { file: 'kcsp-2025.yaml', about: 'decisions', says: 'by consensus' },
    { file: 'kcsp-2025.yaml', about: 'meetings', says: '3 a year, or as it decides; the cycle is agreed annually' },
    {
      file: 'kcsp-2025.yaml',
      about: 'papers',
      says: 'at least 5 working days before, by 17:00: previous notes, agenda and reports',
    },
    { file: 'kcsp-2025.yaml', about: 'agreeing the agenda', says: 'by the chair' },
    {
      file: 'kcsp-working-group-2025.yaml',
      about: 'quorum',
      says: 'at least 4 responsible authorities, counted by organisation',
    },
    { file: 'kcsp-working-group-2025.yaml', about: 'meetings', says: '4 a year, or as it decides; before those of KCSP' },
    {
      file: 'kcsp-working-group-2025.yaml',
      about: 'chair',
      says: 'the chair is elected from amongst the other members; 2 years, then a review',
    },
    { file: 'dardr-steering-group-2025.yaml', about: 'quorum', says: 'at least 4 members, counted by organisation' },
    {
      file: 'dardr-steering-group-2025.yaml',
      about: 'chair',
      says: 'the chair is nominated by KCSP (Head of Community Safety, Kent County Council); 2 years, then a review',
    },
    { file: 'dardr-steering-group-2025.yaml', about: 'substitutes', says: 'allowed; failing one, action plan updates' },
    { file: 'gravesham.yaml', about: 'quorum', says: 'at least 3 core members, counted by organisation' },
    {
      file: 'gravesham.yaml',
      about: 'votes',
      says: 'one for each seat of the core members; carried by more than half of votes cast; equal votes: second or casting vote of the chair',
    },
    {
      file: 'gravesham.yaml',
      about: 'calling an extraordinary meeting',
      says: 'by any core member, for an urgent and serious need',
    },
    { file: 'gravesham.yaml', about: 'agreeing the agenda', says: 'by the CSP Executive Group' },
    { file: 'gravesham.yaml', about: 'proposing items', says: 'by any core member' },
  ])('$file, $about: $says', ({ file, about, says }) => {
    expect(termsInWords(termsOf(file)).find((saying) => saying.about === about)?.says).toBe(says)
  })
})

test('every rule says on what it rests', () => {
  for (const file of [
    'kcsp-2023.yaml',
    'kcsp-2025.yaml',
    'kcsp-working-group-2025.yaml',
    'dardr-steering-group-2025.yaml',
    'gravesham.yaml',
  ]) {
    for (const { rests } of termsInWords(termsOf(file)))
      expect(rests).toMatch(/^(?:clause \S.*: “.+”|silent; by convention \(.+\))$/s)
  }
})

describe('what changed', () => {
  test('between the KCSP’s terms of 2023 and of 2025', () => {
    const changed = termsChanged(termsOf('kcsp-2023.yaml'), termsOf('kcsp-2025.yaml'))
    expect(changed[0]).toBe('responsible authorities as the terms list them: adds Chairs of Local Community Safety Partnerships')
    expect(changed.find((line) => line.startsWith('vice-chair'))).toContain(
      'was the vice-chair is elected from amongst the other members; no term stated; now',
    )
    expect(changed.find((line) => line.startsWith('quorum'))).toContain('says the same, and rests on other words')
  })

  test('between terms and themselves: nothing', () => {
    const terms = termsOf('gravesham.yaml')
    expect(termsChanged(terms, terms)).toEqual([])
  })

  test('a rule that is new, and one that is gone', () => {
    const gravesham = termsOf('gravesham.yaml')
    const { votes: _, ...without } = gravesham
    expect(termsChanged(without, gravesham)[0]).toMatch(/^votes: new: one for each seat/)
    expect(termsChanged(gravesham, without)[0]).toMatch(/^votes: gone: one for each seat/)
  })
})
