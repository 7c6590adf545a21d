import { officeInWords } from '../boards/offices/rules.js'
import type { Button } from '../kernel/view.js'
import { AGAINST } from './counting.js'
import type { ElectionFacts } from './facts.js'

/** "Election of the Vice-Chair" */
export const nameOf = ({ election }: Pick<ElectionFacts, 'election'>): string =>
  `Election of the ${officeInWords(election.office)}`

/** A press about an election, spoken with what it belongs to. */
export const electionPress = (
  shown: ElectionFacts,
  command: string,
  label: string,
  values: Readonly<Record<string, string>> = {},
): Button => ({
  command,
  subject: shown.election.id,
  label,
  spoken: `${label}: ${nameOf(shown)}, ${shown.meeting.board.shortName}`,
  ...(Object.keys(values).length > 0 ? { values } : {}),
})

/** In short, the body for which somebody who may be elected sits; empty for who may not. */
export const bodyOf = ({ eligible, seats }: ElectionFacts, person: string): string => {
  const seat = eligible.find((one) => one.person.id === person)?.seat
  return seat === undefined ? '' : (seats.get(seat)?.body ?? '')
}

/** "Ann Castle (Kent Police)" */
export function candidateName(shown: ElectionFacts, { id, name }: { readonly id: string; readonly name: string }): string {
  const body = bodyOf(shown, id)
  return body === '' ? name : `${name} (${body})`
}

/** A candidate's name, or that it is against the only one. */
export const named = (shown: ElectionFacts, candidate: string): string => {
  if (candidate === AGAINST) return 'Against'
  const everyone = shown.election.nominations.map(({ nominee }) => nominee)
  return everyone.find(({ id }) => id === candidate)?.name ?? ''
}

/** "Ann, Bob and Carl": by name, as nothing goes by who was entered first */
export function together(names: readonly string[]): string {
  const sorted = [...names].sort((one, other) => one.localeCompare(other, 'en'))
  return sorted.length < 2 ? sorted.join('') : `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`
}

/** "First ballot" */
export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
