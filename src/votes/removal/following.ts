import type { Named } from '../../boards/rules.js'
import type { Basis, Terms } from '../../boards/terms.js'
import { officeCalled, type Removal } from './rules.js'

/** How a removal was concluded. */
export interface Concluded {
  /** by a resolution of the meeting */
  readonly removed: boolean
  /** why what was carried does not bind, or was not counted */
  readonly why: string | null
  /** they held the office until now */
  readonly held: boolean
  /** who holds the other offices of the board */
  readonly holders: readonly { readonly person: Named; readonly office: string }[]
}

const restsOn = ({ clause, silent }: Basis): string =>
  clause ? `clause ${clause.number}` : `by convention: ${silent?.source ?? ''}`

/** What follows from the vote on a removal, a sentence each: who is what now, who acts, and how the office is filled again. */
export function followsFrom(terms: Terms, { office, person }: Removal, concluded: Concluded): readonly string[] {
  const { removed, why, held } = concluded
  const called = officeCalled(office)
  const left = `${person.name} was ${called} no more when the vote was closed`
  if (!removed)
    return [
      ...(why === null ? [] : [`Nobody is removed, as ${why}: what is no resolution of the meeting takes no office away.`]),
      held ? `${person.name} stays ${called}.` : `${left}.`,
    ]
  if (!held) return [`${left}: there was no office left to take away.`]
  return [`${person.name} is ${called} no more.`, ...filledAgain(terms, { office, person }, concluded)]
}

function filledAgain(terms: Terms, removal: Removal, { holders }: Concluded): readonly string[] {
  const called = officeCalled(removal.office)
  const others = holders.filter((one) => one.office === removal.office && one.person.id !== removal.person.id)
  if (others.length > 0) return [`The office of ${called} is held by ${others.map(({ person }) => person.name).join(' and ')}.`]
  return [vacant(terms, removal), ...(removal.office === 'vice-chair' ? [] : [acting(terms, holders)])]
}

function vacant({ offices }: Terms, { office }: Removal): string {
  const called = officeCalled(office)
  const rule = offices.find((one) => one.office === office)
  if (rule?.filled === 'ex officio')
    return `The terms attach the office of ${called} to a post${rule.post ? ` (${rule.post})` : ''}, and do not say who holds it after a removal: it is vacant until whoever fills that post names another, and the clerk records it (“appoint NAME as ${office}”).`
  if (rule?.filled === 'nominated')
    return `The office of ${called} is vacant until ${rule.by ? `${rule.by} nominates a successor` : 'a successor is nominated'}.`
  return `The office of ${called} is vacant until the board elects a successor at a meeting.`
}

/** Who acts while the chair is vacant. @see the board's terms of reference, `terms.presiding` */
function acting({ presiding }: Terms, holders: Concluded['holders']): string {
  const rests = restsOn(presiding)
  const next = presiding.inOrder.flatMap((office) => holders.filter((one) => one.office === office))[0]
  if (!next) return `Until then those present choose one of them to preside, meeting by meeting (${rests}).`
  return `Until then the ${next.office === 'co-chair' ? 'Co-Chair' : 'Vice-Chair'}, ${next.person.name}, acts (${rests}).`
}
