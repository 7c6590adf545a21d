/** The ids of users who are mentioned in a text of Slack's. */
export const mentionedIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g)].map((match) => match[1] ?? '')),
]

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * What was typed, out of what Slack makes of it: addresses without their marks, people by the names that the house knows
 * them by (never by what they call themselves), and Quorate's own mention left out.
 * @param nameOf the house's name of a user; null: nobody of ours
 */
export function wordsIn(text: string, botUser: string, nameOf: (user: string) => string | null): string {
  const plain = text.replace(/<([^<>]*)>/g, (whole, inside: string) => {
    const [what = '', label] = inside.split('|')
    if (what.startsWith('@')) return what === `@${botUser}` ? ' ' : (nameOf(what.slice(1)) ?? whole)
    if (what.startsWith('#')) return `#${label ?? what.slice(1)}`
    if (what.startsWith('!')) return label ?? `@${what.slice(1)}`
    return what.startsWith('mailto:') || what.startsWith('tel:') ? (label ?? what.replace(/^(?:mailto|tel):/, '')) : what
  })
  return plain.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity).trim()
}
