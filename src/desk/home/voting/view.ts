import { officeInWords } from '../../../boards/offices/rules.js'
import type { ElectionFacts } from '../../../elections/facts.js'
import { roundName, underWay } from '../../../elections/rules.js'
import { electionPress, nameOf } from '../../../elections/view.js'
import { type Button, buttons, type Node, text } from '../../../kernel/view.js'
import { itemTitle, motionPress } from '../../../votes/card/view.js'
import type { MotionFacts } from '../../../votes/facts.js'
import { standingBallots, type Voter } from '../../../votes/roll.js'
import { isAsked, type OnBoard, type Page, passAt, votesOf } from '../rules.js'

/** The votes and ballots in which somebody may vote, and whether they have; never how. */
export const votingNodes = ({ boards, person }: Page): readonly Node[] =>
  boards.flatMap((one) => [
    ...one.voting.motions.flatMap((shown) => motionNodes(one, shown, person)),
    ...one.voting.elections.flatMap((shown) => electionNodes(shown, person)),
  ])

/** "Kent Police has not voted." */
const stateOf = (votes: readonly Voter[], cast: ReadonlySet<string>): string =>
  votes
    .map(({ voter, organisation }) => (cast.has(voter) ? `The vote of ${organisation} is in.` : `${organisation} has not voted.`))
    .join(' ')

/** What is pressed first is what waits for them. */
const press = (button: Button, waits: boolean): Button => (waits ? { ...button, style: 'primary' } : button)

function motionNodes({ board, papers }: OnBoard, shown: MotionFacts, person: string): readonly Node[] {
  const { motion, roll, facts, now } = shown
  const votes = votesOf(roll, person)
  if (votes.length === 0) return []
  const cast = new Set(standingBallots(motion.vote?.ballots ?? [], facts, motion.item.id, now).map(({ voter }) => voter))
  const waits = votes.some(({ voter }) => !cast.has(voter))
  return [
    text({ strong: itemTitle(shown, passAt(papers, shown.meeting)) }, ` (${board.shortName}). `, stateOf(votes, cast)),
    buttons(press(motionPress(shown, 'votes.motion', waits ? 'Vote' : 'See the vote'), waits)),
  ]
}

function electionNodes(shown: ElectionFacts, person: string): readonly Node[] {
  const { election, meeting, roll } = shown
  if (isAsked(shown, person))
    return [
      text({ strong: `You are nominated for ${officeInWords(election.office)}` }, ` (${meeting.board.shortName}).`),
      buttons(press(electionPress(shown, 'elections.show', 'Accept or decline'), true)),
    ]
  const round = underWay(election)
  const votes = round?.state === 'open' ? votesOf(roll, person) : []
  if (!round || votes.length === 0) return []
  const cast = new Set(round.voted.map(({ voter }) => voter))
  const waits = votes.some(({ voter }) => !cast.has(voter))
  return [
    text({ strong: `${nameOf(shown)}, ${roundName(round)}` }, ` (${meeting.board.shortName}). `, stateOf(votes, cast)),
    buttons(press(electionPress(shown, 'elections.show', waits ? 'Vote' : 'See the ballot'), waits)),
  ]
}
