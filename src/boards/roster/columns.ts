import { bare, nearest } from './spelling.js'

/** The columns of a roster, in the order of the template; a file may have them in any. */
export const COLUMNS = [
  'Organisation',
  'Short name',
  'Formerly',
  'Stands for',
  'Seat',
  'Standing',
  'Role',
  'Name',
  'Post',
  'Email',
  'Telephone',
  'Answers for',
  'Office',
  'Group',
  'From',
  'Last day',
] as const

export type Column = (typeof COLUMNS)[number]

/** Without these no row can be read. */
const OBLIGATORY: readonly Column[] = ['Organisation', 'Role', 'Name']

/** Several may stand in one cell of these. */
const LISTS: readonly Column[] = ['Formerly', 'Stands for', 'Office', 'Group']

export const isList = (column: Column): boolean => LISTS.includes(column)

const tight = (written: string): string => bare(written).replaceAll(' ', '')

/** The column that a header names, whatever its case and spaces. */
export const columnOf = (header: string): Column | null => COLUMNS.find((column) => tight(column) === tight(header)) ?? null

/** "A" for 0, as the spreadsheet letters its columns. */
export const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : `${letterOf(Math.floor(at / 26) - 1)}${letterOf(at % 26)}`

export interface Header {
  /** where each column stands, from 0 */
  readonly at: ReadonlyMap<Column, number>
  readonly wrong: readonly { readonly column: string; readonly sentence: string }[]
}

/** Reads a header: an unknown column, one that is there twice and an obligatory one that is missing are named. */
export function headerFrom(cells: readonly string[]): Header {
  const at = new Map<Column, number>()
  const wrong: Header['wrong'][number][] = []
  for (const [index, cell] of cells.entries()) {
    const written = cell.replace(/\s+/g, ' ').trim()
    if (written === '') continue
    const column = columnOf(written)
    const before = column && at.get(column)
    if (!column) wrong.push({ column: written.slice(0, 60), sentence: `is no column that I know: ${knownNear(written)}` })
    else if (before !== null && before !== undefined)
      wrong.push({ column, sentence: `is there twice, in columns ${letterOf(before)} and ${letterOf(index)}: keep one of them` })
    else at.set(column, index)
  }
  for (const column of OBLIGATORY) {
    if (!at.has(column)) wrong.push({ column, sentence: 'is missing: add a column with this header' })
  }
  return { at, wrong }
}

function knownNear(written: string): string {
  const near = nearest(written, COLUMNS)
  return near ? `did you mean ${near}?` : `expected one of ${COLUMNS.join(', ')}; delete it, or name it as one of them`
}
