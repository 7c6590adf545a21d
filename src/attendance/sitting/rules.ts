import type { Temporal } from 'temporal-polyfill'
import type { Terms } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Called } from '../../meetings/rules.js'
import type { Entry } from '../ledger.js'

const OPENS_BEFORE = { minutes: 60 }

/** From when a meeting can be opened. */
export const opensFrom = ({ startsAt }: Pick<Called, 'startsAt'>): Temporal.Instant => startsAt.subtract(OPENS_BEFORE)

/** What the person presiding says of a meeting: without its quorum it waits, adjourns or goes on informally. */
export type Proceeding = 'waits' | 'informal' | 'adjourned' | 'resumed'

/**
 * Whether a meeting may go on so.
 * @throws Refusal `conflict` where it does so already or is quorate; `not_quorate`, with the clause, for what needs a quorum
 */
export function mayProceed(
  how: Proceeding,
  { state, verdict }: Pick<Entry, 'state' | 'verdict'>,
  { quorum }: Pick<Terms, 'quorum'>,
): void {
  if (how === 'waits' || how === 'informal') {
    if (verdict === 'quorate')
      throw new Refusal(
        'conflict',
        'The meeting is quorate: it need not wait, nor go on informally. Go on with the agenda.',
        quorum.clause,
      )
    if (state === 'adjourned') throw new Refusal('conflict', 'The meeting is adjourned. Say “resume the meeting” first.')
    return
  }
  if (how === 'adjourned') return
  if (state === 'in session') throw new Refusal('conflict', 'The meeting is in session already.')
  if (state !== 'adjourned' && verdict === 'inquorate')
    throw new Refusal(
      'not_quorate',
      'The meeting has no quorum yet. Wait for it, adjourn, or go on informally with recommendations for a later meeting.',
      quorum.clause,
    )
}
