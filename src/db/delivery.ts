import type { Temporal } from 'temporal-polyfill'
import type { From } from '../kernel/actor.js'
import { type AllTheSame, type Clause, Doubt, Refusal, type RefusalCode } from '../kernel/refusal.js'
import { toText } from '../kernel/time.js'
import type { Tx } from './schema.js'

/** How long a repeat is known, in hours: seven days. */
const KEPT = { hours: 7 * 24 }

/** A delivery and what came of it: enough to answer a repeat as things stand then. */
export interface Delivered {
  readonly from: From
  /** the platform's */
  readonly id: string
  readonly command: string
  readonly subject: string
  /** null: it was done */
  readonly refusal: Refusal | null
  /** system clock */
  readonly at: Temporal.Instant
}

interface KeptRefusal {
  readonly code: RefusalCode
  readonly sentence: string
  readonly clause?: Clause
  readonly fields?: Readonly<Record<string, string>>
  readonly allTheSame?: AllTheSame
  readonly instead?: AllTheSame
}

function textOf(refusal: Refusal): string {
  const { code, sentence, clause, fields } = refusal
  const doubted =
    refusal instanceof Doubt ? { allTheSame: refusal.allTheSame, ...(refusal.instead ? { instead: refusal.instead } : {}) } : {}
  const kept: KeptRefusal = { code, sentence, ...(clause ? { clause } : {}), ...(fields ? { fields } : {}), ...doubted }
  return JSON.stringify(kept)
}

function refusalFrom(text: string): Refusal {
  const { code, sentence, clause, fields, allTheSame, instead } = JSON.parse(text) as KeptRefusal
  return allTheSame ? new Doubt(sentence, allTheSame, instead) : new Refusal(code, sentence, clause, fields)
}

/** Keeps what came of a delivery under its sender and id. @returns false when it was there already */
export async function keepDelivery(tx: Tx, { from, id, command, subject, refusal, at }: Delivered): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery')
    .values({
      platform: from.platform,
      workspace: from.workspace,
      user_id: from.user,
      id,
      command,
      subject,
      outcome: refusal ? 'refused' : 'done',
      refusal: refusal && textOf(refusal),
      at: toText(at),
    })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** What came of a delivery that is known. */
export async function earlierDelivery(
  tx: Tx,
  from: From,
  id: string,
): Promise<Pick<Delivered, 'command' | 'subject' | 'refusal'>> {
  const { command, subject, refusal } = await tx
    .selectFrom('delivery')
    .select(['command', 'subject', 'refusal'])
    .where('platform', '=', from.platform)
    .where('workspace', '=', from.workspace)
    .where('user_id', '=', from.user)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { command, subject, refusal: refusal === null ? null : refusalFrom(refusal) }
}

/** Forgets what is older than any platform repeats. */
export async function forgetDeliveries(tx: Tx, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('delivery')
    .where('at', '<', toText(now.subtract(KEPT)))
    .execute()
}
