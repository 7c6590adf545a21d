import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { boardOr } from '../boards/adoption/command.js'
import { askOnce, hasPart, isAmong, isClerk, isMember, isOfficer, type Part } from '../boards/part/rules.js'
import { offersPerBoard, partOf, peopleOf, type Standing } from '../boards/part/store.js'
import type { InForce } from '../boards/store.js'
import { audienceOf, personOf } from '../kernel/actor.js'
import {
  type About,
  type Acting,
  type Asking,
  act,
  cardReply,
  formReply,
  type Offers,
  query,
  type Reply,
} from '../kernel/command.js'
import { BoardId, MeetingId, newId, PersonId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import { hourInWords } from '../kernel/time.js'
import { adviceOn, civilInstant } from './advice.js'
import {
  changesMeetings,
  civilFrom,
  LONGEST_LINK,
  LONGEST_REASON,
  LONGEST_VENUE,
  MOST_DATES,
  mayCall,
  mayChange,
  oneAtATime,
  USUAL_MINUTES,
  venueFrom,
} from './calling.js'
import { tellOf } from './notices.js'
import { proposeDates, shortOf } from './proposing.js'
import { type Called, hasBegun, type Kind, type Meeting } from './rules.js'
import {
  addCycle,
  addMeeting,
  boardOfMeeting,
  changeMeeting,
  elsewhere,
  lastMeeting,
  meetingAsItWas,
  meetingsOf,
  wishFor,
} from './store.js'
import { callForm, cancelForm, comingCard, cycleCard, cycleForm, meetingCard, moveForm, proposedCard } from './view.js'

/** A board with approved terms. */
export type Ruling = Standing & { readonly inForce: InForce }

const NO_TERMS =
  'This board has no approved terms of reference yet, so that nobody can say who may call a meeting. Record their approval first.'

/** @throws Refusal `not_found`, and `conflict` before any terms are approved */
export async function rulingOr(asking: Asking, board: string | null): Promise<Ruling> {
  const standing = await boardOr(asking, board)
  if (!standing.inForce) throw new Refusal('conflict', NO_TERMS)
  return { ...standing, inForce: standing.inForce }
}

/** A meeting as somebody sees it: whatever has become of it, with what they are to its board. */
export interface Seen extends Ruling {
  readonly meeting: Meeting
}

/** @throws Refusal `not_found`, alike for what is hidden and what does not exist */
export async function meetingOr(asking: Asking, { subject }: About): Promise<Seen> {
  const standing = await rulingOr(asking, await boardOfMeeting(asking.db, subject))
  return { ...standing, meeting: await meetingAsItWas(asking.db, subject, asking.now) }
}

const day = z.string('Choose a day.').min(1, 'Choose a day.').max(20)
const time = z.string('Choose an hour.').min(1, 'Choose an hour.').max(20)
const tooLong = (most: number) => `That is too long: say it in at most ${most} characters.`
const venue = z.string().trim().max(LONGEST_VENUE, tooLong(LONGEST_VENUE)).optional()
const link = z
  .union([
    z.literal(''),
    z
      .url({ protocol: /^https?$/, error: 'That is no web address. Give one that begins with https://, or none.' })
      .max(LONGEST_LINK, tooLong(LONGEST_LINK)),
  ])
  .optional()
const reason = z.string().trim().max(LONGEST_REASON, tooLong(LONGEST_REASON))
const allTheSame = z.literal('yes').optional()

const canChange = (meeting: Called, { terms }: InForce, part: Part, now: Temporal.Instant): boolean =>
  !meeting.cancelled && !hasBegun(meeting, now) && changesMeetings(meeting.kind, terms, part)

const shown = ({ actor, now }: Asking, { meeting, inForce, part }: Seen, said?: string): Reply => {
  const may = { change: canChange(meeting, inForce, part, now) }
  return cardReply(meetingCard(meeting, inForce.terms, may, now, audienceOf(actor), said))
}

/** Whether a form or a list would offer somebody to call a meeting of either kind. */
const mayOfferCall = ({ terms }: InForce, part: Part): boolean =>
  isOfficer(part) || isAmong(terms.calling.ordinary.by, part) || isAmong(terms.calling.extraordinary.by, part)

/** A civil time as an instant. @throws Refusal at the field `time` for one that a clock change skips */
function instantOf(civil: { day: Temporal.PlainDate; time: Temporal.PlainTime }, zone: string): Temporal.Instant {
  const found = civilInstant(civil.day, civil.time, zone)
  if ('at' in found) return found.at
  throw new Refusal('invalid', found.wrong, undefined, { time: found.wrong })
}

/** What is forbidden is refused; what is unwise comes back as sentences. */
async function doubtsAbout(
  { db, now }: Asking,
  { board, inForce, part }: Ruling,
  { kind, startsAt, minutes }: { kind: Kind; startsAt: Temporal.Instant; minutes: number },
  except: string | null,
): Promise<readonly string[]> {
  const until = startsAt.add({ minutes })
  const near = await meetingsOf(db, board.id, { from: startsAt.subtract({ hours: 24 }), until })
  const own = near.filter(({ id }) => id !== except)
  const others = await elsewhere(db, board.id, { from: startsAt.subtract({ hours: 24 }), until })
  const clashes = others
    .filter(({ meeting }) => meeting.startsAt.add({ minutes: meeting.minutes }).epochMilliseconds > startsAt.epochMilliseconds)
    // Who sits on which other board is for this board's officers to know.
    .map(({ meeting, who }) => ({
      who: isOfficer(part) ? who : ['Some of its people'],
      board: isOfficer(part) ? meeting.board.shortName : 'meeting of another board',
      at: meeting.startsAt,
    }))
  const { forbidden, unwise } = adviceOn({ terms: inForce.terms, kind, startsAt, now, calendar: { clashes } })
  const [first] = forbidden
  if (first) throw new Refusal(first.code, first.sentence, first.clause, { day: first.sentence })
  oneAtATime(own, startsAt, minutes)
  return unwise.map(({ sentence }) => sentence)
}

/** Calls a meeting. Who may is for the terms to say; the clerk records another's call as theirs. */
export const call = act({
  name: 'meetings.call',
  input: z.object({
    subject: BoardId,
    kind: z.enum(['ordinary', 'extraordinary']).default('ordinary'),
    day,
    time,
    venue,
    link,
    need: reason.optional(),
    caller: PersonId.optional(),
    allTheSame,
  }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  board: ({ board }) => board.id,
  async run(acting, input, ruling) {
    const { db, actor, now } = acting
    const { board, inForce } = ruling
    const caller =
      input.caller === undefined || input.caller === actor.person ? null : await callerOf(acting, ruling, input.caller)
    const need = input.need || null
    const beside = mayCall(inForce.terms, input.kind, caller?.part ?? ruling.part, need)
    const startsAt = instantOf(civilFrom(input.day, input.time), board.zone)
    const doubts = [
      ...beside,
      ...(await doubtsAbout(acting, ruling, { kind: input.kind, startsAt, minutes: USUAL_MINUTES }, null)),
    ]
    askOnce(doubts, input.allTheSame === 'yes', { ...asPress(input), command: 'meetings.call', label: 'Call it all the same' })
    const id = newId()
    const planned = { startsAt, minutes: USUAL_MINUTES, venue: venueFrom(input.venue), link: input.link || null, need }
    const hand = { by: personOf(actor), for: caller?.id ?? null, at: now, termsId: inForce.termsId, why: null }
    const version = await addMeeting(db, { id, board: board.id, kind: input.kind, ...planned }, hand)
    const seen = { ...ruling, meeting: await meetingAsItWas(db, id, now) }
    await tellOf(db, seen.meeting, version, personOf(actor))
    return {
      reply: shown(acting, seen, 'The meeting is called. Everyone concerned is told, and its agenda is drafted.'),
      outcome: {
        meetings: [id],
        version,
        startsAt: startsAt.toString(),
        kind: input.kind,
        caller: caller?.id ?? null,
        terms: inForce.termsId,
      },
    }
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The meeting of ${board.shortName} is called`, audience: audienceOf(actor), body: [] }),
})

/** What was asked, as a press that asks it again. */
function asPress({ subject, ...input }: About & Record<string, unknown>) {
  const values = Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  return { subject, values }
}

/** Whose call the clerk records. @throws Refusal */
async function callerOf({ db, now }: Acting, ruling: Ruling, person: string): Promise<{ id: string; part: Part }> {
  if (!isClerk(ruling.part)) {
    throw new Refusal(
      'not_permitted',
      'Only the clerk records that somebody else has called a meeting. Call it yourself, or ask the clerk.',
    )
  }
  const part = await partOf(db, ruling, person, ruling.day, now)
  if (!hasPart(part)) throw new Refusal('not_found', 'I know nobody of that name on this board. Choose one from the list.')
  return { id: person, part }
}

/** Opens the form to call a meeting. */
export const callAsk = query({
  name: 'meetings.call_form',
  input: z.object({ subject: BoardId }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  async run(asking, _, ruling) {
    const { board, inForce, part, day: today } = ruling
    const callers = isClerk(part) ? await peopleOf(asking.db, ruling, today, asking.now) : []
    const entitled = callers.filter(
      ({ id, part: theirs }) => id !== asking.actor.person && isAmong(inForce.terms.calling.extraordinary.by, theirs),
    )
    return formReply(callForm(board, inForce.terms, entitled, await usualOf(asking, ruling), audienceOf(asking.actor)))
  },
})

/** The hour and the place of the last meeting. */
async function usualOf({ db, now }: Asking, { board }: Ruling): Promise<{ time: string; venue: string }> {
  const last = (await meetingsOf(db, board.id, { from: now })).at(-1) ?? (await lastMeeting(db, board.id, now))
  return last ? { time: hourInWords(last.startsAt, board.zone), venue: last.venue } : { time: '10:00', venue: 'Online' }
}

/** Moves a meeting to another day, hour or place. */
export const move = act({
  name: 'meetings.move',
  input: z.object({ subject: MeetingId, day, time, venue, link, why: reason.optional(), allTheSame }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  board: ({ board }) => board.id,
  async run(acting, input, seen) {
    const { db, actor, now } = acting
    const { meeting, inForce, part, board } = seen
    mayChange(meeting, inForce.terms, part, 'move', now)
    const startsAt = instantOf(civilFrom(input.day, input.time), board.zone)
    const place = input.venue?.trim() ? input.venue.trim() : meeting.venue
    const joined = input.link === undefined ? meeting.link : input.link || null
    const timeMoved = startsAt.epochMilliseconds !== meeting.startsAt.epochMilliseconds
    if (!timeMoved && place === meeting.venue && joined === meeting.link) {
      throw new Refusal('conflict', 'That is when and where it is already. Choose another day, hour or place.')
    }
    const doubts = timeMoved
      ? await doubtsAbout(acting, seen, { kind: meeting.kind, startsAt, minutes: meeting.minutes }, meeting.id)
      : []
    askOnce(doubts, input.allTheSame === 'yes', { ...asPress(input), command: 'meetings.move', label: 'Move it all the same' })
    const hand = { by: personOf(actor), for: null, at: now, termsId: inForce.termsId, why: input.why || null }
    const version = await changeMeeting(db, meeting, { startsAt, venue: place, link: joined, cancelled: false }, hand)
    const moved = await meetingAsItWas(db, meeting.id, now)
    await tellOf(db, moved, version, personOf(actor))
    return {
      reply: shown(acting, { ...seen, meeting: moved }, 'The meeting is moved, and everyone concerned is told.'),
      outcome: { meetings: [meeting.id], version, startsAt: startsAt.toString(), venue: place, terms: inForce.termsId },
    }
  },
  redraw: (asking, seen) => shown(asking, seen),
})

export const moveAsk = query({
  name: 'meetings.move_form',
  input: z.object({ subject: MeetingId }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  async run({ actor, now }, _, { meeting, inForce, part }) {
    mayChange(meeting, inForce.terms, part, 'move', now)
    return formReply(moveForm(meeting, audienceOf(actor)))
  },
})

const WHY = 'Say why, for those who had kept the day free.'

/** Cancels a meeting; it stays in the record. */
export const cancel = act({
  name: 'meetings.cancel',
  input: z.object({ subject: MeetingId, why: reason.min(3, WHY) }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  board: ({ board }) => board.id,
  async run(acting, { why }, seen) {
    const { db, actor, now } = acting
    const { meeting, inForce, part } = seen
    mayChange(meeting, inForce.terms, part, 'cancel', now)
    const hand = { by: personOf(actor), for: null, at: now, termsId: inForce.termsId, why }
    const { startsAt, venue: place, link: joined } = meeting
    const version = await changeMeeting(db, meeting, { startsAt, venue: place, link: joined, cancelled: true }, hand)
    const cancelled = await meetingAsItWas(db, meeting.id, now)
    await tellOf(db, cancelled, version, personOf(actor))
    return {
      reply: shown(acting, { ...seen, meeting: cancelled }, 'The meeting is cancelled, and everyone concerned is told.'),
      outcome: { meetings: [meeting.id], version, why, terms: inForce.termsId },
    }
  },
  redraw: (asking, seen) => shown(asking, seen),
})

export const cancelAsk = query({
  name: 'meetings.cancel_form',
  input: z.object({ subject: MeetingId }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  async run({ actor, now }, _, { meeting, inForce, part }) {
    mayChange(meeting, inForce.terms, part, 'cancel', now)
    return formReply(cancelForm(meeting, audienceOf(actor)))
  },
})

/** One meeting. */
export const show = query({
  name: 'meetings.show',
  input: z.object({ subject: MeetingId }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  run: async (asking, _, seen) => shown(asking, seen),
})

/** The coming meetings of a board. */
export const coming = query({
  name: 'meetings.coming',
  input: z.object({ subject: BoardId }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  async run({ db, actor, now }, _, { board, inForce, part }) {
    const called = await meetingsOf(db, board.id, { from: now })
    const last = await lastMeeting(db, board.id, now)
    return cardReply(comingCard(board, called, last, { call: mayOfferCall(inForce, part) }, audienceOf(actor)))
  },
})

const count = z.coerce
  .number()
  .int('Say how many meetings.')
  .min(1, 'Say how many meetings.')
  .max(MOST_DATES, `At most ${MOST_DATES} meetings at once.`)
const year = z.coerce
  .number('Say a year, as in 2027.')
  .int('Say a year, as in 2027.')
  .min(2000, 'Say a year, as in 2027.')
  .max(2999, 'Say a year, as in 2027.')

/** Dates for a year, by the terms. */
export const propose = query({
  name: 'meetings.propose',
  input: z.object({ subject: BoardId, year, count: count.optional() }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part }) => isOfficer(part) || isMember(part),
  async run(asking, input, ruling) {
    const { db, actor, now } = asking
    const { board, inForce, part } = ruling
    const wish = await wishFor(db, ruling, { year: input.year, count: input.count ?? null, openly: isOfficer(part) }, now)
    const dates = wish === null ? [] : proposeDates(wish)
    const short = wish === null ? null : shortOf(wish, dates)
    const may = { agree: isClerk(part) || isAmong(inForce.terms.calling.ordinary.by, part) }
    return cardReply(proposedCard(board, inForce.terms, { year: input.year, short }, dates, may, audienceOf(actor)))
  },
})

export const cycleAsk = query({
  name: 'meetings.cycle_form',
  input: z.object({ subject: BoardId, year, days: z.string().max(400) }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part, inForce }) => isClerk(part) || isAmong(inForce.terms.calling.ordinary.by, part),
  async run(asking, input, ruling) {
    const days = input.days.split(' ').filter(Boolean).slice(0, MOST_DATES)
    const { venue: place } = await usualOf(asking, ruling)
    return formReply(cycleForm(ruling.board, input.year, days, place, audienceOf(asking.actor)))
  },
})

const AGREED = 'Say how the board agreed it, as the notes have it: “RESOLVED that …”, and at which meeting.'
const date = z.string().max(20).optional()
/** As many as MOST_DATES. */
const dates = {
  day1: date,
  day2: date,
  day3: date,
  day4: date,
  day5: date,
  day6: date,
  day7: date,
  day8: date,
  day9: date,
  day10: date,
  day11: date,
  day12: date,
}

/** Records the board's agreement on its cycle: each date becomes a called meeting, all or none. */
export const agreeCycle = act({
  name: 'meetings.agree_cycle',
  input: z.object({ subject: BoardId, year, time, venue, resolution: reason.min(3, AGREED), allTheSame, ...dates }),
  load: (asking, { subject }) => rulingOr(asking, subject),
  allow: (_, { part, inForce }) => isClerk(part) || isAmong(inForce.terms.calling.ordinary.by, part),
  board: ({ board }) => board.id,
  async run(acting, input, ruling) {
    const { db, actor, now } = acting
    const { board, inForce } = ruling
    const given = (Object.keys(dates) as (keyof typeof dates)[]).flatMap((name) => {
      const value = input[name]
      return value ? [{ name, value }] : []
    })
    if (given.length === 0)
      throw new Refusal('invalid', 'Leave at least one date.', undefined, { day1: 'Leave at least one date.' })
    const starts = given.map(({ name, value }) => ({ name, startsAt: instantAt(name, value, input.time, board.zone) }))
    const hand = { by: personOf(actor), for: null, at: now, termsId: inForce.termsId, why: input.resolution }
    const called: Called[] = []
    const doubts: string[] = []
    for (const { name, startsAt } of starts) {
      const planned = { kind: 'ordinary' as const, startsAt, minutes: USUAL_MINUTES }
      doubts.push(...(await saidAt(name, doubtsAbout(acting, ruling, planned, null))))
      const id = newId()
      const version = await addMeeting(
        db,
        { id, board: board.id, ...planned, venue: venueFrom(input.venue), link: null, need: null },
        hand,
      )
      const meeting = await meetingAsItWas(db, id, now)
      await tellOf(db, meeting, version, personOf(actor))
      called.push(meeting)
    }
    askOnce([...new Set(doubts)], input.allTheSame === 'yes', {
      ...asPress({ ...input, year: String(input.year) }),
      command: 'meetings.agree_cycle',
      label: 'Call them all the same',
    })
    const meetings = called.map(({ id }) => id)
    const cycle = await addCycle(db, { board: board.id, year: input.year, resolution: input.resolution, meetings }, hand)
    return {
      reply: cardReply(cycleCard(board, input.year, called, audienceOf(actor))),
      outcome: { meetings, cycle, resolution: input.resolution, terms: inForce.termsId },
    }
  },
  redraw: ({ actor }, { board }) =>
    cardReply({ title: `The cycle of ${board.shortName} is agreed`, audience: audienceOf(actor), body: [] }),
})

function instantAt(name: string, value: string, hour: string, zone: string): Temporal.Instant {
  try {
    return instantOf(civilFrom(value, hour), zone)
  } catch (error) {
    if (error instanceof Refusal && error.fields?.day)
      throw new Refusal('invalid', error.sentence, undefined, { [name]: error.sentence })
    throw error
  }
}

/** What is wrong with one date of several is said at its own field. */
async function saidAt<T>(field: string, judged: Promise<T>): Promise<T> {
  try {
    return await judged
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, error.sentence, error.clause, { [field]: error.sentence })
  }
}

/** What may be done about meetings. */
export const offers: Offers = (asking) =>
  offersPerBoard(asking, ({ part, inForce, day: today }) => {
    if (!inForce) return []
    const calls = isClerk(part) || isAmong(inForce.terms.calling.ordinary.by, part)
    return [
      { words: 'meetings', does: 'see the coming meetings' },
      ...(mayOfferCall(inForce, part) ? [{ words: 'call a meeting', does: 'call one, ordinary or extraordinary' }] : []),
      ...(calls
        ? [{ words: `propose dates for ${Number(today.slice(0, 4)) + 1}`, does: 'have dates proposed by the terms' }]
        : []),
    ]
  })
