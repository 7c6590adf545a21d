import { expect } from 'vitest'
import type { Change, SpannedChange } from '../../../src/boards/roster/changes.js'
import { dayBefore } from '../../../src/boards/roster/days.js'
import type { Roster, Span } from '../../../src/boards/roster/rules.js'

export const NOBODY: Roster = {
  organisations: [],
  seats: [],
  people: [],
  posts: [],
  holdings: [],
  assistants: [],
  attending: [],
  offices: [],
  groups: [],
}

type Mutable = { -readonly [Part in keyof Roster]: Roster[Part][number][] }

/** A roster after changes, as a store would do them, with what is over kept. */
export function apply(roster: Roster, changes: readonly Change[]): Roster {
  const after = structuredClone(roster) as Mutable
  for (const change of changes) done(after, change)
  return after
}

function done(after: Mutable, change: Change): void {
  const put = <One>(list: One[], same: (one: One) => boolean, one: One | null): void => {
    const at = list.findIndex(same)
    list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, ...(one === null ? [] : [one]))
  }
  switch (change.change) {
    case 'organisation added':
      after.organisations.push({ name: change.name, shortName: change.shortName, formerly: [...change.formerly] })
      return
    case 'short name changed':
    case 'former name added': {
      const was = after.organisations.find(({ name }) => name === change.organisation)
      if (!was) throw new Error(`no ${change.organisation}`)
      const now =
        change.change === 'short name changed'
          ? { ...was, shortName: change.shortName }
          : { ...was, formerly: [...was.formerly, change.formerly] }
      put(after.organisations, (one) => one === was, now)
      return
    }
    case 'seat added':
      after.seats.push(change.seat)
      return
    case 'seat changed':
    case 'seat ended': {
      const { organisation, title } = change.seat
      put(
        after.seats,
        (one) => one.organisation === organisation && one.title === title,
        change.change === 'seat ended' ? null : change.seat,
      )
      return
    }
    case 'person added':
    case 'person changed':
      put(after.people, ({ key }) => key === change.person.key, change.person)
      return
    case 'post set':
    case 'post ended': {
      const { organisation } = change
      const person = change.person.key
      const post = change.change === 'post set' ? { person, organisation, title: change.title } : null
      put(after.posts, (one) => one.person === person && one.organisation === organisation, post)
      return
    }
    default:
      spanDone(after, change)
  }
}

/** The thing of a roster that a change is about, without its days, and the list where it stands. */
function thingOf(after: Mutable, change: SpannedChange): { list: Span[]; thing: object } {
  switch (change.change) {
    case 'holding begins':
    case 'holding changes':
    case 'holding ends': {
      const { organisation, seat, capacity } = change
      return { list: after.holdings, thing: { organisation, seat, person: change.person.key, capacity } }
    }
    case 'assistant begins':
    case 'assistant changes':
    case 'assistant ends':
      return { list: after.assistants, thing: { assistant: change.assistant.key, principal: change.principal.key } }
    case 'attending begins':
    case 'attending changes':
    case 'attending ends':
      return { list: after.attending, thing: { person: change.person.key, title: change.title } }
    case 'office begins':
    case 'office changes':
    case 'office ends':
      return { list: after.offices, thing: { office: change.office, acting: change.acting, person: change.person.key } }
    case 'group begins':
    case 'group changes':
    case 'group ends':
      return { list: after.groups, thing: { group: change.group, person: change.person.key } }
  }
}

export const keyOf = ({ from: _, lastDay: __, ...thing }: Span): string => JSON.stringify(Object.entries(thing).sort())

function spanDone(after: Mutable, change: SpannedChange): void {
  const { list, thing } = thingOf(after, change)
  if ('was' in change) {
    const { was } = change
    const at = list.findIndex(
      (one) => keyOf(one) === keyOf({ ...thing, ...was }) && one.from === was.from && one.lastDay === was.lastDay,
    )
    expect(at, `${change.change} of something that stands`).toBeGreaterThanOrEqual(0)
    list.splice(at, 1)
  }
  const from = 'day' in change ? change.was.from : change.from
  const lastDay = 'day' in change ? dayBefore(change.day) : change.lastDay
  if (from === null || lastDay === null || from <= lastDay) list.push({ ...thing, from, lastDay })
}
