import { z } from 'zod'
import { findAgenda, passFor } from '../../agenda/store.js'
import { loadWholly, type There } from '../../attendance/command.js'
import { isOpen } from '../../attendance/room.js'
import { standingIn } from '../../boards/part/store.js'
import { audienceOf } from '../../kernel/actor.js'
import { type About, type Asking, cardReply, query } from '../../kernel/command.js'
import { MeetingId } from '../../kernel/ids.js'
import type { Pass } from '../../kernel/restricted.js'
import type { Card } from '../../kernel/view.js'
import { openedFor, type Paper, standing } from '../../papers/rules.js'
import { papersOf } from '../../papers/store.js'
import { decidedAt, waitingIn } from '../register/store.js'
import { motionsOf } from '../store.js'
import { type Business, businessCard } from '../view.js'

interface OnBusiness extends There {
  readonly pass: Pass | null
}

async function load(asking: Asking, about: About): Promise<OnBusiness> {
  const { db, actor, now } = asking
  const room = await loadWholly(asking, about)
  const standing = await standingIn(db, room.meeting.board.id, actor, now)
  return { ...room, pass: standing ? await passFor(db, room.meeting, standing.part, actor.person) : null }
}

/** Nothing is decided of these, unless something is moved. */
const OF_ITSELF = ['introduction', 'apologies', 'interests']

const recommends = (paper: Paper, pass: Pass | null): boolean => {
  const version = standing(paper)
  const inside = version && openedFor(version.inside, pass)
  return (inside?.recommendations.length ?? 0) > 0
}

const isMoved = (paper: Paper, pass: Pass | null): boolean =>
  recommends(paper, pass) || ['notes', 'dates'].includes(paper.item.about) || paper.item.purpose === 'information'

/** The card of a meeting's business as it stands now. @param said what was just decided */
export async function businessOf({ db, actor }: Asking, room: There, pass: Pass | null, said?: string): Promise<Card> {
  const { meeting, presides } = room
  const agenda = await findAgenda(db, meeting.id)
  const papers = agenda ? await papersOf(db, agenda) : []
  const motions = await motionsOf(db, meeting.id)
  const decisions = await decidedAt(db, meeting.id)
  const all = papers
    .filter(({ item }) => item.state === 'placed')
    .map(
      (paper): Business => ({
        item: paper.item,
        motions: motions.filter(({ item }) => item.id === paper.item.id),
        decisions: decisions.filter(({ item }) => item?.id === paper.item.id),
        moved: isMoved(paper, pass),
        version: recommends(paper, pass) ? (standing(paper)?.number ?? null) : null,
      }),
    )
    .filter((one) => !OF_ITSELF.includes(one.item.about) || one.motions.length > 0)
  const late = {
    waiting: (await waitingIn(db, meeting.board.id, 'recommended')).filter(
      (one) => one.meeting?.id !== meeting.id && (pass !== null || one.openness !== 'hidden'),
    ),
    toReport: await waitingIn(db, meeting.board.id, 'delegated'),
  }
  return businessCard(meeting, all, late, { presides, pass, open: isOpen(room) }, audienceOf(actor), said)
}

/** What is before a meeting, item by item. */
export const business = query({
  name: 'votes.business',
  input: z.object({ subject: MeetingId }),
  load,
  allow: () => true,
  run: async (asking, _, room) => cardReply(await businessOf(asking, room, room.pass)),
})
