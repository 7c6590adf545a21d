import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, facts, note, text } from '../../kernel/view.js'
import { type Meeting, meetingDay, meetingTime } from '../../meetings/rules.js'
import { meetingAt } from '../../meetings/view.js'

/** To the clerk: that the meeting is to be opened, so that people can be marked and counted. */
export const openCard = (meeting: Meeting, audience: Audience): Card => ({
  title: `To open: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  audience,
  body: [
    facts(['When', [meetingAt(meeting)]], ['Where', [meeting.venue]]),
    text('Open the meeting when it begins: from then on who comes and goes is marked, and the quorum is counted.'),
    buttons(
      { command: 'attendance.open', subject: meeting.id, label: 'Open the meeting', style: 'primary' },
      { command: 'apologies.coming', subject: meeting.id, label: 'Who is coming' },
    ),
  ],
})

/** To the clerk: that the notes of a meeting are due. */
export const notesCard = (meeting: Meeting, audience: Audience): Card => ({
  title: `Notes to draft: ${meeting.board.shortName}, ${meetingDay(meeting)}`,
  audience,
  body: [
    facts(['Meeting', [meetingTime(meeting)]]),
    text('The notes of this meeting are due. Who was there, who presided and how the quorum stood is kept:'),
    buttons({ command: 'attendance.print', subject: meeting.id, label: 'Attendance record', style: 'primary' }),
    note('Press “Not this one” when they are drafted.'),
  ],
})
