import { z } from 'zod'
import { COMES_TO_SERVE, placeComing } from '../boards/reach/places/rules.js'
import { boardsRuledAnew, placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import type { After } from '../kernel/command.js'
import { dispatch, live, type Window } from '../kernel/notice.js'
import { type Called, hasBegun, isOver } from '../meetings/rules.js'
import { meetingAsItWas, meetingsBetween, meetingsOf } from '../meetings/store.js'
import { notify, refresh } from '../outbox/store.js'
import { answeredForYou, answerReceived, namedSubstitute, noLongerSubstitute } from './received/view.js'
import type { Replies } from './rules.js'
import { answeredSeats, type GivenAnswer, givenAnswer, repliesAsTheyStand } from './store.js'
import { forecastCard, ownAnswer } from './view.js'

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
  inOpenPlaces: true,
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
  acts: ['boards.import_roster', 'boards.appoint', 'boards.end', 'boards.handed_over', 'boards.approve'],
  async run({ db, now }, { board }) {
    for (const meeting of await meetingsOf(db, board, { from: now })) {
      await invite(db, meeting)
      await refresh(db, meeting.id, [forecast, invitation])
    }
  },
}

/** A place that comes to serve the board has the cards of its coming meetings. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    for (const { id } of await meetingsOf(db, board, { from: now })) {
      await notify(db, [{ notice: forecast, subject: id, board, to: { place } }])
      await refresh(db, id, [forecast])
    }
  },
}
