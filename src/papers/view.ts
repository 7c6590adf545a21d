import type { Temporal } from 'temporal-polyfill'
import { type Kept, LONGEST_WHY, numberOf, titleFor } from '../agenda/rules.js'
import { basisNotes } from '../boards/view.js'
import type { Audience } from '../kernel/audience.js'
import { LARGEST_PAPER } from '../kernel/files.js'
import { PAPER_ENDINGS } from '../kernel/paper-types.js'
import type { Pass } from '../kernel/restricted.js'
import { dayInWords, inWords } from '../kernel/time.js'
import {
  at,
  type Button,
  buttons,
  type Card,
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
} from '../kernel/view.js'
import { type PapersDeadline, papersDeadline } from '../meetings/deadline.js'
import { type Meeting, meetingDay, meetingTime } from '../meetings/rules.js'
import { meetingAt } from '../meetings/view.js'
import {
  authorInWords,
  isExpected,
  LONGEST_RECOMMENDATION,
  lettered,
  MARKINGS,
  MOST_RECOMMENDATIONS,
  openedFor,
  type Paper,
  paperNumber,
  sizeInWords,
  standing,
  stateOf,
  toCirculate,
  type Version,
  workingDays,
} from './rules.js'

/** The papers of a meeting as somebody may see them. */
export interface Pack {
  readonly meeting: Meeting
  readonly agenda: Kept
  readonly papers: readonly Paper[]
  /** whether there are notes of an earlier meeting to be approved */
  readonly notes: boolean
  /** opens what is restricted; null: they see no more than the titles */
  readonly pass: Pass | null
  readonly now: Temporal.Instant
}

/** What somebody may do about papers. */
export interface MayDo {
  /** circulates and describes: the clerk, until the meeting is over */
  readonly arrange: boolean
  /** takes back and ticks off: the clerk, also afterwards */
  readonly keep: boolean
  /** of which items they may send the paper, by id */
  readonly write: readonly string[]
}

/** Whether what stands in a paper is open to them. */
const isOpenTo = ({ restricted }: Paper, pass: Pass | null): boolean => !restricted || pass !== null

/** "Tuesday 8 December 2026, 17:00: 5 whole working days lie between it and the meeting." */
export function deadlineText({ at: deadline, day, cutOff, workingDays: days, warning }: PapersDeadline): Text {
  const counted = `${days} whole working day${days === 1 ? '' : 's'} lie${days === 1 ? 's' : ''} between it and the meeting`
  return [at(deadline, `${dayInWords(day)}, ${cutOff}`), `: ${counted}.${warning ? ` ${warning}` : ''}`]
}

function stateInWords(pack: Pack, paper: Paper): string {
  const deadline = papersDeadline(pack.meeting.terms, pack.meeting.startsAt)
  const state = stateOf(paper, pack.notes, deadline.at, pack.now)
  const version = standing(paper)
  if (state === 'in' && version)
    return `in, version ${version.number}${version.circulated.length > 0 ? ', sent out' : ', not sent out yet'}`
  if (state === 'missing') return 'not in yet'
  return state === 'late' ? 'not in: LATE' : paper.item.form
}

const markedAs = (paper: Paper): string =>
  [paper.marking === 'none' ? '' : paper.marking, paper.restricted ? 'restricted' : ''].filter(Boolean).join(', ')

/** The papers of a meeting: what is in, late, missing, restricted. */
export function packCard(pack: Pack, may: MayDo, audience: Audience, said?: string): Card {
  const { meeting, papers, pass } = pack
  const { terms } = meeting
  const deadline = papersDeadline(terms, meeting.startsAt)
  const known = papers.filter(
    (paper) => paper.item.number !== null && paper.item.state === 'placed' && titleFor(paper.item.title, pass) !== null,
  )
  const seen = known.filter(({ item, versions }) => isExpected(item, pack.notes) || versions.length > 0)
  const others = known.filter((paper) => !seen.includes(paper)).map(paperNumber)
  const rows = seen.map((paper): readonly Text[] => [
    [{ strong: paperNumber(paper) }],
    [titleFor(paper.item.title, pass) ?? ''],
    [paper.author && isOpenTo(paper, pass) ? authorInWords(paper.author) : (paper.item.presenter ?? '')],
    [paper.item.purpose === null ? '' : `For ${paper.item.purpose === 'decision' ? 'Decision' : 'Information'}`],
    [markedAs(paper)],
    [stateInWords(pack, paper)],
  ])
  const waits = toCirculate(papers).length
  const again = papers.some(({ versions }) => versions.some(({ circulated }) => circulated.length > 0))
  return {
    title: `Papers: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      facts(['Latest moment in time', deadlineText(deadline)]),
      ...basisNotes(terms.papers),
      rows.length === 0 ? text('No paper is expected yet.') : table(['Item', 'Title', 'Author', 'For', 'Marking', 'Paper'], rows),
      ...openButtons(seen, pass),
      ...(may.arrange || may.write.length > 0 ? writeButtons(seen, may) : []),
      ...(may.arrange && others.length > 0
        ? [note(`No paper is expected of ${others.join(', ')}. To send one all the same, say “paper for ${others[0] ?? ''}”.`)]
        : []),
      ...(may.arrange ? [clerkButtons(meeting, waits, again)] : []),
    ],
  }
}

/** What may be opened; a card has room for so many buttons. */
const MOST_BUTTONS = 20

function openButtons(papers: readonly Paper[], pass: Pass | null): readonly Node[] {
  const open = papers.flatMap((paper) => {
    const version = standing(paper)
    return version && isOpenTo(paper, pass) ? [openButton(paper, version)] : []
  })
  return open.length === 0 ? [] : [buttons(...open.slice(0, MOST_BUTTONS))]
}

/** Opens a version, or gives a link to it. */
export const openButton = (paper: Paper, { id }: Version): Button => ({
  command: 'papers.open',
  subject: id,
  label: `Open ${paperNumber(paper)}`,
  spoken: `Open the paper of item ${paperNumber(paper)}`,
})

function writeButtons(papers: readonly Paper[], may: MayDo): readonly Node[] {
  const own = papers.filter(({ item }) => may.arrange || may.write.includes(item.id))
  const shown = own.slice(0, MOST_BUTTONS).map((paper) => ({
    command: 'papers.paper',
    subject: paper.item.id,
    label: `${paperNumber(paper)} …`,
    spoken: `The paper of item ${paperNumber(paper)}`,
  }))
  return shown.length === 0 ? [] : [note('To send, describe or take back a paper, choose its item:'), buttons(...shown)]
}

const clerkButtons = (meeting: Meeting, waits: number, again: boolean): Node =>
  buttons(
    ...(meeting.sitting === 'not opened'
      ? []
      : [
          {
            command: 'attendance.late',
            subject: meeting.id,
            label: 'Late papers',
            spoken: `Late papers: ${meetingDay(meeting)}`,
          },
        ]),
    ...(again && waits === 0
      ? []
      : [
          {
            command: 'papers.circulate',
            subject: meeting.id,
            label: again ? `Circulate the supplement (${waits})` : 'Circulate the papers',
            ...(waits > 0 ? { style: 'primary' as const } : {}),
          },
        ]),
    { command: 'papers.dispatches', subject: meeting.id, label: 'Who has been sent what' },
    { command: 'papers.record', subject: meeting.id, label: 'Dispatch record' },
  )

/** One paper, with its versions. */
export function paperCard(pack: Pack, paper: Paper, may: MayDo, audience: Audience, said?: string): Card {
  const { meeting, pass } = pack
  const version = standing(paper)
  const inside = version && openedFor(version.inside, pass)
  const opens = isOpenTo(paper, pass)
  const writes = may.arrange || may.write.includes(paper.item.id)
  return {
    title: `${paperNumber(paper)} ${titleFor(paper.item.title, pass) ?? ''}`.trim(),
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      facts(
        ['Meeting', [`${meeting.board.shortName}, `, meetingAt(meeting)]],
        ['Author', [paper.author && opens ? authorInWords(paper.author) : 'not said yet']],
        ...(paper.item.purpose
          ? [['Classification', [paper.item.purpose === 'decision' ? 'For Decision' : 'For Information']] as const]
          : []),
        ['Marking', [markedAs(paper) || 'none']],
        ['Paper', [stateInWords(pack, paper)]],
        ['Latest moment in time', deadlineText(papersDeadline(meeting.terms, meeting.startsAt))],
      ),
      ...(inside && inside.recommendations.length > 0
        ? [heading('Recommendations'), list(lettered(inside.recommendations).map((one) => [one]))]
        : []),
      ...(opens ? versionNodes(pack, paper) : []),
      buttons(
        ...(version && opens ? [openButton(paper, version)] : []),
        ...(writes
          ? [
              {
                command: 'papers.send_form',
                subject: paper.item.id,
                label: version ? 'Send a new version' : 'Send the paper',
                style: 'primary' as const,
              },
            ]
          : []),
        ...(may.arrange ? [{ command: 'papers.describe_form', subject: paper.item.id, label: 'Author and marking' }] : []),
        ...(may.keep && version
          ? [{ command: 'papers.retract_form', subject: version.id, label: 'Take the version back', style: 'danger' as const }]
          : []),
      ),
    ],
  }
}

function versionNodes({ meeting, pass }: Pack, { versions }: Paper): readonly Node[] {
  const { zone } = meeting.board
  const rows = versions.flatMap((version): readonly Text[][] => {
    const inside = openedFor(version.inside, pass)
    if (!inside) return []
    const what =
      'file' in inside.content ? `${inside.content.file.name}, ${sizeInWords(inside.content.file.bytes)}` : inside.content.link
    const became = version.retracted
      ? `taken back: ${version.retracted.why}`
      : version.circulated.length > 0
        ? 'sent out'
        : 'not sent out yet'
    return [[[String(version.number)], [what], [inWords(version.at, zone)], [version.by?.name ?? 'the operator'], [became]]]
  })
  return rows.length === 0 ? [] : [table(['Version', 'What', 'Sent in', 'By', 'State'], rows)]
}

const markingField = (paper: Paper): Field => ({
  field: 'choice',
  name: 'marking',
  label: 'Protective marking',
  hint: 'What is OFFICIAL-SENSITIVE is opened by a link for one person only, and is never shown in a channel.',
  value: paper.marking,
  options: MARKINGS.map((value) => ({ value, label: value })),
})

/**
 * For an author, or the clerk: the file or its address, recommendations and marking.
 * @param beside whether a file came with their words, whose marking nobody has said
 */
export function sendForm(pack: Pack, paper: Paper, audience: Audience, beside: boolean): Form {
  const version = standing(paper)
  const inside = version && openedFor(version.inside, pack.pass)
  return {
    title: `Send the paper of ${paperNumber(paper)}`,
    audience,
    command: 'papers.send',
    subject: paper.item.id,
    intro: [
      { strong: titleFor(paper.item.title, pack.pass) ?? '' },
      ` for ${pack.meeting.board.shortName}, ${meetingTime(pack.meeting)}.`,
      ...(beside ? [' The file beside your words is not taken: choose it here, and say how it is marked.'] : []),
    ],
    fields: [
      { field: 'upload', name: 'file', label: 'The file', optional: true, accept: PAPER_ENDINGS, max: LARGEST_PAPER },
      {
        field: 'text',
        name: 'link',
        label: 'Or where it is',
        hint: 'An address that begins with https://, in place of a file.',
        max: 500,
        optional: true,
        oneLine: true,
      },
      {
        field: 'text',
        name: 'recommendations',
        label: 'Recommendations, one a line',
        hint: 'They are lettered (a), (b) …',
        max: LONGEST_RECOMMENDATION * MOST_RECOMMENDATIONS,
        optional: true,
        ...(inside ? { value: inside.recommendations.join('\n') } : {}),
      },
      markingField(paper),
    ],
    submit: 'Send it',
    inWords: `paper for ${paperNumber(paper)}: https://ADDRESS`,
  }
}

/** For the clerk: who the author is, and the marking. */
export const describeForm = (
  pack: Pack,
  paper: Paper,
  people: readonly { readonly id: string; readonly name: string }[],
  audience: Audience,
): Form => ({
  title: `The paper of ${paperNumber(paper)}`,
  audience,
  command: 'papers.describe',
  subject: paper.item.id,
  intro: [{ strong: titleFor(paper.item.title, pack.pass) ?? '' }],
  fields: [
    {
      field: 'choice',
      name: 'author',
      label: 'Author, of the board’s people',
      hint: 'They are asked for it, and reminded.',
      optional: true,
      ...(paper.author?.id ? { value: paper.author.id } : {}),
      options: people.slice(0, 100).map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      field: 'text',
      name: 'name',
      label: 'Or somebody else, by name',
      hint: 'I cannot remind them: ask them yourself.',
      max: 120,
      optional: true,
      oneLine: true,
      ...(paper.author && !paper.author.id ? { value: paper.author.name } : {}),
    },
    { field: 'text', name: 'post', label: 'Post', max: 120, optional: true, oneLine: true, ...valued(paper.author?.post) },
    {
      field: 'text',
      name: 'organisation',
      label: 'Organisation',
      max: 150,
      optional: true,
      oneLine: true,
      ...valued(paper.author?.organisation),
    },
    markingField(paper),
  ],
  submit: 'Keep it',
  inWords: `${numberOf(paper.item) ?? 'B2'} is written by NAME`,
})

const valued = (value: string | null | undefined) => (value ? { value } : {})

/** For the clerk: why a version is taken back. */
export const retractForm = (paper: Paper, version: Version, audience: Audience): Form => ({
  title: `Take version ${version.number} back`,
  audience,
  command: 'papers.retract',
  subject: version.id,
  intro: [
    `Nobody opens version ${version.number} of ${paperNumber(paper)} any more. It stays on the record.`,
    ...(version.circulated.length > 0 ? [' It has been sent out: whoever has opened it may have kept it.'] : []),
  ],
  fields: [{ field: 'text', name: 'why', label: 'Why', max: LONGEST_WHY }],
  submit: 'Take it back',
  inWords: 'take back B2 because WHY',
})

/** To an author, who is asked for a paper. */
export const askedCard = (pack: Pack, paper: Paper, audience: Audience): Card => ({
  title: `You are asked for a paper: ${pack.meeting.board.shortName}`,
  audience,
  body: [
    text(
      'The clerk names you as author of the paper for ',
      // What is not on the public agenda is named where it is asked for, and in no message.
      { strong: `${paperNumber(paper)} ${titleFor(paper.item.title, null) ?? ''}`.trim() },
      '.',
    ),
    facts(
      ['Meeting', [meetingAt(pack.meeting)]],
      ['In by', deadlineText(papersDeadline(pack.meeting.terms, pack.meeting.startsAt))],
    ),
    buttons({ command: 'papers.send_form', subject: paper.item.id, label: 'Send the paper', style: 'primary' }),
  ],
})

/** To somebody who was named author, and was so no more when it was said: of which paper is not theirs to know. */
export const noMoreAskedCard = ({ meeting }: Pack, audience: Audience): Card => ({
  title: `A paper is asked of somebody else: ${meeting.board.shortName}`,
  audience,
  body: [
    text(`You were named as author of a paper for ${meetingTime(meeting)}, and are so no more. There is nothing for you to do.`),
  ],
})

/** To the clerk: that a paper has come. What is restricted is not named. */
export const sentInCard = (pack: Pack, paper: Paper, version: Version, audience: Audience): Card => ({
  title: `A paper is in: ${paperNumber(paper)}`,
  audience,
  body: [
    text(
      version.by ? { person: version.by.id, name: version.by.name } : 'The operator',
      ` has sent version ${version.number} of the paper of `,
      { strong: paperNumber(paper) },
      ` for ${pack.meeting.board.shortName}, ${meetingDay(pack.meeting)}.`,
    ),
    ...(paper.versions.some(({ circulated }) => circulated.length > 0)
      ? [note('An earlier version has been sent out: this one goes as a supplement.')]
      : []),
    buttons(
      { command: 'papers.paper', subject: paper.item.id, label: 'See it' },
      { command: 'papers.show', subject: pack.meeting.id, label: 'All papers' },
    ),
  ],
})

/** "2 working days late", or nothing. */
export const lateness = (short: number): string => (short === 0 ? '' : `${workingDays(short)} late`)
