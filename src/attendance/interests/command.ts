import { z } from 'zod'
import { numberOf, titleFor } from '../../agenda/rules.js'
import { findAgenda, passFor } from '../../agenda/store.js'
import { standingIn } from '../../boards/part/store.js'
import { audienceOf, personOf } from '../../kernel/actor.js'
import { type About, type Acted, type Acting, type Asking, act, cardReply, formReply, query } from '../../kernel/command.js'
import { ItemId, MeetingId, newId, PersonId } from '../../kernel/ids.js'
import { markOf } from '../../kernel/mark.js'
import { Refusal } from '../../kernel/refusal.js'
import { isOver, meetingTime } from '../../meetings/rules.js'
import { load, loadWholly, mustBeOpen, seenBy, settle, type There } from '../command.js'
import { entryAt } from '../ledger.js'
import { expectedPeople, type Interest, isOpen } from '../room.js'
import { saveSitting } from '../sitting/store.js'
import { comeBack, declare as declared, withdraw as withdrawn } from './rules.js'
import { saveInterest } from './store.js'
import { declareForm, type ItemSeen, interestsCard } from './view.js'

/** The items of the agenda that somebody may see, by their numbers. */
async function itemsSeenBy({ db, actor, now }: Asking, room: There): Promise<readonly ItemSeen[]> {
  const { meeting } = room
  const agenda = await findAgenda(db, meeting.id)
  const standing = await standingIn(db, meeting.board.id, actor, now)
  const pass = standing ? await passFor(db, meeting, standing.part, actor.person) : null
  return (agenda?.items ?? [])
    .flatMap((item) => {
      const [number, title] = [numberOf(item), titleFor(item.title, pass)]
      return number && title !== null ? [{ id: item.id, number, title }] : []
    })
    .sort((one, other) => one.number.localeCompare(other.number, 'en', { numeric: true }))
}

interface Declaring extends There {
  readonly items: readonly ItemSeen[]
}

const withItems = async (asking: Asking, room: There): Promise<Declaring> => ({ ...room, items: await itemsSeenBy(asking, room) })

const loadItems = async (asking: Asking, about: About): Promise<Declaring> => withItems(asking, await load(asking, about))

const onItems = {
  board: ({ meeting }: Declaring) => meeting.board.id,
  load: loadItems,
  allow: () => true,
  redraw: ({ actor }: Asking, room: Declaring) =>
    cardReply(interestsCard(room, room.items, mayOf(room, actor.person), audienceOf(actor))),
}

const mayOf = (room: There, person: string) => ({ clerk: room.clerk, presides: room.presides, person })

/** Writes an interest, keeps the ledger, and shows what has been declared. */
async function keep(acting: Acting, room: Declaring, interest: Interest | null): Promise<Acted> {
  const { db, actor, now } = acting
  const show = (seen: Declaring) => cardReply(interestsCard(seen, seen.items, mayOf(seen, actor.person), audienceOf(actor)))
  if (interest === null) return { reply: show(room), outcome: { unchanged: true } }
  await saveInterest(db, room.meeting.id, interest, { by: personOf(actor), at: now })
  const { id, item, person, withdrewAt: from, returnedAt: until } = interest
  const others = room.facts.withdrawals.filter(
    (one) => !(one.item === item && one.person === person.id && from && one.from.equals(from)),
  )
  const facts = { ...room.facts, withdrawals: [...others, ...(from ? [{ item, person: person.id, from, until }] : [])] }
  const interests = [...room.interests.filter((one) => one.id !== id), interest]
  const after = { ...room, ...seenBy({ ...room, facts, interests }, actor) }
  if (isOpen(room)) await settle(acting, room, after, [person.id])
  // Its words stand in the record; the journal keeps a mark by which they can be known again.
  const nature = markOf(Buffer.from(interest.nature).toString('base64'))
  const outcome = {
    interest: id,
    item,
    person: person.id,
    nature,
    conduct: interest.conduct,
    out: from !== null && until === null,
  }
  return { reply: show(after), outcome }
}

const NATURE = 'Say what the interest is.'

/** What is refused at a field leaves the form open, with what was typed in it. */
function atField<Looked>(field: string, look: () => Looked): Looked {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof Refusal) || error.fields) throw error
    throw new Refusal(error.code, error.sentence, error.clause, { [field]: error.sentence })
  }
}

/** Somebody declares an interest in an item; the clerk records what was said at the table. */
export const declare = act({
  name: 'attendance.declare',
  ...onItems,
  input: z.object({
    subject: MeetingId,
    item: ItemId,
    nature: z.string(NATURE).trim().min(1, NATURE).max(500, 'Shorten it to 500 characters.'),
    does: z.enum(['stays', 'speaks', 'withdraws', 'withdraws now'], 'Choose what you do.'),
    person: PersonId.optional(),
  }),
  // What the interest is may say more than the board need keep twice: it stands in the record, and not in the journal.
  journaled: ({ subject, item, does, person }) => ({ subject, item, does, person }),
  async run(acting, { item, nature, does, person: id }, room) {
    const { actor, now } = acting
    const person = atField('does', () => {
      if (isOver(room.meeting, now) && !(room.clerk && does !== 'withdraws now'))
        throw new Refusal('too_late', `The meeting of ${meetingTime(room.meeting)} is over. Tell the clerk.`)
      if (does === 'withdraws now') mustBeOpen(room)
      return atField('person', () => declaring(room, actor.person, id))
    })
    atField('item', () => {
      if (!room.items.some((one) => one.id === item))
        throw new Refusal('not_found', 'There is no such item. Choose one of the agenda.')
    })
    return keep(acting, room, declared(room.interests, { item, person, nature, does }, room.now, newId))
  },
})

/** Who declares: who speaks, or whoever the clerk says. @throws Refusal */
function declaring(room: There, speaker: string, id: string | undefined): Interest['person'] {
  const who = id ?? speaker
  if (who !== speaker && !room.clerk)
    throw new Refusal(
      'not_permitted',
      'An interest is declared by the person who has it, or recorded by the clerk. Ask one of them.',
    )
  const person = expectedPeople(room).find((one) => one.id === who)
  if (!person || (who === speaker && room.sits.length === 0))
    throw new Refusal('not_permitted', 'Only who sits at the meeting declares an interest in its items.')
  return person
}

/** The interest that is meant: by its id, or the speaker's own in an item. @throws Refusal for one that is not there, or not theirs */
function interestOf(
  room: Declaring,
  speaker: string,
  { interest: id, item }: { interest?: string | undefined; item?: string | undefined },
): Interest {
  const seen = room.interests.filter((one) => room.items.some(({ id: of }) => of === one.item))
  const interest = seen.find((one) => (id === undefined ? one.item === item && one.person.id === speaker : one.id === id))
  if (!interest && id === undefined)
    throw new Refusal('not_found', 'You have declared no interest in that item. Declare it first: say “declare an interest”.')
  if (!interest) throw new Refusal('not_found', 'There is no such declaration. Say “interests” for those that there are.')
  if (interest.person.id !== speaker && !room.clerk)
    throw new Refusal('not_permitted', `That is for ${interest.person.name} to say, or for the clerk to record.`)
  return interest
}

const AboutInterest = z.object({
  subject: MeetingId,
  interest: z.uuid('Choose whose interest.').optional(),
  item: ItemId.optional(),
})

/** Who has declared an interest withdraws, now: they are out of that item's count. */
export const withdraw = act({
  name: 'attendance.withdraw',
  ...onItems,
  input: AboutInterest,
  async run(acting, meant, room) {
    mustBeOpen(room)
    return keep(acting, room, withdrawn(interestOf(room, acting.actor.person, meant), room.now))
  },
})

/** They return. */
export const comeBackIn = act({
  name: 'attendance.return',
  ...onItems,
  input: AboutInterest,
  async run(acting, meant, room) {
    mustBeOpen(room)
    return keep(acting, room, comeBack(interestOf(room, acting.actor.person, meant), room.now))
  },
})

/** "There were no Declarations of Interest": recorded too. */
export const none = act({
  name: 'attendance.no_interests',
  ...onItems,
  input: z.object({ subject: MeetingId }),
  async run(acting, _, room) {
    const { db, actor } = acting
    mustBeOpen(room)
    if (!room.presides) throw new Refusal('not_permitted', 'That is for the clerk or the person presiding to record.')
    if (room.interests.length > 0) {
      const who = [...new Set(room.interests.map(({ person }) => person.name))].join(' and ')
      throw new Refusal('conflict', `${who} declared an interest, so there is no nil return. Say “interests” to see them.`)
    }
    const { sittings } = room.facts
    const said = { act: 'no interests' as const, at: room.now, person: null, words: null }
    if (!sittings.some(({ act: what }) => what === 'no interests'))
      await saveSitting(db, room.meeting.id, { ...said, person: null, roster: null, by: personOf(actor) })
    const after = { ...room, facts: { ...room.facts, sittings: [...sittings, said] } }
    return {
      reply: cardReply(interestsCard(after, room.items, mayOf(room, actor.person), audienceOf(actor))),
      outcome: { said: 'no interests', verdict: entryAt(room.facts, room.now, room.now).verdict },
    }
  },
})

/** What has been declared: for who is there, and for the board's own people. */
export const interests = query({
  name: 'attendance.interests',
  input: z.object({ subject: MeetingId }),
  load: async (asking, about) => withItems(asking, await loadWholly(asking, about)),
  allow: () => true,
  run: async ({ actor }, _, room) => cardReply(interestsCard(room, room.items, mayOf(room, actor.person), audienceOf(actor))),
})

/** Opens the form that declares an interest. */
export const declareAsk = query({
  name: 'attendance.declare_form',
  input: z.object({
    subject: MeetingId,
    item: ItemId.optional(),
    nature: z.string().max(500, 'Shorten it to 500 characters.').optional(),
    does: z.string().max(20).optional(),
    person: PersonId.optional(),
  }),
  load: loadItems,
  allow: () => true,
  async run({ actor, now }, { item, nature, does, person }, room) {
    if (isOver(room.meeting, now) && !room.clerk)
      throw new Refusal('too_late', `The meeting of ${meetingTime(room.meeting)} is over. Tell the clerk.`)
    if (!room.clerk) declaring(room, actor.person, undefined)
    if (room.items.length === 0) throw new Refusal('not_found', 'The agenda has no items yet. Ask the clerk.')
    return formReply(
      declareForm(
        room,
        room.items,
        { ...mayOf(room, actor.person), item, nature, does, whose: person, open: isOpen(room) },
        audienceOf(actor),
      ),
    )
  },
})
