import { type Agenda, addLate, type NewItem, place, propose } from '../../../agenda/rules.js'
import { findAgenda, saveAgenda } from '../../../agenda/store.js'
import type { Acting, After } from '../../../kernel/command.js'
import { newId } from '../../../kernel/ids.js'
import { Refusal } from '../../../kernel/refusal.js'
import { dayInWords, dayOf } from '../../../kernel/time.js'
import { hasBegun } from '../../../meetings/rules.js'
import { meetingsOf } from '../../../meetings/store.js'
import { type Decision, decisionName } from '../../register/rules.js'
import { waitingIn } from '../../register/store.js'

const titleOf = (decision: Decision): string => `Report of ${decisionName(decision)}, taken between meetings`

/** The first open section after that of the board's own business. */
const sectionOf = ({ sections }: Agenda): string => {
  const open = sections.filter(({ restricted }) => !restricted)
  return (open[1] ?? open[0] ?? sections[0])?.letter ?? 'A'
}

/** An agenda with the report on it, after the others; on one that is agreed already it is a late item, and says why. */
function withReport(agenda: Agenda, decision: Decision, why: string): Agenda {
  const item: NewItem = {
    id: newId(),
    title: titleOf(decision),
    form: 'verbal',
    purpose: 'information',
    presenter: null,
    why: null,
    proposedBy: null,
  }
  const letter = sectionOf(agenda)
  return agenda.state === 'agreed' ? addLate(agenda, item, letter, why) : place(propose(agenda, item), item.id, letter, null)
}

/** Puts what was decided between meetings, and is not reported yet, on the agenda of the next meeting. Again, it changes nothing. */
export async function reportToNext({ db, now }: Acting, board: string, zone: string): Promise<void> {
  const waiting = await waitingIn(db, board, 'delegated')
  const next = waiting.length === 0 ? undefined : (await meetingsOf(db, board, { from: now })).find((one) => !hasBegun(one, now))
  const before = next ? await findAgenda(db, next.id) : null
  if (!next || !before) return
  let agenda: Agenda = before
  for (const decision of waiting) {
    if (agenda.items.some(({ title }) => 'open' in title && title.open === titleOf(decision))) continue
    const why = `It was decided between meetings, on ${dayInWords(dayOf(decision.at, zone))}, and is reported to the next meeting.`
    try {
      agenda = withReport(agenda, decision, why)
    } catch (error) {
      // A full agenda: the report waits on the card of the meeting's business all the same.
      if (!(error instanceof Refusal)) throw error
    }
  }
  if (agenda !== before) await saveAgenda(db, next.id, before, agenda, now)
}

/** A meeting that is called, or moved, may be the next now. */
export const reportAfterCall: After = {
  acts: ['meetings.call', 'meetings.agree_cycle', 'meetings.move', 'meetings.cancel'],
  async run(acting, { board }) {
    const { zone } = await acting.db.selectFrom('board').select('zone').where('id', '=', board).executeTakeFirstOrThrow()
    await reportToNext(acting, board, zone)
  },
}
