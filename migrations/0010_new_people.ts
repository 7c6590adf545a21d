import type { Kysely } from 'kysely'

/** People who were named as substitutes and whom nobody knows yet: the clerk confirms who they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('person')
    .addColumn('confirmed', 'integer', (c) => c.notNull().defaultTo(1)) // 0: named by a member, and not yet known to the clerk
    .execute()
  await db.schema.createIndex('person_confirmed').on('person').columns(['tenant_id', 'confirmed']).execute()
}
