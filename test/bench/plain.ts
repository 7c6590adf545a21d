import { randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { repeat, type Variant } from './rounds.js'

/** What the disk allows a program that does nothing else: one insert, one commit, one fsync, and again. */
export function plainCommits(file: string, forMs: number): Variant & { close(): void } {
  const database = new Sqlite(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.exec('create table apology (id text primary key, received_at text not null)')
  const insert = database.prepare('insert into apology values (?, ?)')
  return {
    name: 'a plain commit a write, alone',
    round: () => repeat(forMs, 1, () => insert.run(randomUUID(), new Date().toISOString())),
    close: () => database.close(),
  }
}
