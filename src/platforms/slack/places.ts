import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import type { Place } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/time.js'
import { type Call, NoAnswer } from './client.js'
import { userIn } from './people.js'
import { KIND_MINUTES, LONGEST_LOOK_MS, MOST_LOOKED_AT } from './waits.js'
import { PLATFORM } from './workspace.js'

const Conversation = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_im: z.boolean().optional(),
    is_private: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_org_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    is_member: z.boolean().optional(),
    is_archived: z.boolean().optional(),
  }),
})

const Members = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

/** What Slack says of a conversation. */
export interface Conversation {
  readonly kind: Place['kind']
  /** whether Quorate is in it */
  readonly member: boolean
  /** as people call it, `#kcsp` */
  readonly name: string
}

/** The conversations of one workspace, as far as they have to be known. */
export interface Places {
  /** How open a conversation is in which a user is; where Slack does not say, as open as can be. */
  placeOf(channel: string, user: string): Promise<Place>
  /** The same, asked anew, with the guests who read there: for linking it. */
  inspected(channel: string): Promise<Place>
  /** That something about it has changed. */
  forget(channel: string): void
}

/** A direct conversation begins with D, with Quorate or of two people with each other; Slack's other ids do not. */
export const isDirect = (channel: string): boolean => channel.startsWith('D')

/** What a conversation is. @throws NoAnswer */
export async function conversationOf(call: Call, channel: string): Promise<Conversation> {
  const { channel: found } = await call('conversations.info', { channel }, Conversation)
  const shared = found.is_ext_shared || found.is_org_shared || found.is_pending_ext_shared
  const kind = shared ? 'shared' : found.is_private || found.is_mpim ? 'private' : 'public'
  return {
    kind: found.is_im ? 'direct' : kind,
    member: found.is_im || found.is_mpim || (found.is_member ?? false),
    name: found.name ? `#${found.name}` : '',
  }
}

/** Whether a channel serves a board. */
export async function isLinked(db: Db, workspace: string, channel: string): Promise<boolean> {
  const row = await db
    .selectFrom('place')
    .select('id')
    .where('platform', '=', PLATFORM)
    .where('workspace', '=', workspace)
    .where('id', '=', channel)
    .executeTakeFirst()
  return row !== undefined
}

/** Users of whom Slack is asked at once. */
const AT_ONCE = 20

interface Needs {
  readonly call: Call
  readonly workspace: string
  readonly systemClock: Clock
  /** the direct conversation with a user. @throws NoAnswer */
  directWith(user: string): Promise<string>
}

export function places({ call, workspace, systemClock, directWith }: Needs): Places {
  const known = new Map<string, { readonly place: Place; readonly until: number }>()

  /** What Slack says; null where it does not, or not soon. */
  async function soon<Said>(asking: Promise<Said>): Promise<Said | null> {
    const tooLong = new AbortController()
    try {
      return await Promise.race([asking, wait(LONGEST_LOOK_MS, null, { signal: tooLong.signal })])
    } catch (error) {
      if (error instanceof NoAnswer) return null
      throw error
    } finally {
      tooLong.abort()
    }
  }

  /** What is not known is taken to be as open as can be. */
  async function asked(channel: string): Promise<Place> {
    const place = { platform: PLATFORM, workspace, id: channel }
    const found = await soon(conversationOf(call, channel))
    return found ? { ...place, kind: found.kind, name: found.name } : { ...place, kind: 'shared' }
  }

  /** Commands are taken in the conversations of people with each other too: in those somebody else reads. */
  async function direct(id: string, user: string): Promise<Place> {
    const ours = (await soon(directWith(user))) === id
    return { platform: PLATFORM, workspace, id, kind: ours ? 'direct' : 'shared' }
  }

  async function remembered(channel: string): Promise<Place> {
    const now = systemClock.now().epochMilliseconds
    const one = known.get(channel)
    if (one && one.until > now) return one.place
    const place = await asked(channel)
    if (known.size >= MOST_LOOKED_AT) known.clear()
    // Where Slack did not say, it is asked again.
    if (place.name !== undefined) known.set(channel, { place, until: now + KIND_MINUTES * 60_000 })
    return place
  }

  async function guestsIn(channel: string): Promise<readonly string[]> {
    const { members } = await call('conversations.members', { channel, limit: MOST_LOOKED_AT }, Members)
    const guests: string[] = []
    for (let from = 0; from < members.length; from += AT_ONCE) {
      const some = members.slice(from, from + AT_ONCE)
      const found = await Promise.all(some.map((user) => userIn(call, workspace, user)))
      guests.push(...some.filter((_, at) => !found[at] || (found[at].guest && !found[at].bot)))
    }
    return guests
  }

  return {
    placeOf: (channel, user) => (isDirect(channel) ? direct(channel, user) : remembered(channel)),
    async inspected(channel) {
      known.delete(channel)
      const place = await remembered(channel)
      if (place.kind !== 'private') return place
      try {
        return { ...place, guests: await guestsIn(channel) }
      } catch (error) {
        // Who reads there is not known: it is taken as open.
        if (error instanceof NoAnswer) return { ...place, kind: 'shared' }
        throw error
      }
    },
    forget: (channel) => void known.delete(channel),
  }
}
