import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Entry, Facts } from '../../attendance/ledger.js'
import type { Terms } from '../../boards/terms.js'
import { personOf } from '../../kernel/actor.js'
import type { Acted, Acting } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { toText } from '../../kernel/time.js'
import { type OnItem, shownNow, shownTo } from '../command.js'
import { countFor, countOnly } from '../facts.js'
import type { Motion } from '../motion.js'
import { postMotion, turnMotion } from '../notices.js'
import { LONGEST_VOTE } from '../poll/view.js'
import { rollAt } from '../roll.js'
import { voteRuleOf } from '../rules.js'
import { addVote } from '../store.js'

/** For how long a vote stays open, as it is filled in; null: at no time of its own. */
export const minutes = z
  .string()
  .regex(/^\s*\d{0,4}\s*$/, 'Say a whole number of minutes, such as 5.')
  .transform((said) => (said.trim() === '' ? null : Number(said)))
  .refine(
    (count) => count === null || (count >= 1 && count <= LONGEST_VOTE),
    `Say a number of minutes from 1 to ${LONGEST_VOTE}, or leave it blank.`,
  )
  .optional()

/** How a vote is opened, as it is filled in. */
export const OPENING = {
  minutes,
  ends: z.enum(['all', 'hand']).default('all'),
  tally: z.enum(['shown', 'hidden']).default('shown'),
  byAgreement: z.enum(['yes', 'no']).optional(),
}

export interface Opening {
  readonly minutes?: number | null | undefined
  readonly ends: 'all' | 'hand'
  readonly tally: 'shown' | 'hidden'
}

/** @throws Refusal `conflict` where nobody is there who may vote */
export function mustHaveVoters(facts: Facts, terms: Terms, item: string, now: Temporal.Instant): void {
  if (rollAt(facts, terms, item, now, now).length === 0)
    throw new Refusal(
      'conflict',
      'Nobody who may vote is marked as here. Mark who is here first.',
      voteRuleOf(terms).basis.clause,
    )
}

/** The room in which a vote is opened, under the terms to which its motion is bound. */
type Room = Pick<OnItem, 'now' | 'pass'> & { readonly facts: Facts; readonly entry: Entry }

/** Opens a vote on a motion: everybody who may vote is asked, and the quorum is kept as it stands. */
export async function openVote(acting: Acting, room: Room, motion: Motion, how: Opening): Promise<Acted> {
  const { db, actor } = acting
  const { facts, entry, now } = room
  const { item, terms } = motion
  await addVote(db, motion.id, {
    openedAt: now,
    closesAt: how.minutes ? now.add({ minutes: how.minutes }) : null,
    byHand: how.ends === 'hand',
    hidden: how.tally === 'hidden',
    byAgreement: !voteRuleOf(terms).provided,
    quorumOpen: countOnly(countFor(entry, item.id)),
    by: personOf(actor),
  })
  await postMotion(db, await shownNow(acting, motion.id))
  await turnMotion(db, motion.id, [])
  const voters = rollAt(facts, terms, item.id, now, now).map(({ voter }) => voter)
  const outcome = { motion: motion.id, opened: toText(now), voters, terms: motion.termsId }
  return { reply: await shownTo(acting, motion.id, room.pass), outcome }
}
