import type { App } from './delivery.js'
import { USUAL_EVENTS } from './events.js'
import { newFaults } from './faults.js'
import { type Ground, secret } from './ground.js'
import { newRates } from './rates.js'
import type { Team, User } from './team.js'

/** What Quorate may have use for; a test takes some away, or puts its manifest’s in their place. */
const USUAL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
  'users:read.email',
]

/** What the app is let in with, where it is to be the same each time. */
export interface Secrets {
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
}

/** A workspace with nobody in it but the app. */
export function newTeam(
  ground: Ground,
  app: App,
  { id, name, domain, secrets }: { id: string; name: string; domain?: string; secrets?: Secrets },
): Team {
  const botUser = ground.nextId('U')
  const bot: User = {
    id: botUser,
    name: 'Quorate',
    displayName: 'Quorate',
    email: null,
    tz: 'Europe/London',
    restricted: false,
    foreignTeam: null,
    bot: true,
    emailConfirmed: false,
    deleted: false,
    updated: ground.now(),
  }
  return {
    ground,
    app,
    faults: newFaults(),
    rates: newRates(ground),
    id,
    name,
    domain: domain ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    botToken: secrets?.botToken ?? secret('xoxb-'),
    botUser,
    botId: ground.nextId('B'),
    scopes: [...USUAL_SCOPES],
    events: [...USUAL_EVENTS],
    revoked: false,
    users: new Map([[botUser, bot]]),
    channels: new Map(),
    files: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    modals: new Map(),
    homes: new Map(),
    chosen: new Map(),
    notifications: new Map(),
    pings: [],
  }
}
