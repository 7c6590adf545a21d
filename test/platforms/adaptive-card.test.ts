import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { buttons, type Card, divider, facts, heading, links, list, note, progress, table, text } from '../../src/kernel/view.js'
import { adaptiveCard } from '../../src/platforms/adaptive-card.js'

/** The vendor's package, whose entry for Node is this file of it. */
const adaptivecards: typeof import('adaptivecards') = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js')

const asWritten = (heading: string) => heading

/** What the vendor's own parser finds wrong with a drawn card. */
function faultsOf(card: Card): readonly string[] {
  const context = new adaptivecards.SerializationContext()
  new adaptivecards.AdaptiveCard().parse(adaptiveCard(card, asWritten), context)
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message)
}

const card = (...body: Card['body']): Card => ({ title: 'Title', audience: { kind: 'public' }, body })
const EVERYTHING = card(
  heading('Part'),
  text('One ', { strong: 'two' }, { person: 'p', name: 'April May' }),
  note('small'),
  facts(['When', [{ at: '2026-12-16T10:00:00.000Z', words: 'now' }]], ['Where', ['here']]),
  list([['first'], ['second']]),
  table(['A', 'B'], [[['1'], ['2']]]),
  progress(3, 4, '3 of 4'),
  buttons({ command: 'a.b', subject: 's', label: 'Press', spoken: 'Press this', values: { seat: 'x' }, style: 'primary' }),
  links({ label: 'Minutes', url: 'https://example.org/m', spoken: 'Minutes of 23 July' }),
  divider,
  { node: 'image', url: 'https://example.org/a.png', alt: 'a picture' },
)

test('every node is drawn as the vendor’s parser knows it', () => {
  expect(faultsOf(EVERYTHING)).toEqual([])
  expect(faultsOf({ ...EVERYTHING, tone: 'refusal' })).toEqual([])
})

test('a press carries the command and its subject, and says to a screen reader what it is about', () => {
  expect(adaptiveCard(EVERYTHING, asWritten)).toMatchObject({
    body: expect.arrayContaining([
      {
        type: 'ActionSet',
        actions: [
          {
            type: 'Action.Execute',
            title: 'Press',
            tooltip: 'Press this',
            verb: 'a.b',
            data: { subject: 's', values: { seat: 'x' } },
            style: 'positive',
          },
        ],
      },
    ]),
  })
})

test('a link is opened by whoever shows the card, and only an address that a browser opens is one', () => {
  const hostile = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' https://example.org', '//example.org', '']
  const drawn = adaptiveCard(
    card(
      links(
        { label: 'Minutes', url: 'http://example.org/m', spoken: 'Minutes of July' },
        ...hostile.map((url) => ({ label: 'x', url })),
      ),
    ),
    asWritten,
  )
  expect(drawn.body).toMatchObject([
    {},
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.OpenUrl', title: 'Minutes', tooltip: 'Minutes of July', url: 'http://example.org/m' }],
    },
  ])
})

describe('text is shown as it was written, never read as markup', () => {
  const HOSTILE = '<!channel> *Bob* [x](javascript:alert(1)) <script>alert(1)</script>'

  test.each([
    { where: 'a span', node: text(HOSTILE) },
    { where: 'a strong span', node: text({ strong: HOSTILE }) },
    { where: 'a person', node: text({ person: 'p', name: HOSTILE }) },
    { where: 'a time', node: text({ at: '2026-12-16T10:00:00.000Z', words: HOSTILE }) },
    { where: 'a fact', node: facts([HOSTILE, [HOSTILE]]) },
    { where: 'a list', node: list([[HOSTILE]]) },
    { where: 'a table', node: table([HOSTILE], [[[HOSTILE]]]) },
    { where: 'a label', node: progress(1, 2, HOSTILE) },
  ])('in $where', ({ node }) => {
    const runs: string[] = []
    const blocks: string[] = []
    JSON.stringify(adaptiveCard(card(node), asWritten), (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'type' in value && 'text' in value) {
        if (value.type === 'TextRun') runs.push(String(value.text))
        if (value.type === 'TextBlock') blocks.push(String(value.text))
      }
      return value
    })
    expect(runs).toContain(HOSTILE)
    // A TextBlock is read as markup by some clients: only the title is one.
    expect(blocks).toEqual(['Title'])
  })
})

test('a title and a heading go through the platform’s escape, and nothing else does', () => {
  const drawn = adaptiveCard(
    { title: 'A', audience: { kind: 'public' }, body: [heading('B'), text('C')] },
    (words) => `<${words}>`,
  )
  expect(drawn.body).toMatchObject([{ text: '<A>' }, { text: '<B>' }, { inlines: [{ text: 'C' }] }])
})
