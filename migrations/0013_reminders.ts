import type { Kysely } from 'kysely'

/** What is to be said when: planned ahead, so that what falls due is found by an index, and kept with what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reminder')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('meeting_id', 'text', (c) => c.references('meeting.id').onDelete('restrict'))
    .addColumn('notice', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull()) // empty: whom the notice names when it falls due
    .addColumn('due_at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addColumn('due_date', 'text', (c) => c.notNull()) // day of the board's zone, with the hour where it may come twice a day
    .addColumn('state', 'text', (c) => c.notNull()) // planned, queued, dropped, missed or stopped
    .addColumn('why', 'text')
    .addColumn('settled_at', 'text')
    .addUniqueConstraint('reminder_once', ['subject', 'notice', 'person_id', 'due_date'])
    .execute()
  await db.schema.createIndex('reminder_due').on('reminder').columns(['state', 'due_at']).execute()
  await db.schema.createIndex('reminder_meeting').on('reminder').columns(['meeting_id', 'state']).execute()
  await db.schema.createIndex('reminder_board').on('reminder').columns(['board_id', 'state', 'due_at']).execute()
  // Who does not want to hear of something any more.
  await db.schema
    .createTable('reminder_mute')
    .addColumn('notice', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminder_mute_pk', ['subject', 'notice', 'person_id'])
    .execute()
  // What a clerk had the bot remind people of, in the clerk's own words.
  await db.schema
    .createTable('said_reminder')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('meeting_id', 'text', (c) => c.references('meeting.id').onDelete('restrict'))
    .addColumn('whom', 'text', (c) => c.notNull()) // everyone, members, chair, clerk, or a person's id
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // empty: the operator
    .execute()
}
