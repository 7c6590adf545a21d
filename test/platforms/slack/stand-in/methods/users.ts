import { z } from 'zod'
import { personOf, userObject } from '../people.js'
import { Refused } from '../refused.js'
import { count, flag, id, type Method, method, pageOf } from './method.js'

export const USERS: Readonly<Record<string, Method>> = {
  'users.info': method({
    scopes: ['users:read'],
    args: z.strictObject({ user: id, include_locale: flag }),
    run: (team, { user }) => ({ user: userObject(team, personOf(team, user)) }),
  }),
  'users.list': method({
    scopes: ['users:read'],
    args: z.strictObject({
      limit: count(1_000),
      cursor: z.string().optional(),
      include_locale: flag,
    }),
    run: (team, { limit = 1_000, cursor }) => {
      const { page, response_metadata } = pageOf([...team.users.values()], limit, cursor)
      return { members: page.map((user) => userObject(team, user)), response_metadata }
    },
  }),
  // Neither the deactivated nor guests of another workspace are found by their address.
  'users.lookupByEmail': method({
    scopes: ['users:read.email'],
    args: z.strictObject({ email: id }),
    run: (team, { email }) => {
      const found = [...team.users.values()].find(
        (user) => user.email?.toLowerCase() === email.toLowerCase() && !user.deleted && user.foreignTeam === null,
      )
      if (!found) throw new Refused('users_not_found')
      return { user: userObject(team, found) }
    },
  }),
}
