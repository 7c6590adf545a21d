import { titleFor } from '../../agenda/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, facts, list, type Node, note, type Text, text } from '../../kernel/view.js'
import { papersDeadline } from '../../meetings/deadline.js'
import { meetingDay } from '../../meetings/rules.js'
import { meetingAt } from '../../meetings/view.js'
import { type Paper, paperNumber, standing } from '../rules.js'
import { deadlineText } from '../view.js'
import { askedFor, type Wanted } from './rules.js'

/** A paper by its number and the title that everyone may read. */
const paperLine = ({ item, ...paper }: Paper): Text => [
  { strong: paperNumber({ item, ...paper }) },
  ` ${titleFor(item.title, null) ?? 'not on the public agenda'}`,
]

/** Whether the moment is past at which papers go out in time. */
const isLateNow = ({ meeting, now }: Pick<Wanted, 'meeting' | 'now'>): boolean =>
  papersDeadline(meeting.terms, meeting.startsAt).at.epochMilliseconds < now.epochMilliseconds

/** To an author: the papers of theirs that are not in. */
export function wantedCard(wanted: Wanted, audience: Audience): Card {
  const { meeting, papers } = wanted
  const late = isLateNow(wanted)
  return {
    title: `${late ? 'Late' : 'Please send'}: ${papers.length === 1 ? 'your paper' : 'your papers'} for ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      text(late ? 'I have been waiting for:' : 'I have not had yet:'),
      list(papers.map(paperLine)),
      facts(
        ['Meeting', [meetingAt(meeting)]],
        [late ? 'It was due by' : 'In by', deadlineText(papersDeadline(meeting.terms, meeting.startsAt))],
      ),
      ...(late ? [note('A late paper goes out all the same, and whether it is taken is for the meeting to say.')] : []),
      buttons(
        ...papers.slice(0, 5).map((paper) => ({
          command: 'papers.send_form',
          subject: paper.item.id,
          label: papers.length === 1 ? 'Send the paper' : `Send ${paperNumber(paper)}`,
          spoken: `Send the paper of ${paperNumber(paper)}: ${meetingDay(meeting)}`,
          style: 'primary' as const,
        })),
      ),
    ],
  }
}

const named = (title: string, papers: readonly Paper[]): readonly Node[] =>
  papers.length === 0 ? [] : [text(title), list(papers.map(paperLine))]

/** To the clerk: that the papers have to go out, and what is not in. */
export function circulateCard(wanted: Wanted & { readonly all: readonly Paper[] }, audience: Audience): Card {
  const { meeting, papers, all } = wanted
  const unasked = papers.filter((paper) => askedFor(paper) === null)
  const asked = papers.filter((paper) => askedFor(paper) !== null)
  const isIn = all.filter((paper) => standing(paper) !== null).length
  return {
    title: `Papers to circulate: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      facts(
        ['Latest moment in time', deadlineText(papersDeadline(meeting.terms, meeting.startsAt))],
        ['In', [isIn === 1 ? '1 paper' : `${isIn} papers`]],
      ),
      ...named('Not in; their authors are reminded:', asked),
      ...named('Not in, and nobody is asked for them:', unasked),
      ...(papers.length === 0 ? [text('Everything that is expected is in.')] : []),
      buttons(
        { command: 'papers.circulate', subject: meeting.id, label: 'Circulate the papers', style: 'primary' },
        { command: 'papers.show', subject: meeting.id, label: 'All papers', spoken: `All papers: ${meetingDay(meeting)}` },
      ),
    ],
  }
}
