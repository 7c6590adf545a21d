import { sql } from 'kysely'
import { expect } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import type { Schema } from '../../src/db/schema.js'
import { emailOf } from '../../src/demonstration/people.js'
import type { TestHouse } from '../house.js'

/** Every table that an act may change, except that of the deliveries, which keeps refusals too. */
const TABLES = [
  'answer',
  'journal',
  'journal_payload',
  'notice',
  'meeting',
  'seat',
  'holding',
  'office',
  'person',
  'post',
] as const

/** How many rows each table of the record has. */
export async function rowCounts({ handles }: TestHouse): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const table of TABLES) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(handles.reading)
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}

/** What a member's seat has answered, first to last: "1 attending", "2 apologies". */
export async function answersOf({ handles }: TestHouse, name: string): Promise<readonly string[]> {
  const rows = await handles.reading
    .selectFrom('answer')
    .innerJoin('holding', 'holding.seat_id', 'answer.seat_id')
    .innerJoin('person', 'person.id', 'holding.person_id')
    .where('person.email', '=', emailOf(name))
    .select(['answer.version', 'answer.attending'])
    .orderBy('answer.version')
    .execute()
  return rows.map(({ version, attending }) => `${version} ${attending === 1 ? 'attending' : 'apologies'}`)
}

/** The commands in the journal after the demonstration was filled, first to last. */
export async function journaled({ handles }: TestHouse): Promise<readonly string[]> {
  const rows = await handles.reading.selectFrom('journal').select('command').where('seq', '>', 1).orderBy('seq').execute()
  return rows.map(({ command }) => command)
}

/** The ids of the deliveries with an outcome, sorted. */
export async function deliveriesThat(outcome: Schema['delivery']['outcome'], { handles }: TestHouse): Promise<readonly string[]> {
  const rows = await handles.reading.selectFrom('delivery').select('id').where('outcome', '=', outcome).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** The file is whole, and the board's journal holds from the first entry to the last. */
export async function expectWhole({ handles }: TestHouse): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(handles.reading)
  expect(rows).toEqual([{ quick_check: 'ok' }])
  const { id } = await handles.reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
  expect((await verifyChain(handles.reading, id)).faults).toEqual([])
}
