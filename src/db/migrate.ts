import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, type Migration, Migrator, SqliteAdapter, sql } from 'kysely'
import * as people from '../../migrations/0001_people_and_places.js'
import * as journal from '../../migrations/0002_deliveries_and_journal.js'
import * as boards from '../../migrations/0003_boards.js'
import * as meetings from '../../migrations/0004_meetings_and_answers.js'
import * as outbox from '../../migrations/0005_outbox.js'
import * as demonstration from '../../migrations/0006_demonstration.js'
import * as rosters from '../../migrations/0007_rosters.js'
import * as calling from '../../migrations/0008_calling_meetings.js'
import * as agendas from '../../migrations/0009_agendas.js'
import * as newPeople from '../../migrations/0010_new_people.js'
import * as attendance from '../../migrations/0011_attendance.js'
import * as uploads from '../../migrations/0012_uploads.js'
import * as reminders from '../../migrations/0013_reminders.js'
import * as papers from '../../migrations/0014_papers.js'
import * as calendars from '../../migrations/0015_calendars.js'
import * as latePapers from '../../migrations/0016_late_papers.js'
import * as votes from '../../migrations/0017_votes.js'
import * as removals from '../../migrations/0018_removals.js'
import * as elections from '../../migrations/0019_elections.js'
import * as reach from '../../migrations/0020_reach.js'
import * as filesHanded from '../../migrations/0021_files_handed.js'
import { StartError } from '../kernel/start-error.js'
import { isBusy } from './open.js'

/** Every step in order; a test holds this list to the files of the folder. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_people_and_places': people,
  '0002_deliveries_and_journal': journal,
  '0003_boards': boards,
  '0004_meetings_and_answers': meetings,
  '0005_outbox': outbox,
  '0006_demonstration': demonstration,
  '0007_rosters': rosters,
  '0008_calling_meetings': calling,
  '0009_agendas': agendas,
  '0010_new_people': newPeople,
  '0011_attendance': attendance,
  '0012_uploads': uploads,
  '0013_reminders': reminders,
  '0014_papers': papers,
  '0015_calendars': calendars,
  '0016_late_papers': latePapers,
  '0017_votes': votes,
  '0018_removals': removals,
  '0019_elections': elections,
  '0020_reach': reach,
  '0021_files_handed': filesHanded,
}

/**
 * Runs the steps that this database has not seen, forward only, all or nothing.
 * @throws StartError when the database was made by a newer Quorate, or a step fails
 */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<void> {
  const taken = await stepsTaken(db)
  const unknown = taken.filter((step) => !(step in MIGRATIONS))
  if (unknown.length > 0) {
    throw new StartError(
      `This database was made by a newer Quorate (it has the step ${unknown[0]}). Nothing was changed. Start that newer version, or put back a backup from before it.`,
    )
  }
  // A start with nothing to do takes no lock, so that it waits for no other process.
  if (taken.length === Object.keys(MIGRATIONS).length) return
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  // A table that others point at is made anew only while SQLite does not look; the step that does so looks afterwards.
  await referencesHeld(db, false)
  const { error, results } = await patiently(() => migrator.migrateToLatest())
  await referencesHeld(db, true)
  if (error === undefined) return
  const step = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first step'
  throw new StartError(
    `The database could not be brought up to date: ${step} failed, and nothing was changed. Start the version that you had before, and report this: ${String(error)}`,
  )
}

/** Whether SQLite holds rows to what they point at; PostgreSQL changes its tables in place, and always does. */
async function referencesHeld<Schema>(db: Kysely<Schema>, held: boolean): Promise<void> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return
  await sql`pragma foreign_keys = ${sql.raw(held ? 'on' : 'off')}`.execute(db)
}

async function stepsTaken<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const unschemed = db as unknown as Kysely<{ kysely_migration: { name: string } }>
  const rows = await unschemed.selectFrom('kysely_migration').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

/** Another process may be at the same: then it is waited for, about two seconds. */
async function patiently(run: () => ReturnType<Migrator['migrateToLatest']>): ReturnType<Migrator['migrateToLatest']> {
  for (let tries = 0; tries < 20; tries += 1) {
    const result = await run()
    if (!isBusy(result.error)) return result
    await wait(100)
  }
  return run()
}
