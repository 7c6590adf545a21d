import type { Named } from '../../boards/rules.js'
import { AGAINST, type Choice, type Stage } from '../counting.js'
import type { ElectionFacts } from '../facts.js'
import { isSecret, type Nomination, type Round, roundName, type Settled } from '../rules.js'

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

const stageInWords = ({ votes, exhausted }: Stage, name: Names): string =>
  `${votes.map((one) => `${name(one.candidate)} ${one.votes}`).join(', ')}${exhausted > 0 ? `; ${exhausted} without a further preference` : ''}`

/** What is published of the papers of a ballot. */
export type Published =
  /** of an open one: how each has voted, by voter */
  | { readonly byVoter: ReadonlyMap<string, Choice> }
  /** of a secret one whose papers bear words: each choice beside its words, and without who made it */
  | { readonly byWords: readonly { readonly choice: Choice; readonly words: string | null }[] }

function roundInWords(round: Round, shown: ElectionFacts, published: Published | undefined): readonly string[] {
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
    ...(published ? papersInWords(round, shown, published, name) : []),
    ...round.settled.flatMap((one) => settledInWords(one, name)),
  ]
}

function papersInWords(round: Round, shown: ElectionFacts, published: Published, name: Names): readonly string[] {
  if ('byVoter' in published) return byVoter(round, shown, published.byVoter, name)
  const papers = published.byWords.map(({ choice, words }) => `${words ?? ''}: ${choiceInWords(choice, name)}`)
  return papers.length === 0 ? [] : [`By the words of each ballot: ${papers.sort().join('; ')}.`]
}

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
 * @param published of the ballots of which something is, by the ballot's id
 */
export function accountOf(shown: ElectionFacts, elected: Named, published: ReadonlyMap<string, Published>): readonly string[] {
  const { election } = shown
  const { nominations, rounds, reading } = election
  const stood = nominations.filter(({ state }) => state === 'accepted')
  return [
    `Nominated: ${nominations.map(nominationInWords).join('; ')}.`,
    ...(reading === null ? [] : [`Eligible: ${reading}, as the person presiding ruled.`]),
    ...rounds.flatMap((round) => roundInWords(round, shown, published.get(round.id))),
    ...(rounds.every(({ state }) => state === 'void') && stood.length === 1
      ? [`There were no other nominations, and ${elected.name} was elected unopposed.`]
      : []),
  ]
}
