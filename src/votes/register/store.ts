import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db, Schema, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { Restricted } from '../../kernel/restricted.js'
import { hashOf } from '../../kernel/secret.js'
import { fromText, toText } from '../../kernel/time.js'
import { opennessOf } from '../store.js'
import type { Account, Decision, Inside } from './rules.js'

/** How closed something is, the least first. */
export const CLOSED: readonly Decision['openness'][] = ['open', 'restricted', 'hidden']

const rows = (db: Db) =>
  db
    .selectFrom('decision')
    .leftJoin('meeting', 'meeting.id', 'decision.meeting_id')
    .leftJoin('item', 'item.id', 'decision.item_id')
    .leftJoin('paper', 'paper.item_id', 'item.id')
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
    .select(['item.openness as item_openness', 'paper.marking', 'published.at as published_at'])
    .select([sql<string | null>`corrected.series || corrected.number`.as('corrects')])
    .select([sql<string | null>`ratified.series || ratified.number`.as('ratifies')])
    .select(['reported.meeting_id as reported_to', 'person.name as by_name'])
    .select((row) => [
      row
        .selectFrom('decision as later')
        .whereRef('later.corrects_id', '=', 'decision.id')
        .select(sql<string>`later.series || later.number`.as('number'))
        .orderBy('later.number', 'desc')
        .limit(1)
        .as('corrected_by'),
      row
        .selectFrom('decision as ratifying')
        .whereRef('ratifying.ratifies_id', '=', 'decision.id')
        .where('ratifying.outcome', '=', 'resolved')
        .select(sql<string>`ratifying.series || ratifying.number`.as('number'))
        .orderBy('ratifying.number')
        .limit(1)
        .as('ratified_by'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

/** How closed an entry is: as it was when it was made, or by how its item and its paper are marked since, whichever is more. */
function opennessNow({ openness, item_openness, marking }: Row): Decision['openness'] {
  const since = item_openness === null ? 'open' : opennessOf(item_openness, marking)
  return CLOSED.indexOf(since) > CLOSED.indexOf(openness) ? since : openness
}

/** The words alone are published, and the figures: why somebody did not agree stays with the item. */
const withoutReasons = (inside: Inside): Inside => ({
  ...inside,
  account: { ...inside.account, dissents: inside.account.dissents.map((one) => ({ ...one, why: null })) },
})

function decisionFrom(row: Row): Decision {
  const published = row.published_at !== null
  const openness = opennessNow(row)
  const inside: Inside = { words: row.words, account: JSON.parse(row.account) as Account, title: row.title }
  const itsNumber = row.letter !== null && row.item_number !== null ? `${row.letter}${row.item_number}` : ''
  const shown = openness === 'open' ? inside : published ? withoutReasons(inside) : null
  return {
    id: row.id,
    board: row.board_id,
    number: `${row.series}${row.number}`,
    meeting: row.meeting_id !== null && row.starts_at !== null ? { id: row.meeting_id, startsAt: fromText(row.starts_at) } : null,
    item: row.item_id === null ? null : { id: row.item_id, number: itsNumber, title: openness === 'hidden' ? null : row.title },
    motion: row.motion_id,
    outcome: row.outcome,
    how: row.how,
    openness,
    published,
    reported: row.reported_to,
    content: shown ? { open: shown } : { hidden: new Restricted(inside) },
    whole: openness !== 'open' && published ? new Restricted(inside) : null,
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
  const found = await rows(db)
    .where('decision.board_id', '=', board)
    .orderBy('decision.at', 'desc')
    .orderBy('decision.series')
    .orderBy('decision.number', 'desc')
    .execute()
  return found.map(decisionFrom)
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
export async function entryNumbered(db: Db, board: string, number: string): Promise<Decision | null> {
  const [, series = '', digits = ''] = /^(X?)(\d+)$/i.exec(number) ?? []
  const row = await rows(db)
    .where('decision.board_id', '=', board)
    .where('decision.series', '=', series === '' ? '' : 'X')
    .where('decision.number', '=', Number(digits))
    .executeTakeFirst()
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
  readonly number: string
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
      row.series,
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
  const series: Schema['decision']['series'] = openness === 'hidden' ? 'X' : ''
  const row = {
    id,
    board_id: board,
    series,
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
        .where('series', '=', series)
        .select((last) => sql<number>`coalesce(${last.fn.max('number')}, 0) + 1`.as('next')),
    }))
    .returning('number')
    .executeTakeFirstOrThrow()
  return { decision: id, number: `${series}${number}`, outcome, how, entry: markOf({ ...row, number }) }
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

const MarkSaid = z.object({
  input: z.object({ subject: z.string() }),
  outcome: z.object({ published: z.boolean().optional(), reported: z.string().optional() }),
})

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
  const marked = payloads.flatMap((payload) => {
    const read = MarkSaid.safeParse(payload)
    if (!read.success) return []
    const { input, outcome } = read.data
    return [
      ...(outcome.published ? [`${input.subject} published`] : []),
      ...(outcome.reported ? [`${input.subject} reported`] : []),
    ]
  })
  const found = await db
    .selectFrom('decision_mark')
    .innerJoin('decision', 'decision.id', 'decision_mark.decision_id')
    .where('decision.board_id', '=', board)
    .select(['decision_mark.decision_id', 'decision_mark.mark'])
    .execute()
  const kinds = found.map(({ decision_id, mark }) => `${decision_id} ${mark}`)
  return [
    ...marked.filter((one) => !kinds.includes(one)).map((one) => `That the decision ${one} is not recorded any more.`),
    ...(complete ? kinds : [])
      .filter((one) => !marked.includes(one))
      .map((one) => `The journal does not know that the decision ${one}.`),
    ...said
      .filter(({ decision, entry }) => marks.get(decision) !== entry)
      .map(({ decision }) => `The decision ${decision} is not in the register as it was journaled.`),
    ...(complete ? kept : [])
      .filter(({ id }) => !said.some(({ decision }) => decision === id))
      .map(({ id }) => `The register holds a decision ${id} that the journal does not know.`),
  ]
}
