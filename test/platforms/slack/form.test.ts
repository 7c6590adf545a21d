import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Field, Form } from '../../../src/kernel/view.js'
import { optionValue } from '../../../src/platforms/slack/field.js'
import { type FilledIn, filledIn, restored } from '../../../src/platforms/slack/filled-in.js'
import { CARD, cardView, FORM, formView, type Kept, keptIn, openedFrom, waitingView } from '../../../src/platforms/slack/form.js'
import { sheets } from '../../../src/platforms/slack/render.js'
import { refusedOfView, under } from './taken.js'

const NOWHERE = { asked: null, from: null }

const form = (...fields: Field[]): Form => ({
  title: 'Name a substitute',
  audience: { kind: 'public' },
  command: 'a.b',
  subject: 's',
  intro: ['Who?'],
  fields,
  submit: 'Send',
  inWords: 'Ruth Hale will substitute',
})

/** The element of a form's only field. */
function elementOf(field: Field): unknown {
  const view = formView(form(field), NOWHERE)
  expect(view && refusedOfView(view)).toEqual([])
  const input = view?.blocks.find(({ type }) => type === 'input')
  return input && 'element' in input ? input.element : null
}

const options = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: `Label ${at}` }))
const choice = (more: Partial<Extract<Field, { field: 'choice' }>>): Field => ({
  field: 'choice',
  name: 'who',
  label: 'Who',
  options: options(3),
  ...more,
})

test('a form is a modal that says what it asks, how, and how to say it in words', () => {
  const view = formView(form({ field: 'text', name: 'why', label: 'Why', hint: 'Briefly.', max: 100, optional: true }), NOWHERE)
  expect(view).toEqual({
    type: 'modal',
    callback_id: FORM,
    title: { type: 'plain_text', text: 'Name a substitute', emoji: false },
    submit: { type: 'plain_text', text: 'Send', emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
    private_metadata: expect.any(String),
    blocks: [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Who?' }] }] },
      {
        type: 'input',
        block_id: 'why',
        label: { type: 'plain_text', text: 'Why', emoji: false },
        hint: { type: 'plain_text', text: 'Briefly.', emoji: false },
        optional: true,
        element: { type: 'plain_text_input', action_id: 'answer:optional', multiline: false, max_length: 100 },
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: 'In words: Ruth Hale will substitute', emoji: false }],
      },
    ],
  })
})

test('a title too long for a modal stands whole within it', () => {
  const title = 'Move the meeting of Wednesday 16 December 2026'
  const view = formView({ ...form(), title }, NOWHERE)
  expect(view?.title.text).toBe('Move the meeting of Wed…')
  expect(view?.blocks[0]).toMatchObject({ type: 'header', text: { text: title } })
})

describe('a choice', () => {
  test.each([
    { what: 'few', field: choice({}), element: { type: 'radio_buttons' } },
    {
      what: 'few that may be left blank',
      field: choice({ optional: true }),
      element: { type: 'static_select', action_id: 'answer:optional' },
    },
    { what: 'some', field: choice({ options: options(6) }), element: { type: 'static_select', action_id: 'answer' } },
    { what: 'one with a start', field: choice({ value: 'v1' }), element: { initial_option: { value: 'v1' } } },
    { what: 'the only one', field: choice({ options: options(1) }), element: { initial_option: { value: 'v0' } } },
  ])('of $what', ({ field, element }) => {
    expect(elementOf(field)).toMatchObject(element)
  })

  test('that is not among the options is no start', () => {
    expect(elementOf(choice({ value: 'gone' }))).not.toHaveProperty('initial_option')
  })

  test('of more than a hundred is in groups', () => {
    const named = options(250).map((option, at) => ({
      ...option,
      label: `${String.fromCharCode(65 + Math.floor(at / 10))} ${at}`,
    }))
    expect(elementOf(choice({ options: named }))).toMatchObject({
      option_groups: [
        { label: { text: 'A to J' }, options: { length: 100 } },
        { label: { text: 'K to T' }, options: { length: 100 } },
        { label: { text: 'U to Y' }, options: { length: 50 } },
      ],
    })
  })

  test('with a long label goes on below it, and the longest stand in full before the field', () => {
    const long = `${'word '.repeat(20)}end`
    const longest = `${'word '.repeat(40)}end`
    const view = formView(
      form(
        choice({
          options: [
            { value: 'a', label: long },
            { value: 'b', label: longest },
          ],
        }),
      ),
      NOWHERE,
    )
    expect(view && refusedOfView(view)).toEqual([])
    expect(under(['text'], view?.blocks[1])).toEqual([longest])
    const [text = '', description = ''] = under(['text'], view?.blocks[2]).slice(1)
    expect(`${text.slice(0, -1)} ${description.slice(1)}`).toBe(long)
  })

  test('of nothing is not asked where it may be left blank, and else the form is none', () => {
    expect(formView(form(choice({ options: [], optional: true })), NOWHERE)?.blocks.map(({ type }) => type)).toEqual([
      'rich_text',
      'context',
    ])
    expect(formView(form(choice({ options: [] })), NOWHERE)).toBeNull()
  })
})

describe('other fields', () => {
  const named = { name: 'x', label: 'X' }

  test.each<{ what: string; field: Field; element: object; without?: string }>([
    {
      what: 'a line',
      field: { field: 'text', ...named, max: 500, oneLine: true },
      element: { multiline: false, max_length: 500 },
    },
    {
      what: 'several lines',
      field: { field: 'text', ...named, max: 500, value: 'as is' },
      element: { multiline: true, initial_value: 'as is' },
    },
    { what: 'more than Slack takes', field: { field: 'text', ...named, max: 10_000 }, element: { max_length: 3_000 } },
    { what: 'a day', field: { field: 'date', ...named, value: '2028-02-29' }, element: { initial_date: '2028-02-29' } },
    { what: 'no such day', field: { field: 'date', ...named, value: '2027-02-29' }, element: {}, without: 'initial_date' },
    { what: 'an hour', field: { field: 'time', ...named, value: '09:30' }, element: { initial_time: '09:30' } },
    { what: 'no such hour', field: { field: 'time', ...named, value: '24:00' }, element: {}, without: 'initial_time' },
    {
      what: 'a file',
      field: { field: 'upload', ...named, accept: ['.pdf', '.docx'], max: 25 * 1024 * 1024 },
      element: { type: 'file_input', max_files: 1, filetypes: ['pdf', 'docx'] },
    },
  ])('$what', ({ field, element, without }) => {
    const drawn = elementOf(field)
    expect(drawn).toMatchObject(element)
    if (without) expect(drawn).not.toHaveProperty(without)
  })

  test.each<{ field: Field; hint: string }>([
    { field: { field: 'text', ...named, hint: 'That …', max: 5_000 }, hint: 'That … Slack takes at most 3,000 characters here.' },
    {
      field: { field: 'upload', ...named, accept: ['.pdf', '.docx', '.odt'], max: 25 * 1024 * 1024 },
      hint: 'A file ending in .pdf, .docx or .odt, at most 10 MB.',
    },
    { field: { field: 'file', ...named, accept: ['.csv'], max: 256 * 1024 }, hint: 'A file ending in .csv, at most 256 KB.' },
  ])('a limit is said: $hint', ({ field, hint }) => {
    expect(formView(form(field), NOWHERE)?.blocks[1]).toMatchObject({ hint: { text: hint } })
  })
})

test.each<{ what: string; form: Form }>([
  { what: 'more to keep than Slack keeps', form: { ...form(), values: { a: 'x'.repeat(3_000) } } },
  {
    what: 'more fields than a modal has',
    form: form(...Array.from({ length: 99 }, (_, at): Field => ({ field: 'date', name: `day${at}`, label: 'Day' }))),
  },
  {
    what: 'a text that would have to be cut',
    form: form({ field: 'text', name: 'x', label: 'X', max: 10_000, value: 'x'.repeat(3_001) }),
  },
  {
    what: 'two fields of one name',
    form: form({ field: 'date', name: 'x', label: 'X' }, { field: 'time', name: 'x', label: 'X' }),
  },
])('$what makes no modal', ({ form }) => {
  expect(formView(form, NOWHERE)).toBeNull()
})

test('what is kept comes back, and nothing else is taken for it', () => {
  const kept: Kept = {
    command: 'a.b',
    subject: 's',
    values: { year: '2027' },
    asked: { command: 'a.b_form', subject: 's' },
    from: { channel: 'C1', message: '1.2' },
  }
  const { asked, from } = kept
  expect(keptIn(formView({ ...form(), values: kept.values }, { asked, from })?.private_metadata ?? '')).toEqual(kept)
  for (const view of [formView(form(), { asked, from }), cardView({ text: '', blocks: [] }, 'Title', from)])
    expect(openedFrom(view?.private_metadata ?? '')).toEqual(from)
  expect(openedFrom(cardView({ text: '', blocks: [] }, 'Title').private_metadata ?? '')).toBeNull()
  for (const other of ['', 'null', '[]', '{}', '{"command":"a.b"}', JSON.stringify({ ...kept, actor: 'chair' })])
    expect(keptIn(other)).toBeNull()
})

test('a modal shows a card, or that there will be one', () => {
  const [sheet] = sheets({ title: 'Title', audience: { kind: 'public' }, body: [] }, 'modal', () => undefined)
  const view = cardView(sheet ?? { text: '', blocks: [] }, 'A title longer than a modal has room for')
  expect(view.callback_id).toBe(CARD)
  expect(refusedOfView(view)).toEqual([])
  expect(refusedOfView(waitingView('One moment', 'I am looking it up.'))).toEqual([])
})

describe('what is filled in', () => {
  const state = (values: Record<string, unknown>) => ({
    values: Object.fromEntries(Object.entries(values).map(([field, answer]) => [field, { answer }])),
  })

  test('comes back by field; a file as where it is', () => {
    const file = {
      id: 'F1',
      name: 'paper.pdf',
      size: 12,
      url_private: 'https://files.example.org/F1',
      mimetype: 'application/pdf',
    }
    const filled = filledIn(
      state({
        why: { type: 'plain_text_input', value: ' #1 ' },
        who: { type: 'static_select', selected_option: { text: {}, value: 'v1' } },
        form: { type: 'radio_buttons', selected_option: { value: 'paper' } },
        day: { type: 'datepicker', selected_date: '2027-01-20' },
        time: { type: 'timepicker', selected_time: '10:00', timezone: 'Europe/London' },
        file: { type: 'file_input', files: [file] },
      }),
    )
    expect(filled).toEqual({
      values: { why: ' #1 ', who: 'v1', form: 'paper', day: '2027-01-20', time: '10:00' },
      files: { file: { id: 'F1', name: 'paper.pdf', bytes: 12, url: 'https://files.example.org/F1' } },
      hashed: [],
    })
    expect(filled && restored(filled, null)).toEqual(filled?.values)
  })

  test('is left out where it was left blank, save text that is needed', () => {
    const blank = { type: 'plain_text_input', value: null }
    expect(
      filledIn({
        values: {
          needed: { answer: blank },
          optional: { 'answer:optional': blank },
          spaces: { 'answer:optional': { ...blank, value: '  ' } },
          who: { answer: { type: 'static_select', selected_option: null } },
          day: { answer: { type: 'datepicker', selected_date: null } },
          file: { answer: { type: 'file_input', files: [] } },
        },
      }),
    ).toEqual({ values: { needed: '' }, files: {}, hashed: [] })
  })

  test.each([
    undefined,
    null,
    {},
    { values: { x: { other: { type: 'plain_text_input' } } } },
    state({ x: { type: 'checkboxes' } }),
  ])('of another form is none: %j', (other) => {
    expect(filledIn(other)).toBeNull()
  })
})

describe('a choice that Slack does not take as it is', () => {
  const long = { value: JSON.stringify({ choice: 'x'.repeat(200) }), label: 'Long' }
  const asked = form(choice({ options: [{ value: '', label: 'None' }, { value: '#x', label: 'Sign' }, long] }))

  test.each(['', '#x', long.value])('comes back as itself: %s', (value) => {
    const sent = optionValue({ value, label: '' })
    const filled: FilledIn = { values: { who: sent, why: '#x' }, files: {}, hashed: ['who'] }
    expect(
      filledIn({ values: { who: { answer: { type: 'static_select', selected_option: { value: sent } } } } })?.hashed,
    ).toEqual(['who'])
    expect(sent.length).toBeLessThanOrEqual(150)
    expect(restored(filled, asked)).toEqual({ who: value, why: '#x' })
  })

  test('is none where the form has it no more', () => {
    const filled: FilledIn = { values: { who: optionValue(long) }, files: {}, hashed: ['who'] }
    expect(restored(filled, null)).toBeNull()
    expect(restored(filled, form(choice({})))).toBeNull()
    expect(restored(filled, form())).toBeNull()
  })
})

describe('of any form', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('<!channel>', '*Bob*', ':smile:'),
    fc.integer({ min: 1, max: 400 }).map((times) => 'long '.repeat(times)),
  )
  const asked = {
    name: fc.string({ minLength: 1, maxLength: 20 }),
    label: words,
    hint: words,
    value: fc.oneof(words, fc.constantFrom('2027-01-20', '0000-00-00', '10:00')),
    optional: fc.constant(true as const),
  }
  const requiredKeys = ['name', 'label'] as const
  const max = fc.integer({ min: 1, max: 20_000 })
  const accept = fc.subarray(['.pdf', '.docx', '.csv'])
  const field: fc.Arbitrary<Field> = fc.oneof(
    fc.record(
      {
        ...asked,
        field: fc.constant('choice' as const),
        options: fc.array(fc.record({ value: words, label: words }), { maxLength: 260 }),
      },
      { requiredKeys: [...requiredKeys, 'field', 'options'] },
    ),
    fc.record(
      { ...asked, field: fc.constant('text' as const), max, oneLine: fc.constant(true as const) },
      { requiredKeys: [...requiredKeys, 'field', 'max'] },
    ),
    fc.record({ ...asked, field: fc.constant('date' as const) }, { requiredKeys: [...requiredKeys, 'field'] }),
    fc.record({ ...asked, field: fc.constant('time' as const) }, { requiredKeys: [...requiredKeys, 'field'] }),
    fc.record(
      { ...asked, field: fc.constantFrom('file' as const, 'upload' as const), accept, max },
      { requiredKeys: [...requiredKeys, 'field', 'accept', 'max'] },
    ),
  )
  const forms: fc.Arbitrary<Form> = fc.record({
    title: words,
    audience: fc.constant({ kind: 'public' as const }),
    command: fc.constant('a.b'),
    subject: fc.uuid(),
    values: fc.dictionary(fc.constantFrom('a', 'b'), words),
    intro: fc.array(words, { maxLength: 3 }),
    fields: fc.uniqueArray(field, { maxLength: 6, selector: ({ name }) => name }),
    submit: words,
    inWords: words,
  })

  test('it is a modal that Slack takes, or none', () => {
    fc.assert(
      fc.property(forms, (one) => {
        const view = formView(one, { asked: null, from: { channel: 'C1', message: '1.2' } })
        if (view) expect(refusedOfView(view)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('what is chosen comes back as it is in the form', () => {
    fc.assert(
      fc.property(forms, (one) => {
        const chosen = one.fields.flatMap((asked) =>
          asked.field === 'choice' && asked.options[0] ? [[asked.name, asked.options[0]] as const] : [],
        )
        fc.pre(chosen.every(([name]) => name !== '__proto__'))
        const values = chosen.map(([name, option]) => [
          name,
          { answer: { type: 'static_select', selected_option: { value: optionValue(option) } } },
        ])
        const filled = filledIn({ values: Object.fromEntries(values) })
        expect(filled && restored(filled, one)).toEqual(Object.fromEntries(chosen.map(([name, { value }]) => [name, value])))
      }),
      { numRuns: 60 },
    )
  })
})
