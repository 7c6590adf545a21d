import { Refused } from './refused.js'
import type { Team, User } from './team.js'

/** A person of this workspace, or a guest who shares a channel with it. @throws Refused user_not_found */
export function personOf(team: Team, id: string): User {
  const user = team.users.get(id)
  if (!user) throw new Refused('user_not_found')
  return user
}

/** A person as users.info shows them. The address only to who may read it, and never a stranger’s. */
export function userObject(team: Team, user: User): Record<string, unknown> {
  const home = user.foreignTeam ?? team.id
  const [first = '', ...last] = user.name.split(' ')
  const email = user.email !== null && user.foreignTeam === null && team.scopes.includes('users:read.email')
  const object: Record<string, unknown> = {
    id: user.id,
    team_id: home,
    name: handleOf(user),
    deleted: user.deleted,
    profile: {
      real_name: user.name,
      real_name_normalized: user.name,
      display_name: user.displayName,
      display_name_normalized: user.displayName,
      first_name: first,
      last_name: last.join(' '),
      team: home,
      ...(email ? { email: user.email } : {}),
    },
    is_bot: user.bot,
    is_app_user: false,
    updated: Math.floor(user.updated / 1_000),
    ...(user.foreignTeam !== null ? { is_stranger: true } : {}),
  }
  // Of the deactivated Slack tells little more than that they are.
  if (user.deleted) return object
  return {
    ...object,
    real_name: user.name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: 0,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.restricted,
    is_ultra_restricted: false,
    is_email_confirmed: user.emailConfirmed,
  }
}

/** The short name in payloads: `alice.example`. */
export const handleOf = (user: User): string => user.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')
