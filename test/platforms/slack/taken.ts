import { z } from 'zod'

/**
 * What Slack takes of the blocks that we make, written from its reference and apart from the drawing's own limits: nothing more
 * is let through, so that markup, or an element that we do not mean, shows.
 */
const plain = (longest: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(longest), emoji: z.literal(false) })

const style = z.strictObject({ bold: z.literal(true) }).optional()
const word = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style })
const user = z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) })
const date = z.strictObject({
  type: z.literal('date'),
  timestamp: z.number().int(),
  format: z.string().min(1),
  fallback: z.string().min(1),
})
const shownLength = (elements: readonly { readonly type: string; readonly text?: string | undefined }[]) =>
  elements.reduce((sum, { text }) => sum + (text ?? '').length, 0)
const sectionOf = <Element extends z.ZodType<{ type: string; text?: string }>>(element: Element) =>
  z.strictObject({
    type: z.literal('rich_text_section'),
    elements: z
      .array(element)
      .min(1)
      .refine((elements) => shownLength(elements) <= 3_000),
  })
const section = sectionOf(z.union([word, user, date]))
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(section).min(1),
})

const confirm = z.strictObject({
  title: plain(100),
  text: plain(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.literal('danger'),
})
const button = z
  .strictObject({
    type: z.literal('button'),
    action_id: z.string().min(1).max(255),
    text: plain(75),
    value: z.string().min(1).max(2_000).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(3_000)
      .optional(),
    style: z.enum(['primary', 'danger']).optional(),
    accessibility_label: z.string().min(1).max(75).optional(),
    confirm: confirm.optional(),
  })
  .refine(({ value, url }) => (value === undefined) !== (url === undefined))
  .refine(({ style, confirm }) => (style === 'danger') === (confirm !== undefined))

const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
})
const options = (most: number) =>
  z
    .array(option)
    .min(1)
    .max(most)
    .refine((all) => new Set(all.map(({ value }) => value)).size === all.length)
const action_id = z.string().min(1).max(255)
const initial_option = option.optional()
const element = z.union([
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id,
    multiline: z.boolean(),
    max_length: z.number().int().min(1).max(3_000),
    initial_value: z.string().min(1).max(3_000).optional(),
  }),
  z.strictObject({
    type: z.literal('static_select'),
    action_id,
    placeholder: plain(150),
    initial_option,
    options: options(100),
  }),
  z.strictObject({
    type: z.literal('static_select'),
    action_id,
    placeholder: plain(150),
    initial_option,
    option_groups: z
      .array(z.strictObject({ label: plain(75), options: options(100) }))
      .min(1)
      .max(100),
  }),
  z.strictObject({ type: z.literal('radio_buttons'), action_id, initial_option, options: options(10) }),
  z.strictObject({ type: z.literal('datepicker'), action_id, initial_date: z.iso.date().optional() }),
  z.strictObject({ type: z.literal('timepicker'), action_id, initial_time: z.iso.time({ precision: -1 }).optional() }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id,
    max_files: z.literal(1),
    filetypes: z
      .array(z.string().regex(/^[a-z0-9]+$/))
      .min(1)
      .optional(),
  }),
])

const cell = z.union([
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(sectionOf(word)).length(1) }),
])
const table = z.strictObject({
  type: z.literal('table'),
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z.array(z.strictObject({ is_wrapped: z.literal(true) })).max(20),
})

const block = z.union([
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: plain(3_000) }),
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(z.union([section, list])).length(1) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plain(3_000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({
    type: z.literal('image'),
    image_url: z.url({ protocol: /^https$/ }).max(3_000),
    alt_text: z.string().min(1).max(2_000),
  }),
  table,
  z.strictObject({
    type: z.literal('input'),
    block_id: z.string().min(1).max(255),
    label: plain(2_000),
    hint: plain(2_000).optional(),
    optional: z.literal(true).optional(),
    element,
  }),
])

const view = z.strictObject({
  type: z.literal('modal'),
  callback_id: z.string().max(255).optional(),
  title: plain(24),
  submit: plain(24).optional(),
  close: plain(24),
  private_metadata: z.string().max(3_000).optional(),
  blocks: z.array(z.unknown()),
})

/** Every string that stands under one of these keys, in order. */
export function under(keys: readonly string[], drawn: unknown): readonly string[] {
  const found: string[] = []
  JSON.stringify(drawn, (key, value: unknown) => {
    if (keys.includes(key) && typeof value === 'string') found.push(value)
    return value
  })
  return found
}

const repeated = (all: readonly string[]): boolean => new Set(all).size < all.length

const issuesOf = (read: z.ZodSafeParseResult<unknown>, where: string): readonly string[] =>
  read.success ? [] : [`${where}: ${read.error.message}`]

/** What Slack would refuse of blocks, or of a view: none where it takes them. */
export function refusedOf(blocks: readonly unknown[], surface: 'message' | 'modal' | 'home'): readonly string[] {
  const types = under(['type'], blocks)
  const words = under(['text', 'alt_text', 'accessibility_label', 'fallback'], blocks).join('')
  const shown = words.replaceAll('&', '&amp;').replace(/[<>]/g, '&lt;')
  return [
    ...blocks.flatMap((one, at) => issuesOf(block.safeParse(one), `${at} ${JSON.stringify(one).slice(0, 200)}`)),
    ...(blocks.length === 0 ? ['no block'] : []),
    ...(blocks.length > (surface === 'message' ? 50 : 100) ? ['too many blocks'] : []),
    ...(types.filter((type) => type === 'table').length > (surface === 'message' ? 1 : 0) ? ['a table too many'] : []),
    ...(surface === 'message' && shown.length + blocks.length * 100 > 13_200 ? [`too long: ${shown.length}`] : []),
    ...(surface !== 'message' && JSON.stringify(blocks).length > 250_000 ? ['too large'] : []),
    ...(surface !== 'modal' && types.includes('input') ? ['an input outside a modal'] : []),
    ...(surface === 'modal' ? [] : repeated(under(['action_id'], blocks)) ? ['an action twice'] : []),
    ...(repeated(under(['block_id'], blocks)) ? ['a block id twice'] : []),
  ]
}

export const refusedOfView = (drawn: { readonly blocks: readonly unknown[]; readonly submit?: unknown }): readonly string[] => [
  ...issuesOf(view.safeParse(drawn), 'view'),
  ...refusedOf(drawn.blocks, 'modal'),
  ...(under(['type'], drawn).includes('input') && !drawn.submit ? ['inputs and no submit'] : []),
]
