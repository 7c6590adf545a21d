import type { Temporal } from 'temporal-polyfill'
import { handOver } from '../../../boards/handover/store.js'
import type { Acting } from '../../../kernel/command.js'
import { boardDay } from '../../../meetings/rules.js'
import type { MotionFacts } from '../../facts.js'
import { followsFrom } from '../following.js'
import { type Removal, sameRemoval } from '../rules.js'
import { removableOn } from '../store.js'

/** What a vote on a removal came to. */
export interface Removed {
  /** by a resolution of the meeting */
  readonly resolved: boolean
  /** why what was carried does not bind, or was not counted */
  readonly why: string | null
  readonly at: Temporal.Instant
}

interface Following {
  /** what is said of it, a sentence each */
  readonly follows: readonly string[]
  /** leaves the office, in the same transaction, where they were removed from it and hold it still */
  leave(): Promise<void>
}

/** What follows from the vote on a removal: the office is left on the day on which it was carried. */
export async function removalFollows(
  acting: Acting,
  { motion, meeting }: Pick<MotionFacts, 'motion' | 'meeting'>,
  removal: Removal,
  { resolved, why, at }: Removed,
): Promise<Following> {
  const { db } = acting
  const day = boardDay(meeting.board, at)
  const holders = await removableOn(db, meeting.board.id, day)
  const held = holders.some((one) => sameRemoval(one, removal))
  return {
    follows: followsFrom(motion.terms, removal, { removed: resolved, why, held, holders }),
    async leave() {
      if (!resolved || !held) return
      const { office, person } = removal
      acting.did(await handOver(db, { board: meeting.board.id, office, to: null, from: person.id, day }))
    },
  }
}
