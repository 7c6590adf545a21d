import type { Kysely } from 'kysely'

/** Who there is and where they are reached: a tenant owns people; a workspace belongs to one tenant. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tenant')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('workspace')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addPrimaryKeyConstraint('workspace_pk', ['platform', 'id'])
    .execute()
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('restrict'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addUniqueConstraint('person_email', ['tenant_id', 'email'])
    .execute()
  await db.schema
    .createTable('identity')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('workspace', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('restrict'))
    .addColumn('preferred', 'integer', (c) => c.notNull()) // 0 or 1: where direct messages go
    .addPrimaryKeyConstraint('identity_pk', ['platform', 'workspace', 'user_id'])
    .addForeignKeyConstraint('identity_workspace', ['platform', 'workspace'], 'workspace', ['platform', 'id'])
    .execute()
  await db.schema.createIndex('identity_person').on('identity').column('person_id').execute()
}
