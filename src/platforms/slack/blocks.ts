import { plainText } from '../../kernel/plain.js'
import type { Node } from '../../kernel/view.js'
import { type NameOf, opened, pressed } from './buttons.js'
import { inParts, plain } from './escape.js'
import { LONGEST } from './limits.js'
import { bulleted } from './list.js'
import { type Group, group, type Piece } from './piece.js'
import { bold, isBlank, type Line, light, line, linesOf, said, section, type UserOf } from './runs.js'
import { asList, asTables } from './table.js'

/** What drawing a node needs to know of its card. */
export interface Drawing {
  readonly title: string
  readonly userOf: UserOf
  readonly nameOf: NameOf
}

const paragraphs = (line: Line): readonly Piece[] =>
  linesOf(line)
    .filter((part) => !isBlank(part))
    .map((part) => ({ block: { type: 'rich_text', elements: [section(part)] }, words: said(part) }))

/** A heading smaller than a card's title. */
export const strong = (text: string): readonly Piece[] => paragraphs([bold(text)])

const notes = (text: string): readonly Piece[] =>
  inParts(text, LONGEST.part)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ block: { type: 'context', elements: [plain(part, LONGEST.text)] }, words: part }))

const rows = (facts: Extract<Node, { node: 'facts' }>['facts'], userOf: UserOf): Line =>
  facts.flatMap(([name, value], at) => [...(at > 0 ? [light('\n')] : []), bold(`${name}: `), ...line(value, userOf)])

function image({ url, alt }: Extract<Node, { node: 'image' }>): readonly Piece[] {
  const shown = /^https:\/\//i.test(url) && URL.canParse(url) && url.length <= LONGEST.url
  if (!shown || alt.trim() === '' || alt.length > LONGEST.altText) return paragraphs([light(alt)])
  return [{ block: { type: 'image', image_url: url, alt_text: alt }, words: alt }]
}

/** A node as blocks, each within every limit of Slack's, that together say all of it. */
export function blocksOf(node: Node, { title, userOf, nameOf }: Drawing): Group {
  switch (node.node) {
    case 'heading':
      return group(...strong(node.text).map((piece) => ({ ...piece, heads: true as const })))
    case 'text':
      return group(...paragraphs(line(node.text, userOf)))
    case 'note':
      return group(...notes(plainText(node.text)))
    case 'facts':
      return group(...paragraphs(rows(node.facts, userOf)))
    case 'list':
      return group(...bulleted(node.items.map((item) => line(item, userOf))))
    case 'table': {
      const list = asList(node, userOf)
      const tables = asTables(node)
      return tables ? { pieces: tables, withoutTable: list } : { pieces: list }
    }
    case 'progress':
      // A bar of signs would be read out sign by sign: the words say the same.
      return group(...strong(node.label))
    case 'buttons':
      return group(...pressed(node.buttons, title, nameOf))
    case 'links':
      return group(...opened(node.links, nameOf))
    case 'divider':
      return group({ block: { type: 'divider' }, words: '' })
    case 'image':
      return group(...image(node))
    default:
      return node satisfies never
  }
}
