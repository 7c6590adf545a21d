import { type Kysely, sql } from 'kysely'

/** Meetings, and what each seat has answered; a later answer stands in place of an earlier one, which is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('meeting')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('starts_at', 'text', (c) => c.notNull()) // instant, UTC, three decimals
    .addColumn('venue', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull()) // called or cancelled
    .execute()
  await db.schema.createIndex('meeting_coming').on('meeting').columns(['board_id', 'starts_at']).execute()
  await db.schema.createIndex('meeting_starts').on('meeting').columns(['starts_at']).execute()
  await db.schema
    .createTable('answer')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seat.id').onDelete('restrict'))
    .addColumn('version', 'integer', (c) => c.notNull()) // 1, 2, 3 …: the highest stands
    .addColumn('attending', 'integer', (c) => c.notNull()) // 1 attending, 0 apologies
    .addColumn('substitute_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('for_person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict')) // who held the seat then
    .addColumn('by_person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addUniqueConstraint('answer_version', ['meeting_id', 'seat_id', 'version'])
    .addCheckConstraint('answer_substitute', sql`attending = 0 or substitute_id is null`)
    .execute()
  await db.schema.createIndex('answer_of_substitute').on('answer').column('substitute_id').execute()
}
