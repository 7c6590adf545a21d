import { type Button, type Card, type Link, type Node, opens, type Text } from '../kernel/view.js'

/** An Adaptive Card 1.5, as the page and Teams draw it. */
export type DrawnCard = Readonly<Record<string, unknown>>

/**
 * Makes a heading safe for a client that reads markup in TextBlocks; the page reads none, and shows it as it is.
 * Everything else is drawn as runs, which no client reads as markup.
 */
export type Escape = (heading: string) => string

function runs(text: Text): readonly unknown[] {
  return text.map((span) => {
    if (typeof span === 'string') return { type: 'TextRun', text: span }
    if ('strong' in span) return { type: 'TextRun', text: span.strong, weight: 'Bolder' }
    if ('at' in span) return { type: 'TextRun', text: span.words }
    return { type: 'TextRun', text: span.name, weight: 'Bolder' }
  })
}

const rich = (text: Text, look: object = {}) => ({
  type: 'RichTextBlock',
  inlines: runs(text).map((run) => ({ ...(run as object), ...look })),
})

const cell = (text: Text, look: object = {}) => ({ type: 'TableCell', items: [rich(text, look)] })

const row = (cells: readonly unknown[]) => ({ type: 'TableRow', cells })

function execute({ command, subject, label, spoken, values, style }: Button) {
  return {
    type: 'Action.Execute',
    title: label,
    ...(spoken ? { tooltip: spoken } : {}),
    verb: command,
    data: { subject, ...(values ? { values } : {}) },
    ...(style ? { style: style === 'primary' ? 'positive' : 'destructive' } : {}),
  }
}

const openUrl = ({ label, url, spoken }: Link) => ({
  type: 'Action.OpenUrl',
  title: label,
  ...(spoken ? { tooltip: spoken } : {}),
  url,
})

/** A bar of `of` equal parts, `done` of them filled, with the words that say the same beside it. */
function bar(done: number, of: number, label: string) {
  const part = (filled: boolean) => ({
    type: 'Column',
    width: 'stretch',
    minHeight: '8px',
    style: filled ? 'good' : 'emphasis',
    items: [],
  })
  return {
    type: 'Container',
    items: [
      rich([label], { weight: 'Bolder' }),
      { type: 'ColumnSet', spacing: 'Small', columns: Array.from({ length: of }, (_, at) => part(at < done)) },
    ],
  }
}

const title = (text: string, look: object = {}) => ({
  type: 'TextBlock',
  text,
  size: 'Medium',
  weight: 'Bolder',
  wrap: true,
  style: 'heading',
  ...look,
})

function element(node: Node, safe: Escape): unknown {
  switch (node.node) {
    case 'heading':
      return title(safe(node.text))
    case 'text':
      return rich(node.text)
    case 'note':
      return rich(node.text, { isSubtle: true, size: 'Small' })
    case 'facts':
      return {
        type: 'Table',
        showGridLines: false,
        firstRowAsHeaders: false,
        columns: [{ width: 1 }, { width: 3 }],
        rows: node.facts.map(([name, value]) => row([cell([name], { isSubtle: true }), cell(value)])),
      }
    case 'list':
      return { type: 'Container', items: node.items.map((item) => rich(['• ', ...item])) }
    case 'table':
      return {
        type: 'Table',
        showGridLines: true,
        firstRowAsHeaders: true,
        columns: node.header.map(() => ({ width: 1 })),
        rows: [
          row(node.header.map((name) => cell([name], { weight: 'Bolder' }))),
          ...node.rows.map((cells) => row(cells.map((one) => cell(one)))),
        ],
      }
    case 'progress':
      return bar(node.done, node.of, node.label)
    case 'buttons':
      return { type: 'ActionSet', actions: node.buttons.map(execute) }
    case 'links':
      return { type: 'ActionSet', actions: node.links.filter(opens).map(openUrl) }
    case 'divider':
      return { type: 'Container', separator: true, spacing: 'Medium', items: [] }
    case 'image':
      return { type: 'Image', url: node.url, altText: node.alt }
    default:
      return node satisfies never
  }
}

const TITLE_COLOURS = { refusal: 'Warning', fault: 'Attention' } as const

/** Draws a card. Everything is said in words; nothing needs colour to be understood. */
export function adaptiveCard(card: Card, safe: Escape): DrawnCard {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      title(safe(card.title), card.tone ? { color: TITLE_COLOURS[card.tone] } : {}),
      ...card.body.map((node) => element(node, safe)),
    ],
  }
}
