import { placesOf } from '../boards/store.js'
import type { Tx } from '../db/schema.js'
import { dispatch } from '../kernel/notice.js'
import { notify } from '../outbox/store.js'
import type { Called } from './rules.js'
import { concerned, type Version, versionOf } from './store.js'
import { toldCard } from './view.js'

/** To everyone concerned: that a meeting was called, moved or cancelled. Its subject is the version, which never changes. */
export const told = dispatch<Version>({
  name: 'meetings.told',
  load: (db, version) => versionOf(db, version),
  draw: toldCard,
})

/** Tells everyone concerned, but for who did it, and the board's places. */
export async function tellOf(tx: Tx, meeting: Called, version: string, by: string | null): Promise<void> {
  const about = { notice: told, subject: version, board: meeting.board.id }
  const people = (await concerned(tx, meeting)).filter((person) => person !== by)
  const places = await placesOf(tx, meeting.board.id)
  await notify(tx, [
    ...places.map((place) => ({ ...about, to: { place } })),
    ...people.map((person) => ({ ...about, to: { person } })),
  ])
}
