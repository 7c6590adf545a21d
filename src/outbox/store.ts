import type { Temporal } from 'temporal-polyfill'
import type { Db, Schema, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import type { Due, NoticeKind } from '../kernel/notice.js'
import { dayOf, toText } from '../kernel/time.js'

/** Before every instant: may be taken up at once. */
export const AT_ONCE = '0000-00-00'

/** Whom a notice is for; an office is passed to whoever holds it when the notice is sent. */
export type Recipient =
  | { readonly person: string }
  | { readonly office: 'clerk' }
  | { readonly place: { readonly platform: string; readonly workspace: string; readonly id: string } }

/** One text a recipient: an office is another on each board. */
const recipientText = (to: Recipient, board: string): string =>
  'person' in to
    ? `person:${to.person}`
    : 'office' in to
      ? `office:${to.office}:${board}`
      : `place:${JSON.stringify([to.place.platform, to.place.workspace, to.place.id])}`

export interface ToSend {
  readonly notice: string
  readonly kind: NoticeKind
  readonly subject: string
  readonly board: string
  readonly to: Recipient
  /** day of the board's zone for a reminder; empty for what goes at once */
  readonly date?: string
}

/** Queues messages in the transaction that gives rise to them. The same one queued again changes nothing. */
export async function notify(tx: Tx, messages: readonly ToSend[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ notice, kind, subject, board, to, date }) => ({
    id: newId(),
    notice,
    kind,
    subject,
    board_id: board,
    recipient: recipientText(to, board),
    due_date: date ?? '',
    wanted: 1,
    shown: 0,
    state: 'waiting' as const,
    not_before: AT_ONCE,
    leased_until: AT_ONCE,
    attempts: 0,
  }))
  await tx
    .insertInto('notice')
    .values(rows)
    .onConflict((once) => once.columns(['subject', 'notice', 'recipient', 'due_date']).doNothing())
    .execute()
}

/** Says that what live messages about `subject` show has changed, of all who have one or of one person. */
export async function refresh(tx: Tx, subject: string, shown: readonly { notice: string; person?: string }[]): Promise<void> {
  await tx
    .updateTable('notice')
    .set((row) => ({ wanted: row('wanted', '+', 1), state: 'waiting' }))
    .where('subject', '=', subject)
    .where('kind', '=', 'live')
    .where((row) =>
      row.or(
        shown.map(({ notice, person }) =>
          person === undefined
            ? row('notice', '=', notice)
            : row.and([row('notice', '=', notice), row('recipient', '=', `person:${person}`)]),
        ),
      ),
    )
    .execute()
}

/** Queues the reminders that fell due, and how far the notice has been asked. */
export async function recordTick(tx: Tx, notice: string, due: readonly Due[], until: Temporal.Instant) {
  await notify(
    tx,
    due.map(({ subject, person, date, board }) => ({ notice, kind: 'reminder', subject, board, to: { person }, date })),
  )
  await tx
    .insertInto('tick')
    .values({ notice, until: toText(until) })
    .onConflict((known) => known.column('notice').doUpdateSet({ until: toText(until) }))
    .execute()
}

/** Up to when each reminder has been asked what is due, by the notice's name. */
export async function ticked(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('tick').selectAll().execute()
  return new Map(rows.map((row) => [row.notice, row.until]))
}

export type Waiting = Schema['notice']

/**
 * What may be taken up now, oldest first, leaving out who was written to within the second: however much waits for
 * one of them, it holds up nobody else. A search by the index of state and time.
 */
export const waitingAt = (db: Db, now: string, paced: readonly string[], most: number) =>
  db
    .selectFrom('notice')
    .select(['id', 'recipient'])
    .where('state', '=', 'waiting')
    .where('not_before', '<=', now)
    .where('leased_until', '<=', now)
    .$if(paced.length > 0, (query) => query.where('recipient', 'not in', paced))
    .orderBy('not_before')
    .limit(most)

/** When the next one may be taken up, or null if nothing waits. */
export async function nextWaiting(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('notice')
    .select(['not_before', 'leased_until'])
    .where('state', '=', 'waiting')
    .orderBy('not_before')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return [row.not_before, row.leased_until].sort().at(-1) ?? null
}

/** Takes rows up for sending until the lease ends. Only those that nobody else has taken meanwhile. */
export async function lease(tx: Tx, ids: readonly string[], now: string, until: string): Promise<readonly Waiting[]> {
  return tx
    .updateTable('notice')
    .set({ leased_until: until })
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .where('leased_until', '<=', now)
    .returningAll()
    .execute()
}

export interface Sent {
  readonly platform: string
  readonly workspace: string
  readonly conversation: string
  readonly message: string
  readonly hash: string
  readonly at: string
  /** for a live message: not updated again before this */
  readonly notBefore: string
}

/** Marks what was sent. A live message that has changed since it was drawn goes on waiting. */
export async function markSent(tx: Tx, { id, wanted }: Waiting, sent: Sent): Promise<void> {
  await tx
    .updateTable('notice')
    .set((row) => ({
      shown: wanted,
      state: row
        .case()
        .when('wanted', '>', wanted)
        .then('waiting' as const)
        .else('sent' as const)
        .end(),
      not_before: sent.notBefore,
      leased_until: AT_ONCE,
      attempts: 0,
      platform: sent.platform,
      workspace: sent.workspace,
      conversation: sent.conversation,
      message: sent.message,
      sent_at: sent.at,
      sent_hash: sent.hash,
      why: null,
    }))
    .where('id', '=', id)
    .execute()
}

/** Marks what will not be sent, and why. */
export async function markEnded(tx: Tx, id: string, state: 'dropped' | 'failed', why: string): Promise<void> {
  await tx.updateTable('notice').set({ state, why, leased_until: AT_ONCE }).where('id', '=', id).execute()
}

/** Puts one back to be tried again later. */
export async function markLater(tx: Tx, { id, attempts }: Waiting, notBefore: string, why: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ not_before: notBefore, leased_until: AT_ONCE, attempts: attempts + 1, why })
    .where('id', '=', id)
    .execute()
}

/** One identity a person: the preferred one, else the first by name of platform. */
export async function addressOf(db: Db, person: string) {
  return db
    .selectFrom('identity')
    .select(['platform', 'workspace', 'user_id'])
    .where('person_id', '=', person)
    .orderBy('preferred', 'desc')
    .orderBy('platform')
    .limit(1)
    .executeTakeFirst()
}

export const isOffice = (recipient: string): boolean => recipient.startsWith('office:')

/** Who holds an office of a board, as a recipient names it, at an instant; none when it is vacant. */
export async function holdersOf(db: Db, recipient: string, now: Temporal.Instant): Promise<readonly string[]> {
  const [, office, board = ''] = recipient.split(':')
  const { zone } = await db.selectFrom('board').select('zone').where('id', '=', board).executeTakeFirstOrThrow()
  const today = dayOf(now, zone).toString()
  const rows = await db
    .selectFrom('office')
    .select('person_id')
    .where('board_id', '=', board)
    .where('office', '=', office as Schema['office']['office'])
    .where('from_day', '<=', today)
    .where((row) => row.or([row('until_day', 'is', null), row('until_day', '>', today)]))
    .orderBy('from_day')
    .execute()
  return rows.map((row) => row.person_id)
}

/** Makes of each row that waits for an office one row for each who holds it. */
export async function passToHolders(tx: Tx, office: string, holders: readonly string[]): Promise<void> {
  const rows = await tx
    .deleteFrom('notice')
    .where('recipient', '=', office)
    .where('state', '=', 'waiting')
    .returningAll()
    .execute()
  const passed = rows.flatMap(({ notice, kind, subject, board_id: board, due_date: date }) =>
    holders.map((person) => ({ notice, kind, subject, board, to: { person }, date })),
  )
  await notify(tx, passed)
}

/** Lets what waits for a vacant office wait on, and says why. */
export async function waitForHolders(tx: Tx, office: string, notBefore: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ not_before: notBefore, why: 'the office is vacant' })
    .where('recipient', '=', office)
    .where('state', '=', 'waiting')
    .execute()
}
