import type { Block } from './blocks.js'
import type { Element } from './elements.js'
import type { RichTextInline, RichTextPart } from './rich-text.js'

/** Blocks as a screen reader would say them: a line for each thing, buttons and menus in brackets by what they are read out as. */
export const plain = (blocks: readonly Block[]): string => blocks.flatMap(lines).join('\n')

interface Worded {
  readonly type: string
  readonly text: string
}

const words = ({ type, text }: Worded): string => (type === 'mrkdwn' ? unmarked(text) : text)

/** Slack’s own markup, read. */
const unmarked = (text: string): string =>
  text
    .replaceAll(/<([^>|]+)\|([^>]+)>/g, '$2')
    .replaceAll(/<!date\^[^>]*>/g, '')
    .replaceAll(/<([^>]+)>/g, '$1')
    .replaceAll(/(^|[\s(])([*_~`])(\S(?:.*?\S)?)\2(?=$|[\s).,;:!?])/gm, '$1$3')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function lines(block: Block): readonly string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text]
    case 'section':
      return [
        ...(block.text ? [words(block.text)] : []),
        ...(block.fields ?? []).map(words),
        ...(block.accessory ? [spoken(block.accessory)] : []),
      ]
    case 'context':
      return block.elements.map((element) => (element.type === 'image' ? element.alt_text : words(element)))
    case 'actions':
      return block.elements.map(spoken)
    case 'input':
      return [`${block.label.text}: ${spoken(block.element)}`, ...(block.hint ? [block.hint.text] : [])]
    case 'image':
      return [block.title ? `${block.title.text}: ${block.alt_text}` : block.alt_text]
    case 'rich_text':
      return block.elements.flatMap(part)
    case 'table':
      return block.rows.map((row) =>
        row.map((cell) => ('text' in cell ? cell.text : cell.elements.flatMap(part).join(' '))).join(' | '),
      )
    case 'markdown':
      return [block.text]
    case 'divider':
      return []
    default:
      return block satisfies never
  }
}

/** An element as it is read out. */
export function spoken(element: Element): string {
  switch (element.type) {
    case 'button':
      return `[${element.accessibility_label ?? element.text.text}]`
    case 'image':
      return element.alt_text
    case 'static_select':
    case 'radio_buttons':
      return `[${element.initial_option?.text.text ?? placeholderOf(element)}]`
    case 'checkboxes':
    case 'multi_static_select':
      return `[${element.initial_options?.map((option) => option.text.text).join(', ') ?? placeholderOf(element)}]`
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return `[${element.initial_value ?? placeholderOf(element)}]`
    case 'datepicker':
      return `[${element.initial_date ?? placeholderOf(element)}]`
    case 'timepicker':
      return `[${element.initial_time ?? placeholderOf(element)}]`
    default:
      return `[${placeholderOf(element)}]`
  }
}

const placeholderOf = (element: Element): string => ('placeholder' in element && element.placeholder?.text) || ''

function part(of: RichTextPart): readonly string[] {
  if (of.type !== 'rich_text_list') return [of.elements.map(inline).join('')]
  return of.elements.map((item, at) => `${of.style === 'ordered' ? `${at + 1}.` : '•'} ${item.elements.map(inline).join('')}`)
}

function inline(of: RichTextInline): string {
  switch (of.type) {
    case 'text':
      return of.text
    case 'link':
      return of.text ?? of.url
    case 'user':
      return `@${of.user_id}`
    case 'usergroup':
      return `@${of.usergroup_id}`
    case 'team':
      return of.team_id
    case 'channel':
      return `#${of.channel_id}`
    case 'broadcast':
      return `@${of.range}`
    case 'emoji':
      return `:${of.name}:`
    case 'color':
      return of.value
    case 'date':
      return of.fallback ?? of.format
    default:
      return of satisfies never
  }
}
