import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COLUMNS } from '../../../src/boards/roster/columns.js'
import { faultInWords, readRoster } from '../../../src/boards/roster/text.js'
import { fileOf, linesOf, POLICE, type Row, type Saved, saidOf, utf8 } from './spreadsheet.js'

describe('a roster comes out of Excel in many ways', () => {
  const rows: readonly Row[] = [
    POLICE,
    {
      Organisation: 'Café “Zoë’s” – £1 Fund',
      Formerly: 'Old Fund; Older Fund',
      Role: 'deputy',
      Name: 'Renée O’Neill',
      Post: 'Head, "Partnerships"\nand Safety',
      From: '22/11/2026',
    },
  ]
  const plain = linesOf(fileOf(rows))

  test('with every cell where it belongs', () => {
    expect(plain).toMatchObject([
      { row: 2, organisation: 'Kent Police', role: 'representative', email: 'daniel.okafor@example.org', formerly: [] },
      {
        row: 3,
        organisation: 'Café “Zoë’s” – £1 Fund',
        formerly: ['Old Fund', 'Older Fund'],
        role: 'deputy',
        name: 'Renée O’Neill',
        post: 'Head, "Partnerships" and Safety',
        email: null,
        from: '2026-11-22',
        lastDay: null,
      },
    ])
  })

  test.each<{ how: string; saved: Partial<Saved> }>([
    { how: 'UTF-8 without a byte order mark', saved: { encoding: 'UTF-8' } },
    { how: 'Windows-1252, with its £, é and curly apostrophes', saved: { encoding: 'Windows-1252' } },
    { how: 'Unicode text: UTF-16 and tabs', saved: { encoding: 'UTF-16LE', delimiter: '\t' } },
    { how: 'UTF-16 of the other order', saved: { encoding: 'UTF-16BE', delimiter: '\t' } },
    { how: 'semicolons, the lists quoted', saved: { delimiter: ';' } },
    { how: 'sep=; above', saved: { delimiter: ';', separatorLine: true } },
    { how: 'lines that end in LF', saved: { ending: '\n' } },
    { how: 'columns in another order', saved: { columns: COLUMNS.toReversed() } },
  ])('$how', ({ saved }) => {
    expect(linesOf(fileOf(rows, saved))).toEqual(plain)
  })

  test('re-exported in any of these ways together, it reads the same', () => {
    const letters = fc.constantFrom(...'abcdefgé£ ,;"-’'.split(''))
    const phrase = fc.string({ unit: letters, minLength: 1, maxLength: 12 }).map((text) => `x${text}x`)
    const cell = fc.option(
      phrase.map((text) => text.replaceAll(';', ',')),
      { nil: '' },
    )
    const row = fc.record({
      Organisation: phrase,
      'Short name': cell,
      Formerly: fc
        .array(
          phrase.map((text) => text.replaceAll(';', ',')),
          { maxLength: 3 },
        )
        .map((list) => list.join(';')),
      Post: cell,
      Group: cell,
      Role: fc.constantFrom('representative', 'colleague', 'deputy'),
      Name: fc.constantFrom('Zoë Hart', 'Ann Lee', 'Siân O’Hara'),
      Telephone: fc.constantFrom('', '+44 20 7946 0000', '01632 960001'),
      From: fc.constantFrom('', '22/11/2026', '1 May 2027'),
    })
    const how = fc.record({
      delimiter: fc.constantFrom<Saved['delimiter']>(',', ';', '\t'),
      encoding: fc.constantFrom<Saved['encoding']>('UTF-8', 'UTF-8 with BOM', 'Windows-1252', 'UTF-16LE', 'UTF-16BE'),
      ending: fc.constantFrom<Saved['ending']>('\r\n', '\n'),
      columns: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
      separatorLine: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), how, (many, saved) => {
        const [once, again] = [readRoster(fileOf(many)), readRoster(fileOf(many, saved))]
        expect(again).toEqual(once)
        expect('lines' in once).toBe(true)
      }),
    )
  })

  test('headers in other cases and spaces, spare columns and rows that are empty', () => {
    const text = ' organisation ,ROLE,name,,\r\n,,,,\r\nKent\u00a0Police , representative,Daniel  Okafor,,\r\n\r\n,,,,\r\n'
    expect(linesOf(utf8(text))).toMatchObject([{ row: 3, organisation: 'Kent Police', name: 'Daniel Okafor' }])
  })
})

describe('rows are numbered as the spreadsheet numbers them', () => {
  test.each([
    { what: 'a blank line is a row', text: 'Organisation,Role,Name\r\n\r\n,,\r\nKent Police,boss,A B\r\n', row: 4 },
    {
      what: 'a cell of three lines is in one',
      text: 'Organisation,Role,Name,Post\n"A",deputy,A B,"x\ny\nz"\nKent,boss,A B,\n',
      row: 3,
    },
    { what: 'a header of two lines is one', text: 'Organisation,Role,Name,"Last\nday"\nKent Police,boss,A B,\n', row: 2 },
    { what: 'sep= is none', text: 'sep=;\r\nOrganisation;Role;Name\r\nKent Police;boss;A B\r\n', row: 2 },
    { what: 'rows above the header count', text: '\n\nOrganisation,Role,Name\nKent Police,boss,A B\n', row: 4 },
  ])('$what', ({ text, row }) => {
    expect(saidOf(utf8(text))).toEqual([expect.stringMatching(new RegExp(`^row ${row}, Role: expected one of .* got "boss"$`))])
  })

  test('whatever lies between', () => {
    const between = fc.array(fc.constantFrom<Row | null>(null, {}, { ...POLICE, Post: 'a\nb\r\nc' }, POLICE), { maxLength: 8 })
    fc.assert(
      fc.property(between, fc.constantFrom<Saved['ending']>('\n', '\r\n'), (rows, ending) => {
        const said = saidOf(fileOf([...rows, { ...POLICE, From: 'soon' }], { ending }))
        expect(said).toEqual([expect.stringMatching(new RegExp(`^row ${rows.length + 2}, From: `))])
      }),
    )
  })
})

test('whatever the bytes, they are read or their faults are named; nothing breaks', () => {
  const shaped = fc
    .array(fc.constantFrom('Organisation', 'Role', 'Name', ',', ';', '\t', '"', '\r\n', '\n', 'sep=', 'deputy', '=', 'é', '\0'))
    .map((parts) => utf8(parts.join('')))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), shaped), (bytes) => {
      const read = readRoster(bytes)
      if ('lines' in read) expect(read.lines.length).toBeGreaterThan(0)
      else for (const fault of read.faults) expect(faultInWords(fault)).toMatch(/\S{3,}/)
    }),
    { numRuns: 2_000 },
  )
})
