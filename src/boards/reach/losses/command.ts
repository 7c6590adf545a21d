import { z } from 'zod'
import { audienceOf, isHouse } from '../../../kernel/actor.js'
import { type About, type Acting, type Asking, act, cardReply, type Reply } from '../../../kernel/command.js'
import { Refusal } from '../../../kernel/refusal.js'
import { toText } from '../../../kernel/time.js'
import { addressOf, endWaiting, redrawFor } from '../../../outbox/reach.js'
import { boardsIn } from '../../store.js'
import { findPerson } from '../identities/store.js'
import { boardsWith } from '../store.js'
import { tellOfLoss } from './notices.js'
import { addLosses, endLosses, type Lost, markIdentity, markPlace, markWorkspace, ownerOf } from './store.js'

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
async function lostOf({ db }: Acting, { subject, platform, workspace, user, place }: Where): Promise<Lost> {
  const person = user === undefined ? null : await ownerOf(db, { platform, workspace, user })
  if (user !== undefined && person !== subject) throw new Refusal('not_found', NOTHING)
  return { platform, workspace, person, place: place ?? null }
}

const idOf = ({ platform, workspace }: Where, place: string) => ({ platform, workspace, id: place })

async function mark({ db }: Acting, where: Where, lost: { at: string; why: string } | null): Promise<void> {
  const { user, place } = where
  if (user !== undefined) await markIdentity(db, { ...where, user }, lost)
  else if (place !== undefined) await markPlace(db, { ...where, place }, lost)
  else await markWorkspace(db, where, lost)
}

const outcomeOf = ({ person, place, platform, workspace }: Lost, why: string) => ({
  platform,
  workspace,
  why,
  ...(person === null ? {} : { person }),
  ...(place === null ? {} : { place: { platform, workspace, id: place } }),
})

const kept = ({ actor }: Asking): Reply => cardReply({ title: 'Kept', audience: audienceOf(actor), body: [] })

/** Journals it on every other board that it concerns. */
function alsoOn(acting: Acting, command: string, about: About, boards: readonly string[], outcome: ReturnType<typeof outcomeOf>) {
  for (const board of boards.slice(1)) acting.did({ command, board, subject: about.subject, outcome })
}

/** Somebody, a place or a workspace is reached no more: nothing more is tried there, and each board's clerk is told once. */
export const lost = act({
  name: 'boards.lost',
  input: Where,
  load: concerned,
  allow: (actor) => isHouse(actor),
  board: ([first = '']) => first,
  async run(acting, where, boards) {
    const { db, now } = acting
    const lost = await lostOf(acting, where)
    await mark(acting, where, { at: toText(now), why: where.why })
    const outcome = outcomeOf(lost, where.why)
    if (lost.place !== null) await endWaiting(db, { place: idOf(where, lost.place) }, `not reached any more: ${where.why}`)
    if (lost.person !== null && !(await addressOf(db, lost.person)))
      await endWaiting(db, { person: lost.person }, `not reached any more: ${where.why}`)
    for (const one of await addLosses(db, boards, { ...lost, why: where.why }, now)) await tellOfLoss(db, one, now)
    alsoOn(acting, 'boards.lost', where, boards, outcome)
    return { reply: kept(acting), outcome }
  },
  redraw: kept,
})

/** They are reached again: what follows a state is drawn anew there, and what was to be said once and was not is not made up for. */
export const found = act({
  name: 'boards.found',
  input: Where,
  load: concerned,
  allow: (actor) => isHouse(actor),
  board: ([first = '']) => first,
  async run(acting, where, boards) {
    const { db, now } = acting
    const lost = await lostOf(acting, where)
    await mark(acting, where, null)
    await endLosses(db, lost, now)
    if (lost.place !== null) await redrawFor(db, { place: idOf(where, lost.place) }, ['sent', 'dropped', 'failed'])
    if (lost.person !== null) await redrawFor(db, { person: lost.person }, ['failed'])
    const outcome = outcomeOf(lost, where.why)
    alsoOn(acting, 'boards.found', where, boards, outcome)
    return { reply: kept(acting), outcome }
  },
  redraw: kept,
})
