import type { Kysely } from 'kysely'

/** A motion may remove somebody from an office: of which, and whom. Both null for every other motion. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('motion')
    .addColumn('removes_office', 'text') // chair, vice-chair, co-chair
    .execute()
  await db.schema
    .alterTable('motion')
    .addColumn('removes_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .execute()
}
