import type { Entry } from './entries.js'

/** What the words in the composer are: to the conversation, to the app, or to Slack itself. */
export type Typed =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'command'; readonly command: string; readonly text: string }
  | { readonly kind: 'invite'; readonly who: string }
  | { readonly kind: 'unknown'; readonly command: string }

interface Named {
  readonly id: string
  readonly name: string
}

/** Names after @ and # as the mentions that Slack’s composer makes of them; the longest name first, so that none is cut short. */
export function withMentions(text: string, people: readonly Named[], channels: readonly Named[]): string {
  const marks = [
    ...people.map(({ id, name }) => ({ said: `@${name}`, mention: `<@${id}>` })),
    ...channels.map(({ id, name }) => ({ said: `#${name}`, mention: `<#${id}>` })),
  ].sort((one, other) => other.said.length - one.said.length)
  return marks.reduce((so, { said, mention }) => so.replaceAll(wordAfter(said), mention), text)
}

const wordAfter = (said: string): RegExp =>
  new RegExp(`(?<![\\w<])${said.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'gi')

export function typed(text: string, entries: readonly Entry[]): Typed {
  const [, command, rest = ''] = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? []
  if (command === undefined) return { kind: 'words', text }
  if (command === '/invite') return { kind: 'invite', who: /<@(\w+)>/.exec(rest)?.[1] ?? '' }
  const known = entries.some((entry) => entry.kind === 'command' && entry.command === command)
  return known ? { kind: 'command', command, text: rest } : { kind: 'unknown', command }
}
