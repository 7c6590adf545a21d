import type { Board } from '../../boards/rules.js'
import { findBoard } from '../../boards/store.js'
import { dispatch } from '../../kernel/notice.js'
import type { Decision } from '../register/rules.js'
import { findDecision } from '../register/store.js'
import { betweenCard } from './view.js'

/** To the officers: something was decided on the board's behalf between meetings. */
export const betweenNotice = dispatch<{ readonly board: Board; readonly decision: Decision }>({
  name: 'votes.between_meetings',
  async load(db, subject, _, now) {
    const decision = await findDecision(db, subject)
    const ruled = decision && (await findBoard(db, decision.board, now))
    if (!decision || !ruled) throw new Error('a decision that is not there')
    return { board: ruled.board, decision }
  },
  draw: ({ board, decision }, audience) => betweenCard(board, decision, audience),
})
