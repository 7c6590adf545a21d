import { titleFor } from '../../../agenda/rules.js'
import { type Button, buttons, type Node, text } from '../../../kernel/view.js'
import { papersDeadline } from '../../../meetings/deadline.js'
import { type Called, meetingDay } from '../../../meetings/rules.js'
import { type Paper, paperNumber } from '../../../papers/rules.js'
import { openButton } from '../../../papers/view.js'
import { untilInWords } from '../../reminders/rules.js'
import { called } from '../meetings/view.js'
import { MOST_PAPERS, openTo, owedBy, type Page, type Papers } from '../rules.js'

export const papersButton = (meeting: Called, label = 'Papers'): Button => ({
  command: 'papers.show',
  subject: meeting.id,
  label,
  spoken: `${label}: ${called(meeting)}`,
})

/** What somebody owes, and what they may open of the next meeting of each board. */
export const paperNodes = (page: Page): readonly Node[] => {
  const all = page.boards.flatMap(({ papers }) => (papers ? [papers] : []))
  return [...[...all, ...page.writes].flatMap((papers) => owedNodes(papers, page)), ...all.flatMap(openNodes)]
}

/** "B2 Crime Reduction Grant"; an author knows of what they write. */
const titled = (paper: Paper, { pass }: Papers): string => {
  const title = titleFor(paper.item.title, pass)
  return title === null ? `${paperNumber(paper)}, not on the public agenda` : `${paperNumber(paper)} ${title}`
}

function owedNodes(papers: Papers, { person, now }: Page): readonly Node[] {
  const owed = owedBy(papers, person)
  const { meeting } = papers
  if (owed.length === 0) return []
  const shown = owed.slice(0, MOST_PAPERS)
  const one = shown.length === 1
  const by = papersDeadline(meeting.terms, meeting.startsAt).at
  return [
    text(
      { strong: `Send ${one ? 'your paper' : 'your papers'}: ` },
      `${shown.map((paper) => titled(paper, papers)).join('; ')}. For ${called(meeting)}, ${untilInWords(by, meeting.board.zone, now)}.`,
    ),
    buttons(
      ...shown.map(
        (paper): Button => ({
          command: 'papers.send_form',
          subject: paper.item.id,
          label: one ? 'Send the paper' : `Send ${paperNumber(paper)}`,
          spoken: `Send the paper of ${paperNumber(paper)}: ${called(meeting)}`,
          style: 'primary',
        }),
      ),
    ),
  ]
}

function openNodes(papers: Papers): readonly Node[] {
  const open = openTo(papers)
  const { meeting } = papers
  if (open.length === 0) return []
  const shown = open.slice(0, MOST_PAPERS)
  const more = open.length > shown.length ? `; and ${open.length - shown.length} more` : ''
  return [
    text(
      { strong: `${meeting.board.shortName}, ${meetingDay(meeting)}: ` },
      `${shown.map(({ paper }) => titled(paper, papers)).join('; ')}${more}.`,
    ),
    buttons(...shown.map(({ paper, version }) => openButton(paper, version)), papersButton(meeting, 'All papers')),
  ]
}
