import type { Temporal } from 'temporal-polyfill'
import { placesOf, seatsOn } from '../boards/store.js'
import type { Db, Tx } from '../db/schema.js'
import { dispatch, type Plan } from '../kernel/notice.js'
import { notify } from '../outbox/store.js'
import type { Reminded, Timed } from './reminding.js'
import { boardDay, type Called, hasBegun, type Meeting } from './rules.js'
import { concerned, findMeeting, type Version, versionOf } from './store.js'
import { toldCard } from './view.js'

/** To everyone concerned: that a meeting was called, moved or cancelled. Its subject is the version, which never changes. */
export const told = dispatch<Version>({
  name: 'meetings.told',
  inOpenPlaces: true,
  load: (db, version) => versionOf(db, version),
  draw: toldCard,
})

/**
 * Tells everyone concerned, on the day that was and on the one that is, of a change, but for who made it. Of a new
 * meeting those with a seat and the board's places have their own cards, and only the others are told.
 */
export async function tellOf(tx: Tx, meeting: Called, version: string, by: string | null): Promise<void> {
  const about = { notice: told, subject: version, board: meeting.board.id }
  const isNew = meeting.revision === 1
  const seated = isNew ? await seatedAt(tx, meeting) : []
  const { before } = await versionOf(tx, version)
  const were = before ? await concerned(tx, { ...meeting, startsAt: before.startsAt }) : []
  const all = new Set([...were, ...(await concerned(tx, meeting))])
  const people = [...all].filter((person) => person !== by && !seated.includes(person))
  const places = isNew ? [] : await placesOf(tx, meeting.board.id)
  await notify(tx, [
    ...places.map((place) => ({ ...about, to: { place } })),
    ...people.map((person) => ({ ...about, to: { person } })),
  ])
}

/** Who represents a seat on the day of a meeting. */
async function seatedAt(tx: Tx, { board, startsAt }: Called): Promise<readonly string[]> {
  const seats = await seatsOn(tx, board.id, boardDay(board, startsAt))
  return seats.flatMap(({ representative }) => (representative ? [representative.id] : []))
}

/** A meeting that is still to begin; or why there is nothing to remind of before it. */
export async function comingMeeting(db: Db, id: string, now: Temporal.Instant): Promise<Meeting | { readonly gone: string }> {
  const meeting = await findMeeting(db, id, now)
  if (!meeting) return NOT_CALLED
  return hasBegun(meeting, now) ? { gone: 'the meeting has begun' } : meeting
}

export const NOT_CALLED = { gone: 'the meeting is not called any more' }

/** The moments of a reminder of a meeting, by the terms in force; none for a meeting that is not called any more. */
export const momentsBy =
  (moments: (timed: Timed) => readonly Reminded[]): Plan['moments'] =>
  async (db, meeting, now) => {
    const called = await findMeeting(db, meeting, now)
    return called ? moments(called) : []
  }
