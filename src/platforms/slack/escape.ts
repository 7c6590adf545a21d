import type { PlainTextElement } from '@slack/types'

/** Typed text for the few fields that Slack reads as its markup, such as a message's `text`. */
export const escaped = (typed: string): string => typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Half of a character at the end of what was cut would be shown as a box. */
const whole = (start: string): string => start.replace(/[\uD800-\uDBFF]$/, '')

/** At most so many characters, and a sign where some are missing. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${whole(text.slice(0, longest - 1)).trimEnd()}…`

/** Text that nothing is read into: no markup, no emoji of its colons. Slack takes none that is blank. */
export const plain = (text: string, longest: number): PlainTextElement => ({
  type: 'plain_text',
  text: text.trim() === '' ? '–' : cut(text, longest),
  emoji: false,
})

/** Text in parts of at most `longest` characters that together are the whole, cut between words where there are any. */
export function inParts(text: string, longest: number): readonly string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longest) {
    const start = whole(rest.slice(0, longest))
    const gap = Math.max(start.lastIndexOf(' '), start.lastIndexOf('\n')) + 1
    const part = gap > longest / 2 ? rest.slice(0, gap) : start
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return [...parts, rest]
}
