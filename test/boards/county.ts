import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Answer } from '../../src/bot.js'
import { newId } from '../../src/kernel/ids.js'
import { inbound, type TestHouse, textOf } from '../house.js'
import { fileOf, type Row } from './roster/spreadsheet.js'

/** The clerk of the demonstration's board, the KCSP. */
export const CLERK = 'Grace Holloway'
export const CHAIR = 'Cllr Margaret Ashdown'
export const POLICE = 'Daniel Okafor'

export type Shipped = 'kcsp-2023' | 'kcsp-2025' | 'kcsp-working-group-2025' | 'dardr-steering-group-2025' | 'gravesham'

export const SHIPPED: readonly Shipped[] = [
  'kcsp-2023',
  'kcsp-2025',
  'kcsp-working-group-2025',
  'dardr-steering-group-2025',
  'gravesham',
]

/** A text that is shipped, with something in it written otherwise. */
export function termsText(name: Shipped, ...otherwise: readonly (readonly [written: string, instead: string])[]): string {
  const text = readFileSync(new URL(`../../src/boards/terms/${name}.yaml`, import.meta.url), 'utf8')
  return otherwise.reduce((changed, [written, instead]) => {
    expect(changed).toContain(written)
    return changed.replace(written, instead)
  }, text)
}

/** An invented roster for a board that is shipped; Gravesham's is the example of the guide. */
export const rosterFile = (name: Shipped): Buffer =>
  readFileSync(
    name === 'gravesham'
      ? new URL('../../docs/gravesham-roster.csv', import.meta.url)
      : new URL(`rosters/${name}.csv`, import.meta.url),
  )

export const base64 = (file: string | Uint8Array): string => Buffer.from(file).toString('base64')

const bytesOf = (rows: readonly Row[] | Uint8Array): Uint8Array => (rows instanceof Uint8Array ? rows : fileOf(rows))

/** It was done, or shown. @returns what it says */
export function cardOf(answer: Answer): string {
  expect(answer.kind, textOf(answer)).toBe('card')
  return textOf(answer)
}

const hashOf = (rows: readonly object[]): string => {
  const lines = rows.map((row) => JSON.stringify(row)).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12)
}

/** Of a message what its sending leaves as it is: one to an office is passed to whoever holds it. */
function queued(row: object): object {
  if (!('recipient' in row && 'notice' in row && 'subject' in row)) return row
  return { notice: row.notice, subject: row.subject }
}

/** What a clerk does with boards, through the door; each says what was answered. */
export function countyOf(house: TestHouse) {
  const db = house.handles.reading
  const rowsOfAll = async () => {
    const tables = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => name !== 'delivery')
    return Promise.all(
      tables.map(async (name) => {
        const rows: readonly object[] = await db
          .selectFrom(name as 'person')
          .selectAll()
          .execute()
        return { name, rows }
      }),
    )
  }
  const county = {
    /** Sends a text of terms, for a new board or the one that is named. */
    setUp: (who: string, text: string, board = newId()): Promise<Answer> =>
      house.press(who, { command: 'boards.set_up', subject: board, values: { file: base64(text) } }),
    async approve(who: string, text: string, from?: string): Promise<Answer> {
      const values = { resolution: 'RESOLVED that the terms be approved', ...(from === undefined ? {} : { from }) }
      return house.press(who, { command: 'boards.approve', subject: text, values })
    },
    /** The texts of a board, the oldest first. */
    textsOf: (board: string) =>
      db
        .selectFrom('terms')
        .select(['id', 'number', 'state', 'in_force_from'])
        .where('board_id', '=', board)
        .orderBy('number')
        .execute(),
    async lastText(board: string): Promise<string> {
      const text = (await county.textsOf(board)).at(-1)
      if (!text) throw new Error('a board without any text')
      return text.id
    },
    /** Sets a board up under approved terms. @returns its id */
    async found(who: string, text: string): Promise<string> {
      const board = newId()
      cardOf(await county.setUp(who, text, board))
      cardOf(await county.approve(who, await county.lastText(board)))
      return board
    },
    async boardCalled(shortName: string): Promise<string> {
      const row = await db.selectFrom('board').select('id').where('short_name', '=', shortName).executeTakeFirstOrThrow()
      return row.id
    },
    /** Reads a roster without importing it. */
    read: (who: string, board: string, rows: readonly Row[] | Uint8Array, name = 'roster.csv'): Promise<Answer> =>
      house.press(who, {
        command: 'boards.read_roster',
        subject: board,
        values: { file: base64(bytesOf(rows)), name },
      }),
    async waiting(board: string): Promise<string> {
      const row = await db
        .selectFrom('roster_file')
        .select('id')
        .where('board_id', '=', board)
        .where('state', '=', 'read')
        .executeTakeFirstOrThrow()
      return row.id
    },
    /** Reads a roster and imports it. @returns what is said of the import */
    async importRoster(who: string, board: string, rows: readonly Row[] | Uint8Array): Promise<string> {
      cardOf(await county.read(who, board, rows))
      return cardOf(await house.press(who, { command: 'boards.import_roster', subject: await county.waiting(board) }))
    },
    async idOf(name: string): Promise<string> {
      const { id } = await db.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
      return id
    },
    /** Says something with a file. */
    sayWith: (who: string, words: string, name: string, file: string | Uint8Array): Promise<Answer> =>
      house.bot.answer(inbound(who, { words, file: { name, base64: base64(file) } })),
    /** How many rows each table has, but for what is kept of deliveries. */
    async counts(): Promise<Readonly<Record<string, number>>> {
      const tables = await rowsOfAll()
      return Object.fromEntries(tables.map(({ name, rows }) => [name, rows.length]))
    },
    /** What is in each table, as a hash: what the sending of messages changes is left out. */
    async dump(): Promise<Readonly<Record<string, string>>> {
      const tables = await rowsOfAll()
      return Object.fromEntries(tables.map(({ name, rows }) => [name, hashOf(rows.map(queued))]))
    },
  }
  return county
}

export type County = ReturnType<typeof countyOf>
