import { z } from 'zod'
import { isClerk } from '../../boards/part/rules.js'
import { type Actor, audienceOf } from '../../kernel/actor.js'
import { type About, type Acting, type Asking, act, formReply, query, type Reply } from '../../kernel/command.js'
import { ItemId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { notify } from '../../outbox/store.js'
import { agendaOr, letter, type OnAgenda, presenter, shown, stillOpen, title, unlessNotFound, why, written } from '../command.js'
import { declined, late, placed, tellOfItem, withdrawn } from '../notices.js'
import * as rules from '../rules.js'
import { meetingOfItem } from '../store.js'
import { changeForm, declineForm, placeForm, withdrawForm } from './view.js'

interface OnItem extends OnAgenda {
  readonly item: rules.Item
}

/** @throws Refusal `not_found`, alike for what is hidden, what is of a board that is none of theirs, and what does not exist */
async function itemOr(asking: Asking, { subject }: About): Promise<OnItem> {
  const meeting = await meetingOfItem(asking.db, subject)
  const seen = meeting === null ? null : await unlessNotFound(agendaOr(asking, { subject: meeting }))
  const item = seen?.agenda.items.find(({ id }) => id === subject)
  if (!seen || !item || rules.titleFor(item.title, seen.pass) === null)
    throw new Refusal('not_found', 'I know of no such item. Say “agenda” to see those there are.')
  return { ...seen, item }
}

/** What every act of the clerk on one item has in common. */
const ofItem = {
  load: itemOr,
  allow: (_: Actor, { part }: OnItem): boolean => isClerk(part),
  board: ({ board }: OnItem) => board.id,
  redraw: (asking: Asking, seen: OnItem) => shown(asking, seen),
}

const number = z
  .union([
    z.literal(''),
    z.coerce.number('Write the number alone, as in 2.').int('Write a whole number.').min(1, 'Numbers begin with 1.').max(999),
  ])
  .optional()

/** Places a proposal in a section, or moves an item. */
export const place = act({
  ...ofItem,
  name: 'agenda.place',
  input: z.object({ subject: ItemId, letter, number, reason: why.optional() }),
  async run(acting, input, seen) {
    stillOpen(seen, acting.now)
    const { item } = seen
    const at = input.number === '' || input.number === undefined ? null : input.number
    const after = rules.place(seen.agenda, item.id, input.letter, at, input.reason || null)
    const put = after.items.find(({ id }) => id === item.id)
    const lately = put?.late !== item.late
    const said =
      item.state !== 'proposed'
        ? 'The item is moved.'
        : lately
          ? 'The item is added as a late item, and everyone concerned is told.'
          : 'The item is placed.'
    const acted = await written(acting, seen, after, said, { item: item.id, number: put && rules.numberOf(put) })
    if (item.state === 'proposed') await tellProposer(acting, seen, placed)
    if (lately && put) await tellOfItem(acting, late, seen.meeting, put)
    return acted
  },
})

async function tellProposer({ db, actor }: Acting, { item, board }: OnItem, notice: typeof placed): Promise<void> {
  if (item.proposedBy === null || item.proposedBy.id === actor.person) return
  await notify(db, [{ notice, subject: item.id, board: board.id, to: { person: item.proposedBy.id } }])
}

/** A form about one item, for the clerk. */
const askAbout = (name: string, drawn: (seen: OnItem, asking: Asking) => Reply) =>
  query({
    name,
    input: z.object({ subject: ItemId }),
    load: itemOr,
    allow: ofItem.allow,
    async run(asking, _, seen) {
      stillOpen(seen, asking.now)
      return drawn(seen, asking)
    },
  })

export const placeAsk = askAbout('agenda.place_form', ({ item, agenda, pass }, { actor }) =>
  formReply(placeForm(item, agenda, pass, audienceOf(actor))),
)
export const changeAsk = askAbout('agenda.change_form', ({ item, pass }, { actor }) =>
  formReply(changeForm(item, pass, audienceOf(actor))),
)
export const withdrawAsk = askAbout('agenda.withdraw_form', ({ item, pass }, { actor }) =>
  formReply(withdrawForm(item, pass, audienceOf(actor))),
)
export const declineAsk = askAbout('agenda.decline_form', ({ item, pass }, { actor }) =>
  formReply(declineForm(item, pass, audienceOf(actor))),
)

/** "9 to 20", "9-20", "9". @throws Refusal at the field */
function pagesFrom(said: string | undefined): rules.Change['pages'] {
  if (said === undefined) return undefined
  if (said.trim() === '') return null
  const found = /^(?:p(?:ages?|p)?\.? )?(\d{1,4})(?:\s*(?:-|–|to)\s*(\d{1,4}))?$/i.exec(said.trim())
  const [first, last] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])]
  if (found && first > 0) return { first, last }
  const sentence = 'Write the pages as in “9 to 20”.'
  throw new Refusal('invalid', sentence, undefined, { pages: sentence })
}

/** Changes how an item is described. */
export const change = act({
  ...ofItem,
  name: 'agenda.change',
  input: z.object({
    subject: ItemId,
    title: title.optional(),
    form: z.enum(['paper', 'verbal', 'presentation', 'to follow']).optional(),
    purpose: z.enum(['decision', 'information']).optional(),
    presenter,
    pages: z.string().max(40).optional(),
  }),
  async run(acting, input, seen) {
    stillOpen(seen, acting.now)
    const wanted: rules.Change = {
      title: input.title,
      form: input.form,
      purpose: input.purpose,
      ...(input.presenter === undefined ? {} : { presenter: input.presenter || null }),
      pages: pagesFrom(input.pages),
    }
    const renamed = input.title !== undefined && input.title !== rules.titleFor(seen.item.title, seen.pass)
    const after = rules.change(seen.agenda, seen.item.id, renamed ? wanted : { ...wanted, title: undefined })
    return written(acting, seen, after, 'The item is changed.', { item: seen.item.id })
  },
})

/** Takes an item off the agenda. */
export const withdraw = act({
  ...ofItem,
  name: 'agenda.withdraw',
  input: z.object({ subject: ItemId, why: why.optional() }),
  async run(acting, input, seen) {
    stillOpen(seen, acting.now)
    const after = rules.withdraw(seen.agenda, seen.item.id, input.why || null)
    const acted = await written(acting, seen, after, 'The item is withdrawn.', { item: seen.item.id })
    // Of a draft, and of what is only proposed, nobody has been told but who proposed it.
    if (seen.agenda.state === 'agreed' && seen.item.state !== 'proposed')
      await tellOfItem(acting, withdrawn, seen.meeting, seen.item)
    else await tellProposer(acting, seen, declined)
    return acted
  },
})

const WHY_NOT = 'Say why, for whoever proposed it.'

/** Declines a proposal. */
export const decline = act({
  ...ofItem,
  name: 'agenda.decline',
  input: z.object({ subject: ItemId, why: why.min(3, WHY_NOT) }),
  async run(acting, input, seen) {
    stillOpen(seen, acting.now)
    const after = rules.decline(seen.agenda, seen.item.id, input.why)
    const acted = await written(acting, seen, after, 'The proposal is declined, and its proposer told why.', {
      item: seen.item.id,
    })
    await tellProposer(acting, seen, declined)
    return acted
  },
})
