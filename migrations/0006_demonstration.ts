import type { Kysely } from 'kysely'

/** The demonstration's stamp and clock, and what stands on its page; empty in a real database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('demonstration')
    .addColumn('stamp', 'text', (c) => c.primaryKey().notNull())
    .addColumn('clock_ahead_ms', 'bigint', (c) => c.notNull()) // milliseconds ahead of the system's clock
    .execute()
  await db.schema
    .createTable('page_message')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('position', 'integer', (c) => c.notNull()) // 1, 2, 3 … as they were posted
    .addColumn('revision', 'integer', (c) => c.notNull()) // rises with everything posted or changed
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('viewer', 'text')
    .addColumn('author', 'text')
    .addColumn('words', 'text')
    .addColumn('card', 'text') // JSON, as the page draws it
    .addColumn('plain', 'text')
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addColumn('edited', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('page_message_revision').on('page_message').column('revision').execute()
  await db.schema.createIndex('page_message_position').on('page_message').column('position').execute()
  await db.schema.createIndex('page_message_place').on('page_message').columns(['place', 'position']).execute()
}
