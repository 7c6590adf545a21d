import { z } from 'zod'
import { askOnce, isOfficer } from '../boards/part/rules.js'
import { partOf } from '../boards/part/store.js'
import { seatsOf } from '../boards/rules.js'
import { type Actor, audienceOf } from '../kernel/actor.js'
import {
  type About,
  type Acted,
  type Acting,
  type Asking,
  act,
  cardReply,
  formReply,
  type Offer,
  type Offers,
  query,
  type Reply,
} from '../kernel/command.js'
import { MeetingId, newId, PersonId, SeatId } from '../kernel/ids.js'
import { type AllTheSame, Refusal } from '../kernel/refusal.js'
import { boardDay, type Meeting } from '../meetings/rules.js'
import { nextMeetingsOf } from '../meetings/store.js'
import { notify, refresh, type ToSend } from '../outbox/store.js'
import {
  answeredFor,
  apologiesReceived,
  forecast as forecastNotice,
  invitation,
  substituteNamed,
  substituteRelieved,
} from './notices.js'
import {
  type AnsweredSeat,
  acceptAnswer,
  doubtsAbout,
  mayAnswer,
  mayName,
  namedAmong,
  type Replies,
  type SeatAnswer,
  type SeatMeant,
  type Substitute,
  type SubstituteMeant,
  seatFor,
  whoComes,
} from './rules.js'
import { addStranger, findReplies, isMarkedHere, saveAnswer, substitutesFor } from './store.js'
import { comingCard, othersAnswer, ownAnswer, substituteForm } from './view.js'

const UNKNOWN = 'I know of no such meeting. Say "who is coming" for the next one.'

/** Replies, and what brings the person to them. */
export interface Coming extends Replies {
  /** they sit there, in their own right or for another */
  readonly sits: boolean
  /** they may answer for a seat that is not theirs */
  readonly answers: boolean
  readonly clerk: boolean
  readonly officer: boolean
}

/** The meeting and its answers; to who has nothing to do with its board, it is as if there were none. */
async function loaded({ db, actor, now }: Asking, { subject }: About, wholly: boolean): Promise<Coming> {
  const replies = await findReplies(db, subject, now, actor.person)
  if (replies?.meeting.board.tenant !== actor.tenant) throw new Refusal('not_found', UNKNOWN)
  const { meeting, seats } = replies
  const sits = seats.some((seat) => seat.representative?.id === actor.person || whoComes(seat)?.id === actor.person)
  const rights = new Set(seats.map(({ right }) => right))
  const clerk = rights.has('clerk')
  const answers = clerk || rights.has('deputy') || rights.has('assistant')
  if (sits || clerk || (answers && !wholly)) return { ...replies, sits, answers, clerk, officer: clerk }
  const inForce = { terms: meeting.terms, termsId: meeting.termsId }
  const part = await partOf(db, { board: meeting.board, inForce }, actor.person, boardDay(meeting.board, now), now)
  const officer = isOfficer(part)
  if (officer || answers) return { ...replies, sits, answers, clerk: part.offices.includes('clerk'), officer }
  throw new Refusal('not_found', UNKNOWN)
}

/** What is enough to answer. */
export const load = (asking: Asking, about: About): Promise<Coming> => loaded(asking, about, false)

const mayAnswerThere = (actor: Actor, { seats, answers }: Coming): boolean => answers || seatsOf(seats, actor.person).length > 0

/** How it stands now, for a member of their own seats; for who answers for another, of that one. */
function shown(actor: Actor, replies: Replies, seat: AnsweredSeat | null): Reply {
  const audience = audienceOf(actor)
  if (seat && seat.representative?.id !== actor.person) return cardReply(othersAnswer(replies, seat, audience))
  if (seatsOf(replies.seats, actor.person).length > 0) return cardReply(ownAnswer(replies, actor.person, audience))
  if (replies.seats.some(({ right }) => right === 'clerk')) return cardReply(comingCard(replies, audience))
  const [theirs] = replies.seats.filter(({ right }) => right !== null)
  return cardReply(theirs ? othersAnswer(replies, theirs, audience) : comingCard(replies, audience))
}

/** Records an answer, tells whom it concerns, and shows how it stands now. */
async function record(acting: Acting, replies: Replies, seat: AnsweredSeat, answer: SeatAnswer | null): Promise<Acted> {
  const { db, actor, now } = acting
  if (answer === null) return { reply: shown(actor, replies, seat), outcome: { seat: seat.id, unchanged: true } }
  const { meeting } = replies
  const id = newId()
  const holder = seat.representative
  if (holder === null) throw new Error('an answer for a vacant seat')
  const forDay = boardDay(meeting.board, meeting.startsAt)
  const given = { id, meeting: meeting.id, seat: seat.id, for: holder.id, forDay, by: actor.person, at: now }
  await saveAnswer(db, { ...answer, ...given })
  await notify(db, toTell(meeting, id, seat, answer))
  await refresh(db, meeting.id, [forecastNotice, invitation])
  const after = { ...seat, answer, movedSince: false, versions: answer.version }
  const seats = replies.seats.map((one) => (one === seat ? after : one))
  const { version, attending, substitute } = answer
  const outcome = {
    answer: id,
    seat: seat.id,
    for: holder.id,
    version,
    attending,
    substitute: substitute?.id ?? null,
    terms: meeting.termsId,
    ...(answer.late ? { late: true } : {}),
    ...(meeting.sitting === 'open' ? { sitting: meeting.sitting } : {}),
    ...(meeting.circulated ? { circulated: true } : {}),
  }
  return { reply: shown(actor, { ...replies, seats }, after), outcome }
}

/** The clerk hears of apologies and of their withdrawal; a substitute that they are one, or no longer; a representative what another said for them. */
function toTell(
  { board }: Meeting,
  subject: string,
  { answer: before, representative }: AnsweredSeat,
  answer: SeatAnswer,
): readonly ToSend[] {
  const said = { subject, board: board.id }
  const changed = before?.substitute?.id !== answer.substitute?.id
  const tells = ({ id, confirmed }: Substitute) => confirmed && id !== answer.by.id
  const [named, relieved] = [answer.substitute, before?.substitute ?? null]
  return [
    ...(!answer.attending || before?.attending === false ? [{ ...said, notice: apologiesReceived, to: CLERK }] : []),
    ...(representative && representative.id !== answer.by.id
      ? [{ ...said, notice: answeredFor, to: { person: representative.id } }]
      : []),
    ...(changed && named && tells(named) ? [{ ...said, notice: substituteNamed, to: { person: named.id } }] : []),
    ...(changed && relieved && tells(relieved) ? [{ ...said, notice: substituteRelieved, to: { person: relieved.id } }] : []),
  ]
}

const CLERK = { office: 'clerk' } as const

/** What every answer has in common: it is about a meeting, and for a seat for which the speaker may answer. */
export const ofSeat = {
  load,
  allow: mayAnswerThere,
  board: ({ meeting }: Coming) => meeting.board.id,
  redraw: ({ actor }: Asking, replies: Coming) => shown(actor, replies, null),
}

const about = { subject: MeetingId, seat: SeatId.optional(), for: PersonId.optional() }
export const allTheSame = z.literal('yes').optional()

const byOf = ({ person, name }: Actor) => ({ id: person, name })

export async function comes(acting: Acting, replies: Replies, meant: SeatMeant): Promise<Acted> {
  const seat = seatFor(replies.seats, acting.actor.person, meant)
  const answer = { attending: true, substitute: null, by: byOf(acting.actor) }
  return record(acting, replies, seat, acceptAnswer({ ...replies, seat }, answer, acting.now))
}

/** "I'll be there", and "I can come after all". */
export const attend = act({
  name: 'apologies.attend',
  ...ofSeat,
  input: z.object(about),
  run: (acting, input, replies) => comes(acting, replies, input),
})

export const LONG_NAME = 'That is too long to be a name. Say only who comes in your place, as in "Ruth Hale will substitute".'
const NAME = z.string().min(1).max(200, LONG_NAME)

interface Wish extends SeatMeant {
  readonly substitute: SubstituteMeant | null
  /** nothing was said of a substitute, not even that there is none */
  readonly unsaid?: boolean
  readonly allTheSame: boolean
  /** what to press where it is doubted, if that is more than the answer */
  readonly again?: Pick<AllTheSame, 'command' | 'values'>
}

/** Apologies, without a substitute or with one named in words. */
export const send = act({
  name: 'apologies.send',
  ...ofSeat,
  input: z.object({
    ...about,
    substitute: PersonId.optional(),
    substituteNamed: NAME.optional(),
    /** nothing was said of a substitute, not even that there is none */
    unsaid: z.literal('yes').optional(),
    allTheSame,
  }),
  run: (acting, { substitute: id, substituteNamed: name, unsaid, ...input }, replies) => {
    const substitute = id === undefined ? (name === undefined ? null : { name }) : { id }
    return apologise(acting, replies, { ...input, substitute, unsaid: unsaid === 'yes', allTheSame: input.allTheSame === 'yes' })
  },
})

/** Apologies, with a substitute chosen from the list. */
export const nameSubstitute = act({
  name: 'apologies.name_substitute',
  ...ofSeat,
  input: z.object({ ...about, substitute: z.uuid('Choose who comes in your place.'), allTheSame }),
  run: (acting, { substitute: id, ...input }, replies) =>
    apologise(acting, replies, { ...input, substitute: { id }, allTheSame: input.allTheSame === 'yes' }),
})

export async function apologise(acting: Acting, replies: Replies, wish: Wish): Promise<Acted> {
  const { meeting, seats } = replies
  const seat = seatFor(seats, acting.actor.person, wish)
  mayAnswer(meeting, { substitute: wish.substitute !== null }, acting.now)
  const substitute = wish.substitute && (await substituteMeant(acting, replies, seat, wish.substitute))
  if (substitute) {
    const values = { seat: seat.id, for: seat.representative?.id ?? '', substitute: substitute.id }
    const again = wish.again ?? { command: 'apologies.send', values }
    const press = { ...again, subject: meeting.id, label: `Name ${substitute.name} all the same` }
    askOnce(doubtsAbout(seats, seat, substitute), wish.allTheSame, press)
  }
  await doubtWhoIsHere(acting, meeting, seat, wish)
  doubtDropping(meeting, seat, wish)
  const answer = { attending: false, substitute, by: byOf(acting.actor) }
  return record(acting, replies, seat, acceptAnswer({ ...replies, seat }, answer, acting.now))
}

/** Apologies from somebody who is marked as there are asked about: whoever leaves says that they leave. */
async function doubtWhoIsHere({ db }: Acting, meeting: Meeting, seat: AnsweredSeat, wish: Wish): Promise<void> {
  const holder = seat.representative
  if (meeting.sitting !== 'open' || !holder || !(await isMarkedHere(db, meeting.id, holder.id))) return
  const doubt = `${holder.name} is marked as here. If they have left, say that first: “I'm leaving”, or the clerk “${holder.name} has left”.`
  const { substitute: named } = wish
  const instead = named === null ? {} : 'id' in named ? { substitute: named.id } : { substituteNamed: named.name }
  const again = wish.again ?? { command: 'apologies.send', values: { seat: seat.id, for: holder.id, ...instead } }
  const label = wish.again ? 'Record it all the same' : named === null ? 'Send apologies all the same' : 'Name them all the same'
  const press = { ...again, subject: meeting.id, label }
  askOnce([doubt], wish.allTheSame, press)
}

/** Apologies said again name nobody: that takes a substitute away only where it is meant so. */
function doubtDropping(meeting: Meeting, seat: AnsweredSeat, wish: Wish): void {
  const named = seat.answer && !seat.answer.attending ? seat.answer.substitute : null
  if (!wish.unsaid || !named) return
  const values = { seat: seat.id, for: seat.representative?.id ?? '' }
  const again = wish.again ?? { command: 'apologies.send', values }
  const doubt = `Apologies stand already, and ${named.name} is named to substitute. Is nobody to substitute any more?`
  askOnce([doubt], wish.allTheSame, { ...again, subject: meeting.id, label: 'Apologies without a substitute' })
}

/** Who is meant; whom nobody knows is recorded as somebody new, for the clerk to confirm. */
async function substituteMeant(
  { db, actor }: Acting,
  { meeting, seats }: Replies,
  seat: AnsweredSeat,
  meant: SubstituteMeant,
): Promise<Substitute> {
  const found = namedAmong(await substitutesFor(db, meeting, seat), { seat, seats }, meant)
  mayName(seat, actor.person, 'stranger' in found ? { id: '', name: found.stranger } : found)
  return 'stranger' in found ? addStranger(db, meeting.board.tenant, found.stranger) : found
}

/** Opens the form that asks who will substitute. */
export const chooseSubstitute = query({
  name: 'apologies.choose_substitute',
  input: z.object(about),
  load,
  allow: mayAnswerThere,
  async run(asking, input, { meeting, seats }) {
    const seat = seatFor(seats, asking.actor.person, input)
    mayAnswer(meeting, { substitute: true }, asking.now)
    const colleagues = await substitutesFor(asking.db, meeting, seat)
    const theirs = seat.right === 'deputy' ? colleagues.filter(({ id }) => id === asking.actor.person) : colleagues
    if (theirs.length === 0) {
      const sentence = `I know nobody else of ${seat.organisation.name}. Ask the clerk to add them; you can send apologies meanwhile.`
      throw new Refusal('not_found', sentence)
    }
    return formReply(substituteForm(meeting, seat, theirs, audienceOf(asking.actor)))
  },
})

/** Who is coming, by name: for those who sit there and the board's officers. */
export const coming = query({
  name: 'apologies.coming',
  input: z.object({ subject: MeetingId }),
  load: (asking, which) => loaded(asking, which, true),
  allow: (_, { sits, officer }) => sits || officer,
  run: async ({ actor }, _, replies) => cardReply(comingCard(replies, audienceOf(actor))),
})

/** What a person may do here now about each coming meeting of theirs. */
export const offers: Offers = async (asking) => {
  const meetings = await nextMeetingsOf(asking.db, asking.actor.person, asking.now)
  const all = meetings.map(async ({ id, board }) => {
    const offered = await offersAbout(asking, id)
    return meetings.length > 1 ? offered.map((offer) => ({ ...offer, does: `${offer.does} (${board.shortName})` })) : offered
  })
  return (await Promise.all(all)).flat()
}

async function offersAbout(asking: Asking, meeting: string): Promise<readonly Offer[]> {
  try {
    return offersFor(asking.actor, await loaded(asking, { subject: meeting }, true))
  } catch (error) {
    // Their part in this board has ended, or has not begun.
    if (error instanceof Refusal) return []
    throw error
  }
}

function offersFor(actor: Actor, replies: Coming): readonly Offer[] {
  const { meeting, seats } = replies
  const held = seatsOf(seats, actor.person)
  const substitutes = held.length > 0 && meeting.terms.substitutes.allowed
  return [
    ...(held.some((seat) => !seat.answer) ? [{ words: "I'll be there", does: 'say that you will come' }] : []),
    ...(held.some((seat) => seat.answer?.attending === false)
      ? [{ words: 'I can come after all', does: 'take back your apologies' }]
      : []),
    ...(held.some((seat) => seat.answer?.attending !== false)
      ? [{ words: 'apologies for the next meeting', does: 'send apologies' }]
      : []),
    ...(substitutes
      ? [
          {
            words: 'apologies for the next meeting, NAME will substitute',
            does: 'send apologies and name who comes in your place',
          },
          { words: 'name a substitute', does: 'choose who comes in your place from a list' },
        ]
      : []),
    ...offersForOthers(replies),
    ...(replies.sits || replies.officer
      ? [{ words: 'who is coming', does: `see who comes to ${meeting.board.shortName}, and the quorum` }]
      : []),
  ]
}

/** What who answers for others may say: "apologies from Daniel Okafor". */
function offersForOthers({ seats, clerk }: Coming): readonly Offer[] {
  const others = seats.filter(({ right }) => right === 'deputy' || right === 'assistant')
  const [first] = clerk ? seats.filter(({ representative }) => representative !== null) : others
  if (!first?.representative) return []
  const { name } = first.representative
  return [
    { words: `apologies from ${name} for the next meeting`, does: `send apologies for ${name}` },
    ...(first.right === 'deputy' ? [{ words: `${name} can't come, I'll stand in`, does: 'say that you will substitute' }] : []),
  ]
}
