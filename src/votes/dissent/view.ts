import type { Audience } from '../../kernel/audience.js'
import type { Form } from '../../kernel/view.js'
import { type Called, meetingTime } from '../../meetings/rules.js'
import { itemNumber, type Motion } from '../motion.js'

export const LONGEST_WHY = 500

export const dissentForm = (motion: Motion, meeting: Called, audience: Audience): Form => ({
  title: `I do not agree: ${itemNumber(motion)}`,
  audience,
  command: 'votes.dissent',
  subject: motion.id,
  intro: [
    `For the meeting of ${meetingTime(meeting)}. The person presiding hears it before anything is decided: it is discussed, deferred, or recorded.`,
  ],
  fields: [
    {
      field: 'text',
      name: 'why',
      label: 'Why',
      hint: 'It stands in the record, if your dissent is recorded.',
      max: LONGEST_WHY,
      optional: true,
    },
  ],
  submit: 'I do not agree',
  inWords: `I do not agree with ${itemNumber(motion)} because WHY`,
})
