import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { thereAt } from '../../attendance/ledger.js'
import { placeOf } from '../../attendance/room.js'
import type { Spell } from '../../attendance/rules.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { act, formReply, query } from '../../kernel/command.js'
import { MotionId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { type OnMotion, ofMotions, shownTo } from '../command.js'
import { calledIn } from '../motion.js'
import { turnMotion } from '../notices.js'
import { withdrawnFor } from '../roll.js'
import { addDissent } from '../store.js'
import { dissentForm, LONGEST_WHY } from './view.js'

const NO_MEMBER =
  'Only who sits for a member has a say in what the board decides. Tell the person presiding what you think; they may invite you to speak.'

/**
 * The member's seat for which somebody is there: whose disagreement is a dissent.
 * @throws Refusal `not_permitted` for an invitee, `conflict` for who is not there or has withdrawn for the item
 */
function seatOf({ facts, now, motion, ...room }: OnMotion, person: string, name: string): string {
  const there = thereAt(facts, now, now)
  const theirs = there.filter((spell) => spell.person.id === person)
  if (theirs.length === 0)
    throw new Refusal('conflict', `${name} is not marked as here. Mark that they are here first; then say it again.`)
  // A deputy beside the holder or the substitute speaks for nobody.
  const speaks = (spell: Spell) => spell.capacity !== 'deputy' || there.find(({ seat }) => seat === spell.seat)?.id === spell.id
  const sits = theirs.find(
    (spell) => spell.seat !== null && speaks(spell) && placeOf({ ...room, facts, now }, spell.seat)?.invited === false,
  )
  if (!sits?.seat) throw new Refusal('not_permitted', NO_MEMBER)
  if (withdrawnFor(facts, motion.item.id, now).has(person))
    throw new Refusal('conflict', `${name} has withdrawn for ${calledIn(motion.item)}, and has no say in it.`)
  return sits.seat
}

/** Whose it is: one's own, or where the clerk records it that of whom they name. */
function whose({ clerk, facts }: OnMotion, actor: { person: string; name: string }, named: string | undefined) {
  if (named === undefined || named === actor.person) return { id: actor.person, name: actor.name }
  if (!clerk) throw new Refusal('not_permitted', 'Only the clerk records what others say. Ask them to say it themselves.')
  const found = facts.spells.find(({ person }) => person.id === named)
  if (!found) throw new Refusal('not_found', 'Nobody of that name is marked as here. Mark that they are here first.')
  return found.person
}

/** A member does not agree: it is heard before anything is decided, and recorded if they wish it. */
export const dissent = act({
  ...ofMotions,
  name: 'votes.dissent',
  allow: () => true,
  input: z.object({
    subject: MotionId,
    why: z.string().trim().max(LONGEST_WHY, `Shorten it to ${LONGEST_WHY} characters.`).optional(),
    person: PersonId.optional(),
  }),
  // Why may say what stands in a restricted paper: the record keeps it, and the journal does not.
  journaled: ({ subject, person }) => ({ subject, person }),
  async run(acting, { why, person: named }, seen) {
    mustBeOpen(seen)
    const { db, actor } = acting
    const { motion, pass, now } = seen
    if (motion.state === 'withdrawn' || motion.state === 'deferred')
      throw new Refusal(
        'conflict',
        `That motion on ${calledIn(motion.item)} is ${motion.state}: there is nothing to disagree with.`,
      )
    const person = whose(seen, actor, named)
    const seat = seatOf(seen, person.id, person.name)
    const before = motion.dissents.find((one) => one.person.id === person.id)
    if (before && (why === undefined || before.why === why))
      return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    await addDissent(db, motion.id, {
      person: person.id,
      seat,
      stands: true,
      why: why || null,
      at: now,
      by: personOf(actor),
    })
    await turnMotion(db, motion.id, [person.id])
    const said = motion.state === 'decided' ? 'The dissent is recorded beside the decision.' : 'The dissent is noted.'
    return { reply: await shownTo(acting, motion.id, pass, said), outcome: { dissents: person.id, seat } }
  },
})

export const dissentAsk = query({
  ...ofMotions,
  name: 'votes.dissent_form',
  allow: () => true,
  input: z.object({ subject: MotionId }),
  async run({ actor }, _, { motion, meeting }) {
    return formReply(dissentForm(motion, meeting, audienceOf(actor)))
  },
})

/** Who did not agree is content after all; what they said before is kept. */
export const content = act({
  ...ofMotions,
  name: 'votes.content',
  allow: () => true,
  input: z.object({ subject: MotionId, person: PersonId.optional() }),
  async run(acting, { person: named }, seen) {
    mustBeOpen(seen)
    const { db, actor } = acting
    const { motion, pass, now } = seen
    const person = whose(seen, actor, named)
    const stands = motion.dissents.find((one) => one.person.id === person.id)
    if (!stands) return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    if (motion.state === 'decided')
      throw new Refusal('too_late', 'It is decided, and the dissent stands in the record. Say it to the clerk for the notes.')
    const { seat } = stands
    await addDissent(db, motion.id, { person: person.id, seat, stands: false, why: null, at: now, by: personOf(actor) })
    await turnMotion(db, motion.id, [person.id])
    return { reply: await shownTo(acting, motion.id, pass), outcome: { content: person.id } }
  },
})
