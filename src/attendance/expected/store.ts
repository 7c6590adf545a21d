import { sql } from 'kysely'
import type { Db, Tx } from '../../db/schema.js'
import { fromText, toText } from '../../kernel/time.js'
import type { Expected, Hand } from '../room.js'

/** What people have said of when they come and leave: of each the last that they said. */
export async function expectedAt(db: Db, meeting: string): Promise<readonly Expected[]> {
  const rows = await db
    .selectFrom('expectation')
    .innerJoin('person', 'person.id', 'expectation.person_id')
    .where('meeting_id', '=', meeting)
    .orderBy('seq')
    .select(['expectation.kind', 'expectation.at', 'person.id', 'person.name'])
    .execute()
  const last = new Map(rows.map((row) => [`${row.id} ${row.kind}`, row]))
  return [...last.values()].map(({ kind, at, id, name }) => ({
    kind,
    at: at === null ? null : fromText(at),
    person: { id, name },
  }))
}

/** Keeps what somebody said of when they come or leave; the last time that they say so stands. */
export async function saveExpected(tx: Tx, meeting: string, { person, kind, at }: Expected, hand: Hand): Promise<void> {
  await tx
    .insertInto('expectation')
    .values((row) => ({
      meeting_id: meeting,
      seq: row
        .selectFrom('expectation')
        .where('meeting_id', '=', meeting)
        .select((last) => sql<number>`coalesce(${last.fn.max('seq')}, 0) + 1`.as('next')),
      person_id: person.id,
      kind,
      at: at === null ? null : toText(at),
      recorded_at: toText(hand.at),
      by_person_id: hand.by,
    }))
    .execute()
}
