import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { plainSpan } from '../../../src/kernel/plain.js'
import {
  at,
  buttons,
  type Card,
  divider,
  facts,
  heading,
  links,
  list,
  type Node,
  note,
  progress,
  type Span,
  table,
  text,
} from '../../../src/kernel/view.js'
import { pressedFrom, valueFor } from '../../../src/platforms/slack/press.js'
import { type Sheet, type Surface, sheets, turning } from '../../../src/platforms/slack/render.js'
import { refusedOf, under } from './taken.js'

const SURFACES: readonly Surface[] = ['message', 'modal', 'home']
const card = (...body: Node[]): Card => ({ title: 'Title', audience: { kind: 'public' }, body })
const nobody = () => undefined
const blocksOf = (drawn: readonly Sheet[]) => drawn.flatMap(({ blocks }) => blocks)
const first = (node: Node, surface: Surface = 'message') => blocksOf(sheets(card(node), surface, nobody)).slice(1)

const when = at(Temporal.Instant.from('2026-12-16T10:00:00Z'), 'Wednesday 16 December 2026, 10:00')
const EVERYTHING = card(
  heading('Part'),
  text('One ', { strong: 'two' }, { person: 'p', name: 'April May' }, when),
  note('small'),
  facts(['When', [when]], ['Where', ['here']]),
  list([['first'], ['second']]),
  table(['A', 'B'], [[['1'], [{ strong: '2' }]]]),
  progress(3, 4, '3 of 4'),
  buttons({ command: 'a.b', subject: 's', label: 'Press', spoken: 'Press this', values: { seat: 'x' }, style: 'primary' }),
  links({ label: 'Minutes', url: 'https://example.org/m', spoken: 'Minutes of 23 July' }),
  divider,
  { node: 'image', url: 'https://example.org/a.png', alt: 'a picture' },
)

describe.each(SURFACES)('in a %s', (surface) => {
  test('every node is drawn as Slack takes it, on one sheet', () => {
    const drawn = sheets(EVERYTHING, surface, nobody)
    expect(drawn).toHaveLength(1)
    expect(refusedOf(blocksOf(drawn), surface)).toEqual([])
  })
})

test('the notification says all of it, names everybody, and is read as no markup', () => {
  const drawn = sheets(
    {
      ...card(
        text('<!channel> & ', { person: 'p', name: 'April May' }),
        buttons({ command: 'a.b', subject: 's', label: 'Press' }),
      ),
      title: 'A<B',
    },
    'message',
    () => 'U1',
  )
  expect(drawn.map((sheet) => sheet.text)).toEqual(['A&lt;B\n&lt;!channel&gt; &amp; April May\n[Press]'])
})

test('whom Slack knows is mentioned and nothing else is said of them; others are named', () => {
  const one = text({ person: 'p', name: 'April May' }, ' and ', { person: 'q', name: 'June' })
  const [, block] = blocksOf(sheets(card(one), 'message', (person) => (person === 'p' ? 'U123' : undefined)))
  expect(block).toEqual({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U123' },
          { type: 'text', text: ' and ' },
          { type: 'text', text: 'June', style: { bold: true } },
        ],
      },
    ],
  })
})

test('a time is said by the board’s clock, and by the reader’s beside it', () => {
  expect(first(text('At ', when))).toMatchObject([
    {
      elements: [
        {
          elements: [
            { text: 'At ' },
            { text: 'Wednesday 16 December 2026, 10:00' },
            { text: ' (your time: ' },
            {
              type: 'date',
              timestamp: 1_797_415_200,
              format: '{date_short_pretty} {time}',
              fallback: 'Wednesday 16 December 2026, 10:00 UTC',
            },
            { text: ')' },
          ],
        },
      ],
    },
  ])
})

test('in a note and in a table, which have no clocks, a time is said by the board’s alone', () => {
  expect(first(note('By ', when))).toMatchObject([{ elements: [{ text: 'By Wednesday 16 December 2026, 10:00' }] }])
  expect(first(table(['When'], [[[when]]]))).toMatchObject([{ rows: [[{}], [{ text: 'Wednesday 16 December 2026, 10:00' }]] }])
})

describe('a table', () => {
  test('is one in a message, with a sign in cells that are empty', () => {
    expect(first(table(['A', 'B'], [[['1'], []]]))).toMatchObject([
      {
        type: 'table',
        rows: [
          [{ text: 'A' }, { text: 'B' }],
          [{ text: '1' }, { type: 'raw_text', text: '–' }],
        ],
      },
    ])
  })

  test.each(['modal', 'home'] as const)('is a list in a %s, each cell after its column’s name', (surface) => {
    expect(sheets(card(table(['Member', 'Who'], [[['KCC'], ['Ann']]])), surface, nobody)).toMatchObject([
      { text: 'Title\n- Member: KCC; Who: Ann', blocks: [{}, { elements: [{ type: 'rich_text_list' }] }] },
    ])
  })

  test('is a list where the message has one already', () => {
    const two = card(table(['A'], [[['1']]]), table(['B'], [[['2']]]))
    expect(blocksOf(sheets(two, 'message', nobody)).map(({ type }) => type)).toEqual(['header', 'table', 'rich_text'])
  })

  test('longer than Slack’s goes on upon the next sheet, under its header', () => {
    const drawn = sheets(
      card(
        table(
          ['Number'],
          Array.from({ length: 150 }, (_, at) => [[String(at)]]),
        ),
      ),
      'message',
      nobody,
    )
    expect(drawn.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([
      ['header', 'table'],
      ['header', 'table'],
    ])
    const [header, row] = under(['text'], drawn[1]?.blocks[1])
    expect([header, row]).toEqual(['Number', '99'])
  })

  test('with more columns than Slack’s is a list', () => {
    const wide = Array.from({ length: 21 }, (_, at) => String(at))
    expect(first(table(wide, [wide.map((one) => [one])])).map(({ type }) => type)).toEqual(['rich_text'])
  })
})

describe('a button', () => {
  test('carries the command and its subject, and says to a screen reader what it is about', () => {
    const press = { command: 'a.b', subject: 's', values: { seat: 'x' } }
    expect(first(buttons({ ...press, label: 'Press', spoken: 'Press this', style: 'primary' }))).toEqual([
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'press:1',
            text: { type: 'plain_text', text: 'Press', emoji: false },
            accessibility_label: 'Press this',
            value: valueFor(press),
            style: 'primary',
          },
        ],
      },
    ])
  })

  test('that cannot be taken back asks first', () => {
    expect(first(buttons({ command: 'a.b', subject: 's', label: 'Close the vote', style: 'danger' }))).toMatchObject([
      {
        elements: [
          {
            style: 'danger',
            confirm: {
              title: { text: 'Close the vote' },
              text: { text: 'Do you mean “Close the vote”? It is about: Title' },
              confirm: { text: 'Close the vote' },
              deny: { text: 'No, go back' },
            },
          },
        ],
      },
    ])
  })

  test('stands in a row of five, and has an id of its own', () => {
    const six = Array.from({ length: 6 }, (_, at) => ({ command: 'a.b', subject: String(at), label: String(at) }))
    const drawn = first(buttons(...six))
    expect(drawn.map((block) => under(['action_id'], block).length)).toEqual([5, 1])
    expect(under(['value'], drawn).map((value) => pressedFrom(value)?.subject)).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  test('with a long label has the whole of it beside it', () => {
    const label = 'word '.repeat(30).trim()
    const [said, drawn] = first(buttons({ command: 'a.b', subject: 's', label }))
    expect(under(['text'], said)).toEqual([label])
    expect(under(['text'], drawn)).toEqual([`${label.slice(0, 74)}…`])
  })

  test('that carries too much is said, with what to do', () => {
    const drawn = first(buttons({ command: 'a.b', subject: 's', label: 'Call it', values: { why: 'x'.repeat(2_000) } }))
    expect(under(['text'], drawn).join('')).toBe(
      'Call it: no button of Slack’s takes as much as was written. Fill the form in anew with fewer words.',
    )
  })
})

test('a link is a button that a browser opens, and only an address that a browser opens is one', () => {
  const hostile = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' https://example.org', '//example.org']
  const drawn = first(links({ label: 'Minutes', url: 'http://example.org/m' }, ...hostile.map((url) => ({ label: 'x', url }))))
  expect(under(['url'], drawn)).toEqual(['http://example.org/m'])
  expect(drawn[0]).toMatchObject({ elements: [{ action_id: 'open:1' }] })
})

test('only a picture on https is one; of any other its words are said', () => {
  expect(first({ node: 'image', url: 'http://example.org/a.png', alt: 'a picture' })).toMatchObject([{ type: 'rich_text' }])
  expect(first({ node: 'image', url: 'https://example.org/a.png', alt: 'a picture' })).toMatchObject([{ type: 'image' }])
})

test.each(['refusal', 'fault'] as const)('a %s has a sign that needs no colour', (tone) => {
  expect(blocksOf(sheets({ ...card(), title: 'Not done', tone }, 'message', nobody))).toMatchObject([
    { text: { text: '⚠ Not done' } },
  ])
})

test('a heading never stands at the foot of a sheet', () => {
  const body = Array.from({ length: 60 }, (_, at) => [heading(`H${at}`), text('x'.repeat(1_500))]).flat()
  for (const { blocks } of sheets(card(...body), 'message', nobody)) {
    const last = under(['text'], blocks.at(-1))
    expect(last.join('')).toMatch(/^x/)
  }
})

test('a card of nothing is still a sheet that Slack takes', () => {
  const drawn = sheets({ ...card(), title: ' ' }, 'message', nobody)
  expect(drawn).toHaveLength(1)
  expect(refusedOf(blocksOf(drawn), 'message')).toEqual([])
})

describe('of any card', () => {
  const HOSTILE = ['<!channel>', '<@U1>', '*Bob*', ':smile:', '&amp;', '<https://x|y>', '```', '@here', '“”']
  const phrase = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('word ', 'x', '<&>', '🏛', '\n'), fc.integer({ min: 1, max: 4_000 }))
        .map(([one, times]) => one.repeat(times)),
    },
  )
  const span: fc.Arbitrary<Span> = fc.oneof(
    phrase,
    fc.record({ strong: phrase }),
    fc.record({ person: fc.constantFrom('known', 'unknown'), name: phrase }),
    phrase.map((words) => ({ ...(when as object), words }) as Span),
  )
  const line = fc.array(span, { maxLength: 4 })
  const short = fc.string({ unit: 'grapheme', maxLength: 100 })
  const button = fc.record(
    {
      command: fc.constant('a.b'),
      subject: fc.uuid(),
      label: phrase.filter((label) => label.trim() !== ''),
      spoken: phrase.filter((spoken) => spoken.trim() !== ''),
      values: fc.dictionary(fc.constantFrom('a', 'b'), short, { noNullPrototype: true }),
      style: fc.constantFrom('primary' as const, 'danger' as const),
    },
    { requiredKeys: ['command', 'subject', 'label'] },
  )
  const node: fc.Arbitrary<Node> = fc.oneof(
    phrase.map(heading),
    line.map((spans) => text(...spans)),
    line.map((spans) => note(...spans)),
    fc.array(fc.tuple(short, line), { maxLength: 12 }).map((rows) => facts(...rows)),
    fc.array(line, { maxLength: 40 }).map(list),
    fc
      .tuple(
        fc.array(short, { maxLength: 22 }),
        fc.array(fc.array(fc.array(fc.oneof(short, span), { maxLength: 2 }), { maxLength: 6 }), { maxLength: 130 }),
      )
      .map(([header, rows]) => table(header, rows)),
    phrase.map((label) => progress(1, 2, label)),
    fc.array(button, { maxLength: 30 }).map((row) => buttons(...row)),
    fc
      .array(fc.record({ label: button.map(({ label }) => label), url: fc.webUrl() }), { maxLength: 8 })
      .map((row) => links(...row)),
    fc.constant(divider),
    fc.record({ node: fc.constant('image' as const), url: fc.webUrl(), alt: phrase }),
  )
  const cards: fc.Arbitrary<Card> = fc.record(
    {
      title: fc.oneof({ weight: 5, arbitrary: short }, phrase),
      audience: fc.constant({ kind: 'public' as const }),
      body: fc.array(node, { maxLength: 14 }),
      tone: fc.constantFrom('refusal' as const, 'fault' as const),
    },
    { requiredKeys: ['title', 'audience', 'body'] },
  )
  const userOf = (person: string) => (person === 'known' ? 'U0KNOWN' : undefined)

  test.each(SURFACES)('every sheet is within the limits of a %s, with its pages turned', (surface) => {
    fc.assert(
      fc.property(cards, (one) => {
        const drawn = sheets(one, surface, userOf)
        expect(drawn.length).toBeGreaterThan(0)
        const value = (page: number) => JSON.stringify({ page, of: 'x'.repeat(500) })
        for (const [at, sheet] of drawn.entries()) {
          expect(refusedOf(turning(sheet, at + 1, drawn.length, value).blocks, surface)).toEqual([])
          expect(sheet.text.length).toBeLessThanOrEqual(4_000)
          expect(sheet.text.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/)
        }
      }),
      { numRuns: 60 },
    )
  })

  /** What the words of a node are, in the order in which a list of rows or a table has them. */
  function wordsOf(one: Node): readonly string[] {
    const said = (spans: readonly Span[]) =>
      spans.map((each) => (typeof each === 'object' && 'person' in each && each.person === 'known' ? '' : plainSpan(each)))
    switch (one.node) {
      case 'heading':
        return [one.text]
      case 'text':
      case 'note':
        return said(one.text)
      case 'facts':
        return one.facts.flatMap(([name, value]) => [name, ...said(value)])
      case 'list':
        return one.items.flatMap(said)
      case 'table':
        return one.rows.flatMap((row) => row.flatMap(said))
      case 'progress':
        return [one.label]
      case 'buttons':
        return one.buttons.map(({ label }) => (label.length > 75 ? '' : label))
      case 'links':
        return []
      case 'divider':
        return []
      case 'image':
        return [one.alt]
      default:
        return one satisfies never
    }
  }

  test.each(SURFACES)('nothing is lost in a %s, and all of it stands in its order', (surface) => {
    const bare = (words: string) => words.replace(/\s+/g, '')
    fc.assert(
      fc.property(cards, (one) => {
        const drawn = sheets(one, surface, userOf)
        const blocks = drawn.flatMap(({ blocks }, at) => (at === 0 ? blocks : blocks.filter(({ type }) => type !== 'header')))
        const shown = bare(under(['text', 'alt_text'], blocks).join(''))
        let from = 0
        for (const words of [one.title, ...one.body.flatMap(wordsOf)].map(bare)) {
          const found = shown.indexOf(words, from)
          expect(found, `${words} in ${shown.slice(from, from + 200)}`).toBeGreaterThanOrEqual(0)
          from = found + words.length
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('turning the pages', () => {
  const [sheet] = sheets(card(text('x')), 'message', nobody)
  const turns = (page: number, of: number) =>
    turning(sheet ?? { text: '', blocks: [] }, page, of, (to) => `to ${to}`).blocks.slice(2)

  test.each([
    { page: 1, of: 3, values: ['to 2'], ids: ['turn:2'] },
    { page: 2, of: 3, values: ['to 1', 'to 3'], ids: ['turn:1', 'turn:3'] },
    { page: 3, of: 3, values: ['to 2'], ids: ['turn:2'] },
  ])('page $page of $of', ({ page, of, values, ids }) => {
    const drawn = turns(page, of)
    expect(under(['text'], drawn)[0]).toBe(`Page ${page} of ${of}`)
    expect(under(['value'], drawn)).toEqual(values)
    expect(under(['action_id'], drawn)).toEqual(ids)
  })

  test('a sheet by itself has none', () => {
    expect(turns(1, 1)).toEqual([])
  })
})
