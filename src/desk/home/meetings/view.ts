import type { AnsweredSeat, Replies } from '../../../apologies/rules.js'
import { answerInWords, BEGUN, mention, stands, wishesOf } from '../../../apologies/view.js'
import type { Part } from '../../../boards/part/rules.js'
import { dayOf } from '../../../kernel/time.js'
import { type Button, buttons, links, type Node, opens, type Text, text } from '../../../kernel/view.js'
import { type Called, meetingDay, meetingTime } from '../../../meetings/rules.js'
import { broughtTo, isExpectedAt, type Page, seesAtAGlance } from '../rules.js'

/** "KCSP, Wednesday 16 December 2026", for a press that a screen reader tells from others. */
export const called = (meeting: Called): string => `${meeting.board.shortName}, ${meetingDay(meeting)}`

export const agendaButton = (meeting: Called): Button => ({
  command: 'agenda.show',
  subject: meeting.id,
  label: 'Agenda',
  spoken: `Agenda: ${called(meeting)}`,
})

/** Who is there, and what can be said there. */
export const roomButton = (meeting: Called, label: string): Button => ({
  command: 'attendance.here',
  subject: meeting.id,
  label,
  spoken: `${label}: ${called(meeting)}`,
  style: 'primary',
})

/** Seats of one person at one meeting that the page has room for; the card of the meeting has them all. */
const MOST_SEATS = 3

/** The meetings of somebody: when, where, what they have answered, and how to answer. */
export const meetingNodes = ({ boards, person, now }: Page): readonly Node[] =>
  boards
    .flatMap(({ part, coming }) => coming.map((replies) => ({ part, replies })))
    .sort((one, other) => startOf(one.replies) - startOf(other.replies))
    .flatMap(({ part, replies }) => oneMeeting(part, replies, person, now))

const startOf = ({ meeting }: Replies): number => meeting.startsAt.epochMilliseconds

function oneMeeting(part: Part, replies: Replies, person: string, now: Page['now']): readonly Node[] {
  const { meeting } = replies
  const { answers, substitutes } = broughtTo(replies, person)
  // Who sees the board at a glance sees its meeting there; and who is of a subgroup alone has no meeting of its parent.
  if (answers.length === 0 && substitutes.length === 0 && (seesAtAGlance(part) || !isExpectedAt(part))) return []
  const head: Text = [{ strong: `${meeting.board.shortName}, ${meetingTime(meeting)}` }, `, ${meeting.venue}.`]
  const isToday = dayOf(meeting.startsAt, meeting.board.zone).equals(dayOf(now, meeting.board.zone))
  const joins =
    meeting.link && isToday ? [{ label: 'Join online', url: meeting.link, spoken: `Join online: ${called(meeting)}` }] : []
  const join = joins.some(opens) ? [links(...joins)] : []
  const sitsFor = substitutes.flatMap(
    ({ representative, organisation }): Text => [
      'You substitute for ',
      ...(representative ? [mention(representative), `, ${organisation.name}. `] : [`${organisation.name}. `]),
    ],
  )
  if (meeting.sitting === 'open')
    return [text(...head, ' It is in session.'), buttons(roomButton(meeting, 'The meeting now')), ...join]
  if (answers.length === 0) return [text(...head, ...sitsFor), buttons(agendaButton(meeting)), ...join]
  const [first, ...others] = answers.slice(0, MOST_SEATS)
  const several = answers.length > 1
  return [
    ...(first ? seatNodes(replies, first, [...head, ...sitsFor], several) : []),
    ...others.flatMap((seat) => seatNodes(replies, seat, [], several)),
    ...join,
  ]
}

function seatNodes({ meeting, begun }: Replies, seat: AnsweredSeat, before: Text, several: boolean): readonly Node[] {
  const own = seat.right === 'own'
  const body = several || !own ? [`${seat.organisation.name}: `] : []
  const gap = before.length > 0 ? [' '] : []
  return [
    text(...before, ...gap, ...body, ...(own ? answerInWords(seat) : stands(seat)), ...(begun ? [` ${BEGUN}`] : [])),
    buttons(...wishesOf(meeting, seat), ...(before.length > 0 ? [agendaButton(meeting)] : [])),
  ]
}
