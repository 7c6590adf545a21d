import type { Presiding } from '../../attendance/ledger.js'
import { type Named, namedAs } from '../../boards/rules.js'
import type { Basis, Terms } from '../../boards/terms.js'
import { Refusal } from '../../kernel/refusal.js'
import { OFFICES } from '../facts.js'

/** An office of which the terms may say how somebody is removed from it. */
export type Removable = 'chair' | 'vice-chair' | 'co-chair'
export const REMOVABLE: readonly Removable[] = ['chair', 'vice-chair', 'co-chair']

/** Somebody who holds an office, and may be removed from it by a vote. */
export interface Removal {
  readonly office: Removable
  readonly person: Named
}

/** "Vice-Chair" */
export const officeCalled = (office: Removable): string => OFFICES[office]

/** By which one who holds an office is chosen: the office and the person's id. */
export const holderKey = ({ office, person }: Removal): string => `${office} ${person.id}`

/** What the motion says: "Cllr NAME be removed from the office of Vice-Chair". */
export const removalInWords = ({ office, person }: Removal): string =>
  `${person.name} be removed from the office of ${officeCalled(office)}`

/** What boards do where the terms do not say how a chair or vice-chair is removed. */
const WHO_ELECTS: Basis = {
  silent: {
    convention:
      'Who elects to an office may also remove from it: by a vote at a meeting, under the rule by which it votes, with notice on the agenda.',
    source: 'the common law of meetings, as the terms do not say how a chair or vice-chair is removed',
  },
}

/** On what a removal rests: the terms' own rule, or the convention. */
export const removalBasis = ({ removal }: Pick<Terms, 'removal'>): Basis =>
  removal ? { clause: removal.clause, silent: removal.silent } : WHO_ELECTS

/**
 * The terms by which a motion is voted on. One that removes somebody is carried by what the terms ask of all who have the
 * standing, a voice a body, there or not; equal votes, or a casting vote, carry nothing. Where they ask nothing of their own
 * it is voted on like any other.
 * @see the board's terms of reference, `terms.removal.clause`
 */
export function termsOfMotion(terms: Terms, removes: Removable | null): Terms {
  if (removes === null || !terms.removal) return terms
  const { measure, part, ofAll, clause, silent } = terms.removal
  const carriedBy = { measure, part, of: 'all' as const }
  return {
    ...terms,
    votes: { oneFor: 'organisation', standings: [ofAll], carriedBy, equalVotes: 'not carried', clause, silent },
  }
}

/** "the steering group", of the DARDR Steering Group: the board itself. */
function isOwn({ board, shortName, title }: Terms, by: string | undefined): boolean {
  if (by === undefined) return true
  const said = by.toLowerCase().replace(/^the /, '')
  return [board, shortName, title].some((name) => name.toLowerCase().includes(said)) || said === 'board'
}

/**
 * Whether an office is the board's to take away. By the terms' own rule of removal it is; else one that is attached to a
 * post, or that another body fills, is not.
 * @returns what is unwise, where the terms are silent on how the office is filled; none: it may
 * @throws Refusal `not_permitted` with the clause by which the office is filled
 */
export function mayTakeAway(terms: Terms, office: Removable, hidden = false): readonly string[] {
  const rule = terms.offices.find((one) => one.office === office)
  if (terms.removal || !rule || rule.filled === 'elected' || (rule.filled === 'nominated' && isOwn(terms, rule.by))) return []
  const called = officeCalled(office)
  const whose =
    rule.filled === 'ex officio'
      ? `${hidden ? 'That office' : `The office of ${called}`} goes with a post${rule.post ? ` (${rule.post})` : ''}, and is not this board’s to take away: ask whoever fills that post`
      : `${hidden ? 'That office' : `The office of ${called}`} is filled by ${rule.by}, and is not this board’s to take away: ask them`
  const sentence = `${whose}. The board may resolve to ask for another, as in “move under B4: ask for another to be named”.`
  if (rule.clause) throw new Refusal('not_permitted', sentence, rule.clause)
  return [sentence]
}

/** What is asked for of whose removal: in the form both, in words perhaps one; the rest is what the item's title says. */
export interface Asked {
  readonly office: Removable | null
  readonly name: string | null
  /** the person's id */
  readonly person: string | null
  /** of an item that is not on the public agenda, of which nothing is kept in what is refused */
  readonly hidden?: boolean
}

/**
 * Whose removal is meant.
 * @param holders of every office that may be taken away
 * @throws Refusal `not_found` where nobody of them is meant, `unclear` where several are
 */
export function whoIsMeant(holders: readonly Removal[], { office, name, person, hidden = false }: Asked): Removal {
  const called = office === null ? 'an office of this board' : hidden ? 'that office' : `the office of ${officeCalled(office)}`
  const those = holders.filter((one) => office === null || one.office === office)
  if (those.length === 0)
    throw new Refusal('not_found', `Nobody holds ${called}: there is nobody to remove from it. Say “roster” for who holds what.`)
  const found = those
    .filter((one) => person === null || one.person.id === person)
    .filter((one) => name === null || namedAs([one.person], name).length > 0)
  const [only, another] = found
  if (!only) throw new Refusal('not_found', `Whoever is named does not hold ${called}. Say “roster” for who does.`)
  if (another) throw new Refusal('unclear', 'Say from which office, as in “put the removal of the Vice-Chair to the vote”.')
  return only
}

export const sameRemoval = (one: Removal | null, other: Removal): boolean =>
  one?.office === other.office && one.person.id === other.person.id

/** As they are called in what is refused: what is kept of a refusal says nothing of an item that is not on the public agenda. */
const who = ({ person }: Removal, hidden: boolean): string => (hidden ? 'The person concerned' : person.name)

/**
 * Nobody presides over their own removal.
 * @param presiding who does when the vote is opened, or a reading is ruled
 * @throws Refusal `not_permitted`
 */
export function mustNotPreside(removal: Removal, presiding: Presiding | null, hidden: boolean): void {
  if (presiding?.person.id === removal.person.id)
    throw new Refusal(
      'not_permitted',
      `${who(removal, hidden)} does not preside over their own removal. Say “NAME presides”, with the name of another who is here, and go on then.`,
    )
}

/** Who is to be removed has no hand in how the vote is conducted. @throws Refusal `not_permitted` */
export function mustNotBeTheirs(removes: Removal | null, actor: string): void {
  if (removes?.person.id === actor)
    throw new Refusal(
      'not_permitted',
      'Nobody presides over their own removal. That is for another who presides, or for the clerk: say “NAME presides”, with the name of another who is here.',
    )
}

/** @param number as the item is called: "B4" */
export function takesAVote(terms: Pick<Terms, 'removal'>, number: string): Refusal {
  return new Refusal(
    'conflict',
    `A removal from office takes a vote: nobody is removed by what is agreed, noted or amended. Say “put ${number} to the vote”.${byConvention(terms)}`,
    terms.removal?.clause,
  )
}

/** @returns what is said where a motion would remove somebody by an ordinary majority */
export function notByMotion(terms: Pick<Terms, 'removal'>): Refusal {
  const sentence = `That would remove somebody from office, which takes a vote of its own, under an item that gives notice of it. Say “put the removal of the Vice-Chair to the vote”, or of the Chair. If something else is meant, say it in other words.${byConvention(terms)}`
  return new Refusal('conflict', sentence, terms.removal?.clause, { text: sentence })
}

function byConvention(terms: Pick<Terms, 'removal'>): string {
  const { silent } = removalBasis(terms)
  return silent ? ` By convention: ${silent.convention} (${silent.source})` : ''
}
