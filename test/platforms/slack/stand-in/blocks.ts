import { z } from 'zod'
import { plainText, textObject } from './composition.js'
import { Accessory, ActionsElement, ContextElement, type Element, InputElement, image_url, OF_MODALS } from './elements.js'
import { RichText } from './rich-text.js'

/** Blocks, as Slack takes them and no other way. @see @slack/types block-kit/blocks */

const block_id = z.string().min(1).max(255).optional()

const Cell = z.discriminatedUnion('type', [
  RichText,
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
])

const Header = z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) })
const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: textObject(3_000).optional(),
    fields: z.array(textObject(2_000)).min(1).max(10).optional(),
    accessory: Accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'must define either `text` or `fields`')
const Context = z.strictObject({ type: z.literal('context'), block_id, elements: z.array(ContextElement).min(1).max(10) })
const Actions = z.strictObject({ type: z.literal('actions'), block_id, elements: z.array(ActionsElement).min(1).max(25) })
const Input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(2_000),
  hint: plainText(2_000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: InputElement,
})
const Image = z.strictObject({
  type: z.literal('image'),
  block_id,
  image_url,
  alt_text: z.string().min(1).max(2_000),
  title: plainText(2_000).optional(),
})
const Table = z
  .strictObject({
    type: z.literal('table'),
    block_id,
    rows: z.array(z.array(Cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }))
      .max(20)
      .optional(),
  })
  .refine(({ rows }) => new Set(rows.map((row) => row.length)).size === 1, 'rows must have as many cells as each other')

export const Block = z.discriminatedUnion('type', [
  Header,
  Section,
  Context,
  Actions,
  z.strictObject({ type: z.literal('divider'), block_id }),
  Image,
  Input,
  RichText,
  Table,
  z.strictObject({ type: z.literal('markdown'), block_id, text: z.string().min(1).max(12_000) }),
])
export type Block = z.infer<typeof Block>
export type InputBlock = z.infer<typeof Input>

export type Surface = 'message' | 'modal' | 'home'

const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 }
/** Characters in all the cells of a message. */
const LONGEST_TABLE = 10_000

/** The blocks of a message, a modal or a home page. */
export const blocksOn = (surface: Surface) =>
  z
    .array(Block)
    .max(MOST_BLOCKS[surface])
    .superRefine((blocks, context) => {
      for (const [path, message] of wrongTogether(blocks, surface)) context.addIssue({ code: 'custom', path: [...path], message })
    })

type Wrong = readonly [path: readonly (string | number)[], message: string]

/** What no block can know of itself: ids given twice, and what has no place on the surface. */
function wrongTogether(blocks: readonly Block[], surface: Surface): readonly Wrong[] {
  const wrong: Wrong[] = []
  const ids = new Set<string>()
  blocks.forEach((block, at) => {
    if (block.block_id !== undefined && ids.has(block.block_id)) wrong.push([[at, 'block_id'], 'block_id already exists'])
    if (block.block_id !== undefined) ids.add(block.block_id)
    const actions = elementsOf(block).flatMap((element) =>
      'action_id' in element && element.action_id ? [element.action_id] : [],
    )
    if (new Set(actions).size < actions.length) wrong.push([[at, 'elements'], 'action_id already exists in the block'])
    for (const { type } of elementsOf(block))
      if (surface !== 'modal' && OF_MODALS.includes(type)) wrong.push([[at, 'element'], `unsupported type: ${type}`])
    if (surface !== 'message' && ['table', 'markdown'].includes(block.type))
      wrong.push([[at, 'type'], `unsupported type: ${block.type}`])
  })
  const focused = blocks.flatMap(elementsOf).filter((element) => 'focus_on_load' in element && element.focus_on_load)
  if (focused.length > 1) wrong.push([[], 'only one element may be focused on load'])
  const tables = blocks.filter((block) => block.type === 'table')
  if (tables.length > 1) wrong.push([[], 'only_one_table_allowed'])
  if (textOf(tables).length > LONGEST_TABLE) wrong.push([[], `cells must be less than ${LONGEST_TABLE + 1} characters together`])
  return wrong
}

/** The elements of a block that people press, choose or fill in, and its images. */
export function elementsOf(block: Block): readonly Element[] {
  switch (block.type) {
    case 'actions':
      return block.elements
    case 'section':
      return block.accessory ? [block.accessory] : []
    case 'input':
      return [block.element]
    default:
      return []
  }
}

/** All that is written in blocks, however deep. */
export function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join('')
  if (typeof node !== 'object' || node === null) return ''
  return Object.entries(node)
    .map(([key, value]) => (typeof value === 'string' ? (['text', 'alt_text', 'url'].includes(key) ? value : '') : textOf(value)))
    .join('')
}

/** Blocks with the ids that Slack gives to whatever came without one. */
export function withIds(blocks: readonly Block[], nextId: () => string): readonly Block[] {
  const named = <T extends { type: string; action_id?: string | undefined }>(element: T): T =>
    element.type === 'image' ? element : { ...element, action_id: element.action_id ?? nextId() }
  return blocks.map((block): Block => {
    const block_id = block.block_id ?? nextId()
    switch (block.type) {
      case 'actions':
        return { ...block, block_id, elements: block.elements.map(named) }
      case 'section':
        return block.accessory && block.accessory.type !== 'image'
          ? { ...block, block_id, accessory: named(block.accessory) }
          : { ...block, block_id }
      case 'input':
        return { ...block, block_id, element: named(block.element) }
      default:
        return { ...block, block_id }
    }
  })
}

/** What zod found wrong, as Slack says it: each with a pointer to where. */
export const pointers = (error: z.ZodError, root: string): readonly string[] =>
  error.issues.map(({ message, path }) => `${message} [json-pointer:${[root, ...path.map(String)].join('/')}]`)
