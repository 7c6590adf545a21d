import type { TableBlock } from '@slack/types'
import { plainText } from '../../kernel/plain.js'
import type { Node, Text } from '../../kernel/view.js'
import { HEAVIEST, LONGEST, MOST } from './limits.js'
import { bulleted } from './list.js'
import { type Piece, weightOf } from './piece.js'
import { bold, type Line, light, line, section, type UserOf, words } from './runs.js'

type Table = Extract<Node, { node: 'table' }>
type Cell = TableBlock['rows'][number][number]

/** Slack takes no empty cell. */
const NOTHING = '–'

const columnsOf = ({ header, rows }: Table): number => Math.max(header.length, ...rows.map((row) => row.length))

function cell(text: Text): Cell {
  const plain = plainText(text)
  if (plain.trim() === '') return { type: 'raw_text', text: NOTHING }
  if (text.every((span) => typeof span === 'string' || 'at' in span)) return { type: 'raw_text', text: plain }
  return { type: 'rich_text', elements: [section(words(text))] }
}

const rowOf = (row: readonly Text[], columns: number): Cell[] => Array.from({ length: columns }, (_, at) => cell(row[at] ?? []))

const piece = (block: TableBlock, rows: readonly (readonly Text[])[]): Piece => ({
  block,
  words: rows.map((row) => row.map(plainText).join(' | ')).join('\n'),
})

/**
 * A table as tables that each fit on a sheet, with its header at the head of each.
 * @returns null where Slack has no table for it: too many columns, or a cell or a row too long
 */
export function asTables(table: Table): readonly Piece[] | null {
  const columns = columnsOf(table)
  if (columns === 0 || columns > MOST.tableCells) return null
  if (table.rows.some((row) => row.some((cell) => plainText(cell).length > LONGEST.part))) return null
  const header = table.header.map((name) => [name])
  const drawn = (rows: readonly (readonly Text[])[]): TableBlock => ({
    type: 'table',
    rows: [header, ...rows].map((row) => rowOf(row, columns)),
    column_settings: Array.from({ length: columns }, () => ({ is_wrapped: true })),
  })
  const bare = weightOf(drawn([]))
  const parts: (readonly Text[])[][] = [[]]
  let room = HEAVIEST.table - bare
  for (const row of table.rows) {
    const weight = weightOf(drawn([row])) - bare
    if (bare + weight > HEAVIEST.table) return null
    if (weight > room || parts.at(-1)?.length === MOST.tableRows - 1) {
      parts.push([])
      room = HEAVIEST.table - bare
    }
    parts.at(-1)?.push(row)
    room -= weight
  }
  return parts.map((rows) => piece(drawn(rows), [header, ...rows]))
}

/** A table as a list, a row an item: each cell with its column's name before it, as a phone shows it and a screen reader says it. */
export function asList({ header, rows }: Table, userOf: UserOf): readonly Piece[] {
  if (rows.length === 0) return bulleted([[bold(header.join(' | '))]])
  return bulleted(rows.map((row) => rowInWords(header, row, userOf)))
}

const rowInWords = (header: readonly string[], row: readonly Text[], userOf: UserOf): Line =>
  Array.from({ length: Math.max(header.length, row.length) }, (_, at) => at).flatMap((at) => {
    const name = header[at] ?? ''
    const said = plainText(row[at] ?? []).trim() === '' ? [light(NOTHING)] : line(row[at] ?? [], userOf)
    return [...(at > 0 ? [light('; ')] : []), ...(name.trim() === '' ? [] : [bold(`${name}: `)]), ...said]
  })
