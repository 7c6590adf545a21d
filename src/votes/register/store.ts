import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db, Schema, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { Restricted } from '../../kernel/restricted.js'
import { hashOf } from '../../kernel/secret.js'
import { fromText, toText } from '../../kernel/time.js'
import type { Account, Decision } from './rules.js'

const rows = (db: Db) =>
  db
    .selectFrom('decision')
    .leftJoin('meeting', 'meeting.id', 'decision.meeting_id')
    .leftJoin('item', 'item.id', 'decision.item_id')
    .leftJoin('decision as corrected', 'corrected.id', 'decision.corrects_id')
    .leftJoin('decision as ratified', 'ratified.id', 'decision.ratifies_id')
    .leftJoin('decision_mark as published', (join) =>
      join.onRef('published.decision_id', '=', 'decision.id').on('published.mark', '=', 'published'),
    )
    .leftJoin('decision_mark as reported', (join) =>
      join.onRef('reported.decision_id', '=', 'decision.id').on('reported.mark', '=', 'reported'),
    )
    .leftJoin('person', 'person.id', 'decision.by_person_id')
    .selectAll('decision')
    .select(['meeting.starts_at', 'item.letter', 'item.number as item_number', 'item.title'])
    .select(['corrected.number as corrects', 'ratified.number as ratifies', 'published.at as published_at'])
    .select(['reported.meeting_id as reported_to', 'person.name as by_name'])
    .select((row) => [
      row
        .selectFrom('decision as later')
        .whereRef('later.corrects_id', '=', 'decision.id')
        .select((last) => last.fn.max('later.number').as('number'))
        .as('corrected_by'),
      row
        .selectFrom('decision as ratifying')
        .whereRef('ratifying.ratifies_id', '=', 'decision.id')
        .where('ratifying.outcome', '=', 'resolved')
        .select((first) => first.fn.min('ratifying.number').as('number'))
        .as('ratified_by'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

function decisionFrom(row: Row): Decision {
  const published = row.published_at !== null
  const content = { words: row.words, account: JSON.parse(row.account) as Account, title: row.title }
  const itsNumber = row.letter !== null && row.item_number !== null ? `${row.letter}${row.item_number}` : ''
  return {
    id: row.id,
    board: row.board_id,
    number: row.number,
    meeting: row.meeting_id !== null && row.starts_at !== null ? { id: row.meeting_id, startsAt: fromText(row.starts_at) } : null,
    item:
      row.item_id === null ? null : { id: row.item_id, number: itsNumber, title: row.openness === 'hidden' ? null : row.title },
    motion: row.motion_id,
    outcome: row.outcome,
    how: row.how,
    openness: row.openness,
    published,
    reported: row.reported_to,
    content: row.openness === 'open' || published ? { open: content } : { hidden: new Restricted(content) },
    corrects: row.corrects,
    correctedBy: row.corrected_by,
    ratifies: row.ratifies,
    ratifiedBy: row.ratified_by,
    termsId: row.terms_id,
    at: fromText(row.at),
    by: row.by_person_id !== null && row.by_name !== null ? { id: row.by_person_id, name: row.by_name } : null,
  }
}

/** An entry of the register by its id, or null. */
export async function findDecision(db: Db, id: string): Promise<Decision | null> {
  const row = await rows(db).where('decision.id', '=', id).executeTakeFirst()
  return row ? decisionFrom(row) : null
}

/** The entry that says what became of a motion, or null. */
export async function decisionOn(db: Db, motion: string): Promise<Decision | null> {
  const row = await rows(db).where('decision.motion_id', '=', motion).orderBy('decision.number').executeTakeFirst()
  return row ? decisionFrom(row) : null
}

/** The register of a board, the last entry first. */
export async function registerOf(db: Db, board: string): Promise<readonly Decision[]> {
  return (await rows(db).where('decision.board_id', '=', board).orderBy('decision.number', 'desc').execute()).map(decisionFrom)
}

/** What a meeting decided, in its order. */
export async function decidedAt(db: Db, meeting: string): Promise<readonly Decision[]> {
  return (await rows(db).where('decision.meeting_id', '=', meeting).orderBy('decision.number').execute()).map(decisionFrom)
}

const unanswered = (how: 'delegated' | 'recommended'): ReturnType<typeof sql<SqlBool>> =>
  how === 'delegated'
    ? sql<SqlBool>`decision.how = 'delegated' and not exists (select 1 from decision_mark where decision_mark.decision_id = decision.id and decision_mark.mark = 'reported')`
    : sql<SqlBool>`decision.outcome = 'recommended' and not exists (select 1 from decision as ratifying where ratifying.ratifies_id = decision.id and ratifying.outcome = 'resolved')
        and not exists (select 1 from decision as correcting where correcting.corrects_id = decision.id)`

/** An entry of a board by its number, or null. */
export async function entryNumbered(db: Db, board: string, number: number): Promise<Decision | null> {
  const row = await rows(db).where('decision.board_id', '=', board).where('decision.number', '=', number).executeTakeFirst()
  return row ? decisionFrom(row) : null
}

/** What was decided between meetings and is not reported yet, or recommended and not ratified yet; the first first. */
export async function waitingIn(db: Db, board: string, how: 'delegated' | 'recommended'): Promise<readonly Decision[]> {
  const found = await rows(db).where('decision.board_id', '=', board).where(unanswered(how)).orderBy('decision.number').execute()
  return found.map(decisionFrom)
}

export interface NewDecision {
  readonly board: string
  readonly meeting: string | null
  readonly item: string | null
  readonly motion: string | null
  readonly outcome: Decision['outcome']
  readonly how: Decision['how']
  readonly words: string
  readonly openness: Decision['openness']
  readonly account: Account
  readonly corrects: string | null
  readonly ratifies: string | null
  readonly termsId: string
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** What the journal keeps of an entry: by its mark the words can be held against it, and are not in it. */
export interface Entered {
  readonly decision: string
  readonly number: number
  readonly outcome: Decision['outcome']
  readonly how: Decision['how']
  readonly entry: string
}

/** Every column of an entry: renumbered, opened or linked otherwise it is another. */
const markOf = (row: Schema['decision']): string =>
  hashOf(
    JSON.stringify([
      row.id,
      row.board_id,
      row.number,
      row.meeting_id,
      row.item_id,
      row.motion_id,
      row.outcome,
      row.how,
      row.words,
      row.openness,
      row.account,
      row.corrects_id,
      row.ratifies_id,
      row.terms_id,
      row.at,
      row.by_person_id,
    ]),
  )

/** Enters a decision into the register, under the board's next number. */
export async function addDecision(tx: Tx, entry: NewDecision): Promise<Entered> {
  const id = newId()
  const { board, meeting, item, motion, outcome, how, words, openness, account, corrects, ratifies, termsId, at, by } = entry
  const row = {
    id,
    board_id: board,
    meeting_id: meeting,
    item_id: item,
    motion_id: motion,
    outcome,
    how,
    words,
    openness,
    account: JSON.stringify(account),
    corrects_id: corrects,
    ratifies_id: ratifies,
    terms_id: termsId,
    at: toText(at),
    by_person_id: by,
  }
  const { number } = await tx
    .insertInto('decision')
    .values((one) => ({
      ...row,
      number: one
        .selectFrom('decision')
        .where('board_id', '=', board)
        .select((last) => sql<number>`coalesce(${last.fn.max('number')}, 0) + 1`.as('next')),
    }))
    .returning('number')
    .executeTakeFirstOrThrow()
  return { decision: id, number, outcome, how, entry: markOf({ ...row, number }) }
}

/** Marks what was done with an entry since. Marked again, it changes nothing. */
export async function markDecision(
  tx: Tx,
  decision: string,
  mark: Schema['decision_mark']['mark'],
  { meeting, at, by }: { readonly meeting: string | null; readonly at: Temporal.Instant; readonly by: string | null },
): Promise<void> {
  await tx
    .insertInto('decision_mark')
    .values({ decision_id: decision, mark, meeting_id: meeting, at: toText(at), by_person_id: by })
    .onConflict((once) => once.columns(['decision_id', 'mark']).doNothing())
    .execute()
}

const Said = z.object({ outcome: z.object({ entered: z.array(z.object({ decision: z.string(), entry: z.string() })) }) })

/** Where the register is not as the journal has it; a sentence each. */
export async function registerAgrees(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const kept = await db.selectFrom('decision').selectAll().where('board_id', '=', board).execute()
  const marks = new Map(kept.map((row) => [row.id, markOf(row)]))
  const said = payloads.flatMap((payload) => {
    const read = Said.safeParse(payload)
    return read.success ? read.data.outcome.entered : []
  })
  return [
    ...said
      .filter(({ decision, entry }) => marks.get(decision) !== entry)
      .map(({ decision }) => `The decision ${decision} is not in the register as it was journaled.`),
    ...(complete ? kept : [])
      .filter(({ id }) => !said.some(({ decision }) => decision === id))
      .map(({ id }) => `The register holds a decision ${id} that the journal does not know.`),
  ]
}
