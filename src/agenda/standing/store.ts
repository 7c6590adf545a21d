import { sql } from 'kysely'
import { termsFrom } from '../../boards/store.js'
import type { Terms } from '../../boards/terms.js'
import { heldOn } from '../../db/held.js'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { dayOf, fromText } from '../../kernel/time.js'
import type { About, StandingItem } from '../drafting.js'
import type { BoardItem, BoardSection } from './rules.js'

export async function sectionsOn(db: Db, board: string, day: string): Promise<readonly BoardSection[]> {
  const rows = await db
    .selectFrom('section')
    .selectAll()
    .where('board_id', '=', board)
    .where(heldOn('section', day))
    .orderBy('letter')
    .execute()
  return rows.map(({ letter, title, restricted, decision }) => ({ letter, title, restricted: restricted === 1, decision }))
}

export async function standingItemsOn(db: Db, board: string, day: string): Promise<readonly BoardItem[]> {
  const rows = await db
    .selectFrom('standing_item')
    .selectAll()
    .where('board_id', '=', board)
    .where(heldOn('standing_item', day))
    .orderBy('letter')
    .orderBy('position')
    .execute()
  return rows.map(({ id, letter, title, about, form, purpose, decision }) => ({
    id,
    letter,
    title,
    about: about as About,
    form,
    purpose,
    decision,
  }))
}

/** Whether a board ever had sections of its own. */
export async function hasSections(db: Db, board: string): Promise<boolean> {
  return (await db.selectFrom('section').select('id').where('board_id', '=', board).limit(1).executeTakeFirst()) !== undefined
}

/** Sets a section from a day on; one of the same letter ends then. */
export async function setSection(
  tx: Tx,
  board: string,
  { letter, title, restricted, decision }: BoardSection,
  day: string,
): Promise<void> {
  await endSection(tx, board, letter, day)
  await tx
    .insertInto('section')
    .values({
      id: newId(),
      board_id: board,
      letter,
      title,
      restricted: restricted ? 1 : 0,
      decision,
      from_day: day,
      until_day: null,
    })
    .execute()
}

/** Ends a section; one that began on the same day was never held, and its decision is kept all the same. */
async function endSection(tx: Tx, board: string, letter: string, day: string): Promise<void> {
  await tx
    .updateTable('section')
    .set({ until_day: day })
    .where('board_id', '=', board)
    .where('letter', '=', letter)
    .where('until_day', 'is', null)
    .execute()
}

/** Adds a standing item at the end of its section. @returns its id */
export async function addStandingItem(
  tx: Tx,
  board: string,
  item: StandingItem & { decision: string },
  day: string,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('standing_item')
    .values((row) => ({
      id,
      board_id: board,
      letter: item.letter,
      position: row
        .selectFrom('standing_item as others')
        .where('others.board_id', '=', board)
        .select((last) => sql<number>`coalesce(${last.fn.max('others.position')}, 0) + 1`.as('next')),
      title: item.title,
      about: item.about,
      form: item.form,
      purpose: item.purpose,
      decision: item.decision,
      ended_by: null,
      from_day: day,
      until_day: null,
    }))
    .execute()
  return id
}

export async function endStandingItem(tx: Tx, id: string, decision: string, day: string): Promise<void> {
  await tx.updateTable('standing_item').set({ until_day: day, ended_by: decision }).where('id', '=', id).execute()
}

export async function boardOfStandingItem(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('standing_item').select('board_id').where('id', '=', id).executeTakeFirst()
  return row?.board_id ?? null
}

/** The first approved terms of a board and the day, there, from which they rule; null before any. */
export async function firstApproved(db: Db, board: string): Promise<{ readonly terms: Terms; readonly day: string } | null> {
  const row = await db
    .selectFrom('terms')
    .innerJoin('board', 'board.id', 'terms.board_id')
    .where('board_id', '=', board)
    .where('state', '=', 'approved')
    .orderBy('in_force_from')
    .limit(1)
    .select(['document', 'in_force_from', 'zone'])
    .executeTakeFirst()
  if (!row?.in_force_from) return null
  return { terms: termsFrom(row.document), day: dayOf(fromText(row.in_force_from), row.zone).toString() }
}
