import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Db, Schema, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import type { Due, Notice } from '../kernel/notice.js'
import { toText } from '../kernel/time.js'
import { type Recipient, recipientFrom, recipientText } from './recipient.js'

/** Before every instant: may be taken up at once. */
export const AT_ONCE = '0000-00-00'

export interface ToSend {
  readonly notice: Notice
  readonly subject: string
  readonly board: string
  readonly to: Recipient
  /** day of the board's zone for a reminder; none for what goes at once */
  readonly date?: string
}

/** Queues messages in the transaction that gives rise to them. The same one queued again changes nothing. */
export async function notify(tx: Tx, messages: readonly ToSend[]): Promise<void> {
  await queue(
    tx,
    messages.map(({ notice, subject, board, to, date }) => ({
      notice: notice.name,
      kind: notice.kind,
      subject,
      board_id: board,
      recipient: recipientText(to, board),
      due_date: date ?? '',
    })),
  )
}

export type Queued = Pick<Schema['notice'], 'notice' | 'kind' | 'subject' | 'board_id' | 'recipient' | 'due_date'>

/** The rows as they are; queued in the order given. */
export async function queue(tx: Tx, messages: readonly Queued[]): Promise<void> {
  if (messages.length === 0) return
  await tx
    .insertInto('notice')
    .values((row) =>
      messages.map((message, at) => ({
        ...message,
        id: newId(),
        queued: row
          .selectFrom('notice')
          .select((last) => sql<number>`coalesce(${last.fn.max('queued')}, 0) + ${sql.lit(at + 1)}`.as('next')),
        wanted: 1,
        state: 'waiting' as const,
        not_before: AT_ONCE,
        attempts: 0,
        begun: 0,
      })),
    )
    .onConflict((once) => once.columns(['subject', 'notice', 'recipient', 'due_date']).doNothing())
    .execute()
}

/** Says that what live messages about some subject, or several, show has changed, for everybody who has one. */
export async function refresh(tx: Tx, subjects: string | readonly string[], shown: readonly Notice[]): Promise<void> {
  await tx
    .updateTable('notice')
    .set((row) => ({ wanted: row('wanted', '+', 1), state: 'waiting' }))
    .where('subject', 'in', typeof subjects === 'string' ? [subjects] : subjects)
    .where('kind', '=', 'live')
    .where(
      'notice',
      'in',
      shown.map(({ name }) => name),
    )
    .execute()
}

/** Queues the reminders that fell due, has what turned drawn anew, and keeps up to when the notice has been asked. */
export async function recordTick(
  tx: Tx,
  notice: Notice,
  { due, turned }: { due: readonly Due[]; turned: readonly string[] },
  until: Temporal.Instant,
): Promise<void> {
  await notify(
    tx,
    due.map(({ subject, person, date, board }) => ({ notice, subject, board, to: { person }, date })),
  )
  for (const subject of turned) await refresh(tx, subject, [notice])
  await tx
    .insertInto('tick')
    .values({ notice: notice.name, until: toText(until) })
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
 * What may be taken up now, in the order in which it was queued, leaving out `held`: who is being written to, or was
 * within the second. However much waits for one of them, it holds up nobody else. What was said to someone is not
 * overtaken by what was said to them later.
 */
export const waitingAt = (db: Db, now: string, held: readonly string[], most: number) =>
  db
    .selectFrom('notice')
    .select(['id', 'recipient', 'board_id'])
    .where('state', '=', 'waiting')
    .where('not_before', '<=', now)
    .$if(held.length > 0, (query) => query.where('recipient', 'not in', held))
    .where((row) =>
      row.or([
        row('kind', '=', 'live'),
        row.not(
          row.exists(
            row
              .selectFrom('notice as earlier')
              .whereRef('earlier.recipient', '=', 'notice.recipient')
              .where('earlier.state', '=', 'waiting')
              .where('earlier.kind', '!=', 'live')
              .where('earlier.attempts', '>', 0)
              .whereRef('earlier.queued', '<', 'notice.queued')
              .select('earlier.id'),
          ),
        ),
      ]),
    )
    .orderBy('queued')
    .limit(most)

/** When the next one may be taken up, or null if nothing waits. */
export async function nextWaiting(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('notice')
    .select('not_before')
    .where('state', '=', 'waiting')
    .orderBy('not_before')
    .limit(1)
    .executeTakeFirst()
  return row?.not_before ?? null
}

/** Rows taken up together at most: reminders that fell due for one person are one message, and a message has its length. */
const MOST_TOGETHER = 8

/**
 * Takes rows up for sending: nobody else takes them up until the lease ends. With a reminder to somebody go the others
 * that wait for them and were put off together with it, or never yet tried: nothing joins a message that may have been
 * taken already, so that it can be known by its first row.
 * @returns the rows in the order in which they were queued
 */
export async function lease(tx: Tx, ids: readonly string[], now: string, until: string): Promise<readonly Waiting[]> {
  const chosen = await tx
    .selectFrom('notice')
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .where('not_before', '<=', now)
    .select(['id', 'kind', 'recipient', 'not_before', 'attempts', 'begun'])
    .execute()
  if (chosen.length === 0) return []
  const companions: string[] = []
  for (const { id, kind, recipient, not_before, attempts, begun } of chosen) {
    if (kind !== 'reminder' || !('person' in recipientFrom(recipient))) continue
    const others = await tx
      .selectFrom('notice')
      .where('recipient', '=', recipient)
      .where('state', '=', 'waiting')
      .where('kind', '=', 'reminder')
      .where('not_before', '=', not_before)
      .where('attempts', '=', attempts)
      .where('begun', '=', begun)
      .where('id', '!=', id)
      .orderBy('queued')
      .limit(MOST_TOGETHER - 1)
      .select('id')
      .execute()
    companions.push(...others.map((one) => one.id))
  }
  const taken = await tx
    .updateTable('notice')
    .set((row) => ({ not_before: until, begun: row('begun', '+', 1) }))
    .where('id', 'in', [...chosen.map(({ id }) => id), ...companions])
    .where('state', '=', 'waiting')
    .where('not_before', '<=', now)
    .returningAll()
    .execute()
  return taken.sort((one, other) => one.queued - other.queued)
}

/** Whether a later reminder of the same waits for the same person: then that one is said, and not both. */
export async function isSaidLater(db: Db, { kind, notice, subject, recipient, queued }: Waiting): Promise<boolean> {
  if (kind !== 'reminder') return false
  const later = await db
    .selectFrom('notice')
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .where('recipient', '=', recipient)
    .where('kind', '=', 'reminder')
    .where('queued', '>', queued)
    // So put, it is looked for among those of the same subject.
    .where('state', 'not in', ['sent', 'dropped', 'failed'])
    .select('id')
    .executeTakeFirst()
  return later !== undefined
}

export interface Sent {
  readonly platform: string
  readonly workspace: string
  /** null: in nobody's conversation any more */
  readonly conversation: string | null
  readonly message: string | null
  readonly hash: string | null
  readonly at: string
}

/** Marks what was sent. A live message that has changed since it was drawn goes on waiting. */
export async function markSent(tx: Tx, { id, wanted }: Waiting, { hash, at, ...message }: Sent): Promise<void> {
  await tx
    .updateTable('notice')
    .set((row) => ({
      ...message,
      state: row
        .case()
        .when('wanted', '>', wanted)
        .then('waiting' as const)
        .else('sent' as const)
        .end(),
      not_before: AT_ONCE,
      attempts: 0,
      begun: 0,
      sent_at: at,
      sent_hash: hash,
      why: null,
    }))
    .where('id', '=', id)
    .execute()
}

/** Marks what will not be sent, and why. */
export async function markEnded(tx: Tx, id: string, state: 'dropped' | 'failed', why: string): Promise<void> {
  // A live message may be wanted again, and does not wait then for the end of its lease.
  await tx.updateTable('notice').set({ state, why, not_before: AT_ONCE, begun: 0 }).where('id', '=', id).execute()
}

/** Puts one back to be tried again later. @param taken whether it may have been taken all the same */
export async function markLater(
  tx: Tx,
  { id, attempts, begun }: Waiting,
  notBefore: string,
  why: string,
  taken: boolean,
): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ not_before: notBefore, attempts: attempts + 1, begun: taken ? begun : begun - 1, why })
    .where('id', '=', id)
    .execute()
}
