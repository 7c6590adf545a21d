import type { Card, Field, Form, Node, Span, Text } from './view.js'

/** What a span says. */
export function plainSpan(span: Span): string {
  if (typeof span === 'string') return span
  if ('strong' in span) return span.strong
  return 'at' in span ? span.words : span.name
}

/** A line of spans as words alone. */
export const plainText = (spans: Text): string => spans.map(plainSpan).join('')

function plainNode(node: Node): string | null {
  switch (node.node) {
    case 'heading':
      return node.text.toUpperCase()
    case 'text':
    case 'note':
      return plainText(node.text)
    case 'facts':
      return node.facts.map(([name, value]) => `${name}: ${plainText(value)}`).join('\n')
    case 'list':
      return node.items.map((item) => `- ${plainText(item)}`).join('\n')
    case 'table':
      return [node.header.join(' | '), ...node.rows.map((row) => row.map(plainText).join(' | '))].join('\n')
    case 'progress':
      return node.label
    case 'buttons':
      return node.buttons.length === 0 ? null : node.buttons.map((button) => `[${button.label}]`).join(' ')
    case 'links':
      return node.links.length === 0 ? null : node.links.map(({ label, url }) => `${label}: ${url}`).join('\n')
    case 'divider':
      return null
    case 'image':
      return node.alt
    default:
      return node satisfies never
  }
}

/** A card in words: for notifications, screen readers, the terminal and tests. */
export const plainCard = (card: Card): string =>
  [card.title, ...card.body.map(plainNode).filter((line) => line !== null)].join('\n')

function plainField(field: Field): string {
  const asked = field.optional ? `${field.label} (may be left blank)` : field.label
  if (field.field === 'choice') return `${asked}: ${field.options.map((option) => option.label).join(', ')}`
  return field.field === 'upload'
    ? `${asked}: a file ending in ${either(field.accept)}; in a terminal, quorate paper add FILE`
    : asked
}

const either = (endings: readonly string[]): string =>
  [endings.slice(0, -1).join(', '), ...endings.slice(-1)].filter((part) => part !== '').join(' or ')

/** A form in words: what it asks, and how to answer it without one. */
export const plainForm = (form: Form): string =>
  [form.title, plainText(form.intro), ...form.fields.map(plainField), `In words: ${form.inWords}`].join('\n')
