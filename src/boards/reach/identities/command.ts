import { z } from 'zod'
import { audienceOf, isHouse } from '../../../kernel/actor.js'
import { type About, type Asking, act, cardReply, query } from '../../../kernel/command.js'
import { BoardId, PersonId } from '../../../kernel/ids.js'
import { newCode } from '../../../kernel/one-time-code.js'
import { Refusal } from '../../../kernel/refusal.js'
import { hashOf } from '../../../kernel/secret.js'
import { addressOf, redrawFor, startNewMessages, wakeFor } from '../../../outbox/reach.js'
import { boardOr } from '../../adoption/command.js'
import { askOnce, isClerk } from '../../part/rules.js'
import { boardsOf, type Standing } from '../../part/store.js'
import type { Named } from '../../rules.js'
import { endLosses } from '../losses/store.js'
import { boardsWith, peopleWith } from '../store.js'
import {
  accountsIn,
  codeOf,
  findPerson,
  giveAccount,
  keepCode,
  keepNotTheirs,
  removeCode,
  stillProven,
  takeAccounts,
} from './store.js'
import { codeCard, codeWasShown, forgottenCard, knownCard, wasForgotten } from './view.js'

/** How long a code is good. */
const GOOD = { hours: 7 * 24 }

const NOBODY = 'I know of nobody like that. Say “who can be reached” for the people of your board.'
const NOT_PROVEN = 'That does not say who you are any more. Ask the clerk of your board for a one-time code.'
const FOR_YOUR_EYES = 'A one-time code is for your eyes alone. Ask me for it in a direct message.'

interface Recognising {
  readonly person: Named
  /** in whose journals it is written; the first is the act's own */
  readonly boards: readonly string[]
}

/** @throws Refusal `not_found` for everybody but the house, whoever it is about */
async function recognising({ db, actor, now }: Asking, { subject }: About): Promise<Recognising> {
  const person = isHouse(actor) ? await findPerson(db, subject) : null
  const boards = person ? await boardsWith(db, person.id, now) : []
  if (!person || boards.length === 0) throw new Refusal('not_found', NOBODY)
  return { person, boards }
}

const Account = { platform: z.string(), workspace: z.string(), user: z.string() }

/** Makes an account somebody's, by what the platform has verified of it or by a code. The house alone does it. */
export const recognise = act({
  name: 'boards.recognise',
  input: z.object({ subject: PersonId, ...Account, by: z.enum(['email', 'code']), proof: z.string() }),
  journaled: ({ proof: _, ...rest }) => rest,
  load: recognising,
  allow: (actor) => isHouse(actor),
  board: ({ boards }) => boards[0] ?? '',
  async run({ db, actor, now, did }, { platform, workspace, user, by, proof }, { person, boards }) {
    if (!(await stillProven(db, { tenant: actor.tenant, person: person.id }, { by, proof }, now)))
      throw new Refusal('not_found', NOT_PROVEN)
    const waited = !(await addressOf(db, person.id))
    const replaced = await giveAccount(db, { platform, workspace, user }, person.id, { by, now })
    // What stands in the conversation of another account is read there, and turned no more.
    if (replaced.length > 0) await startNewMessages(db, { person: person.id }, { platform, workspace })
    await endLosses(db, { platform, workspace, person: person.id, place: null }, now)
    await redrawFor(db, { person: person.id }, ['failed'])
    if (waited) await wakeFor(db, person.id)
    const outcome = { recognised: { person: person.id, platform, workspace, user }, by, replaced }
    for (const board of boards.slice(1)) did({ command: 'boards.recognise', board, subject: person.id, outcome })
    return { reply: cardReply({ title: 'Recognised', audience: audienceOf(actor), body: [] }), outcome }
  },
  redraw: ({ actor }) => cardReply({ title: 'Recognised', audience: audienceOf(actor), body: [] }),
})

/** Who the speaker is known as. */
export const known = query({
  name: 'boards.known',
  input: z.object({ subject: PersonId }),
  async load({ db, actor, now }, { subject }) {
    if (subject !== actor.person) throw new Refusal('not_found', NOBODY)
    return boardsOf(db, actor, now)
  },
  allow: () => true,
  run: async ({ actor }, _, boards) =>
    cardReply(
      knownCard(
        actor.name,
        boards.map(({ board }) => board),
        audienceOf(actor),
      ),
    ),
})

/** Somebody who has to do with a board. @throws Refusal `not_found` */
async function personOr({ db, now }: Asking, { board }: Standing, person: string): Promise<Named> {
  const found = (await peopleWith(db, board.id, now)).find(({ id }) => id === person)
  if (!found) throw new Refusal('not_found', NOBODY)
  return found
}

/** Makes a one-time code for somebody of the board, and shows it to the clerk once; one that was made before is good no more. */
export const code = act({
  name: 'boards.code',
  input: z.object({ subject: BoardId, person: PersonId }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, { person }, standing) {
    const { db, actor, now, place } = acting
    if (place.kind !== 'direct') throw new Refusal('not_permitted', FOR_YOUR_EYES)
    const { name } = await personOr(acting, standing, person)
    const made = newCode()
    const until = now.add(GOOD)
    await keepCode(db, { person, hash: hashOf(made), board: standing.board.id, until })
    return { reply: cardReply(codeCard(standing.board, name, made, until, audienceOf(actor))), outcome: { person } }
  },
  redraw: ({ actor }, { board }) => cardReply(codeWasShown(board, audienceOf(actor))),
})

/** Makes a code good no more that others have read. The house alone does it. */
export const spoilCode = act({
  name: 'boards.spoil_code',
  input: z.object({ subject: PersonId, proof: z.string() }),
  journaled: ({ subject }) => ({ subject }),
  async load({ db, actor }, { subject }) {
    const code = isHouse(actor) ? await codeOf(db, subject) : null
    if (!code) throw new Refusal('not_found', NOBODY)
    return code
  },
  allow: (actor) => isHouse(actor),
  board: ({ board }) => board,
  async run({ db, actor }, { subject, proof }, { hash }) {
    if (hash !== proof) throw new Refusal('not_found', NOT_PROVEN)
    await removeCode(db, subject)
    return { reply: cardReply({ title: 'Spoilt', audience: audienceOf(actor), body: [] }), outcome: { person: subject } }
  },
  redraw: ({ actor }) => cardReply({ title: 'Spoilt', audience: audienceOf(actor), body: [] }),
})

/** Takes somebody's accounts in this workspace from them: no address makes them theirs again, only a code does. */
export const forgetIdentity = act({
  name: 'boards.forget_identity',
  input: z.object({ subject: BoardId, person: PersonId, allTheSame: z.literal('yes').optional() }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, { person, allTheSame }, standing) {
    const { db, actor, now, place, did } = acting
    const { board } = standing
    const { name } = await personOr(acting, standing, person)
    const { platform, workspace } = place
    if ((await accountsIn(db, person, place)).length === 0)
      throw new Refusal(
        'not_found',
        `${name} is not known in this chat, so there is nothing to unlink. Say it where they are known.`,
      )
    const doubt = `${name} is then not known in this chat, hears nothing from me here, and needs a new one-time code.`
    const press = { command: 'boards.forget_identity', subject: board.id, values: { person }, label: `Unlink ${name}` }
    askOnce([doubt], allTheSame === 'yes', press)
    const users = await takeAccounts(db, place, person)
    await keepNotTheirs(db, place, users, person, now)
    await startNewMessages(db, { person }, place)
    const outcome = { forgotten: { person, platform, workspace, users } }
    const others = (await boardsWith(db, person, now)).filter((one) => one !== board.id)
    for (const one of others) did({ command: 'boards.forget_identity', board: one, subject: person, outcome })
    return { reply: cardReply(forgottenCard(board, name, users.length, audienceOf(actor))), outcome }
  },
  redraw: ({ actor }, { board }) => cardReply(wasForgotten(board, audienceOf(actor))),
})
