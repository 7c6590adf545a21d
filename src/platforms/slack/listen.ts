import type { App } from '@slack/bolt'
import type { z } from 'zod'
import { changing } from './changing.js'
import { acknowledgementOf } from './deferring.js'
import type { Listening } from './listening.js'
import { once } from './once.js'
import { opening } from './opening.js'
import {
  AnyEvent,
  ChannelChanged,
  CommandBody,
  EventBody,
  HomeEvent,
  MemberJoined,
  PressBody,
  SaidEvent,
  ShortcutBody,
  SubmissionBody,
  TokensRevoked,
  UserChanged,
} from './payloads.js'
import { pressing } from './pressing.js'
import { saying } from './saying.js'
import { submitting } from './submitting.js'

/** What is listened to. The manifest asks for it and for nothing else. */
export const COMMAND = '/quorate'
export const SHORTCUTS = { apologise: 'send_apologies', propose: 'propose_item' } as const
export const ARCHIVED = ['channel_archive', 'channel_deleted', 'group_archive', 'group_deleted'] as const
export const LEFT = ['channel_left', 'group_left'] as const
export const UNARCHIVED = ['channel_unarchive', 'group_unarchive'] as const
export const CHANGED = ['channel_shared', 'channel_unshared', 'member_left_channel'] as const

type Acknowledge<Told> = (told?: Told) => Promise<void>

interface Delivered {
  readonly id: string
  readonly team: string
  readonly acknowledge: Acknowledge<void>
}

/** Has what Slack delivers to an app come to one workspace's house. What cannot be read is acknowledged, and left alone. */
export function listen(app: App, listening: Listening): void {
  const { id, botUser } = listening.workspace
  const says = saying(listening)
  const presses = pressing(listening)
  const submits = submitting(listening)
  const opens = opening(listening)
  const changes = changing(listening)
  const firstly = once()

  /** Deals with a delivery once; the same again is acknowledged as the first was, and not answered again. */
  async function dealt<Told>(
    delivery: string,
    ack: Acknowledge<Told>,
    deal: (acknowledge: Acknowledge<Told>) => Promise<void>,
  ): Promise<void> {
    let dealing: Promise<void> = Promise.resolve()
    const told = await firstly(delivery, () => {
      return new Promise<Told | undefined>((resolve, reject) => {
        dealing = deal(async (what) => resolve(what))
        dealing.then(() => resolve(undefined), reject)
      })
    })
    try {
      await ack(told)
    } finally {
      // Where it is too late to acknowledge, what was done is answered all the same.
      await dealing
    }
  }

  app.command(COMMAND, async ({ body, ack }) => {
    const read = CommandBody.safeParse(body)
    if (!read.success) return ack()
    await dealt(read.data.trigger_id, ack, (acknowledge) => says.command(read.data, acknowledge))
  })

  app.action(/.*/s, async ({ body, ack }) => {
    const read = PressBody.safeParse(body)
    if (!read.success) return ack()
    await dealt(read.data.trigger_id, ack as Acknowledge<void>, (acknowledge) => presses(read.data, acknowledge))
  })

  app.view(/.*/s, async ({ body, ack }) => {
    const read = SubmissionBody.safeParse(body)
    if (!read.success) return ack()
    const acknowledge = ack as Acknowledge<unknown>
    await dealt(submits.deliveryOf(read.data), acknowledge, (told) => submits.submitted(read.data, told))
  })

  for (const callback of Object.values(SHORTCUTS)) {
    app.shortcut(callback, async ({ body, ack }) => {
      const read = ShortcutBody.safeParse(body)
      if (!read.success) return ack()
      await dealt(read.data.trigger_id, ack, (acknowledge) => opens.shortcut(callback, read.data, acknowledge))
    })
  }

  /** Listens to an event as far as it can be read. */
  function on<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    deal: (event: z.output<Schema>, delivered: Delivered) => Promise<void>,
  ): void {
    app.event(name, async ({ body, context }) => {
      const delivered = EventBody.safeParse(body)
      if (!delivered.success) return
      const event = schema.safeParse(body.event)
      if (!event.success) return
      const { event_id: id, team_id: team } = delivered.data
      await dealt<void>(id, acknowledgementOf(context), (acknowledge) => deal(event.data, { id, team, acknowledge }))
    })
  }

  on('app_mention', SaidEvent, async (event, { id, acknowledge }) => {
    if (isSaid(event)) await says.said(event, id, acknowledge)
  })
  on('message', SaidEvent, async (event, { id, acknowledge }) => {
    // In other conversations it is spoken to by name alone.
    if (event.channel_type === 'im' && isSaid(event)) await says.said(event, id, acknowledge)
  })
  on('app_home_opened', HomeEvent, async ({ user, tab }) => {
    if (tab !== 'messages') await listening.homes.show(user)
  })
  on('user_change', UserChanged, ({ user }) => changes.person(user))
  on('member_joined_channel', MemberJoined, (event) =>
    event.user === botUser ? changes.joined(event) : changes.place(event.channel),
  )
  for (const name of ARCHIVED) on(name, ChannelChanged, ({ channel }) => changes.gone(channel, 'archived'))
  for (const name of LEFT) on(name, ChannelChanged, ({ channel }) => changes.gone(channel, 'removed'))
  for (const name of UNARCHIVED) on(name, ChannelChanged, ({ channel }) => changes.back(channel, 'unarchived'))
  for (const name of CHANGED) {
    // That Quorate itself has left is told apart, and by another event.
    on(name, ChannelChanged, async ({ channel, user }) => (user === botUser ? undefined : changes.place(channel)))
  }
  // Bolt lets these two in for whichever workspace they are of.
  const ended = async (team: string): Promise<void> => (team === id ? changes.disconnected() : undefined)
  on('app_uninstalled', AnyEvent, (_, { team }) => ended(team))
  on('tokens_revoked', TokensRevoked, async ({ tokens }, { team }) => (tokens.bot.length > 0 ? ended(team) : undefined))
}

const WORDS = new Set(['file_share', 'thread_broadcast'])

/** Whether a message is somebody's own words, with or without files; not Quorate's, not changed or deleted ones. */
const isSaid = ({ subtype, bot_id }: z.infer<typeof SaidEvent>): boolean =>
  bot_id === undefined && (subtype === undefined || WORDS.has(subtype))
