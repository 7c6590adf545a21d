import { z } from 'zod'
import type { Item } from '../agenda/rules.js'
import { findAgenda, meetingOfItem, passFor } from '../agenda/store.js'
import { loadWholly, mustBeOpen, type There } from '../attendance/command.js'
import { type Entry, entryAt, ruleAt } from '../attendance/ledger.js'
import { standingIn } from '../boards/part/store.js'
import type { Terms } from '../boards/terms.js'
import { audienceOf, personOf } from '../kernel/actor.js'
import {
  type About,
  type Acting,
  type Asking,
  act,
  besideReply,
  cardReply,
  formReply,
  query,
  type Reply,
} from '../kernel/command.js'
import { ItemId, MotionId } from '../kernel/ids.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass } from '../kernel/restricted.js'
import { dayInWords, dayOf } from '../kernel/time.js'
import { lastMeeting } from '../meetings/store.js'
import { openedFor, type Paper, standing } from '../papers/rules.js'
import { papersOf } from '../papers/store.js'
import { factsOf } from './card/store.js'
import { deskCard, ownCard } from './card/view.js'
import type { MotionFacts } from './facts.js'
import { mustElectNobody } from './filling.js'
import { calledIn, isPending, LONGEST_MOTION, MOST_MOTIONS, type Motion, partsFrom, wordingFor } from './motion.js'
import { mayOf, postMotion, turnMotion } from './notices.js'
import { removesIn } from './removal/notice.js'
import { mustNotBeTheirs, notByMotion, type Removal, takesAVote } from './removal/rules.js'
import { addMotion, addWording, findMotion, meetingOfMotion, motionsOf, setState } from './store.js'
import { amendForm, putForm } from './view.js'

const UNKNOWN = 'I know of no such motion. Say “business” for what is before the meeting.'
const UNKNOWN_ITEM = 'I know of no such item. Say “business” for what is before the meeting.'

/** The room of a motion or an item, and what opens what is restricted in it. */
export interface Before extends There {
  readonly pass: Pass | null
  readonly entry: Entry
}

/** An item of a meeting, its paper, and the motions on it. */
export interface OnItem extends Before {
  readonly item: Item
  readonly paper: Paper | null
  readonly motions: readonly Motion[]
}

export interface OnMotion extends Before {
  readonly motion: Motion
}

async function before(asking: Asking, meeting: string): Promise<Before> {
  const { db, actor, now } = asking
  const room = await loadWholly(asking, { subject: meeting })
  const standing = await standingIn(db, room.meeting.board.id, actor, now)
  const pass = standing ? await passFor(db, room.meeting, standing.part, actor.person) : null
  return { ...room, pass, entry: entryAt(room.facts, room.now, room.now) }
}

/** An item that somebody may see, on the agenda. @throws Refusal `not_found`, alike for what is hidden and what is not there */
export async function itemOr(asking: Asking, { subject }: About): Promise<OnItem> {
  const { db } = asking
  const meeting = await meetingOfItem(db, subject)
  if (meeting === null) throw new Refusal('not_found', UNKNOWN_ITEM)
  const room = await before(asking, meeting)
  const agenda = await findAgenda(db, meeting)
  const papers = agenda ? await papersOf(db, agenda) : []
  const paper = papers.find(({ item }) => item.id === subject)
  const hidden = paper && 'hidden' in paper.item.title && !room.pass
  if (!paper || hidden || paper.item.state !== 'placed') throw new Refusal('not_found', UNKNOWN_ITEM)
  const motions = (await motionsOf(db, meeting)).filter(({ item }) => item.id === subject)
  return { ...room, item: paper.item, paper, motions }
}

/** A motion that somebody may know of. @throws Refusal `not_found` */
export async function motionOr(asking: Asking, { subject }: About): Promise<OnMotion> {
  const meeting = await meetingOfMotion(asking.db, subject)
  if (meeting === null) throw new Refusal('not_found', UNKNOWN)
  const room = await before(asking, meeting)
  const motion = await findMotion(asking.db, subject)
  if (!motion || ('hidden' in motion.item.title && !room.pass)) throw new Refusal('not_found', UNKNOWN)
  return { ...room, motion }
}

/** How a motion stands, for who asks: officers and who presides see the desk's card, others their own. */
export async function shownTo(asking: Asking, id: string, pass: Pass | null, said?: string): Promise<Reply> {
  const { db, now } = asking
  const motion = await findMotion(db, id)
  const shown = motion && (await factsOf(db, motion, now))
  if (!shown) throw new Refusal('not_found', UNKNOWN)
  return cardReply(cardFor(asking, shown, pass, said))
}

export function cardFor({ actor }: Asking, shown: MotionFacts, pass: Pass | null, said?: string) {
  const audience = audienceOf(actor)
  const may = mayOf(shown, actor.person)
  const officer = shown.officers.some(({ person }) => person.id === actor.person)
  const votes = shown.motion.vote?.state === 'open' && shown.roll.some(({ person }) => person.id === actor.person)
  if (officer || may.presides) {
    const desk = deskCard(shown, { ...may, pass }, audience, said)
    return votes ? { ...desk, body: [...desk.body, ...ownLines(shown, actor.person, pass, audience)] } : desk
  }
  return ownCard(shown, actor.person, pass, audience)
}

/** Of an officer's own card what is not on the desk's: what they vote. */
function ownLines(shown: MotionFacts, person: string, pass: Pass | null, audience: ReturnType<typeof audienceOf>) {
  const own = ownCard(shown, person, pass, audience).body
  const mine = own.findIndex((node) => node.node === 'buttons')
  return mine === -1 ? [] : own.slice(mine - 1)
}

export const ofItems = {
  load: itemOr,
  board: ({ meeting }: OnItem) => meeting.board.id,
  allow: (_: unknown, { presides }: OnItem) => presides,
  // What an item's motion says may be restricted: the record keeps it, and the journal does not.
  redraw: async (asking: Asking, seen: OnItem): Promise<Reply> => {
    const last = seen.motions.at(-1)
    if (!last) throw new Refusal('not_found', UNKNOWN)
    return shownTo(asking, last.id, seen.pass)
  },
}

export const ofMotions = {
  load: motionOr,
  board: ({ meeting }: OnMotion) => meeting.board.id,
  redraw: (asking: Asking, { motion, pass }: OnMotion): Promise<Reply> => shownTo(asking, motion.id, pass),
}

export const presidesOver = (_: unknown, { presides }: OnMotion): boolean => presides

/** What was typed of a motion: a line a part. */
export const text = z
  .string('Say what is to be decided.')
  .max(LONGEST_MOTION, 'Say it in at most 10,000 characters, and leave the reasons to the paper.')

/** The motion on an item that is not decided yet: the one that is named, or the only one. */
export function pendingOn({ motions, item }: OnItem, named: string | undefined): Motion | null {
  const pending = motions.filter(isPending)
  if (named !== undefined) {
    const found = motions.find(({ id }) => id === named)
    if (!found) throw new Refusal('not_found', UNKNOWN)
    if (!isPending(found))
      throw new Refusal('conflict', `That motion on ${calledIn(item)} is ${found.state}. Put another, or say “business”.`)
    return found
  }
  const [only, another] = pending
  if (another)
    throw new Refusal(
      'unclear',
      `There are ${pending.length} motions on ${calledIn(item)}. Say “business”, and press the one that you mean.`,
    )
  return only ?? null
}

/** The parts of a paper's recommendations, as they stand; none where it makes none, or to who may not read them. */
export function recommendedIn({ paper, pass }: OnItem): readonly string[] {
  const version = paper && standing(paper)
  const inside = version && openedFor(version.inside, pass)
  return inside?.recommendations ?? []
}

/** What is asked where nobody typed anything: the paper's recommendations, or what is customary of such an item. */
export async function customaryParts({ db }: Asking, seen: OnItem): Promise<readonly string[]> {
  const recommended = recommendedIn(seen)
  if (recommended.length > 0) return recommended.map((part) => part.replace(/[\s;.]+$/, ''))
  const { item, meeting, facts } = seen
  if (item.about === 'notes') {
    const last = await lastMeeting(db, meeting.board.id, meeting.startsAt)
    return last ? [`the notes of the meeting held on ${dayInWords(dayOf(last.startsAt, facts.zone))} were a correct record`] : []
  }
  if (item.about === 'dates') return ['note the dates of future meetings']
  return item.purpose === 'information' ? [NOTED(item)] : []
}

export const NOTED = ({ form }: Item): string => (form === 'paper' ? 'note the contents of the report' : 'note the update')

export const NOTHING_MOVED = (number: string) =>
  `Nothing is recommended on ${number}. Say what is resolved, as in “resolved B3: agree the priorities”.`

function notTooMany({ motions }: OnItem): void {
  if (motions.length >= MOST_MOTIONS)
    throw new Refusal(
      'limit',
      `There have been ${MOST_MOTIONS} motions on that item, and no more are taken. Take the rest to another meeting.`,
    )
}

interface Putting {
  /** the recommendation that it asks the meeting to ratify */
  readonly ratifies?: string
  /** whom it removes from office */
  readonly removes?: Removal
}

/**
 * Puts a motion: the terms in force now rule it to its end.
 * @throws Refusal `conflict` where what is typed would remove somebody from office without the vote that it takes
 */
export async function putMotion(
  { db, actor }: Acting,
  seen: OnItem,
  parts: readonly string[],
  { ratifies, removes }: Putting = {},
): Promise<Motion> {
  notTooMany(seen)
  const { termsId, terms } = ruleAt(seen.facts, seen.now)
  if (!removes) mustLeaveOffices(parts, terms)
  const id = await addMotion(db, {
    meeting: seen.meeting.id,
    item: seen.item.id,
    parts,
    ratifies: ratifies ?? null,
    removes: removes ?? null,
    termsId,
    at: seen.now,
    by: personOf(actor),
  })
  const motion = await findMotion(db, id)
  if (!motion) throw new Error('a motion that was just put is not there')
  return motion
}

/** @throws Refusal `conflict` where these words would take an office away, or fill one */
export function mustLeaveOffices(parts: readonly string[], terms: Terms): void {
  if (parts.some(removesIn)) throw notByMotion(terms)
  mustElectNobody(parts, terms)
}

/** A motion as it stands after what was done to it in this transaction. */
export async function shownNow({ db, now }: Acting, id: string): Promise<MotionFacts> {
  const motion = await findMotion(db, id)
  const shown = motion && (await factsOf(db, motion, now))
  if (!shown) throw new Error('a motion of a meeting that was never opened')
  return shown
}

export const put = act({
  ...ofItems,
  name: 'votes.put',
  input: z.object({ subject: ItemId, text: text.optional() }),
  lines: ['text'],
  journaled: ({ subject }) => ({ subject }),
  async run(acting, { text: said }, seen) {
    mustBeOpen(seen)
    const parts = said ? partsFrom(said) : await customaryParts(acting, seen)
    if (parts.length === 0)
      throw new Refusal('invalid', NOTHING_MOVED(calledIn(seen.item)), undefined, { text: 'Say what is moved.' })
    const motion = await putMotion(acting, seen, parts)
    const shown = await shownNow(acting, motion.id)
    await postMotion(acting.db, shown)
    return { reply: cardReply(cardFor(acting, shown, seen.pass)), outcome: { motion: motion.id, terms: motion.termsId } }
  },
})

export const putAsk = query({
  ...ofItems,
  name: 'votes.put_form',
  input: z.object({ subject: ItemId, what: z.enum(['put', 'amended', 'resolved']).default('put') }),
  async run(asking, { what }, seen) {
    mustBeOpen(seen)
    const pending = pendingOn(seen, undefined)
    const wording = pending && wordingFor(pending, seen.pass)
    const parts = wording?.parts ?? (await customaryParts(asking, seen))
    return formReply(putForm(seen, parts, what, audienceOf(asking.actor)))
  },
})

/** Changes how a motion reads. @throws Refusal `conflict` while a vote on it is open: who has voted has voted on these words */
export const amend = act({
  ...ofMotions,
  name: 'votes.amend',
  allow: presidesOver,
  input: z.object({ subject: MotionId, text }),
  lines: ['text'],
  journaled: ({ subject }) => ({ subject }),
  async run(acting, { text: said }, seen) {
    mustBeOpen(seen)
    const { db, actor } = acting
    const { removes, terms, item } = seen.motion
    if (removes) throw takesAVote(terms, calledIn(item))
    mustBeBefore(seen.motion)
    const parts = partsFrom(said)
    mustLeaveOffices(parts, terms)
    const wording = wordingFor(seen.motion, seen.pass)
    if (!wording) throw new Refusal('not_found', UNKNOWN)
    if (JSON.stringify(wording.parts) === JSON.stringify(parts))
      return { reply: await shownTo(acting, seen.motion.id, seen.pass), outcome: { unchanged: true } }
    const version = wording.version + 1
    await addWording(db, seen.motion.id, { version, parts, at: seen.now }, personOf(actor))
    await turnMotion(db, seen.motion.id, [])
    return { reply: await shownTo(acting, seen.motion.id, seen.pass, 'It reads as amended.'), outcome: { version } }
  },
})

export const amendAsk = query({
  ...ofMotions,
  name: 'votes.amend_form',
  allow: presidesOver,
  input: z.object({ subject: MotionId }),
  async run({ actor }, _, { motion, meeting, pass }) {
    mustBeBefore(motion)
    return formReply(amendForm(motion, meeting, wordingFor(motion, pass)?.parts ?? [], audienceOf(actor)))
  },
})

function mustBeBefore(motion: Motion): void {
  const number = calledIn(motion.item)
  if (motion.state === 'in a vote')
    throw new Refusal(
      'conflict',
      `A vote on ${number} is open: what is voted on does not change. Close it, or withdraw the motion.`,
    )
  if (motion.state !== 'before the meeting')
    throw new Refusal('conflict', `That motion on ${number} is ${motion.state}. Put another, or say “business”.`)
}

/** What becomes of a motion that is not decided: withdrawn, with its vote if one is open; or deferred to a later meeting. */
const ending = (name: string, state: 'withdrawn' | 'deferred', mayEnd: (motion: Motion) => void) =>
  act({
    ...ofMotions,
    name,
    allow: presidesOver,
    input: z.object({ subject: MotionId }),
    async run(acting, _, seen) {
      mustBeOpen(seen)
      const { db } = acting
      const { motion, pass } = seen
      if (motion.state === state) return { reply: await shownTo(acting, motion.id, pass), outcome: { unchanged: true } }
      mayEnd(motion)
      mustNotBeTheirs(motion.removes, acting.actor.person)
      await setState(db, motion.id, state)
      const voters = motion.vote?.ballots.map(({ person }) => person) ?? []
      const shown = await shownNow(acting, motion.id)
      await turnMotion(db, motion.id, [...voters, ...shown.roll.map(({ person }) => person.id)])
      return { reply: cardReply(cardFor(acting, shown, pass)), outcome: { state } }
    },
  })

function mustPend(motion: Motion): void {
  if (!isPending(motion))
    throw new Refusal(
      'conflict',
      `That motion on ${calledIn(motion.item)} is ${motion.state}: nothing is to be done with it any more.`,
    )
  if (motion.vote && motion.vote.state !== 'open')
    throw new Refusal(
      'conflict',
      `The vote on ${calledIn(motion.item)} is closed, and waits for its result. It cannot be withdrawn now.`,
    )
}

export const withdraw = ending('votes.withdraw', 'withdrawn', mustPend)
export const defer = ending('votes.defer', 'deferred', mustBeBefore)

/** A motion as it stands: the desk's card for who presides, else one's own. */
export const motion = query({
  ...ofMotions,
  name: 'votes.motion',
  input: z.object({ subject: MotionId }),
  allow: () => true,
  async run(asking, _, { motion: { id }, pass }) {
    const reply = await shownTo(asking, id, pass)
    // It is asked for from cards that say more, and leaves them standing.
    return reply.kind === 'card' ? besideReply(reply.card) : reply
  },
})
