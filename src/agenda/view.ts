import type { Terms } from '../boards/terms.js'
import { basisNotes } from '../boards/view.js'
import type { Audience } from '../kernel/audience.js'
import type { Pass } from '../kernel/restricted.js'
import { dayInWords, dayOf, inWords } from '../kernel/time.js'
import { type Button, buttons, type Card, divider, heading, type Node, note, text } from '../kernel/view.js'
import { type Called, meetingDay } from '../meetings/rules.js'
import type { FrontSheet } from './front-sheet/rules.js'
import { frontSheetNodes } from './front-sheet/view.js'
import { invitedNodes } from './invitations/view.js'
import { type Agenda, type Invited, type Item, itemsOf, type Kept, numberOf, proposalsOf, titleFor, UNLISTED } from './rules.js'

/** What the section of items that are not listed in public is called. */
export const UNLISTED_TITLE = 'Not on the public agenda'

/** What somebody may do about an agenda. */
export interface MayDo {
  /** places, moves, changes, withdraws: the clerk */
  readonly arrange: boolean
  readonly propose: boolean
  readonly agree: boolean
  /** adds late items */
  readonly addLate: boolean
  /** invites non-members, and takes it back */
  readonly invite: boolean
}

/** Whom the front sheet says to ask. */
export type Clerk = FrontSheet['clerk']

/** The front sheet of a meeting as somebody with this pass, or none, may see it. */
export function sheetOf(meeting: Called, agenda: Agenda, clerk: Clerk, pass: Pass | null): FrontSheet {
  const sections = [...agenda.sections, { letter: UNLISTED, title: UNLISTED_TITLE, restricted: true }]
  return {
    board: meeting.board.name,
    startsAt: meeting.startsAt.toZonedDateTimeISO(meeting.board.zone).toPlainDateTime(),
    venue: meeting.venue,
    clerk,
    state: agenda.state,
    cancelled: meeting.cancelled,
    sections: sections.map((section) => ({
      ...section,
      items: itemsOf(agenda, section.letter).flatMap((item) => {
        const title = titleFor(item.title, pass)
        if (title === null) return []
        const { form, purpose, pages, presenter, late, state } = item
        return [{ number: numberOf(item) ?? '', title, form, purpose, pages, presenter, late, withdrawn: state === 'withdrawn' }]
      }),
    })),
  }
}

/** The agenda as somebody may see it, with what they may do. */
export function agendaCard(
  meeting: Called,
  {
    agenda,
    clerk,
    may,
    pass,
    invited,
  }: { agenda: Kept; clerk: Clerk; may: MayDo; pass: Pass | null; invited: readonly Invited[] },
  terms: Terms,
  person: string | null,
  audience: Audience,
  said?: string,
): Card {
  const proposals = proposalsOf(agenda).filter(
    (item) => may.arrange || may.agree || (person !== null && item.proposedBy?.id === person),
  )
  return {
    title: `Agenda: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      ...(said ? [text({ strong: said })] : []),
      ...frontSheetNodes(sheetOf(meeting, agenda, clerk, pass)),
      ...(pass ? invitedNodes(agenda, invited, may) : []),
      ...(agenda.agreed
        ? [
            note(
              `Agreed on ${inWords(agenda.agreed.at, meeting.board.zone)}${agenda.agreed.by ? ` by ${agenda.agreed.by}` : ''}.`,
            ),
          ]
        : basisNotes(terms.agenda.agreed)),
      ...(proposals.length > 0
        ? [divider, heading('Proposed'), ...proposals.flatMap((item, at) => proposalNodes(item, at + 1, may, pass))]
        : []),
      buttons(...agendaButtons(meeting, agenda, may)),
    ],
  }
}

function proposalNodes(item: Item, at: number, may: MayDo, pass: Pass | null): readonly Node[] {
  const title = titleFor(item.title, pass) ?? ''
  const by = item.proposedBy ? `, proposed by ${item.proposedBy.name}` : ''
  const why = item.why ? `: ${item.why}` : ''
  return [
    text({ strong: `P${at}` }, `  ${title} · ${item.form}${item.purpose ? `, for ${item.purpose}` : ''}${by}${why}`),
    ...(may.arrange
      ? [
          buttons(
            { command: 'agenda.place_form', subject: item.id, label: 'Place', spoken: `Place proposal P${at}` },
            { command: 'agenda.decline_form', subject: item.id, label: 'Decline', spoken: `Decline proposal P${at}` },
          ),
        ]
      : []),
  ]
}

function agendaButtons(meeting: Called, agenda: Agenda, may: MayDo): readonly Button[] {
  const about = meetingDay(meeting)
  const press = (command: string, label: string, style?: Button['style']): Button => ({
    command,
    subject: meeting.id,
    label,
    spoken: `${label}: ${about}`,
    ...(style ? { style } : {}),
  })
  const draft = agenda.state === 'draft'
  if (meeting.cancelled) return [press('agenda.print', 'Print')]
  return [
    ...(may.agree && draft ? [press('agenda.agree', 'Agree the agenda', 'primary')] : []),
    ...(may.propose ? [press('agenda.propose_form', 'Propose an item')] : []),
    ...(may.arrange ? [press('agenda.edit', 'Change items')] : []),
    ...(may.arrange && draft && !may.agree ? [press('agenda.ask', 'Ask for agreement')] : []),
    ...(may.addLate && !draft ? [press('agenda.late_form', 'Add a late item')] : []),
    ...(may.invite ? [press('agenda.invite_form', 'Invite somebody')] : []),
    press('papers.show', 'Papers'),
    press('agenda.print', 'Print'),
  ]
}

/** Asks those whose it is to agree the agenda. */
export const pleaseAgreeCard = (card: Card): Card => ({ ...card, title: `Please agree: ${card.title}` })

/** "25 March 2026" of a meeting. */
export const shortDate = ({ startsAt, board }: Called): string =>
  dayInWords(dayOf(startsAt, board.zone)).split(' ').slice(1).join(' ')
