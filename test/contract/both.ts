import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { type Answer, type Bot, bot } from '../../src/bot.js'
import { migrate } from '../../src/db/migrate.js'
import { openSqlite } from '../../src/db/open.js'
import type { Db, Schema } from '../../src/db/schema.js'
import { vaultOnDisk } from '../../src/db/vault.js'
import { groupingWriter, type Writer } from '../../src/db/write.js'
import { fillDemonstration } from '../../src/demonstration/fill.js'
import { features } from '../../src/features.js'
import { outbox } from '../../src/outbox/deliver.js'
import { tick } from '../../src/outbox/tick.js'
import type { Door } from '../boards.js'
import { openPglite } from '../db/pglite.js'
import { BEGIN, inbound, NO_PAPERS, openTestHouse, PUBLIC_URL, standingClock, unexpected } from '../house.js'

/** The demonstration on one of the two databases. */
export interface Opened extends Door {
  readonly reading: Db
  readonly writer: Writer
  say(name: string, words: string): Promise<Answer>
  readonly answer: Bot['answer']
  readonly report: Bot['report']
  readonly placeChanged: Bot['placeChanged']
  /** looks what is due, and sends it */
  tick(): Promise<void>
  close(): Promise<void>
}

export async function onSqlite(): Promise<Opened> {
  const house = await openTestHouse()
  const { answer, report, placeChanged } = house.bot
  return { ...house, answer, report, placeChanged, reading: house.handles.reading }
}

/** A database without a row, and its writer. */
export interface Bare {
  readonly db: Kysely<Schema>
  readonly writer: Writer
  close(): Promise<void>
}

export async function bareSqlite(): Promise<Bare> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  const handles = openSqlite(join(folder, 'a.db'))
  const writer = groupingWriter(handles.writing, handles.inTransaction)
  return {
    db: handles.writing,
    writer,
    async close() {
      await writer.close()
      await handles.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function barePostgres(): Promise<Bare> {
  const { db, close } = await openPglite()
  return { db, writer: inTurn(db), close }
}

/** One connection: a transaction follows the one before it. */
function inTurn(db: Awaited<ReturnType<typeof openPglite>>['db']): Writer {
  let last: Promise<unknown> = Promise.resolve()
  return {
    write: (work, otherwise) => {
      const next = last.then(async () => {
        try {
          return await db.transaction().execute(work)
        } catch (error) {
          if (otherwise) await db.transaction().execute((tx) => otherwise(tx, error))
          throw error
        }
      })
      last = next.catch(() => undefined)
      return next
    },
    between: async (work) => work(),
    close: async () => void (await last),
  }
}

export async function onPostgres(): Promise<Opened> {
  const { db, writer, close } = await barePostgres()
  const keys = mkdtempSync(join(tmpdir(), 'quorate-'))
  const vault = vaultOnDisk(keys, async () => undefined)
  const clock = standingClock(BEGIN)
  await migrate(db)
  await writer.write((tx) => fillDemonstration(tx, clock.now(), 0))
  const log = (_: unknown, error: unknown) => {
    if (error !== undefined) throw error
  }
  const clocks = { boardClock: clock, systemClock: clock }
  const { answer, report, placeChanged } = bot({
    reading: db,
    writer,
    features,
    ...NO_PAPERS,
    vault,
    publicUrl: () => PUBLIC_URL,
    ...clocks,
    log,
    committed: () => undefined,
  })
  const { notices } = features
  const sending = outbox({ reading: db, writer, notices, senders: [], ...clocks, log })
  return {
    handles: { reading: db },
    reading: db,
    writer,
    answer,
    report,
    placeChanged,
    clock,
    say: (name, words) => answer(inbound(name, { words })),
    press: (name, press, options) => answer(inbound(name, { press }, options)),
    async tick() {
      await tick({ reading: db, writer, notices }, clock, unexpected)
      await sending.drain()
    },
    async close() {
      await sending.close()
      await writer.close()
      await close()
      rmSync(keys, { recursive: true, force: true })
    },
  }
}
