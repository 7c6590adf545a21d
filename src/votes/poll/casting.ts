import type { Temporal } from 'temporal-polyfill'
import { type Facts, rosterAt, stateAt, thereAt } from '../../attendance/ledger.js'
import type { Terms } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import { standingBallots, type Voter, withdrawnFor } from '../roll.js'
import { type Ballot, type Choice, isCounted, readingsFor, voteRuleOf } from '../rules.js'

/** Somebody who casts votes, at an instant, on a motion. */
export interface Voting {
  readonly facts: Facts
  readonly now: Temporal.Instant
  readonly terms: Terms
  /** the item's id, and as it is called */
  readonly item: string
  readonly number: string
  readonly roll: readonly Voter[]
  readonly ballots: readonly Ballot[]
}

export interface Cast {
  readonly choice: Choice
  readonly subjectToApproval: boolean
  /** one of their votes alone; null: all that they have */
  readonly voter: string | null
}

/**
 * What is written of somebody's vote: for each seat of which they are the voice, or for themselves where persons vote. Said
 * again it changes nothing; until the close it can be changed by whoever cast it.
 * @returns the ballots that are new or changed; none where nothing changes
 * @throws Refusal `not_permitted` where they have no vote on it, with the clause; `conflict` where a colleague has cast it
 */
export function castBy(person: string, { choice, subjectToApproval, voter }: Cast, voting: Voting): readonly Ballot[] {
  const { facts, item, now } = voting
  const ballots = standingBallots(voting.ballots, facts, item, now)
  const known = (one: Voter) => ballots.find((ballot) => ballot.voter === one.voter)
  return votesOf(person, voter, { ...voting, cast: ballots.filter(isCounted) }).flatMap((one) => {
    const before = known(one)
    if (before && before.choice === choice && before.subjectToApproval === subjectToApproval && !before.recorded) return []
    const { voter: key, seat } = one
    return [{ voter: key, seat, person, choice, subjectToApproval, at: now, recorded: false, countersigned: null }]
  })
}

/**
 * For whom somebody may vote now: each seat of which they are the voice, unless a colleague has voted for it.
 * @param voter one of their votes alone; null: all that they have
 * @param voting with who has cast a vote that stands. What the clerk has recorded and nobody has countersigned counts for
 *   nothing yet, and stands in nobody's way
 * @throws Refusal `not_permitted` where they have no vote on it, with the clause; `conflict` where a colleague has cast it
 */
export function votesOf(person: string, voter: string | null, voting: Entitling): readonly Voter[] {
  const { roll, cast } = voting
  const all = roll.filter((one) => one.person.id === person)
  const mine = voter === null ? all : all.filter((one) => one.voter === voter)
  if (mine.length === 0) throw all[0] ? ofAnother(all[0], roll, voter) : noVote(person, voting)
  const free = mine.filter((one) => cast.every((before) => before.voter !== one.voter || before.person === person))
  const [taken] = mine
  if (free.length > 0 || !taken) return free
  throw new Refusal(
    'conflict',
    `${taken.organisation} has voted on ${voting.number}, by whoever spoke for it before you. Colleagues do not overturn each other: that vote stands.`,
  )
}

/** What decides who votes for whom. */
export interface Entitling extends Omit<Voting, 'ballots'> {
  readonly cast: readonly { readonly voter: string; readonly person: string }[]
}

/** Why a seat is not theirs to vote for, of who has a vote of their own. */
function ofAnother(own: Voter, roll: readonly Voter[], voter: string | null): Refusal {
  const theirs = roll.find((one) => one.voter === voter)
  const whose = theirs
    ? `${theirs.person.name} speaks for ${theirs.organisation}, and votes for it.`
    : 'That is no vote of yours.'
  return new Refusal('not_permitted', `${whose} Yours is the vote of ${own.organisation}.`)
}

/** Why somebody has no vote on an item: each reason with what to do. */
function noVote(person: string, { facts, now, terms, item, number, roll }: Entitling): Refusal {
  const rule = voteRuleOf(terms)
  const { clause } = rule.basis
  if (withdrawnFor(facts, item, now).has(person))
    return new Refusal(
      'not_permitted',
      `You have withdrawn for ${number}, so you have no vote on it. Say “I am back in the room” once it is decided.`,
    )
  const there = thereAt(facts, now, now).filter((spell) => spell.person.id === person)
  if (there.length === 0)
    return new Refusal(
      'not_permitted',
      'You are not marked as here, and who is absent has no vote. Say “I’m here” when you come.',
    )
  const { places } = rosterAt(facts, now)
  const readings = readingsFor(terms, rule)
  const seats = there.flatMap(({ seat }) =>
    places.filter((place) => place.seat === seat && readings.some((one) => one.has(place))),
  )
  const voice = roll.find(({ seat }) => seats.some((one) => one.seat === seat))
  if (voice) return new Refusal('conflict', `${voice.person.name} speaks for ${voice.organisation}, and votes for it. Ask them.`)
  const those = rule.standings.length === 0 ? 'members' : rule.standings.map((name) => pluralOf(terms, name)).join(' and ')
  return new Refusal('not_permitted', `Only the ${those} of this board vote. Tell the person presiding what you think.`, clause)
}

const pluralOf = ({ standings }: Terms, name: string): string =>
  standings.find((standing) => standing.name === name)?.plural ?? name

/** @throws Refusal `conflict` while the meeting waits or is adjourned, `too_late` once it is closed */
export function mustSit({ facts, now }: Pick<Voting, 'facts' | 'now'>): void {
  const state = stateAt(facts.sittings, now)
  if (state === 'in session' || state === 'informal') return
  if (state === 'closed')
    throw new Refusal('too_late', 'The meeting is closed, and with it the vote. Say “decisions” for the result.')
  throw new Refusal(
    'conflict',
    `The meeting ${state === 'waiting' ? 'waits for a quorum' : 'is adjourned'}: nobody votes meanwhile. Vote when it goes on.`,
  )
}
