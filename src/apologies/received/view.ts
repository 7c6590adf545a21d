import { isInvited, type Named } from '../../boards/rules.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { type Button, buttons, type Card, facts, type Node, note, type Text, text } from '../../kernel/view.js'
import { type Meeting, meetingDay } from '../../meetings/rules.js'
import { meetingAt } from '../../meetings/view.js'
import type { AnsweredSeat, Replies, Substitute } from '../rules.js'
import { answerButton, confirmButton, foretold, LABELS, mention } from '../view.js'

/** An answer as it was given, and how its meeting stands now. */
interface Received extends Replies {
  readonly seat: AnsweredSeat
  /** who held the seat then */
  readonly for: Named
  readonly by: Named
  readonly attending: boolean
  readonly late: boolean
  readonly substitute: Substitute | null
}

/** ", said by Priya Nair", where it was not the representative. */
const byWhom = ({ for: holder, by }: Pick<Received, 'for' | 'by'>): Text =>
  holder.id === by.id ? [] : [', said by ', mention(by)]

const comingButton = (meeting: Meeting): Button => ({
  command: 'apologies.coming',
  subject: meeting.id,
  label: 'Who is coming',
  spoken: `Who is coming on ${meetingDay(meeting)}`,
})

const seeComing = (meeting: Meeting): Node => buttons(comingButton(meeting))

/** What a representative is told whose answer was given by somebody else. */
export const answeredForYou = (received: Received, audience: Audience): Card => {
  const { meeting, seat, attending, substitute, by } = received
  const said: Text = attending
    ? [mention(by), ' has said for you that you will be there.']
    : [
        mention(by),
        ' has sent your apologies. ',
        ...(substitute ? [mention(substitute), ' will substitute.'] : ['No substitute is named.']),
      ]
  const held = seat.representative?.id === received.for.id
  return {
    title: 'Answered for you',
    audience,
    body: [
      facts(['Meeting', [`${meeting.board.shortName}, `, meetingAt(meeting)]], ['For', [seat.organisation.name]]),
      text(...said),
      note('If that is wrong, answer yourself: the last answer stands.'),
      ...(held && !received.over && !meeting.cancelled
        ? [
            buttons(
              answerButton(
                meeting,
                attending ? 'apologise' : 'attend',
                seat,
                attending ? LABELS.apologise : 'I can come after all',
              ),
            ),
          ]
        : []),
    ],
  }
}

/** What the clerk is told of an answer. */
export function answerReceived(received: Received, audience: Audience): Card {
  const { meeting, seats, seat, attending, substitute } = received
  const stranger = substitute !== null && !substitute.confirmed ? substitute : null
  const said: Text = attending
    ? [mention(received.for), ' can come after all', ...byWhom(received), '.']
    : [
        mention(received.for),
        ' sends apologies',
        ...byWhom(received),
        '. ',
        ...(substitute ? [mention(substitute), ' will substitute.'] : ['No substitute is named.']),
      ]
  return {
    title: attending ? 'Apologies withdrawn' : received.late ? 'Late apologies' : 'Apologies received',
    audience,
    body: [
      facts(['Meeting', [`${meeting.board.shortName}, `, meetingAt(meeting)]], ['For', [seat.organisation.name]]),
      text(...said),
      ...(stranger
        ? [note(mention(stranger), ` is new to me. Until you confirm who they are, no restricted paper reaches them.`)]
        : []),
      ...foretold(meeting, seats),
      buttons(comingButton(meeting), ...(stranger ? [confirmButton(meeting, stranger, 'Confirm')] : [])),
    ],
  }
}

/** What a substitute is told. */
export const namedSubstitute = ({ meeting, seat, for: holder, by }: Received, audience: Audience): Card => ({
  title: 'You are named as substitute',
  audience,
  body: [
    holder.id === by.id
      ? text(mention(by), ` cannot come, and has named you to sit for ${seat.organisation.name}.`)
      : text(mention(holder), ` cannot come, and `, mention(by), ` has named you to sit for ${seat.organisation.name}.`),
    facts(['Meeting', [meeting.board.name]], ['When', [meetingAt(meeting)]], ['Where', [meeting.venue]]),
    ...(isInvited(seat) ? [] : basisNotes(meeting.terms.substitutes)),
    seeComing(meeting),
  ],
})

/** What someone is told who was named as substitute, and is no longer needed. */
export const noLongerSubstitute = ({ meeting, seat, by }: Received, audience: Audience): Card => ({
  title: 'You need not substitute any more',
  audience,
  body: [
    text(mention(by), ` has changed the answer for ${seat.organisation.name}: you are no longer asked to sit in.`),
    facts(['Meeting', [meeting.board.name]], ['When', [meetingAt(meeting)]]),
  ],
})
