import type { Temporal } from 'temporal-polyfill'
import type { Board } from '../boards/rules.js'
import type { Terms } from '../boards/terms.js'
import { basisNotes } from '../boards/view.js'
import type { Audience } from '../kernel/audience.js'
import { civil, dayInWords, dayOf, hourInWords, inWords } from '../kernel/time.js'
import {
  at,
  type Button,
  buttons,
  type Card,
  type Field,
  type Form,
  facts,
  list,
  type Node,
  note,
  type Span,
  type Text,
  table,
  text,
} from '../kernel/view.js'
import { calendarButton } from './calendar/view.js'
import { LONGEST_LINK, LONGEST_REASON, LONGEST_VENUE } from './calling.js'
import { papersDeadline } from './deadline.js'
import type { Proposed } from './proposing.js'
import { type Called, hasBegun, meetingDay, meetingTime } from './rules.js'

/** What somebody may do about a meeting. */
export interface MayDo {
  readonly change: boolean
}

/** When it is, for a card: by the board's clock, and where a platform knows it by the reader's. */
export const meetingAt = (meeting: Called): Span => at(meeting.startsAt, meetingTime(meeting))

const kindInWords = ({ kind }: Called): string => (kind === 'extraordinary' ? 'Extraordinary meeting' : 'Meeting')

/** When its papers must be out, by the terms, and how that is counted. */
function papersBy({ startsAt }: Called, terms: Terms): Text {
  const { at: deadline, day, workingDays, cutOff, warning } = papersDeadline(terms, startsAt)
  const counted = `${workingDays} whole working day${workingDays === 1 ? '' : 's'} between it and the meeting`
  return [at(deadline, `${dayInWords(day)}, ${cutOff}`), ` (${counted})${warning ? `. ${warning}` : ''}`]
}

/** A meeting as it stands. */
export function meetingCard(
  meeting: Called,
  terms: Terms,
  may: MayDo,
  now: Temporal.Instant,
  audience: Audience,
  said?: string,
): Card {
  const open = !meeting.cancelled && !hasBegun(meeting, now)
  return {
    title: `${meeting.cancelled ? 'Cancelled: ' : ''}${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      facts(
        ['Meeting', [`${kindInWords(meeting)} of the ${meeting.board.name}`]],
        ['When', [meetingAt(meeting)]],
        ['Where', [meeting.venue]],
        ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
        ...(meeting.need ? [['Called for', [meeting.need]] as const] : []),
        ...(open ? [['Papers out by', papersBy(meeting, terms)] as const] : []),
      ),
      ...(open
        ? [
            ...basisNotes(terms.papers),
            buttons(
              agendaButton(meeting),
              papersButton(meeting),
              calendarButton(meeting),
              ...(may.change ? changeButtons(meeting) : []),
            ),
          ]
        : [buttons(agendaButton(meeting), papersButton(meeting), calendarButton(meeting))]),
    ],
  }
}

const papersButton = (meeting: Called): Button => ({
  command: 'papers.show',
  subject: meeting.id,
  label: 'Papers',
  spoken: `Papers: ${meetingDay(meeting)}`,
})

const agendaButton = (meeting: Called): Button => ({
  command: 'agenda.show',
  subject: meeting.id,
  label: 'Agenda',
  spoken: `Agenda: ${meetingDay(meeting)}`,
})

const changeButtons = (meeting: Called): readonly Button[] => [
  { command: 'meetings.move_form', subject: meeting.id, label: 'Move', spoken: `Move the meeting of ${meetingDay(meeting)}` },
  {
    command: 'meetings.cancel_form',
    subject: meeting.id,
    label: 'Cancel the meeting',
    spoken: `Cancel the meeting of ${meetingDay(meeting)}`,
    style: 'danger',
  },
]

/** The coming meetings of a board, and the last. */
export function comingCard(
  board: Board,
  coming: readonly Called[],
  last: Called | null,
  may: { call: boolean },
  audience: Audience,
): Card {
  const rows = coming.map((meeting): readonly Text[] => [
    [meetingAt(meeting)],
    [meeting.venue],
    [meeting.kind === 'extraordinary' ? `extraordinary: ${meeting.need ?? ''}` : 'ordinary'],
  ])
  return {
    title: `Meetings of the ${board.name}`,
    audience,
    body: [
      rows.length > 0 ? table(['When', 'Where', 'Kind'], rows) : text('No meeting is called.'),
      ...(last ? [note(`The last one began on ${meetingTime(last)}.`)] : []),
      buttons(
        ...coming.slice(0, 6).map((meeting) => ({
          command: 'meetings.show',
          subject: meeting.id,
          label: shortDay(meeting),
          spoken: `The meeting of ${meetingDay(meeting)}`,
        })),
        ...(may.call ? [callButton(board)] : []),
      ),
    ],
  }
}

const shortDay = ({ startsAt, board }: Called): string => {
  const [, day, month] = dayInWords(dayOf(startsAt, board.zone)).split(' ')
  return `${day} ${month}`
}

export const callButton = (board: Board): Button => ({
  command: 'meetings.call_form',
  subject: board.id,
  label: 'Call a meeting',
  spoken: `Call a meeting of ${board.shortName}`,
})

const venueField = (value: string): Field => ({
  field: 'text',
  name: 'venue',
  label: 'Where',
  max: LONGEST_VENUE,
  oneLine: true,
  value,
  hint: 'As the front sheet prints it: “Online”, a room, or “Darent Room, Sessions House, and online”.',
})

const linkField = (value: string | null): Field => ({
  field: 'text',
  name: 'link',
  label: 'Link to join online',
  max: LONGEST_LINK,
  oneLine: true,
  optional: true,
  ...(value ? { value } : {}),
})

/**
 * Asks what is needed to call a meeting.
 * @param callers those whose right it is, where the clerk records another's call
 */
export function callForm(
  board: Board,
  terms: Terms,
  callers: readonly { readonly id: string; readonly name: string }[],
  usual: { readonly time: string; readonly venue: string },
  audience: Audience,
): Form {
  const need = terms.calling.extraordinary.need
  return {
    title: `Call a meeting of ${board.shortName}`,
    audience,
    command: 'meetings.call',
    subject: board.id,
    intro: ['Everyone on the roster is told, and the agenda is drafted.'],
    fields: [
      {
        field: 'choice',
        name: 'kind',
        label: 'Kind',
        value: 'ordinary',
        options: [
          { value: 'ordinary', label: 'Ordinary' },
          { value: 'extraordinary', label: need ? `Extraordinary, for ${need}` : 'Extraordinary' },
        ],
      },
      { field: 'date', name: 'day', label: 'Day' },
      { field: 'time', name: 'time', label: 'Hour', value: usual.time },
      venueField(usual.venue),
      linkField(null),
      { field: 'text', name: 'need', label: 'For what, if it is extraordinary', max: LONGEST_REASON, optional: true },
      ...(callers.length > 0
        ? [
            {
              field: 'choice' as const,
              name: 'caller',
              label: 'Called by',
              optional: true as const,
              options: callers.map(({ id, name }) => ({ value: id, label: name })),
              hint: 'Whose call you record, if it is not yours.',
            },
          ]
        : []),
    ],
    submit: 'Call the meeting',
    inWords: `call a meeting of ${board.shortName} on 20 January 2027 at 10 am online`,
  }
}

export const moveForm = (meeting: Called, audience: Audience): Form => ({
  title: `Move the meeting of ${meetingDay(meeting)}`,
  audience,
  command: 'meetings.move',
  subject: meeting.id,
  intro: [
    'Everyone who was told of it is told. On another day, everyone is asked anew whether they come; at another hour or place, the answers stand.',
  ],
  fields: [
    { field: 'date', name: 'day', label: 'Day', value: civil(meeting.startsAt, meeting.board.zone).slice(0, 10) },
    { field: 'time', name: 'time', label: 'Hour', value: hourInWords(meeting.startsAt, meeting.board.zone) },
    venueField(meeting.venue),
    linkField(meeting.link),
    { field: 'text', name: 'why', label: 'Why', max: LONGEST_REASON, optional: true },
  ],
  submit: 'Move the meeting',
  inWords: `move the meeting of ${shortDay(meeting)} to 27 January 2027 at 2 pm`,
})

export const cancelForm = (meeting: Called, audience: Audience): Form => ({
  title: `Cancel the meeting of ${meetingDay(meeting)}`,
  audience,
  command: 'meetings.cancel',
  subject: meeting.id,
  intro: ['Everyone who was told of it is told. It stays in the record as cancelled, and cannot be called again.'],
  fields: [{ field: 'text', name: 'why', label: 'Why', max: LONGEST_REASON }],
  submit: 'Cancel the meeting',
  inWords: `cancel the meeting of ${shortDay(meeting)} because WHY`,
})

/** Dates for a year, as the terms have them. */
export function proposedCard(
  board: Board,
  terms: Terms,
  { year, short }: { readonly year: number; readonly short: string | null },
  dates: readonly Proposed[],
  may: { readonly agree: boolean },
  audience: Audience,
): Card {
  return {
    title: `Dates for ${year}: ${board.shortName}`,
    audience,
    body: [
      dates.length === 0
        ? text(`No day of ${year} is left that would serve. Choose another year.`)
        : table(
            ['When', 'Because'],
            dates.map(({ startsAt, because, warnings }): readonly Text[] => [
              [`${dayInWords(startsAt.toPlainDate())}, ${startsAt.toPlainTime().toString({ smallestUnit: 'minute' })}`],
              [[...because, ...warnings].join('; ')],
            ]),
          ),
      ...(short ? [note(short)] : []),
      ...basisNotes(terms.meetings),
      ...(may.agree && dates.length > 0
        ? [
            buttons({
              command: 'meetings.cycle_form',
              subject: board.id,
              label: 'Record the board’s agreement',
              values: {
                year: String(year),
                days: dates.map(({ startsAt }) => startsAt.toString({ smallestUnit: 'minute' })).join(' '),
              },
              style: 'primary',
            }),
          ]
        : []),
    ],
  }
}

/** Asks by what the board agreed its cycle; the dates can still be changed. */
export const cycleForm = (board: Board, year: number, dates: readonly string[], venue: string, audience: Audience): Form => ({
  title: `The cycle of ${year}`,
  audience,
  command: 'meetings.agree_cycle',
  subject: board.id,
  values: { year: String(year) },
  intro: ['Each date becomes a called meeting, and everyone is told. Clear a date to leave it out.'],
  fields: [
    ...dates.map(
      (date, at): Field => ({
        field: 'date',
        name: `day${at + 1}`,
        label: `Meeting ${at + 1}`,
        value: date.slice(0, 10),
        optional: true,
      }),
    ),
    { field: 'time', name: 'time', label: 'Hour', value: dates[0]?.slice(11, 16) ?? '10:00' },
    venueField(venue),
    {
      field: 'text',
      name: 'resolution',
      label: 'How did the board agree it?',
      max: LONGEST_REASON,
      hint: 'As the notes have it: “RESOLVED that the dates of meetings be agreed, 25 March 2026, item C1”.',
    },
  ],
  submit: 'Call these meetings',
  inWords: `agree the cycle of ${year}: RESOLVED that the dates be agreed`,
})

/** The board agreed its cycle. */
export const cycleCard = (board: Board, year: number, called: readonly Called[], audience: Audience): Card => ({
  title: `The cycle of ${year} is agreed`,
  audience,
  body: [
    text(`${called.length === 1 ? 'One meeting' : `${called.length} meetings`} of the ${board.name} called:`),
    list(called.map((meeting) => [meetingAt(meeting), `, ${meeting.venue}`])),
  ],
})

/** What everyone concerned is told of a meeting that was called, moved or cancelled. */
export function toldCard(
  version: {
    readonly meeting: Called
    readonly startsAt: Temporal.Instant
    readonly venue: string
    readonly cancelled: boolean
    readonly why: string | null
    readonly by: string | null
    readonly for: string | null
    readonly before: { readonly startsAt: Temporal.Instant; readonly venue: string } | null
  },
  audience: Audience,
): Card {
  const { meeting, startsAt, venue, cancelled, why, before } = version
  const { board } = meeting
  const when = at(startsAt, inWords(startsAt, board.zone))
  const moved = before !== null && !cancelled
  const atSameTime = before?.startsAt.epochMilliseconds === startsAt.epochMilliseconds
  const by = version.for ?? version.by
  // How to join, and what was said of why, is for the board.
  const open = audience.kind === 'public'
  const nodes: readonly Node[] = [
    text(
      ...(cancelled
        ? ['The meeting of ', when, ' is cancelled.']
        : moved
          ? atSameTime
            ? ['The meeting of ', when, ' stands; where it is held, or its link, has changed.']
            : [`The meeting of ${inWords(before.startsAt, board.zone)} is now on `, when, '.']
          : [
              `${meeting.kind === 'extraordinary' ? 'An extraordinary' : 'A'} meeting of the ${board.name} is called for `,
              when,
              '.',
            ]),
    ),
    facts(
      ...(cancelled ? [] : [['Where', [venue]] as const]),
      // The link is not of the version: whoever joins wants the one that holds.
      ...(meeting.link && !cancelled && !meeting.cancelled && !open ? [['Join', [meeting.link]] as const] : []),
      ...(why && !open ? [['Why', [why]] as const] : []),
      ...(meeting.need && !cancelled && !open ? [['Called for', [meeting.need]] as const] : []),
      ...(by && !open ? [[cancelled ? 'Cancelled by' : moved ? 'Moved by' : 'Called by', [by]] as const] : []),
    ),
    ...(moved &&
    audience.kind === 'person' &&
    dayOf(before.startsAt, board.zone).toString() !== dayOf(startsAt, board.zone).toString()
      ? [note('Who answered for the other day is asked again on their own card.')]
      : []),
    buttons(calendarButton(meeting)),
  ]
  return {
    title: `${cancelled ? 'Cancelled' : moved ? 'Moved' : 'Called'}: ${board.shortName}, ${dayInWords(dayOf(startsAt, board.zone))}`,
    audience,
    body: nodes.filter((node) => node.node !== 'facts' || node.facts.length > 0),
  }
}
