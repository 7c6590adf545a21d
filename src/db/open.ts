import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, Kysely, type LogEvent, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely'
import { StartError } from '../kernel/start-error.js'
import type { Schema } from './schema.js'

/** The two handles of a database: one that writes, and one that cannot. */
export interface Handles {
  readonly writing: Kysely<Schema>
  readonly reading: Kysely<Schema>
  /** false after SQLite itself has ended a transaction, as it does on a full disk */
  inTransaction(): boolean
  /** a number that changes when another connection or process has committed */
  changes(): number
  /**
   * Folds the write-ahead log into the database and empties it: what was deleted lies in neither any more. Between transactions.
   * @throws Error where another process holds the log, as by a long read: then it is as it was, or is folded in and not emptied
   */
  emptyLog(): void
  close(): Promise<void>
}

/** How long a write blocks the process for another process's lock; longer waits are repeated by the writer. */
const BUSY_MS = 50
/**
 * How long opening waits, and a read: beside a write-ahead log a read is held up only while another process makes the
 * log, recovers it or, as the last to leave, folds it in.
 */
const PATIENT_MS = 5_000

class ImmediateDriver extends SqliteDriver {
  // A deferred transaction that reads first and writes later fails at once if another process wrote in between.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

class AtomicAdapter extends SqliteAdapter {
  // SQLite does roll back DDL: a migration that breaks in the middle leaves nothing half made.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class Dialect extends SqliteDialect {
  constructor(private readonly database: Sqlite.Database) {
    super({ database })
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: reusing(this.database) })
  }

  override createAdapter(): SqliteAdapter {
    return new AtomicAdapter()
  }
}

/** The same database with its prepared statements kept, as Kysely prepares anew each time. */
function reusing(database: Sqlite.Database): { prepare(sql: string): Sqlite.Statement; close(): void } {
  const kept = new Map<string, Sqlite.Statement>()
  const most = 500
  return {
    prepare(sql) {
      const known = kept.get(sql)
      if (known) return known
      const statement = database.prepare(sql)
      if (kept.size >= most) kept.clear()
      kept.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}

function assertPragma(database: Sqlite.Database, name: string, wanted: string | number): void {
  const found = database.pragma(name, { simple: true })
  if (found !== wanted)
    throw new StartError(`SQLite would not set ${name} to ${wanted} (it is ${found}). Check the disk that holds the database.`)
}

/** Several processes may do this to one new file at once; then SQLite tells all but one that it is busy, without waiting. */
function makeWriteAheadLog(database: Sqlite.Database): void {
  const pauses = 50
  for (let pause = 0; pause < pauses; pause += 1) {
    try {
      if (database.pragma('journal_mode', { simple: true }) !== 'wal') database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      // Nothing else is under way at the start: the one thread may as well sleep.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENT_MS / pauses)
    }
  }
  database.pragma('journal_mode = WAL')
}

/** Whether another process held the database too long. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')

/**
 * Opens a SQLite file with every commit on the disk before it returns, and checks that it is whole.
 * @param file path; its folder is made
 * @param executed told of each statement as it is executed, for counting
 * @throws StartError when the file is not a database, is damaged, or cannot be opened
 */
export function openSqlite(file: string, executed?: (sql: string) => void): Handles {
  try {
    // What is restricted lies in it: a file of ours, and the two beside it, are nobody else's to read.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const isNew = !existsSync(file)
    const writer = new Sqlite(file, { timeout: PATIENT_MS })
    if (isNew) chmodSync(file, 0o600)
    makeWriteAheadLog(writer)
    writer.pragma('synchronous = FULL')
    writer.pragma('foreign_keys = ON')
    // Ballots that were sealed, and others' papers, are not to be read out of free pages.
    writer.pragma('secure_delete = ON')
    assertPragma(writer, 'journal_mode', 'wal')
    assertPragma(writer, 'synchronous', 2)
    assertPragma(writer, 'foreign_keys', 1)
    assertPragma(writer, 'secure_delete', 1)
    const health = writer.pragma('quick_check(1)', { simple: true })
    if (health !== 'ok') throw new StartError(damaged(file))
    writer.pragma(`busy_timeout = ${BUSY_MS}`)
    const reader = new Sqlite(file, { timeout: PATIENT_MS, readonly: true })
    const log = executed ? { log: (event: LogEvent) => executed(event.query.sql) } : {}
    const writing = new Kysely<Schema>({ dialect: new Dialect(writer), ...log })
    const reading = new Kysely<Schema>({ dialect: new Dialect(reader), ...log })
    return {
      writing,
      reading,
      inTransaction: () => writer.inTransaction,
      changes: () => Number(reader.pragma('data_version', { simple: true })),
      emptyLog: () => {
        if (writer.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0)
          throw new Error('the log of the database is in use, and was not emptied')
      },
      async close() {
        await reading.destroy()
        await writing.destroy()
        // Kysely does not close what it has never used.
        reader.close()
        writer.close()
      },
    }
  } catch (error) {
    throw notOpened(file, error)
  }
}

/**
 * Opens a SQLite file to look at it and no more: nothing is made, mended or brought up to date.
 * @throws StartError when it is not there, or is no database
 */
export function openToRead(file: string): { readonly reading: Kysely<Schema>; close(): Promise<void> } {
  try {
    const reader = new Sqlite(file, { timeout: PATIENT_MS, readonly: true, fileMustExist: true })
    reader.pragma('schema_version')
    const reading = new Kysely<Schema>({ dialect: new Dialect(reader) })
    return {
      reading,
      async close() {
        await reading.destroy()
        reader.close()
      },
    }
  } catch (error) {
    throw notOpened(file, error)
  }
}

/** Why a file could not be opened, as a sentence; what is no error of the file as it is. */
function notOpened(file: string, error: unknown): unknown {
  if (error instanceof StartError || !(error instanceof Error && 'code' in error && typeof error.code === 'string')) return error
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) return new StartError(damaged(file))
  return new StartError(`${file} cannot be opened (${error.code}). Check that it is there and is yours to read and write.`)
}

const damaged = (file: string): string =>
  `${file} is damaged or is not a database. Nothing was changed. Put back the last backup, or name another file in DATABASE_URL.`
