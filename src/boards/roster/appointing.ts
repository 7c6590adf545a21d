import { dayBefore } from './days.js'
import type { OfficeName, Roster, RosterPerson, Span } from './rules.js'

/** What somebody is appointed to. */
export type Appointment =
  | { readonly as: 'representative' | 'deputy'; readonly organisation: string; readonly seat: string }
  | { readonly as: 'colleague'; readonly organisation: string }
  | { readonly as: 'in attendance' }
  | { readonly as: 'office'; readonly office: OfficeName; readonly acting: boolean }
  | { readonly as: 'group'; readonly group: string }

/** Ends what holds on a day and takes back what would begin later. */
const until = <One extends Span>(one: One, day: string): readonly One[] => {
  if (one.from !== null && one.from >= day) return []
  const last = dayBefore(day)
  return [{ ...one, lastDay: one.lastDay !== null && one.lastDay < last ? one.lastDay : last }]
}

/** Somebody in it already, for as long as they are wanted: nothing begins anew. */
const lasting = <One extends Span>(all: readonly One[], theirs: (one: One) => boolean, day: string): One | undefined =>
  all.find((one) => theirs(one) && (one.from === null || one.from <= day) && one.lastDay === null)

/** Ends those of a list that are meant, and adds one, unless it is among them already. */
function followedBy<One extends Span>(
  all: readonly One[],
  { followed, same, next }: { followed: (one: One) => boolean; same: (one: One) => boolean; next: One },
  day: string,
): readonly One[] {
  const stays = lasting(all, same, day)
  const others = endingWhere(all, (one) => one !== stays && followed(one), day)
  return stays ? others : [...others, next]
}

/** Ends those of a list that are meant; the others stay. */
const endingWhere = <One extends Span>(all: readonly One[], meant: (one: One) => boolean, day: string): readonly One[] =>
  all.flatMap((one) => (meant(one) ? until(one, day) : [one]))

/**
 * A roster with somebody appointed from a day on. Whoever holds the seat or the office is followed by them, unless the seat
 * is held jointly or the office may be shared.
 * @param from `YYYY-MM-DD`
 */
export function appointed(
  present: Roster,
  { person, to, post, shared }: { person: RosterPerson; to: Appointment; post: string; shared: boolean },
  from: string,
): Roster {
  const { key } = person
  const span = { from, lastDay: null }
  const people = present.people.some((one) => one.key === key) ? present.people : [...present.people, person]
  const of = 'organisation' in to ? to.organisation : null
  const known = present.posts.some((one) => one.person === key && one.organisation === of)
  const posts =
    of === null || (known && post === '')
      ? present.posts
      : [
          ...present.posts.filter((one) => one.person !== key || one.organisation !== of),
          { person: key, organisation: of, title: post },
        ]
  const roster = { ...present, people, posts }
  switch (to.as) {
    case 'representative':
    case 'deputy': {
      const seat = present.seats.find((one) => one.organisation === to.organisation && one.title === to.seat)
      const ofSeat = (one: Roster['holdings'][number]) =>
        one.capacity === to.as && one.organisation === to.organisation && one.seat === to.seat
      const same = (one: Roster['holdings'][number]) => ofSeat(one) && one.person === key
      const followed = (one: Roster['holdings'][number]) =>
        same(one) || (ofSeat(one) && to.as === 'representative' && seat?.joint !== true)
      const next = { organisation: to.organisation, seat: to.seat, person: key, capacity: to.as, ...span }
      return { ...roster, holdings: followedBy(present.holdings, { followed, same, next }, from) }
    }
    case 'colleague':
      return roster
    case 'in attendance': {
      const followed = (one: Roster['attending'][number]) => one.person === key
      const same = (one: Roster['attending'][number]) => one.person === key && (post === '' || one.title === post)
      const next = { person: key, title: post, ...span }
      return { ...roster, attending: followedBy(present.attending, { followed, same, next }, from) }
    }
    case 'office': {
      const followed = (one: Roster['offices'][number]) => one.office === to.office && (one.person === key || !shared)
      const same = (one: Roster['offices'][number]) => one.office === to.office && one.person === key && one.acting === to.acting
      const next = { office: to.office, acting: to.acting, person: key, ...span }
      return { ...roster, offices: followedBy(present.offices, { followed, same, next }, from) }
    }
    case 'group': {
      const same = (one: Roster['groups'][number]) => one.group === to.group && one.person === key
      const next = { group: to.group, person: key, ...span }
      return { ...roster, groups: followedBy(present.groups, { followed: same, same, next }, from) }
    }
    default:
      return to satisfies never
  }
}

/** A roster on which somebody's part in something has ended, the day being the first on which it holds no more. */
export function ended(present: Roster, key: string, of: Appointment, day: string): Roster {
  switch (of.as) {
    case 'representative':
    case 'deputy': {
      const meant = (one: Roster['holdings'][number]) =>
        one.person === key && one.capacity === of.as && one.organisation === of.organisation && one.seat === of.seat
      return { ...present, holdings: endingWhere(present.holdings, meant, day) }
    }
    case 'colleague':
      return { ...present, posts: present.posts.filter((one) => one.person !== key || one.organisation !== of.organisation) }
    case 'in attendance':
      return { ...present, attending: endingWhere(present.attending, (one) => one.person === key, day) }
    case 'office':
      return { ...present, offices: endingWhere(present.offices, (one) => one.person === key && one.office === of.office, day) }
    case 'group':
      return { ...present, groups: endingWhere(present.groups, (one) => one.person === key && one.group === of.group, day) }
    default:
      return of satisfies never
  }
}

/** Every part of somebody in a board on a day, or to come. */
export function partsOf(present: Roster, key: string): readonly Appointment[] {
  return [
    ...present.holdings
      .filter(({ person }) => person === key)
      .map(({ capacity, organisation, seat }) => ({ as: capacity, organisation, seat })),
    ...present.offices
      .filter(({ person }) => person === key)
      .map(({ office, acting }) => ({ as: 'office' as const, office, acting })),
    ...present.groups.filter(({ person }) => person === key).map(({ group }) => ({ as: 'group' as const, group })),
    ...present.attending.filter(({ person }) => person === key).map(() => ({ as: 'in attendance' as const })),
    ...present.posts
      .filter(({ person }) => person === key)
      .map(({ organisation }) => ({ as: 'colleague' as const, organisation })),
  ]
}

/** "representative of Kent Police", "acting chair". */
export function appointmentInWords(to: Appointment): string {
  switch (to.as) {
    case 'representative':
    case 'deputy':
      return `${to.as} of ${to.organisation}${['Member', 'Invited', 'Required'].includes(to.seat) ? '' : ` (${to.seat})`}`
    case 'colleague':
      return `a colleague at ${to.organisation}, who may substitute`
    case 'in attendance':
      return 'in attendance'
    case 'office':
      return `${to.acting ? 'acting ' : ''}${to.office}`
    case 'group':
      return `of the ${to.group}`
    default:
      return to satisfies never
  }
}
