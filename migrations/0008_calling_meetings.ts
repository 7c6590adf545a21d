import { type Kysely, sql } from 'kysely'

/** Who called a meeting and under which rule, what has become of it since, the agreed cycle, and who is invited to one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('meeting')
    .addColumn('kind', 'text', (c) => c.notNull().defaultTo('ordinary'))
    .execute() // or extraordinary
  await db.schema
    .alterTable('meeting')
    .addColumn('minutes', 'integer', (c) => c.notNull().defaultTo(120))
    .execute() // as long as it is planned for
  await db.schema.alterTable('meeting').addColumn('link', 'text').execute() // where it is joined online
  await db.schema.alterTable('meeting').addColumn('need', 'text').execute() // for what an extraordinary meeting is called
  await db.schema
    .alterTable('meeting')
    .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
  await db.schema
    .createTable('meeting_version')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('revision', 'integer', (c) => c.notNull()) // 1, 2, 3 …: as it was called, moved, cancelled
    .addColumn('starts_at', 'text', (c) => c.notNull())
    .addColumn('venue', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('why', 'text')
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .addColumn('for_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // whose right it was, if another's
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict')) // the rules then in force
    .addUniqueConstraint('meeting_version_revision', ['meeting_id', 'revision'])
    .execute()
  await sql`insert into meeting_version (id, meeting_id, revision, starts_at, venue, state, at, terms_id)
    select meeting.id, meeting.id, 1, starts_at, venue, meeting.state, in_force_from, terms.id
    from meeting join terms on terms.board_id = meeting.board_id`.execute(db)

  await db.schema.alterTable('answer').addColumn('for_day', 'text').execute() // of the board's zone; a meeting moved to another day is asked about anew
  await db.schema
    .createTable('cycle')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('resolution', 'text', (c) => c.notNull()) // how the board agreed it
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict'))
    .execute()
  await db.schema.createIndex('cycle_board').on('cycle').columns(['board_id', 'year']).execute()
  await db.schema
    .createTable('cycle_meeting')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id').onDelete('restrict'))
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('cycle_meeting_pk', ['cycle_id', 'meeting_id'])
    .execute()
  await db.schema
    .createTable('invitation')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('organisation_id', 'text', (c) => c.references('organisation.id').onDelete('restrict'))
    .addColumn('item_id', 'text') // null: for the whole meeting
    .addColumn('state', 'text', (c) => c.notNull()) // invited or withdrawn
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict'))
    .execute()
  await db.schema.createIndex('invitation_meeting').on('invitation').columns(['meeting_id', 'person_id']).execute()
  await db.schema.createIndex('invitation_person').on('invitation').column('person_id').execute()
}
