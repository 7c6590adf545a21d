import type { Kysely } from 'kysely'

/** In which workspaces a file can be handed to somebody alone: there papers are opened without an address of ours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('workspace')
    .addColumn('takes_files', 'integer', (c) => c.notNull().defaultTo(0)) // 0 or 1
    .execute()
}
