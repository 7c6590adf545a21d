import { fromText, hourInWords } from '../../kernel/time.js'
import type { Card, Node, Span, Text } from '../../kernel/view.js'
import type { Call } from './client.js'
import { userIn } from './people.js'
import { MOST_LOOKED_AT } from './waits.js'

/** The zones in which the users of a workspace live, as Slack has them. */
export interface Zones {
  /** null: not known yet; it is found out meanwhile, and nothing waits for it */
  of(user: string): string | null
  /** What was found out by the way. */
  learn(user: string, zone: string | null): void
}

export function zones(call: Call, workspace: string): Zones {
  const known = new Map<string, string | null>()
  return {
    learn: (user, zone) => void known.set(user, zone),
    of(user) {
      const zone = known.get(user)
      if (zone !== undefined) return zone
      if (known.size >= MOST_LOOKED_AT) known.clear()
      known.set(user, null)
      // Whose zone is not to be had is told the hour on their own clock besides the board's.
      void userIn(call, workspace, user).then(
        (found) => known.set(user, found?.zone ?? null),
        () => known.delete(user),
      )
      return null
    },
  }
}

/** A card for one reader: the hour on their own clock is left out where it is the board's. @param zone null: not known */
export const forReader = (card: Card, zone: string | null): Card =>
  zone === null ? card : { ...card, body: card.body.map((node) => inZone(node, zone)) }

function inZone(node: Node, zone: string): Node {
  const own = (text: Text): Text => text.map((span) => ownSpan(span, zone))
  switch (node.node) {
    case 'text':
    case 'note':
      return { ...node, text: own(node.text) }
    case 'facts':
      return { ...node, facts: node.facts.map(([name, value]) => [name, own(value)] as const) }
    case 'list':
      return { ...node, items: node.items.map(own) }
    case 'table':
      return { ...node, rows: node.rows.map((row) => row.map(own)) }
    default:
      return node
  }
}

function ownSpan(span: Span, zone: string): Span {
  if (typeof span === 'string' || !('at' in span)) return span
  try {
    return span.words.includes(hourInWords(fromText(span.at), zone)) ? span.words : span
  } catch (error) {
    // A zone that is not known here.
    if (error instanceof RangeError) return span
    throw error
  }
}
