import { groupedBy } from './grouped.js'
import { type Dated, renewalsOf } from './renewals.js'
import type { Roster, RosterPerson, RosterSeat, Span } from './rules.js'
import { sameSpan } from './spans.js'

/** A person as a change names them: `key` to find them by, `name` to call them by. */
export interface Who {
  readonly key: string
  readonly name: string
}

interface Holding {
  readonly person: Who
  readonly organisation: string
  /** the seat's title */
  readonly seat: string
  readonly capacity: 'representative' | 'deputy'
}

interface Assisting {
  readonly assistant: Who
  readonly principal: Who
}

interface Attending {
  readonly person: Who
  readonly title: string
}

interface Officer {
  readonly person: Who
  readonly office: Roster['offices'][number]['office']
  readonly acting: boolean
}

interface Grouped {
  readonly person: Who
  readonly group: string
}

/** Something that holds for a span begins, ends, or is given other days. */
type Spanned<Thing extends string, Subject> =
  | (Subject & Dated & { readonly change: `${Thing} begins` })
  /** `day`: the first on which it holds no more; the day on which it would have begun, where it never did */
  | (Subject & { readonly change: `${Thing} ends`; readonly was: Span; readonly day: string })
  | (Subject & Dated & { readonly change: `${Thing} changes`; readonly was: Span })

export type SpannedChange =
  | Spanned<'holding', Holding>
  | Spanned<'assistant', Assisting>
  | Spanned<'attending', Attending>
  | Spanned<'office', Officer>
  | Spanned<'group', Grouped>

/** One thing that a store must do for a board's roster to be as it is wanted. */
export type Change =
  | (Roster['organisations'][number] & { readonly change: 'organisation added' })
  | { readonly change: 'short name changed'; readonly organisation: string; readonly was: string; readonly shortName: string }
  | { readonly change: 'former name added'; readonly organisation: string; readonly formerly: string }
  | { readonly change: 'seat added'; readonly seat: RosterSeat }
  | { readonly change: 'seat changed'; readonly was: RosterSeat; readonly seat: RosterSeat }
  | { readonly change: 'seat ended'; readonly seat: RosterSeat; readonly day: string }
  | { readonly change: 'person added'; readonly person: RosterPerson }
  | { readonly change: 'person changed'; readonly was: RosterPerson; readonly person: RosterPerson }
  | { readonly change: 'post set'; readonly person: Who; readonly organisation: string; readonly title: string }
  | { readonly change: 'post ended'; readonly person: Who; readonly organisation: string; readonly day: string }
  | SpannedChange

/**
 * What makes of a board's roster the one that is wanted, in an order in which it can be done: bodies, people and seats
 * before what rests on them, endings before beginnings. The wanted one is whole: who is not in it is on the board no more
 * from the day on. A blank takes nothing away: a telephone, a post or a short name that the file leaves out stays.
 * @param present as the database has it on the day, with what is to begin later
 * @param day `YYYY-MM-DD`: the first on which it is to be so
 */
export function changesOf(present: Roster, wanted: Roster, day: string): readonly Change[] {
  const names = new Map([...present.people, ...wanted.people].map(({ key, name }) => [key, name]))
  const who = (key: string): Who => ({ key, name: names.get(key) ?? key })
  const spans = spannedChanges(present, wanted, who, day)
  const ends = spans.filter((one) => 'day' in one)
  const seats = seatChanges(present.seats, wanted.seats, day)
  const posts = postChanges(present.posts, wanted.posts, who, day)
  const needed = new Set([...spans, ...posts].flatMap(keysOf))
  // Whose every row is over has nothing to be known for.
  const people = wanted.people.filter(({ key }) => needed.has(key) || present.people.some((one) => one.key === key))
  return [
    ...organisationChanges(present.organisations, wanted),
    ...personChanges(present.people, people),
    ...seats.filter(({ change }) => change !== 'seat ended'),
    ...posts.filter(({ change }) => change === 'post set'),
    ...ends,
    ...spans.filter((one) => !('day' in one)),
    ...posts.filter(({ change }) => change === 'post ended'),
    ...seats.filter(({ change }) => change === 'seat ended'),
  ]
}

const keysOf = (change: SpannedChange | Extract<Change, { change: `post ${string}` }>): readonly string[] =>
  'assistant' in change ? [change.assistant.key, change.principal.key] : [change.person.key]

function organisationChanges(present: Roster['organisations'], { organisations, seats }: Roster): readonly Change[] {
  return organisations.flatMap((body): readonly Change[] => {
    const was = present.find(({ name }) => name === body.name)
    if (!was) return [{ change: 'organisation added', ...body }]
    // Its own name stands where the file gives no short one.
    const renamed = body.shortName !== body.name && body.shortName !== was.shortName
    // They are kept with its seats, which alone count: a body without any has none to keep.
    const seated = seats.some(({ organisation }) => organisation === body.name)
    const names = seated ? body.formerly.filter((name) => !was.formerly.includes(name)) : []
    return [
      ...(renamed
        ? [{ change: 'short name changed' as const, organisation: body.name, was: was.shortName, shortName: body.shortName }]
        : []),
      ...names.map((formerly) => ({ change: 'former name added' as const, organisation: body.name, formerly })),
    ]
  })
}

const isSeat =
  (one: RosterSeat) =>
  (other: RosterSeat): boolean =>
    one.organisation === other.organisation && one.title === other.title

const sameBodies = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((body) => other.includes(body))

function seatChanges(present: readonly RosterSeat[], wanted: readonly RosterSeat[], day: string): readonly Change[] {
  const now = wanted.flatMap((seat): readonly Change[] => {
    const was = present.find(isSeat(seat))
    if (!was) return [{ change: 'seat added', seat }]
    const same = was.standing === seat.standing && was.joint === seat.joint && sameBodies(was.standsFor, seat.standsFor)
    return same ? [] : [{ change: 'seat changed', was, seat }]
  })
  const gone = present.filter((seat) => !wanted.some(isSeat(seat)))
  return [...now, ...gone.map((seat) => ({ change: 'seat ended' as const, seat, day }))]
}

function personChanges(present: readonly RosterPerson[], wanted: readonly RosterPerson[]): readonly Change[] {
  const known = new Map(present.map((person) => [person.key, person]))
  return wanted.flatMap((person): readonly Change[] => {
    const was = known.get(person.key)
    if (!was) return [{ change: 'person added', person }]
    const now = { ...was, name: person.name, telephone: person.telephone ?? was.telephone }
    return now.name === was.name && now.telephone === was.telephone ? [] : [{ change: 'person changed', was, person: now }]
  })
}

function postChanges(
  present: Roster['posts'],
  wanted: Roster['posts'],
  who: (key: string) => Who,
  day: string,
): readonly Extract<Change, { change: `post ${string}` }>[] {
  type Post = Roster['posts'][number]
  const find = (posts: Roster['posts'], { person, organisation }: Post): Post | undefined =>
    posts.find((one) => one.person === person && one.organisation === organisation)
  const set = wanted.filter((post) => {
    const was = find(present, post)
    return !was || (post.title !== '' && post.title !== was.title)
  })
  return [
    ...set.map(({ person, organisation, title }) => ({ change: 'post set' as const, person: who(person), organisation, title })),
    ...present
      .filter((post) => !find(wanted, post))
      .map(({ person, organisation }) => ({ change: 'post ended' as const, person: who(person), organisation, day })),
  ]
}

function spannedChanges(present: Roster, wanted: Roster, who: (key: string) => Who, day: string): readonly SpannedChange[] {
  const holding = ({ person, organisation, seat, capacity }: Roster['holdings'][number]): Holding => ({
    person: who(person),
    organisation,
    seat,
    capacity,
  })
  const assisting = ({ assistant, principal }: Roster['assistants'][number]): Assisting => ({
    assistant: who(assistant),
    principal: who(principal),
  })
  const attending = ({ person, title }: Roster['attending'][number]): Attending => ({ person: who(person), title })
  const officer = ({ person, office, acting }: Roster['offices'][number]): Officer => ({ person: who(person), office, acting })
  const grouped = ({ person, group }: Roster['groups'][number]): Grouped => ({ person: who(person), group })
  return [
    ...spanned('holding', holding, present.holdings, wanted.holdings, day),
    ...spanned('assistant', assisting, present.assistants, wanted.assistants, day),
    ...spanned('attending', attending, present.attending, wanted.attending, day),
    ...spanned('office', officer, present.offices, wanted.offices, day),
    ...spanned('group', grouped, present.groups, wanted.groups, day),
  ]
}

function spanned<Thing extends string, One extends Span, Subject>(
  thing: Thing,
  subjectOf: (one: One) => Subject,
  present: readonly One[],
  wanted: readonly One[],
  day: string,
): readonly Spanned<Thing, Subject>[] {
  const key = (one: One): string => JSON.stringify(subjectOf(one))
  const [was, is] = [groupedBy(present, key), groupedBy(wanted, key)]
  const subjects = new Map([...present, ...wanted].map((one) => [key(one), subjectOf(one)]))
  return [...subjects].flatMap(([at, subject]) =>
    renewalsOf(was.get(at) ?? [], is.get(at) ?? [], day).flatMap((renewal): readonly Spanned<Thing, Subject>[] => {
      if (renewal.is === null) {
        const from = renewal.was?.from ?? null
        const last = from !== null && from > day ? from : day
        return [{ ...subject, change: `${thing} ends` as const, was: dated(renewal.was), day: last }]
      }
      if (renewal.was === null) return [{ ...subject, ...renewal.is, change: `${thing} begins` as const }]
      if (sameSpan(renewal.was, renewal.is)) return []
      return [{ ...subject, ...renewal.is, change: `${thing} changes` as const, was: dated(renewal.was) }]
    }),
  )
}

const dated = (span: Span | null): Span => ({ from: span?.from ?? null, lastDay: span?.lastDay ?? null })
