import { holdersOn } from '../../boards/handover/store.js'
import type { Db } from '../../db/schema.js'
import { REMOVABLE, type Removable, type Removal } from './rules.js'

const isRemovable = (office: string): office is Removable => REMOVABLE.some((one) => one === office)

/** Who holds an office of a board from which they may be removed, on a day. */
export async function removableOn(db: Db, board: string, day: string): Promise<readonly Removal[]> {
  return (await holdersOn(db, board, day)).flatMap(({ office, person }) => (isRemovable(office) ? [{ office, person }] : []))
}
