import type { Kysely } from 'kysely'
import { neverChanged } from '../src/db/never-changed.js'

/** Papers and their versions, what was sent to whom, and who opened it. What was sent is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('paper')
    .addColumn('item_id', 'text', (c) => c.primaryKey().notNull().references('item.id').onDelete('restrict'))
    .addColumn('author_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('author_name', 'text') // as it is printed
    .addColumn('author_post', 'text')
    .addColumn('author_organisation', 'text')
    .addColumn('marking', 'text', (c) => c.notNull()) // none, OFFICIAL or OFFICIAL-SENSITIVE
    .execute()
  await db.schema.createIndex('paper_author').on('paper').column('author_id').execute()
  await db.schema
    .createTable('paper_version')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('item_id', 'text', (c) => c.notNull().references('item.id').onDelete('restrict'))
    .addColumn('number', 'integer', (c) => c.notNull()) // 1, 2, 3 … of its item
    .addColumn('recommendations', 'text', (c) => c.notNull()) // JSON: a list of texts, (a), (b) …
    .addColumn('link', 'text') // where it is, when it is no file
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict')) // empty: the operator
    .addUniqueConstraint('paper_version_number', ['item_id', 'number'])
    .execute()
  await db.schema
    .createTable('paper_file')
    .addColumn('version_id', 'text', (c) => c.primaryKey().notNull().references('paper_version.id').onDelete('restrict'))
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('paper_file_content').on('paper_file').column('sha256').execute()
  await db.schema
    .createTable('paper_retraction')
    .addColumn('version_id', 'text', (c) => c.primaryKey().notNull().references('paper_version.id').onDelete('restrict'))
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .execute()
  await db.schema
    .createTable('circulation')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id').onDelete('restrict'))
    .addColumn('number', 'integer', (c) => c.notNull()) // 1; from 2 on supplements
    .addColumn('meeting_revision', 'integer', (c) => c.notNull())
    .addColumn('agenda', 'text', (c) => c.notNull()) // draft or agreed
    .addColumn('deadline_at', 'text', (c) => c.notNull()) // the latest moment at which it was in time
    .addColumn('days_short', 'integer', (c) => c.notNull()) // whole working days
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addColumn('terms_id', 'text', (c) => c.notNull().references('terms.id').onDelete('restrict'))
    .addUniqueConstraint('circulation_number', ['meeting_id', 'number'])
    .execute()
  await db.schema
    .createTable('circulation_paper')
    .addColumn('circulation_id', 'text', (c) => c.notNull().references('circulation.id').onDelete('restrict'))
    .addColumn('version_id', 'text', (c) => c.notNull().references('paper_version.id').onDelete('restrict'))
    .addColumn('item_number', 'text', (c) => c.notNull()) // B2, as it then was
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('circulation_paper_pk', ['circulation_id', 'version_id'])
    .execute()
  await db.schema.createIndex('circulation_paper_version').on('circulation_paper').column('version_id').execute()
  // A dispatch notice a person, and which of the papers they were entitled to.
  await db.schema
    .createTable('dispatch')
    .addColumn('circulation_id', 'text', (c) => c.notNull().references('circulation.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('way', 'text', (c) => c.notNull()) // chat; chat without files, which are handed over; by hand
    .addColumn('secure', 'text') // how restricted papers go: link, or by hand; empty: there are none for them
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('dispatch_pk', ['circulation_id', 'person_id'])
    .execute()
  await db.schema
    .createTable('dispatch_paper')
    .addColumn('circulation_id', 'text', (c) => c.notNull().references('circulation.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('version_id', 'text', (c) => c.notNull().references('paper_version.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('dispatch_paper_pk', ['circulation_id', 'person_id', 'version_id'])
    .execute()
  // What is known of it since: received, or handed over by the clerk by email, by post, by a secure method, in person.
  await db.schema
    .createTable('dispatch_mark')
    .addColumn('circulation_id', 'text', (c) => c.notNull().references('circulation.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_person_id', 'text', (c) => c.references('person.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('dispatch_mark_pk', ['circulation_id', 'person_id', 'mark'])
    .execute()
  await db.schema
    .createTable('paper_link')
    .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull()) // SHA-256, hex, of a secret that is kept nowhere
    .addColumn('version_id', 'text', (c) => c.notNull().references('paper_version.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('until_at', 'text', (c) => c.notNull())
    .addColumn('browser_hash', 'text') // of the one browser in which it was opened
    .execute()
  await db.schema.createIndex('paper_link_person').on('paper_link').column('person_id').execute()
  await db.schema
    .createTable('paper_opening')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('version_id', 'text', (c) => c.notNull().references('paper_version.id').onDelete('restrict'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull()) // opened, or refused: from another browser
    .execute()
  await db.schema.createIndex('paper_opening_version').on('paper_opening').columns(['version_id', 'person_id']).execute()
  // The record of what was sent is added to and never altered.
  for (const table of ['circulation', 'circulation_paper', 'dispatch', 'dispatch_paper', 'dispatch_mark', 'paper_opening'])
    await neverChanged(db, table)
}
