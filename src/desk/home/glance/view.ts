import { proposalsOf } from '../../../agenda/rules.js'
import { forecast, type Replies, silentSeats } from '../../../apologies/rules.js'
import { isClerk, type Part } from '../../../boards/part/rules.js'
import { forecastInWords } from '../../../boards/view.js'
import { type Button, buttons, facts, heading, type Node, type Text, text } from '../../../kernel/view.js'
import { meetingTime } from '../../../meetings/rules.js'
import { callButton } from '../../../meetings/view.js'
import { missing } from '../../../papers/reminders/rules.js'
import { standing } from '../../../papers/rules.js'
import { agendaButton, called, roomButton } from '../meetings/view.js'
import { papersButton } from '../papers/view.js'
import { canBeOpened, type OnBoard, type Page, type Papers, seesAtAGlance } from '../rules.js'

/** How each board stands of which somebody is clerk or in the chair, and what is done next. */
export const glanceNodes = ({ boards, now }: Page): readonly Node[] =>
  boards.filter(({ part }) => seesAtAGlance(part)).flatMap((one) => glanceOf(one, now))

function glanceOf(one: OnBoard, now: Page['now']): readonly Node[] {
  const [next] = one.coming
  const title = heading(`${one.board.shortName} at a glance`)
  if (!next) return [title, text('No meeting is called.'), ...(isClerk(one.part) ? [buttons(callButton(one.board))] : [])]
  return [title, facts(...rowsOf(one, next)), buttons(...nextActs(one.part, next, now))]
}

type Row = readonly [string, Text]

function rowsOf({ papers, voting }: OnBoard, { meeting, seats }: Replies): readonly Row[] {
  const sits = meeting.sitting === 'open'
  const held = new Set(seats.flatMap(({ id, representative }) => (representative ? [id] : []))).size
  return [
    [sits ? 'In session' : 'Next meeting', [`${meetingTime(meeting)}, ${meeting.venue}`]],
    // Once it is open, the room counts who is there.
    ...(sits
      ? []
      : ([
          ['Quorum', [`${forecastInWords(meeting.terms, forecast(meeting.terms, seats))}.`]],
          ['Not answered', [`${silentSeats(seats)} of ${held} seats`]],
        ] as const)),
    ['Agenda', [papers ? agendaInWords(papers) : 'not drafted yet']],
    ...(papers ? [['Papers', [papersInWords(papers)]] as const] : []),
    ...(voting.open > 0 ? [['Votes', [`${voting.open} open`]] as const] : []),
  ]
}

function agendaInWords({ agenda }: Papers): string {
  const waiting = proposalsOf(agenda).length
  const proposals = waiting === 0 ? '' : waiting === 1 ? ', 1 proposal to place' : `, ${waiting} proposals to place`
  return `${agenda.state === 'agreed' ? 'agreed' : 'a draft'}${proposals}`
}

function papersInWords({ meeting, papers, notes }: Papers): string {
  const isIn = papers.filter((paper) => paper.item.state === 'placed' && standing(paper) !== null).length
  const awaited = missing(papers, notes).length
  if (isIn + awaited === 0) return 'none expected yet'
  return `${isIn} in, ${awaited} awaited, ${meeting.circulated ? 'sent out' : 'not sent out yet'}`
}

function nextActs(part: Part, { meeting }: Replies, now: Page['now']): readonly Button[] {
  const press = (command: string, label: string, style?: Button['style']): Button => ({
    command,
    subject: meeting.id,
    label,
    spoken: `${label}: ${called(meeting)}`,
    ...(style ? { style } : {}),
  })
  const always = [agendaButton(meeting), papersButton(meeting)]
  if (meeting.sitting === 'open') return [roomButton(meeting, 'Who is here'), press('votes.business', 'Business'), ...always]
  const opening = isClerk(part) && canBeOpened(meeting, now) ? [press('attendance.open', 'Open the meeting', 'primary')] : []
  return [...opening, press('apologies.coming', 'Who is coming'), ...always]
}
