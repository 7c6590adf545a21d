import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../db/schema.js'
import type { Audience } from '../../kernel/audience.js'
import { reminder, type ToRemind } from '../../kernel/notice.js'
import { dayOf } from '../../kernel/time.js'
import { papersDeadline } from '../../meetings/deadline.js'
import { comingMeeting, momentsBy, NOT_CALLED } from '../../meetings/notices.js'
import { holdersOf, standingBy } from '../../meetings/people/store.js'
import { minutesBeforeMeeting, workingDaysBeforeMeeting } from '../../meetings/reminding.js'
import { boardDay, type Meeting } from '../../meetings/rules.js'
import { concerned, findMeeting } from '../../meetings/store.js'
import { type Replies, unanswered } from '../rules.js'
import { answeredSeats, findReplies } from '../store.js'
import { type AtRisk, quorumAtRisk, whoIsComing } from './rules.js'
import { atRiskCard, comingSoonCard, pleaseAnswer } from './view.js'

/** Of a notice that only ever goes to people. */
function personOf(audience: Audience): string {
  if (audience.kind === 'person') return audience.person
  throw new Error('a personal notice for a place')
}

/** The answers to a meeting that is still to come; or why there is nothing to remind of. */
async function waiting(db: Db, meeting: string, now: Temporal.Instant): Promise<Replies | { gone: string }> {
  const replies = await findReplies(db, meeting, now)
  if (!replies) return NOT_CALLED
  return replies.begun ? { gone: 'the meeting has begun' } : replies
}

const membersMoments = momentsBy((timed) => workingDaysBeforeMeeting(timed, timed.terms.reminders.membersWorkingDays))

/** Those who have not answered. */
export const unansweredReminder = reminder<Replies>({
  name: 'apologies.unanswered',
  about: 'Will you come? To members who have not answered',
  moments: membersMoments,
  async to(db, meeting, now): Promise<ToRemind> {
    const replies = await waiting(db, meeting, now)
    if ('gone' in replies) return replies
    const people = unanswered(replies.seats).flatMap(({ representative }) => representative?.id ?? [])
    return people.length === 0 ? { gone: 'everybody has answered' } : { people }
  },
  async duty(db, meeting, person, now) {
    const replies = await waiting(db, meeting, now)
    if ('gone' in replies || !unanswered(replies.seats).some(({ representative }) => representative?.id === person)) return null
    const press = { command: 'apologies.attend', subject: meeting, label: 'I’ll be there' }
    return { what: 'Say whether you come', by: replies.meeting.startsAt, press }
  },
  async load(db, meeting, audience, now) {
    const replies = await waiting(db, meeting, now)
    if ('gone' in replies) return replies
    const waits = unanswered(replies.seats).some((seat) => seat.representative?.id === personOf(audience))
    return waits ? { facts: replies } : { gone: 'they have answered' }
  },
  draw: (facts, audience) => {
    const { warning } = papersDeadline(facts.meeting.terms, facts.meeting.startsAt)
    return pleaseAnswer(facts, personOf(audience), warning, audience)
  },
})

const TOLD_OF_THE_QUORUM = ['chair', 'co-chair', 'clerk'] as const

/** Clerk and chair: that the answers so far do not make a quorum. */
export const atRiskReminder = reminder<{ readonly meeting: Meeting; readonly risk: AtRisk }>({
  name: 'apologies.quorum_at_risk',
  about: 'The quorum, where the answers do not make it; to clerk and chair',
  moments: membersMoments,
  async to(db, meeting, now): Promise<ToRemind> {
    const replies = await waiting(db, meeting, now)
    if ('gone' in replies) return replies
    if (!quorumAtRisk(replies.meeting.terms, replies.seats)) return { gone: 'the answers make a quorum' }
    const { board } = replies.meeting
    return { people: await holdersOf(db, board.id, TOLD_OF_THE_QUORUM, boardDay(board, now)) }
  },
  async load(db, meeting, _, now) {
    const replies = await waiting(db, meeting, now)
    if ('gone' in replies) return replies
    const risk = quorumAtRisk(replies.meeting.terms, replies.seats)
    return risk ? { facts: { meeting: replies.meeting, risk } } : { gone: 'the answers make a quorum' }
  },
  draw: ({ meeting, risk }, audience) => atRiskCard(meeting, risk, audience),
})

interface Soon {
  readonly meeting: Meeting
  readonly now: Temporal.Instant
}

async function toCome(db: Db, id: string, now: Temporal.Instant): Promise<ToRemind> {
  const meeting = await comingMeeting(db, id, now)
  if ('gone' in meeting) return meeting
  return { people: whoIsComing(await concerned(db, meeting), await answeredSeats(db, meeting), await standingBy(db, meeting)) }
}

async function soon(db: Db, id: string, audience: Audience, now: Temporal.Instant) {
  const to = await toCome(db, id, now)
  if ('gone' in to) return to
  if (!to.people.includes(personOf(audience))) return { gone: 'they do not come any more' }
  const meeting = await findMeeting(db, id, now)
  return meeting ? { facts: { meeting, now } } : NOT_CALLED
}

/** "Tomorrow", "In 3 days"; on its day "Today". */
function dayFromNow({ meeting, now }: Soon): string {
  const { zone } = meeting.board
  const { days } = dayOf(now, zone).until(dayOf(meeting.startsAt, zone))
  return days === 0 ? 'Today' : days === 1 ? 'Tomorrow' : `In ${days} days`
}

/** Everyone who comes, on a working day before. */
export const comingSoonReminder = reminder<Soon>({
  name: 'apologies.coming_soon',
  about: 'The meeting is soon; to everyone who comes',
  moments: momentsBy((timed) => workingDaysBeforeMeeting(timed, timed.terms.reminders.everyoneWorkingDays)),
  to: toCome,
  load: soon,
  draw: (facts, audience) => comingSoonCard(facts.meeting, dayFromNow(facts), audience),
})

/** Whole minutes from now until the meeting, in words. */
function minutesFromNow({ meeting, now }: Soon): string {
  const minutes = Math.max(1, Math.round((meeting.startsAt.epochMilliseconds - now.epochMilliseconds) / 60_000))
  if (minutes % 60 !== 0) return minutes === 1 ? 'In a minute' : `In ${minutes} minutes`
  return minutes === 60 ? 'In an hour' : `In ${minutes / 60} hours`
}

/** Everyone who comes, shortly before. */
export const startingReminder = reminder<Soon>({
  name: 'apologies.starting',
  about: 'The meeting begins shortly; to everyone who comes',
  moments: momentsBy((timed) => minutesBeforeMeeting(timed, timed.terms.reminders.everyoneMinutes)),
  to: toCome,
  load: soon,
  draw: (facts, audience) => comingSoonCard(facts.meeting, minutesFromNow(facts), audience),
})
