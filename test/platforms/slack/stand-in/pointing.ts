import { type Block, elementsOf } from './blocks.js'
import type { Element, Pressable } from './elements.js'
import { NotTaken } from './fields.js'
import type { Label } from './visitor.js'

/** What a person cannot do at Slack, tried. */
export class Impossible extends Error {
  override readonly name = 'Impossible'
}

/** The one button of that label or value. @throws Impossible with what there is instead */
export function buttonOn(blocks: readonly Block[], label: Label): { block: Block; button: Pressable } {
  const all = blocks.flatMap((block) =>
    elementsOf(block).flatMap((element) => (element.type === 'button' ? [{ block, button: element }] : [])),
  )
  const named = all.filter(({ block, button }) => {
    if (typeof label === 'string') return button.text.text === label
    if ('value' in label) return button.value === label.value
    return block.block_id === label.block_id && button.action_id === label.action_id
  })
  const [one, ...others] = named
  if (one && others.length === 0) return one
  const there = all.map(({ button }) => `“${button.text.text}” (${button.value ?? ''})`).join(', ') || 'no buttons'
  throw new Impossible(`There is ${one ? 'more than one' : 'no'} button ${JSON.stringify(label)}, but ${there}.`)
}

/** The one menu or field of that name. @throws NotTaken */
export function fieldOn(blocks: readonly Block[], key: string): { block: Block; element: Element } {
  const all = blocks.flatMap((block) =>
    elementsOf(block).flatMap((element) => (['button', 'image'].includes(element.type) ? [] : [{ block, element }])),
  )
  const [one, ...others] = all.filter(
    ({ block, element }) =>
      block.block_id === key ||
      ('action_id' in element && element.action_id === key) ||
      ('placeholder' in element && element.placeholder?.text === key) ||
      (block.type === 'input' && block.label.text === key) ||
      (block.type === 'section' && block.text?.text === key),
  )
  if (one && others.length === 0) return one
  throw new NotTaken(`there is ${one ? 'more than one' : 'no'} field “${key}”`)
}
