import { mention } from '../../apologies/view.js'
import type { Named } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { hourInWords } from '../../kernel/time.js'
import { type Card, type Form, facts, note, type Text, text } from '../../kernel/view.js'
import { meetingDay, meetingTime } from '../../meetings/rules.js'
import type { Expected, Room } from '../room.js'

/** "Daniel Okafor comes at 10:10" */
function inWords(room: Room, { person, kind, at }: Expected): Text {
  const does = kind === 'late' ? 'comes late' : 'leaves early'
  const when = kind === 'late' ? 'comes' : 'leaves'
  return [mention(person), at ? ` ${when} at ${hourInWords(at, room.facts.zone)}.` : ` ${does}.`]
}

/** What stands of when somebody comes and leaves. */
export const expectedCard = (room: Room, person: Named, reader: string, audience: Audience): Card => ({
  title: `Noted: ${room.meeting.board.shortName}, ${meetingDay(room.meeting)}`,
  audience,
  body: [
    ...room.expected
      .filter(
        (one) =>
          one.person.id === person.id &&
          !(one.kind === 'late' && room.facts.spells.some((spell) => spell.person.id === person.id)),
      )
      .map((one) => text(...inWords(room, one))),
    note(
      person.id === reader
        ? 'The clerk is told. The quorum counts who is there: say so when you come, and when you leave.'
        : 'The quorum counts who is there: mark them when they come, and when they leave.',
    ),
  ],
})

/** What the clerk is told. */
export const expectedTold = (room: Room, said: Expected, audience: Audience): Card => ({
  title: said.kind === 'late' ? 'Somebody comes late' : 'Somebody leaves early',
  audience,
  body: [facts(['Meeting', [`${room.meeting.board.shortName}, ${meetingTime(room.meeting)}`]]), text(...inWords(room, said))],
})

/** Asks when somebody comes or leaves. */
export const expectForm = (room: Room, kind: Expected['kind'], person: Named, audience: Audience): Form => ({
  title: kind === 'late' ? 'Coming late' : 'Leaving early',
  audience,
  command: 'attendance.expect',
  subject: room.meeting.id,
  values: { kind, person: person.id },
  intro: [`${person.name}, for the meeting of ${meetingTime(room.meeting)}.`],
  fields: [{ field: 'time', name: 'hour', label: kind === 'late' ? 'When do you expect to be there?' : 'When must you leave?' }],
  submit: 'Tell the clerk',
  inWords: kind === 'late' ? 'running ten minutes late' : 'have to leave at eleven',
})
