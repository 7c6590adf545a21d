import type { Audience } from '../../kernel/audience.js'
import {
  buttons,
  type Card,
  divider,
  type Field,
  type Form,
  facts,
  heading,
  list,
  type Node,
  note,
  type Text,
  table,
  text,
} from '../../kernel/view.js'
import type { Board } from '../rules.js'
import { type Appointment, appointmentInWords } from './appointing.js'
import type { Change } from './changes.js'
import { changeInWords } from './changes-words.js'
import { inDays } from './days.js'
import type { Roster, RosterFault } from './rules.js'
import { titleUntold } from './seats.js'
import { faultInWords } from './text.js'

/** Bytes of a roster's file. */
export const LARGEST_ROSTER = 256 * 1024
/** Lines of changes or warnings that a card shows. */
const MOST_LINES = 60

/** Asks for the file of a board's roster. */
export const rosterForm = (board: Board, audience: Audience): Form => ({
  title: `The roster of ${board.shortName}`,
  audience,
  command: 'boards.read_roster',
  subject: board.id,
  intro: [
    'Send the roster as a CSV file. You are shown what it would change, and nothing changes before you say so. The file is the whole roster: who is not in it is on the board no more.',
  ],
  fields: [
    {
      field: 'file',
      name: 'file',
      label: 'Roster',
      accept: ['.csv', '.txt'],
      max: LARGEST_ROSTER,
      hint: 'Out of Excel: File, Save As, CSV. The guide in the README says what its columns mean.',
    },
  ],
  submit: 'Show what it changes',
  inWords: `attach the file, and say “read this roster for ${board.shortName}”`,
})

const lines = (all: readonly string[]): readonly Text[] => [
  ...all.slice(0, MOST_LINES).map((line): Text => [line]),
  ...(all.length > MOST_LINES ? [[`And ${all.length - MOST_LINES} more.`]] : []),
]

const warned = (warnings: readonly string[]): readonly Node[] =>
  warnings.length > 0 ? [heading('To look at'), list(lines(warnings))] : []

interface Found {
  readonly changes: readonly Change[]
  readonly warnings: readonly string[]
  /** the kept file that can be imported, or null */
  readonly file: string | null
  /** the whole roster where the board had none: what it says, not line by line what is new */
  readonly first: { readonly roster: Roster; readonly day: string } | null
}

/** What a file would change, or has changed. */
export function changesCard(board: Board, { changes, warnings, file, first }: Found, done: boolean, audience: Audience): Card {
  const said = changes.map(changeInWords)
  const none = done ? 'The roster stands as it was.' : 'It says what the roster says already.'
  const count = `${said.length} ${said.length === 1 ? 'change' : 'changes'}`
  return {
    title: `${done ? 'The roster is changed' : 'What the roster would change'}: ${board.shortName}`,
    audience,
    body: [
      text(
        said.length === 0
          ? none
          : first
            ? done
              ? 'The board has its roster.'
              : 'The board has no roster yet. This would be it.'
            : `${count}${done ? '' : ', none made yet'}.`,
      ),
      ...(first ? rosterNodes(first.roster, first.day) : said.length > 0 ? [list(lines(said))] : []),
      ...warned(warnings),
      ...(file !== null && said.length > 0
        ? [
            buttons({
              command: 'boards.import_roster',
              subject: file,
              label: 'Import the roster',
              style: 'primary',
              spoken: `Import the roster of ${board.shortName}`,
            }),
          ]
        : []),
    ],
  }
}

/** Why a file cannot be read: every fault with its row and column. */
export function faultsInWords(faults: readonly RosterFault[]): string {
  const most = 15
  const said = faults.slice(0, most).map(faultInWords).join('\n')
  const more = faults.length > most ? `\nAnd ${faults.length - most} more.` : ''
  return `The roster has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}, and nothing was changed:\n${said}${more}\nMend it and send it again.`
}

/** Who is on a board: seats with who holds them, offices, groups, others. */
export const rosterCard = (
  board: Board,
  roster: Roster,
  {
    warnings,
    may,
    day,
  }: { readonly warnings: readonly string[]; readonly may: { readonly change: boolean }; readonly day: string },
  audience: Audience,
): Card => ({
  title: `The roster of the ${board.name}`,
  audience,
  body: [
    ...(roster.seats.length === 0
      ? [text('There is nobody on it yet. Send its roster as a CSV file.')]
      : rosterNodes(roster, day)),
    ...warned(warnings),
    ...(may.change
      ? [
          divider,
          buttons(
            { command: 'boards.appoint_form', subject: board.id, label: 'Appoint somebody' },
            { command: 'boards.end_form', subject: board.id, label: 'End a part' },
            { command: 'boards.roster_form', subject: board.id, label: 'Send a roster file' },
          ),
        ]
      : [note('The clerk changes it.')]),
  ],
})

type Standing = Roster['seats'][number]['standing']

function rosterNodes(roster: Roster, day: string): readonly Node[] {
  const nameOf = (key: string): string => roster.people.find((person) => person.key === key)?.name ?? key
  const seats = (name: string, standing: Standing): readonly Node[] => {
    const found = roster.seats.filter((seat) => seat.standing === standing).map((seat) => seatRow(roster, seat, day))
    return found.length > 0 ? [table([name, 'Representative', 'Deputy'], found)] : []
  }
  const offices = roster.offices.map(
    (one) => [`${capital(one.office)}${one.acting ? ' (acting)' : ''}`, [withSpan(nameOf(one.person), one, day)]] as const,
  )
  const groups = [...new Set(roster.groups.map(({ group }) => group))].map(
    (group) =>
      [
        group,
        [
          roster.groups
            .filter((one) => one.group === group)
            .map(({ person }) => nameOf(person))
            .join(', '),
        ],
      ] as const,
  )
  const attending = roster.attending.map(({ person, title }) => `${nameOf(person)}${title ? `, ${title}` : ''}`)
  const assistants = roster.assistants.map(({ assistant, principal }) => `${nameOf(assistant)} for ${nameOf(principal)}`)
  const more = [
    ...offices,
    ...groups,
    ...(attending.length > 0 ? [['In attendance', [attending.join('; ')]] as const] : []),
    ...(assistants.length > 0 ? [['Assistants', [assistants.join('; ')]] as const] : []),
  ]
  return [
    ...seats('Member', 'member'),
    ...seats('By standing invitation', 'invited'),
    ...seats('Required to attend', 'required'),
    ...(more.length > 0 ? [facts(...more)] : []),
  ]
}

function seatRow(roster: Roster, seat: Roster['seats'][number], day: string): readonly Text[] {
  const held = (capacity: 'representative' | 'deputy'): string =>
    roster.holdings
      .filter((one) => one.organisation === seat.organisation && one.seat === seat.title && one.capacity === capacity)
      .map((one) => withSpan(roster.people.find(({ key }) => key === one.person)?.name ?? one.person, one, day))
      .join('; ')
  const body = `${seat.organisation}${titleUntold(seat.title) ? '' : ` (${seat.title})`}${seat.joint ? ', jointly' : ''}`
  return [[body], [held('representative') || 'vacant'], [held('deputy') || '–']]
}

/** "Yusuf Demir, from 1 April 2027": what has begun and has no end is said without its days. */
function withSpan(
  name: string,
  { from, lastDay }: { readonly from: string | null; readonly lastDay: string | null },
  day: string,
): string {
  const begins = from !== null && from > day ? `, from ${inDays(from)}` : ''
  return `${name}${begins}${lastDay === null ? '' : `, until ${inDays(lastDay)}`}`
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** An appointment as a choice of a form has it, and back. */
export const appointmentValue = (to: Appointment): string => JSON.stringify(to)

/** Everything to which somebody can be appointed on a board. */
export function openings(roster: Roster, offices: readonly string[], groups: readonly string[]): readonly Appointment[] {
  const bodies = [...new Set(roster.seats.map(({ organisation }) => organisation))]
  return [
    ...roster.seats.map(({ organisation, title }) => ({ as: 'representative' as const, organisation, seat: title })),
    ...roster.seats.map(({ organisation, title }) => ({ as: 'deputy' as const, organisation, seat: title })),
    ...bodies.map((organisation) => ({ as: 'colleague' as const, organisation })),
    ...[...new Set([...offices, 'clerk'])].flatMap((office) =>
      [false, true].map((acting) => ({
        as: 'office' as const,
        office: office as Extract<Appointment, { as: 'office' }>['office'],
        acting,
      })),
    ),
    ...groups.map((group) => ({ as: 'group' as const, group })),
    { as: 'in attendance' as const },
  ]
}

const fromField: Field = { field: 'date', name: 'from', label: 'From', optional: true, hint: 'Blank: from today.' }

export const appointForm = (board: Board, openTo: readonly Appointment[], audience: Audience): Form => ({
  title: 'Appoint somebody',
  audience,
  command: 'boards.appoint',
  subject: board.id,
  intro: ['Whoever holds the seat or the office until then is followed by them. What was before stays in the record.'],
  fields: [
    {
      field: 'choice',
      name: 'to',
      label: 'As',
      options: openTo.map((to) => ({ value: appointmentValue(to), label: capital(appointmentInWords(to)) })),
    },
    { field: 'text', name: 'name', label: 'Name', max: 120, hint: 'With their style, as in “Cllr Ann Castle” or “Supt J Ross”.' },
    {
      field: 'text',
      name: 'email',
      label: 'Email',
      max: 200,
      oneLine: true,
      optional: true,
      hint: 'By it they are known in chat. Blank for somebody who is on the roster already, or has none.',
    },
    { field: 'text', name: 'post', label: 'Post', max: 200, oneLine: true, optional: true },
    fromField,
  ],
  submit: 'Appoint',
  inWords: 'appoint Ann Castle (ann.castle@example.org) as representative of Kent Police from 1 January 2027',
})

export const endForm = (
  board: Board,
  roster: Roster,
  parts: readonly { readonly person: string; readonly of: Appointment }[],
  audience: Audience,
): Form => {
  const nameOf = (key: string): string => roster.people.find((person) => person.key === key)?.name ?? key
  return {
    title: 'End a part',
    audience,
    command: 'boards.end',
    subject: board.id,
    intro: ['From that day on they hold it no more. What was before stays in the record.'],
    fields: [
      {
        field: 'choice',
        name: 'part',
        label: 'Who, and what',
        options: parts.map(({ person, of }) => ({
          value: JSON.stringify({ person, of }),
          label: `${nameOf(person)}, ${appointmentInWords(of)}`,
        })),
      },
      fromField,
    ],
    submit: 'End it',
    inWords: 'end Ann Castle as deputy of Kent Police from 1 January 2027',
  }
}
