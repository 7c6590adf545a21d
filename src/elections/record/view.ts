import { officeInWords } from '../../boards/offices/rules.js'
import { buttons, type Node, note, type Text, table, text } from '../../kernel/view.js'
import { type ElectionFacts, followingBallots } from '../facts.js'
import { type Round, roundName } from '../rules.js'
import { capital, named, together } from '../view.js'
import { electedInWords, inOrder, papersInWords } from './rules.js'

/** What a ballot came to, in a sentence. */
export function resultOf(shown: ElectionFacts, round: Round): string {
  if (round.state === 'void') return `Void: ${round.why ?? ''}.`
  const { counted } = round
  if (!counted) return ''
  const { result } = counted
  const names = (ids: readonly string[]) => together(ids.map((id) => named(shown, id)))
  switch (result.kind) {
    case 'elected':
      return `${named(shown, result.candidate)} is elected${result.byLot ? ', equal votes having been settled' : ''}.`
    case 'drops out':
      return `Nobody has more than half of the votes. ${names(result.candidates)} ${result.candidates.length === 1 ? 'drops' : 'drop'} out.`
    case 'tie':
      return `${names(result.among)} have equal votes${result.of === 'exclusion' ? ', and one of them drops out' : ''}.`
    case 'not confirmed':
      return 'There are not more votes for than against: nobody is elected.'
    case 'nobody':
      return 'Nobody was voted for: nobody is elected.'
    default:
      return result satisfies never
  }
}

/** The figures of the ballots that are over, a column each; of a ranked one a column a count. */
export function figureNodes(shown: ElectionFacts): readonly Node[] {
  const { rounds } = shown.election
  const over = rounds.filter(({ state }) => state === 'closed' || state === 'void')
  if (over.length === 0) return []
  const columns = over.flatMap((round) =>
    (round.counted?.stages ?? []).map((stage, at) => ({
      head: (round.counted?.stages.length ?? 0) > 1 ? `Ballot ${round.number}, count ${at + 1}` : `Ballot ${round.number}`,
      stage,
      abstained: round.counted?.abstained ?? 0,
    })),
  )
  const everyone = [
    ...new Set(columns.flatMap(({ stage }) => inOrder(stage.votes, (id) => named(shown, id)).map(({ candidate }) => candidate))),
  ]
  const votes = (candidate: string, { stage }: (typeof columns)[number]): string =>
    String(stage.votes.find((one) => one.candidate === candidate)?.votes ?? '')
  return [
    ...(columns.length > 0
      ? [
          table(
            ['Candidate', ...columns.map(({ head }) => head)],
            [
              ...everyone.map((candidate) => [[named(shown, candidate)], ...columns.map((one): Text => [votes(candidate, one)])]),
              [['Abstained'], ...columns.map(({ abstained }): Text => [String(abstained)])],
            ],
          ),
        ]
      : []),
    ...over.flatMap((round) => [
      text({ strong: `${capital(roundName(round))}: ` }, resultOf(shown, round)),
      ...papersInWords(round, shown).map((line) => note(line)),
    ]),
  ]
}

export function electedNodes({ election, decision }: ElectionFacts): readonly Node[] {
  if (!decision || !election.elected) return []
  return [
    text({ strong: electedInWords(election.elected, election.office) }),
    buttons({
      command: 'votes.decision',
      subject: decision.id,
      label: 'The whole entry',
      spoken: `The whole entry of the election of the ${officeInWords(election.office)}`,
    }),
  ]
}

/** Whom most have chosen and who has left their seat meanwhile is not elected. */
export function goneNodes(shown: ElectionFacts): readonly Node[] {
  const following = followingBallots(shown)
  if (following?.kind !== 'elected' || shown.election.state !== 'nominations') return []
  return [text(`${named(shown, following.candidate)} was chosen and can be elected no more: nobody is elected yet.`)]
}
