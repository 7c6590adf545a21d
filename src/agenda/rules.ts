import type { Temporal } from 'temporal-polyfill'
import type { Named } from '../boards/rules.js'
import { Refusal } from '../kernel/refusal.js'
import type { Pass, Restricted } from '../kernel/restricted.js'

/** How an item comes before the meeting. */
export type Form = 'paper' | 'verbal' | 'presentation' | 'to follow'
export type Purpose = 'decision' | 'information'

/** Characters of a title: as many as a front sheet has room for. */
export const LONGEST_TITLE = 300
/** Characters of a reason. */
export const LONGEST_WHY = 500
/** Items of one agenda, proposals among them. */
export const MOST_ITEMS = 100
/** The letter of what is not on the public agenda: numbered apart, so that no gap shows that it is there. */
export const UNLISTED = 'X'

/** A title that everyone reads, or one that only who has a pass can open. */
export type Title = { readonly open: string } | { readonly hidden: Restricted<string> }

/** What a title says to who has this pass, or none; null: to them it is not there. */
export const titleFor = (title: Title, pass: Pass | null): string | null =>
  'open' in title ? title.open : title.hidden.open(pass)

export type ItemState = 'proposed' | 'placed' | 'declined' | 'withdrawn'

export interface Item {
  readonly id: string
  /** of its section; null while it is only proposed, and once declined */
  readonly letter: string | null
  /** 1, 2, 3 … in its section; null where it stands on no agenda */
  readonly number: number | null
  readonly title: Title
  /** what the bot knows of it, as `notes`; else `nothing` */
  readonly about: string
  readonly form: Form
  readonly purpose: Purpose | null
  readonly state: ItemState
  readonly presenter: string | null
  /** of the pack */
  readonly pages: { readonly first: number; readonly last: number } | null
  /** the chair's reason, where it came after the agenda was agreed */
  readonly late: string | null
  readonly why: string | null
  readonly proposedBy: Named | null
}

/** A section of one meeting's agenda. */
export interface Section {
  readonly letter: string
  readonly title: string
  /** closed to the press and public; its items' titles are public all the same */
  readonly restricted: boolean
}

export interface Agenda {
  readonly state: 'draft' | 'agreed'
  /** in the order of their letters */
  readonly sections: readonly Section[]
  readonly items: readonly Item[]
}

/** An agenda as the record has it. */
export interface Kept extends Agenda {
  /** null while it is a draft */
  readonly agreed: { readonly at: Temporal.Instant; readonly by: string | null } | null
}

/** Somebody who is no member and is invited to a meeting, or to an item of it. */
export interface Invited {
  readonly id: string
  readonly person: Named
  readonly organisation: string | null
  /** the item's id; null: for the whole meeting */
  readonly item: string | null
}

/** "B2", or null for what stands on no agenda. */
export const numberOf = ({ letter, number }: Item): string | null =>
  letter === null || number === null ? null : `${letter}${number}`

/** What is to be placed or declined, in the order in which it was proposed. */
export const proposalsOf = ({ items }: Agenda): readonly Item[] => items.filter(({ state }) => state === 'proposed')

/** The items of a section in their order; those withdrawn after the agenda was agreed keep their numbers. */
export const itemsOf = ({ items }: Agenda, letter: string): readonly Item[] =>
  items.filter((item) => item.letter === letter && item.number !== null).sort((a, b) => (a.number ?? 0) - (b.number ?? 0))

const atField = (code: 'invalid' | 'limit' | 'conflict', field: string, sentence: string): Refusal =>
  new Refusal(code, sentence, undefined, { [field]: sentence })

/** @throws Refusal at the field `title` */
export function titleFrom(said: string): string {
  const title = said.replace(/\s+/g, ' ').trim()
  if (title === '') throw atField('invalid', 'title', 'Give the item a title.')
  if (title.length > LONGEST_TITLE) {
    const sentence = `That title has ${title.length} characters, and a front sheet has room for ${LONGEST_TITLE}. Shorten it, and put the rest into the paper.`
    throw atField('limit', 'title', sentence)
  }
  return title
}

/** What is new on an agenda. */
export interface NewItem {
  readonly id: string
  readonly title: string
  readonly form: Form
  readonly purpose: Purpose | null
  readonly presenter: string | null
  readonly why: string | null
  readonly proposedBy: Named | null
}

/**
 * Puts a proposal beside the agenda, for the clerk to place.
 * @throws Refusal `limit` above MOST_ITEMS; `conflict` where an item has that title already
 */
export function propose(agenda: Agenda, item: NewItem): Agenda {
  roomFor(agenda, item)
  const proposed: Item = {
    ...item,
    title: { open: titleFrom(item.title) },
    letter: null,
    number: null,
    about: 'nothing',
    state: 'proposed',
    pages: null,
    late: null,
  }
  return { ...agenda, items: [...agenda.items, proposed] }
}

function roomFor(agenda: Agenda, item: NewItem): void {
  const standing = agenda.items.filter(({ state }) => state === 'proposed' || state === 'placed')
  if (standing.length >= MOST_ITEMS) {
    throw new Refusal(
      'limit',
      `An agenda holds at most ${MOST_ITEMS} items, and this one is full. Withdraw one first, or take this to another meeting.`,
    )
  }
  const title = titleFrom(item.title).toLowerCase()
  const same = standing.find((one) => 'open' in one.title && one.title.open.toLowerCase() === title)
  if (same) {
    const where = numberOf(same) ?? 'proposed, and waits to be placed'
    throw atField(
      'conflict',
      'title',
      `There is an item of that title already: ${where}. Give this one another title, or ask the clerk to change that one.`,
    )
  }
}

const known = ({ items }: Agenda, id: string): Item => {
  const item = items.find((one) => one.id === id)
  if (!item) throw new Refusal('not_found', 'I know of no such item. Say “agenda” to see those there are.')
  return item
}

function sectionOf(agenda: Agenda, letter: string): void {
  if (letter === UNLISTED || agenda.sections.some((section) => section.letter === letter)) return
  const there = agenda.sections.map((section) => section.letter).join(', ')
  throw atField(
    'invalid',
    'letter',
    `This agenda has no section ${letter}. There are ${there}, and ${UNLISTED} for what is not on the public agenda.`,
  )
}

/** Renumbers the sections of a draft, 1, 2, 3 …, with an item at a place of its own. */
function arranged(agenda: Agenda, item: Item, letter: string, at: number | null): Agenda {
  const others = agenda.items.filter(({ id }) => id !== item.id)
  const rest = itemsOf({ ...agenda, items: others }, letter)
  const place = at === null ? rest.length : Math.max(0, Math.min(at - 1, rest.length))
  const moved: Item = { ...item, letter, number: 0, state: 'placed' }
  const order = [...rest.slice(0, place), moved, ...rest.slice(place)]
  return renumbered({ ...agenda, items: agenda.items.map((one) => (one.id === item.id ? moved : one)) }, letter, order)
}

function renumbered(agenda: Agenda, letter: string, order: readonly Item[]): Agenda {
  const numbers = new Map<string, number>()
  for (const each of new Set([
    letter,
    ...agenda.items.flatMap((one) => (one.number === null || one.letter === null ? [] : [one.letter])),
  ])) {
    const items = each === letter ? order : itemsOf(agenda, each)
    for (const [at, { id }] of items.entries()) numbers.set(id, at + 1)
  }
  return {
    ...agenda,
    items: agenda.items.map((one) => (numbers.has(one.id) ? { ...one, number: numbers.get(one.id) ?? null } : one)),
  }
}

const AGREED = 'The agenda is agreed, and its items and their numbers stand.'

/**
 * Places a proposal in a section, or moves an item: the others make room. Once the agenda is agreed nothing moves, and a
 * proposal goes after the others as a late item, with the chair's reason.
 * @param at the number it is to have; null: after the others
 * @throws Refusal `too_late` once the agenda is agreed, but for a proposal with a reason
 */
export function place(agenda: Agenda, id: string, letter: string, at: number | null, reason: string | null = null): Agenda {
  const item = known(agenda, id)
  if (item.state === 'withdrawn' || item.state === 'declined') {
    throw new Refusal('conflict', `That item was ${item.state}. Propose it anew.`)
  }
  sectionOf(agenda, letter)
  if (agenda.state === 'draft') return arranged(agenda, item, letter, at)
  if (item.state === 'placed') throw new Refusal('too_late', `${AGREED} Withdraw the item, or let it stand where it is.`)
  if (reason === null || reason.trim() === '') {
    const sentence = `${AGREED} What comes now is a late item, and carries the chair's reason: say why it cannot wait.`
    throw new Refusal('too_late', sentence, undefined, { reason: sentence })
  }
  const late: Item = { ...item, letter, number: nextIn(agenda, letter), state: 'placed', late: reason.trim() }
  return { ...agenda, items: agenda.items.map((one) => (one.id === id ? late : one)) }
}

/** The number after all that were given in a section. */
const nextIn = (agenda: Agenda, letter: string): number =>
  Math.max(0, ...itemsOf(agenda, letter).map(({ number }) => number ?? 0)) + 1

/**
 * Takes an item off. Off a draft it goes and the others close up; off an agreed agenda it keeps its number, as withdrawn.
 * @throws Refusal `conflict` where it stands on no agenda
 */
export function withdraw(agenda: Agenda, id: string, why: string | null): Agenda {
  const item = known(agenda, id)
  if (item.state === 'withdrawn' || item.state === 'declined')
    throw new Refusal('conflict', 'That item is off the agenda already.')
  const numbered = agenda.state === 'agreed' ? item.number : null
  const withdrawn: Item = { ...item, state: 'withdrawn', number: numbered, why: why ?? item.why }
  const left = { ...agenda, items: agenda.items.map((one) => (one.id === id ? withdrawn : one)) }
  return agenda.state === 'agreed' || item.letter === null ? left : renumbered(left, item.letter, itemsOf(left, item.letter))
}

/** Declines a proposal, with the reason that its proposer is told. @throws Refusal where it is no proposal */
export function decline(agenda: Agenda, id: string, why: string): Agenda {
  const item = known(agenda, id)
  if (item.state !== 'proposed') throw new Refusal('conflict', 'That is no proposal that waits. Withdraw it instead.')
  const declined: Item = { ...item, state: 'declined', why }
  return { ...agenda, items: agenda.items.map((one) => (one.id === id ? declined : one)) }
}

/** What can be changed of an item; what is undefined stays. */
export interface Change {
  readonly title?: string | undefined
  readonly form?: Form | undefined
  readonly purpose?: Purpose | null | undefined
  readonly presenter?: string | null | undefined
  readonly pages?: { readonly first: number; readonly last: number } | null | undefined
}

/**
 * Changes how an item is described. Once the agenda is agreed its title and purpose stand.
 * @throws Refusal `too_late`, `invalid` at the field
 */
export function change(agenda: Agenda, id: string, wanted: Change): Agenda {
  const item = known(agenda, id)
  if (item.state === 'withdrawn' || item.state === 'declined')
    throw new Refusal('conflict', `That item was ${item.state}. Propose it anew.`)
  const renamed = wanted.title !== undefined && ('hidden' in item.title || titleFrom(wanted.title) !== item.title.open)
  const purposed = wanted.purpose !== undefined && wanted.purpose !== item.purpose
  if (agenda.state === 'agreed' && (renamed || purposed)) {
    throw new Refusal(
      'too_late',
      `${AGREED} Who presents it, its paper and its pages can still be changed, its title and purpose cannot.`,
    )
  }
  if (wanted.pages && wanted.pages.last < wanted.pages.first) {
    throw atField('invalid', 'pages', 'The last page comes before the first. Write the pages as in “9 to 20”.')
  }
  const changed: Item = {
    ...item,
    ...(wanted.title === undefined ? {} : { title: { open: titleFrom(wanted.title) } }),
    form: wanted.form ?? item.form,
    purpose: wanted.purpose === undefined ? item.purpose : wanted.purpose,
    presenter: wanted.presenter === undefined ? item.presenter : wanted.presenter,
    pages: wanted.pages === undefined ? item.pages : wanted.pages,
  }
  return { ...agenda, items: agenda.items.map((one) => (one.id === id ? changed : one)) }
}

/** Agrees a draft as it stands: from now on its numbers are what everyone knows the items by. @throws Refusal `conflict` */
export function agree(agenda: Agenda): Agenda {
  if (agenda.state === 'agreed') throw new Refusal('conflict', 'The agenda is agreed already.')
  if (!agenda.items.some(({ state }) => state === 'placed')) {
    throw new Refusal('conflict', 'There is nothing on the agenda yet. Place its items first.')
  }
  return { ...agenda, state: 'agreed' }
}

const REASON = "Say why it cannot wait, for the record: a late item carries the chair's reason."

/**
 * Adds an item to an agreed agenda, after the others of its section, with the chair's reason.
 * @throws Refusal `too_early` while the agenda is a draft
 */
export function addLate(agenda: Agenda, item: NewItem, letter: string, reason: string): Agenda {
  if (agenda.state !== 'agreed') {
    throw new Refusal(
      'too_early',
      'The agenda is still a draft, so that nothing is late: propose the item, and the clerk places it.',
    )
  }
  if (reason.trim() === '') throw atField('invalid', 'reason', REASON)
  roomFor(agenda, item)
  sectionOf(agenda, letter)
  const late: Item = {
    ...item,
    title: { open: titleFrom(item.title) },
    letter,
    number: nextIn(agenda, letter),
    about: 'nothing',
    state: 'placed',
    pages: null,
    late: reason.trim(),
  }
  return { ...agenda, items: [...agenda.items, late] }
}
