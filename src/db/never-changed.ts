import { type Kysely, SqliteAdapter, sql } from 'kysely'

export const isSqlite = (db: Kysely<unknown>): boolean => db.getExecutor().adapter instanceof SqliteAdapter

/** For a migration: the rows of a table are added to and never altered; the database itself refuses. */
export async function neverChanged(db: Kysely<unknown>, table: string): Promise<void> {
  const refused = `the record of ${table} is never altered`
  if (isSqlite(db)) {
    for (const change of ['update', 'delete'])
      await sql`${sql.raw(`create trigger ${table}_no_${change} before ${change} on ${table} begin
        select raise(abort, '${refused}'); end`)}`.execute(db)
    return
  }
  await sql`${sql.raw(`create function ${table}_stands() returns trigger language plpgsql as
    $$ begin raise exception '${refused}'; end $$`)}`.execute(db)
  await sql`${sql.raw(`create trigger ${table}_stands before update or delete on ${table}
    for each row execute function ${table}_stands()`)}`.execute(db)
}
