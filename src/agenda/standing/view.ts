import type { Board } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, type Field, type Form, heading, type Node, note, table, text } from '../../kernel/view.js'
import { itemFields } from '../items/view.js'
import { LONGEST_TITLE, LONGEST_WHY } from '../rules.js'
import type { BoardItem, BoardSection } from './rules.js'

/** The sections and standing items of a board, with the decisions that set them. */
export function standingCard(
  board: Board,
  sections: readonly BoardSection[],
  items: readonly BoardItem[],
  terms: Terms,
  may: { readonly change: boolean },
  audience: Audience,
): Card {
  return {
    title: `Sections and standing items: ${board.shortName}`,
    audience,
    body: [
      ...sections.flatMap(({ letter, title, restricted, decision }): readonly Node[] => {
        const standing = items.filter((item) => item.letter === letter)
        return [
          heading(`${letter}. ${title}${restricted ? ' (restricted)' : ''}`),
          note(`Set by: ${decision}`),
          ...(standing.length > 0
            ? [
                table(
                  ['Item', 'Set by'],
                  standing.map((item) => [[item.title], [item.decision]]),
                ),
              ]
            : []),
        ]
      }),
      ...(sections.length === 0 ? [text('The board has set none of its own. Its agendas are drafted as is customary.')] : []),
      ...basisNotes(terms.agenda.standingItems),
      ...(may.change
        ? [
            buttons(
              { command: 'agenda.standing_form', subject: board.id, label: 'Add a standing item' },
              ...(items.length > 0
                ? [{ command: 'agenda.end_standing_form', subject: board.id, label: 'End a standing item' }]
                : []),
              { command: 'agenda.section_form', subject: board.id, label: 'Set a section' },
            ),
          ]
        : []),
    ],
  }
}

const DECISION: Field = {
  field: 'text',
  name: 'decision',
  label: 'By which decision?',
  max: LONGEST_WHY,
  hint: 'As the notes have it: “RESOLVED that …, 25 March 2026, item C2”.',
}

export const standingForm = (board: Board, sections: readonly BoardSection[], audience: Audience): Form => ({
  title: 'Add a standing item',
  audience,
  command: 'agenda.add_standing',
  subject: board.id,
  intro: ['It stands on every agenda that is drafted from now on.'],
  fields: [
    ...itemFields(null, null).filter(({ name }) => name !== 'presenter'),
    {
      field: 'choice',
      name: 'letter',
      label: 'Section',
      options: sections.map(({ letter, title }) => ({ value: letter, label: `${letter}. ${title}` })),
    },
    DECISION,
  ],
  submit: 'Add it',
  inWords: 'add standing item TITLE to C: RESOLVED that …',
})

export const endStandingForm = (board: Board, items: readonly BoardItem[], audience: Audience): Form => ({
  title: 'End a standing item',
  audience,
  command: 'agenda.end_standing',
  subject: board.id,
  intro: ['Agendas that are drafted already keep it.'],
  fields: [
    {
      field: 'choice',
      name: 'item',
      label: 'Item',
      options: items.map(({ id, letter, title }) => ({ value: id, label: `${letter}: ${title}` })),
    },
    DECISION,
  ],
  submit: 'End it',
  inWords: 'end standing item TITLE: RESOLVED that …',
})

export const sectionForm = (board: Board, audience: Audience): Form => ({
  title: 'Set a section',
  audience,
  command: 'agenda.set_section',
  subject: board.id,
  intro: ['A letter that is taken gets the new title. Agendas that are drafted already keep theirs.'],
  fields: [
    { field: 'text', name: 'letter', label: 'Letter', max: 1 },
    { field: 'text', name: 'title', label: 'Title', max: LONGEST_TITLE },
    {
      field: 'choice',
      name: 'restricted',
      label: 'Open to the press and public?',
      value: 'no',
      options: [
        { value: 'no', label: 'Open' },
        { value: 'yes', label: 'Closed: its titles are printed, its papers are not' },
      ],
    },
    DECISION,
  ],
  submit: 'Set it',
  inWords: 'set section B to Matters for Decision: RESOLVED that …',
})
