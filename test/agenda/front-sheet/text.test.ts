import { describe, expect, test } from 'vitest'
import { frontSheetInText } from '../../../src/agenda/front-sheet/text.js'
import { hostile, hundredItems, item, july2025, LONG_TITLE, MARKUP, printedWords, section, sheetOf } from './sheets.js'

describe('the county’s sheet of 23 July 2025', () => {
  test('has the same words in the same order, but for the telephone number, which the scan lost', () => {
    const words = frontSheetInText(july2025).replace(' 03000 000000', '').split(/\s+/).filter(Boolean)
    expect(printedWords.length).toBeGreaterThan(100)
    expect(words).toEqual(printedWords)
  })

  test('line by line', () => {
    expect(frontSheetInText(july2025)).toMatchInlineSnapshot(`
      "                                    AGENDA

                            KENT COMMUNITY SAFETY PARTNERSHIP

      Wednesday, 23rd July, 2025, at 10.00 am         Ask for: Gaetano Romagnuolo
      Online                                          Telephone 03000 000000
                                                      gaetano.romagnuolo@kent.gov.uk

                                    UNRESTRICTED ITEMS

           (During these items the meeting is likely to be open to the public)

      A. Committee Business

      A1   Introduction
      A2   Apologies and Substitutes
      A3   Declarations of Interest
      A4   Notes of meeting held on 25 March 2025 (Pages 1 - 8)
      A5   Election of Vice-Chair

      B. Matters for Information/Discussion

      B1   Kent Community Safety Agreement Update (Pages 9 - 20)
      B2   Kent Community Safety Partnership Working Group Update (Pages 21 - 26)
      B3   Kent Community Safety Partnership Terms of Reference Review
           (Pages 27 - 42)
      B4   Safer Summer and Hotspot Policing Plan Update
      B5   Domestic Abuse Update

      C. Matters for Information

      C1   Dates of future meetings

      D. RESTRICTED ITEM(S)

      Meeting not open to the press and public and reports not for publication

      D1   Kent and Medway Domestic Abuse Related Death Review Update
      D2   Kent and Medway PREVENT Duty Delivery Board Update"
    `)
  })
})

const lines = (sheet: Parameters<typeof frontSheetInText>[0]) => frontSheetInText(sheet).split('\n')

describe('wrapping', () => {
  test('a title that wraps hangs beneath its first word, and its pages stay together', () => {
    expect(lines(sheetOf(item('A9', LONG_TITLE, { pages: { first: 9, last: 20 } }), item('A10', 'Grant'))).slice(-6)).toEqual([
      ...[`A9    ${'Community '.repeat(7).trim()}`],
      ...Array.from({ length: 3 }, () => `      ${'Community '.repeat(7).trim()}`),
      '      Community Communityy (Pages 9 - 20)',
      'A10   Grant',
    ])
  })

  test('pages that do not fit go to the next line whole', () => {
    expect(lines(sheetOf(item('A1', 'x'.repeat(60), { pages: { first: 27, last: 42 } }))).slice(-2)).toEqual([
      `A1   ${'x'.repeat(60)}`,
      '     (Pages 27 - 42)',
    ])
  })

  test('a line may be 78 characters long, and no longer', () => {
    expect(lines(sheetOf(item('A1', `${'x'.repeat(71)} y`))).at(-1)).toBe(`A1   ${'x'.repeat(71)} y`)
    expect(lines(sheetOf(item('A1', `${'x'.repeat(72)} y`))).slice(-2)).toEqual([`A1   ${'x'.repeat(72)}`, '     y'])
  })

  test('a word longer than a line is broken, and no letter parts from its accent', () => {
    const word = 'e\u0301'.repeat(100)
    expect(lines(sheetOf(item('A1', word))).slice(-2)).toEqual([`A1   ${'e\u0301'.repeat(73)}`, `     ${'e\u0301'.repeat(27)}`])
  })

  test('a title is one line of words, whatever was pasted', () => {
    expect(lines(sheetOf(item('A1', ' Two\r\nlines\tand \u001b[31mred\u2028paint '))).at(-1)).toBe(
      'A1   Two lines and [31mred paint',
    )
  })

  test('a section’s title and a board’s name wrap too', () => {
    const wide = lines({
      ...july2025,
      board: 'Partnership '.repeat(10).trim(),
      sections: [section('A', LONG_TITLE, [item('A1', 'x')])],
    })
    expect(wide.filter((line) => line.includes('PARTNERSHIP'))).toEqual([
      `   ${'PARTNERSHIP '.repeat(6).trim()}`,
      `               ${'PARTNERSHIP '.repeat(4).trim()}`,
    ])
    expect(wide).toContain(`   ${'Community '.repeat(7).trim()}`)
  })

  test('a hundred items with titles of 300 characters', () => {
    const all = lines(hundredItems)
    expect(all.filter((line) => /^[A-D]\d+ +Community/.test(line))).toHaveLength(100)
    expect(Math.max(...all.map((line) => line.length))).toBeLessThanOrEqual(78)
    expect(all.filter((line) => line !== line.trimEnd())).toEqual([])
  })
})

describe('when, where and whom to ask', () => {
  const block = (more: Partial<typeof july2025>) => {
    const all = lines({ ...july2025, ...more })
    return all.slice(4, all.indexOf('', 4))
  }

  test('no clerk yet', () => {
    expect(block({ clerk: null })).toEqual(['Wednesday, 23rd July, 2025, at 10.00 am', 'Online'])
  })

  test('a clerk of whom only the name is known', () => {
    expect(block({ clerk: { name: 'Grace Holloway', telephone: null, email: null } })).toEqual([
      'Wednesday, 23rd July, 2025, at 10.00 am         Ask for: Grace Holloway',
      'Online',
    ])
  })

  test('a long venue stands on the left alone, and the longest address is not broken', () => {
    expect(
      block({
        venue: 'Council Chamber, Sessions House, County Hall, Maidstone, and online',
        clerk: { name: 'Grace Holloway', telephone: '03000 000000', email: 'democratic.services@tunbridgewells.gov.uk' },
      }),
    ).toEqual([
      'Wednesday, 23rd July, 2025, at       Ask for: Grace Holloway',
      '10.00 am                             Telephone 03000 000000',
      'Council Chamber, Sessions House,     democratic.services@tunbridgewells.gov.uk',
      'County Hall, Maidstone, and online',
    ])
  })

  test('an address longer than its column is broken and loses nothing', () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(60)}.example.org`
    const rows = block({ clerk: { name: 'Grace Holloway', telephone: null, email } })
    expect(
      rows
        .slice(1)
        .map((row) => row.slice(32))
        .join(''),
    ).toBe(email)
    expect(Math.max(...rows.map((row) => row.length))).toBe(78)
  })
})

test('nothing is added to a sheet without items, and marks stand above everything', () => {
  expect(lines({ ...july2025, clerk: null, sections: [], state: 'draft', cancelled: true }).map((line) => line.trim())).toEqual([
    'CANCELLED',
    '',
    'DRAFT, not yet agreed',
    '',
    'AGENDA',
    '',
    'KENT COMMUNITY SAFETY PARTNERSHIP',
    '',
    'Wednesday, 23rd July, 2025, at 10.00 am',
    'Online',
  ])
})

test('without an open section nothing says that the public may come', () => {
  const restricted = frontSheetInText({ ...july2025, sections: july2025.sections.filter((one) => one.restricted) })
  expect(restricted).not.toMatch(/UNRESTRICTED|open to the public/)
  expect(restricted).toMatch(/D\. RESTRICTED ITEM\(S\)\n\nMeeting not open to the press/)
})

test('form, purpose and presenter are not on it', () => {
  expect(frontSheetInText(july2025)).not.toMatch(/verbal|presentation|decision|Brinson/)
})

test('markup is printed as it was typed', () => {
  expect(frontSheetInText(hostile).replace(/\s+/g, ' ')).toContain(`A1 ${MARKUP} (to follow) (late item: ${MARKUP})`)
})
