import { expect, test } from 'vitest'
import { button, buttons, input, modal, openBoard, plainText } from './bare.js'

const long = (length: number) => 'x'.repeat(length)
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
const option = (value: string, text = value) => ({ text: plainText(text), value })
const select = (more: Readonly<Record<string, unknown>>) => ({ type: 'static_select', ...more })
const table = (rows: number, cells: number, text = 'x') => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => Array.from({ length: cells }, () => ({ type: 'raw_text', text }))),
})
const rich = (...elements: readonly unknown[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] })
const many = <T>(count: number, make: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => make(at))

const TAKEN = [
  ['a header, a divider, an image', [{ type: 'header', text: plainText(long(150)) }, { type: 'divider' }, image()]],
  ['the longest section', [section(long(3_000))]],
  ['ten fields', [{ type: 'section', fields: many(10, () => plainText(long(1_000))) }]],
  ['25 buttons', [buttons(...many(25, (at) => button(long(75), { value: long(2_000), action_id: `a${at}` })))]],
  ['100 options', [buttons(select({ options: many(100, (at) => option(`${at}`)), initial_option: option('7') }))]],
  ['options in groups', [buttons(select({ option_groups: [{ label: plainText('A'), options: [option('1')] }] }))]],
  ['a table', [table(100, 20)]],
  ['rich text', [rich({ type: 'text', text: 'a', style: { bold: true } }, { type: 'date', timestamp: 1, format: '{date}' })]],
  ['a context of ten', [{ type: 'context', elements: many(10, () => plainText('x')) }]],
] as const

test.each(TAKEN)('a message takes %s', async (_what, blocks) => {
  const { slack, call, channel } = await openBoard()
  expect(await call('chat.postMessage', { channel, text: 'Words', blocks })).toMatchObject({ ok: true })
  expect(slack.complaints).toEqual([])
})

function image() {
  return { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A picture' }
}

const REFUSED = [
  ['a block of no kind', [{ type: 'paragraph' }], '/blocks/0/type'],
  ['an unknown key', [{ type: 'divider', text: plainText('x') }], '/blocks/0'],
  ['51 blocks', many(51, () => ({ type: 'divider' })), '/blocks'],
  ['a header too long', [{ type: 'header', text: plainText(long(151)) }], '/blocks/0/text/text'],
  ['a header marked up', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
  ['an empty text', [section('')], '/blocks/0/text/text'],
  ['a section too long', [section(long(3_001))], '/blocks/0/text/text'],
  ['a section of nothing', [{ type: 'section' }], '/blocks/0'],
  ['eleven fields', [{ type: 'section', fields: many(11, () => plainText('x')) }], '/blocks/0/fields'],
  ['a field too long', [{ type: 'section', fields: [plainText(long(2_001))] }], '/blocks/0/fields/0/text'],
  ['a context of eleven', [{ type: 'context', elements: many(11, () => plainText('x')) }], '/blocks/0/elements'],
  ['26 buttons', [buttons(...many(26, (at) => button(`${at}`)))], '/blocks/0/elements'],
  ['a button too long', [buttons(button(long(76)))], '/blocks/0/elements/0/text/text'],
  ['a value too long', [buttons(button('x', { value: long(2_001) }))], '/blocks/0/elements/0/value'],
  ['a label for the ear too long', [buttons(button('x', { accessibility_label: long(76) }))], '/accessibility_label'],
  ['an action id too long', [buttons(button('x', { action_id: long(256) }))], '/blocks/0/elements/0/action_id'],
  [
    'an action twice in a block',
    [buttons(button('x', { action_id: 'a' }), button('y', { action_id: 'a' }))],
    '/blocks/0/elements',
  ],
  [
    'a block id twice',
    [
      { ...section('x'), block_id: 'b' },
      { ...section('y'), block_id: 'b' },
    ],
    '/blocks/1/block_id',
  ],
  ['a block id too long', [{ ...section('x'), block_id: long(256) }], '/blocks/0/block_id'],
  ['a menu of nothing', [buttons(select({ options: [] }))], '/blocks/0/elements/0/options'],
  ['a menu without options', [buttons(select({}))], '/blocks/0/elements/0'],
  ['101 options', [buttons(select({ options: many(101, (at) => option(`${at}`)) }))], '/blocks/0/elements/0/options'],
  ['an option too long', [buttons(select({ options: [option('a', long(76))] }))], '/options/0/text/text'],
  ['an option’s value too long', [buttons(select({ options: [option(long(151), 'a')] }))], '/options/0/value'],
  ['an option twice', [buttons(select({ options: [option('a'), option('a', 'b')] }))], '/blocks/0/elements/0'],
  ['a first choice that is no option', [buttons(select({ options: [option('a')], initial_option: option('b') }))], '/elements/0'],
  ['eleven radio buttons', [buttons({ type: 'radio_buttons', options: many(11, (at) => option(`${at}`)) })], '/options'],
  ['an image from this machine', [{ ...image(), image_url: 'http://127.0.0.1/a.png' }], '/blocks/0/image_url'],
  ['an image that says nothing', [{ type: 'image', image_url: 'https://example.org/a.png' }], '/blocks/0/alt_text'],
  ['a question without words', [buttons(button('x', { confirm: { title: plainText('?') } }))], '/confirm/text'],
  ['empty rich text', [rich({ type: 'text', text: '' })], '/blocks/0/elements/0/elements/0/text'],
  ['a table of 101 rows', [table(101, 1)], '/blocks/0/rows'],
  ['a table of 21 columns', [table(1, 21)], '/blocks/0/rows/0'],
  ['an empty cell', [table(1, 1, '')], '/blocks/0/rows/0/0/text'],
  ['rows of different lengths', [{ type: 'table', rows: [...table(1, 1).rows, ...table(1, 2).rows] }], '/blocks/0'],
  ['cells of more than 10,000 characters', [table(11, 1, long(1_000))], '/blocks'],
  ['a field for files', [input('f', { type: 'file_input' })], '/blocks/0/element'],
] as const

test.each(REFUSED)('a message refuses %s', async (_what, blocks, pointer) => {
  const { slack, call, channel } = await openBoard()
  const answer = await call('chat.postMessage', { channel, text: 'Words', blocks })
  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' })
  expect(JSON.stringify(answer.errors)).toContain(pointer)
  expect(slack.complaints).toHaveLength(1)
})

test.each([
  ['two tables', [table(1, 1), table(1, 1)], 'invalid_attachments'],
  ['more than 13,200 characters', many(5, () => section(long(2_641))), 'msg_blocks_too_long'],
  ['blocks that are no list', 'blocks', 'invalid_blocks_format'],
  ['nothing at all', [], 'no_text'],
])('a message refuses %s', async (_what, blocks, error) => {
  const { call, channel } = await openBoard()
  expect(await call('chat.postMessage', { channel, blocks, ...(blocks.length > 0 ? { text: 'x' } : {}) })).toMatchObject({
    error,
  })
})

const text = { type: 'plain_text_input' }
const WRONG_VIEWS = [
  ['no title', { type: 'modal', blocks: [section('x')] }, '/view/title'],
  ['a title too long', modal([section('x')], { title: plainText(long(25)) }), '/view/title/text'],
  ['a button too long', modal([section('x')], { submit: plainText(long(25)) }), '/view/submit/text'],
  ['nothing in it', modal([]), '/view/blocks'],
  ['101 blocks', modal(many(101, () => ({ type: 'divider' }))), '/view/blocks'],
  ['too much of its own', modal([section('x')], { private_metadata: long(3_001) }), '/view/private_metadata'],
  ['a table', modal([table(1, 1)]), '/view/blocks/0/type'],
  ['fields and no button', { ...modal([input('a', text)]), submit: undefined }, '/view'],
  ['a placeholder too long', modal([input('a', { ...text, placeholder: plainText(long(151)) })]), '/placeholder/text'],
  ['a label too long', modal([{ ...input('a', text), label: plainText(long(2_001)) }]), '/view/blocks/0/label/text'],
  ['words longer than allowed', modal([input('a', { ...text, initial_value: 'abc', max_length: 2 })]), '/view/blocks/0/element'],
  ['lines in one line', modal([input('a', { ...text, initial_value: 'a\nb' })]), '/view/blocks/0/element'],
  ['more than 3,000 characters', modal([input('a', { ...text, max_length: 3_001 })]), '/element/max_length'],
  ['a date that is none', modal([input('a', { type: 'datepicker', initial_date: '2026-02-30' })]), '/element/initial_date'],
  ['a time that is none', modal([input('a', { type: 'timepicker', initial_time: '25:00' })]), '/element/initial_time'],
  ['a button as a field', modal([{ ...input('a', text), element: button('x') }]), '/view/blocks/0/element/type'],
  ['two fields with the focus', modal(['a', 'b'].map((id) => input(id, { ...text, focus_on_load: true }))), '/view/blocks'],
  ['a page of the home', { type: 'home', blocks: [] }, '/view/type'],
] as const

test.each(WRONG_VIEWS)('a modal refuses %s', async (_what, view, pointer) => {
  const { call } = await openBoard()
  const answer = await call('views.open', { trigger_id: 'any', view })
  expect(answer).toMatchObject({ ok: false, error: 'invalid_arguments' })
  expect(JSON.stringify(answer.response_metadata)).toContain(pointer)
})

test('a modal with a field for files needs the scope to read them', async () => {
  const { board, call } = await openBoard()
  const view = modal([input('paper', { type: 'file_input' })])
  board.scopes = board.scopes.filter((scope) => scope !== 'files:read')
  expect(await call('views.open', { trigger_id: 'any', view })).toMatchObject({ error: 'invalid_arguments' })
})

test('a home page has no title, and no more than 100 blocks', async () => {
  const { call, alice } = await openBoard()
  const publish = (view: unknown) => call('views.publish', { user_id: alice, view })
  expect(await publish({ type: 'home', title: plainText('x'), blocks: [] })).toMatchObject({ error: 'invalid_arguments' })
  expect(await publish({ type: 'home', blocks: many(101, () => ({ type: 'divider' })) })).toMatchObject({
    error: 'invalid_arguments',
  })
  expect(await publish({ type: 'home', blocks: [section('x')] })).toMatchObject({ ok: true })
})

test('who is called is noted: in text, in markup, in rich text, but not in plain text', async () => {
  const { board, alice, channel, call } = await openBoard()
  await call('chat.postMessage', { channel, text: 'a <!here> b' })
  await call('chat.postMessage', {
    channel,
    text: 'x',
    blocks: [section(`<@${alice}>`), rich({ type: 'broadcast', range: 'channel' })],
  })
  await call('chat.postMessage', { channel, text: 'x', blocks: [{ type: 'section', text: plainText('<!everyone>') }] })
  expect(board.pings.map(({ who }) => who)).toEqual(['here', alice, 'channel'])
})

test('blocks without text are taken, and complained of', async () => {
  const { slack, call, channel } = await openBoard()
  expect(await call('chat.postMessage', { channel, blocks: [section('x')] })).toMatchObject({ ok: true })
  expect(slack.complaints).toEqual([expect.stringContaining('blocks without text')])
})
