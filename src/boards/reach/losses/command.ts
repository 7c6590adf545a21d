import { z } from 'zod'
import { lossOf, markLost } from '../../../db/identity.js'
import { audienceOf, isHouse } from '../../../kernel/actor.js'
import { type About, type Acting, type Asking, act, cardReply, type Reply } from '../../../kernel/command.js'
import { Refusal } from '../../../kernel/refusal.js'
import { toText } from '../../../kernel/time.js'
import { addressOf, endWaiting, redrawFor } from '../../../outbox/reach.js'
import { boardsIn } from '../../store.js'
import { findPerson } from '../identities/store.js'
import { boardsWith } from '../store.js'
import { tellOfLoss } from './notices.js'
import { addLosses, endLosses, type Lost } from './store.js'

const NOTHING = 'I know of nothing like that. Say “who can be reached” for how things stand.'

const Where = z.object({
  /** the person; the board that the place serves; or the workspace */
  subject: z.string(),
  platform: z.string(),
  workspace: z.string(),
  user: z.string().optional(),
  place: z.string().optional(),
  why: z.string(),
})
type Where = z.output<typeof Where>

/**
 * The boards that it concerns, by short name: of the person, the one that the place serves, or all in the workspace's tenant.
 * @throws Refusal `not_found` for everybody but the house, whatever it is about
 */
async function concerned({ db, actor, now }: Asking, { subject }: About): Promise<readonly string[]> {
  if (!isHouse(actor)) throw new Refusal('not_found', NOTHING)
  const all = (await boardsIn(db, actor.tenant)).map(({ id }) => id)
  if (all.includes(subject)) return [subject]
  const boards = (await findPerson(db, subject)) ? await boardsWith(db, subject, now) : all
  if (boards.length === 0) throw new Refusal('not_found', NOTHING)
  return boards
}

/** What is meant. @throws Refusal `not_found` where the account is somebody else's by now */
async function meant({ db }: Acting, { subject, platform, workspace, user, place }: Where): Promise<Lost> {
  const person = user === undefined ? null : ((await lossOf(db, { platform, workspace, user }))?.subject ?? null)
  if (user !== undefined && person !== subject) throw new Refusal('not_found', NOTHING)
  return { platform, workspace, person, place: place ?? null }
}

const outcomeOf = ({ person, place, platform, workspace }: Lost, why: string) => ({
  platform,
  workspace,
  why,
  ...(person === null ? {} : { person }),
  ...(place === null ? {} : { place: { platform, workspace, id: place } }),
})

const idOf = ({ platform, workspace }: Lost, place: string) => ({ platform, workspace, id: place })

const kept = ({ actor }: Asking): Reply => cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] })

type Told = Lost & { readonly why: string; readonly boards: readonly string[] }

/** What the house keeps of who and what is reached, in the journal of each board that it concerns. */
const keeping = (name: string, state: 'lost' | 'found', follow: (acting: Acting, told: Told) => Promise<void>) =>
  act({
    name,
    input: Where,
    load: concerned,
    allow: (actor) => isHouse(actor),
    board: ([first = '']) => first,
    async run(acting, where, boards) {
      const { db, now, did } = acting
      const { subject, why } = where
      const lost = await meant(acting, where)
      await markLost(db, where, state === 'lost' ? { at: toText(now), why } : null)
      await follow(acting, { ...lost, why, boards })
      const outcome = outcomeOf(lost, why)
      for (const board of boards.slice(1)) did({ command: name, board, subject, outcome })
      return { reply: kept(acting), outcome }
    },
    redraw: kept,
  })

/** Somebody, a place or a workspace is reached no more: nothing more is tried there, and each board's clerk is told once. */
export const lost = keeping('boards.lost', 'lost', async ({ db, now }, told) => {
  const { person, place, why, boards } = told
  if (place !== null) await endWaiting(db, { place: idOf(told, place) }, `not reached any more: ${why}`)
  if (person !== null && !(await addressOf(db, person))) await endWaiting(db, { person }, `not reached any more: ${why}`)
  for (const one of await addLosses(db, boards, told, now)) await tellOfLoss(db, one, now)
})

/** They are reached again: what follows a state is drawn anew there, and what was to be said once and was not is not made up for. */
export const found = keeping('boards.found', 'found', async ({ db, now }, told) => {
  const { person, place } = told
  await endLosses(db, told, now)
  if (place !== null) await redrawFor(db, { place: idOf(told, place) }, ['sent', 'dropped', 'failed'])
  if (person !== null) await redrawFor(db, { person }, ['failed'])
})
