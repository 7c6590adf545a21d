import { readFileSync } from 'node:fs'
import type { App } from '@slack/bolt'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listen } from '../src/platforms/slack/listen.js'
import type { Listening } from '../src/platforms/slack/listening.js'
import { SCOPES } from '../src/platforms/slack/scopes.js'

const text = (most: number, least = 1) => z.string().min(least).max(most)

/**
 * What Slack takes for a manifest, as far as ours says anything: nothing else may stand in it.
 * @see https://docs.slack.dev/reference/app-manifest
 */
const Manifest = z.strictObject({
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    background_color: z.string().regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i),
    long_description: text(4_000, 174),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: text(80).regex(/^[\w.-]+$/), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['global', 'message']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(32, 2).regex(/^\/[a-z0-9_-]+$/),
          description: text(2_000),
          usage_hint: text(1_000),
          // Without it a mention is a name, and nobody knows whose.
          should_escape: z.literal(true),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.literal(false),
    // Neither a command nor the events name an address: they come by the socket.
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.literal(false),
  }),
})

const WRITTEN: unknown = JSON.parse(readFileSync(new URL('../manifest/slack.json', import.meta.url), 'utf8'))
const manifest = Manifest.parse(WRITTEN)

/** What an app is asked to listen to, noted. */
function heard() {
  const events: string[] = []
  const commands: string[] = []
  const shortcuts: string[] = []
  const noting = (names: string[]) => (name: string) => void names.push(name)
  const app = { event: noting(events), command: noting(commands), shortcut: noting(shortcuts), action: () => {}, view: () => {} }
  listen(app as unknown as App, { workspace: { id: 'T1', botUser: 'U1' } } as Listening)
  return { events, commands, shortcuts }
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort()

/** One of these scopes is needed before Slack tells of an event; none for what every app may hear. */
const NEEDED: readonly (readonly [event: RegExp, scope: string | null])[] = [
  [/^app_mention$/, 'app_mentions:read'],
  [/^message\.im$/, 'im:history'],
  [/^user_change$/, 'users:read'],
  [/^channel_/, 'channels:read'],
  [/^group_/, 'groups:read'],
  [/^member_/, 'channels:read'],
  [/^member_/, 'groups:read'],
  [/^(?:app_home_opened|app_uninstalled|tokens_revoked)$/, null],
]

describe('the manifest for Slack', () => {
  const { bot_events: events } = manifest.settings.event_subscriptions

  test('asks for the events that are listened to, and no others', () => {
    // Bolt calls the messages of every kind of conversation `message`: of those that are direct alone we hear.
    expect(sorted(events.map((name) => (name === 'message.im' ? 'message' : name)))).toEqual(sorted(heard().events))
  })

  test('offers the commands and shortcuts that are listened to, and no others', () => {
    const { slash_commands, shortcuts } = manifest.features
    expect(sorted(slash_commands.map(({ command }) => command))).toEqual(sorted(heard().commands))
    expect(sorted(shortcuts.map(({ callback_id }) => callback_id))).toEqual(sorted(heard().shortcuts))
  })

  test('asks for the scopes that are needed, and no others', () => {
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(sorted(Object.keys(SCOPES)))
  })

  test('asks for the scopes of which its events are told', () => {
    const { bot } = manifest.oauth_config.scopes
    for (const event of events) {
      const needed = NEEDED.filter(([name]) => name.test(event))
      expect(needed.length, event).toBeGreaterThan(0)
      for (const [, scope] of needed) if (scope !== null) expect(bot, event).toContain(scope)
    }
  })

  test('says nothing twice', () => {
    const { bot } = manifest.oauth_config.scopes
    const { shortcuts } = manifest.features
    for (const names of [events, bot, shortcuts.map(({ callback_id }) => callback_id), shortcuts.map(({ name }) => name)])
      expect(names).toEqual([...new Set(names)])
  })
})
