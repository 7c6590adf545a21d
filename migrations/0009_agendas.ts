import type { Kysely } from 'kysely'

/** A board's sections and standing items, and the agenda of each meeting. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('section')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('letter', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('restricted', 'integer', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull()) // that set it
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .execute()
  await db.schema.createIndex('section_board').on('section').column('board_id').execute()
  await db.schema
    .createTable('standing_item')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('letter', 'text', (c) => c.notNull()) // of its section
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull()) // what the bot knows of it: notes, elections, review, dates …; or nothing
    .addColumn('form', 'text', (c) => c.notNull()) // paper, verbal, presentation or to follow
    .addColumn('purpose', 'text') // decision or information
    .addColumn('decision', 'text', (c) => c.notNull()) // that set it
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .addColumn('ended_by', 'text') // the decision that ended it
    .execute()
  await db.schema.createIndex('standing_item_board').on('standing_item').column('board_id').execute()
  await db.schema
    .createTable('agenda')
    .addColumn('meeting_id', 'text', (c) => c.primaryKey().notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('state', 'text', (c) => c.notNull()) // draft or agreed
    .addColumn('agreed_at', 'text') // instant, UTC, three decimals, board's clock
    .addColumn('agreed_by_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // whose right it was
    .addColumn('recorded_by_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('terms_id', 'text', (c) => c.references('terms.id').onDelete('restrict')) // the rules under which it was agreed
    .execute()
  await db.schema
    .createTable('agenda_section')
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('agenda.meeting_id').onDelete('restrict'))
    .addColumn('letter', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('restricted', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('agenda_section_pk', ['meeting_id', 'letter'])
    .execute()
  await db.schema
    .createTable('item')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('agenda.meeting_id').onDelete('restrict'))
    .addColumn('letter', 'text') // of its section; null while it is only proposed
    .addColumn('number', 'integer') // 1, 2, 3 … in its section
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text')
    .addColumn('openness', 'text', (c) => c.notNull()) // open, restricted (its title is public) or hidden
    .addColumn('state', 'text', (c) => c.notNull()) // proposed, placed, declined or withdrawn
    .addColumn('presenter', 'text')
    .addColumn('first_page', 'integer') // of the pack
    .addColumn('last_page', 'integer')
    .addColumn('late_reason', 'text') // the chair's, where it was added after the agenda was agreed
    .addColumn('why', 'text') // of a proposal, or of what became of it
    .addColumn('proposed_by_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: drafted, or the operator
    .addColumn('proposed_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('item_number', ['meeting_id', 'letter', 'number'])
    .execute()
}
