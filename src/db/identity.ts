import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Actor, From, Place } from '../kernel/actor.js'
import { toText } from '../kernel/time.js'
import type { Db, Tx } from './schema.js'

/** Somebody whom a platform names, and whether they or their workspace were taken to be reached no more. */
export interface Known {
  readonly actor: Actor
  readonly lost: boolean
  readonly workspaceLost: boolean
}

/** Who speaks, by their identity and by nothing else; null: nobody whom the house knows. */
export async function knownAs(db: Db, { platform, workspace, user }: From): Promise<Known | null> {
  const row = await db
    .selectFrom('identity')
    .innerJoin('person', 'person.id', 'identity.person_id')
    .innerJoin('workspace', (join) =>
      join.onRef('workspace.platform', '=', 'identity.platform').onRef('workspace.id', '=', 'identity.workspace'),
    )
    .where('identity.platform', '=', platform)
    .where('identity.workspace', '=', workspace)
    .where('identity.user_id', '=', user)
    .select(['person.id', 'person.tenant_id', 'person.name', 'identity.lost_at', 'workspace.lost_at as workspace_lost_at'])
    .executeTakeFirst()
  if (!row) return null
  return {
    actor: { person: row.id, tenant: row.tenant_id, name: row.name },
    lost: row.lost_at !== null,
    workspaceLost: row.workspace_lost_at !== null,
  }
}

/** Whose a workspace is, or null where the house does not know it. */
export async function tenantOf(db: Db, { platform, workspace }: Pick<From, 'platform' | 'workspace'>): Promise<string | null> {
  const row = await db
    .selectFrom('workspace')
    .where('platform', '=', platform)
    .where('id', '=', workspace)
    .select('tenant_id')
    .executeTakeFirst()
  return row?.tenant_id ?? null
}

/** In lower case, of the letters a to z alone: what other letters become is that of another address. */
const sameCase = (email: string): string => email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** The one person of a tenant who has an address, in whatever case; null: nobody, or more than one. */
export async function personWithAddress(db: Db, tenant: string, email: string): Promise<Actor | null> {
  const wanted = sameCase(email)
  if (wanted === '') return null
  const rows = await db
    .selectFrom('person')
    .where('tenant_id', '=', tenant)
    .where(sql<string>`lower(email)`, '=', wanted)
    .select(['id', 'name', 'email'])
    .execute()
  const [one, another] = rows.filter((row) => sameCase(row.email ?? '') === wanted)
  return one && !another ? { person: one.id, tenant, name: one.name } : null
}

/** Whose a one-time code is that is still good, by its hash; null: nobody's of that tenant. */
export async function personWithCode(db: Db, tenant: string, hash: string, now: Temporal.Instant): Promise<Actor | null> {
  const row = await db
    .selectFrom('one_time_code')
    .innerJoin('person', 'person.id', 'one_time_code.person_id')
    .where('one_time_code.hash', '=', hash)
    .where('one_time_code.good_until', '>', toText(now))
    .where('person.tenant_id', '=', tenant)
    .select(['person.id', 'person.name'])
    .executeTakeFirst()
  return row ? { person: row.id, tenant, name: row.name } : null
}

interface Somewhere {
  readonly platform: string
  readonly workspace: string
  readonly user?: string | undefined
  readonly place?: string | undefined
}

/** The row that says whether something is reached: by its columns, and which of them says whom or what board it concerns. */
function rowOf({ platform, workspace, user, place }: Somewhere) {
  const [table, subject, id] =
    user !== undefined
      ? (['identity', 'person_id', { workspace, user_id: user }] as const)
      : place !== undefined
        ? (['place', 'board_id', { workspace, id: place }] as const)
        : (['workspace', 'id', { id: workspace }] as const)
  const columns = Object.entries({ platform, ...id }).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  return { table: sql.table(table), subject: sql.ref(subject), is: sql.join(columns, sql` and `) }
}

/** Whether something is taken to be reached no more. */
export interface Loss {
  /** the person, the board that the place serves, or the workspace */
  readonly subject: string
  readonly lost: boolean
  /** in the house's words, or the platform's own */
  readonly why: string | null
}

/**
 * Whether somebody, a place that serves a board or, with neither, a workspace is taken to be reached no more; null: nothing
 * that the house knows.
 */
export async function lossOf(db: Db, where: Somewhere): Promise<Loss | null> {
  const { table, subject, is } = rowOf(where)
  const { rows } = await sql<{ subject: string; lost_at: string | null; lost_why: string | null }>`
    select ${subject} as subject, lost_at, lost_why from ${table} where ${is}`.execute(db)
  const [row] = rows
  return row ? { subject: row.subject, lost: row.lost_at !== null, why: row.lost_why } : null
}

/** Marks something as lost, or with null as reached again. */
export async function markLost(tx: Tx, where: Somewhere, lost: { at: string; why: string } | null): Promise<void> {
  const { table, is } = rowOf(where)
  await sql`update ${table} set lost_at = ${lost?.at ?? null}, lost_why = ${lost?.why ?? null} where ${is}`.execute(tx)
}

/** A place that serves a board, as the platform last found it; null where it serves none. */
export async function servingPlace(db: Db, { platform, workspace, id }: Pick<Place, 'platform' | 'workspace' | 'id'>) {
  return (
    (await db
      .selectFrom('place')
      .where('platform', '=', platform)
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .select(['board_id as board', 'kind', 'guests', 'name'])
      .executeTakeFirst()) ?? null
  )
}
