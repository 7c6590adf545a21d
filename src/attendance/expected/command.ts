import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { seatsOf } from '../../boards/rules.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type Acting, type Asking, act, cardReply, formReply, query } from '../../kernel/command.js'
import { MeetingId, PersonId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf, hourInWords } from '../../kernel/time.js'
import { isOver, meetingTime } from '../../meetings/rules.js'
import { notify } from '../../outbox/store.js'
import { inTheRoom, load, type There } from '../command.js'
import { thereAt } from '../ledger.js'
import { hourOn } from '../marks/rules.js'
import { expectedNotice, turnCards } from '../notices.js'
import type { Expected, Room } from '../room.js'
import { saveExpected } from './store.js'
import { expectedCard, expectForm } from './view.js'

const KIND = z.enum(['late', 'leaves'])
const WHEN = 'Say at what hour, as in 10:20.'

/** Who is there is not late. @throws Refusal `conflict` */
function mustNotBeHere({ facts, now }: Room, person: Expected['person'], kind: Expected['kind']): void {
  if (kind === 'late' && thereAt(facts, now, now).some((spell) => spell.person.id === person.id))
    throw new Refusal('conflict', `${person.name} is marked as here already. If that is wrong, ask the clerk to correct it.`)
}

/** Who is expected there: who speaks, or whom they may answer for. @throws Refusal */
function whose({ actor, now }: Asking, room: There, person: string | undefined): Expected['person'] {
  if (isOver(room.meeting, now))
    throw new Refusal(
      'too_late',
      `The meeting of ${meetingTime(room.meeting)} is over. Tell the clerk, who keeps the attendance.`,
    )
  if (person === undefined || person === actor.person) {
    if (room.sits.length === 0)
      throw new Refusal('not_permitted', 'You are not expected at that meeting. Say for whom, by name, or tell the clerk.')
    return { id: actor.person, name: actor.name }
  }
  const [seat] = seatsOf(room.seats, person)
  if (!seat?.representative || seat.right === null)
    throw new Refusal(
      'not_permitted',
      'That is not yours to say. They say it themselves, or their deputy, their assistant or the clerk does.',
    )
  return { id: person, name: seat.representative.name }
}

/** The instant of an hour on the meeting's day. @throws Refusal at the field for one that is no lateness, or is over */
function momentOf({ meeting, facts }: There, kind: Expected['kind'], hour: string): Temporal.Instant {
  const at = hourOn(dayOf(meeting.startsAt, facts.zone), hour, facts.zone, 'hour')
  const ends = meeting.startsAt.add({ minutes: meeting.minutes })
  if (at.epochMilliseconds > ends.epochMilliseconds) {
    const sentence = `The meeting is planned until ${hourInWords(ends, facts.zone)}: ${hour} is after it. Say the hour that you mean.`
    throw new Refusal('invalid', sentence, undefined, { hour: sentence })
  }
  const late = at.epochMilliseconds > meeting.startsAt.epochMilliseconds
  if (late) return at
  const sentence =
    kind === 'late'
      ? `The meeting begins on ${meetingTime(meeting)}: that is not late. Say a later hour, or “I'll be there”.`
      : `The meeting begins on ${meetingTime(meeting)}: say a later hour, or send apologies.`
  throw new Refusal('invalid', sentence, undefined, { hour: sentence })
}

/** "Running ten minutes late", "have to leave at eleven": kept, and shown to the clerk; the quorum counts who is there. */
export const expect = act({
  name: 'attendance.expect',
  ...inTheRoom,
  allow: () => true,
  input: z.object({
    subject: MeetingId,
    kind: KIND,
    hour: z.string(WHEN).min(1, WHEN).max(10, WHEN),
    person: PersonId.optional(),
  }),
  async run(acting: Acting, { kind, hour, person: id }, room) {
    const { db, actor, now } = acting
    const person = whose(acting, room, id)
    mustNotBeHere(room, person, kind)
    const said = { person, kind, at: momentOf(room, kind, hour) }
    const before = room.expected.find((one) => one.person.id === person.id && one.kind === kind)
    const after = { ...room, expected: [...room.expected.filter((one) => one !== before), said] }
    const reply = cardReply(expectedCard(after, person, actor.person, audienceOf(actor)))
    if (before?.at?.equals(said.at)) return { reply, outcome: { unchanged: true } }
    await saveExpected(db, room.meeting.id, said, { by: personOf(actor), at: now })
    const subject = `${room.meeting.id} ${person.id} ${kind} ${said.at.toString()} ${now.toString()}`
    if (!room.clerk)
      await notify(db, [{ notice: expectedNotice, subject, board: room.meeting.board.id, to: { office: 'clerk' } }])
    await turnCards(db, room, [person.id])
    return { reply, outcome: { person: person.id, kind, at: said.at.toString() } }
  },
})

/** Opens the form that asks when. */
export const expectAsk = query({
  name: 'attendance.expect_form',
  input: z.object({ subject: MeetingId, kind: KIND, person: PersonId.optional() }),
  load,
  allow: () => true,
  async run(asking, { kind, person: id }, room) {
    const person = whose(asking, room, id)
    return formReply(expectForm(room, kind, person, audienceOf(asking.actor)))
  },
})
