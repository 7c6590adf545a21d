import type { Bot } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { Clock } from '../../kernel/time.js'
import { type Call, NoAnswer } from './client.js'
import { oneAtATime } from './one-at-a-time.js'
import { userIn } from './people.js'
import { conversationOf, type Places } from './places.js'
import { ASKED_AGAIN_HOURS, LOOKED_AGAIN_MINUTES } from './waits.js'
import { PLATFORM, type Workspace } from './workspace.js'

/** Looks whether the places and people of one workspace are as the house knows them. */
export interface Looking {
  /** At a place that serves a board: what Slack says of it is kept. @returns whether Slack said anything; else it is looked at again */
  at(channel: string): Promise<boolean>
  /** The same for a place that is reached again: it is posted into once it is known who reads there. */
  back(channel: string, why: string): Promise<void>
  /** At those whose turn it is, for each minute: what happened while nothing was heard is seen so. */
  around(): Promise<void>
}

interface Needs {
  readonly bot: Bot
  readonly reading: Db
  readonly call: Call
  readonly places: Places
  readonly workspace: Workspace
  readonly systemClock: Clock
}

const MINUTE_MS = 60_000

export function looking({ bot, reading, call, places, workspace, systemClock }: Needs): Looking {
  const here = { platform: PLATFORM, workspace: workspace.id }
  /** when each place was last looked at, and when each account that is lost, in milliseconds since the epoch */
  const looked = new Map<string, number>()
  const asked = new Map<string, number>()
  const now = () => systemClock.now().epochMilliseconds
  const isDue = (last: number | undefined, minutes: number) => last === undefined || now() - last >= minutes * MINUTE_MS
  let busy = false

  const at = oneAtATime(async (channel: string): Promise<boolean> => {
    try {
      await bot.placeChanged(await places.inspected(channel))
      looked.set(channel, now())
      return true
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      // What passes is tried again a minute later; what Slack has refused, in its turn.
      if (error.again === null) looked.set(channel, now())
      else looked.delete(channel)
      return false
    }
  })

  async function back(channel: string, why: string): Promise<void> {
    if (await at(channel)) await bot.report({ ...here, place: channel, state: 'found', why })
  }

  /** A place that was lost is reached again where Quorate is in it and may post. */
  async function lookForLost(channel: string): Promise<void> {
    try {
      const { member, archived } = await conversationOf(call, channel)
      if (member && !archived) return await back(channel, 'there again')
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
    }
    looked.set(channel, now())
  }

  async function atPlaces(): Promise<void> {
    const linked = await reading
      .selectFrom('place')
      .where('platform', '=', PLATFORM)
      .where('workspace', '=', workspace.id)
      .select(['id', 'lost_why'])
      .execute()
    for (const { id, lost_why } of linked) {
      if (!isDue(looked.get(id), LOOKED_AGAIN_MINUTES)) continue
      if (lost_why === null) await at(id)
      else if (PASSES.has(lost_why)) await lookForLost(id)
    }
  }

  /** Whose account was deactivated may have it again. */
  async function atPeople(): Promise<void> {
    const lost = await reading
      .selectFrom('identity')
      .where('platform', '=', PLATFORM)
      .where('workspace', '=', workspace.id)
      .where('lost_why', '=', DEACTIVATED)
      .select('user_id')
      .execute()
    for (const { user_id: user } of lost) {
      if (!isDue(asked.get(user), ASKED_AGAIN_HOURS * 60)) continue
      try {
        const found = await userIn(call, workspace.id, user)
        asked.set(user, now())
        if (found && !found.deactivated) await bot.report({ ...here, user, ...REACTIVATED })
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        if (error.again === null) asked.set(user, now())
      }
    }
  }

  return {
    at,
    back,
    async around() {
      if (busy) return
      busy = true
      try {
        await atPlaces()
        await atPeople()
      } finally {
        busy = false
      }
    },
  }
}

/** For what a place is lost that Slack says of it itself: where it is so no more, it is reached again. */
const PASSES = new Set(['archived', 'removed', 'deleted'])
const DEACTIVATED = 'deactivated'
/** Whoever was lost because their account was deactivated, and for nothing else, is found by having it again. */
export const REACTIVATED = { state: 'found', why: 'reactivated', lostFor: DEACTIVATED } as const
