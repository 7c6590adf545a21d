import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { boardsRuledAnew, placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import type { After } from '../kernel/command.js'
import { type Due, dispatch, type Loaded, live, reminder, type Window } from '../kernel/notice.js'
import { atHour, dayOf } from '../kernel/time.js'
import { latestWorkingDayBefore } from '../kernel/working-days.js'
import { type Called, hasBegun, isOver } from '../meetings/rules.js'
import { meetingAsItWas, meetingsBetween, meetingsOf } from '../meetings/store.js'
import { notify, refresh } from '../outbox/store.js'
import { answeredForYou, answerReceived, namedSubstitute, noLongerSubstitute } from './received/view.js'
import { type Replies, unanswered } from './rules.js'
import { answeredSeats, findReplies, type GivenAnswer, givenAnswer, repliesAsTheyStand } from './store.js'
import { forecastCard, ownAnswer, pleaseAnswer } from './view.js'

async function replies(db: Db, meeting: string, now: Temporal.Instant): Promise<Loaded<Replies>> {
  const facts = await findReplies(db, meeting, now)
  return facts ? { facts } : { gone: 'the meeting is not called any more' }
}

/** Of a notice that only ever goes to people. */
function personOf(audience: Audience): string {
  if (audience.kind === 'person') return audience.person
  throw new Error('a personal notice for a place')
}

/** No meeting is planned for longer. */
const LONGEST_MEETING = { hours: 24 }

/** The meetings whose cards time has changed: they began, were over unopened, or other terms took effect over them, within a span. */
async function turned(db: Db, { from, until }: Window): Promise<readonly string[]> {
  const begun = (await meetingsBetween(db, from.subtract(LONGEST_MEETING), until)).filter(
    (meeting) => hasBegun(meeting, until) !== hasBegun(meeting, from) || isOver(meeting, until) !== isOver(meeting, from),
  )
  const ruled = await Promise.all((await boardsRuledAnew(db, from, until)).map((board) => meetingsOf(db, board, { from: until })))
  return [...begun, ...ruled.flat()].map(({ id }) => id)
}

/** The card in the board's place. */
export const forecast = live<Replies>({
  name: 'apologies.forecast',
  load: async (db, meeting, _, now) => ({ facts: await repliesAsTheyStand(db, meeting, now) }),
  turns: turned,
  draw: forecastCard,
})

/** Each member's own card. */
export const invitation = live<Replies>({
  name: 'apologies.invitation',
  load: async (db, meeting, _, now) => ({ facts: await repliesAsTheyStand(db, meeting, now) }),
  turns: turned,
  draw: (facts, audience) => ownAnswer(facts, personOf(audience), audience),
})

/** To the clerk: apologies, or that they are taken back. Its subject is the answer. */
export const apologiesReceived = dispatch<GivenAnswer>({
  name: 'apologies.received',
  load: (db, answer, _, now) => givenAnswer(db, answer, now),
  draw: answerReceived,
})

/** To a representative: what somebody else answered for them. */
export const answeredFor = dispatch<GivenAnswer>({
  name: 'apologies.answered_for',
  load: (db, answer, _, now) => givenAnswer(db, answer, now),
  draw: answeredForYou,
})

/** To a substitute: that they are one. */
export const substituteNamed = dispatch<GivenAnswer>({
  name: 'apologies.substitute',
  load: (db, answer, _, now) => givenAnswer(db, answer, now),
  draw: namedSubstitute,
})

/** To a substitute: that they are one no longer. */
export const substituteRelieved = dispatch<GivenAnswer>({
  name: 'apologies.relieved',
  load: (db, answer, _, now) => givenAnswer(db, answer, now),
  draw: noLongerSubstitute,
})

/** When those who have not answered are reminded: a working day, at an hour of the board's zone. */
const REMIND_WORKING_DAYS_BEFORE = 3
const REMIND_HOUR = 9
/** No meeting further off than this can be due: three working days are fewer calendar days, whatever the holidays. */
const LOOK_AHEAD = { hours: 24 * 21 }

function remindAt({ startsAt, board }: Called): { day: Temporal.PlainDate; at: Temporal.Instant; warning: string | null } {
  // The third working day before has two whole ones between it and the meeting.
  const { day, warning } = latestWorkingDayBefore(dayOf(startsAt, board.zone), REMIND_WORKING_DAYS_BEFORE - 1, board.division)
  return { day, at: atHour(day, REMIND_HOUR, board.zone), warning }
}

/** Those who have not answered, three working days before. */
export const pleaseAnswerReminder = reminder<Replies>({
  name: 'apologies.unanswered',
  async due(db, { from, until }): Promise<readonly Due[]> {
    const due: Due[] = []
    for (const meeting of await meetingsBetween(db, until, until.add(LOOK_AHEAD))) {
      const { day, at } = remindAt(meeting)
      if (at.epochMilliseconds <= from.epochMilliseconds || at.epochMilliseconds > until.epochMilliseconds) continue
      for (const seat of unanswered(await answeredSeats(db, meeting))) {
        if (seat.representative === null) continue
        due.push({ board: meeting.board.id, subject: meeting.id, person: seat.representative.id, date: day.toString() })
      }
    }
    return due
  },
  async load(db, meeting, audience, now) {
    const loaded = await replies(db, meeting, now)
    if ('gone' in loaded) return loaded
    if (loaded.facts.begun) return { gone: 'the meeting has begun' }
    const waits = unanswered(loaded.facts.seats).some((seat) => seat.representative?.id === personOf(audience))
    return waits ? loaded : { gone: 'they have answered' }
  },
  draw: (facts, audience) => pleaseAnswer(facts, personOf(audience), remindAt(facts.meeting).warning, audience),
})

/** Posts a called meeting's cards: one in each place of the board, and each seat holder's own. */
export async function invite(tx: Tx, meeting: Called): Promise<void> {
  const about = { subject: meeting.id, board: meeting.board.id }
  const places = await placesOf(tx, meeting.board.id)
  const seats = await answeredSeats(tx, meeting)
  const people = new Set(seats.flatMap(({ representative }) => (representative ? [representative.id] : [])))
  await notify(tx, [
    ...places.map((place) => ({ ...about, notice: forecast, to: { place } })),
    ...[...people].map((person) => ({ ...about, notice: invitation, to: { person } })),
  ])
}

const Meetings = z.object({ meetings: z.array(z.string()) })

/** A called meeting's cards go out with it. */
export const inviteAfterCall: After = {
  acts: ['meetings.call', 'meetings.agree_cycle', 'demonstration.fill'],
  async run({ db, now }, { outcome }) {
    for (const id of Meetings.parse(outcome).meetings) await invite(db, await meetingAsItWas(db, id, now))
  },
}

/** The cards of a meeting that was moved or cancelled follow it, and the people who have come to the roster since have theirs. */
export const refreshAfterChange: After = {
  acts: ['meetings.move', 'meetings.cancel'],
  async run({ db, now }, { outcome }) {
    for (const id of Meetings.parse(outcome).meetings) {
      const meeting = await meetingAsItWas(db, id, now)
      if (!meeting.cancelled) await invite(db, meeting)
      await refresh(db, id, [forecast, invitation])
    }
  },
}

/** Who comes to a seat has the cards of the coming meetings; a roster or terms that change turn all of them. */
export const followBoard: After = {
  acts: ['boards.import_roster', 'boards.appoint', 'boards.end', 'boards.approve'],
  async run({ db, now }, { board }) {
    for (const meeting of await meetingsOf(db, board, { from: now })) {
      await invite(db, meeting)
      await refresh(db, meeting.id, [forecast, invitation])
    }
  },
}
