import { z } from 'zod'
import { hasPart, isClerk, isOfficer } from '../../boards/part/rules.js'
import { boardsOf, offersPerBoard, type Standing, standingIn } from '../../boards/part/store.js'
import { findBoard, type InForce, peopleOn, type Ruled } from '../../boards/store.js'
import { type Actor, audienceOf, isOperator, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, type Command, cardReply, formReply, type Offers, query } from '../../kernel/command.js'
import { BoardId } from '../../kernel/ids.js'
import { type Notice, type Plan, REMIND_NO_MORE, REMIND_TOMORROW } from '../../kernel/notice.js'
import { Refusal } from '../../kernel/refusal.js'
import { fromText, inWords, toText } from '../../kernel/time.js'
import { civilInstant } from '../../meetings/advice.js'
import { civilFrom } from '../../meetings/calling.js'
import { meetingDay } from '../../meetings/rules.js'
import { meetingAsItWas } from '../../meetings/store.js'
import {
  findReminder,
  isLate,
  mute,
  mutedBy,
  planAgain,
  plannedFor,
  planOne,
  type Planned as Reminder,
  settle,
} from '../../outbox/plan.js'
import { recipientText } from '../../outbox/recipient.js'
import { boardsWrittenFor } from '../../papers/store.js'
import { BACK, inShort, LONGEST_WORDS, MOST_OWN, MOST_SAID, SAID, toCome, tomorrow, WHOM, whomInWords } from './rules.js'
import { boardOfReminded, findSaid, keepSaid, meetingsAtHand, nameOf, peopleMeant, saidWaiting, unmute } from './store.js'
import {
  addForm,
  againCard,
  doneCard,
  dueCard,
  MOST_LISTED,
  noMoreCard,
  type Owed,
  type Planned,
  plannedCard,
  type Stoppable,
  stopForm,
  type ToCome,
} from './view.js'

interface Governed extends Standing {
  readonly inForce: InForce
}

/** @throws Refusal `not_found`, alike where there is no such board and where it is none of theirs */
async function boardOr({ db, actor, now }: Asking, { subject }: About): Promise<Governed> {
  const found = await standingIn(db, subject, actor, now)
  if (found?.inForce && hasPart(found.part)) return { ...found, inForce: found.inForce }
  throw new Refusal('not_found', 'I know of no such board of yours. Say “what is due” to see what there is.')
}

/** Which reminder: its notice and its subject, as its own buttons have it. */
const Which = z
  .string()
  .max(300)
  .regex(/^[a-z_]+\.[a-z_]+ \S+$/)

interface Reminded {
  readonly notice: string
  readonly subject: string
  readonly board: Ruled & { readonly inForce: InForce }
}

/** A reminder that this person has had. @throws Refusal */
async function remindedOr({ db, actor, now }: Asking, { subject: which }: About): Promise<Reminded> {
  const [notice = '', subject = ''] = which.split(' ')
  const board = await boardOfReminded(db, { notice, subject }, recipientText({ person: actor.person }, ''))
  const ruled = board === null ? null : await findBoard(db, board, now)
  if (!ruled?.inForce) throw new Refusal('not_found', 'I have not reminded you of that. Say “what is due” to see what there is.')
  return { notice, subject, board: { ...ruled, inForce: ruled.inForce } }
}

const ofReminded = {
  input: z.object({ subject: Which }),
  load: remindedOr,
  allow: (actor: Actor): boolean => !isOperator(actor),
  board: ({ board }: Reminded) => board.board.id,
}

/** Reminds this person again on the next working day, if there is still reason to; refused where there will be none. */
export const remindTomorrow = (notices: readonly Notice[]): Command =>
  act({
    ...ofReminded,
    name: REMIND_TOMORROW,
    async run({ db, actor, now }, _, { notice, subject, board: { board, inForce } }) {
      const moment = tomorrow(inForce.terms, now)
      const to = await notices.find(({ name }) => name === notice)?.plan?.to(db, subject, moment.at)
      const gone = to && ('gone' in to ? to.gone : to.people.includes(actor.person) ? null : 'it is for others by then')
      if (gone) throw new Refusal('too_late', `On ${inWords(moment.at, board.zone)} there is nothing to remind you of: ${gone}.`)
      await unmute(db, { notice, subject }, actor.person)
      await planAgain(db, { board: board.id, meeting: null, notice, subject, person: actor.person, moment })
      const reply = cardReply(againCard(moment.at, board.zone, audienceOf(actor)))
      return { reply, outcome: { notice, subject, at: toText(moment.at) } }
    },
    redraw: ({ actor, now }, { board: { board, inForce } }) =>
      cardReply(againCard(tomorrow(inForce.terms, now).at, board.zone, audienceOf(actor))),
  })

/** Reminds this person of something no more; what they have to do stands. */
export const remindNoMore = act({
  ...ofReminded,
  name: REMIND_NO_MORE,
  async run({ db, actor, now }, { subject: which }, { notice, subject }) {
    await mute(db, { notice, subject, person: actor.person }, now)
    return { reply: cardReply(noMoreCard(which, audienceOf(actor))), outcome: { notice, subject } }
  },
  redraw: ({ actor }, { notice, subject }) => cardReply(noMoreCard(`${notice} ${subject}`, audienceOf(actor))),
})

const AGAIN = ['I remind you again', 'You have the coming reminders of this again.'] as const

/** Takes back that this person wants to hear of something no more. */
export const remindAgain = act({
  ...ofReminded,
  name: 'desk.remind_again',
  async run({ db, actor }, _, { notice, subject }) {
    await unmute(db, { notice, subject }, actor.person)
    return { reply: cardReply(doneCard(...AGAIN, audienceOf(actor))), outcome: { notice, subject } }
  },
  redraw: ({ actor }) => cardReply(doneCard(...AGAIN, audienceOf(actor))),
})

interface Foreseeing {
  readonly db: Asking['db']
  readonly notices: readonly Notice[]
  readonly board: string
  readonly until: Asking['now']
}

const planOf = (notices: readonly Notice[], { notice }: Pick<Reminder, 'notice'>): Plan | null | undefined =>
  notices.find(({ name }) => name === notice)?.plan

/**
 * The reminders of a board that are planned up to an instant, and for how many as things stand.
 * @param most of how many it is counted: the soonest
 * @returns these, and how many are left
 */
export async function remindersOf(
  { db, notices, board, until }: Foreseeing,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly reminders: readonly ToCome[]; readonly left: number }> {
  const rows = await plannedFor(db, board, toText(until)).execute()
  const listed = rows.slice(0, most)
  const reminders = await Promise.all(
    listed.map(async (row) => {
      const plan = planOf(notices, row)
      const at = fromText(row.due_at)
      const to = plan ? await plan.to(db, row.subject, at) : { gone: 'nothing is called so any more' }
      const people = 'gone' in to ? [] : to.people.filter((person) => row.person_id === '' || person === row.person_id)
      return { at, about: await aboutOf(db, row, plan), people: people.length, gone: 'gone' in to ? to.gone : null }
    }),
  )
  return { reminders, left: rows.length - listed.length }
}

/** Those that a clerk may stop: when, and of what. */
async function stoppable({ db, notices, board, until }: Foreseeing): Promise<readonly Stoppable[]> {
  const rows = await plannedFor(db, board, toText(until)).execute()
  return Promise.all(
    rows.map(async (row) => ({ id: row.id, at: fromText(row.due_at), about: await aboutOf(db, row, planOf(notices, row)) })),
  )
}

/** What a reminder is of: where somebody said it, by its words; what people have themselves reminded of is theirs alone. */
async function aboutOf(
  db: Asking['db'],
  row: Pick<Reminder, 'notice' | 'subject'>,
  plan: Plan | null | undefined,
): Promise<string> {
  const said = row.notice === SAID ? await findSaid(db, row.subject) : null
  if (!said) return plan?.about ?? row.notice
  if (said.whom === said.by_person_id) return 'What somebody has themselves reminded of'
  return `${inShort(said.words)}, to ${whomInWords(said.whom, await nameOf(db, said.whom))}`
}

/** How far ahead `what is due` looks for reminders. */
const AHEAD = { hours: 24 * 90 }

/** What somebody has to do about some meetings of a board. */
export async function dutiesAt(
  { db, actor, now }: Asking,
  { board }: Pick<Ruled, 'board'>,
  meetings: readonly string[],
  notices: readonly Notice[],
): Promise<readonly Owed[]> {
  const owed: Owed[] = []
  for (const id of meetings) {
    for (const { name, plan } of notices) {
      const duty = plan ? await plan.duty(db, id, actor.person, now) : null
      const done = duty?.untilMuted && (await mutedBy(db, { notice: name, subject: id })).includes(actor.person)
      if (duty && !done) owed.push({ board, meeting: meetingDay(await meetingAsItWas(db, id, now)), duty })
    }
  }
  return owed
}

/** What somebody has to do for a board. */
const owedBy = async (asking: Asking, ruled: Ruled, notices: readonly Notice[]): Promise<readonly Owed[]> =>
  dutiesAt(asking, ruled, await meetingsAtHand(asking.db, ruled.board.id, asking.now.subtract(BACK)), notices)

export const soonest = ({ duty: one }: Owed, { duty: other }: Owed): number =>
  (one.by?.epochMilliseconds ?? 0) - (other.by?.epochMilliseconds ?? 0)

/** What somebody is to each of their boards. */
export async function standingsOf({ db, actor, now }: Asking): Promise<readonly Standing[]> {
  const boards = (await boardsOf(db, actor, now)).map(({ board }) => board.id)
  // Who writes for a board and has no other part in it is shown what they write.
  const written = await boardsWrittenFor(db, actor.person, now)
  const standings = await Promise.all([...new Set([...boards, ...written])].map((id) => standingIn(db, id, actor, now)))
  return standings.flatMap((one) => (one && (hasPart(one.part) || written.includes(one.board.id)) ? [one] : []))
}

/** What this person has to do on all their boards, or on one; and for its officers what is planned to be said. */
export const due = (notices: readonly Notice[]): Command =>
  query({
    name: 'desk.due',
    input: z.object({ subject: z.union([z.literal('all'), BoardId]) }),
    load: async (asking, { subject }) => (subject === 'all' ? standingsOf(asking) : [await boardOr(asking, { subject })]),
    allow: () => true,
    async run(asking, _, standings) {
      const { db, actor, now } = asking
      const owed = (await Promise.all(standings.map((one) => owedBy(asking, one, notices)))).flat().sort(soonest)
      const planned: readonly Planned[] = await Promise.all(
        standings
          .filter(({ part }) => isOfficer(part))
          .map(async ({ board }) => ({
            board,
            ...(await remindersOf({ db, notices, board: board.id, until: now.add(AHEAD) }, MOST_LISTED)),
          })),
      )
      return cardReply(dueCard(owed, planned, now, audienceOf(actor)))
    },
  })

/** What is due, for anyone; and for a clerk to have others reminded. */
export const offers: Offers = (asking) =>
  offersPerBoard(asking, ({ part, inForce }) =>
    inForce
      ? [
          { words: 'what is due', does: 'see what is still to be done' },
          ...(isClerk(part)
            ? [{ words: 'remind everyone tomorrow at 9 about WHAT', does: 'have people reminded, at an hour that you say' }]
            : []),
        ]
      : [],
  )

const ofBoard = {
  load: boardOr,
  allow: (_: Actor, { part }: Governed): boolean => isClerk(part),
  board: ({ board }: Governed) => board.id,
}

/** Whom the clerk may have reminded by name. */
const peopleToChoose = async ({ db }: Asking, { board, day }: Governed) => peopleOn(db, board.id, day)

export const addAsk = query({
  ...ofBoard,
  name: 'desk.add_reminder_form',
  input: z.object({ subject: BoardId }),
  run: async (asking, _, seen) => formReply(addForm(seen.board, await peopleToChoose(asking, seen), audienceOf(asking.actor))),
})

const NOBODY = 'Choose whom to remind.'

/** Has people reminded in the clerk's own words; anybody of the board may have themselves reminded. */
export const addReminder = act({
  name: 'desk.add_reminder',
  load: boardOr,
  board: ofBoard.board,
  allow: () => true,
  input: z.object({
    subject: BoardId,
    whom: z.string(NOBODY).refine((whom) => z.union([z.enum(WHOM), z.uuid()]).safeParse(whom).success, NOBODY),
    day: z.iso.date('Choose the day.'),
    time: z.string('Choose the hour.').max(20),
    words: z
      .string()
      .trim()
      .min(1, 'Say of what.')
      .max(LONGEST_WORDS, `That is too long: say it in at most ${LONGEST_WORDS} characters.`),
  }),
  async run({ db, actor, now }, input, { board, part, day: today }) {
    if (!isClerk(part) && input.whom !== actor.person)
      throw new Refusal('not_permitted', 'Only the clerk has others reminded. You can have yourself reminded: “remind me …”.')
    const { day, time } = civilFrom(input.day, input.time)
    const there = civilInstant(day, time, board.zone)
    if ('wrong' in there) throw new Refusal('invalid', there.wrong, undefined, { time: there.wrong })
    toCome(there.at, board.zone, now)
    const own = input.whom === actor.person
    const most = own ? MOST_OWN : MOST_SAID
    if ((await saidWaiting(db, board.id, SAID, own ? actor.person : null)) >= most)
      throw new Refusal(
        'limit',
        own
          ? `You have ${most} reminders waiting already. Let some come first.`
          : `${most} reminders wait already. Stop one first: say “what is due”.`,
      )
    if ((await peopleMeant(db, board.id, input.whom, today)).length === 0)
      throw new Refusal('not_found', 'Nobody of the board is meant by that. Choose somebody of its roster.')
    const said = await keepSaid(db, { board: board.id, whom: input.whom, words: input.words, by: personOf(actor) }, now)
    const moment = { at: there.at, date: toText(there.at) }
    const person = own ? actor.person : null
    await planOne(db, { board: board.id, meeting: null, notice: SAID, subject: said, person, moment })
    const whom = own ? 'you' : whomInWords(input.whom, await nameOf(db, input.whom))
    const reply = cardReply(plannedCard({ board, at: there.at, whom, words: input.words }, audienceOf(actor)))
    return { reply, outcome: { said, at: toText(there.at) } }
  },
  redraw: ({ actor }) => cardReply(doneCard('The reminder is planned', 'I say it when its moment comes.', audienceOf(actor))),
})

export const stopAsk = (notices: readonly Notice[]): Command =>
  query({
    ...ofBoard,
    name: 'desk.stop_reminder_form',
    input: z.object({ subject: BoardId }),
    async run({ db, actor, now }, _, { board }) {
      const reminders = await stoppable({ db, notices, board: board.id, until: now.add(AHEAD) })
      if (reminders.length === 0)
        throw new Refusal('not_found', 'No reminder is planned. Say “what is due” to see what there is.')
      return formReply(stopForm({ board, reminders }, audienceOf(actor)))
    },
  })

const STOPPED = ['The reminder is stopped', 'It is not said, and is kept as stopped.'] as const

/** Stops a planned reminder. */
export const stopReminder = act({
  ...ofBoard,
  name: 'desk.stop_reminder',
  input: z.object({ subject: BoardId, reminder: z.uuid('Choose which reminder to stop.') }),
  async run({ db, actor, now }, { reminder }, { board }) {
    const row = await findReminder(db, reminder)
    if (row?.board_id !== board.id)
      throw new Refusal('not_found', 'There is no such reminder. Say “what is due” to see what there is.')
    const [stopped] = await settle(db, [reminder], 'stopped', `stopped by ${actor.name}`, now)
    if (!stopped)
      throw new Refusal(
        'too_late',
        row.state === 'stopped' || isLate(row, now)
          ? 'That reminder is planned no more. Say “what is due” to see what is.'
          : 'That reminder has been said already. Say “what is due” to see what is to come.',
      )
    return { reply: cardReply(doneCard(...STOPPED, audienceOf(actor))), outcome: { reminder, notice: row.notice } }
  },
  redraw: ({ actor }) => cardReply(doneCard(...STOPPED, audienceOf(actor))),
})
