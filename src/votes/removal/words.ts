import { numberOf, titleFor } from '../../agenda/rules.js'
import { findAgenda } from '../../agenda/store.js'
import { namedAs } from '../../boards/rules.js'
import { peopleOn, type Ruled } from '../../boards/store.js'
import type { Asking, Reading } from '../../kernel/command.js'
import { Refusal } from '../../kernel/refusal.js'
import { boardDay, type Called } from '../../meetings/rules.js'
import type { Said } from '../sayings.js'
import { noticeIn } from './notice.js'
import { holderKey } from './rules.js'
import { removableOn } from './store.js'

const NO_NOTICE =
  'No item of this meeting gives notice of that removal. Have it put on the agenda of a later one; or say under which item it is put all the same, as in “remove the Vice-Chair under B4”.'

interface Speaker {
  /** knows of what is not on the public agenda */
  readonly sees: boolean
  /** whether they are one of those who preside or record it */
  readonly decides: () => Promise<boolean>
}

/**
 * A removal, under the item that is named or that gives notice of it.
 * @throws Refusal `conflict` where no item does, to who may put it
 */
export async function removing(
  { db, now }: Asking,
  { board }: Ruled,
  meeting: Called,
  said: Extract<Said, { kind: 'remove' }>,
  { sees, decides }: Speaker,
): Promise<readonly Reading[]> {
  const people = said.name === null ? [] : namedAs(await peopleOn(db, board.id, boardDay(board, now)), said.name)
  const [person, another] = people
  if (said.name !== null && (!person || another)) return []
  const held = await removableOn(db, board.id, boardDay(board, now))
  const office = said.office ?? held.find((one) => one.person.id === person?.id)?.office ?? null
  const agenda = await findAgenda(db, meeting.id)
  const items = (agenda?.items ?? []).filter(({ state, title }) => state === 'placed' && (sees || 'open' in title))
  const meant = items.filter((item) => {
    if (said.number !== null) return numberOf(item) === said.number
    const notice = noticeIn(titleFor(item.title, null) ?? '')
    return notice !== null && (office === null || notice.office === null || notice.office === office)
  })
  if (meant.length === 0 && said.number === null && (await decides())) throw new Refusal('conflict', NO_NOTICE)
  // Of who holds no office the command says that they hold none.
  const which = person ? { holder: holderKey({ office: office ?? 'chair', person }) } : office ? { office } : {}
  return meant.map((item) => ({
    command: 'votes.remove',
    input: { subject: item.id, ...which, ...howOf(said) },
    label: `Put the removal to the vote: ${numberOf(item) ?? ''}, ${board.shortName}`,
    certain: true,
  }))
}

/** How a vote is taken, as it was said. */
export const howOf = (said: Pick<Extract<Said, { kind: 'vote' }>, 'minutes' | 'hidden' | 'byHand'>) => ({
  ...(said.minutes ? { minutes: String(said.minutes) } : {}),
  ...(said.hidden ? { tally: 'hidden' } : {}),
  ...(said.byHand ? { ends: 'hand' } : {}),
})
