import type { Db, Tx } from '../db/schema.js'
import { type PlaceId, type Recipient, recipientText } from './recipient.js'
import { AT_ONCE, type Waiting } from './store.js'

/**
 * One identity a person, of those that are reached: in a workspace that is reached before one that is not, the preferred one,
 * else the first by name of platform.
 */
export async function addressOf(db: Db, person: string) {
  return db
    .selectFrom('identity')
    .innerJoin('workspace', (join) =>
      join.onRef('workspace.platform', '=', 'identity.platform').onRef('workspace.id', '=', 'identity.workspace'),
    )
    .select(['identity.platform', 'identity.workspace', 'identity.user_id', 'workspace.takes_files'])
    .where('identity.person_id', '=', person)
    .where('identity.lost_at', 'is', null)
    .orderBy((row) => row.case().when('workspace.lost_at', 'is', null).then(0).else(1).end())
    .orderBy('identity.preferred', 'desc')
    .orderBy('identity.platform')
    .orderBy('identity.workspace')
    .limit(1)
    .executeTakeFirst()
}

/** Whether a workspace is taken to be reached no more. */
export async function isLost(db: Db, { platform, workspace }: Pick<PlaceId, 'platform' | 'workspace'>): Promise<boolean> {
  const row = await db
    .selectFrom('workspace')
    .select('lost_at')
    .where('platform', '=', platform)
    .where('id', '=', workspace)
    .executeTakeFirst()
  return row !== undefined && row.lost_at !== null
}

/** Why nobody is reached who is known in chat, in the platform's word; null: they are, or are not known there. */
export async function lostWhy(db: Db, person: string): Promise<string | null> {
  const rows = await db.selectFrom('identity').select(['lost_at', 'lost_why']).where('person_id', '=', person).execute()
  return rows.some(({ lost_at }) => lost_at === null) ? null : (rows[0]?.lost_why ?? null)
}

/** Ends what waits for somebody or for a place that is not reached any more. */
export async function endWaiting(tx: Tx, to: Recipient, why: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ state: 'failed', why })
    .where('recipient', '=', recipientText(to, ''))
    .where('state', '=', 'waiting')
    .execute()
}

/**
 * Has the live messages of somebody or of a place drawn anew that stand in some of these states: they are reached again, or who
 * reads there is another.
 */
export async function redrawFor(tx: Tx, to: Recipient, states: readonly Waiting['state'][]): Promise<void> {
  await tx
    .updateTable('notice')
    // What was put off when it was ended waits for that no more.
    .set((row) => ({ wanted: row('wanted', '+', 1), state: 'waiting', not_before: AT_ONCE }))
    .where('recipient', '=', recipientText(to, ''))
    .where('kind', '=', 'live')
    .where('state', 'in', states)
    .execute()
}

/** Whether an account is somebody's by now. */
export async function isTheirs(
  db: Db,
  person: string,
  { platform, workspace, user }: { readonly platform: string; readonly workspace: string; readonly user: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('identity')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('user_id', '=', user)
    .where('person_id', '=', person)
    .select('person_id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Lets go of the messages that stand with somebody in a workspace: what turns later is a new message, in whatever conversation is
 * theirs then.
 */
export async function startNewMessages(
  tx: Tx,
  to: Recipient,
  { platform, workspace }: Pick<PlaceId, 'platform' | 'workspace'>,
): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ conversation: null, message: null, sent_hash: null })
    .where('recipient', '=', recipientText(to, ''))
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('kind', '=', 'live')
    .execute()
}

/** The place as it serves a board today, or null where it does not. */
export async function placeServing(db: Db, { platform, workspace, id }: PlaceId, board: string) {
  return (
    (await db
      .selectFrom('place')
      .select(['open_to', 'lost_at', 'lost_why'])
      .where('platform', '=', platform)
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .where('board_id', '=', board)
      .executeTakeFirst()) ?? null
  )
}

/** What has waited for somebody because nobody knew them in chat is looked at at once. */
export async function wakeFor(tx: Tx, person: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ not_before: AT_ONCE })
    .where('recipient', '=', recipientText({ person }, ''))
    .where('state', '=', 'waiting')
    .execute()
}
