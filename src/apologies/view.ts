import { isInvited, type Named, seatsOf } from '../boards/rules.js'
import { figureNodes } from '../boards/view.js'
import type { Audience } from '../kernel/audience.js'
import {
  type Button,
  buttons,
  type Card,
  divider,
  type Form,
  facts,
  heading,
  type Node,
  note,
  type Span,
  type Text,
  table,
  text,
} from '../kernel/view.js'
import { calendarButton } from '../meetings/calendar/view.js'
import { type Meeting, meetingDay, meetingTime } from '../meetings/rules.js'
import { meetingAt } from '../meetings/view.js'
import { type AnsweredSeat, forecast, inTwoSeats, type Replies, type Substitute, silentSeats } from './rules.js'

export const mention = ({ id, name }: Named): Span => ({ person: id, name })

type Wish = 'attend' | 'apologise' | 'substitute'

export const LABELS: Readonly<Record<Wish, string>> = {
  attend: "I'll be there",
  apologise: 'Send apologies',
  substitute: 'Name a substitute',
}

const COMMANDS: Readonly<Record<Wish, string>> = {
  attend: 'apologies.attend',
  apologise: 'apologies.send',
  substitute: 'apologies.choose_substitute',
}

export function answerButton(meeting: Meeting, wish: Wish, seat: AnsweredSeat | null, label = LABELS[wish]): Button {
  const about = seat ? `${seat.organisation.name}, ${meetingDay(meeting)}` : meetingDay(meeting)
  return {
    command: COMMANDS[wish],
    subject: meeting.id,
    label,
    spoken: `${label}: ${about}`,
    ...(seat ? { values: { seat: seat.id, ...(seat.representative ? { for: seat.representative.id } : {}) } } : {}),
    ...(wish === 'attend' && !seat?.answer ? { style: 'primary' as const } : {}),
  }
}

/** How a seat may answer otherwise than it has. */
export function wishesOf(meeting: Meeting, seat: AnsweredSeat): readonly Button[] {
  const press = (wish: Wish, label?: string) => answerButton(meeting, wish, seat, label)
  const substitutes = meeting.terms.substitutes.allowed
  if (!seat.answer) return [press('attend'), press('apologise'), ...(substitutes ? [press('substitute')] : [])]
  if (seat.answer.attending) return [press('apologise'), ...(substitutes ? [press('substitute')] : [])]
  const change = seat.answer.substitute ? 'Change the substitute' : LABELS.substitute
  return [press('attend', 'I can come after all'), ...(substitutes ? [press('substitute', change)] : [])]
}

/** Who said so, where somebody else answered for the representative. */
function saidBy({ answer, representative }: AnsweredSeat): Text {
  return answer && answer.by.id !== representative?.id ? [' Said by ', mention(answer.by), '.'] : []
}

/** What a seat has answered, to who holds it. */
export const answerInWords = (seat: AnsweredSeat): Text => [...ownWords(seat), ...saidBy(seat)]

function ownWords({ answer, lapsed, movedSince }: AnsweredSeat): Text {
  if (!answer && movedSince) return ['The meeting has been moved since you answered. Will you come on the new day?']
  if (!answer) return ['You have not answered yet. Will you come?']
  if (answer.attending) return [{ strong: 'You will be there.' }, ' Thank you.']
  if (answer.substitute)
    return [
      { strong: 'You send apologies.' },
      ' ',
      mention(answer.substitute),
      ' will substitute.',
      ...newName(answer.substitute),
    ]
  if (lapsed)
    return [{ strong: 'You send apologies.' }, ' ', mention(lapsed), ', whom you named, can no longer substitute: name another.']
  return [{ strong: 'You send apologies.' }, ' You have named no substitute.']
}

/** A name that is mistyped is a person of its own: who named it is the first to see that. */
const newName = ({ confirmed }: Substitute): Text =>
  confirmed ? [] : [' That name is new to me: see that it is right, or change it. The clerk confirms who it is.']

const OVER = 'The meeting is over. Tell the clerk of any change.'
export const BEGUN = 'The meeting has begun: what you answer now is recorded as late.'

/** A member's own card: what they have answered, and how to answer otherwise. */
export function ownAnswer({ meeting, begun, over, seats }: Replies, person: string, audience: Audience): Card {
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const own = seatsOf(seats, person)
  if (own.length === 0) return noLongerCard(meeting, audience)
  return {
    title: `${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      facts(
        ['When', [meetingAt(meeting)]],
        ['Where', [meeting.venue]],
        ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
        ...(meeting.need ? [['Extraordinary meeting', [meeting.need]] as const] : []),
        ['You sit for', [own.map((seat) => seat.organisation.name).join(', ')]],
      ),
      ...own.flatMap((seat) => [
        ...(own.length > 1 ? [heading(seat.organisation.name)] : []),
        text(...answerInWords(seat)),
        ...(over ? [note(OVER)] : [...(begun ? [note(BEGUN)] : []), buttons(...wishesOf(meeting, seat))]),
      ]),
      ...foretold(meeting, seats),
      ...(over ? [] : [buttons(calendarButton(meeting))]),
    ],
  }
}

/** What is said before a meeting is foretold; once it is open, the room counts who is there. */
export const foretold = (meeting: Meeting, seats: readonly AnsweredSeat[]): readonly Node[] =>
  meeting.sitting === 'not opened' ? [divider, ...figureNodes(meeting.terms, forecast(meeting.terms, seats))] : []

/** To whoever has left: where the others meet is theirs to know no more. */
const noLongerCard = (meeting: Meeting, audience: Audience): Card => ({
  title: `${meeting.board.shortName}, ${meetingDay(meeting)}`,
  audience,
  body: [text('You hold no seat here on that day. You need not answer.')],
})

/** The card of who answers for somebody else: what stands for that seat, and how to answer otherwise. */
export function othersAnswer({ meeting, begun, over, seats }: Replies, seat: AnsweredSeat, audience: Audience): Card {
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  return {
    title: `${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      facts(
        ['When', [meetingAt(meeting)]],
        ['Where', [meeting.venue]],
        ['Seat', [seat.organisation.name]],
        ['Held by', seat.representative ? [mention(seat.representative)] : ['nobody']],
      ),
      text(...stands(seat)),
      ...(over ? [note(OVER)] : [...(begun ? [note(BEGUN)] : []), buttons(...wishesOf(meeting, seat))]),
      ...foretold(meeting, seats),
    ],
  }
}

/** What stands for a seat, in the third person. */
export function stands(seat: AnsweredSeat): Text {
  const who = seat.representative
  if (!who) return ['The seat is vacant.']
  if (!seat.answer) return [mention(who), ' has not answered yet.']
  if (seat.answer.attending) return [mention(who), ' will be there.', ...saidBy(seat)]
  const { substitute } = seat.answer
  const instead: Text = substitute ? [mention(substitute), ' will substitute.'] : ['No substitute is named.']
  return [mention(who), ' sends apologies', ...spoken(seat), '. ', ...instead]
}

/** ", said by Priya Nair", and whether it came late */
const spoken = ({ answer, representative }: Pick<AnsweredSeat, 'answer' | 'representative'>): Text => [
  ...(answer && answer.by.id !== representative?.id ? [', said by ', mention(answer.by)] : []),
  ...(answer?.late && !answer.attending ? [' (late)'] : []),
]

export const cancelledCard = (meeting: Meeting, audience: Audience): Card => ({
  title: `Cancelled: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  audience,
  body: [text(`The meeting of ${meetingTime(meeting)} is cancelled. You need do nothing.`)],
})

/** The card in the board's own place: figures, no names. */
export function forecastCard({ meeting, begun, seats }: Replies, audience: Audience): Card {
  if (meeting.cancelled) return cancelledCard(meeting, audience)
  const still = silentSeats(seats)
  return {
    title: begun ? `The meeting of ${meetingTime(meeting)} has begun` : `Next meeting: ${meetingTime(meeting)}`,
    audience,
    body: [
      facts(['Board', [meeting.board.name]], ['Where', [meeting.venue]]),
      ...foretold(meeting, seats),
      text(
        seats.every((seat) => seat.representative === null)
          ? 'Nobody holds a seat on that day.'
          : still === 0
            ? 'Every seat has answered.'
            : still === 1
              ? 'One seat has not answered yet.'
              : `${still} seats have not answered yet.`,
      ),
      ...(begun
        ? []
        : [
            buttons(
              ...(['attend', 'apologise'] as const).map((wish) => answerButton(meeting, wish, null)),
              ...(meeting.terms.substitutes.allowed ? [answerButton(meeting, 'substitute', null)] : []),
            ),
          ]),
    ],
  }
}

const notYet = ({ confirmed }: Substitute, clerk: boolean): Text => (!confirmed && clerk ? ['; not yet confirmed'] : [])

function comingOf(seat: AnsweredSeat): Text {
  const who = seat.representative
  if (!who) return ['The seat is vacant']
  if (!seat.answer) return [mention(who), ' has not answered']
  if (seat.answer.attending) return [mention(who), ...spoken(seat)]
  const { substitute } = seat.answer
  if (substitute)
    return [
      mention(substitute),
      ' (substitute for ',
      mention(who),
      ')',
      ...notYet(substitute, seat.right === 'clerk'),
      ...spoken(seat),
    ]
  const gone: Text = seat.lapsed ? ['; ', mention(seat.lapsed), ', who was named, can no longer substitute'] : []
  return ['Apologies from ', mention(who), ...spoken(seat), ...gone]
}

/** Who is coming, by name: for the board's own people. */
export function comingCard({ meeting, over, seats }: Replies, audience: Audience): Card {
  const rows = (some: readonly AnsweredSeat[]) => some.map((seat): readonly Text[] => [[seat.organisation.name], comingOf(seat)])
  const members = seats.filter((seat) => !isInvited(seat))
  const invited = seats.filter(isInvited)
  return {
    title: `Who is coming on ${meetingDay(meeting)}`,
    audience,
    body: [
      ...foretold(meeting, seats),
      table(['Member', 'Who comes'], rows(members)),
      ...inTwoSeats(seats).map(({ who, bodies }) =>
        note(mention(who), ` sits for ${bodies.join(' and ')}: both are counted, unless the person presiding rules otherwise.`),
      ),
      ...(invited.length > 0 ? [table(['By invitation', 'Who comes'], rows(invited))] : []),
      ...(!over && seats.some(({ right }) => right === 'clerk') ? [buttons(...forTheClerk(meeting, seats))] : []),
    ],
  }
}

/** The clerk answers for who has told them, and says who is known. */
function forTheClerk(meeting: Meeting, seats: readonly AnsweredSeat[]): readonly Button[] {
  const strangers = seats.flatMap(({ answer }) => (answer?.substitute && !answer.substitute.confirmed ? [answer.substitute] : []))
  return [
    {
      command: 'apologies.answer_form',
      subject: meeting.id,
      label: 'Answer for somebody',
      spoken: `Answer for somebody: ${meetingDay(meeting)}`,
    },
    ...strangers.map((stranger) => confirmButton(meeting, stranger, `Confirm ${stranger.name}`)),
  ]
}

export const confirmButton = (meeting: Meeting, { id, name }: Named, label: string): Button => ({
  command: 'apologies.confirm_person',
  subject: meeting.id,
  label,
  spoken: `Confirm ${name} as substitute: ${meetingDay(meeting)}`,
  values: { person: id },
})

/** Asks who will sit in the seat. */
export const substituteForm = (meeting: Meeting, seat: AnsweredSeat, colleagues: readonly Named[], audience: Audience): Form => ({
  title: 'Name a substitute',
  audience,
  command: 'apologies.name_substitute',
  subject: meeting.id,
  values: { seat: seat.id, ...(seat.representative ? { for: seat.representative.id } : {}) },
  intro: [
    `${seat.right === 'own' ? 'You send' : `${seat.representative?.name ?? 'The seat'} sends`} apologies for ${meetingTime(meeting)}, and someone else of ${seat.organisation.name} comes instead. `,
    isInvited(seat) ? 'They attend by the same invitation.' : 'They count for the quorum and speak for your seat.',
  ],
  fields: [
    {
      field: 'choice',
      name: 'substitute',
      label: 'Who comes in your place?',
      options: colleagues.map(({ id, name }) => ({ value: id, label: name })),
      hint: 'Somebody not on the list? Ask the clerk to add them.',
    },
  ],
  submit: 'Send apologies',
  inWords: `apologies for the next meeting, ${colleagues[0]?.name ?? 'NAME'} will substitute`,
})
