import { COLUMNS, type Column } from './columns.js'
import { inDays } from './days.js'
import type { Role, RosterFault, RosterLine } from './rules.js'

type Cells = Readonly<Partial<Record<Column, unknown>>>

const cellsOf = (line: RosterLine): Cells => ({
  Organisation: line.organisation,
  'Short name': line.shortName,
  Formerly: line.formerly[0],
  'Stands for': line.standsFor[0],
  Seat: line.seat,
  Standing: line.standing,
  Name: line.name,
  Post: line.post,
  Email: line.email,
  Telephone: line.telephone,
  'Answers for': line.answersFor,
  Office: line.offices[0],
  Group: line.groups[0],
})

const CALLED: Readonly<Record<Role, string>> = {
  representative: 'a representative',
  'joint representative': 'a joint representative',
  deputy: 'a deputy',
  colleague: 'a colleague',
  assistant: 'an assistant',
  'in attendance': 'somebody in attendance',
  vacant: 'a vacant seat',
}

/** What to write where a role needs a cell that is empty. */
const WANTED: Readonly<Partial<Record<Column, string>>> = {
  Organisation: 'write the name of the body',
  Name: 'write who it is',
  'Answers for': 'write the name or the email of the person for whom they may answer',
}

const NEEDS: Readonly<Record<Role, readonly Column[]>> = {
  representative: ['Organisation', 'Name'],
  'joint representative': ['Organisation', 'Name'],
  deputy: ['Organisation', 'Name'],
  colleague: ['Organisation', 'Name'],
  assistant: ['Name', 'Answers for'],
  'in attendance': ['Name'],
  vacant: ['Organisation'],
}

const OF_A_PERSON: readonly Column[] = ['Name', 'Post', 'Email', 'Telephone', 'Office', 'Group']
const OF_A_SEAT: readonly Column[] = ['Stands for', 'Seat', 'Standing']

/** The columns that must be empty for a role, and why. */
function closedTo(role: Role): readonly { readonly columns: readonly Column[]; readonly why: string }[] {
  const answers = role === 'assistant' ? [] : ['Answers for' as const]
  const closed = [{ columns: answers, why: 'is for an assistant: write assistant under Role, or empty it' }]
  if (role === 'vacant') {
    const why = 'is of a person, and nobody is in a vacant seat: empty it, or write representative under Role'
    return [...closed, { columns: OF_A_PERSON, why }]
  }
  const seat = `is of a seat, and ${CALLED[role]} has none: empty it, or write under Role what they are to the seat`
  if (role === 'assistant' || role === 'in attendance') return [...closed, { columns: OF_A_SEAT, why: seat }]
  const sitting = 'belongs in the row of whoever represents the body, or of its vacant seat: move it there'
  return role === 'colleague' || role === 'deputy' ? [...closed, { columns: ['Stands for'], why: sitting }] : closed
}

/** What is wrong with a row whatever the others say: a cell that its role needs or cannot have, days the wrong way round. */
export function faultsOfLine(line: RosterLine): readonly RosterFault[] {
  const { row, role, from, lastDay } = line
  const cells = cellsOf(line)
  const has = (column: Column): boolean => cells[column] !== null && cells[column] !== undefined
  const missing = NEEDS[role]
    .filter((column) => !has(column))
    .map((column) => ({ row, column, sentence: `is empty, and ${CALLED[role]} needs it: ${WANTED[column]}` }))
  const closed = closedTo(role).flatMap(({ columns, why }) =>
    columns.filter(has).map((column) => ({ row, column, sentence: why })),
  )
  const homeless =
    has('Organisation') || NEEDS[role].includes('Organisation')
      ? []
      : (['Short name', 'Formerly'] as const)
          .filter(has)
          .map((column) => ({ row, column, sentence: 'is of a body, and Organisation is empty: name the body, or empty this' }))
  const backwards =
    from !== null && lastDay !== null && lastDay < from
      ? [{ row, column: 'Last day', sentence: `${inDays(lastDay)} is before ${inDays(from)} under From: turn them round` }]
      : []
  return [...missing, ...closed, ...homeless, ...backwards]
}

/** Faults as a spreadsheet is read: of the whole file first, then row by row, each from left to right; each once. */
export function inOrder(faults: readonly RosterFault[]): readonly RosterFault[] {
  const place = ({ column }: RosterFault): number => {
    const at = (COLUMNS as readonly (string | null)[]).indexOf(column)
    return at < 0 ? COLUMNS.length : at
  }
  const once = new Map(faults.map((fault) => [JSON.stringify([fault.row, fault.column, fault.sentence]), fault]))
  return [...once.values()].sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || place(a) - place(b))
}
