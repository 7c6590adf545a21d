import type { Db } from '../../db/schema.js'

/** Secret ballots that are over, of those whose keys are named. */
export async function overAmong(db: Db, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('election_ballot')
    .select('id')
    .where('id', 'in', names)
    .where('state', 'in', ['closed', 'void'])
    .execute()
  return rows.map(({ id }) => id)
}
