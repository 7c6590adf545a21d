import type { Kysely } from 'kysely'

/** Whether a paper that did not go out in time was taken: of the rows of one item the highest `seq` stands. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('late_paper')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seq', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its meeting
    .addColumn('item_id', 'text', (c) => c.notNull().references('item.id').onDelete('restrict'))
    .addColumn('taken', 'integer', (c) => c.notNull()) // 1, or 0
    .addColumn('why', 'text')
    .addColumn('presiding_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // who presided when it was said
    .addColumn('recorded_at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addPrimaryKeyConstraint('late_paper_pk', ['meeting_id', 'seq'])
    .execute()
}
