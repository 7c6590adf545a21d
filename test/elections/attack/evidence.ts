import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { emailOf } from '../../../src/demonstration/people.js'
import type { SentCard } from '../../house.js'
import type { Elector, Poll } from './polls.js'

export type Row = Readonly<Record<string, unknown>>

/** A table's row as it lies in the file, in the order of a scan. */
export interface Found {
  readonly table: string
  readonly row: Row
  /** all of it, as one text */
  readonly text: string
}

/** A database file with its log, as somebody has copied it. */
export interface Copied {
  readonly db: Buffer
  readonly log: Buffer
  /** those that were not in the copy before */
  readonly rows: readonly Found[]
}

/** Whatever somebody has who later gets the whole server, and had a backup made in mid-poll; and what is publicly known. */
export interface Evidence {
  readonly electors: readonly Elector[]
  readonly poll: Poll
  /** of the database before the ballot was opened */
  readonly before: Pick<Copied, 'db'>
  /** the backup in mid-poll, without the folder of keys */
  readonly midway: Copied
  readonly after: Copied
  /** what lies in the folder of keys after the close */
  readonly keys: readonly string[]
  readonly sent: readonly SentCard[]
  readonly lines: readonly unknown[]
}

/** Copies a database with its log. @param alter something that is done to the copy before it is read */
export function copied(
  file: string,
  known: ReadonlySet<string>,
  alter?: (database: Sqlite.Database) => void,
): Copied & { readonly all: ReadonlySet<string> } {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-copy-'))
  const copy = join(folder, 'copy.db')
  try {
    copyFileSync(file, copy)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    const bytes = (path: string) => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0))
    let [db, log] = [bytes(copy), bytes(`${copy}-wal`)]
    const database = new Sqlite(copy)
    alter?.(database)
    if (alter) [db, log] = [bytes(copy), bytes(`${copy}-wal`)]
    const found = rowsIn(database)
    database.close()
    return { db, log, rows: found.filter(({ table, text }) => !known.has(table + text)), all: new Set(found.map(keyOf)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const keyOf = ({ table, text }: Found): string => table + text

/** Under which a row's number stands, where it has one. */
export const NUMBER = '#'

function rowsIn(database: Sqlite.Database): readonly Found[] {
  const tables = database.prepare("select name, sql from sqlite_master where type = 'table' order by name").all() as {
    readonly name: string
    readonly sql: string
  }[]
  return tables.flatMap(({ name, sql }) => {
    const number = /without rowid/i.test(sql) ? '' : `rowid as "${NUMBER}", `
    const rows = database.prepare(`select ${number}* from "${name}"`).all() as Row[]
    return rows.map((row) => ({ table: name, row, text: JSON.stringify(row) }))
  })
}

/** The keys that lie beside a database. */
export function keysBeside(file: string): readonly string[] {
  const folder = join(dirname(file), 'keys', basename(file))
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : []
}

/** By what an elector is found in a text: ids and their address. */
export const tokensOf = ({ name, person, seat }: Elector): readonly string[] => [seat, person, emailOf(name)]

/** The one elector whom a text names; null: none, or several. */
export function elector(electors: readonly Elector[], text: string): number | null {
  const found = electors.flatMap((one, at) => (tokensOf(one).some((token) => text.includes(token)) ? [at] : []))
  return found.length === 1 ? (found[0] ?? null) : null
}
