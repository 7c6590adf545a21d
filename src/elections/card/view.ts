import { mention } from '../../apologies/view.js'
import { officeInWords } from '../../boards/offices/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, type Node, note, text } from '../../kernel/view.js'
import { openNodes, votingNodes } from '../balloting/view.js'
import { stuckNodes } from '../closing/view.js'
import { candidatesIn, type ElectionFacts, followingBallots, nextCandidates, sittingState } from '../facts.js'
import { fallsByLot, lotNodes, tiedControls, tiedNodes } from '../lot/view.js'
import { nominationNodes } from '../nominating/view.js'
import { electedNodes, figureNodes, goneNodes } from '../record/view.js'
import { electionRuleOf, isOver, roundName, underWay } from '../rules.js'
import { electionPress, nameOf, together } from '../view.js'

/** What somebody may do with an election. */
export interface May {
  /** presides, or is the clerk */
  readonly presides: boolean
  /** presides themselves: a casting vote is theirs alone */
  readonly inTheChair: boolean
}

const STATES = {
  nominations: 'nominations',
  balloting: 'ballot to come',
  tied: 'equal votes',
  elected: 'elected',
  'called off': 'called off',
} as const

function titleOf(shown: ElectionFacts): string {
  const { election, meeting } = shown
  const round = underWay(election)
  const state = round ? (round.state === 'open' ? `${roundName(round)} open` : 'the ballot is stuck') : STATES[election.state]
  return `${nameOf(shown)}: ${state} (${meeting.board.shortName})`
}

function followingNodes(shown: ElectionFacts): readonly Node[] {
  const following = followingBallots(shown)
  if (shown.election.state !== 'balloting' || underWay(shown.election) || !following) return []
  const names = nextCandidates(shown).map(({ name }) => name)
  const why = following.kind === 'ballot' ? following.why : 'a ballot among who is left'
  return [text(names.length === 1 ? `Only ${together(names)} is left.` : `Next: ${why}: ${together(names)}.`)]
}

export function bodyNodes(shown: ElectionFacts): readonly Node[] {
  const { election } = shown
  const round = underWay(election)
  if (election.state === 'elected') return [...electedNodes(shown), ...figureNodes(shown), ...lotNodes(shown)]
  if (election.state === 'called off') return [text('It is called off. Nobody is elected.'), ...figureNodes(shown)]
  return [
    ...(election.state === 'nominations' && !round ? nominationNodes(shown) : []),
    ...figureNodes(shown),
    ...lotNodes(shown),
    ...(round ? (round.state === 'open' ? openNodes(shown, round) : stuckNodes(round)) : []),
    ...(election.state === 'tied' ? tiedNodes(shown) : []),
    ...followingNodes(shown),
    ...goneNodes(shown),
    ...(isClosed(shown)
      ? [note('The meeting is closed, and nobody is elected. Whoever holds the office stays until somebody is.')]
      : []),
  ]
}

export const isClosed = (shown: ElectionFacts): boolean => sittingState(shown) === 'closed'
export const sits = (shown: ElectionFacts): boolean => !['not open', 'closed'].includes(sittingState(shown))

const mayNominate = ({ election }: ElectionFacts): boolean => election.state === 'nominations' && underWay(election) === null

/** Of an election on an item that is closed to the public: that there is one, and nothing of who stands. */
export const closedCard = (shown: ElectionFacts, audience: Audience): Card => ({
  title: titleOf(shown),
  audience,
  body: [text('It is restricted: who stands and how it goes is shown to those alone who may see the item.')],
})

/** The card in the board's own place. */
export function placeCard(shown: ElectionFacts, audience: Audience): Card {
  if (shown.election.openness !== 'open') return closedCard(shown, audience)
  const voting = votingNodes(shown)
  return {
    title: titleOf(shown),
    audience,
    body: [
      ...bodyNodes(shown),
      ...voting,
      ...(voting.length > 0 ? [note('Press again to change your ballot: it can be replaced until the close.')] : []),
      ...(mayNominate(shown) && !isClosed(shown)
        ? [buttons(electionPress(shown, 'elections.nominate_form', 'Nominate somebody'))]
        : []),
      ...(shown.election.state === 'tied' && sits(shown) && fallsByLot(shown)
        ? [buttons(electionPress(shown, 'elections.seed_form', 'Give words for the lot'))]
        : []),
    ],
  }
}

/** The card of who presides and of the clerk: the same, and what they can do. */
export const deskCard = (shown: ElectionFacts, may: May, audience: Audience, said?: string): Card => ({
  title: titleOf(shown),
  audience,
  body: [...(said ? [text({ strong: said })] : []), ...bodyNodes(shown), ...controls(shown, may)],
})

function controls(shown: ElectionFacts, { presides, inTheChair }: May): readonly Node[] {
  const { election, readings } = shown
  const press = (command: string, label: string, values?: Readonly<Record<string, string>>) =>
    electionPress(shown, command, label, values)
  if (!presides || isOver(election)) return []
  const round = underWay(election)
  if (round?.state === 'stuck')
    return [
      buttons(
        { ...press('elections.close', 'Open it again'), style: 'primary' },
        { ...press('elections.discard', 'Discard it unopened'), style: 'danger' },
      ),
    ]
  if (!sits(shown))
    return mayNominate(shown) && !isClosed(shown) ? [buttons(press('elections.nominate_form', 'Nominate somebody'))] : []
  if (round)
    return [
      buttons(
        { ...press('elections.close', 'Close the ballot'), style: 'danger' },
        press('elections.discard', 'Stop it uncounted'),
      ),
    ]
  if (election.state === 'tied') return [tiedControls(shown, inTheChair)]
  const { disputed } = candidatesIn(shown)
  const standing = nextCandidates(shown)
  const unopposed = standing.length === 1 && electionRuleOf(shown.terms, election.office).unopposed === 'elected'
  return [
    ...(disputed.length > 0 || (election.reading !== null && election.rounds.length === 0)
      ? [buttons(...readings.map(({ name }) => press('elections.rule', `Eligible: ${name}`, { reading: name })))]
      : []),
    buttons(
      ...(unopposed ? [{ ...press('elections.elect', 'Elected, no other nominations'), style: 'primary' as const }] : []),
      ...(standing.length > 1 || (standing.length === 1 && !unopposed)
        ? [{ ...press('elections.open_form', 'Open the ballot'), style: 'primary' as const }]
        : []),
      ...(mayNominate(shown) ? [press('elections.nominate_form', 'Nominate somebody')] : []),
      press('elections.call_off', 'Call it off'),
    ),
  ]
}

/** Somebody's own card: whether they accept, and whether they have voted; never how. */
export function ownCard(shown: ElectionFacts, person: string, audience: Audience): Card {
  const { election, roll, seats } = shown
  const round = underWay(election)
  const mine = election.nominations.find(({ nominee }) => nominee.id === person)
  const answers =
    mine && !isOver(election) && round === null
      ? mine.state === 'nominated'
        ? [
            text({ strong: `You are nominated for ${officeInWords(election.office)}, by ` }, mention(mine.proposer), '.'),
            buttons(
              { ...electionPress(shown, 'elections.answer', 'I accept', { answer: 'accepted' }), style: 'primary' as const },
              electionPress(shown, 'elections.answer', 'I decline', { answer: 'declined' }),
            ),
          ]
        : mine.state === 'accepted'
          ? [text('You stand.'), buttons(electionPress(shown, 'elections.answer', 'Withdraw', { answer: 'withdrawn' }))]
          : []
      : []
  const votes = round?.state === 'open' ? roll.filter((one) => one.person.id === person) : []
  const voting = votes.flatMap(({ voter, seat }): readonly Node[] => {
    const cast = round?.voted.find((one) => one.voter === voter)
    const body = seats.get(seat)?.body ?? ''
    if (cast && cast.person !== person) return [text({ strong: `${body} has voted, by a colleague of yours.` })]
    return [
      text({ strong: cast ? `The vote of ${body} is in, by you.` : `${body} has not voted.` }),
      ...votingNodes(shown, votes.length > 1 ? { voter } : {}),
      ...(cast ? [note('Press again to replace your ballot: it can be replaced until the close.')] : []),
    ]
  })
  return { title: titleOf(shown), audience, body: [...bodyNodes(shown), ...answers, ...voting] }
}
