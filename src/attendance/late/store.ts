import { sql } from 'kysely'
import { z } from 'zod'
import { findAgenda } from '../../agenda/store.js'
import type { Db, Tx } from '../../db/schema.js'
import { fromText, toText } from '../../kernel/time.js'
import type { Called } from '../../meetings/rules.js'
import { circulationsOf } from '../../papers/circulation/store.js'
import { hasNotes, papersOf } from '../../papers/store.js'
import { type LatePaper, type LateRuling, latePapers } from './rules.js'

/** All that was said of late papers at a meeting, the last first. */
async function rulingsOf(db: Db, meeting: string): Promise<readonly LateRuling[]> {
  const rows = await db
    .selectFrom('late_paper')
    .leftJoin('person', 'person.id', 'late_paper.presiding_id')
    .where('meeting_id', '=', meeting)
    .orderBy('seq', 'desc')
    .selectAll('late_paper')
    .select('person.name')
    .execute()
  return rows.map(({ item_id, taken, why, presiding_id, name, recorded_at }) => ({
    item: item_id,
    taken: taken === 1,
    why,
    presiding: presiding_id !== null && name !== null ? { id: presiding_id, name } : null,
    at: fromText(recorded_at),
  }))
}

/** The papers of a meeting that did not go out in time, with what was said of each. */
export async function latePapersOf(db: Db, meeting: Called): Promise<readonly LatePaper[]> {
  const agenda = await findAgenda(db, meeting.id)
  if (!agenda) return []
  const papers = await papersOf(db, agenda)
  return latePapers(papers, await hasNotes(db, meeting), await circulationsOf(db, meeting.id), await rulingsOf(db, meeting.id))
}

/** Writes what was said; what was said before is kept. */
export async function saveRuling(
  tx: Tx,
  meeting: string,
  { item, taken, why, presiding, at }: LateRuling,
  by: string | null,
): Promise<void> {
  await tx
    .insertInto('late_paper')
    .values((row) => ({
      meeting_id: meeting,
      seq: row
        .selectFrom('late_paper')
        .where('meeting_id', '=', meeting)
        .select((last) => sql<number>`coalesce(${last.fn.max('seq')}, 0) + 1`.as('next')),
      item_id: item,
      taken: taken ? 1 : 0,
      why,
      presiding_id: presiding?.id ?? null,
      recorded_at: toText(at),
      by_person_id: by,
    }))
    .execute()
}

const Said = z.object({
  outcome: z.object({ late: z.string(), taken: z.boolean(), presiding: z.string().nullable(), at: z.string() }),
})

/** Where what was said of late papers is not as the journal has it; a sentence each. */
export async function rulingsAgree(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const key = (item: string, taken: boolean, presiding: string | null, at: string) =>
    [item, taken ? 'taken' : 'not taken', presiding ?? '', at].join(' ')
  const rows = await db
    .selectFrom('late_paper')
    .innerJoin('meeting', 'meeting.id', 'late_paper.meeting_id')
    .where('meeting.board_id', '=', board)
    .selectAll('late_paper')
    .execute()
  const kept = rows.map((row) => key(row.item_id, row.taken === 1, row.presiding_id, row.recorded_at))
  const said = payloads.flatMap((payload) => {
    const read = Said.safeParse(payload)
    if (!read.success) return []
    const { late, taken, presiding, at } = read.data.outcome
    return [{ late, key: key(late, taken, presiding, at) }]
  })
  return [
    ...said
      .filter((one) => !kept.includes(one.key))
      .map(({ late }) => `Whether the late paper ${late} was taken is not as it was journaled, or has gone.`),
    ...(complete ? rows : [])
      .filter((_, nth) => !said.some((one) => one.key === kept[nth]))
      .map(({ item_id }) => `Of the late paper ${item_id} something is recorded that the journal does not know.`),
  ]
}
