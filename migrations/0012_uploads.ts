import type { Kysely } from 'kysely'

/** Files that somebody has sent and that may yet become part of something: kept for a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('upload')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addColumn('sha256', 'text', (c) => c.notNull()) // hex: where the file lies
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull()) // media type
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, system clock
    .execute()
  await db.schema.createIndex('upload_at').on('upload').column('at').execute()
  await db.schema.createIndex('upload_person').on('upload').columns(['person_id', 'at']).execute()
  await db.schema.createIndex('upload_sha256').on('upload').column('sha256').execute()
}
