import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Temporal } from 'temporal-polyfill'
import { reminder } from '../../src/kernel/notice.js'
import { toText } from '../../src/kernel/time.js'
import { dueAt } from '../../src/outbox/plan.js'
import { tick } from '../../src/outbox/tick.js'
import { addPeople, type Bare, BOARD, openBare } from '../outbox/bare.js'
import { compare, type Figures, type Round, repeat, timed, type Variant } from './rounds.js'

/** Reminders that have fallen due, among so many in all. */
export const DUE = 100
export const AMONG_FEW = 1_000
export const AMONG_MANY = 1_000_000

const ROUNDS = 7
/** How long each variant runs in each round, in milliseconds. */
const ROUND_MS = 500

const NOW = Temporal.Instant.from('2026-12-02T09:00:00Z')

const SAID = reminder<string>({
  name: 'of.something',
  about: 'something',
  moments: async () => [],
  to: async () => ({ people: ['ann'] }),
  load: async (_, subject) => ({ facts: subject }),
  draw: (title, audience) => ({ title, audience, body: [] }),
})

/** To find what is due, and to find and settle it, among few and among many. */
export interface Reminders {
  /** milliseconds */
  readonly found: readonly [Figures, Figures]
  readonly settled: readonly [Figures, Figures]
  /** MiB */
  readonly sizes: readonly [number, number]
}

/** Finds and settles what is due in two databases by turns. @param folder for them */
export async function reminders(folder: string): Promise<Reminders> {
  const few = await filled(join(folder, 'few-reminders.db'), AMONG_FEW)
  const many = await filled(join(folder, 'many-reminders.db'), AMONG_MANY)
  const figures = await compare(ROUNDS, [finding(few), finding(many), settling(few), settling(many)])
  const sizes = [few, many].map(({ file }) => statSync(file).size / 2 ** 20)
  await few.close()
  await many.close()
  const [foundFew, foundMany, settledFew, settledMany] = figures
  const [sizeFew, sizeMany] = sizes
  if (!foundFew || !foundMany || !settledFew || !settledMany || sizeFew === undefined || sizeMany === undefined)
    throw new Error('there are no figures')
  return { found: [foundFew, foundMany], settled: [settledFew, settledMany], sizes: [sizeFew, sizeMany] }
}

/** A database with so many reminders: those due in the last minute, and of the others half said long ago, half to come. */
async function filled(file: string, rows: number): Promise<Bare> {
  const bare = await openBare({ file })
  await bare.writer.write((tx) => addPeople(tx, ['ann']))
  const database = new Sqlite(file)
  // Only to be filled quickly: nothing here is to survive a power cut.
  for (const pragma of ['synchronous = OFF', 'cache_size = -1000000']) database.pragma(pragma)
  const minutesFromNow = `case when n <= ${DUE} then 0 when n % 2 = 0 then n else -n end`
  database
    .prepare(
      `with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ?)
       insert into reminder (id, board_id, meeting_id, notice, subject, person_id, due_at, due_date, state)
       select lower(hex(randomblob(16))), ?, null, ?, 'subject ' || n, '',
         strftime('%Y-%m-%dT%H:%M:%fZ', ?, (${minutesFromNow}) || ' minutes'), '2026-12-02',
         case when n <= ${DUE} or n % 2 = 0 then 'planned' else 'queued' end
       from counted`,
    )
    .run(rows, BOARD, SAID.name, toText(NOW))
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return bare
}

/** @throws Error unless as many are found as are due: the figures would be of something else */
function checkDue(many: number): void {
  if (many !== DUE) throw new Error(`${many} reminders were found, and ${DUE} are due`)
}

const finding = ({ handles }: Bare): Variant => ({
  name: 'finding',
  round: () => repeat(ROUND_MS, 1, async () => checkDue((await dueAt(handles.reading, toText(NOW), DUE + 1).execute()).length)),
})

/** Settles what is due as a tick does, and puts it back as it was, which is not measured. */
const settling = ({ handles: { reading }, writer }: Bare): Variant => ({
  name: 'settling',
  async round(): Promise<Round> {
    const ids = (await dueAt(reading, toText(NOW), DUE + 1).execute()).map(({ id }) => id)
    checkDue(ids.length)
    const took: number[] = []
    let lasted = 0
    let cpu = 0
    while (lasted < ROUND_MS) {
      const used = process.cpuUsage()
      took.push(await timed(() => tick({ reading, writer, notices: [SAID] }, { now: () => NOW }, rethrow)))
      const { user, system } = process.cpuUsage(used)
      cpu += (user + system) / 1_000
      lasted += took.at(-1) ?? 0
      checkDue((await writer.write((tx) => tx.deleteFrom('notice').returning('id').execute())).length)
      await writer.write((tx) =>
        tx.updateTable('reminder').set({ state: 'planned', settled_at: null }).where('id', 'in', ids).execute(),
      )
    }
    return { took, lasted, cpu }
  },
})

const rethrow = (error: unknown): never => {
  throw error
}
