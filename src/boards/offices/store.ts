import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../db/schema.js'
import type { Named } from '../rules.js'
import type { Tenure } from './rules.js'

/** Somebody's time in an office. */
export interface Held extends Tenure {
  readonly person: Named
}

/** Every time that somebody was, is or will be in an office of a board, the longest ago first; what never began is none. */
export async function tenuresOf(db: Db, board: string): Promise<readonly Held[]> {
  const rows = await db
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('office.board_id', '=', board)
    .orderBy('office.from_day')
    .orderBy('person.name')
    .select(['office.office', 'office.acting', 'office.from_day', 'office.until_day', 'person.id', 'person.name'])
    .execute()
  return rows
    .filter(({ from_day, until_day }) => until_day === null || until_day > from_day)
    .map(({ office, acting, from_day, until_day, id, name }) => ({
      office,
      acting: acting === 1,
      since: Temporal.PlainDate.from(from_day),
      until: until_day === null ? null : Temporal.PlainDate.from(until_day),
      person: { id, name },
    }))
}

/** The names of some people, by their ids. */
export async function namesOf(db: Db, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
