import { textOf } from './bytes.js'
import { emailFrom, listFrom, nameFrom, officesFrom, ROLES, roleFrom, standingFrom, telephoneFrom, tidied } from './cells.js'
import { COLUMNS, type Column, type Header, headerFrom, letterOf } from './columns.js'
import { dayFrom, type Read } from './days.js'
import { faultsOfLine, inOrder } from './roles.js'
import type { RosterFault, RosterLine } from './rules.js'
import { type SheetRow, sheetOf } from './sheet.js'
import { shown } from './spelling.js'

/** Rows of the longest roster that is read, without the header. */
const MOST_ROWS = 1_000

export type RosterText = { readonly lines: readonly RosterLine[] } | { readonly faults: readonly RosterFault[] }

/**
 * Reads a roster from a CSV file as Excel saves it. Nothing is guessed: what is not understood is a fault at its row and
 * column, every fault at once, in the order of the rows. What rows say together is for `rosterFrom` to judge.
 */
export function readRoster(bytes: Uint8Array): RosterText {
  const file = textOf(bytes)
  if ('sentence' in file) return wholly(file.sentence)
  const sheet = sheetOf(file.text)
  if ('sentence' in sheet) return { faults: [{ row: sheet.row, column: null, sentence: sheet.sentence }] }
  const [head, ...rows] = sheet.rows
  if (!head)
    return wholly(
      'That file has separators and nothing between them. Send a CSV file that has the header and a row for each person.',
    )
  const header = headerFrom(head.cells)
  if (header.at.size === 0) return wholly(headless(head))
  const faults: RosterFault[] = header.wrong.map((wrong) => ({ row: head.row, ...wrong }))
  if (rows.length === 0 && faults.length === 0) {
    return wholly('That file has a header and no rows. Give each person and each vacant seat a row of their own.')
  }
  if (rows.length > MOST_ROWS) {
    return wholly(`That file has ${rows.length} rows, and I read at most ${MOST_ROWS}: send the roster of one board.`)
  }
  const read = rows.map((row) => lineFrom(row, header))
  faults.push(...headerless(head, rows), ...read.flatMap((one) => one.faults))
  // A line is judged only as it was meant: not where its columns or cells were not understood.
  if (header.wrong.length === 0) {
    faults.push(...read.flatMap((one) => (one.faults.length === 0 ? faultsOfLine(one.line) : [])))
  }
  return faults.length > 0 ? { faults: inOrder(faults) } : { lines: read.map(({ line }) => line) }
}

const wholly = (sentence: string): RosterText => ({ faults: [{ row: null, column: null, sentence }] })

const headless = ({ row, cells }: SheetRow): string =>
  `Row ${row} says ${shown(cells.find((cell) => cell.trim() !== '')?.trim() ?? '')}, and none of the columns that I know. The first row names them: ${COLUMNS.join(', ')}.`

/** Cells beyond the columns that have a header: once a column, where it first happens. */
function headerless({ cells }: SheetRow, rows: readonly SheetRow[]): readonly RosterFault[] {
  const told = new Set<number>()
  return rows.flatMap(({ row, cells: said }) =>
    said.flatMap((cell, at) => {
      if (cell.trim() === '' || (cells[at] ?? '').trim() !== '' || told.has(at)) return []
      told.add(at)
      const sentence = `holds ${shown(cell.trim())} and has no header: name the column, or empty it`
      return [{ row, column: `column ${letterOf(at)}`, sentence }]
    }),
  )
}

function lineFrom(
  { row, cells }: SheetRow,
  { at }: Header,
): { readonly line: RosterLine; readonly faults: readonly RosterFault[] } {
  const faults: RosterFault[] = []
  function take<T>(column: Column, read: (written: string) => Read<T>, none: T): T {
    const tidy = tidied(cells[at.get(column) ?? -1] ?? '', column)
    if ('value' in tidy && tidy.value === '') return none
    const answer = 'wrong' in tidy ? tidy : read(tidy.value)
    if ('value' in answer) return answer.value
    faults.push({ row, column, sentence: answer.wrong })
    return none
  }
  const words = (column: Column): string | null => take<string | null>(column, (value) => ({ value }), null)
  const role = take('Role', roleFrom, null)
  if (role === null && at.has('Role') && faults.length === 0) {
    faults.push({ row, column: 'Role', sentence: `is empty: expected one of ${ROLES.join(', ')}` })
  }
  const line: RosterLine = {
    row,
    organisation: words('Organisation'),
    shortName: words('Short name'),
    formerly: take('Formerly', listFrom, []),
    standsFor: take('Stands for', listFrom, []),
    seat: words('Seat'),
    standing: take('Standing', standingFrom, null),
    role: role ?? 'in attendance',
    name: take('Name', nameFrom, null),
    post: words('Post'),
    email: take('Email', emailFrom, null),
    telephone: take('Telephone', telephoneFrom, null),
    answersFor: words('Answers for'),
    offices: take('Office', officesFrom, []),
    groups: take('Group', listFrom, []),
    from: take('From', dayFrom, null),
    lastDay: take('Last day', dayFrom, null),
  }
  return { line, faults }
}

/** "row 7, Role: expected one of …": a fault as one line. */
export function faultInWords({ row, column, sentence }: RosterFault): string {
  const where = [...(row === null ? [] : [`row ${row}`]), ...(column === null ? [] : [column])].join(', ')
  return where === '' ? sentence : `${where}: ${sentence}`
}

/** What a clerk begins with: the header, and rows of an invented board to write over. */
export const ROSTER_TEMPLATE = `${COLUMNS.join(',')}
Anyborough Council,ABC,,,,member,representative,Cllr Jane Example,Cabinet Member,jane.example@example.org,01632 960001,,chair,,,
Anyborough Council,,,,,,deputy,Ravi Sample,Director of Communities,ravi.sample@example.org,01632 960002,,,,,
Anyshire Police,Police,,,,member,vacant,,,,,,,,,
,,,,,,in attendance,Kim Pattern,Community Safety Officer,kim.pattern@example.org,01632 960003,,clerk,,2026-04-01,
`.replaceAll('\n', '\r\n')
