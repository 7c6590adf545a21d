import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, fromText } from '../kernel/time.js'
import { recordTick, ticked } from './store.js'

/**
 * Asks every reminder what fell due since it was last asked, and queues it; repeated, it changes nothing.
 * A first tick begins at the present: nothing of the past falls due in a new database.
 */
export async function tick(
  { reading, writer, notices }: { reading: Db; writer: Writer; notices: readonly Notice[] },
  clock: Clock,
): Promise<void> {
  const until = clock.now()
  const asked = await ticked(reading)
  for (const notice of notices) {
    if (!notice.due) continue
    const last = asked.get(notice.name)
    const fallen = last === undefined ? [] : await notice.due(reading, { from: fromText(last), until })
    await writer.write((tx) => recordTick(tx, notice, fallen, until))
  }
}
