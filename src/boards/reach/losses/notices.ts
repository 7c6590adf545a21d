import type { Temporal } from 'temporal-polyfill'
import { heldOn } from '../../../db/held.js'
import type { Tx } from '../../../db/schema.js'
import { dispatch } from '../../../kernel/notice.js'
import { dayOf } from '../../../kernel/time.js'
import { addressOf } from '../../../outbox/reach.js'
import type { Recipient } from '../../../outbox/recipient.js'
import { notify } from '../../../outbox/store.js'
import { findBoard } from '../../store.js'
import type { Told } from './rules.js'
import { lossOf } from './store.js'
import { lostCard } from './view.js'

/** To the clerk: who or which place is reached no more. Its subject is the loss. */
export const lostNotice = dispatch<Told>({
  name: 'boards.not_reached',
  load: (db, loss) => lossOf(db, loss),
  draw: lostCard,
})

/** In the order in which they are told in place of a clerk who is not reached. */
const OFFICES = [['clerk'], ['chair', 'co-chair'], ['vice-chair']] as const

/** Who hears of a board's losses: its clerks who are reached, else its chair, else its vice-chair; else the clerk, once there is one. */
export async function toHear(tx: Tx, board: string, now: Temporal.Instant): Promise<readonly Recipient[]> {
  const zone = (await findBoard(tx, board, now))?.board.zone ?? 'UTC'
  for (const offices of OFFICES) {
    const holders = await tx
      .selectFrom('office')
      .where('board_id', '=', board)
      .where('office', 'in', offices)
      .where(heldOn('office', dayOf(now, zone).toString()))
      .orderBy('from_day')
      .select('person_id')
      .execute()
    const reached: Recipient[] = []
    for (const { person_id: person } of holders) if (await addressOf(tx, person)) reached.push({ person })
    if (reached.length > 0) return reached
  }
  return [{ office: 'clerk' }]
}

/** Tells of a loss. */
export async function tellOfLoss(tx: Tx, { id, board }: { id: string; board: string }, now: Temporal.Instant): Promise<void> {
  const to = await toHear(tx, board, now)
  await notify(
    tx,
    to.map((one) => ({ notice: lostNotice, subject: id, board, to: one })),
  )
}
