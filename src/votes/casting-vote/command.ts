import { z } from 'zod'
import { mustBeOpen } from '../../attendance/command.js'
import { act } from '../../kernel/command.js'
import { MotionId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { castVote } from '../closing/command.js'
import { ofMotions, shownNow, shownTo } from '../command.js'
import { castingBy, OFFICES } from '../facts.js'
import { calledIn } from '../motion.js'
import { mustSit } from '../poll/casting.js'
import { mustNotBeTheirs } from '../removal/rules.js'
import { voteRuleOf } from '../rules.js'

/** The second or casting vote of the chair, or of who presides with the chair's powers; it needs no first vote. */
export const casting = act({
  ...ofMotions,
  name: 'votes.casting',
  allow: () => true,
  input: z.object({
    subject: MotionId,
    choice: z.enum(['for', 'against'], 'Say “for” or “against”: nobody abstains with a casting vote.'),
  }),
  async run(acting, { choice }, seen) {
    const { motion, pass } = seen
    const { vote, terms } = motion
    const number = calledIn(motion.item)
    if (vote?.casting && vote.casting.person.id === acting.actor.person && vote.casting.choice === choice)
      return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
    if (vote?.state !== 'equal')
      throw new Refusal('conflict', `The vote on ${number} does not wait for a casting vote. Say “business” for how it stands.`)
    mustBeOpen(seen)
    const shown = await shownNow(acting, motion.id)
    mustSit(shown)
    mustNotBeTheirs(motion.removes, acting.actor.person)
    const rule = voteRuleOf(terms)
    const caster = castingBy(shown.entry.presiding, terms)
    if (!caster || caster.person.id !== acting.actor.person)
      throw new Refusal(
        'not_permitted',
        'The casting vote is that of the person presiding alone, with the chair’s powers. Ask them.',
        rule.basis.clause,
      )
    const closed = await castVote(acting, shown, { person: caster.person, office: OFFICES[caster.as], choice, at: shown.now })
    return { reply: await shownTo(acting, motion.id, pass), outcome: { casting: choice, office: caster.as, ...closed } }
  },
})
