import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import { hourInWords } from '../../kernel/time.js'
import type { Called } from '../../meetings/rules.js'
import { isOut } from '../interests/rules.js'
import { type Entry, rosterAt, thereAt } from '../ledger.js'
import { placeOf, type Room } from '../room.js'

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
  if (state !== 'adjourned' && verdict === 'inquorate')
    throw new Refusal(
      'not_quorate',
      'The meeting has no quorum yet. Wait for it, adjourn, or go on informally with recommendations for a later meeting.',
      quorum.clause,
    )
}

/**
 * Whether somebody may preside: who is there for a member, or holds an office of the board other than the clerk's, and
 * has not withdrawn for an item.
 * @throws Refusal `conflict` for who is not there or is out for an item, `not_permitted` for who sits for no member
 */
export function mayPreside(room: Room, person: Named, { presiding }: Pick<Terms, 'presiding'>): void {
  const { facts, now } = room
  const there = thereAt(facts, now, now).filter((spell) => spell.person.id === person.id)
  if (there.length === 0) throw new Refusal('conflict', `${person.name} is not marked as here. Mark that they are here first.`)
  const sits = there.some(({ seat }) => placeOf(room, seat)?.invited === false)
  const holds = rosterAt(facts, now).offices.some((one) => one.person.id === person.id && one.office !== 'clerk')
  const out = room.interests.some((interest) => interest.person.id === person.id && isOut(interest))
  if ((sits || holds) && out)
    throw new Refusal(
      'conflict',
      `${person.name} has withdrawn for an item, and cannot preside until they return. Say “interests” and mark that they return, or choose another member who is here.`,
    )
  if (sits || holds) return
  const sentence = `${person.name} has no member’s seat at this board. Choose one of its members who is here.`
  throw new Refusal('not_permitted', sentence, presiding.clause)
}

/** @throws Refusal `invalid` for an hour of today that has passed */
export function mustBeAhead({ facts, now }: Pick<Room, 'facts' | 'now'>, until: string): void {
  const hour = /^until (\d\d:\d\d)$/.exec(until)?.[1]
  if (hour === undefined || hour > hourInWords(now, facts.zone)) return
  throw new Refusal(
    'invalid',
    `It is ${hourInWords(now, facts.zone)}: ${hour} has passed. Say until when it is adjourned, or say the day.`,
  )
}
