import type { KnownBlock } from '@slack/types'
import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import type { Card } from '../../kernel/view.js'
import { type Address, LONGEST_WAIT_MS, NotSent, type Posted, type Sender, Unreachable } from '../../outbox/sender.js'
import { peopleIn } from './answers.js'
import { type Call, NoAnswer } from './client.js'
import { plain } from './escape.js'
import { LONGEST } from './limits.js'
import { lossInWords } from './losses.js'
import { usersOf } from './people.js'
import { type Sheet, sheets } from './render.js'
import { AS_IT_IS, marked, messageOf, SEVERAL } from './respond.js'
import { MOST_LOOKED_BACK } from './waits.js'
import { PLATFORM, REFUSED_TOKENS, type Workspace } from './workspace.js'
import { forReader, type Zones } from './zones.js'

const PostedAnswer = z.object({ channel: z.string(), ts: z.string() })
const Found = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ keys: z.string(), part: z.number() }) })
        .optional()
        .catch(undefined),
    }),
  ),
})

const MORE: KnownBlock = {
  type: 'context',
  elements: [plain('There is more than one message holds: ask me for it in a direct message.', LONGEST.text)],
}

/** By which a message of ours is known again. */
const NOTICE = 'quorate_notice'

/** Slack takes no list of texts here. */
const metadataOf = (keys: readonly string[], part: number) => ({
  event_type: NOTICE,
  event_payload: { keys: keys.join(' '), part },
})

interface Needs {
  readonly call: Call
  readonly workspace: Workspace
  readonly reading: Db
  readonly zones: Zones
  directWith(user: string): Promise<string>
}

interface Sending {
  readonly to: Address
  readonly keys: readonly string[]
  readonly again: boolean
  /** what is found again shows what was so then */
  readonly follows: boolean
}

/** What a sending does to messages. */
function messagesBy(call: Call) {
  /** @returns null where it stands there no more, and is to be said anew */
  async function update(at: Posted, sheet: Sheet, to: Address): Promise<Posted | null> {
    try {
      await call('chat.update', { ...messageOf(sheet), channel: at.conversation, ts: at.message }, z.object({}))
      return at
    } catch (error) {
      if (error instanceof NoAnswer && (MISSING.has(error.why) || ('user' in to && NOT_OURS.has(error.why)))) return null
      throw error
    }
  }

  const post = async (channel: string, sheet: Sheet, within: { readonly thread_ts?: string; readonly metadata: object }) => {
    const { channel: conversation, ts: message } = await call(
      'chat.postMessage',
      { ...messageOf(sheet), ...AS_IT_IS, channel, ...within },
      PostedAnswer,
    )
    return { conversation, message }
  }

  /** The parts of a message that were posted, by their number; none where the app may not look. */
  async function postedBefore(channel: string, keys: readonly string[], thread?: string): Promise<ReadonlyMap<number, string>> {
    try {
      const { messages } = await call(
        thread === undefined ? 'conversations.history' : 'conversations.replies',
        { channel, include_all_metadata: true, limit: MOST_LOOKED_BACK, ...(thread === undefined ? {} : { ts: thread }) },
        Found,
      )
      const ours = messages.flatMap(({ ts, metadata }) =>
        metadata?.event_type === NOTICE ? [{ ts, ...metadata.event_payload }] : [],
      )
      const same = ours.filter((one) => one.keys.split(' ').some((key) => keys.includes(key)))
      return new Map(same.map(({ ts, part }) => [part, ts]))
    } catch (error) {
      if (error instanceof NoAnswer && error.why === 'missing_scope') return new Map()
      throw error
    }
  }

  /** Posts a card of however many parts: the first, and what does not fit in its thread. */
  async function postAll(channel: string, parts: readonly Sheet[], { to, keys, again, follows }: Sending): Promise<Posted> {
    const [sheet, ...further] = parts
    if (!sheet) throw new Error('a card was drawn as nothing')
    const found = again ? (await postedBefore(channel, keys)).get(0) : undefined
    const stands = found !== undefined && (!follows || (await update({ conversation: channel, message: found }, sheet, to)))
    const before = stands ? found : undefined
    const first =
      before === undefined
        ? await post(channel, sheet, { metadata: metadataOf(keys, 0) })
        : { conversation: channel, message: before }
    const there =
      again && further.length > 0 ? await postedBefore(channel, keys, first.message).catch(afterAPart) : new Map<number, string>()
    for (const [at, part] of further.entries()) {
      if (there.has(at + 1)) continue
      await post(channel, part, { thread_ts: first.message, metadata: metadataOf(keys, at + 1) }).catch(afterAPart)
    }
    return first
  }

  return { update, postAll }
}

/** Begins nothing once it is late: what is under way then has ended before the same is sent again. */
const inTime =
  (late: AbortSignal, call: Call): Call =>
  async (method, given, answer) => {
    holdTo(late, method)
    return call(method, given, answer)
  }

function holdTo(late: AbortSignal, method: string): void {
  if (late.aborted) throw new NoAnswer(method, 'late', undefined, false)
}

/** Sends into one workspace. */
export function slackSender({ call, workspace, reading, zones, directWith }: Needs): Sender {
  async function drawn(card: Card, to: Address): Promise<readonly Sheet[]> {
    const users = await usersOf(reading, workspace.id, peopleIn(card))
    const parts = sheets(forReader(card, 'user' in to ? zones.of(to.user) : null), 'message', (person) => users.get(person))
    const [first] = parts
    if (!first) throw new Error('a card was drawn as nothing')
    // What is changed in its place is one message, as what stands beneath it would stay as it was.
    if (card.follows && parts.length > 1) return [{ ...first, blocks: [...first.blocks, MORE] }]
    return card.several ? [marked(first, SEVERAL), ...parts.slice(1)] : parts
  }

  return {
    platform: PLATFORM,
    workspace: workspace.id,
    async send(to, card, replaces, keys, again, late) {
      const { update, postAll } = messagesBy(inTime(late, call))
      try {
        const parts = await drawn(card, to)
        const [first] = parts
        if (replaces && first) {
          const updated = await update(replaces, first, to)
          if (updated) return updated
        }
        if ('user' in to) holdTo(late, 'conversations.open')
        const channel = 'user' in to ? await directWith(to.user) : to.place
        return await postAll(channel, parts, { to, keys, again, follows: card.follows === true })
      } catch (error) {
        throw error instanceof NoAnswer ? notSent(error, to) : error
      }
    },
  }
}

/** Somebody has deleted it, or it may not be changed any more. */
const MISSING = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
/** A direct conversation was with the app as it was before it was made anew: the person has another with it now. */
const NOT_OURS = new Set(['channel_not_found', 'not_in_channel'])
const LOST_PLACES = new Set(['channel_not_found', 'is_archived', 'is_inactive', 'not_in_channel'])
/** Whoever looks after the channel lets nobody but others post there: it is as lost, until it is linked anew. */
const FORBIDDEN = /^(?:restricted_action|posting_to_)/
const LOST_PEOPLE = new Set(['user_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot'])
/** What is wrong with the message itself: it is wrong tomorrow too. */
const OURS =
  /^(?:invalid_blocks|invalid_arguments|invalid_array_arg|msg_too_long|msg_blocks_too_long|no_text|metadata_|only_one_table|invalid_attachments|restricted_action_non_threadable|restricted_action_thread_locked)/

/** Whatever becomes of a later part: the first of it stands there. */
function afterAPart(error: unknown): never {
  throw error instanceof NoAnswer ? new NoAnswer(error.method, error.why, error.again, true) : error
}

/** What became of a message that was not sent, in the outbox's words. */
function notSent({ why, again, method, taken }: NoAnswer, to: Address): NotSent {
  if (why in REFUSED_TOKENS) return new Unreachable('workspace', lossInWords(why), taken)
  if (LOST_PEOPLE.has(why)) return new Unreachable('person', lossInWords(why), taken)
  if (OURS.test(why)) return new NotSent(`${method} does not take it: ${why}`, null, taken)
  if (LOST_PLACES.has(why) || FORBIDDEN.test(why))
    return new Unreachable('user' in to ? 'person' : 'place', lossInWords(why), taken)
  // Anything else is for whoever runs the app to mend, such as a scope that is missing.
  return new NotSent(`${method}: ${why}`, again === null ? LONGEST_WAIT_MS : again, taken)
}
