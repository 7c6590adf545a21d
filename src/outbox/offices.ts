import type { Temporal } from 'temporal-polyfill'
import { heldOn } from '../db/held.js'
import type { Db, Tx } from '../db/schema.js'
import { dayOf } from '../kernel/time.js'
import { recipientText } from './recipient.js'
import { queue } from './store.js'

/** Who holds an office of a board at an instant; none when it is vacant. */
export async function holdersOf(db: Db, board: string, office: 'clerk', now: Temporal.Instant): Promise<readonly string[]> {
  const { zone } = await db.selectFrom('board').select('zone').where('id', '=', board).executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('office')
    .select('person_id')
    .where('board_id', '=', board)
    .where('office', '=', office)
    .where(heldOn('office', dayOf(now, zone).toString()))
    .orderBy('from_day')
    .execute()
  return rows.map((row) => row.person_id)
}

/** Makes of each row that waits for an office one row for each who holds it. */
export async function passToHolders(tx: Tx, office: string, holders: readonly string[]): Promise<void> {
  const rows = await tx
    .deleteFrom('notice')
    .where('recipient', '=', office)
    .where('state', '=', 'waiting')
    .returning(['notice', 'kind', 'subject', 'board_id', 'due_date', 'queued'])
    .execute()
  const inOrder = rows.sort((a, b) => a.queued - b.queued)
  await queue(
    tx,
    inOrder.flatMap(({ queued: _, ...row }) => holders.map((person) => ({ ...row, recipient: recipientText({ person }, '') }))),
  )
}

/** Lets what waits for a vacant office wait on, and says why. */
export async function waitForHolders(tx: Tx, office: string, notBefore: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ not_before: notBefore, why: 'the office is vacant' })
    .where('recipient', '=', office)
    .where('state', '=', 'waiting')
    .execute()
}
