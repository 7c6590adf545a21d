import { readFileSync } from 'node:fs'
import { COLUMNS, type Column } from '../../../src/boards/roster/columns.js'
import type { RosterLine } from '../../../src/boards/roster/rules.js'
import { rosterFrom } from '../../../src/boards/roster/rules.js'
import { faultInWords, readRoster } from '../../../src/boards/roster/text.js'
import type { Terms } from '../../../src/boards/terms.js'
import { readTerms } from '../../../src/boards/terms-text.js'

export type Row = Readonly<Partial<Record<Column, string>>>

/** How a spreadsheet was saved. */
export interface Saved {
  readonly delimiter: ',' | ';' | '\t'
  readonly encoding: 'UTF-8' | 'UTF-8 with BOM' | 'Windows-1252' | 'UTF-16LE' | 'UTF-16BE'
  readonly ending: '\r\n' | '\n'
  readonly columns: readonly Column[]
  readonly separatorLine: boolean
}

export const AS_EXCEL: Saved = {
  delimiter: ',',
  encoding: 'UTF-8 with BOM',
  ending: '\r\n',
  columns: COLUMNS,
  separatorLine: false,
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** What the spreadsheet of these rows is as a file; null is a row left blank. */
export function fileOf(rows: readonly (Row | null)[], how: Partial<Saved> = {}): Uint8Array {
  const { delimiter, encoding, ending, columns, separatorLine } = { ...AS_EXCEL, ...how }
  const lineOf = (cells: readonly string[]) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
  const lines = [
    ...(separatorLine ? [`sep=${delimiter}`] : []),
    lineOf(columns),
    ...rows.map((row) => (row === null ? '' : lineOf(columns.map((column) => row[column] ?? '')))),
  ]
  return bytesOf(lines.map((line) => `${line}${ending}`).join(''), encoding)
}

const WINDOWS: Readonly<Record<string, number>> = { '€': 0x80, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94, '–': 0x96, Š: 0x8a }

export function bytesOf(text: string, encoding: Saved['encoding']): Uint8Array {
  switch (encoding) {
    case 'UTF-8':
      return new TextEncoder().encode(text)
    case 'UTF-8 with BOM':
      return new TextEncoder().encode(`\uFEFF${text}`)
    case 'Windows-1252':
      return Uint8Array.from([...text].map((letter) => WINDOWS[letter] ?? letter.charCodeAt(0)))
    case 'UTF-16LE':
      return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
    case 'UTF-16BE':
      return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())
  }
}

/** The lines of a file that is right. */
export function linesOf(bytes: Uint8Array): readonly RosterLine[] {
  const read = readRoster(bytes)
  if ('faults' in read) throw new Error(read.faults.map(faultInWords).join('\n'))
  return read.lines
}

/** What is said of a file, a line a fault. */
export function saidOf(bytes: Uint8Array): readonly string[] {
  const read = readRoster(bytes)
  return 'faults' in read ? read.faults.map(faultInWords) : []
}

export function termsOf(file: string): Terms {
  const read = readTerms(readFileSync(new URL(`../../../src/boards/terms/${file}`, import.meta.url), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

export const GRAVESHAM = termsOf('gravesham.yaml')

type Known = Parameters<typeof rosterFrom>[2]['people']

/** What the terms make of rows: their faults and warnings in words, and the roster where there is one. */
export function judged(rows: readonly Row[], terms = GRAVESHAM, known: Known = []) {
  const said = saidOf(fileOf(rows))
  if (said.length > 0) return { faults: said, warnings: [], roster: null }
  const answer = rosterFrom(linesOf(fileOf(rows)), terms, { people: known })
  return 'faults' in answer
    ? { faults: answer.faults.map(faultInWords), warnings: [], roster: null }
    : { faults: [], warnings: answer.warnings, roster: answer.roster }
}

/** A row of which nothing is wrong. */
export const POLICE: Row = {
  Organisation: 'Kent Police',
  Role: 'representative',
  Name: 'Daniel Okafor',
  Email: 'daniel.okafor@example.org',
  Telephone: '01622 690690',
}

export const utf8 = (text: string): Uint8Array => bytesOf(text, 'UTF-8')
