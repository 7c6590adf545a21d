import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, fromText } from '../kernel/time.js'
import { recordTick, ticked } from './store.js'

/**
 * Asks every reminder what fell due since it was last asked, and queues it, and every live notice what time alone has
 * changed, and has it drawn anew; repeated, it changes nothing.
 * A first tick begins at the present: nothing of the past falls due in a new database.
 */
export async function tick(
  { reading, writer, notices }: { reading: Db; writer: Writer; notices: readonly Notice[] },
  clock: Clock,
): Promise<void> {
  const until = clock.now()
  const asked = await ticked(reading)
  for (const notice of notices) {
    if (notice.kind === 'dispatch') continue
    const last = asked.get(notice.name)
    const window = last === undefined ? null : { from: fromText(last), until }
    const due = window && notice.due ? await notice.due(reading, window) : []
    const turned = window && notice.turns ? await notice.turns(reading, window) : []
    await writer.write((tx) => recordTick(tx, notice, { due, turned }, until))
  }
}
