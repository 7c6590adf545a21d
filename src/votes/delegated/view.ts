import type { Board } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, clauseNote, type Form, note, text } from '../../kernel/view.js'
import { contentFor, type Decision, decisionName } from '../register/rules.js'
import { pressDecision } from '../view.js'

/** Characters of what occasioned it, and of who was consulted. */
export const LONGEST_OCCASION = 500

/** The form in which a decision taken between meetings is entered: only what the terms delegate. */
export const delegatedForm = (board: Board, delegated: Terms['delegated'], audience: Audience): Form => ({
  title: `A decision between meetings: ${board.shortName}`,
  audience,
  command: 'votes.delegate',
  subject: board.id,
  intro: [
    ...delegated.map(
      ({ to, when, consulting }) => `The ${to} decides on behalf of the board when ${when}, in consultation with ${consulting}. `,
    ),
    'It is reported to the next meeting.',
  ],
  fields: [
    ...(delegated.length > 1
      ? [
          {
            field: 'choice' as const,
            name: 'under',
            label: 'By whom?',
            options: delegated.map(({ to }, at) => ({ value: String(at), label: to })),
          },
        ]
      : []),
    { field: 'text', name: 'text', label: 'What is decided: that …', max: 5_000 },
    { field: 'text', name: 'trigger', label: 'What makes it necessary now?', max: LONGEST_OCCASION },
    { field: 'text', name: 'consulted', label: 'Who was consulted, and how?', max: LONGEST_OCCASION },
  ],
  submit: 'Enter the decision',
  inWords: 'record a decision between meetings',
})

/** What the officers are told of a decision that was taken between meetings. */
export function betweenCard(board: Board, decision: Decision, audience: Audience): Card {
  // What is decided for the board between its meetings is of no restricted item.
  const content = contentFor(decision, null)
  const [rest] = content?.account.rests ?? []
  return {
    title: `${decisionName(decision)}, between meetings: ${board.shortName}`,
    audience,
    body: [
      ...(content?.words.split('\n').map((line) => text(line)) ?? []),
      ...(rest?.clause ? [clauseNote(rest.clause)] : []),
      note('It is reported to the next meeting: it stands on its agenda, and on the card of its business.'),
      buttons(pressDecision(decision, 'votes.decision', 'The whole entry')),
    ],
  }
}
