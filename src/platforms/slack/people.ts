import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import { type Call, NoAnswer } from './client.js'
import { PLATFORM } from './workspace.js'

const User = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_email_confirmed: z.boolean().optional(),
    tz: z.string().optional(),
    profile: z.object({ email: z.string().optional() }),
  }),
})

export interface SlackUser {
  readonly id: string
  /** confirmed, and of somebody of this workspace; null where Slack vouches for none */
  readonly email: string | null
  readonly deactivated: boolean
  /** a guest, or of another organisation */
  readonly guest: boolean
  readonly bot: boolean
  /** in which they live, as Europe/London; null: Slack does not say */
  readonly zone: string | null
}

function userFrom(found: z.infer<typeof User>['user'], workspace: string): SlackUser {
  const ours = found.team_id === workspace && !found.is_stranger
  const vouched = ours && !found.deleted && !found.is_bot && found.is_email_confirmed === true
  return {
    id: found.id,
    email: vouched ? (found.profile.email ?? null) : null,
    deactivated: found.deleted ?? false,
    guest: !ours || (found.is_restricted ?? false) || (found.is_ultra_restricted ?? false),
    bot: found.is_bot ?? false,
    zone: found.tz ?? null,
  }
}

/** Slack's words for that it knows nobody by an id or address, or none of whom it would say anything. */
const NOBODY = new Set(['user_not_found', 'users_not_found', 'user_not_visible'])

/** What Slack knows of a user of a workspace; null where it knows nobody. @throws NoAnswer where it could not be asked */
export async function userIn(call: Call, workspace: string, user: string): Promise<SlackUser | null> {
  try {
    return userFrom((await call('users.info', { user }, User)).user, workspace)
  } catch (error) {
    if (error instanceof NoAnswer && NOBODY.has(error.why)) return null
    throw error
  }
}

/** Who of a workspace has an address, as far as Slack vouches for it; null: nobody. @throws NoAnswer */
export async function userWith(call: Call, workspace: string, address: string): Promise<SlackUser | null> {
  try {
    const { user: found } = await call('users.lookupByEmail', { email: address }, User)
    // Whether the address is confirmed may be left out here [docs: users.lookupByEmail].
    const said = found.is_email_confirmed !== undefined
    const user = said ? userFrom(found, workspace) : await userIn(call, workspace, found.id)
    return user?.email ? user : null
  } catch (error) {
    if (error instanceof NoAnswer && NOBODY.has(error.why)) return null
    throw error
  }
}

/** Slack's ids of people of ours in a workspace. */
export async function usersOf(db: Db, workspace: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('identity')
    .select(['person_id', 'user_id'])
    .where('platform', '=', PLATFORM)
    .where('workspace', '=', workspace)
    .where('person_id', 'in', [...people])
    .execute()
  return new Map(rows.map(({ person_id, user_id }) => [person_id, user_id]))
}

/** The names of the people of ours whom a workspace knows by these ids. */
export async function namesOf(db: Db, workspace: string, users: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (users.length === 0) return new Map()
  const rows = await db
    .selectFrom('identity')
    .innerJoin('person', 'person.id', 'identity.person_id')
    .select(['identity.user_id', 'person.name'])
    .where('identity.platform', '=', PLATFORM)
    .where('identity.workspace', '=', workspace)
    .where('identity.user_id', 'in', [...users])
    .execute()
  return new Map(rows.map(({ user_id, name }) => [user_id, name]))
}
