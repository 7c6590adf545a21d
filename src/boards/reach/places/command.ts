import { z } from 'zod'
import { audienceOf, isHouse, isTimer, type Place } from '../../../kernel/actor.js'
import { type About, type Asking, act, cardReply, type Offers, query, type Timed } from '../../../kernel/command.js'
import { BoardId } from '../../../kernel/ids.js'
import { Refusal } from '../../../kernel/refusal.js'
import { redrawFor } from '../../../outbox/reach.js'
import { boardOr } from '../../adoption/command.js'
import { askOnce, hasPart, isClerk, isOfficer } from '../../part/rules.js'
import { offersPerBoard, type Standing, standingIn } from '../../part/store.js'
import { boardOfPlace } from '../../store.js'
import { endLosses } from '../losses/store.js'
import { peopleWith } from '../store.js'
import { follow } from './notices.js'
import { placeName } from './rules.js'
import {
  boardsToFollow,
  findPlace,
  isOf,
  keepReaders,
  reachedAmong,
  removePlace,
  type Serving,
  savePlace,
  servingPlaces,
} from './store.js'
import { linkedCard, reachCard, unlinkedCard, wasUnlinked } from './view.js'

const NOT_HERE = 'A direct message serves no board. Say it in the channel that is to be linked.'
const NOT_IN_IT = 'I am not in this channel, and could post nothing here. Invite me to it, then link it.'
const NOT_LINKED = 'This place is linked to no board of yours, so there is nothing to unlink.'
const UNKNOWN = 'I know of no such place. Say “places” for those that serve your board.'

/** The place as far as it is known: one of which nobody could say who reads there is as open as can be. */
const asFarAsKnown = (place: Place): Place =>
  place.kind === 'private' && place.guests === undefined ? { ...place, kind: 'shared' } : place

/** What the platform says of the place, as it is kept. @throws Refusal for a direct message, or a place of no workspace of the board's */
async function described({ db }: Asking, place: Place, { board }: Standing) {
  const { platform, workspace, id, kind, name = '', guests, absent } = place
  if (absent) throw new Refusal('conflict', NOT_IN_IT)
  if (kind === 'direct') throw new Refusal('invalid', NOT_HERE)
  const described = { platform, workspace, id, kind, name, guests }
  if (!(await isOf(db, described, board.tenant))) throw new Refusal('not_found', UNKNOWN)
  return described
}

/** Which board a place serves already is said only to who knows that board. */
async function taken({ db, actor, now }: Asking, place: Serving): Promise<Refusal> {
  const other = await standingIn(db, place.board, actor, now)
  const which = other && hasPart(other.part) ? other.board.shortName : 'another board'
  return new Refusal(
    'conflict',
    `This place serves ${which} already. Link another place, or have its clerk say “unlink this channel” here.`,
  )
}

const outcomeOf = ({ platform, workspace, id, kind, openTo, outsiders }: Serving) => ({
  place: { platform, workspace, id },
  kind,
  openTo,
  outsiders,
})

/** Has the place in which it is said serve a board; the same again changes nothing but what is known of the place. */
export const link = act({
  name: 'boards.link',
  input: z.object({ subject: BoardId }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  // Whoever links a place is told who reads there: its platform looks, each time.
  outside: {
    before: async ({ place, inspect }) => (inspect ? asFarAsKnown(await inspect()) : place),
    after: async () => undefined,
  },
  async run(acting, _, standing, looked) {
    const { db, actor, now } = acting
    const { board } = standing
    const place = await described(acting, looked ?? (acting.inspect ? asFarAsKnown(acting.place) : acting.place), standing)
    const before = await findPlace(db, place, now)
    if (before && before.board !== board.id) throw await taken(acting, before)
    const name = place.name || (before?.name ?? '')
    // Where the platform has not looked who is in it, what it found before stands.
    const guests = place.guests ?? before?.guests ?? []
    const saved = await savePlace(db, board.id, { ...place, name, guests }, now)
    await endLosses(db, { ...place, person: null, place: place.id }, now)
    await redrawFor(db, { place }, ['sent', 'dropped', 'failed'])
    return { reply: cardReply(linkedCard(board, saved, audienceOf(actor))), outcome: outcomeOf(saved) }
  },
  async redraw(asking, standing) {
    const place = await findPlace(asking.db, asking.place, asking.now)
    if (place?.board !== standing.board.id) return cardReply(wasUnlinked(standing.board, audienceOf(asking.actor)))
    return cardReply(linkedCard(standing.board, place, audienceOf(asking.actor)))
  },
})

/** Has the place in which it is said serve its board no more. */
export const unlink = act({
  name: 'boards.unlink',
  input: z.object({ subject: BoardId, allTheSame: z.literal('yes').optional() }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, { allTheSame }, { board }) {
    const { db, actor, now } = acting
    const place = await findPlace(db, acting.place, now)
    if (place?.board !== board.id) throw new Refusal('not_found', NOT_LINKED)
    const doubt = `${board.shortName} then has no cards here, and I answer nothing about it in this place.`
    askOnce([doubt], allTheSame === 'yes', { command: 'boards.unlink', subject: board.id, values: {}, label: 'Unlink it' })
    await removePlace(db, place)
    await endLosses(db, { ...place, person: null, place: place.id }, now)
    return { reply: cardReply(unlinkedCard(board, placeName(place), audienceOf(actor))), outcome: outcomeOf(place) }
  },
  redraw: ({ actor }, { board }) => cardReply(wasUnlinked(board, audienceOf(actor))),
})

/** Who reads in a place of a board is another. The house alone says so. */
export const placeChanged = act({
  name: 'boards.place_changed',
  input: z.object({
    subject: BoardId,
    platform: z.string(),
    workspace: z.string(),
    place: z.string(),
    kind: z.enum(['private', 'public', 'shared']),
    name: z.string(),
    /** JSON: users */
    guests: z.string(),
  }),
  journaled: ({ guests, ...rest }) => ({ ...rest, guests: usersFrom(guests).length }),
  async load({ actor }, { subject }) {
    if (!isHouse(actor)) throw new Refusal('not_found', UNKNOWN)
    return subject
  },
  allow: (actor) => isHouse(actor),
  board: (board) => board,
  async run({ db, actor, now }, { subject, platform, workspace, place: id, kind, name, guests }) {
    const before = await findPlace(db, { platform, workspace, id }, now)
    if (before?.board !== subject) throw new Refusal('not_found', UNKNOWN)
    const place = { platform, workspace, id, kind, name: name || before.name, guests: usersFrom(guests) }
    const after = await follow(db, await keepReaders(db, place, before, now), now)
    return { reply: cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] }), outcome: outcomeOf(after) }
  },
  redraw: ({ actor }) => cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] }),
})

const usersFrom = (guests: string): readonly string[] => z.array(z.string()).parse(JSON.parse(guests))

/** Follows who is of a board where that has changed with the calendar: an office has ended, a substitute's meeting is over. */
export const followReaders = act({
  name: 'boards.follow_readers',
  input: z.object({ subject: BoardId }),
  async load({ actor }, { subject }) {
    if (!isTimer(actor)) throw new Refusal('not_found', UNKNOWN)
    return subject
  },
  allow: (actor) => isTimer(actor),
  board: (board) => board,
  async run({ db, actor, now }, { subject }) {
    const followed = []
    for (const place of await servingPlaces(db, subject, now)) followed.push(outcomeOf(await follow(db, place, now)))
    return { reply: cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] }), outcome: { places: followed } }
  },
  redraw: ({ actor }) => cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] }),
})

export const readersDue: Timed = {
  due: async (db, now) =>
    (await boardsToFollow(db, now)).map(({ board, tenant }) => ({ tenant, command: 'boards.follow_readers', subject: board })),
}

/** Which places serve a board, how open each is, and who of its people is known in chat. */
export const places = query({
  name: 'boards.places',
  input: z.object({ subject: BoardId }),
  load: (asking: Asking, { subject }: About) => boardOr(asking, subject),
  allow: (_, { part }) => isOfficer(part),
  async run({ db, actor, now }, _, { board, part }) {
    const people = await peopleWith(db, board.id, now)
    const reached = await reachedAmong(
      db,
      people.map(({ id }) => id),
    )
    const why = (id: string): string | null => reached.get(id)?.lost ?? null
    const card = reachCard(
      {
        board,
        places: await servingPlaces(db, board.id, now),
        known: people.filter(({ id }) => reached.has(id) && why(id) === null),
        unknown: people.filter(({ id }) => !reached.has(id)),
        lost: people.flatMap((one) => (why(one.id) === null ? [] : [{ ...one, why: why(one.id) ?? '' }])),
        clerk: isClerk(part),
      },
      audienceOf(actor),
    )
    return cardReply(card)
  },
})

/** What may be done about places and about who is who in chat. */
export const offers: Offers = async (asking) => {
  const direct = asking.place.kind === 'direct'
  const here = direct ? null : await boardOfPlace(asking.db, asking.place)
  return offersPerBoard(asking, ({ board, part }) => [
    ...(isOfficer(part)
      ? [{ words: 'who can be reached', does: 'see which places serve the board, and who is known in chat' }]
      : []),
    ...(isClerk(part) && !direct && here === null
      ? [{ words: `link ${board.shortName}`, does: 'have this place serve the board' }]
      : []),
    ...(isClerk(part) && here === board.id ? [{ words: 'unlink', does: 'have this place serve the board no more' }] : []),
    ...(isClerk(part) && direct
      ? [{ words: 'code for NAME', does: 'make a one-time code by which somebody is known in chat' }]
      : []),
  ])
}
