import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** What a roster says: seats that begin and end, bodies that succeed others, people without an address, roles besides seats. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await peopleWithoutAddress(db)
  await db.schema
    .alterTable('workspace')
    .addColumn('ours', 'integer', (c) => c.notNull().defaultTo(0)) // 1: people are known there by their address, and each board has a place
    .execute()
  await sql`update workspace set ours = 1 where platform = 'web'`.execute(db)

  await postsOfBoards(db)

  await db.schema
    .alterTable('board')
    .addColumn('parent_id', 'text', (c) => c.references('board.id').onDelete('restrict'))
    .execute()
  await db.schema.createIndex('board_parent').on('board').column('parent_id').execute()

  await db.schema
    .alterTable('terms')
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(1))
    .execute() // 1, 2, 3 … of its board
  await db.schema.alterTable('terms').addColumn('resolution', 'text').execute() // how it was approved
  await db.schema.alterTable('terms').addColumn('approved_at', 'text').execute() // instant, UTC, three decimals
  await db.schema
    .alterTable('terms')
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .execute()
  await db.schema.createIndex('terms_effective').on('terms').column('in_force_from').execute()
  await db.schema.createIndex('terms_number').unique().on('terms').columns(['board_id', 'number']).execute()
  await db.schema
    .createIndex('terms_one_at_a_time')
    .unique()
    .on('terms')
    .columns(['board_id', 'in_force_from'])
    .where(sql.ref('state'), '=', sql.lit('approved'))
    .execute()

  await db.schema
    .alterTable('seat')
    .addColumn('standing', 'text', (c) => c.notNull().defaultTo('member'))
    .execute() // member, invited or required
  await sql`update seat set standing = 'invited' where invited = 1`.execute(db)
  await db.schema.alterTable('seat').dropColumn('invited').execute()
  await db.schema
    .alterTable('seat')
    .addColumn('joint', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('seat')
    .addColumn('formerly', 'text', (c) => c.notNull().defaultTo('[]')) // JSON: earlier names of its body, and bodies that it succeeded, as this board knows them
    .execute()
  await db.schema
    .alterTable('seat')
    .addColumn('stands_for', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute() // JSON: names of bodies
  await db.schema
    .alterTable('seat')
    .addColumn('from_day', 'text', (c) => c.notNull().defaultTo('0001-01-01'))
    .execute()
  await db.schema.alterTable('seat').addColumn('until_day', 'text').execute()

  await db.schema
    .alterTable('office')
    .addColumn('acting', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('assistant')
    .addColumn('assistant_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('principal_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .addPrimaryKeyConstraint('assistant_pk', ['board_id', 'assistant_id', 'principal_id', 'from_day'])
    .execute()
  await db.schema.createIndex('assistant_person').on('assistant').column('assistant_id').execute()
  await db.schema
    .createTable('in_attendance')
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .addPrimaryKeyConstraint('in_attendance_pk', ['board_id', 'person_id', 'from_day'])
    .execute()
  await db.schema.createIndex('in_attendance_person').on('in_attendance').column('person_id').execute()
  await db.schema
    .createTable('group_member')
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull()) // of the group, as the terms name it
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .addPrimaryKeyConstraint('group_member_pk', ['board_id', 'name', 'person_id', 'from_day'])
    .execute()
  await db.schema.createIndex('group_member_person').on('group_member').column('person_id').execute()
  await db.schema
    .createTable('roster_file')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull()) // its bytes, in base64
    .addColumn('state', 'text', (c) => c.notNull()) // read, imported or replaced
    .addColumn('at', 'text', (c) => c.notNull()) // instant, UTC, three decimals, board's clock
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // null: the operator
    .execute()
  await db.schema.createIndex('roster_file_board').on('roster_file').columns(['board_id', 'state']).execute()
}

/** Who is of which body is for each board's own roster to say: leaving one says nothing of another. */
async function postsOfBoards(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('post_organisation').execute()
  await db.schema.alterTable('post').renameTo('post_of_all').execute()
  await db.schema
    .createTable('post')
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('organisation_id', 'text', (c) => c.notNull().references('organisation.id').onDelete('restrict'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text') // the first day on which it is held no more
    .addPrimaryKeyConstraint('post_on_board_pk', ['board_id', 'person_id', 'organisation_id'])
    .execute()
  await sql`insert into post (board_id, person_id, organisation_id, title)
    select distinct seat.board_id, person_id, post_of_all.organisation_id, post_of_all.title
    from post_of_all join seat on seat.organisation_id = post_of_all.organisation_id`.execute(db)
  await db.schema.dropTable('post_of_all').execute()
  await db.schema.createIndex('post_organisation').on('post').columns(['organisation_id', 'board_id']).execute()
  await db.schema.createIndex('post_person').on('post').column('person_id').execute()
}

/** A person whom only the post reaches has no email. SQLite changes that by a table made anew, PostgreSQL by a word. */
async function peopleWithoutAddress(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) {
    await db.schema
      .alterTable('person')
      .alterColumn('email', (c) => c.dropNotNull())
      .execute()
    await db.schema.alterTable('person').addColumn('telephone', 'text').execute()
    return
  }
  await db.schema
    .createTable('person_anew')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('telephone', 'text')
    .addUniqueConstraint('person_email', ['tenant_id', 'email'])
    .execute()
  await sql`insert into person_anew (id, tenant_id, name, email) select id, tenant_id, name, email from person`.execute(db)
  await db.schema.dropTable('person').execute()
  await db.schema.alterTable('person_anew').renameTo('person').execute()
  const { rows } = await sql`pragma foreign_key_check`.execute(db)
  if (rows.length > 0) throw new Error(`${rows.length} rows would point at nobody`)
}
