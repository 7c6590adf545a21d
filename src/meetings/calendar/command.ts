import { z } from 'zod'
import { boardOr } from '../../boards/adoption/command.js'
import { askOnce, hasPart } from '../../boards/part/rules.js'
import { boardsOf, type Standing, standingIn } from '../../boards/part/store.js'
import { type Actor, audienceOf, isOperator, personOf } from '../../kernel/actor.js'
import type { Address } from '../../kernel/address.js'
import { type Asking, act, cardReply, documentReply, type Offer, type Offers, query } from '../../kernel/command.js'
import { BoardId, MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { newSecret } from '../../kernel/secret.js'
import { meetingOr } from '../command.js'
import { calendarText } from './publishing.js'
import { addressOf, calendarOf, fileNameOf, givesOut, mayGiveOut, type Whose } from './rules.js'
import { addLink, boardsUnder, entriesOf, entryOf, revokeLink, standingSince } from './store.js'
import { addressCard, calendarDocument, ICALENDAR, madeCard, standsAlready, stoppedCard } from './view.js'

/** One meeting as a file for a calendar. */
export const calendar = query({
  name: 'meetings.calendar',
  input: z.object({ subject: MeetingId }),
  load: meetingOr,
  allow: (_, { part }) => hasPart(part),
  async run({ db, actor, publicUrl }, { subject }) {
    const entry = await entryOf(db, subject)
    const file = await calendarText([entry], null)
    return documentReply(calendarDocument(entry.meeting, file, publicUrl !== null, audienceOf(actor)))
  },
})

const whose = z.enum(['board', 'person'])

/** @throws Refusal `not_permitted` */
function ownerOf(kind: Whose['kind'], { board, part }: Standing, actor: Actor): Whose {
  if (kind === 'board') {
    mayGiveOut(part, board)
    return { kind, board: board.id }
  }
  if (!isOperator(actor)) return { kind, person: actor.person }
  throw new Refusal('not_permitted', 'The operator sits on no board. Ask for the calendar of a board.')
}

/** Where people reach this server, said to one person alone. @throws Refusal */
function reachable({ place, publicUrl }: Asking): string {
  if (place.kind !== 'direct') {
    throw new Refusal(
      'not_permitted',
      'Whoever has the address of a calendar sees what is in it, so I do not give it where others read. Say it to me directly.',
    )
  }
  if (publicUrl !== null) return publicUrl
  throw new Refusal(
    'conflict',
    'No calendar program can reach me, as I have no address on the web. Ask whoever runs the server to set PUBLIC_URL. Meanwhile each meeting can be had as a file: say “calendar for the next meeting”.',
  )
}

/**
 * Makes the address to which calendar programs subscribe, of a board or of one's own; its secret is in the answer and
 * nowhere else. A person's own is journaled by a board with which they have to do.
 */
export const subscribe = act({
  name: 'meetings.subscribe',
  input: z.object({ subject: BoardId, whose, allTheSame: z.literal('yes').optional() }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  board: ({ board }) => board.id,
  async run(acting, input, standing) {
    const { db, actor, now } = acting
    const { board } = standing
    const owner = ownerOf(input.whose, standing, actor)
    const publicUrl = reachable(acting)
    const since = await standingSince(db, owner)
    askOnce(since ? [standsAlready(owner.kind, board, since)] : [], input.allTheSame === 'yes', {
      command: 'meetings.subscribe',
      subject: board.id,
      values: { whose: owner.kind },
      label: 'Make a new one',
    })
    const secret = newSecret()
    await addLink(db, owner, { secret, tenant: actor.tenant, at: now, by: personOf(actor) })
    return {
      reply: cardReply(addressCard(owner.kind, board, addressOf(publicUrl, secret), audienceOf(actor))),
      outcome: { whose: owner.kind, instead: since !== null },
    }
  },
  redraw: ({ actor }, { board }) => cardReply(madeCard(board, audienceOf(actor))),
})

/** Stops the address of a board's calendar, or one's own. */
export const unsubscribe = act({
  name: 'meetings.unsubscribe',
  input: z.object({ subject: BoardId, whose }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  board: ({ board }) => board.id,
  async run({ db, actor, now }, input, standing) {
    const { board } = standing
    const owner = ownerOf(input.whose, standing, actor)
    if ((await standingSince(db, owner)) === null) {
      const sentence =
        owner.kind === 'board'
          ? `The calendar of ${board.shortName} has no address. Say “calendar of ${board.shortName}” to make one.`
          : 'Your calendar has no address. Say “my calendar” to make one.'
      throw new Refusal('conflict', sentence)
    }
    await revokeLink(db, owner, now)
    return { reply: cardReply(stoppedCard(owner.kind, board, audienceOf(actor))), outcome: { whose: owner.kind } }
  },
  redraw: ({ actor }) => cardReply({ title: 'The address is stopped', audience: audienceOf(actor), body: [] }),
})

/** The calendars to which programs have subscribed. */
export const calendarAddress: Address = {
  room: 'calendar',
  async look(db, { secret, now }) {
    const found = await boardsUnder(db, secret, now)
    if (found === null) {
      return {
        kind: 'page',
        status: 404,
        title: 'There is no calendar here',
        sentences: [
          'This address leads to no calendar, or to none any more.',
          'Ask for a new one: say “my calendar” to Quorate, or ask the clerk of the board.',
        ],
      }
    }
    const { kind, boards } = found
    const [board] = boards
    const name = kind === 'board' && board ? calendarOf(board) : 'Board meetings'
    return {
      kind: 'text',
      type: ICALENDAR,
      name: `${kind === 'board' && board ? fileNameOf(board) : 'meetings'}.ics`,
      text: await calendarText(await entriesOf(db, boards, now), name),
    }
  },
  press: null,
}

/** The addresses that somebody may have made; their own once, whatever their boards are. */
export const offers: Offers = async ({ db, actor, now, publicUrl }) => {
  if (publicUrl === null) return []
  const near = await boardsOf(db, actor, now)
  const standings = await Promise.all(near.map(({ board }) => standingIn(db, board.id, actor, now)))
  const theirs = standings.flatMap((standing) => (standing && hasPart(standing.part) ? [standing] : []))
  if (theirs.length === 0) return []
  return [
    { words: 'my calendar', does: 'have an address to which your calendar program subscribes' },
    ...theirs.flatMap(({ part, board: { shortName } }): readonly Offer[] =>
      givesOut(part)
        ? [{ words: `calendar of ${shortName}`, does: `have an address of the meetings of ${shortName}, to give to others` }]
        : [],
    ),
  ]
}
