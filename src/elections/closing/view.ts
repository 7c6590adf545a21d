import type { Audience } from '../../kernel/audience.js'
import { buttons, type Card, type Node, text } from '../../kernel/view.js'
import type { ElectionFacts } from '../facts.js'
import { type Round, underWay } from '../rules.js'
import { electionPress, nameOf } from '../view.js'

export function stuckNodes(round: Round): readonly Node[] {
  return [
    text({ strong: 'Nothing is counted: ' }, `${round.why ?? 'the ballot cannot be opened'}.`),
    text(
      'Whoever runs the server puts the key back into the folder of keys, and the ballot is closed again. Or the person presiding discards it, unopened, and a fresh ballot is held.',
    ),
  ]
}

/** Told to the clerk: nothing was counted, and what is to be done. */
export const stuckCard = (shown: ElectionFacts, audience: Audience): Card => {
  const round = underWay(shown.election)
  return {
    title: `${nameOf(shown)}: a secret ballot cannot be opened (${shown.meeting.board.shortName})`,
    audience,
    body: [
      ...(round?.state === 'stuck' ? stuckNodes(round) : [text('It could not be opened; since then it has been dealt with.')]),
      buttons({ ...electionPress(shown, 'elections.show', 'The election'), style: 'primary' }),
    ],
  }
}
