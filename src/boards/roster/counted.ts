import type { Terms } from '../terms.js'
import { namesOf } from './organisations.js'
import type { Roster, RosterSeat } from './rules.js'
import { bare, listed, nearest } from './spelling.js'

type Organisation = Roster['organisations'][number]

/** What the terms call this standing, on every reading: the bodies they list, or whoever is a member. */
function bodiesWith(terms: Terms, standing: string): { readonly bodies: readonly string[]; readonly everyMember: boolean } {
  const readings = terms.standings.find(({ name }) => name === standing)?.readings ?? []
  return {
    bodies: [...new Set(readings.flatMap(({ bodies }) => bodies ?? []))],
    everyMember: readings.some(({ everyMember }) => everyMember === true),
  }
}

/**
 * Where a roster and the quorum's rule miss each other: a counted body without a member's seat, which can never be
 * represented, and a member whom nothing counts. A wrong name here would be a wrong quorum.
 */
export function miscounted(
  terms: Terms,
  seats: readonly RosterSeat[],
  organisations: readonly Organisation[],
): readonly string[] {
  const standings = terms.quorum.of.map((name) => bodiesWith(terms, name))
  const counted = [...new Set(standings.flatMap(({ bodies }) => bodies))]
  const sitting = (body: string) =>
    seats.filter(({ organisation }) => organisations.some((one) => one.name === organisation && namesOf(one).includes(body)))
  const missing = counted.filter((body) => sitting(body).length === 0)
  const open = standings.some(({ everyMember }) => everyMember)
  return [
    ...unrepresented(missing),
    ...counted.flatMap((body) => guestsByRight(body, sitting(body))),
    ...counted.flatMap((body) => claimedTwice(body, sitting(body))),
    ...(open ? [] : uncounted(terms, missing, counted, seats, organisations)),
  ]
}

function unrepresented(missing: readonly string[]): readonly string[] {
  if (missing.length === 0) return []
  const they = missing.length === 1 ? 'it can' : 'they can'
  return [
    `The quorum counts ${listed(missing)}, and the roster has no member’s seat there: ${they} never be represented. If the body has another name now, write the name in the terms under Formerly.`,
  ]
}

function guestsByRight(body: string, seats: readonly RosterSeat[]): readonly string[] {
  const [first] = seats
  if (!first || seats.some(({ standing }) => standing === 'member')) return []
  return [
    `The quorum counts ${body}, and the roster has it as ${first.standing}, not as a member: write member under Standing if it is one.`,
  ]
}

function claimedTwice(body: string, seats: readonly RosterSeat[]): readonly string[] {
  const bodies = [...new Set(seats.map(({ organisation }) => organisation))]
  return bodies.length > 1
    ? [`The quorum counts ${body} once, and ${listed(bodies)} each have that name or had it: keep it where it belongs.`]
    : []
}

function uncounted(
  terms: Terms,
  missing: readonly string[],
  counted: readonly string[],
  seats: readonly RosterSeat[],
  organisations: readonly Organisation[],
): readonly string[] {
  const members = new Set(seats.filter(({ standing }) => standing === 'member').map(({ organisation }) => organisation))
  return organisations
    .filter((body) => members.has(body.name) && !namesOf(body).some((name) => counted.includes(name)))
    .map((body) => {
      const near = missing.find((name) => bare(name) === bare(body.name)) ?? nearest(body.name, missing)
      return `${body.name} is a member and does not count for the quorum: the terms list no ${terms.quorum.of.join(' or ')} of that name.${near ? ` Did you mean ${near}?` : ''}`
    })
}

type Who = Terms['nonMembers']['atInvitationOf']

/** The groups that the terms name. */
function groupsNamed({ agenda, calling, nonMembers, delegated }: Terms): readonly string[] {
  const who: readonly Who[] = [
    agenda.agreed.by,
    agenda.proposed.by,
    calling.ordinary.by,
    calling.extraordinary.by,
    nonMembers.atInvitationOf,
  ]
  return [...new Set([...who.flatMap((one) => one.groups), ...delegated.map(({ to }) => to)])]
}

/** The groups that the terms name, and nobody in the roster is in. */
export function emptyGroups(terms: Terms, groups: Roster['groups']): readonly string[] {
  const known = [...new Set(groups.map(({ group }) => group))]
  return groupsNamed(terms)
    .filter((group) => !known.includes(group) && !isBoard(terms, group))
    .map((group) => {
      const near = nearest(group, known)
      const what = near ? `Did you mean it by ${near}?` : 'Write it under Group in the rows of those who are in it.'
      return `The terms name the ${group.replace(/^the /i, '')}, and nobody here is in it. ${what}`
    })
}

/** What the terms call the board itself: whoever represents a member is of it. */
export const namesOfBoard = (terms: Terms): readonly string[] => groupsNamed(terms).filter((group) => isBoard(terms, group))

/** "The steering group" in the terms of a steering group is the board itself. */
export const isBoard = ({ board }: Terms, group: string): boolean => ` ${bare(board)}`.endsWith(` ${bare(group)}`)
