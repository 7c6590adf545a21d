import type { Audience } from '../../kernel/audience.js'
import type { Pass } from '../../kernel/restricted.js'
import { buttons, type Card, type Field, type Form, facts, type Node, note, text } from '../../kernel/view.js'
import { type Called, meetingDay, meetingTime } from '../../meetings/rules.js'
import { type Agenda, type Item, itemsOf, LONGEST_TITLE, LONGEST_WHY, numberOf, titleFor, UNLISTED } from '../rules.js'
import { UNLISTED_TITLE } from '../view.js'

const FORMS: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'paper', label: 'A paper' },
  { value: 'verbal', label: 'Verbal' },
  { value: 'presentation', label: 'A presentation' },
  { value: 'to follow', label: 'A paper to follow' },
]
const PURPOSES: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'decision', label: 'For decision' },
  { value: 'information', label: 'For information' },
]

/** What is asked of every item. */
export const itemFields = (
  item: Item | null,
  pass: Pass | null,
  title = item ? titleFor(item.title, pass) : null,
): readonly Field[] => [
  {
    field: 'text',
    name: 'title',
    label: 'Title',
    max: LONGEST_TITLE,
    oneLine: true,
    ...(title === null ? {} : { value: title }),
    hint: 'As the front sheet prints it. It is public, unless the item is not on the public agenda.',
  },
  { field: 'choice', name: 'form', label: 'How it comes', options: FORMS, value: item?.form ?? 'paper' },
  {
    field: 'choice',
    name: 'purpose',
    label: 'What for',
    options: PURPOSES,
    optional: true,
    ...(item?.purpose ? { value: item.purpose } : {}),
  },
  {
    field: 'text',
    name: 'presenter',
    label: 'Who presents it',
    max: 120,
    optional: true,
    ...(item?.presenter ? { value: item.presenter } : {}),
  },
]

/** What is asked of a proposal; @param title what stands there already, if anything */
export const proposalFields = (title: string): readonly Field[] => [
  ...itemFields(null, null, title === '' ? null : title),
  { field: 'text', name: 'why', label: 'Why', max: LONGEST_WHY, optional: true },
]

export const proposeForm = (meeting: Called, title: string, audience: Audience): Form => ({
  title: 'Propose an item',
  audience,
  command: 'agenda.propose',
  subject: meeting.id,
  intro: [`For the agenda of ${meetingTime(meeting)}. The clerk places it and tells you.`],
  fields: proposalFields(title),
  submit: 'Propose it',
  inWords: 'propose an item: TITLE',
})

const sectionField = (agenda: Agenda, value: string | null): Field => ({
  field: 'choice',
  name: 'letter',
  label: 'Section',
  options: [
    ...agenda.sections.map(({ letter, title, restricted }) => ({
      value: letter,
      label: `${letter}. ${title}${restricted ? ' (closed to the public; the title is printed)' : ''}`,
    })),
    { value: UNLISTED, label: `${UNLISTED}. ${UNLISTED_TITLE} (members and officers alone see that it is there)` },
  ],
  ...(value ? { value } : {}),
})

/** Asks where an item goes. */
export const placeForm = (item: Item, agenda: Agenda, pass: Pass | null, audience: Audience): Form => ({
  title: item.state === 'proposed' ? 'Place the item' : 'Move the item',
  audience,
  command: 'agenda.place',
  subject: item.id,
  intro: [{ strong: titleFor(item.title, pass) ?? '' }],
  fields: [
    sectionField(agenda, item.letter),
    {
      field: 'text',
      name: 'number',
      label: 'Number in the section',
      max: 3,
      optional: true,
      ...(item.number ? { value: String(item.number) } : {}),
      hint: 'Blank: after the others.',
    },
    ...(agenda.state === 'agreed'
      ? [
          {
            field: 'text' as const,
            name: 'reason',
            label: 'The chair’s reason',
            max: LONGEST_WHY,
            hint: 'The agenda is agreed: this is a late item. Why it cannot wait is printed.',
          },
        ]
      : []),
  ],
  submit: item.state === 'proposed' ? 'Place it' : 'Move it',
  inWords: 'place P1 in B, or move B4 to B2',
})

export const changeForm = (item: Item, pass: Pass | null, audience: Audience): Form => ({
  title: `Change ${numberOf(item) ?? 'the item'}`,
  audience,
  command: 'agenda.change',
  subject: item.id,
  intro: ['What you change shows at once.'],
  fields: [
    ...itemFields(item, pass),
    {
      field: 'text',
      name: 'pages',
      label: 'Pages in the pack',
      max: 20,
      optional: true,
      ...(item.pages ? { value: `${item.pages.first} to ${item.pages.last}` } : {}),
      hint: 'As in “9 to 20”.',
    },
  ],
  submit: 'Change it',
  inWords: 'B1 is a paper for decision, pages 9 to 20, by Ms S Brinson',
})

/** Which item is to be changed. */
export function editCard(meeting: Called, agenda: Agenda, pass: Pass | null, audience: Audience): Card {
  const items = [...agenda.sections.map(({ letter }) => letter), UNLISTED]
    .flatMap((letter) => itemsOf(agenda, letter))
    .filter(({ state }) => state === 'placed')
  return {
    title: `Change items: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      items.length === 0 ? text('There is nothing on the agenda.') : note('Titles and numbers stand once the agenda is agreed.'),
      ...items.flatMap((item): readonly Node[] => {
        const number = numberOf(item) ?? ''
        return [
          text({ strong: number }, `  ${titleFor(item.title, pass) ?? ''}`),
          buttons(
            { command: 'agenda.change_form', subject: item.id, label: 'Change', spoken: `Change ${number}` },
            ...(agenda.state === 'draft'
              ? [{ command: 'agenda.place_form', subject: item.id, label: 'Move', spoken: `Move ${number}` }]
              : []),
            { command: 'agenda.withdraw_form', subject: item.id, label: 'Withdraw', spoken: `Withdraw ${number}` },
          ),
        ]
      }),
    ],
  }
}

const whyForm = (
  command: string,
  item: Item,
  pass: Pass | null,
  words: { title: string; submit: string; label: string; inWords: string },
  audience: Audience,
): Form => ({
  title: words.title,
  audience,
  command,
  subject: item.id,
  intro: [{ strong: [numberOf(item), titleFor(item.title, pass)].filter(Boolean).join(' ') }],
  fields: [
    {
      field: 'text',
      name: 'why',
      label: words.label,
      max: LONGEST_WHY,
      ...(command === 'agenda.withdraw' ? { optional: true as const } : {}),
    },
  ],
  submit: words.submit,
  inWords: words.inWords,
})

export const withdrawForm = (item: Item, pass: Pass | null, audience: Audience): Form =>
  whyForm(
    'agenda.withdraw',
    item,
    pass,
    { title: 'Withdraw the item', submit: 'Withdraw it', label: 'Why', inWords: 'withdraw B4 because WHY' },
    audience,
  )

export const declineForm = (item: Item, pass: Pass | null, audience: Audience): Form =>
  whyForm(
    'agenda.decline',
    item,
    pass,
    {
      title: 'Decline the proposal',
      submit: 'Decline it',
      label: 'Why, for whoever proposed it',
      inWords: 'decline P1 because WHY',
    },
    audience,
  )

export const lateForm = (meeting: Called, agenda: Agenda, audience: Audience): Form => ({
  title: 'Add a late item',
  audience,
  command: 'agenda.add_late',
  subject: meeting.id,
  intro: ['The agenda is agreed. A late item goes after the others of its section, with the reason of the chair.'],
  fields: [
    ...itemFields(null, null),
    sectionField(agenda, null),
    {
      field: 'text',
      name: 'reason',
      label: 'The chair’s reason',
      max: LONGEST_WHY,
      hint: 'Why it cannot wait for the next meeting. It is printed.',
    },
  ],
  submit: 'Add it',
  inWords: 'add late item TITLE to B because WHY',
})

/** What the clerk is told of a proposal. */
export const proposedCard = (meeting: Called, item: Item, pass: Pass | null, audience: Audience): Card => ({
  title: 'An item is proposed',
  audience,
  body: [
    text(
      item.proposedBy ? { person: item.proposedBy.id, name: item.proposedBy.name } : 'Somebody',
      ' proposes an item for the agenda.',
    ),
    facts(
      ['Meeting', [`${meeting.board.shortName}, ${meetingTime(meeting)}`]],
      ['Title', [titleFor(item.title, pass) ?? 'Restricted']],
      ['Comes as', [`${item.form}${item.purpose ? `, for ${item.purpose}` : ''}`]],
      ...(item.why ? [['Why', [item.why]] as const] : []),
    ),
    ...(item.state === 'proposed'
      ? [
          buttons(
            { command: 'agenda.place_form', subject: item.id, label: 'Place', style: 'primary' },
            { command: 'agenda.decline_form', subject: item.id, label: 'Decline' },
          ),
        ]
      : []),
  ],
})

/** What a proposer is told of what became of the proposal. */
export const answeredCard = (meeting: Called, item: Item, pass: Pass | null, audience: Audience): Card => {
  const placed = item.state === 'placed'
  const title = titleFor(item.title, pass)
  return {
    title: placed ? 'Your item is on the agenda' : 'Your item is not on the agenda',
    audience,
    body: [
      text(
        { strong: title ?? 'Your item' },
        placed
          ? ` is ${title === null ? 'on the agenda' : `item ${numberOf(item) ?? ''}`} of ${meeting.board.shortName}, ${meetingTime(meeting)}.`
          : ` is not taken at ${meeting.board.shortName}, ${meetingTime(meeting)}.`,
      ),
      ...(placed || !item.why ? [] : [facts(['Why', [item.why]])]),
    ],
  }
}
