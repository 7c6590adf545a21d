import { z } from 'zod'
import type { Tx } from '../../db/schema.js'
import { audienceOf, isOperator, personOf } from '../../kernel/actor.js'
import { type About, type Asking, act, cardReply, formReply, type Offers, query } from '../../kernel/command.js'
import { BoardId, TermsId } from '../../kernel/ids.js'
import { markOf } from '../../kernel/mark.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf } from '../../kernel/time.js'
import { hasPart, isClerk, isMember, isOfficer, type Part } from '../part/rules.js'
import { clerkOfAny, offersPerBoard, type Standing, standingIn } from '../part/store.js'
import { bare } from '../roster/spelling.js'
import type { Board } from '../rules.js'
import { boardsIn } from '../store.js'
import type { Terms } from '../terms.js'
import { readTerms } from '../terms-text.js'
import { approvable, dayFrom, inForceAt, inTheMiddle, sameBoard, startOf, type Text } from './rules.js'
import {
  addBoard,
  addClerk,
  addDraft,
  approve as approveText,
  boardOfText,
  meetingsBefore,
  parentIdOf,
  textsOf,
} from './store.js'
import { approvalForm, approvedCard, draftCard, LARGEST_TERMS, setUpForm, termsCard } from './view.js'

const UNKNOWN = 'I know of no such board. Say “help” for the boards that I know of.'

/** @throws Refusal `not_found`, alike for who has nothing to do with the board */
export async function boardOr({ db, actor, now }: Asking, board: string | null): Promise<Standing> {
  const standing = board === null ? null : await standingIn(db, board, actor, now)
  if (!standing || !hasPart(standing.part)) throw new Refusal('not_found', UNKNOWN)
  return standing
}

/** A board that is there, or the id of one that is not yet; in either case who may set it up. */
interface SettingUp {
  readonly id: string
  readonly standing: Standing | null
  readonly may: boolean
}

async function settingUp(asking: Asking, { subject }: About): Promise<SettingUp> {
  const { db, actor, now } = asking
  const standing = await standingIn(db, subject, actor, now)
  if (standing && hasPart(standing.part)) return { id: subject, standing, may: isClerk(standing.part) }
  const may = await clerkOfAny(db, actor, now)
  const taken = standing !== null || (await db.selectFrom('board').select('id').where('id', '=', subject).executeTakeFirst())
  // To who may set up none, a board that is there and one that is not are alike.
  if (taken && may) throw new Refusal('not_found', UNKNOWN)
  return { id: subject, standing: null, may }
}

/** Longest base64 of a file of terms. */
const TERMS_FILE = z
  .string('Choose the file of the terms.')
  .min(1, 'Choose the file of the terms.')
  .max(
    Math.ceil(LARGEST_TERMS / 3) * 4,
    `That file is larger than ${LARGEST_TERMS / 1024} KB, and terms of reference are not. Choose the right one.`,
  )

/** @throws Refusal `invalid` with a line a fault, at the field `file` */
function termsIn(base64: string): Terms {
  const read = readTerms(Buffer.from(base64, 'base64').toString('utf8'))
  if ('terms' in read) return read.terms
  const lines = read.faults
    .slice(0, 10)
    .map(({ line, column, path, sentence }) => `${line}:${column} ${path && `${path}: `}${sentence}`)
  const more = read.faults.length > lines.length ? ` And ${read.faults.length - lines.length} more.` : ''
  const sentence = `The file cannot be read as terms of reference, and nothing was kept. ${lines.join('. ')}.${more} Mend it and send it again.`
  throw new Refusal('invalid', sentence, undefined, { file: sentence })
}

/** Opens the form for the terms of a new board, or new terms of one that is there. */
export const setUpAsk = query({
  name: 'boards.set_up_form',
  input: z.object({ subject: BoardId }),
  load: settingUp,
  allow: (_, { may }) => may,
  run: async ({ actor }, { subject }, { standing }) => formReply(setUpForm(subject, standing?.board ?? null, audienceOf(actor))),
})

/** Keeps a text of terms as a draft, and makes the board if it is new. Its subject is the board, there or to be. */
export const setUp = act({
  name: 'boards.set_up',
  input: z.object({ subject: BoardId, file: TERMS_FILE }),
  journaled: ({ subject, file }) => ({ subject, file: markOf(file) }),
  load: settingUp,
  allow: (_, { may }) => may,
  board: ({ id }) => id,
  async run(acting, { file }, { id, standing }) {
    const { db, actor, now } = acting
    const terms = termsIn(file)
    const board = standing?.board ?? (await newBoard(db, acting, id, terms))
    if (standing) sameBoard(board, terms)
    const present = inForceAt(await textsOf(db, id), now)
    if (present && JSON.stringify(present.terms) === JSON.stringify(terms)) {
      const sentence = `That is ${present.terms.title} as it is in force. Send the text that differs.`
      throw new Refusal('conflict', sentence, undefined, { file: sentence })
    }
    const draft = await addDraft(db, id, terms, personOf(actor))
    const texts = await textsOf(db, id)
    return {
      reply: cardReply(draftCard(board, drafted(texts, draft), texts, now, audienceOf(actor))),
      outcome: { board: id, terms: draft, title: terms.title },
    }
  },
  redraw({ actor }, { standing }) {
    const title = standing ? `${standing.board.name}: the draft is kept` : 'Done'
    return cardReply({ title, audience: audienceOf(actor), body: [] })
  },
})

/** Names that nobody could tell apart in a sentence: by case, accents, width or punctuation alone. */
const soundsLike = (one: string, other: string): boolean => bare(one) === bare(other)

/** What the bot's own sentences are made of: a board of that name could not be spoken of. */
const OWN_WORDS = [
  'agenda',
  'meeting',
  'meetings',
  'next meeting',
  'roster',
  'terms',
  'help',
  'apologies',
  'item',
  'items',
  'board',
]

/** A subgroup has rights in its parent by its name: another name is for the clerk of both. @throws Refusal `not_permitted` */
async function mayRename({ db, actor, now }: Asking, { id, name }: Board): Promise<void> {
  const parent = await parentIdOf(db, id)
  const standing = parent === null ? null : await standingIn(db, parent, actor, now)
  if (standing === null || isClerk(standing.part)) return
  throw new Refusal(
    'not_permitted',
    `${name} is a subgroup of ${standing.board.shortName}, whose terms may give it rights by its name. Keep the name, or have the clerk of both approve the text.`,
  )
}

/** @throws Refusal `conflict` where another board is called so, or where the name is a word of the bot's own */
function alone(boards: readonly Board[], terms: Terms, id: string): void {
  const wanted = [terms.shortName, terms.board]
  if (wanted.some((name) => OWN_WORDS.includes(bare(name)))) {
    const sentence = `“${terms.shortName}” is a word that I listen for. Call the board something else.`
    throw new Refusal('conflict', sentence, undefined, { file: sentence })
  }
  const known = boards.find(
    (one) => one.id !== id && wanted.some((name) => soundsLike(one.shortName, name) || soundsLike(one.name, name)),
  )
  if (!known) return
  const sentence = `There is a board ${known.shortName} already (${known.name}). If you mean that one, send its new terms under its own card: say “new terms of ${known.shortName}”. If not, tell the two apart by name.`
  throw new Refusal('conflict', sentence, undefined, { file: sentence })
}

async function newBoard(tx: Tx, { actor, now }: Asking, id: string, terms: Terms): Promise<Board> {
  alone(await boardsIn(tx, actor.tenant), terms, id)
  const mine = async (board: string): Promise<boolean> => {
    const standing = await standingIn(tx, board, actor, now)
    return standing !== null && isClerk(standing.part)
  }
  await addBoard(tx, { id, tenant: actor.tenant, terms, mine })
  if (!isOperator(actor)) await addClerk(tx, id, actor.person, dayOf(now, terms.zone).toString())
  const { board: name, shortName, zone, division } = terms
  return { id, tenant: actor.tenant, name, shortName, zone, division }
}

function drafted(texts: readonly Text[], id: string): Text {
  const draft = texts.find((text) => text.id === id)
  if (!draft) throw new Error('a draft that was kept is not there')
  return draft
}

interface OfText extends Standing {
  readonly text: Text
  readonly texts: readonly Text[]
}

async function textOr(asking: Asking, { subject }: About): Promise<OfText> {
  const standing = await boardOr(asking, await boardOfText(asking.db, subject))
  const texts = await textsOf(asking.db, standing.board.id)
  const text = drafted(texts, subject)
  if (!readable([text], standing.part).includes(text)) throw new Refusal('not_found', UNKNOWN)
  return { ...standing, texts, text }
}

/** Drafts are for officers and members: what is not approved is nobody else's to read. */
const readable = (texts: readonly Text[], part: Part): readonly Text[] =>
  isOfficer(part) || isMember(part) ? texts : texts.filter(({ inForceFrom }) => inForceFrom !== null)

/** Opens the form that asks how a draft was approved. */
export const approval = query({
  name: 'boards.approval',
  input: z.object({ subject: TermsId }),
  load: textOr,
  allow: (_, { part }) => isClerk(part),
  run: async ({ actor }, _, { board, text }) => formReply(approvalForm(board, text, audienceOf(actor))),
})

const HOW = 'Say how it was approved, as the notes have it: “RESOLVED that …”, and at which meeting.'

/** Records the resolution that approved a text, from that instant or from a day. */
export const approve = act({
  name: 'boards.approve',
  input: z.object({
    subject: TermsId,
    resolution: z.string(HOW).trim().min(3, HOW).max(500, 'That is too long: say in at most 500 characters how it was approved.'),
    from: z.string().max(20).optional(),
  }),
  load: textOr,
  allow: (_, { part }) => isClerk(part),
  board: ({ board }) => board.id,
  async run(acting, { resolution, from: day }, { board, text, texts }) {
    const { db, actor, now } = acting
    const from = startOf(dayFrom(day, 'from'), board, now)
    approvable(text, texts, from, board, now)
    alone(await boardsIn(db, actor.tenant), text.terms, board.id)
    if (text.terms.board !== board.name) await mayRename(acting, board)
    await approveText(db, board.id, text.terms, { text: text.id, from, resolution, at: now, by: personOf(actor) })
    const during = inTheMiddle(from, await meetingsBefore(db, board.id, from), board)
    const approved = { ...text, state: 'approved' as const, inForceFrom: from }
    return {
      reply: cardReply(approvedCard(board, approved, during, now, audienceOf(actor))),
      outcome: { board: board.id, terms: text.id, from: from.toString(), resolution },
    }
  },
  redraw: ({ actor, now }, { board, text }) => cardReply(approvedCard(board, text, null, now, audienceOf(actor))),
})

/** One text of terms, rule by rule. */
export const readText = query({
  name: 'boards.read_terms',
  input: z.object({ subject: TermsId }),
  load: textOr,
  allow: (_, { part }) => hasPart(part),
  run: async ({ actor, now }, _, { board, text, texts, part }) =>
    cardReply(termsCard(board, text, readable(texts, part), now, audienceOf(actor))),
})

/** The terms in force, rule by rule. */
export const terms = query({
  name: 'boards.terms',
  input: z.object({ subject: BoardId }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => hasPart(part),
  async run({ db, actor, now }, _, { board, part }) {
    const texts = await textsOf(db, board.id)
    return cardReply(termsCard(board, inForceAt(texts, now), readable(texts, part), now, audienceOf(actor)))
  },
})

/** What may be done about boards and their terms. */
export const offers: Offers = async (asking) => [
  ...(await offersPerBoard(asking, ({ part }) => [
    { words: 'roster', does: 'see who is on the board' },
    { words: 'terms', does: 'read the rules of the board, clause by clause' },
    ...(isClerk(part)
      ? [
          { words: 'read a roster', does: 'send its roster as a file' },
          { words: 'new terms', does: 'send a new text of its terms of reference' },
        ]
      : []),
  ])),
  ...((await clerkOfAny(asking.db, asking.actor, asking.now))
    ? [{ words: 'set up a board', does: 'begin another board from its terms' }]
    : []),
]
