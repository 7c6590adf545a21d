import type { Block, InputBlock } from '../../blocks.js'
import type { Sight } from '../sight.js'
import { control, type Naming, picture } from './controls.js'
import { el, id } from './element.js'
import { marked } from './markup.js'
import { richText } from './rich-text.js'
import type { Surface } from './surface.js'
import { table } from './table.js'

const UNNAMED: Naming = { label: null, labelledby: null, describedby: null, invalid: false }

/** Blocks as Slack lays them out, from top to bottom. */
export const blocks = (all: readonly Block[], surface: Surface): readonly Node[] => all.map((block) => drawn(block, surface))

const words = ({ type, text }: { readonly type: string; readonly text: string }, sight: Sight): readonly (Node | string)[] =>
  type === 'mrkdwn' ? marked(text, sight) : [text]

function drawn(block: Block, surface: Surface): Node {
  const { sight } = surface
  switch (block.type) {
    case 'header':
      return el(surface.on === 'home' ? 'h2' : 'h3', { class: 'header' }, block.text.text)
    case 'section':
      return section(block, surface)
    case 'context':
      return el(
        'div',
        { class: 'context' },
        ...block.elements.map((one) =>
          one.type === 'image' ? picture(one.image_url, one.alt_text) : el('span', {}, ...words(one, sight)),
        ),
      )
    case 'actions':
      return el('div', { class: 'actions' }, ...block.elements.map((element) => control(surface, block, element, UNNAMED)))
    case 'divider':
      return el('hr')
    case 'image':
      return el(
        'figure',
        {},
        ...(block.title ? [el('figcaption', {}, block.title.text)] : []),
        picture(block.image_url, block.alt_text),
      )
    case 'input':
      return input(block, surface)
    case 'rich_text':
      return el('div', { class: 'rich-text' }, ...richText(block, sight))
    case 'table':
      return table(block, sight)
    case 'markdown':
      return el('div', { class: 'section' }, ...marked(block.text, sight))
    default:
      return block satisfies never
  }
}

function section(block: Extract<Block, { type: 'section' }>, surface: Surface): Node {
  const { text, fields = [], accessory } = block
  const name = { ...UNNAMED, label: text?.text ?? null }
  return el(
    'div',
    { class: 'section' },
    el(
      'div',
      { class: 'section-words' },
      text ? el('p', {}, ...words(text, surface.sight)) : null,
      fields.length > 0 && el('div', { class: 'fields' }, ...fields.map((one) => el('p', {}, ...words(one, surface.sight)))),
    ),
    accessory ? control(surface, block, accessory, name) : null,
  )
}

/** The label, what is said of it, the field, and what is wrong with what stands in it. */
function input(block: InputBlock, surface: Surface): Node {
  const key = id('i', surface.key, block.block_id ?? '')
  const error = surface.errors[block.block_id ?? '']
  const ids = { label: `${key}-label`, hint: `${key}-hint`, error: `${key}-error` }
  const describedby = [block.hint ? ids.hint : '', error === undefined ? '' : ids.error].filter((one) => one !== '').join(' ')
  const field = control(surface, block, block.element, {
    label: null,
    labelledby: ids.label,
    describedby: describedby === '' ? null : describedby,
    invalid: error !== undefined,
  })
  if (!block.optional && /^(?:INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) field.setAttribute('aria-required', 'true')
  // Of several boxes each has a label of its own.
  const isOne = field.tagName !== 'DIV'
  const label = el(
    isOne ? 'label' : 'span',
    { id: ids.label, class: 'label', set: { for: isOne ? field.id : null } },
    block.label.text,
  )
  if (block.optional) label.append(el('span', { class: 'optional' }, ' (optional)'))
  return el(
    'div',
    { class: 'input' },
    label,
    field,
    error === undefined ? null : el('p', { id: ids.error, class: 'error' }, error),
    block.hint ? el('p', { id: ids.hint, class: 'hint' }, block.hint.text) : null,
  )
}
