import type { Kysely } from 'kysely'

/** Boards, their terms, their seats and who holds them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('organisation')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('short_name', 'text', (c) => c.notNull())
    .addUniqueConstraint('organisation_name', ['tenant_id', 'name'])
    .execute()
  await db.schema
    .createTable('post')
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('organisation_id', 'text', (c) => c.notNull().references('organisation.id').onDelete('restrict'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('post_pk', ['person_id', 'organisation_id'])
    .execute()
  await db.schema.createIndex('post_organisation').on('post').column('organisation_id').execute()
  await db.schema
    .createTable('board')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('short_name', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull()) // IANA name
    .addColumn('division', 'text', (c) => c.notNull()) // of bank holidays
    .addUniqueConstraint('board_short_name', ['tenant_id', 'short_name'])
    .execute()
  await db.schema
    .createTable('place')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('kind', 'text', (c) => c.notNull()) // private, public or shared with another organisation
    .addPrimaryKeyConstraint('place_pk', ['platform', 'workspace', 'id'])
    .addForeignKeyConstraint('place_workspace', ['platform', 'workspace'], 'workspace', ['platform', 'id'])
    .execute()
  await db.schema.createIndex('place_board').on('place').column('board_id').execute()
  await db.schema
    .createTable('terms')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('state', 'text', (c) => c.notNull()) // draft, approved or superseded
    .addColumn('in_force_from', 'text') // instant, UTC, three decimals
    .addColumn('document', 'text', (c) => c.notNull()) // JSON
    .execute()
  await db.schema.createIndex('terms_in_force').on('terms').columns(['board_id', 'in_force_from']).execute()
  await db.schema
    .createTable('seat')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('organisation_id', 'text', (c) => c.notNull().references('organisation.id').onDelete('restrict'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('invited', 'integer', (c) => c.notNull()) // 1: a standing invitation, no member
    .execute()
  await db.schema.createIndex('seat_board').on('seat').column('board_id').execute()
  await db.schema
    .createTable('holding')
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seat.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('capacity', 'text', (c) => c.notNull()) // representative or deputy
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text') // the first day on which it is held no more
    .addPrimaryKeyConstraint('holding_pk', ['seat_id', 'capacity', 'person_id', 'from_day'])
    .execute()
  await db.schema.createIndex('holding_person').on('holding').column('person_id').execute()
  await db.schema
    .createTable('office')
    .addColumn('board_id', 'text', (c) => c.notNull().references('board.id').onDelete('restrict'))
    .addColumn('office', 'text', (c) => c.notNull()) // chair, vice-chair or clerk
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('from_day', 'text', (c) => c.notNull())
    .addColumn('until_day', 'text')
    .addPrimaryKeyConstraint('office_pk', ['board_id', 'office', 'person_id', 'from_day'])
    .execute()
  await db.schema.createIndex('office_person').on('office').column('person_id').execute()
}
