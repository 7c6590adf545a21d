import type { Audience } from '../../kernel/audience.js'
import { type Button, buttons, type Card, heading, list, type Node, text } from '../../kernel/view.js'
import { untilInWords } from '../reminders/rules.js'
import type { Owed } from '../reminders/view.js'
import { glanceNodes } from './glance/view.js'
import { meetingNodes } from './meetings/view.js'
import { paperNodes } from './papers/view.js'
import { MOST_DUTIES, type Page } from './rules.js'
import { votingNodes } from './voting/view.js'

/** What somebody may do from the foot of their page. */
export interface Foot {
  readonly apologise: boolean
  readonly propose: boolean
}

/** The page of one person: their meetings and answers, votes, papers, what is due, and the boards of which they are officers. */
export function homeCard(page: Page, owed: readonly Owed[], may: Foot, audience: Audience): Card {
  const parts = [
    headed('Votes', votingNodes(page)),
    headed('Your meetings', meetingNodes(page)),
    headed('What is due', dueNodes(owed, page)),
    headed('Papers', paperNodes(page)),
    glanceNodes(page),
  ].flat()
  return {
    title: 'Your page',
    audience,
    body: [...(parts.length > 0 ? parts : [text(nothing(page))]), buttons(...footButtons(page, may))],
  }
}

const nothing = ({ boards }: Page): string =>
  boards.length === 0
    ? 'You have no seat or office on a board. Ask its clerk.'
    : 'No meeting of yours is called, and nothing is due.'

const headed = (title: string, nodes: readonly Node[]): readonly Node[] => (nodes.length === 0 ? [] : [heading(title), ...nodes])

function dueNodes(owed: readonly Owed[], { boards, now }: Page): readonly Node[] {
  if (owed.length === 0) return []
  const shown = owed.slice(0, MOST_DUTIES)
  const presses = shown.flatMap(({ duty, board, meeting }): readonly Button[] => {
    if (!duty.press) return []
    const { label } = duty.press
    const spoken = `${label}: ${board.shortName}, ${meeting}`
    return [{ ...duty.press, label: boards.length > 1 ? `${label}: ${board.shortName}` : label, spoken }]
  })
  return [
    list(
      shown.map(({ duty, board, meeting }) => [
        { strong: duty.what },
        `: ${board.shortName}, ${meeting}, ${untilInWords(duty.by, board.zone, now)}.`,
      ]),
    ),
    ...(presses.length > 0 ? [buttons(...presses)] : []),
  ]
}

const footButtons = ({ boards, others }: Page, { apologise, propose }: Foot): readonly Button[] => [
  ...(apologise ? [{ command: 'apologies.apologise_form', subject: 'apologies', label: 'Apologies for another day' }] : []),
  ...(propose ? [{ command: 'agenda.propose_from', subject: 'words', label: 'Propose an item' }] : []),
  ...(boards.length > 0 ? [{ command: 'desk.due', subject: 'all', label: 'All that is due' }] : []),
  ...others.map(
    ({ id, shortName }): Button => ({
      command: 'meetings.coming',
      subject: id,
      label: shortName,
      spoken: `Meetings of ${shortName}`,
    }),
  ),
  { command: 'desk.help', subject: 'help', label: 'Help' },
]
