import { z } from 'zod'
import { secret } from '../ground.js'
import { Refused } from '../refused.js'
import { type Method, method } from './method.js'

export const AUTH: Readonly<Record<string, Method>> = {
  'api.test': method({ args: z.looseObject({}), run: (_team, args) => ({ args }) }),
  'auth.test': method({
    args: z.strictObject({}),
    run: (team) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: team.users.get(team.botUser)?.name,
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
  }),
  'apps.connections.open': method({
    ofApp: true,
    args: z.strictObject({}),
    run: (team) => {
      const ticket = secret('')
      team.app.tickets.add(ticket)
      return { url: `${team.ground.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${team.app.id}` }
    },
  }),
  'bots.info': method({
    scopes: ['users:read'],
    args: z.strictObject({ bot: z.string().optional() }),
    run: (team, { bot }) => {
      if (bot !== team.botId) throw new Refused('bot_not_found')
      const name = team.users.get(team.botUser)?.name
      return { bot: { id: bot, deleted: false, name, updated: 1, app_id: team.app.id, user_id: team.botUser, icons: {} } }
    },
  }),
  'team.info': method({
    scopes: ['team:read'],
    args: z.strictObject({}),
    run: (team) => ({ team: { id: team.id, name: team.name, domain: team.domain, url: `https://${team.domain}.slack.com/` } }),
  }),
}
