import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { knownAs, personWithAddress, personWithCode } from '../../../db/identity.js'
import type { Db, Tx } from '../../../db/schema.js'
import type { From } from '../../../kernel/actor.js'
import { Refusal } from '../../../kernel/refusal.js'
import { toText } from '../../../kernel/time.js'
import type { Named } from '../../rules.js'
import { boardsWith } from '../store.js'

/** What an account was recognised by: the hash of a code, or an address that the platform has verified. */
export interface Proof {
  readonly by: 'email' | 'code'
  readonly proof: string
}

export async function findPerson(db: Db, id: string): Promise<Named | null> {
  return (await db.selectFrom('person').select(['id', 'name']).where('id', '=', id).executeTakeFirst()) ?? null
}

type Workspace = Pick<From, 'platform' | 'workspace'>

/** The accounts of somebody in a workspace; the house's own page has people, and no accounts. */
export async function accountsIn(db: Db, person: string, { platform, workspace }: Workspace) {
  return db
    .selectFrom('identity')
    .innerJoin('workspace', (join) =>
      join.onRef('workspace.platform', '=', 'identity.platform').onRef('workspace.id', '=', 'identity.workspace'),
    )
    .where('identity.platform', '=', platform)
    .where('identity.workspace', '=', workspace)
    .where('identity.person_id', '=', person)
    .where('workspace.ours', '=', 0)
    .select(['identity.user_id', 'identity.preferred'])
    .execute()
}

/** Whether what somebody was recognised by still says so. */
export async function stillProven(
  db: Db,
  { tenant, person }: { readonly tenant: string; readonly person: string },
  { by, proof }: Proof,
  now: Temporal.Instant,
): Promise<boolean> {
  const found = by === 'code' ? await personWithCode(db, tenant, proof, now) : await personWithAddress(db, tenant, proof)
  return found?.person === person
}

/** Whether a clerk has said that an account is not somebody's. */
export async function isNotTheirs(db: Db, { platform, workspace, user }: From, person: string): Promise<boolean> {
  const row = await db
    .selectFrom('not_theirs')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('user_id', '=', user)
    .where('person_id', '=', person)
    .select('at')
    .executeTakeFirst()
  return row !== undefined
}

const NOT_NOW = 'That account is known as somebody else already. Ask the clerk of your board.'
const TWICE = 'They are known there by another account. Ask the clerk for a one-time code.'

/**
 * Makes an account somebody's. By a code it takes the place of those that they had in the workspace, and the code is used up;
 * by an address alone nobody gets a second one, nor one that is not theirs. An account of somebody who has to do with no board
 * any more becomes, by a code, that of whom the roster has in their stead: as themselves under another address.
 * @returns the accounts that are theirs no more
 */
export async function giveAccount(
  tx: Tx,
  from: From,
  person: string,
  { by, now }: { readonly by: Proof['by']; readonly now: Temporal.Instant },
): Promise<readonly string[]> {
  const { platform, workspace, user } = from
  const held = await knownAs(tx, from)
  if (held?.actor.person === person) return []
  const free = held === null || (by === 'code' && (await hasLeft(tx, held.actor.person, now)))
  if (!free) throw new Refusal('conflict', NOT_NOW)
  if (held) await takeAccounts(tx, from, held.actor.person)
  const before = await accountsIn(tx, person, from)
  if (by === 'email' && (before.length > 0 || (await isNotTheirs(tx, from, person)))) throw new Refusal('conflict', TWICE)
  if (by === 'code') {
    await removeCode(tx, person)
    await takeAccounts(tx, from, person)
    await tx
      .deleteFrom('not_theirs')
      .where('platform', '=', platform)
      .where('workspace', '=', workspace)
      .where('user_id', '=', user)
      .where('person_id', '=', person)
      .execute()
  }
  const others = await tx.selectFrom('identity').where('person_id', '=', person).select('preferred').execute()
  const preferred = others.some((one) => one.preferred === 1) ? 0 : 1
  await tx.insertInto('identity').values({ platform, workspace, user_id: user, person_id: person, preferred }).execute()
  return before.map(({ user_id }) => user_id)
}

/** Whether somebody has to do with no board any more. Who leaves a roster does so for that day still: the next is asked about. */
const hasLeft = async (tx: Tx, person: string, now: Temporal.Instant): Promise<boolean> =>
  (await boardsWith(tx, person, now.add({ hours: 48 }))).length === 0

/** Takes away the accounts of somebody in a workspace. @returns the users */
export async function takeAccounts(tx: Tx, workspace: Workspace, person: string): Promise<readonly string[]> {
  const accounts = await accountsIn(tx, person, workspace)
  if (accounts.length === 0) return []
  await tx
    .deleteFrom('identity')
    .where('platform', '=', workspace.platform)
    .where('workspace', '=', workspace.workspace)
    .where('person_id', '=', person)
    .execute()
  return accounts.map(({ user_id }) => user_id)
}

/** Keeps that accounts are not somebody's, whatever address the platform knows of them. */
export async function keepNotTheirs(
  tx: Tx,
  { platform, workspace }: Workspace,
  users: readonly string[],
  person: string,
  now: Temporal.Instant,
): Promise<void> {
  for (const user_id of users)
    await tx
      .insertInto('not_theirs')
      .values({ platform, workspace, user_id, person_id: person, at: toText(now) })
      .onConflict((known) => known.doNothing())
      .execute()
}

/** Keeps a code by its hash, in the place of one that was made before. */
export async function keepCode(
  tx: Tx,
  { person, hash, board, until }: { person: string; hash: string; board: string; until: Temporal.Instant },
): Promise<void> {
  const code = { hash, board_id: board, good_until: toText(until) }
  await tx
    .insertInto('one_time_code')
    .values({ person_id: person, ...code })
    .onConflict((one) => one.column('person_id').doUpdateSet(code))
    .execute()
}

/** Somebody's code, and the board for which it was made. */
export async function codeOf(db: Db, person: string): Promise<{ readonly hash: string; readonly board: string } | null> {
  const found = db.selectFrom('one_time_code').where('person_id', '=', person).select(['hash', 'board_id as board'])
  return (await found.executeTakeFirst()) ?? null
}

export async function removeCode(tx: Tx, person: string): Promise<void> {
  await tx.deleteFrom('one_time_code').where('person_id', '=', person).execute()
}

const Recognised = z.object({
  outcome: z.object({
    recognised: z.object({ person: z.string(), platform: z.string(), workspace: z.string(), user: z.string() }),
  }),
})

/** The accounts of which no journal says who was recognised by them: nobody but the house makes one, and it journals each. */
export async function identitiesAgree(db: Db, payloads: readonly unknown[], complete: boolean): Promise<readonly string[]> {
  if (!complete) return []
  const keyOf = (...of: readonly string[]) => JSON.stringify(of)
  const journaled = new Set(
    payloads.flatMap((payload) => {
      const { data } = Recognised.safeParse(payload)
      const one = data?.outcome.recognised
      return one ? [keyOf(one.platform, one.workspace, one.user, one.person)] : []
    }),
  )
  const rows = await db
    .selectFrom('identity')
    .innerJoin('workspace', (join) =>
      join.onRef('workspace.platform', '=', 'identity.platform').onRef('workspace.id', '=', 'identity.workspace'),
    )
    .innerJoin('person', 'person.id', 'identity.person_id')
    .where('workspace.ours', '=', 0)
    .select(['identity.platform', 'identity.workspace', 'identity.user_id', 'identity.person_id', 'person.name'])
    .execute()
  return rows
    .filter((row) => !journaled.has(keyOf(row.platform, row.workspace, row.user_id, row.person_id)))
    .map(({ name, platform, user_id }) => `${name} is known in ${platform} as ${user_id}, and no entry says who recognised them.`)
}
