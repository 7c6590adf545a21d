import { type Kysely, sql } from 'kysely'

/** The addresses to which calendar programs subscribe; one stands for each board and each person, and the indexes are the rule. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calendar_link')
    .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull()) // SHA-256, hex: the secret itself is kept nowhere
    .addColumn('kind', 'text', (c) => c.notNull()) // board, person
    .addColumn('board_id', 'text', (c) => c.references('board.id').onDelete('restrict')) // null: a person's
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: a board's
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('made_at', 'text', (c) => c.notNull()) // instant, UTC, three decimals
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addColumn('revoked_at', 'text')
    .execute()
  for (const owner of ['board_id', 'person_id'] as const) {
    await db.schema
      .createIndex(`calendar_link_${owner}`)
      .on('calendar_link')
      .unique()
      .column(owner)
      .where(sql`revoked_at`, 'is', null)
      .execute()
  }
}
