import type { Temporal } from 'temporal-polyfill'
import { numberOf, titleFor } from '../../agenda/rules.js'
import { findAgenda } from '../../agenda/store.js'
import { holdersOn } from '../../boards/handover/store.js'
import { type Board, namedAs } from '../../boards/rules.js'
import { peopleOn } from '../../boards/store.js'
import type { Db } from '../../db/schema.js'
import { boardDay } from '../../meetings/rules.js'
import { noticeIn } from './notice.js'
import { holderKey, REMOVABLE, type Removable, type Removal } from './rules.js'
import type { RemovalSaid } from './sayings.js'

const isRemovable = (office: string): office is Removable => REMOVABLE.some((one) => one === office)

/** Who holds an office of a board from which they may be removed, on a day. */
export async function removableOn(db: Db, board: string, day: string): Promise<readonly Removal[]> {
  return (await holdersOn(db, board, day)).flatMap(({ office, person }) => (isRemovable(office) ? [{ office, person }] : []))
}

/** A removal that was said, and the items under which it may be put. */
export interface RemovalMeant {
  /** the office, or the office and the person's id, as the command takes them */
  readonly whom: Readonly<Record<string, string>>
  readonly items: readonly { readonly id: string; readonly number: string }[]
}

/**
 * Whose removal was said, under the item that is named or those that give notice of it.
 * @param sees whether the speaker knows of what is not on the public agenda
 * @returns null where a name was said that is nobody's, or several people's
 */
export async function removalMeant(
  db: Db,
  { board, meeting, sees, now }: { board: Board; meeting: string; sees: boolean; now: Temporal.Instant },
  said: RemovalSaid,
): Promise<RemovalMeant | null> {
  const day = boardDay(board, now)
  const people = said.name === null ? [] : namedAs(await peopleOn(db, board.id, day), said.name)
  const [person, another] = people
  if (said.name !== null && (!person || another)) return null
  const held = await removableOn(db, board.id, day)
  const office = said.office ?? held.find((one) => one.person.id === person?.id)?.office ?? null
  const items = ((await findAgenda(db, meeting))?.items ?? []).flatMap((item) => {
    const number = numberOf(item)
    if (item.state !== 'placed' || number === null || !(sees || 'open' in item.title)) return []
    const notice = noticeIn(titleFor(item.title, null) ?? '')
    const gives = notice !== null && (office === null || notice.office === null || notice.office === office)
    return (said.number === null ? gives : number === said.number) ? [{ id: item.id, number }] : []
  })
  // Of who holds no office the command says that they hold none.
  const whom = person ? { holder: holderKey({ office: office ?? 'chair', person }) } : office ? { office } : {}
  return { whom, items }
}
