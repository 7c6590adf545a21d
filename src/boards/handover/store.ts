import { heldOn, stillHeld } from '../../db/held.js'
import type { Db, Tx } from '../../db/schema.js'
import type { Done } from '../../kernel/command.js'
import type { Office } from '../part/rules.js'
import type { Named } from '../rules.js'

/** An office of a board that passes to somebody, or falls vacant. */
export interface Handover {
  readonly board: string
  readonly office: Office
  /** the person who takes it; null: it is vacant */
  readonly to: string | null
  /** who leaves it; null: whoever holds it */
  readonly from: string | null
  /** `YYYY-MM-DD`: the first day on which it is so */
  readonly day: string
}

/** Somebody who holds an office of a board, and since when. */
export interface Holder {
  readonly person: Named
  readonly office: Office
  readonly acting: boolean
  /** `YYYY-MM-DD` */
  readonly since: string
}

/** Who holds the offices of a board on a day, longest first. */
export async function holdersOn(db: Db, board: string, day: string): Promise<readonly Holder[]> {
  const rows = await db
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('office.board_id', '=', board)
    .where(heldOn('office', day))
    .orderBy('office.from_day')
    .orderBy('person.name')
    .select(['office.office', 'office.acting', 'office.from_day', 'person.id', 'person.name'])
    .execute()
  return rows.map(({ id, name, office, acting, from_day }) => ({
    person: { id, name },
    office,
    acting: acting === 1,
    since: from_day,
  }))
}

/**
 * Hands an office over: whoever leaves holds it no more from the day on, and whoever takes it begins anew, also who held it
 * before. What was held until then stays as it was.
 * @returns what is to be said of it by `did`, for the other features to follow
 */
export async function handOver(tx: Tx, { board, office, to, from, day }: Handover): Promise<Done> {
  const lasting = tx
    .selectFrom('office')
    .selectAll()
    .where('board_id', '=', board)
    .where('office', '=', office)
    .where(stillHeld('office', day))
  const rows = await (from === null ? lasting : lasting.where('person_id', '=', from)).execute()
  for (const { person_id, from_day } of rows) {
    await tx
      .updateTable('office')
      // What would have begun later, or began that day, never did.
      .set({ until_day: from_day < day ? day : from_day })
      .where('board_id', '=', board)
      .where('office', '=', office)
      .where('person_id', '=', person_id)
      .where('from_day', '=', from_day)
      .execute()
  }
  if (to !== null)
    await tx
      .insertInto('office')
      .values({ board_id: board, office, person_id: to, from_day: day, until_day: null, acting: 0 })
      .onConflict((again) =>
        again.columns(['board_id', 'office', 'person_id', 'from_day']).doUpdateSet({ until_day: null, acting: 0 }),
      )
      .execute()
  const outcome = { office, to, left: rows.map(({ person_id }) => person_id), from: day }
  return { command: 'boards.handed_over', board, subject: board, outcome }
}
