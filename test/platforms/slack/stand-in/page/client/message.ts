import type { MessageSeen, Sight } from '../sight.js'
import { blocks } from './blocks.js'
import { timeOf } from './day.js'
import type { Desk } from './desk.js'
import { el, id } from './element.js'
import { marked, nameOfUser } from './markup.js'
import { type Item, menu } from './menu.js'

interface Given {
  readonly desk: Desk
  readonly replyTo: (seen: MessageSeen) => void
}

/** A message as it stands in the conversation: who, when, what, and what can be done with it. */
export function message(seen: MessageSeen, { desk, replyTo }: Given): HTMLElement {
  const { sight } = desk
  const author = nameOfUser(sight, seen.user)
  const isApp = seen.user === sight.app.user
  const time = timeOf(seen.ts, sight.you.tz)
  const key = id('m', seen.channel, seen.ts)
  const surface = desk.surface(`${seen.channel} ${seen.ts}`, { on: { channel: seen.channel, ts: seen.ts }, state: seen.state })
  const body = seen.blocks.length > 0 ? blocks(seen.blocks, surface) : marked(seen.text, sight)
  return el(
    'article',
    {
      class: `message ${seen.ephemeral ? 'ephemeral' : ''} ${seen.thread_ts !== null && seen.thread_ts !== seen.ts ? 'reply' : ''}`,
      aria: { label: `${author}, ${time}` },
    },
    el('span', { class: `avatar ${isApp ? 'app' : ''}`, aria: { hidden: 'true' } }, initials(author)),
    el(
      'div',
      { class: 'message-main' },
      seen.ephemeral && el('p', { class: 'only-you' }, 'Only visible to you'),
      el(
        'p',
        { class: 'byline' },
        el('b', {}, author),
        isApp && el('span', { class: 'tag' }, 'APP'),
        el('span', { class: 'time' }, time),
      ),
      el('div', { class: seen.blocks.length > 0 ? 'blocks' : 'words' }, ...body),
      seen.edited && el('span', { class: 'edited' }, '(edited)'),
      ...seen.files.map((file, at) => attached(file, `/page/files/${seen.channel}/${seen.ts}/${at}`, sight)),
    ),
    // Of what only one person sees there is nothing to be done elsewhere.
    seen.ephemeral ? null : menu(key, `More actions for the message of ${author}, ${time}`, '⋮', doings(seen, desk, replyTo)),
  )
}

function doings(seen: MessageSeen, { sight, act }: Desk, replyTo: Given['replyTo']): readonly Item[] {
  const on = { channel: seen.channel, ts: seen.ts }
  return [
    { label: 'Reply in thread', chosen: () => replyTo(seen) },
    ...sight.entries.flatMap((entry) =>
      entry.kind === 'shortcut' && entry.on === 'message'
        ? [{ label: entry.name, chosen: () => void act({ act: 'shortcut', callbackId: entry.callbackId, on }) }]
        : [],
    ),
  ]
}

const initials = (name: string): string =>
  name
    .replace(/^(?:Cllr|Dr) /, '')
    .split(' ')
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')

/** A file as a link, and a picture as itself too. */
function attached({ name, title }: MessageSeen['files'][number], address: string, { you }: Sight): Node {
  const href = `${address}/${encodeURIComponent(name)}?${new URLSearchParams({ as: you.id })}`
  const link = el('a', { class: 'file', href, set: { download: name } }, title || name)
  if (!/\.(?:png|jpe?g|gif)$/i.test(name)) return link
  return el('figure', {}, el('img', { set: { src: href, alt: title || name } }), el('figcaption', {}, link))
}
