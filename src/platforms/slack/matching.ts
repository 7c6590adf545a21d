import { setTimeout as wait } from 'node:timers/promises'
import type { Bot } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { Clock } from '../../kernel/time.js'
import { type Call, NoAnswer } from './client.js'
import { userWith } from './people.js'
import { ASKED_AGAIN_HOURS } from './waits.js'
import { PLATFORM, REFUSED_TOKENS, tenantOf, type Workspace } from './workspace.js'
import type { Zones } from './zones.js'

interface Needs {
  readonly bot: Bot
  readonly reading: Db
  readonly call: Call
  readonly workspace: Workspace
  readonly zones: Zones
  readonly systemClock: Clock
}

/**
 * Finds the people of the rosters in a workspace by their addresses, so that they can be written to before they have ever
 * spoken. Who is not found is looked for again after a while, and is known at once when they speak.
 */
export function matching({ bot, reading, call, workspace, zones, systemClock }: Needs): () => Promise<void> {
  /** when each address was last asked about, in milliseconds since the epoch */
  const asked = new Map<string, number>()
  let busy = false

  async function strangers(): Promise<readonly string[]> {
    const tenant = await tenantOf(reading, workspace.id)
    if (tenant === null) return []
    const rows = await reading
      .selectFrom('person')
      .where('tenant_id', '=', tenant)
      .where('email', 'is not', null)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('identity')
              .whereRef('identity.person_id', '=', 'person.id')
              .where('identity.platform', '=', PLATFORM)
              .where('identity.workspace', '=', workspace.id)
              .select('identity.user_id'),
          ),
        ),
      )
      .select('email')
      .execute()
    return rows.flatMap(({ email }) => (email === null ? [] : [email]))
  }

  async function lookFor(email: string): Promise<void> {
    const user = await userWith(call, workspace.id, email)
    if (!user) return
    zones.learn(user.id, user.zone)
    await bot.introduce({ platform: PLATFORM, workspace: workspace.id, user: user.id }, email)
  }

  return async () => {
    if (busy) return
    busy = true
    try {
      for (const email of await strangers()) {
        const now = systemClock.now().epochMilliseconds
        if (now - (asked.get(email) ?? 0) < ASKED_AGAIN_HOURS * 3_600_000) continue
        try {
          await lookFor(email)
          asked.set(email, now)
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error
          if (error.why in REFUSED_TOKENS || error.why === 'connection') return
          // What is wrong with one address holds up no other; what passes is tried again a minute later.
          if (error.again === null) asked.set(email, now)
          // The others wait as long as this one.
          if (error.why === 'ratelimited' && error.again) await wait(error.again, undefined, { ref: false })
        }
      }
    } finally {
      busy = false
    }
  }
}
