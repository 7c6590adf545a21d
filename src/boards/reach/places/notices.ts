import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Tx } from '../../../db/schema.js'
import type { After } from '../../../kernel/command.js'
import { dispatch } from '../../../kernel/notice.js'
import { toText } from '../../../kernel/time.js'
import { redrawFor } from '../../../outbox/reach.js'
import { notify } from '../../../outbox/store.js'
import { boardFrom, boardRows } from '../../store.js'
import { toHear } from '../losses/notices.js'
import { placeName } from './rules.js'
import { openAnew, type Serving, servingPlaces } from './store.js'
import { openedCard } from './view.js'

/** Board, the place as people call it, to whom it is open, how many are not of the board, when: what was found once. */
const Subject = z.tuple([z.string(), z.string(), z.enum(['public', 'shared', 'guests']), z.number(), z.string()])

/** To the clerk: others than the board have come to read in a place of it. */
export const openedNotice = dispatch<Parameters<typeof openedCard>[0]>({
  name: 'boards.place_opened',
  async load(db, subject) {
    const [id, place, openTo, outsiders] = Subject.parse(JSON.parse(subject))
    const board = boardFrom(await boardRows(db).where('board.id', '=', id).executeTakeFirstOrThrow())
    return { board, place, openTo, outsiders }
  },
  draw: openedCard,
})

/** Keeps to whom a place is open now: where that is another, what stands there is drawn anew, and the clerk hears of others. @returns it as it is then */
export async function follow(tx: Tx, place: Serving, now: Temporal.Instant): Promise<Serving> {
  const { platform, workspace, id, board, outsiders } = place
  const openTo = await openAnew(tx, place)
  if (openTo === null) return place
  await redrawFor(tx, { place: { platform, workspace, id } }, ['sent', 'dropped'])
  if (openTo === '') return { ...place, openTo }
  const subject = JSON.stringify([board, placeName(place), openTo, outsiders, toText(now)] satisfies z.infer<typeof Subject>)
  const to = await toHear(tx, board, now)
  await notify(
    tx,
    to.map((one) => ({ notice: openedNotice, subject, board, to: one })),
  )
  return { ...place, openTo }
}

/** Who has come to a board or left it makes a guest of its place one of the board, or not. */
export const followPeople: After = {
  acts: [
    'boards.recognise',
    'boards.forget_identity',
    'boards.import_roster',
    'boards.appoint',
    'boards.end',
    'boards.handed_over',
  ],
  async run({ db, now }, { board }) {
    for (const place of await servingPlaces(db, board, now)) await follow(db, place, now)
  },
}
