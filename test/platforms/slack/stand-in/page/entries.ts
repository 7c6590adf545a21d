import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Workspace } from '../workspace.js'

/** A way into the app that its manifest names: a slash command, or a shortcut. */
export type Entry =
  | { readonly kind: 'command'; readonly command: string; readonly hint: string }
  | { readonly kind: 'shortcut'; readonly on: 'global' | 'message'; readonly callbackId: string; readonly name: string }

const Manifest = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() })).default([]),
    slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string().default('') })).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
})

export interface AppManifest {
  readonly entries: readonly Entry[]
  readonly scopes: readonly string[]
  readonly events: readonly string[]
}

/** What a manifest of an app asks Slack for. */
export function readManifest(file: string): AppManifest {
  const { features, oauth_config, settings } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    entries: [
      ...features.slash_commands.map(({ command, usage_hint }) => ({ kind: 'command' as const, command, hint: usage_hint })),
      ...features.shortcuts.map(({ name, type, callback_id }) => ({
        kind: 'shortcut' as const,
        on: type,
        callbackId: callback_id,
        name,
      })),
    ],
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
  }
}

/** Lets the app have what its manifest asks for, and no more. */
export function install(workspace: Workspace, { scopes, events }: AppManifest): void {
  workspace.scopes = [...scopes]
  workspace.events = [...events]
}
