import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { ControlledTransaction, Kysely } from 'kysely'
import { isBusy } from './open.js'
import type { Schema, Tx } from './schema.js'

/** The one door to writing: each piece of work is a transaction of its own, whole or not at all. */
export interface Writer {
  /**
   * Runs `work` in a transaction; resolves only once what it did is on the disk.
   * @param otherwise what to keep when `work` throws, in its stead: nobody else's write comes between
   * @throws what `work` throws, with nothing of it kept; or the database's own error
   */
  write<Result>(work: (tx: Tx) => Promise<Result>, otherwise?: Otherwise): Promise<Result>
  /** Does what no transaction may be open for, between two of them. */
  between(work: () => void): Promise<void>
  /** Finishes what is waiting; nothing is taken after. */
  close(): Promise<void>
}

export type Otherwise = (tx: Tx, error: unknown) => Promise<void>

interface Job {
  run(tx: Tx): Promise<void>
  readonly otherwise: Otherwise | null
  succeed(): void
  fail(error: unknown): void
}

/** A group holds the machine's one thread until it is done, so it is kept to what a person does not notice. */
const LARGEST_GROUP = 64

/** Waits between tries at another process's lock, in milliseconds: about six seconds in all. */
const BUSY_WAITS = [5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000, 1000, 1000]

/**
 * Groups the writes that are waiting: one `begin immediate`, a savepoint a write, one commit, one fsync,
 * and only then are all of them acknowledged. One that fails is rolled back alone.
 * @param inTransaction whether SQLite still holds the transaction: a full disk ends it, and then nothing of the group stands
 */
export function groupingWriter(db: Kysely<Schema>, inTransaction: () => boolean): Writer {
  let waiting: Job[] = []
  const pauses: (() => void)[] = []
  let working: Promise<void> | null = null
  let closed = false

  async function workOff(): Promise<void> {
    await turn()
    while (waiting.length > 0 || pauses.length > 0) {
      for (const pause of pauses.splice(0)) pause()
      const group = waiting.slice(0, LARGEST_GROUP)
      waiting = waiting.slice(LARGEST_GROUP)
      if (group.length > 0) await runGroup(db, inTransaction, group)
      await turn()
    }
    working = null
  }

  return {
    write<Result>(work: (tx: Tx) => Promise<Result>, otherwise?: Otherwise): Promise<Result> {
      if (closed) return Promise.reject(new Error('the writer is closed'))
      return new Promise<Result>((resolve, reject) => {
        let result: { value: Result } | null = null
        waiting.push({
          otherwise: otherwise ?? null,
          async run(tx) {
            result = { value: await work(tx) }
          },
          succeed: () => (result ? resolve(result.value) : reject(new Error('the work was never run'))),
          fail: reject,
        })
        working ??= workOff()
      })
    },
    between(work) {
      if (closed) return Promise.reject(new Error('the writer is closed'))
      return new Promise<void>((resolve, reject) => {
        pauses.push(() => {
          try {
            resolve(work())
          } catch (error) {
            reject(error)
          }
        })
        working ??= workOff()
      })
    },
    async close() {
      closed = true
      await working
    },
  }
}

/** Runs a group in one transaction, and tells each of its jobs how it ended, once that is on the disk. */
async function runGroup(db: Kysely<Schema>, inTransaction: () => boolean, group: readonly Job[]): Promise<void> {
  let tx: ControlledTransaction<Schema> | null = null
  const failed = new Map<Job, unknown>()
  try {
    tx = await begin(db)
    const [only] = group
    if (only && group.length === 1) await only.run(tx)
    else for (const job of group) await runAmongOthers(tx, job, inTransaction, failed)
    if (!inTransaction()) throw new Error('the database ended the transaction')
    await tx.commit().execute()
  } catch (error) {
    const worse = tx && (await abandon(tx, inTransaction))
    const [only] = group
    if (!worse && only?.otherwise && group.length === 1)
      await runGroup(db, inTransaction, [insteadOf(only, only.otherwise, error)])
    else for (const job of group) job.fail(worse ?? failed.get(job) ?? error)
    return
  }
  for (const job of group) {
    if (failed.has(job)) job.fail(failed.get(job))
    else job.succeed()
  }
}

/** What is kept in a failed job's stead; done or not, the job has failed. */
const insteadOf = (job: Job, otherwise: Otherwise, error: unknown): Job => ({
  run: (tx) => otherwise(tx, error),
  otherwise: null,
  succeed: () => job.fail(error),
  fail: (worse) => job.fail(worse),
})

/** @throws when the transaction itself is lost, and with it the whole group */
async function runAmongOthers(
  tx: ControlledTransaction<Schema>,
  job: Job,
  inTransaction: () => boolean,
  failed: Map<Job, unknown>,
): Promise<void> {
  const within = await tx.savepoint('work').execute()
  try {
    await job.run(within)
  } catch (thrown) {
    if (!inTransaction()) throw thrown
    failed.set(job, thrown)
    await within.rollbackToSavepoint('work').execute()
    if (job.otherwise) await job.otherwise(within, thrown)
  }
  await within.releaseSavepoint('work').execute()
}

async function begin(db: Kysely<Schema>): Promise<ControlledTransaction<Schema>> {
  for (const milliseconds of BUSY_WAITS) {
    try {
      return await db.startTransaction().execute()
    } catch (error) {
      if (!isBusy(error)) throw error
      await wait(milliseconds)
    }
  }
  return db.startTransaction().execute()
}

/** Ends a transaction that cannot be committed, and gives its connection back. @returns what went wrong with that, or null */
async function abandon(tx: ControlledTransaction<Schema>, inTransaction: () => boolean): Promise<unknown> {
  const ended = !inTransaction()
  try {
    await tx.rollback().execute()
    return null
  } catch (error) {
    // SQLite may have rolled back by itself: then there was nothing left to end.
    return ended ? null : error
  }
}
