import type { Kysely } from 'kysely'

/** What arrived, so that a repeat is known; and what was done, in one chain a board. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('refusal', 'text')
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, system clock
    .addPrimaryKeyConstraint('delivery_pk', ['platform', 'workspace', 'user_id', 'id'])
    .execute()
  await db.schema.createIndex('delivery_at').on('delivery').column('at').execute()
  await db.schema
    .createTable('journal')
    .addColumn('board_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull()) // 1, 2, 3 … in each board's chain
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addColumn('actor', 'text', (c) => c.notNull()) // a person's id, or `operator`
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('commitment', 'text') // HMAC-SHA256 of the payload, hex; null where the input is secret
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journal_pk', ['board_id', 'seq'])
    .execute()
  await db.schema
    .createTable('journal_payload')
    .addColumn('board_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journal_payload_pk', ['board_id', 'seq'])
    .addForeignKeyConstraint('journal_payload_entry', ['board_id', 'seq'], 'journal', ['board_id', 'seq'])
    .execute()
}
