import type { Temporal } from 'temporal-polyfill'
import { titleFor } from '../../agenda/rules.js'
import type { Audience } from '../../kernel/audience.js'
import type { Pass } from '../../kernel/restricted.js'
import { dayOf, hourAndDay, inWords } from '../../kernel/time.js'
import {
  type Button,
  buttons,
  type Card,
  type Form,
  facts,
  list,
  type Node,
  note,
  type Text,
  table,
  text,
} from '../../kernel/view.js'
import { type Meeting, meetingDay, meetingTime } from '../../meetings/rules.js'
import { openedFor, type Paper, paperNumber, peopleInWords, type Version } from '../rules.js'
import { lateness, type MayDo, openButton, type Pack } from '../view.js'
import { type Circulated, type Circulation, circulationName, type Dispatched, HANDED, toHand } from './rules.js'

/** A paper that went, and what opens it to an audience. */
interface Opening {
  readonly paper: Paper
  readonly version: Version
  readonly pass: Pass | null
}

/** What was sent, as one audience may see it. */
export interface SentOut {
  readonly pack: Pack
  readonly circulation: Circulation
  /** of the papers that went, those that this audience may open */
  readonly papers: readonly Opening[]
  /** what the clerk hands over to this person */
  readonly byHand: 'the papers' | 'the restricted papers' | null
  /** when this person pressed “Received”, or not yet; null: a place presses nothing */
  readonly own: { readonly received: Temporal.Instant | null } | null
}

const MOST_OPEN = 8

const paperLine = ({ paper, version, pass }: Opening): Text => [
  { strong: paperNumber(paper) },
  ` ${titleFor(paper.item.title, pass) ?? ''}`,
  paper.item.purpose === null ? '' : `, For ${paper.item.purpose === 'decision' ? 'Decision' : 'Information'}`,
  paper.marking === 'none' ? '' : `, ${paper.marking}`,
  paper.restricted ? ', restricted' : '',
  version.number > 1 ? `, version ${version.number}` : '',
  version.retracted ? ': taken back since' : '',
]

/** To everyone to whom it was sent, and into the board's places: the agenda and what they may open. */
export function sentOutCard(sent: SentOut, audience: Audience): Card {
  const { pack, circulation, papers } = sent
  const { meeting } = pack
  const opens = papers.filter(({ version, pass }) => version.retracted === null && openedFor(version.inside, pass) !== null)
  const late = lateness(circulation.short)
  return {
    title: `${circulationName(circulation.number)}: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      facts(
        ['Meeting', [`${meetingTime(meeting)}, ${meeting.venue}`]],
        ['Sent', [`${inWords(circulation.at, meeting.board.zone)}${late ? `, ${late}` : ''}`]],
      ),
      papers.length === 0
        ? text(`The agenda, and no paper ${sent.own ? 'for you yet' : 'that can be shown here'}.`)
        : list(papers.map(paperLine)),
      ...(late ? [note('Whether what came late is taken is for the meeting to say.')] : []),
      ...(sent.byHand
        ? [note(`The clerk sends you ${sent.byHand}${sent.byHand === 'the papers' ? '' : ' by a secure method'}.`)]
        : []),
      ...(sent.own?.received ? [note(`You acknowledged it: ${inWords(sent.own.received, meeting.board.zone)}.`)] : []),
      ...openNodes(opens),
      buttons(...sentButtons(sent, circulation.id, meeting)),
    ],
  }
}

const openNodes = (opens: SentOut['papers']): readonly Node[] =>
  opens.length === 0 ? [] : [buttons(...opens.slice(0, MOST_OPEN).map(({ paper, version }) => openButton(paper, version)))]

const sentButtons = ({ own }: SentOut, circulation: string, meeting: Meeting): readonly Button[] => [
  ...(own?.received === null
    ? [{ command: 'papers.received', subject: circulation, label: 'Received', style: 'primary' as const }]
    : []),
  { command: 'agenda.show', subject: meeting.id, label: 'Agenda', spoken: `Agenda: ${meetingDay(meeting)}` },
  { command: 'papers.show', subject: meeting.id, label: 'All papers', spoken: `All papers: ${meetingDay(meeting)}` },
]

/** "09:00: B1, B2"; "message waits: B1" */
function sentInWords({ way, sent, papers }: Dispatched, hour: (at: Temporal.Instant) => string): string {
  const how = way === 'by hand' ? 'no chat' : sent ? hour(sent.at) : 'message waits'
  return `${how}: ${papers.map(({ itemNumber }) => itemNumber).join(', ') || 'the agenda'}`
}

/** "opened B1; received 09:05"; what the clerk has still to hand over stands out. */
function sinceInWords(one: Dispatched, hour: (at: Temporal.Instant) => string): Text {
  const opened = [...new Set(one.opened.map(({ paper }) => paper))]
  const since = [
    ...(opened.length > 0 ? [`opened ${opened.join(', ')}`] : []),
    ...one.marks.map(({ mark, at }) => `${mark} ${hour(at)}`),
  ].join('; ')
  const left = toHand(one)
  return left === null ? [since] : [since === '' ? '' : `${since}; `, { strong: `hand over ${left}` }]
}

/** Who has been sent what, for the clerk. */
export function dispatchesCard(
  meeting: Meeting,
  circulations: readonly Circulated[],
  { keep }: Pick<MayDo, 'keep'>,
  audience: Audience,
  said?: string,
): Card {
  const { zone } = meeting.board
  return {
    title: `Sent out: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      ...(circulations.length === 0 ? [text('Nothing has been sent out yet.')] : []),
      ...circulations.flatMap((one): readonly Node[] => {
        const late = lateness(one.short)
        const left = one.people.filter((person) => toHand(person) !== null)
        const hour = (at: Temporal.Instant) => hourAndDay(at, dayOf(one.at, zone), zone)
        const rows = one.people.map((person): readonly Text[] => [
          [{ person: person.person.id, name: person.person.name }],
          [sentInWords(person, hour)],
          sinceInWords(person, hour),
        ])
        return [
          text(
            { strong: circulationName(one.number) },
            `: ${inWords(one.at, zone)}${late ? `, ${late}` : ''}, to ${peopleInWords(one.people.length)}.`,
          ),
          table(['To', 'Sent', 'Since then'], rows),
          ...(keep && left.length > 0
            ? [
                note(
                  `You have to hand it to ${left.map(({ person }) => person.name).join(', ')}. Tick each off when it is done.`,
                ),
                buttons({ command: 'papers.hand_form', subject: one.id, label: 'Tick somebody off', style: 'primary' as const }),
              ]
            : []),
        ]
      }),
      buttons(
        { command: 'papers.record', subject: meeting.id, label: 'Dispatch record' },
        { command: 'papers.show', subject: meeting.id, label: 'All papers' },
      ),
    ],
  }
}

/** For the clerk: to whom what was handed over, and how. */
export const handForm = (circulation: Circulated, audience: Audience): Form => ({
  title: 'Tick somebody off',
  audience,
  command: 'papers.hand',
  subject: circulation.id,
  intro: ['That you have handed over what I could not send is recorded, with the hour.'],
  fields: [
    {
      field: 'choice',
      name: 'person',
      label: 'To whom',
      options: circulation.people.flatMap((one) => {
        const left = toHand(one)
        return left === null ? [] : [{ value: one.person.id, label: `${one.person.name}: ${left}` }]
      }),
    },
    { field: 'choice', name: 'how', label: 'How', options: HANDED.map((value) => ({ value, label: value })) },
  ],
  submit: 'Tick off',
  inWords: 'NAME has the papers by post',
})
