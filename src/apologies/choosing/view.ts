import type { Named } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Field, Form } from '../../kernel/view.js'
import { meetingCalled, type Voice } from '../cast/rules.js'
import { choiceOf, MOST_CHOICES } from './rules.js'

/** Whom a seat may name: those of its list, anybody by name, or nobody where the terms allow none. */
export type Instead = { readonly list: readonly Named[] } | 'by name' | 'not allowed'

/** What is chosen where nobody comes instead. */
export const NOBODY = 'nobody'

/** "KCSP, Wednesday 16 December 2026"; of several seats with the body, and for another with their name. */
function labelOf(choice: Voice, choices: readonly Voice[]): string {
  const { meeting, right, body, representative } = choice
  if (right !== 'own') return `${meetingCalled(meeting)}: ${representative.name}, ${body}`
  const bodies = new Set(choices.flatMap((one) => (one.meeting === meeting ? [one.body] : [])))
  return bodies.size > 1 ? `${meetingCalled(meeting)}: ${body}` : meetingCalled(meeting)
}

function insteadField(instead: Instead): readonly Field[] {
  const asked = { name: 'substitute', label: 'Who comes instead?', optional: true as const }
  if (instead === 'not allowed') return []
  if (instead === 'by name')
    return [
      {
        ...asked,
        field: 'text',
        max: 200,
        oneLine: true,
        hint: 'By name, and of the same organisation. Leave it blank if nobody comes instead.',
      },
    ]
  return [
    {
      ...asked,
      field: 'choice',
      value: NOBODY,
      options: [
        { value: NOBODY, label: 'Nobody' },
        ...instead.list.slice(0, MOST_CHOICES - 1).map(({ id, name }) => ({ value: id, label: name })),
      ],
      hint: 'Somebody not on the list? Ask the clerk to add them.',
    },
  ]
}

/** Asks for which meeting, and who comes instead; the next meeting stands there already. */
export const apologiesForm = (choices: readonly Voice[], instead: Instead, audience: Audience): Form => ({
  title: 'Send apologies',
  audience,
  command: 'apologies.apologise',
  subject: 'apologies',
  intro: ['The clerk is told, and whoever comes instead.'],
  fields: [
    {
      field: 'choice',
      name: 'meeting',
      label: 'For which meeting?',
      options: choices.map((one) => ({ value: choiceOf(one), label: labelOf(one, choices) })),
      ...(choices[0] ? { value: choiceOf(choices[0]) } : {}),
    },
    ...insteadField(instead),
  ],
  submit: 'Send apologies',
  inWords: 'apologies for the next meeting, NAME will substitute',
})
