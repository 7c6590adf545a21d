import { sql } from 'kysely'
import type { Db, Tx } from '../../db/schema.js'
import { fromText, toText } from '../../kernel/time.js'
import type { Withdrawal } from '../ledger.js'
import type { Hand, Interest } from '../room.js'

/** Interests as they stand, and every time for which somebody withdrew: who withdraws again has withdrawn twice. */
export async function interestsOf(
  db: Db,
  meeting: string,
): Promise<{ readonly interests: readonly Interest[]; readonly withdrawals: readonly Withdrawal[] }> {
  const rows = await db
    .selectFrom('interest')
    .innerJoin('person', 'person.id', 'interest.person_id')
    .where('meeting_id', '=', meeting)
    .orderBy('seq')
    .selectAll('interest')
    .select('person.name')
    .execute()
  const read = rows.map((row) => ({
    id: row.id,
    item: row.item_id,
    person: { id: row.person_id, name: row.name },
    nature: row.nature,
    conduct: row.conduct,
    withdrewAt: row.withdrew_at === null ? null : fromText(row.withdrew_at),
    returnedAt: row.returned_at === null ? null : fromText(row.returned_at),
  }))
  const each = new Map(read.map((one) => [`${one.id} ${one.withdrewAt?.toString()}`, one]))
  return {
    interests: [...new Map(read.map((one) => [one.id, one])).values()],
    withdrawals: [...each.values()].flatMap(({ item, person, withdrewAt: from, returnedAt: until }) =>
      from ? [{ item, person: person.id, from, until }] : [],
    ),
  }
}

/** Writes an interest as it stands now; what stood before is kept. */
export async function saveInterest(tx: Tx, meeting: string, interest: Interest, { by, at }: Hand): Promise<void> {
  await tx
    .insertInto('interest')
    .values((row) => ({
      meeting_id: meeting,
      seq: row
        .selectFrom('interest')
        .where('meeting_id', '=', meeting)
        .select((last) => sql<number>`coalesce(${last.fn.max('seq')}, 0) + 1`.as('next')),
      id: interest.id,
      item_id: interest.item,
      person_id: interest.person.id,
      nature: interest.nature,
      conduct: interest.conduct,
      withdrew_at: interest.withdrewAt ? toText(interest.withdrewAt) : null,
      returned_at: interest.returnedAt ? toText(interest.returnedAt) : null,
      recorded_at: toText(at),
      by_person_id: by,
    }))
    .execute()
}
