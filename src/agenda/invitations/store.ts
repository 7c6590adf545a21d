import type { Temporal } from 'temporal-polyfill'
import type { Db, Tx } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { toText } from '../../kernel/time.js'
import type { Invited } from '../rules.js'

/** Who is invited to a meeting, the first invited first. */
export async function invitedTo(db: Db, meeting: string): Promise<readonly Invited[]> {
  const rows = await db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .leftJoin('organisation', 'organisation.id', 'invitation.organisation_id')
    .where('meeting_id', '=', meeting)
    .where('invitation.state', '=', 'invited')
    .orderBy('invitation.at')
    .select(['invitation.id', 'invitation.item_id', 'person.id as person_id', 'person.name', 'organisation.name as organisation'])
    .execute()
  return rows.map(({ id, item_id, person_id, name, organisation }) => ({
    id,
    person: { id: person_id, name },
    organisation,
    item: item_id,
  }))
}

interface NewInvitation {
  readonly meeting: string
  readonly person: string
  readonly organisation: string | null
  readonly item: string | null
  readonly at: Temporal.Instant
  readonly by: string | null
  readonly termsId: string
}

/** Records an invitation. @returns its id */
export async function addInvitation(
  tx: Tx,
  { meeting, person, organisation, item, at, by, termsId }: NewInvitation,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('invitation')
    .values({
      id,
      meeting_id: meeting,
      person_id: person,
      organisation_id: organisation,
      item_id: item,
      state: 'invited',
      at: toText(at),
      by_person_id: by,
      terms_id: termsId,
    })
    .execute()
  return id
}

export async function withdrawInvitation(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('invitation').set({ state: 'withdrawn' }).where('id', '=', id).execute()
}

/** An invitation with the meeting that it is to, whatever has become of it; or null. */
export async function findInvitation(db: Db, id: string) {
  return db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person_id')
    .where('invitation.id', '=', id)
    .select(['invitation.id', 'meeting_id', 'item_id', 'state', 'person.id as person_id', 'person.name'])
    .executeTakeFirst()
}

/** The body of a tenant that is called so, or null. */
export async function bodyNamed(db: Db, tenant: string, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('organisation')
    .select('id')
    .where('tenant_id', '=', tenant)
    .where((either) => either.or([either('name', '=', name), either('short_name', '=', name)]))
    .executeTakeFirst()
  return row?.id ?? null
}

export async function addBody(tx: Tx, tenant: string, name: string): Promise<string> {
  const id = newId()
  await tx.insertInto('organisation').values({ id, tenant_id: tenant, name, short_name: name }).execute()
  return id
}

/** The people of a tenant who are called so, by id. */
export async function peopleCalled(db: Db, tenant: string, name: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('person').select('id').where('tenant_id', '=', tenant).where('name', '=', name).execute()
  return rows.map(({ id }) => id)
}
