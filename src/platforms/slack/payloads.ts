import { z } from 'zod'
import type { SentFile } from './filled-in.js'

/**
 * What is read of what Slack delivers: as much as is needed, and no more than can be believed. What does not fit is
 * acknowledged and left alone.
 */

const Id = z.string().min(1).max(100)
const Trigger = z.string().min(1).max(300)

const User = z.object({ id: Id, team_id: Id.optional() })

export const CommandBody = z.object({
  team_id: Id,
  user_id: Id,
  channel_id: Id,
  text: z.string().max(10_000).default(''),
  trigger_id: Trigger,
  response_url: z.string().max(1_000).optional(),
})

const File = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    size: z.number().nullish(),
    url_private_download: z.string().optional(),
    url_private: z.string().optional(),
  })
  .transform(
    ({ id, name, size, url_private_download, url_private }): SentFile => ({
      id,
      name: name ?? 'file',
      bytes: size ?? null,
      url: url_private_download ?? url_private ?? null,
    }),
  )

export const SaidEvent = z.object({
  user: Id,
  channel: Id,
  text: z.string().max(50_000).default(''),
  ts: Id,
  thread_ts: Id.optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  channel_type: z.string().optional(),
  files: z.array(File).optional(),
})

export const EventBody = z.object({ event_id: Id, team_id: Id })

const PressedButton = z.object({ action_id: Id, value: z.string().max(2_000).optional() })

const PressedView = z.object({
  id: Id,
  type: z.string(),
  hash: z.string(),
  callback_id: z.string().optional(),
  private_metadata: z.string().max(3_000).default(''),
})

export const PressBody = z.object({
  user: User,
  trigger_id: Trigger,
  response_url: z.string().optional(),
  channel: z.object({ id: Id }).optional(),
  message: z.object({ ts: Id, blocks: z.array(z.object({ block_id: z.string().optional() })).default([]) }).optional(),
  container: z.object({ is_ephemeral: z.boolean().optional(), channel_id: Id.optional(), message_ts: Id.optional() }),
  view: PressedView.optional(),
  actions: z.tuple([PressedButton]),
})
export type PressBody = z.infer<typeof PressBody>

export const SubmissionBody = z.object({
  user: User,
  trigger_id: Trigger.optional(),
  view: PressedView.extend({
    state: z.object({ values: z.unknown() }),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
  }),
})
export type SubmissionBody = z.infer<typeof SubmissionBody>

export const ShortcutBody = z.object({
  user: User,
  trigger_id: Trigger,
  channel: z.object({ id: Id }).optional(),
  message: z.object({ text: z.string().max(50_000).default('') }).optional(),
})

export const HomeEvent = z.object({ user: Id, tab: z.string().optional() })

export const UserChanged = z.object({ user: z.object({ id: Id, team_id: Id.optional(), deleted: z.boolean().optional() }) })

/** A channel that was archived, shared, left and so on: as an id, or as a thing with one; and whoever did it, where it says so. */
export const ChannelChanged = z.object({
  channel: z.union([Id, z.object({ id: Id }).transform(({ id }) => id)]),
  user: Id.optional().catch(undefined),
})

export const MemberJoined = z.object({ user: Id, channel: Id, inviter: Id.optional() })

/** Whose tokens were taken back: people's, of whom we have none, and the bot's. */
export const TokensRevoked = z.object({ tokens: z.object({ bot: z.array(Id).default([]) }) })

export const AnyEvent = z.object({})
