import { Temporal } from 'temporal-polyfill'
import type { Ending } from '../../boards/offices/ending.js'
import { electionTitle, type OfficeRule, officeInWords } from '../../boards/offices/rules.js'
import { listed } from '../../boards/roster/spelling.js'
import type { Board, Named } from '../../boards/rules.js'
import type { Terms } from '../../boards/terms.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { dayInWords } from '../../kernel/time.js'
import { buttons, type Card, type Node, text } from '../../kernel/view.js'
import type { Outlook, Stands } from './rules.js'

const said = ({ day }: Stands): string => `the meeting of ${dayInWords(day)}`
const first = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** Where an office comes to be filled, and what the clerk has to do for it. */
function outlookNodes(
  board: Board,
  rule: OfficeRule,
  { on, lacking, called }: Outlook,
  by: Temporal.PlainDate | null,
): readonly Node[] {
  const title = electionTitle(rule)
  if (lacking) {
    const otherwise = on ? ` Otherwise ${said(on)} has it.` : ''
    return [
      text(`The agenda of ${said(lacking)} stands without “${title}”.${otherwise}`),
      text(`To add it there as a late item, say “add a late item: ${title} to A because …”, with the chair’s reason.`),
      buttons({
        command: 'agenda.late_form',
        subject: lacking.meeting,
        label: 'Add a late item',
        spoken: `Add a late item: ${board.shortName}, ${title}`,
      }),
    ]
  }
  if (on) {
    const late = by !== null && Temporal.PlainDate.compare(on.day, by) > 0
    return [
      text(`${late ? 'No meeting is called before then. ' : ''}${first(said(on))} has “${title}” on its agenda.`),
      buttons({
        command: 'agenda.show',
        subject: on.meeting,
        label: 'Agenda',
        spoken: `Agenda: ${board.shortName}, ${dayInWords(on.day)}`,
      }),
    ]
  }
  return [
    text(
      called
        ? `No meeting that is called has “${title}” on its agenda.`
        : `No meeting is called yet. The agenda of the next one gains “${title}” when it is called.`,
    ),
  ]
}

/** Somebody's time in an office that is to end, as clerk and chair hear of it. */
export interface TermEnding {
  readonly board: Board
  readonly ending: Ending
  readonly holder: Named
  readonly today: Temporal.PlainDate
  /** null: it is not for the board to fill */
  readonly outlook: Outlook | null
}

export function termEndsCard({ board, ending, holder, today, outlook }: TermEnding, audience: Audience): Card {
  const { rule, what, day } = ending
  const office = officeInWords(rule.office)
  const over = Temporal.PlainDate.compare(day, today) <= 0
  const review = what === 'review' ? ', and the office falls to be reviewed' : ''
  const stays = rule.filled === 'elected' ? 'elected' : 'appointed'
  return {
    title: `${outlook ? 'A term ends' : 'To be reviewed'}: ${office}, ${board.shortName}`,
    audience,
    body: [
      text(
        { strong: holder.name },
        `’s term as ${office} ${over ? 'ended' : 'ends'} on `,
        { strong: dayInWords(day) },
        `${review}.`,
      ),
      ...(what === 'last day'
        ? []
        : [
            text(`${holder.name} stays ${office} ${outlook ? `until a successor is ${stays}` : `all the same: ${whose(rule)}`}.`),
          ]),
      ...(outlook ? outlookNodes(board, rule, outlook, day) : []),
      ...basisNotes(rule),
    ],
  }
}

/** Whose an office is to fill that the board does not. */
const whose = ({ by, post, office }: OfficeRule): string =>
  by ? `it is for ${by} to nominate a ${officeInWords(office)}` : `the office is attached to a post${post ? ` (${post})` : ''}`

/** An office that nobody holds. */
export interface Vacancy {
  readonly board: Board
  readonly terms: Terms
  readonly rule: OfficeRule
  readonly since: Temporal.PlainDate
  /** who acts in it */
  readonly acting: readonly Named[]
  /** who is vice-chair, where that is who presides while the chair is vacant */
  readonly presides: readonly Named[]
  readonly outlook: Outlook
}

export function vacancyCard({ board, terms, rule, since, acting, presides, outlook }: Vacancy, audience: Audience): Card {
  const office = officeInWords(rule.office)
  const names = (people: readonly Named[]): string => listed(people.map(({ name }) => name))
  return {
    title: `Vacant: ${office}, ${board.shortName}`,
    audience,
    body: [
      text('The office of ', { strong: office }, ` is vacant since ${dayInWords(since)}.`),
      ...(acting.length > 0 ? [text(`Until then ${names(acting)} ${acting.length === 1 ? 'acts' : 'act'} as ${office}.`)] : []),
      ...(presides.length > 0
        ? [
            text(
              `Until then ${names(presides)} presides, as Vice-Chair${terms.presiding.withChairsPowers ? ', with the powers of the Chair' : ''}.`,
            ),
            ...basisNotes(terms.presiding),
          ]
        : []),
      ...outlookNodes(board, rule, outlook, null),
      ...basisNotes(rule),
    ],
  }
}

/** An election that an agenda which stands has not. */
export interface Missing {
  readonly board: Board
  readonly rule: OfficeRule
  readonly outlook: Outlook
  readonly day: Temporal.PlainDate
}

export const missingCard = ({ board, rule, outlook, day }: Missing, audience: Audience): Card => ({
  title: `${electionTitle(rule)} is due: ${board.shortName}`,
  audience,
  body: [
    text('At the meeting of ', { strong: dayInWords(day) }, ` “${electionTitle(rule)}” is due.`),
    ...outlookNodes(board, rule, outlook, null),
    ...basisNotes(rule),
  ],
})
