import type { Block } from '../../blocks.js'
import type { RichTextInline, RichTextPart } from '../../rich-text.js'
import type { Sight } from '../sight.js'
import { dated } from './day.js'
import { el } from './element.js'
import { link, mention, nameOfChannel, nameOfUser } from './markup.js'

type RichText = Extract<Block, { type: 'rich_text' }>
type List = Extract<RichTextPart, { type: 'rich_text_list' }>

export const richText = ({ elements }: Pick<RichText, 'elements'>, sight: Sight): readonly Node[] =>
  elements.map((part) => drawn(part, sight))

function drawn(part: RichTextPart, sight: Sight): Node {
  const within = (elements: readonly RichTextInline[]) => elements.map((one) => inline(one, sight))
  switch (part.type) {
    case 'rich_text_section':
      return el('p', {}, ...within(part.elements))
    case 'rich_text_quote':
      return el('blockquote', {}, ...within(part.elements))
    case 'rich_text_preformatted':
      return el('pre', {}, ...within(part.elements))
    case 'rich_text_list':
      return list(part, sight)
    default:
      return part satisfies never
  }
}

function list({ style, elements, indent = 0 }: List, sight: Sight): Node {
  const items = elements.map((item) => el('li', {}, ...item.elements.map((one) => inline(one, sight))))
  return el(style === 'ordered' ? 'ol' : 'ul', { class: `indent-${indent}` }, ...items)
}

function inline(of: RichTextInline, sight: Sight): Node {
  const { bold, italic, strike, underline, code } = of.style ?? {}
  let node = plainInline(of, sight)
  if (code) node = el('code', {}, node)
  if (strike) node = el('s', {}, node)
  if (underline) node = el('u', {}, node)
  if (italic) node = el('i', {}, node)
  if (bold) node = el('b', {}, node)
  return node
}

function plainInline(of: RichTextInline, sight: Sight): Node {
  switch (of.type) {
    case 'text':
      return document.createTextNode(of.text)
    case 'link':
      return link(of.url, of.text ?? of.url)
    case 'user':
      return mention(`@${nameOfUser(sight, of.user_id)}`)
    case 'usergroup':
      return mention(`@${of.usergroup_id}`)
    case 'team':
      return mention(of.team_id)
    case 'channel':
      return mention(`#${nameOfChannel(sight, of.channel_id) ?? of.channel_id}`)
    case 'broadcast':
      return mention(`@${of.range}`)
    case 'emoji':
      return document.createTextNode(of.unicode ? signs(of.unicode) : `:${of.name}:`)
    case 'color':
      return el('code', {}, of.value)
    case 'date':
      return document.createTextNode(dated(of.timestamp, of.format, sight.you.tz))
    default:
      return of satisfies never
  }
}

/** Code points in hexadecimal, between hyphens. */
const signs = (unicode: string): string => String.fromCodePoint(...unicode.split('-').map((point) => Number.parseInt(point, 16)))
