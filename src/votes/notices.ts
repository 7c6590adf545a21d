import type { Temporal } from 'temporal-polyfill'
import { openMeetings } from '../attendance/sitting/store.js'
import { COMES_TO_SERVE, placeComing } from '../boards/reach/places/rules.js'
import { placesOf } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import type { Audience } from '../kernel/audience.js'
import type { After } from '../kernel/command.js'
import { type Loaded, live } from '../kernel/notice.js'
import { notify, refresh } from '../outbox/store.js'
import { motionFacts, passIn } from './card/store.js'
import { deskCard, type May, ownCard, placeCard } from './card/view.js'
import type { MotionFacts } from './facts.js'
import { isPending } from './motion.js'
import { motionsOf } from './store.js'

async function shownOf(db: Db, motion: string, audience: Audience, now: Temporal.Instant): Promise<Loaded<MotionFacts>> {
  const shown = await motionFacts(db, motion, now)
  if (!shown) return { gone: 'there is no such motion' }
  // Of an item that is not on the public agenda nothing stands in any place.
  if (audience.kind !== 'person' && shown.motion.openness === 'hidden') return { gone: 'its item is not on the public agenda' }
  return shown.meeting.cancelled ? { gone: 'the meeting is cancelled' } : { facts: shown }
}

/** Of a notice that only ever goes to people. */
function readerOf(audience: Audience): string {
  if (audience.kind === 'person') return audience.person
  throw new Error('a personal notice for a place')
}

/** The one card in the board's place: from the motion to the result. */
export const motionNotice = live<MotionFacts>({
  name: 'votes.card',
  load: shownOf,
  turns: async () => [],
  draw: placeCard,
})

/** What the holder of an office, or who presides, may do; nobody else is sent the desk's card. */
export function mayOf({ officers, entry, motion }: MotionFacts, person: string): Omit<May, 'pass'> {
  const offices = officers.filter((one) => one.person.id === person).map(({ office }) => office)
  // Nobody presides over their own removal.
  const inTheChair = entry.presiding?.person.id === person && motion.removes?.person.id !== person
  const clerk = offices.includes('clerk')
  return { clerk, inTheChair, presides: clerk || inTheChair }
}

/** The card of the clerk and of who may preside. */
export const deskNotice = live<MotionFacts>({
  name: 'votes.desk',
  load: shownOf,
  turns: async () => [],
  draw(shown, audience) {
    const person = readerOf(audience)
    return deskCard(shown, { ...mayOf(shown, person), pass: passIn(shown, person) }, audience)
  },
})

/** Of a card of one person's own: their vote turns that card alone, and not everybody's. */
export const ownSubject = (motion: string, person: string): string => `${motion} ${person}`

/** Each voter's own card. */
export const ownNotice = live<MotionFacts>({
  name: 'votes.own',
  load: (db, subject, audience, now) => shownOf(db, subject.split(' ')[0] ?? '', audience, now),
  turns: async () => [],
  draw(shown, audience) {
    const person = readerOf(audience)
    return ownCard(shown, person, passIn(shown, person), audience)
  },
})

const DESK = ['chair', 'co-chair', 'vice-chair', 'clerk']

/** Who is sent the desk's card: the officers, and who presides. */
const deskOf = ({ officers, entry }: MotionFacts): readonly string[] => [
  ...new Set([
    ...officers.filter(({ office }) => DESK.includes(office)).map(({ person }) => person.id),
    ...(entry.presiding ? [entry.presiding.person.id] : []),
  ]),
]

/** Posts a motion in the board's places and to its officers; and while a vote is open, to everybody who may vote. */
export async function postMotion(tx: Tx, shown: MotionFacts): Promise<void> {
  const { motion, meeting, roll } = shown
  const about = { subject: motion.id, board: meeting.board.id }
  const places = motion.openness === 'hidden' ? [] : await placesOf(tx, meeting.board.id)
  const voters = motion.vote?.state === 'open' ? [...new Set(roll.map(({ person }) => person.id))] : []
  // What is decided at one press is told in the board's place, and asks nothing of its officers.
  const desks = isPending(motion) ? deskOf(shown) : []
  await notify(tx, [
    ...places.map((place) => ({ ...about, notice: motionNotice, to: { place } })),
    ...desks.map((person) => ({ ...about, notice: deskNotice, to: { person } })),
    ...voters.map((person) => ({
      notice: ownNotice,
      subject: ownSubject(motion.id, person),
      board: meeting.board.id,
      to: { person },
    })),
  ])
}

/** Turns the cards of a motion, and the own cards of these people. */
export async function turnMotion(tx: Tx, motion: string, people: readonly string[]): Promise<void> {
  const own = [...new Set(people)].map((person) => ownSubject(motion, person))
  await refresh(tx, [motion, ...own], [motionNotice, deskNotice, ownNotice])
}

/** A place that comes to serve the board has the cards of what is being decided. */
export const followPlace: After = {
  acts: COMES_TO_SERVE,
  async run({ db, now }, { board, outcome }) {
    const place = placeComing(outcome)
    if (!place) return
    for (const { id: meeting } of await openMeetings(db, board, now)) {
      const pending = (await motionsOf(db, meeting)).filter((motion) => isPending(motion) && motion.openness !== 'hidden')
      for (const { id } of pending) {
        await notify(db, [{ notice: motionNotice, subject: id, board, to: { place } }])
        await refresh(db, id, [motionNotice])
      }
    }
  },
}
