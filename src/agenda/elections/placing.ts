import { type Agenda, type Item, itemsOf, place, withdraw } from '../rules.js'

/** Why an item of ours is off a draft again. */
export const NOT_DUE = 'The office is filled, or is to be filled at another meeting.'

/** Whether an item of one draft is that of another: of the same title, or the one of what both know it by. */
const same = (one: Item, other: Item): boolean => {
  if ('open' in one.title && 'open' in other.title && one.title.open === other.title.open) return true
  return one.about !== 'nothing' && one.about !== 'elections' && one.about === other.about
}

/**
 * A draft with an election where one that is drafted anew has it: after the last item that comes before it there, else
 * before the first that comes after, else at the end; in the first open section where the draft has no such section.
 * @param item as the new draft has it
 * @param fresh the new draft
 */
export function withElection(agenda: Agenda, item: Item, fresh: Agenda): Agenda {
  const own = agenda.sections.some(({ letter }) => letter === item.letter)
  const first = agenda.sections.find(({ restricted }) => !restricted) ?? agenda.sections[0]
  const letter = (own ? item.letter : first?.letter) ?? 'A'
  const drafted = itemsOf(fresh, letter)
  const there = itemsOf(agenda, letter)
  const at = drafted.findIndex(({ id }) => id === item.id)
  const numberOf = (one: Item): number | null => there.find((other) => same(one, other))?.number ?? null
  const before = drafted.slice(0, Math.max(at, 0)).reverse().map(numberOf)
  const after = drafted.slice(at + 1).map(numberOf)
  const last = before.find((number) => number !== null) ?? null
  const next = at < 0 ? null : (after.find((number) => number !== null) ?? null)
  // What the new draft has no occasion for, as notes that are approved already, stays before it.
  const past = there.slice(last ?? 0).findIndex((one) => one.about === 'nothing' || drafted.some((other) => same(one, other)))
  const follows = last === null ? next : past < 0 ? there.length + 1 : last + 1 + past
  const added: Item = { ...item, letter: null, number: null, state: 'proposed' }
  return place({ ...agenda, items: [...agenda.items, added] }, item.id, letter, follows)
}

/** A draft without an election that is not due any more; the item is kept, off the agenda. */
export const withoutElection = (agenda: Agenda, item: string): Agenda => withdraw(agenda, item, NOT_DUE)
