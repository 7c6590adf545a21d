import type { Db } from '../../db/schema.js'
import type { Agenda } from '../rules.js'

/** How the agendas of some meetings stand, by meeting; one whose agenda is not drafted has none. */
export async function agendaStates(db: Db, meetings: readonly string[]): Promise<ReadonlyMap<string, Agenda['state']>> {
  if (meetings.length === 0) return new Map()
  const rows = await db.selectFrom('agenda').where('meeting_id', 'in', meetings).select(['meeting_id', 'state']).execute()
  return new Map(rows.map(({ meeting_id, state }) => [meeting_id, state]))
}
