import { z } from 'zod'
import { hasPart, isClerk } from '../../boards/part/rules.js'
import { type Actor, audienceOf } from '../../kernel/actor.js'
import { type Acted, type After, type Asking, act, cardReply, formReply, query, type Reply } from '../../kernel/command.js'
import { BoardId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { type Ruling, rulingOr } from '../../meetings/command.js'
import { form, purpose, title } from '../command.js'
import { CUSTOMARY_ITEMS, CUSTOMARY_SECTIONS } from '../drafting.js'
import { LONGEST_WHY, titleFrom } from '../rules.js'
import {
  addStandingItem,
  boardOfStandingItem,
  endStandingItem,
  firstApproved,
  hasSections,
  sectionsOn,
  setSection,
  standingItemsOn,
} from './store.js'
import { endStandingForm, sectionForm, standingCard, standingForm } from './view.js'

/** A board with what it has set, on the day of the asking. */
const load = (asking: Asking, { subject }: { subject: string }): Promise<Ruling> => rulingOr(asking, subject)
const byClerk = (_: Actor, { part }: Ruling): boolean => isClerk(part)

const shown = async ({ db, actor }: Asking, { board, inForce, part, day }: Ruling): Promise<Reply> => {
  const sections = await sectionsOn(db, board.id, day)
  const items = await standingItemsOn(db, board.id, day)
  return cardReply(standingCard(board, sections, items, inForce.terms, { change: isClerk(part) }, audienceOf(actor)))
}

const DECISION = 'Say by which decision, as the notes have it: “RESOLVED that …”, and at which meeting.'
const decision = z
  .string(DECISION)
  .trim()
  .min(3, DECISION)
  .max(LONGEST_WHY, `That is too long: say it in at most ${LONGEST_WHY} characters.`)
const letter = z
  .string('Choose a letter.')
  .trim()
  .toUpperCase()
  .regex(/^[A-W]$/, 'Choose one letter from A to W.')

/** The sections and standing items of a board. */
export const standing = query({
  name: 'agenda.standing',
  input: z.object({ subject: BoardId }),
  load,
  allow: (_, { part }) => hasPart(part),
  run: (asking, _, ruling) => shown(asking, ruling),
})

const ofBoard = {
  load,
  allow: byClerk,
  board: ({ board }: Ruling) => board.id,
  redraw: ({ actor }: Asking, { board }: Ruling): Reply =>
    cardReply({ title: `Done: the standing items of ${board.shortName}`, audience: audienceOf(actor), body: [] }),
}

/** A board that has set nothing yet begins with what its agendas were drafted from so far. */
async function begun(
  acting: Parameters<typeof shown>[0] & { db: Parameters<typeof setSection>[0] },
  ruling: Ruling,
): Promise<void> {
  if (await hasSections(acting.db, ruling.board.id)) return
  await begin(acting.db, ruling.board.id, ruling.inForce.terms, ruling.day)
}

type Tx = Parameters<typeof setSection>[0]

/** The sections and items of the terms, else the customary ones, each with the terms as what set it. */
async function begin(tx: Tx, board: string, terms: Ruling['inForce']['terms'], day: string): Promise<void> {
  const { sections } = terms.agenda.standingItems
  const from = `begun with “${terms.title}”`
  for (const section of sections.length > 0 ? sections : CUSTOMARY_SECTIONS)
    await setSection(tx, board, { ...section, decision: from }, day)
  const items =
    sections.length > 0
      ? sections.flatMap((section) =>
          section.items.map((item) => ({ ...item, letter: section.letter, purpose: item.purpose ?? null })),
        )
      : CUSTOMARY_ITEMS
  for (const item of items) await addStandingItem(tx, board, { ...item, decision: from }, day)
}

/** Adds an item that stands on every agenda from now on. */
export const addStanding = act({
  ...ofBoard,
  name: 'agenda.add_standing',
  input: z.object({ subject: BoardId, title, form, purpose, letter, decision }),
  async run(acting, input, ruling): Promise<Acted> {
    const { db } = acting
    const { board, day } = ruling
    await begun(acting, ruling)
    const name = titleFrom(input.title)
    const sections = await sectionsOn(db, board.id, day)
    if (!sections.some((section) => section.letter === input.letter)) {
      const sentence = `The board has no section ${input.letter}. There are ${sections.map((section) => section.letter).join(', ')}; set a new one first.`
      throw new Refusal('invalid', sentence, undefined, { letter: sentence })
    }
    const same = (await standingItemsOn(db, board.id, day)).find((item) => item.title.toLowerCase() === name.toLowerCase())
    if (same) {
      const sentence = `“${same.title}” stands on every agenda already, in section ${same.letter}.`
      throw new Refusal('conflict', sentence, undefined, { title: sentence })
    }
    const as = input.form === 'to follow' ? 'paper' : input.form
    const item = await addStandingItem(
      db,
      board.id,
      { letter: input.letter, title: name, about: 'nothing', form: as, purpose: input.purpose ?? null, decision: input.decision },
      day,
    )
    return { reply: await shown(acting, ruling), outcome: { item, decision: input.decision, terms: ruling.inForce.termsId } }
  },
})

/** Ends a standing item: agendas drafted from now on are without it. */
export const endStanding = act({
  ...ofBoard,
  name: 'agenda.end_standing',
  input: z.object({ subject: BoardId, item: z.uuid('Choose an item.'), decision }),
  async run(acting, input, ruling): Promise<Acted> {
    const { db } = acting
    const { board, day } = ruling
    const standing = (await standingItemsOn(db, board.id, day)).find(({ id }) => id === input.item)
    if (!standing || (await boardOfStandingItem(db, input.item)) !== board.id) {
      throw new Refusal('not_found', 'I know of no such standing item. Say “standing items” for those there are.')
    }
    await endStandingItem(db, input.item, input.decision, day)
    return {
      reply: await shown(acting, ruling),
      outcome: { item: input.item, decision: input.decision, terms: ruling.inForce.termsId },
    }
  },
})

/** Sets a section, or gives one another title. */
export const section = act({
  ...ofBoard,
  name: 'agenda.set_section',
  input: z.object({ subject: BoardId, letter, title, restricted: z.enum(['yes', 'no']).default('no'), decision }),
  async run(acting, input, ruling): Promise<Acted> {
    const { board, day } = ruling
    await begun(acting, ruling)
    const set = {
      letter: input.letter,
      title: titleFrom(input.title),
      restricted: input.restricted === 'yes',
      decision: input.decision,
    }
    await setSection(acting.db, board.id, set, day)
    return { reply: await shown(acting, ruling), outcome: { ...set, terms: ruling.inForce.termsId } }
  },
})

/** A form about the standing items of a board, for the clerk. */
const askAbout = (name: string, drawn: (asking: Asking, ruling: Ruling) => Promise<Reply>) =>
  query({ name, input: z.object({ subject: BoardId }), load, allow: byClerk, run: (asking, _, ruling) => drawn(asking, ruling) })

export const standingAsk = askAbout('agenda.standing_form', async ({ db, actor }, { board, day }) => {
  const own = await sectionsOn(db, board.id, day)
  const sections = own.length > 0 ? own : CUSTOMARY_SECTIONS.map((one) => ({ ...one, decision: '' }))
  return formReply(standingForm(board, sections, audienceOf(actor)))
})

export const endStandingAsk = askAbout('agenda.end_standing_form', async ({ db, actor }, { board, day }) => {
  const items = await standingItemsOn(db, board.id, day)
  if (items.length === 0) throw new Refusal('not_found', 'The board has set no standing items of its own.')
  return formReply(endStandingForm(board, items, audienceOf(actor)))
})

export const sectionAsk = askAbout('agenda.section_form', async ({ actor }, { board }) =>
  formReply(sectionForm(board, audienceOf(actor))),
)

/** A board begins with the sections and standing items of the first terms that it approves; after that it sets its own. */
export const beginAfterApproval: After = {
  acts: ['boards.approve', 'demonstration.fill'],
  async run(acting, { board }) {
    if (await hasSections(acting.db, board)) return
    const text = await firstApproved(acting.db, board)
    if (text) await begin(acting.db, board, text.terms, text.day)
  },
}
