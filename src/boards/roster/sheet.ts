import { CsvError, parse } from 'csv-parse/sync'
import { columnOf } from './columns.js'

/** A row of a spreadsheet that says something. */
export interface SheetRow {
  /** as the spreadsheet numbers it: a cell with line breaks is one row, a blank line is one too */
  readonly row: number
  readonly cells: readonly string[]
}

export type Sheet = { readonly rows: readonly SheetRow[] } | { readonly row: number | null; readonly sentence: string }

const DELIMITERS = [',', ';', '\t'] as const

/** Excel takes this line for a setting, not for a row. */
const SEPARATOR_LINE = /^"?sep=(.)"?[,;\t]*(?:\r\n|\n|\r|$)/i

const blank = (cell: string): boolean => cell.trim() === ''

const records = (text: string, delimiter: string, options: { readonly to?: number } = {}): string[][] =>
  parse(text, { delimiter: [delimiter], relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'], ...options })

/** The rows of a CSV file, without those that are blank or mere separators. */
export function sheetOf(text: string): Sheet {
  const separator = SEPARATOR_LINE.exec(text)
  const body = separator ? text.slice(separator[0].length) : text
  const delimiter = separator?.[1] ?? delimiterOf(body)
  if (!DELIMITERS.some((known) => known === delimiter)) {
    return {
      row: null,
      sentence: `The first line says sep=${delimiter}, and I read commas, semicolons and tabs: delete that line, or save the file again as CSV UTF-8.`,
    }
  }
  try {
    const rows = records(body, delimiter).map((cells, at) => ({ row: at + 1, cells }))
    return { rows: rows.filter(({ cells }) => !cells.every(blank)) }
  } catch (error) {
    if (error instanceof CsvError) return brokenAt(error)
    throw error
  }
}

/** What the header is separated by: whichever makes most columns of it that are known. */
function delimiterOf(text: string): string {
  const start = text.replace(/^[\s,;]+/, '')
  const known = (delimiter: string): number => {
    try {
      const [header = []] = records(start, delimiter, { to: 1 })
      return header.filter((cell) => columnOf(cell) !== null).length
    } catch (error) {
      // Its quotation marks do not fit this one; where they fit none, reading the whole will say so.
      if (error instanceof CsvError) return 0
      throw error
    }
  }
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: known(delimiter) }))
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

function brokenAt(error: CsvError): Sheet {
  const row = typeof error.records === 'number' ? error.records + 1 : null
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { row, sentence: 'a quotation mark opens a cell and is never closed: close it, or save the file again from Excel.' }
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return {
        row,
        sentence:
          'a quotation mark stands where none can: a cell with one in it begins and ends with one and has its own doubled, as Excel saves it.',
      }
    default:
      return { row, sentence: 'cannot be read as CSV: save the file again from Excel as CSV UTF-8.' }
  }
}
