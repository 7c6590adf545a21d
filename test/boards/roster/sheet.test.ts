import { describe, expect, test } from 'vitest'
import { COLUMNS } from '../../../src/boards/roster/columns.js'
import { bytesOf, linesOf, saidOf, utf8 } from './spreadsheet.js'

describe('what is wrong with a header', () => {
  test.each([
    { header: 'Organisation,Role,Name,Telefone', says: ['row 1, Telefone: is no column that I know: did you mean Telephone?'] },
    {
      header: 'Organisation,Role,Name,Shoe size',
      says: [
        `row 1, Shoe size: is no column that I know: expected one of ${COLUMNS.join(', ')}; delete it, or name it as one of them`,
      ],
    },
    {
      header: 'Organisation,Role',
      says: [
        'row 1, Name: is missing: add a column with this header',
        'row 2, column C: holds "Daniel Okafor" and has no header: name the column, or empty it',
      ],
    },
    {
      header: 'Organisation,Roll,Name',
      says: [
        'row 1, Role: is missing: add a column with this header',
        'row 1, Roll: is no column that I know: did you mean Role?',
      ],
    },
    { header: 'Organisation,Role,Name,name', says: ['row 1, Name: is there twice, in columns C and D: keep one of them'] },
  ])('$header', ({ header, says }) => {
    expect(saidOf(utf8(`${header}\nKent Police,representative,Daniel Okafor\n`))).toEqual(says)
  })

  test('a cell under no header is no cell of a roster', () => {
    const text = 'Organisation,Role,Name,\nKent Police,representative,Daniel Okafor,,x\nKent Police,deputy,Ruth Hale,,y\n'
    expect(saidOf(utf8(text))).toEqual(['row 2, column E: holds "x" and has no header: name the column, or empty it'])
  })

  test('a title above the header, or no header', () => {
    const says = /^Row 1 says ".*", and none of the columns that I know\. The first row names them: Organisation, /
    expect(saidOf(utf8('Members of the board,,\nOrganisation,Role,Name\n'))).toEqual([expect.stringMatching(says)])
    expect(saidOf(utf8('Kent Police,representative,Daniel Okafor\n'))).toEqual([expect.stringMatching(says)])
  })
})

describe('a file that is no roster at all gets one sentence', () => {
  const AS_CSV = 'In Excel choose File, Save As, CSV UTF-8, and send that.'
  const EMPTY = 'That file is empty. Send a CSV file that has the header and a row for each person and each vacant seat.'
  const HEADER = 'Organisation,Role,Name\n'
  test.each<{ what: string; bytes: Uint8Array; says: string }>([
    { what: 'nothing', bytes: new Uint8Array(), says: EMPTY },
    { what: 'blank lines', bytes: utf8('\r\n \r\n'), says: EMPTY },
    { what: 'a byte order mark', bytes: bytesOf('', 'UTF-8 with BOM'), says: EMPTY },
    {
      what: 'separators',
      bytes: utf8(',,,\n,,\n'),
      says: 'That file has separators and nothing between them. Send a CSV file that has the header and a row for each person.',
    },
    {
      what: 'only a header',
      bytes: utf8(HEADER),
      says: 'That file has a header and no rows. Give each person and each vacant seat a row of their own.',
    },
    { what: 'an Excel workbook', bytes: utf8('PK\u0003\u0004x'), says: `That is an Excel workbook. ${AS_CSV}` },
    {
      what: 'an Excel workbook of the old kind',
      bytes: Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0]),
      says: `That is an Excel workbook of the old kind. ${AS_CSV}`,
    },
    { what: 'a PDF', bytes: utf8('%PDF-1.7'), says: `That is a PDF, from which no roster can be read. ${AS_CSV}` },
    {
      what: 'a web page',
      bytes: utf8('\n<!DOCTYPE html><html>'),
      says: `That is a web page, not a roster. Open the roster itself. ${AS_CSV}`,
    },
    {
      what: 'a picture',
      bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]),
      says: `That is no text, so no roster can be read from it. ${AS_CSV}`,
    },
    {
      what: 'half of a Unicode file',
      bytes: bytesOf(HEADER, 'UTF-16LE').slice(0, -1),
      says: `That file says that it is Unicode, and it is damaged: some of its bytes are none. Save it again. ${AS_CSV}`,
    },
    {
      what: 'a quotation mark that is never closed',
      bytes: utf8(`${HEADER}Kent Police,representative,A B\n"Kent Police,deputy,C D\n`),
      says: 'row 3: a quotation mark opens a cell and is never closed: close it, or save the file again from Excel.',
    },
    {
      what: 'a quotation mark within a cell',
      bytes: utf8(`${HEADER}\nKent Police,representative,Robert "Bob" Day\n`),
      says: 'row 3: a quotation mark stands where none can: a cell with one in it begins and ends with one and has its own doubled, as Excel saves it.',
    },
    {
      what: 'sep=: ',
      bytes: utf8('sep=:\nOrganisation:Role:Name\n'),
      says: 'The first line says sep=:, and I read commas, semicolons and tabs: delete that line, or save the file again as CSV UTF-8.',
    },
    {
      what: 'more than 256 KB',
      bytes: utf8(`${HEADER}${'x'.repeat(300 * 1024)}`),
      says: 'That file has 301 KB, and I read at most 256 KB: send the roster of one board, without anything else.',
    },
    {
      what: 'more than 1,000 rows',
      bytes: utf8(`${HEADER}${'Kent Police,colleague,A B\n'.repeat(1_001)}`),
      says: 'That file has 1001 rows, and I read at most 1000: send the roster of one board.',
    },
  ])('$what', ({ bytes, says }) => {
    expect(saidOf(bytes)).toEqual([says])
  })

  test('a thousand rows are read', () => {
    expect(linesOf(utf8(`${HEADER}${'Kent Police,colleague,A B\n'.repeat(1_000)}`))).toHaveLength(1_000)
  })
})
