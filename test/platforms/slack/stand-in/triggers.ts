import { randomBytes } from 'node:crypto'
import { secret } from './ground.js'
import { Refused } from './refused.js'
import type { Team, Trigger } from './team.js'

const TRIGGER_LIVES_MS = 3_000

/** A trigger for one person: opens one view, within three seconds. */
export function newTrigger(team: Team, user: string): string {
  const id = `${Math.floor(team.ground.now())}.${team.ground.nextId('').replaceAll(/\D/g, '')}.${randomBytes(16).toString('hex')}`
  team.triggers.set(id, { user, issued: team.ground.now(), used: false })
  return id
}

/** Uses a trigger up. @throws Refused invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
export function exchange(team: Team, id: string): Trigger {
  const trigger = team.triggers.get(id)
  if (!trigger) throw new Refused('invalid_trigger_id')
  if (trigger.used) throw new Refused('exchanged_trigger_id')
  if (team.ground.now() - trigger.issued > TRIGGER_LIVES_MS) throw new Refused('expired_trigger_id')
  trigger.used = true
  return trigger
}

/** An address to answer one person at, from one place: five times within half an hour. */
export function newResponseUrl(team: Team, user: string, channel: string, message: string | null): string {
  const id = secret('')
  team.responseUrls.set(id, { user, channel, message, issued: team.ground.now(), uses: 0 })
  return `${team.ground.origin}/actions/${team.id}/${id}`
}
