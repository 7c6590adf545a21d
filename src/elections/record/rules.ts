import { officeInWords } from '../../boards/offices/rules.js'
import type { Named } from '../../boards/rules.js'
import { AGAINST, type Choice, type Stage } from '../counting.js'
import type { ElectionFacts, Published } from '../facts.js'
import { type Elective, isSecret, type Nomination, type Round, roundName, type Settled } from '../rules.js'

/** As the register has it. */
export const electedInWords = ({ name }: Named, office: Elective): string =>
  `RESOLVED that ${name} be elected ${officeInWords(office)}.`

type Names = (id: string) => string

/** Who is called how, of all who were nominated. */
const namesIn = ({ election }: Pick<ElectionFacts, 'election'>): Names => {
  const names = new Map(election.nominations.map(({ nominee }) => [nominee.id, nominee.name]))
  return (id) => (id === AGAINST ? 'against' : (names.get(id) ?? ''))
}

const nominationInWords = ({ nominee, proposer, seconder, state }: Nomination): string => {
  const by =
    proposer.id === nominee.id ? 'by themselves' : `by ${proposer.name}${seconder ? `, seconded by ${seconder.name}` : ''}`
  const not = {
    nominated: ', who did not say whether they accepted',
    accepted: '',
    declined: ', who declined',
    withdrawn: ', who withdrew',
  }
  return `${nominee.name}, ${by}${not[state]}`
}

/** The most first, and equal ones by name: never by who was entered first. */
export const inOrder = (votes: Stage['votes'], name: Names): Stage['votes'] =>
  [...votes].sort((one, other) => other.votes - one.votes || name(one.candidate).localeCompare(name(other.candidate), 'en'))

const stageInWords = ({ votes, exhausted }: Stage, name: Names): string =>
  `${inOrder(votes, name)
    .map((one) => `${name(one.candidate)} ${one.votes}`)
    .join(', ')}${exhausted > 0 ? `; ${exhausted} without a further preference` : ''}`

function roundInWords(round: Round, shown: ElectionFacts): readonly string[] {
  const name = namesIn(shown)
  const called = `${roundName(round).charAt(0).toUpperCase()}${roundName(round).slice(1)}`
  const how = `${called} (${isSecret(round) ? 'secret' : 'open'})`
  if (round.state === 'void') return [`${how}: void, as ${round.why ?? 'it was stopped'}.`]
  const { counted } = round
  if (!counted) return []
  const stages = counted.stages.map((stage, at) =>
    counted.stages.length > 1 ? `count ${at + 1}: ${stageInWords(stage, name)}` : stageInWords(stage, name),
  )
  return [
    `${how}: ${stages.join('; ')}; ${counted.abstained === 0 ? 'nobody' : counted.abstained} abstained.`,
    ...(round.silent.length > 0 ? [`Did not vote: ${bodiesIn(shown, round.silent)}.`] : []),
    ...papersInWords(round, shown),
    ...round.settled.flatMap((one) => settledInWords(one, name)),
  ]
}

/** What is published of the papers of a ballot that was counted: of an open one how each body voted. */
export function papersInWords(round: Round, shown: ElectionFacts): readonly string[] {
  const published: Published | undefined = shown.published.get(round.id)
  const name = namesIn(shown)
  if (!published) return []
  if ('byVoter' in published) return byVoter(round, shown, published.byVoter, name)
  const papers = published.byWords.map(({ choice, words }) => `${words ?? ''}: ${choiceInWords(choice, name)}`)
  return papers.length === 0 ? [] : [`By the words of each ballot: ${papers.sort().join('; ')}.`]
}

const bodiesIn = ({ seats }: ElectionFacts, those: readonly string[]): string =>
  [...new Set(those.map((seat) => seats.get(seat)?.body ?? ''))].sort((one, other) => one.localeCompare(other, 'en')).join(', ')

const choiceInWords = (choice: Choice, name: Names): string =>
  choice.length === 0 ? 'abstained' : choice.map(name).join(', then ')

/** Of an open ballot, how each body voted. */
function byVoter(round: Round, { seats }: ElectionFacts, papers: ReadonlyMap<string, Choice>, name: Names): readonly string[] {
  const chosen = round.voted.flatMap(({ voter, seat }) => {
    const choice = papers.get(voter)
    if (!choice) return []
    return [`${seats.get(seat)?.body ?? ''}: ${choiceInWords(choice, name)}`]
  })
  return chosen.length === 0 ? [] : [`By body: ${chosen.sort((one, other) => one.localeCompare(other, 'en')).join('; ')}.`]
}

function settledInWords({ how, among, drawn, account }: Settled, name: Names): readonly string[] {
  const names = among.map(name).sort((one, other) => one.localeCompare(other, 'en'))
  if ('caster' in account)
    return [
      `Votes being equal between ${names.join(' and ')}, ${account.caster} (${account.office}) gave the casting vote: ${name(drawn)}.`,
    ]
  return [
    `Votes being equal between ${names.join(' and ')}, the ${how} was drawn: ${name(drawn)}.`,
    ...account.lines.map(({ text, digest }) => `SHA-256 of “${text}”: ${digest}.`),
  ]
}

/**
 * How somebody came to be elected, a sentence each, as the register keeps it: what it takes to count it again.
 * @param unopposed nobody else stood, or was left
 */
export function accountOf(shown: ElectionFacts, elected: Named, unopposed: boolean): readonly string[] {
  const { election } = shown
  const { nominations, rounds, reading } = election
  return [
    `Nominated: ${nominations.map(nominationInWords).join('; ')}.`,
    ...(reading === null ? [] : [`Eligible: ${reading}, as the person presiding ruled.`]),
    ...rounds.flatMap((round) => roundInWords(round, shown)),
    ...(unopposed ? [`Nobody else stood, and ${elected.name} was elected unopposed.`] : []),
  ]
}
