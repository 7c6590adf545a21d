import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import { Refusal } from '../../kernel/refusal.js'
import type { Conduct, Interest } from '../room.js'

/** What somebody says that they do: `withdraws` when the item is reached, or `withdraws now`. */
export type Does = 'stays' | 'speaks' | 'withdraws' | 'withdraws now'

const CONDUCTS: Readonly<Record<Does, Conduct>> = {
  stays: 'stayed',
  speaks: 'spoke',
  withdraws: 'withdrew',
  'withdraws now': 'withdrew',
}

interface Declared {
  readonly item: string
  readonly person: Named
  readonly nature: string
  readonly does: Does
}

/** An interest as it stands after it was declared; declared again for the same item it stands as it was said last. */
export function declare(
  interests: readonly Interest[],
  { item, person, nature, does }: Declared,
  now: Temporal.Instant,
  newId: () => string,
): Interest {
  const before = interests.find((one) => one.item === item && one.person.id === person.id)
  const out = before !== undefined && isOut(before)
  const withdraws = does === 'withdraws now'
  return {
    id: before?.id ?? newId(),
    item,
    person,
    nature,
    conduct: CONDUCTS[does],
    withdrewAt: withdraws && !out ? now : (before?.withdrewAt ?? null),
    returnedAt: withdraws ? null : out ? now : (before?.returnedAt ?? null),
  }
}

/** They have withdrawn for the item, and have not returned. */
export const isOut = ({ withdrewAt, returnedAt }: Interest): boolean => withdrewAt !== null && returnedAt === null

/** They withdraw now. @returns null where they have already */
export const withdraw = (interest: Interest, now: Temporal.Instant): Interest | null =>
  isOut(interest) ? null : { ...interest, conduct: 'withdrew', withdrewAt: now, returnedAt: null }

/**
 * They return.
 * @returns null where they have already
 * @throws Refusal `conflict` for who has not withdrawn
 */
export function comeBack(interest: Interest, now: Temporal.Instant): Interest | null {
  if (interest.withdrewAt === null)
    throw new Refusal('conflict', `${interest.person.name} has not withdrawn for that item. Say “interests” to see who has.`)
  return interest.returnedAt ? null : { ...interest, returnedAt: now }
}
