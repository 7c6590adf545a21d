import type { Block } from '../../blocks.js'
import type { Sight } from '../sight.js'
import { el } from './element.js'
import { richText } from './rich-text.js'

type Table = Extract<Block, { type: 'table' }>

/** A table whose first row names its columns. On a narrow screen it is moved from side to side. */
export function table({ rows: [head = [], ...rows], column_settings = [] }: Table, sight: Sight): Node {
  const cell = (tag: 'th' | 'td') => (one: (typeof head)[number], at: number) => {
    const { align = 'left', is_wrapped = false } = column_settings[at] ?? {}
    const given = { class: `${align} ${is_wrapped ? 'wrapped' : ''}`, ...(tag === 'th' ? { set: { scope: 'col' } } : {}) }
    return el(tag, given, ...('text' in one ? [one.text] : richText(one, sight)))
  }
  return el(
    'div',
    { class: 'table', role: 'region', aria: { label: 'Table' }, set: { tabindex: '0' } },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...head.map(cell('th')))),
      el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map(cell('td'))))),
    ),
  )
}
