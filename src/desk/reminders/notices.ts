import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { findBoard } from '../../boards/store.js'
import type { Db } from '../../db/schema.js'
import type { After } from '../../kernel/command.js'
import { type Notice, reminder, type ToRemind } from '../../kernel/notice.js'
import { boardDay } from '../../meetings/rules.js'
import { meetingsOf } from '../../meetings/store.js'
import { planMeeting } from '../../outbox/plan.js'
import { SAID } from './rules.js'
import { findSaid, peopleMeant, type Said } from './store.js'
import { saidCard } from './view.js'

/** Of whom what somebody said reminds, as things stand. */
async function meant(db: Db, id: string, now: Temporal.Instant): Promise<ToRemind> {
  const said = await findSaid(db, id)
  const ruled = said && (await findBoard(db, said.board_id, now))
  if (!said || !ruled) return { gone: 'it was never said' }
  const people = await peopleMeant(db, said.board_id, said.whom, boardDay(ruled.board, now))
  return people.length === 0 ? { gone: 'nobody of the board is meant any more' } : { people }
}

/** What a clerk has people reminded of. Its subject is what was said. */
export const saidReminder = reminder<Said & { readonly by: string | null }>({
  name: SAID,
  about: 'What the clerk has them reminded of',
  moments: async () => [],
  to: meant,
  async load(db, id, audience, now) {
    const to = await meant(db, id, now)
    if ('gone' in to) return to
    if (audience.kind !== 'person' || !to.people.includes(audience.person)) return { gone: 'they are not meant any more' }
    const said = await findSaid(db, id)
    return said ? { facts: said } : { gone: 'it was never said' }
  },
  draw: saidCard,
})

const Meetings = z.object({ meetings: z.array(z.string()) })

/** A meeting that is called, moved or cancelled is planned anew. */
export const planMeetings = (notices: readonly Notice[]): After => ({
  acts: ['meetings.call', 'meetings.agree_cycle', 'meetings.move', 'meetings.cancel', 'demonstration.fill'],
  async run({ db, now }, { board, outcome }) {
    for (const meeting of Meetings.parse(outcome).meetings) await planMeeting(db, notices, { board, meeting }, now)
  },
})

/** New terms may remind at other times: the meetings to come are planned anew. */
export const planBoard = (notices: readonly Notice[]): After => ({
  acts: ['boards.approve'],
  async run({ db, now }, { board }) {
    for (const meeting of await meetingsOf(db, board, { from: now }))
      await planMeeting(db, notices, { board, meeting: meeting.id }, now)
  },
})
