import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../boards/rules.js'
import type { Db, Tx } from '../db/schema.js'
import { type Due, notice } from '../kernel/notice.js'
import { atHour, dayOf } from '../kernel/time.js'
import { latestWorkingDayBefore } from '../kernel/working-days.js'
import type { Called } from '../meetings/rules.js'
import { meetingsBetween } from '../meetings/store.js'
import { notify, type Recipient } from '../outbox/store.js'
import { type Replies, unanswered } from './rules.js'
import { answeredSeats, findReplies, givenAnswer } from './store.js'
import { answerReceived, forecastCard, namedSubstitute, noLongerSubstitute, ownAnswer, pleaseAnswer } from './view.js'

const GONE = 'the meeting is not called any more'

async function replies(db: Db, meeting: string, now: Temporal.Instant) {
  const facts = await findReplies(db, meeting, now)
  return facts ? { facts } : { gone: GONE }
}

const personOf = (audience: { kind: string; person?: string }): string => audience.person ?? ''

/** The card in the board's place. */
export const forecast = notice<Replies>({
  name: 'apologies.forecast',
  kind: 'live',
  load: (db, meeting, _, now) => replies(db, meeting, now),
  draw: forecastCard,
})

/** Each member's own card. */
export const invitation = notice<Replies>({
  name: 'apologies.invitation',
  kind: 'live',
  load: (db, meeting, _, now) => replies(db, meeting, now),
  draw: (facts, audience) => ownAnswer(facts, personOf(audience), audience),
})

/** An answer as it was given, and the figures as they stand when it is told. */
async function received(db: Db, answer: string, now: Temporal.Instant) {
  const given = await givenAnswer(db, answer)
  const facts = await findReplies(db, given.meeting, now)
  const seat = facts?.seats.find((one) => one.id === given.seat)
  if (!facts || !seat) return { gone: GONE }
  return { facts: { ...facts, seat, by: given.by as Named, attending: given.attending, substitute: given.substitute } }
}

export const apologiesReceived = notice({
  name: 'apologies.received',
  kind: 'dispatch',
  load: (db, answer, _, now) => received(db, answer, now),
  draw: answerReceived,
})

export const substituteNamed = notice({
  name: 'apologies.substitute',
  kind: 'dispatch',
  load: (db, answer, _, now) => received(db, answer, now),
  draw: namedSubstitute,
})

export const substituteRelieved = notice({
  name: 'apologies.relieved',
  kind: 'dispatch',
  load: (db, answer, _, now) => received(db, answer, now),
  draw: noLongerSubstitute,
})

/** When those who have not answered are reminded: a working day, at an hour of the board's zone. */
const REMIND_WORKING_DAYS_BEFORE = 3
const REMIND_HOUR = 9
/** No meeting further off than this can be due: three working days are fewer calendar days, whatever the holidays. */
const LOOK_AHEAD = { hours: 24 * 21 }

const remindAt = (meeting: Called): { day: Temporal.PlainDate; at: Temporal.Instant } => {
  const held = dayOf(meeting.startsAt, meeting.board.zone)
  const { day } = latestWorkingDayBefore(held, REMIND_WORKING_DAYS_BEFORE - 1, meeting.board.division)
  return { day, at: atHour(day, REMIND_HOUR, meeting.board.zone) }
}

/** Those who have not answered, three working days before. */
export const pleaseAnswerReminder = notice<Replies>({
  name: 'apologies.unanswered',
  kind: 'reminder',
  async due(db, { from, until }): Promise<readonly Due[]> {
    const due: Due[] = []
    for (const meeting of await meetingsBetween(db, until, until.add(LOOK_AHEAD))) {
      const { day, at } = remindAt(meeting)
      if (at.epochMilliseconds <= from.epochMilliseconds || at.epochMilliseconds > until.epochMilliseconds) continue
      for (const seat of unanswered(await answeredSeats(db, meeting, until))) {
        if (seat.representative === null) continue
        due.push({ board: meeting.board.id, subject: meeting.id, person: seat.representative.id, date: day.toString() })
      }
    }
    return due
  },
  async load(db, meeting, audience, now) {
    const loaded = await replies(db, meeting, now)
    if ('gone' in loaded) return loaded
    const waits = unanswered(loaded.facts.seats).some((seat) => seat.representative?.id === personOf(audience))
    return waits ? loaded : { gone: 'they have answered' }
  },
  draw: (facts, audience) => pleaseAnswer(facts, personOf(audience), audience),
})

/** Posts a called meeting's cards: one in each place of the board, and each seat holder's own. */
export async function invite(tx: Tx, meeting: Called, now: Temporal.Instant): Promise<void> {
  const places = await tx
    .selectFrom('place')
    .select(['platform', 'workspace', 'id'])
    .where('board_id', '=', meeting.board.id)
    .execute()
  const seats = await answeredSeats(tx, meeting, now)
  const people = seats.flatMap(({ representative }) => (representative ? [representative.id] : []))
  const live = (name: string, to: Recipient) =>
    ({ notice: name, kind: 'live', subject: meeting.id, board: meeting.board.id, to }) as const
  await notify(tx, [
    ...places.map((place) => live(forecast.name, { place })),
    ...[...new Set(people)].map((person) => live(invitation.name, { person })),
  ])
}
