import { type Kysely, sql } from 'kysely'

/**
 * Who is who in chat, which places others than the board read, and who cannot be reached there. What a code is, is kept
 * nowhere: only its hash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['workspace', 'identity', 'place']) {
    await db.schema.alterTable(table).addColumn('lost_at', 'text').execute() // instant, board's clock; null: it is reached
    await db.schema.alterTable(table).addColumn('lost_why', 'text').execute() // the platform's word for it
  }
  await db.schema
    .alterTable('place')
    .addColumn('open_to', 'text', (c) => c.notNull().defaultTo('')) // '', public, shared, guests: others than the board read there
    .execute()
  await db.schema
    .alterTable('place')
    .addColumn('guests', 'text', (c) => c.notNull().defaultTo('[]')) // JSON: users in it who are guests of the workspace
    .execute()
  await db.schema
    .alterTable('place')
    .addColumn('name', 'text', (c) => c.notNull().defaultTo('')) // as people call it
    .execute()
  await db.schema
    .alterTable('notice')
    .addColumn('begun', 'integer', (c) => c.notNull().defaultTo(0)) // sendings of which it is not known that they failed
    .execute()
  await db.schema
    .createTable('one_time_code')
    .addColumn('person_id', 'text', (c) => c.primaryKey().notNull().references('person.id').onDelete('restrict'))
    .addColumn('hash', 'text', (c) => c.notNull().unique()) // SHA-256, hex
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict')) // whose clerk made it
    .addColumn('good_until', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('not_theirs') // accounts that a clerk has said are not somebody's: no address makes them theirs again
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('not_theirs_pk', ['platform', 'workspace', 'user_id', 'person_id'])
    .execute()
  await db.schema
    .createTable('loss')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('place_id', 'text') // neither a person nor a place: the workspace itself
    .addColumn('why', 'text', (c) => c.notNull()) // the platform's word for it
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema.createIndex('loss_board').on('loss').columns(['board_id', 'ended_at']).execute()
  // What is public, or shared with another organisation, already.
  await sql`update place set open_to = kind where kind in ('public', 'shared')`.execute(db)
}
