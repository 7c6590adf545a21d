import type { Named } from '../../boards/rules.js'
import { figureNodes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, divider, facts, list, type Node, note, text } from '../../kernel/view.js'
import { type Meeting, meetingDay } from '../../meetings/rules.js'
import { meetingAt } from '../../meetings/view.js'
import type { Replies } from '../rules.js'
import { mention, ownAnswer } from '../view.js'
import type { AtRisk } from './rules.js'

/** To somebody who has not answered. */
export function pleaseAnswer(replies: Replies, person: string, warning: string | null, audience: Audience): Card {
  const own = ownAnswer(replies, person, audience)
  return { ...own, title: `Please answer: ${own.title}`, body: warning === null ? own.body : [...own.body, note(warning)] }
}

const named = (title: string, people: readonly Named[]): readonly Node[] =>
  people.length === 0 ? [] : [text(title), list(people.map((person) => [mention(person)]))]

/** To clerk and chair: that the answers so far do not make a quorum, and whose answer could still tip it. */
export function atRiskCard(meeting: Meeting, { figures, atMost, silent, withoutSubstitute }: AtRisk, audience: Audience): Card {
  const hopeless = atMost.every(({ represented, required }) => represented < required)
  const most = atMost.map(({ represented, reading }) => `${represented}${atMost.length > 1 ? ` ${reading}` : ''}`)
  return {
    title: `The quorum is at risk: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
    audience,
    body: [
      facts(['When', [meetingAt(meeting)]], ['If all who have not answered came', [most.join(', ')]]),
      ...named('Their answer could still tip it:', silent),
      ...named('They send apologies, and a substitute would count:', withoutSubstitute),
      ...(hopeless && withoutSubstitute.length === 0
        ? [text('As it stands there will be no quorum. Ask for substitutes, or move the meeting.')]
        : []),
      divider,
      ...figureNodes(meeting.terms, figures),
      buttons({ command: 'apologies.coming', subject: meeting.id, label: 'Who is coming' }),
    ],
  }
}

/** To everyone who comes: when and where, shortly before. */
export const comingSoonCard = (meeting: Meeting, when: string, audience: Audience): Card => ({
  title: `${when}: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  audience,
  body: [
    facts(
      ['When', [meetingAt(meeting)]],
      ['Where', [meeting.venue]],
      ...(meeting.link ? [['Join', [meeting.link]] as const] : []),
    ),
    buttons({
      command: 'agenda.show',
      subject: meeting.id,
      label: 'Agenda',
      spoken: `Agenda: ${meetingDay(meeting)}`,
    }),
  ],
})
