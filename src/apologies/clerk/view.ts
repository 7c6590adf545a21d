import type { Audience } from '../../kernel/audience.js'
import type { Form } from '../../kernel/view.js'
import { type Meeting, meetingTime } from '../../meetings/rules.js'
import type { AnsweredSeat } from '../rules.js'

/** The clerk's answer for somebody. */
export const answerForm = (meeting: Meeting, seats: readonly AnsweredSeat[], audience: Audience): Form => ({
  title: 'Answer for somebody',
  audience,
  command: 'apologies.answer_for',
  subject: meeting.id,
  intro: [`For the meeting of ${meetingTime(meeting)}. Whoever holds the seat is told, and that it was you who said so.`],
  fields: [
    {
      field: 'choice',
      name: 'holding',
      label: 'For which seat?',
      options: seats.map(({ id, organisation, representative }) => ({
        value: `${id} ${representative?.id ?? ''}`,
        label: `${representative?.name ?? ''}, ${organisation.name}`,
      })),
    },
    {
      field: 'choice',
      name: 'answer',
      label: 'What do they answer?',
      options: [
        { value: 'attends', label: 'They will be there' },
        { value: 'apologies', label: 'Apologies, no substitute named' },
        ...(meeting.terms.substitutes.allowed ? [{ value: 'substitute', label: 'Apologies, with a substitute' }] : []),
      ],
    },
    ...(meeting.terms.substitutes.allowed
      ? [
          {
            field: 'text' as const,
            name: 'substitute',
            label: 'Who comes instead?',
            max: 200,
            oneLine: true as const,
            optional: true as const,
            hint: 'By name. Somebody new is recorded too, and waits for you to confirm them.',
          },
        ]
      : []),
  ],
  submit: 'Answer',
  inWords: `apologies from ${seats[0]?.representative?.name ?? 'NAME'}, NAME will substitute`,
})
