import { describe, expect, test } from 'vitest'
import { frontSheetNodes } from '../../../src/agenda/front-sheet/view.js'
import { plainCard, plainText } from '../../../src/kernel/plain.js'
import { hostile, item, july2025, MARKUP, sheetOf } from './sheets.js'

const inWords = (sheet: typeof july2025): readonly string[] =>
  plainCard({ title: 'Agenda', audience: { kind: 'public' }, body: frontSheetNodes(sheet) }).split('\n')

test('the sheet of 23 July 2025', () => {
  expect(inWords(july2025).join('\n')).toMatchInlineSnapshot(`
    "Agenda
    When: Wednesday 23 July 2025, 10:00
    Where: Online
    Ask for: Gaetano Romagnuolo, 03000 000000, gaetano.romagnuolo@kent.gov.uk
    A. COMMITTEE BUSINESS
    - A1  Introduction · verbal
    - A2  Apologies and Substitutes · verbal
    - A3  Declarations of Interest · verbal
    - A4  Notes of meeting held on 25 March 2025 (pages 1 to 8)
    - A5  Election of Vice-Chair · verbal, for decision
    B. MATTERS FOR INFORMATION/DISCUSSION
    - B1  Kent Community Safety Agreement Update (pages 9 to 20) · for information · Ms S Brinson
    - B2  Kent Community Safety Partnership Working Group Update (pages 21 to 26) · for information
    - B3  Kent Community Safety Partnership Terms of Reference Review (pages 27 to 42) · for decision
    - B4  Safer Summer and Hotspot Policing Plan Update · presentation, for information
    - B5  Domestic Abuse Update · verbal, for information
    C. MATTERS FOR INFORMATION
    - C1  Dates of future meetings · verbal
    D. RESTRICTED ITEM(S)
    Meeting not open to the press and public and reports not for publication.
    - D1  Kent and Medway Domestic Abuse Related Death Review Update · verbal
    - D2  Kent and Medway PREVENT Duty Delivery Board Update · verbal"
  `)
})

test.each([
  {
    more: { form: 'paper', purpose: 'information', presenter: 'Ms S Brinson' },
    words: ' · paper, for information · Ms S Brinson',
  },
  { more: { form: 'paper', pages: { first: 1, last: 8 } }, words: ' (pages 1 to 8)' },
  { more: { form: 'paper', pages: { first: 9, last: 9 }, purpose: 'decision' }, words: ' (page 9) · for decision' },
  { more: { form: 'presentation', presenter: 'Supt P Steenhuis' }, words: ' · presentation · Supt P Steenhuis' },
  { more: { form: 'to follow', purpose: 'decision' }, words: ' · to follow, for decision' },
  { more: { form: 'to follow', pages: { first: 9, last: 10 } }, words: ' (pages 9 to 10)' },
  { more: { form: 'verbal', late: 'the grant ends on Friday' }, words: ' · verbal · late item: the grant ends on Friday' },
  { more: { form: 'to follow', purpose: 'decision', presenter: 'Ms B', withdrawn: true }, words: ' · withdrawn' },
] as const)('an item with$words', ({ more, words }) => {
  expect(inWords(sheetOf(item('B1', 'Update', more))).at(-1)).toBe(`- B1  Update${words}`)
})

describe('the whole', () => {
  test('marks come first', () => {
    expect(inWords({ ...july2025, state: 'draft', cancelled: true }).slice(1, 3)).toEqual(['CANCELLED', 'DRAFT, not yet agreed'])
  })

  test('without items or a clerk', () => {
    expect(inWords({ ...july2025, sections: [], clerk: null })).toEqual([
      'Agenda',
      'When: Wednesday 23 July 2025, 10:00',
      'Where: Online',
      'There are no items yet.',
    ])
  })

  test('typed markup is in spans of its own kind, as typed', () => {
    const lists = frontSheetNodes(hostile).filter((node) => node.node === 'list')
    expect(lists.flatMap(({ items }) => items.map(plainText))).toEqual([
      `A1  ${MARKUP} · to follow · late item: ${MARKUP}`,
      `B1  ${MARKUP} · verbal`,
    ])
  })
})
