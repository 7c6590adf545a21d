import type { Sight } from '../sight.js'
import { dated } from './day.js'
import { el } from './element.js'

/** Slack’s own markup drawn: the text of a message, and text objects of type mrkdwn. @see https://docs.slack.dev/messaging/formatting-message-text */
export function marked(text: string, sight: Sight): readonly Node[] {
  const nodes: Node[] = []
  for (const [at, part] of text.split(/```\n?([\s\S]*?)\n?```/).entries()) {
    if (at % 2 === 1) nodes.push(el('pre', {}, unescaped(part)))
    else nodes.push(...quoted(part, sight))
  }
  return nodes
}

function quoted(text: string, sight: Sight): readonly Node[] {
  return text.split(/((?:^&gt; ?.*(?:\n|$))+)/m).flatMap((part, at): readonly Node[] => {
    if (at % 2 === 0) return inline(part, sight)
    return [el('blockquote', {}, ...inline(part.replaceAll(/^&gt; ?/gm, '').trimEnd(), sight))]
  })
}

const STYLED = /(?<![\w*_~`])(?:\*(?! )([^*\n]+?)\*|_(?! )([^_\n]+?)_|~(?! )([^~\n]+?)~)(?![\w*_~`])/

function inline(text: string, sight: Sight): readonly Node[] {
  const found = /<([^<>]+)>|`([^`\n]+)`/.exec(text)
  const styled = STYLED.exec(text)
  if (styled && (!found || styled.index < found.index)) {
    const [all, bold, italic, struck] = styled
    const tag = bold !== undefined ? 'b' : italic !== undefined ? 'i' : 's'
    const inner = el(tag, {}, ...inline(bold ?? italic ?? struck ?? '', sight))
    return [...inline(text.slice(0, styled.index), sight), inner, ...inline(text.slice(styled.index + all.length), sight)]
  }
  if (!found) return text === '' ? [] : [document.createTextNode(unescaped(text))]
  const [all, token, code] = found
  const drawn = code !== undefined ? el('code', {}, unescaped(code)) : tokenOf(token ?? '', sight)
  return [...inline(text.slice(0, found.index), sight), drawn, ...inline(text.slice(found.index + all.length), sight)]
}

function tokenOf(token: string, sight: Sight): Node {
  const [target = '', label] = token.split('|')
  if (/^@[UW]/.test(target)) return mention(`@${nameOfUser(sight, target.slice(1))}`)
  if (target.startsWith('#C')) return mention(`#${nameOfChannel(sight, target.slice(1)) ?? label ?? target.slice(1)}`)
  const [, seconds, format] = /^!date\^(\d+)\^([^^]+)/.exec(target) ?? []
  if (format !== undefined) return document.createTextNode(dated(Number(seconds), format, sight.you.tz))
  if (target.startsWith('!')) return mention(`@${label?.replace(/^@/, '') ?? target.slice(1)}`)
  return link(unescaped(target), unescaped(label ?? target.replace(/^mailto:/, '')))
}

export const mention = (said: string): HTMLElement => el('span', { class: 'mention' }, said)

/** A link to the web or to post, and of anything else its words. */
export function link(url: string, said: string): Node {
  if (!/^(?:https?|mailto):/i.test(url)) return document.createTextNode(said)
  return el('a', { href: url, set: { target: '_blank', rel: 'noreferrer' } }, said)
}

export const nameOfUser = ({ people, app }: Sight, id: string): string =>
  id === app.user ? app.name : (people.find((one) => one.id === id)?.name ?? id)

export const nameOfChannel = ({ places }: Sight, id: string): string | undefined => places.find((one) => one.id === id)?.name

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
