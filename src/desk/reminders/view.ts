import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Duty } from '../../kernel/notice.js'
import { inWords } from '../../kernel/time.js'
import { buttons, type Card, type Form, heading, type Node, note, type Text, table, text } from '../../kernel/view.js'
import { LONGEST_WORDS, untilInWords, WHOM, whomInWords } from './rules.js'

/** To whom a clerk's own words go. */
export const saidCard = (said: { readonly words: string; readonly by: string | null }, audience: Audience): Card => ({
  title: 'A reminder',
  audience,
  body: [text({ strong: said.words }), ...(said.by ? [note(`${said.by} asked me to remind you.`)] : [])],
})

/** Something that somebody has to do for a board. */
export interface Owed {
  readonly board: Board
  readonly meeting: string
  readonly duty: Duty
}

/** A reminder that is planned, and for how many as things stand. */
export interface ToCome {
  readonly at: Temporal.Instant
  readonly about: string
  readonly people: number
  /** why there is nobody to remind, as things stand */
  readonly gone: string | null
}

/** What an officer sees of a board besides. */
export interface Planned {
  readonly board: Board
  readonly reminders: readonly ToCome[]
  /** planned after these */
  readonly left: number
}

/** A planned reminder that a clerk may stop. */
export interface Stoppable {
  readonly id: string
  readonly at: Temporal.Instant
  readonly about: string
}

/** What somebody has to do, and, for officers, what will be said to whom. */
export const dueCard = (owed: readonly Owed[], planned: readonly Planned[], now: Temporal.Instant, audience: Audience): Card => ({
  title: 'What is due',
  audience,
  body: [
    ...(owed.length === 0 ? [text('You have nothing to do.')] : owed.flatMap((one) => owedNodes(one, now))),
    ...planned.flatMap(plannedNodes),
  ],
})

const owedNodes = ({ board, meeting, duty }: Owed, now: Temporal.Instant): readonly Node[] => [
  text({ strong: duty.what }, `: ${board.shortName}, ${meeting}, ${untilInWords(duty.by, board.zone, now)}.`),
  ...(duty.press ? [buttons({ ...duty.press, spoken: `${duty.press.label}: ${board.shortName}, ${meeting}` })] : []),
]

/** Reminders listed on a card; more are listed by the command line. */
export const MOST_LISTED = 12

const peopleInWords = ({ people, gone }: ToCome): string =>
  gone !== null ? `nobody: ${gone}` : `${people} ${people === 1 ? 'person' : 'people'}`

function plannedNodes({ board, reminders: listed, left }: Planned): readonly Node[] {
  const rows = listed.map((one): readonly Text[] => [[inWords(one.at, board.zone)], [one.about], [peopleInWords(one)]])
  return [
    heading(`Reminders of ${board.shortName}`),
    listed.length === 0 ? text('None is planned.') : table(['When', 'What', 'To, as things stand'], rows),
    ...(left > 0 ? [note(`${left} more are planned after these.`)] : []),
    buttons(
      { command: 'desk.add_reminder_form', subject: board.id, label: 'Add a reminder' },
      ...(listed.length > 0 ? [{ command: 'desk.stop_reminder_form', subject: board.id, label: 'Stop a reminder' }] : []),
    ),
  ]
}

/** The same as lines for the command line. */
export const reminderLine = (one: ToCome, zone: string): string =>
  `${inWords(one.at, zone)}  ${one.about}  (${peopleInWords(one)})`

export const stopForm = (
  { board, reminders }: { readonly board: Board; readonly reminders: readonly Stoppable[] },
  audience: Audience,
): Form => ({
  title: 'Stop a reminder',
  audience,
  command: 'desk.stop_reminder',
  subject: board.id,
  intro: ['What is stopped is not said, and is kept as stopped.'],
  fields: [
    {
      field: 'choice',
      name: 'reminder',
      label: 'Which',
      options: reminders.slice(0, 100).map((one) => ({ value: one.id, label: `${inWords(one.at, board.zone)}: ${one.about}` })),
    },
  ],
  submit: 'Stop it',
  inWords: 'what is due',
})

export const addForm = (
  board: Board,
  people: readonly { readonly id: string; readonly name: string }[],
  audience: Audience,
): Form => ({
  title: `Remind people of ${board.shortName}`,
  audience,
  command: 'desk.add_reminder',
  subject: board.id,
  intro: ['They have it from me in a direct message, at that moment. Put nothing restricted into it.'],
  fields: [
    {
      field: 'choice',
      name: 'whom',
      label: 'Whom',
      options: [
        ...WHOM.map((whom) => ({ value: whom, label: whomInWords(whom, null) })),
        ...people.slice(0, 90).map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
    { field: 'date', name: 'day', label: 'Day' },
    { field: 'time', name: 'time', label: 'Hour' },
    { field: 'text', name: 'words', label: 'Of what', max: LONGEST_WORDS },
  ],
  submit: 'Plan it',
  inWords: 'remind everyone on Monday at 9 about the scrutiny date',
})

export const plannedCard = (
  { board, at, whom, words }: { board: Board; at: Temporal.Instant; whom: string; words: string },
  audience: Audience,
): Card => ({
  title: 'The reminder is planned',
  audience,
  body: [text(`On ${inWords(at, board.zone)} I remind ${whom}: `, { strong: words })],
})

export const againCard = (at: Temporal.Instant, zone: string, audience: Audience): Card => ({
  title: 'I will remind you',
  audience,
  body: [text('Again on ', { strong: inWords(at, zone) }, ', if there is still reason to.')],
})

export const noMoreCard = (which: string, audience: Audience): Card => ({
  title: 'Not this one',
  audience,
  body: [
    text('I remind you of this no more. What you have to do stands.'),
    buttons({ command: 'desk.remind_again', subject: which, label: 'Remind me after all' }),
  ],
})

export const doneCard = (title: string, sentence: string, audience: Audience): Card => ({
  title,
  audience,
  body: [text(sentence)],
})
