import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import type { Place } from '../../kernel/actor.js'
import type { Clock } from '../../kernel/time.js'
import { type Call, NoAnswer, patiently } from './client.js'
import { oneAtATime } from './one-at-a-time.js'
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

/** What Slack says of a conversation that is not Quorate's own with somebody. */
export interface Conversation {
  readonly kind: Exclude<Place['kind'], 'direct'>
  /** whether Quorate is in it */
  readonly member: boolean
  readonly archived: boolean
  /** as people call it, `#kcsp` */
  readonly name: string
}

/** The conversations of one workspace, as far as they have to be known. */
export interface Places {
  /** How open a conversation is in which somebody speaks; where Slack does not say soon, as open as can be. */
  placeOf(channel: string, user: string): Promise<Place>
  /** The same, asked anew, with the guests who read there. One look at a channel never overtakes another. @throws NoAnswer */
  inspected(channel: string): Promise<Place>
  /** The same for a place that is to be linked: where Slack does not say, as open as can be. */
  toLink(place: Place): Promise<Place>
  /** That something about it has changed. */
  forget(channel: string): void
}

interface Needs {
  readonly call: Call
  readonly workspace: string
  /** the direct conversation of Quorate with a user. @throws NoAnswer */
  directWith(user: string): Promise<string>
  readonly systemClock: Clock
}

/** A conversation of two begins with D, of Quorate with somebody or of people with each other; Slack's other ids do not. */
export const isDirect = (channel: string): boolean => channel.startsWith('D')

/** What a conversation is. Other people's own, of two or of several, are as open as can be. @throws NoAnswer */
export async function conversationOf(call: Call, channel: string): Promise<Conversation> {
  const { channel: found } = await call('conversations.info', { channel }, Conversation)
  const theirs = found.is_im || found.is_mpim
  const shared = theirs || found.is_ext_shared || found.is_org_shared || found.is_pending_ext_shared
  return {
    kind: shared ? 'shared' : found.is_private ? 'private' : 'public',
    member: found.is_mpim || (found.is_member ?? false),
    archived: found.is_archived ?? false,
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

export function places({ call, workspace, directWith, systemClock }: Needs): Places {
  const known = new Map<string, { readonly place: Place; readonly until: number }>()
  /** how often something was forgotten: what was asked before that is not remembered after it */
  let forgotten = 0
  const patient = patiently(call)
  const placed = (id: string, kind: Place['kind']): Place => ({ platform: PLATFORM, workspace, id, kind })

  function forget(channel: string): void {
    forgotten += 1
    known.delete(channel)
  }

  /** @throws NoAnswer */
  async function looked(asking: Call, channel: string): Promise<Place> {
    const before = forgotten
    const { kind, name, member } = await conversationOf(asking, channel)
    const place: Place = { ...placed(channel, kind), name, ...(member ? {} : { absent: true }) }
    if (before === forgotten) {
      if (known.size >= MOST_LOOKED_AT) known.clear()
      known.set(channel, { place, until: systemClock.now().epochMilliseconds + KIND_MINUTES * 60_000 })
    }
    return place
  }

  async function remembered(channel: string): Promise<Place> {
    const one = known.get(channel)
    if (one && one.until > systemClock.now().epochMilliseconds) return one.place
    return soon(looked(call, channel), placed(channel, 'shared'))
  }

  /** A conversation of two is direct where Quorate is the other: its command works in those of others too. */
  async function ofTwo(channel: string, user: string): Promise<Place> {
    return placed(channel, (await directWith(user)) === channel ? 'direct' : 'shared')
  }

  /** Who is in a channel; null: more than are looked at. */
  async function membersOf(channel: string): Promise<readonly string[] | null> {
    const members: string[] = []
    let cursor: string | undefined
    do {
      const page = cursor === undefined ? {} : { cursor }
      const found = await patient('conversations.members', { channel, limit: MOST_LOOKED_AT, ...page }, Members)
      members.push(...found.members)
      cursor = found.response_metadata?.next_cursor || undefined
      if (members.length > MOST_LOOKED_AT) return null
    } while (cursor !== undefined)
    return members
  }

  async function guestsAmong(members: readonly string[]): Promise<readonly string[]> {
    const guests: string[] = []
    for (let from = 0; from < members.length; from += AT_ONCE) {
      const some = members.slice(from, from + AT_ONCE)
      const found = await Promise.all(some.map((user) => userIn(patient, workspace, user)))
      guests.push(...some.filter((_, at) => !found[at] || (found[at].guest && !found[at].bot)))
    }
    return guests
  }

  const inspected = oneAtATime(async (channel): Promise<Place> => {
    forget(channel)
    const place = await looked(patient, channel)
    if (place.kind !== 'private') return place
    const members = await membersOf(channel)
    return members ? { ...place, guests: await guestsAmong(members) } : { ...place, kind: 'shared' }
  })

  return {
    placeOf: (channel, user) => (isDirect(channel) ? soon(ofTwo(channel, user), placed(channel, 'shared')) : remembered(channel)),
    inspected,
    async toLink(place) {
      if (place.kind === 'direct' || isDirect(place.id)) return place
      // A private channel is not there for who is not in it.
      return unlessUnsaid(inspected(place.id), ({ why }) => ({
        ...placed(place.id, 'shared'),
        ...(why === 'channel_not_found' ? { absent: true } : {}),
      }))
    },
    forget,
  }
}

/** What Slack says, or something else where it says nothing. */
const unlessUnsaid = (look: Promise<Place>, otherwise: (error: NoAnswer) => Place): Promise<Place> =>
  look.catch((error: unknown) => {
    if (error instanceof NoAnswer) return otherwise(error)
    throw error
  })

/** The same where it takes too long. What it says later is remembered all the same. */
async function soon(look: Promise<Place>, otherwise: Place): Promise<Place> {
  const tooLong = new AbortController()
  try {
    const late = wait(LONGEST_LOOK_MS, otherwise, { signal: tooLong.signal })
    return await Promise.race([unlessUnsaid(look, () => otherwise), late])
  } finally {
    tooLong.abort()
  }
}
