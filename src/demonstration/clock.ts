import { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../db/schema.js'
import type { Clock } from '../kernel/time.js'

export const STAMP = 'quorate demonstration'
/** No board meets later; and instants as text sort up to the year 9999 only. */
const LAST_YEAR = 2999
export const DEMONSTRATION_ZONE = 'Europe/London'

export interface DemonstrationClock extends Clock {
  /** Moves to an instant, and stays as far ahead over restarts. */
  moveTo(instant: Temporal.Instant): Promise<void>
}

/**
 * The board's clock of the demonstration: the system's, and as far ahead as it was moved.
 * @param start where it begins instead, until it is moved
 */
export async function demonstrationClock(
  db: Db,
  save: (aheadMs: number) => Promise<void>,
  systemClock: Clock,
  start: Temporal.Instant | null,
): Promise<DemonstrationClock> {
  const row = await db.selectFrom('demonstration').select('clock_ahead_ms').where('stamp', '=', STAMP).executeTakeFirst()
  let ahead = start === null ? Number(row?.clock_ahead_ms ?? 0) : start.since(systemClock.now()).total('milliseconds')
  const now = () => systemClock.now().add({ milliseconds: ahead })
  return {
    now,
    async moveTo(instant) {
      const moved = instant.epochMilliseconds - systemClock.now().epochMilliseconds
      await save(moved)
      ahead = moved
    },
  }
}

export const saveClock = async (tx: Tx, aheadMs: number): Promise<void> => {
  await tx.updateTable('demonstration').set({ clock_ahead_ms: aheadMs }).where('stamp', '=', STAMP).execute()
}

/** `2025-07-14T09:55` in the board's zone, or null when there is no such time that a board could mean. */
export function boardTime(text: string): Temporal.Instant | null {
  try {
    const time = Temporal.PlainDateTime.from(text)
    return time.year > LAST_YEAR ? null : time.toZonedDateTime(DEMONSTRATION_ZONE).toInstant()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
