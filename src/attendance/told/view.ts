import type { Terms } from '../../boards/terms.js'
import { basisNotes } from '../../boards/view.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, note, text } from '../../kernel/view.js'
import { meetingTime } from '../../meetings/rules.js'
import { controls, itemNotes } from '../here/view.js'
import { type Count, type Entry, entryAt, ruleAt, type Verdict } from '../ledger.js'
import { isOpen, type Room } from '../room.js'
import { countInWords, countNodes, hourAt, type May, pressOf, stateNodes, whoIsHere } from '../view.js'

/** Whether a meeting is quorate, by which clause, and whom it counts. */
export function quorumCard(room: Room, may: May, audience: Audience): Card {
  const entry = entryAt(room.facts, room.now, room.now)
  const { terms } = ruleAt(room.facts, room.now)
  const open = isOpen(room)
  return {
    title: `The quorum of ${room.meeting.board.shortName}, ${meetingTime(room.meeting)}`,
    audience,
    body: open
      ? [
          ...countNodes(terms, entry),
          ...itemNotes(terms, entry, may),
          ...stateNodes(room, entry),
          buttons(whoIsHere(room.meeting)),
          ...(may.presides ? controls(room, entry, { ...may, clerk: false }) : []),
        ]
      : [
          text(
            entry.state === 'closed' ? 'The meeting is closed.' : 'The meeting is not open yet: nobody is counted before that.',
          ),
          buttons(
            entry.state === 'closed'
              ? pressOf(room.meeting, 'attendance.print', 'Attendance and quorum, to print')
              : pressOf(room.meeting, 'apologies.coming', 'Who is coming'),
          ),
        ],
  }
}

/** What clerk and chair are told when the quorum is lost or regained. */
export function quorumChanged(
  room: Room,
  written: Pick<Entry, 'at' | 'state' | 'items' | keyof Count>,
  before: Verdict | null,
  terms: Terms,
  may: May,
  audience: Audience,
): Card {
  const { verdict, items, at } = written
  const short = items.filter((item) => item.verdict !== 'quorate')
  const title =
    verdict === 'quorate'
      ? short.length > 0
        ? 'No quorum for an item'
        : before === 'quorate'
          ? 'The quorum for the item is back'
          : 'The meeting is quorate'
      : verdict === 'disputed'
        ? 'The quorum depends on the reading'
        : before === 'inquorate' || before === null
          ? 'The meeting is not quorate'
          : 'The quorum is lost'
  const told = short[0] && verdict === 'quorate' ? short[0] : written
  return {
    title: `${title}: ${room.meeting.board.shortName}, ${hourAt(room, at)}`,
    audience,
    body: [
      text(countInWords(terms, told)),
      ...basisNotes(terms.quorum),
      ...(verdict === 'quorate'
        ? []
        : [
            note(
              'Without a quorum the meeting waits, adjourns, or goes on informally, as the person presiding says. What was decided before stands.',
            ),
          ]),
      buttons(whoIsHere(room.meeting)),
      ...(may.presides ? controls(room, { ...written, presiding: null, termsId: '' }, { ...may, clerk: false }) : []),
    ],
  }
}
