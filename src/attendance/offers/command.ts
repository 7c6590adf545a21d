import { isMember, isOfficer } from '../../boards/part/rules.js'
import { boardsOf, standingIn } from '../../boards/part/store.js'
import type { Asking, Offer, Offers } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { boardDay } from '../../meetings/rules.js'
import { load, type There } from '../command.js'
import { thereAt } from '../ledger.js'
import { stateOf } from '../room.js'
import { opensFrom } from '../sitting/rules.js'
import { inHand } from '../sitting/store.js'

/** What a person may do now in the rooms of their boards. */
export const offers: Offers = async (asking) => {
  const boards = await boardsOf(asking.db, asking.actor, asking.now)
  const each = boards.map(async (ruled) => {
    const [meeting] = await inHand(asking.db, [ruled], 'attendance.here', asking.now)
    const offered = meeting ? await offersAbout(asking, meeting.id) : []
    return boards.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${ruled.board.shortName})` })) : offered
  })
  return (await Promise.all(each)).flat()
}

async function offersAbout(asking: Asking, meeting: string): Promise<readonly Offer[]> {
  try {
    const room = await load(asking, { subject: meeting })
    return stateOf(room) === 'closed' ? await afterwards(asking, room) : offersIn(asking, room)
  } catch (error) {
    // Their part in this board has ended, or has not begun.
    if (error instanceof Refusal) return []
    throw error
  }
}

/** Once it is closed: what is printed, and the year. */
async function afterwards(asking: Asking, room: There): Promise<readonly Offer[]> {
  const standing = await standingIn(asking.db, room.meeting.board.id, asking.actor, asking.now)
  if (!standing || !(isOfficer(standing.part) || isMember(standing.part))) return []
  const { year } = room.meeting.startsAt.toZonedDateTimeISO(room.facts.zone)
  return [
    { words: 'attendance record', does: 'see who was at the last meeting, and its quorum' },
    { words: `attendance for ${year}`, does: 'see the attendance of the year, by organisation' },
    ...(room.clerk ? [{ words: 'correct the attendance', does: 'correct who was there, with a reason' }] : []),
  ]
}

function offersIn({ actor }: Asking, room: There): readonly Offer[] {
  const { facts, now, sits, clerk, officer } = room
  const isToday = boardDay(room.meeting.board, room.meeting.startsAt) === boardDay(room.meeting.board, now)
  if (stateOf(room) === 'not open')
    return [
      ...(officer && now.epochMilliseconds >= opensFrom(room.meeting).epochMilliseconds
        ? [{ words: 'open the meeting', does: 'begin to keep its attendance' }]
        : []),
      ...(sits.some(({ seat }) => seat !== null) && isToday
        ? [
            { words: 'running ten minutes late', does: 'tell the clerk when you will come' },
            { words: 'have to leave at eleven', does: 'tell the clerk when you will go' },
          ]
        : []),
    ]
  const here = thereAt(facts, now, now).some(({ person }) => person.id === actor.person)
  return [
    ...(sits.length > 0
      ? here
        ? [
            { words: "I'm leaving", does: 'be marked as gone' },
            { words: 'my connection dropped', does: 'say so; “I’m back” when it is there again' },
          ]
        : [{ words: "I'm here", does: 'be marked as here' }]
      : []),
    { words: 'who is here', does: 'see who is in the meeting' },
    { words: 'are we quorate', does: 'see the count, and the clause' },
    ...(sits.length > 0 ? [{ words: 'declare an interest', does: 'declare an interest in an item' }] : []),
    ...(clerk
      ? [
          { words: 'mark the table', does: 'mark everybody in one form' },
          { words: 'NAME is here', does: 'mark somebody; “for NAME” where they substitute' },
          { words: 'NAME left at 10:50', does: 'mark that somebody has left' },
          { words: 'NAME presides', does: 'record whom those present choose' },
          {
            words: 'adjourn until 11:00',
            does: 'record what the person presiding says; or “wait for a quorum”, “go on informally”, “resume”',
          },
          { words: 'no declarations of interest', does: 'record the nil return' },
          { words: 'correct the attendance', does: 'correct who was there, with a reason' },
          { words: 'close the meeting', does: 'end it' },
        ]
      : []),
  ]
}
