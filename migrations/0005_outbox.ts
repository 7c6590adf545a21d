import type { Kysely } from 'kysely'

/** Messages to others than the speaker, each written in the transaction that gave rise to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('queued', 'integer', (c) => c.notNull()) // 1, 2, 3 … as they were queued
    .addColumn('notice', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull()) // live, reminder or dispatch
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('board_id', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('due_date', 'text', (c) => c.notNull()) // day of the board's zone; empty: at once
    .addColumn('wanted', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull()) // waiting, sent, dropped or failed
    .addColumn('not_before', 'text', (c) => c.notNull()) // instant, UTC, three decimals, system clock
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('platform', 'text')
    .addColumn('workspace', 'text')
    .addColumn('conversation', 'text')
    .addColumn('message', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('sent_hash', 'text')
    .addColumn('why', 'text')
    .addUniqueConstraint('notice_once', ['subject', 'notice', 'recipient', 'due_date'])
    .execute()
  await db.schema.createIndex('notice_queued').on('notice').column('queued').execute()
  await db.schema.createIndex('notice_recipient').on('notice').columns(['recipient', 'state']).execute()
  await db.schema.createIndex('notice_waiting').on('notice').columns(['state', 'not_before']).execute()
  await db.schema
    .createTable('tick')
    .addColumn('notice', 'text', (c) => c.primaryKey().notNull())
    .addColumn('until', 'text', (c) => c.notNull()) // instant up to which it has been asked what is due, board's clock
    .execute()
}
