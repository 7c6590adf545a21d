import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { type Actor, OPERATOR } from '../kernel/actor.js'
import type { ReceivedFile } from '../kernel/files.js'
import { toText } from '../kernel/time.js'
import type { Db, Schema, Tx } from './schema.js'

type Uploader = Pick<Actor, 'tenant' | 'person'>

type OfFiles = { [Table in keyof Schema]: Schema[Table] extends { sha256: string } ? Table : never }[keyof Schema]

/** The tables whose rows keep a file: while one of them names its hash, it stays. */
const KEEPERS: readonly Exclude<OfFiles, 'upload'>[] = ['paper_file']

/** How long a file waits for what it was sent for. */
export const WAITS = { hours: 24 }

/** Puts on the record that somebody has sent a file. */
export async function keepUpload(tx: Tx, id: string, by: Uploader, file: ReceivedFile, at: Temporal.Instant): Promise<void> {
  const { sha256, name, type, bytes } = file
  await tx
    .insertInto('upload')
    .values({ id, tenant_id: by.tenant, person_id: personIn(by), sha256, name, type, bytes, at: toText(at) })
    .execute()
}

/** A file that this person, or the operator of this tenant, has sent; null for one of anybody else, as for none. */
export async function uploadOf(db: Db, id: string, by: Uploader): Promise<ReceivedFile | null> {
  const row = await db
    .selectFrom('upload')
    .select(['sha256', 'bytes', 'type', 'name'])
    .where('id', '=', id)
    .where('tenant_id', '=', by.tenant)
    .where('person_id', personIn(by) === null ? 'is' : '=', personIn(by))
    .executeTakeFirst()
  return row ?? null
}

/** How many files of this person wait: sent within a day, and kept by nothing yet. */
export async function waitingUploads(db: Db, { person }: Uploader, now: Temporal.Instant): Promise<number> {
  const { waiting } = await db
    .selectFrom('upload')
    .select((row) => row.fn.countAll<number | string>().as('waiting'))
    .where('person_id', '=', person)
    .where('at', '>=', toText(now.subtract(WAITS)))
    .where(unkept())
    .executeTakeFirstOrThrow()
  return Number(waiting)
}

/** Forgets who sent what longer ago than a day. @returns the hashes of files that nothing keeps any more, to be removed once this is committed */
export async function forgetUploads(tx: Tx, now: Temporal.Instant): Promise<readonly string[]> {
  const before = toText(now.subtract(WAITS))
  const old = await tx.selectFrom('upload').select('sha256').distinct().where('at', '<', before).where(unkept()).execute()
  await tx.deleteFrom('upload').where('at', '<', before).execute()
  if (old.length === 0) return []
  const hashes = old.map(({ sha256 }) => sha256)
  const again = await tx.selectFrom('upload').select('sha256').distinct().where('sha256', 'in', hashes).execute()
  return hashes.filter((hash) => !again.some(({ sha256 }) => sha256 === hash))
}

const personIn = ({ person }: Uploader): string | null => (person === OPERATOR ? null : person)

/** That no keeper names the hash of the upload in the query. */
const unkept = (): RawBuilder<SqlBool> =>
  sql.join(
    [
      sql`1 = 1`,
      ...KEEPERS.map(
        (keeper) => sql`not exists (select 1 from ${sql.table(keeper)} as keeper where keeper.sha256 = upload.sha256)`,
      ),
    ],
    sql` and `,
  )
