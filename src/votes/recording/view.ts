import type { Audience } from '../../kernel/audience.js'
import type { Field, Form } from '../../kernel/view.js'
import type { MotionFacts } from '../facts.js'
import { itemNumber } from '../motion.js'
import type { Voter } from '../roll.js'
import type { Choice } from '../rules.js'

/** The form in which the clerk records votes that were told to them: of one on the telephone, or a whole show of hands. */
export const handsForm = (
  { motion, seats }: Pick<MotionFacts, 'motion' | 'seats'>,
  toRecord: readonly { readonly voter: Voter; readonly recorded: Choice | null }[],
  audience: Audience,
): Form => ({
  title: `Record votes on ${itemNumber(motion)}`,
  audience,
  command: 'votes.record',
  subject: motion.id,
  intro: [
    'Each as you were told it, or saw it. They are marked as recorded by you, and count once the person presiding has countersigned them. What somebody has cast themselves stands.',
  ],
  fields: toRecord.map(
    ({ voter: { voter, seat, person }, recorded }): Field => ({
      field: 'choice',
      name: voter,
      label: `${seats.get(seat)?.body ?? ''}, ${person.name}`.slice(0, 150),
      value: recorded ?? 'none',
      options: [
        { value: 'none', label: 'Not recorded' },
        { value: 'for', label: 'For' },
        { value: 'against', label: 'Against' },
        { value: 'abstain', label: 'Abstains' },
      ],
    }),
  ),
  submit: 'Record',
  inWords: 'record NAME for (or against, or abstaining)',
})
