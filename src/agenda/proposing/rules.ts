import { tidied } from '../../kernel/sentence.js'
import { LONGEST_TITLE } from '../rules.js'

/** The title that words suggest: their first line, cut at a character to as many as a title has; empty where they hold none. */
export function titleIn(words: string): string {
  const line =
    words
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .map((one) => tidied(one).replace(/\s+/g, ' '))
      .find((one) => one !== '') ?? ''
  let title = ''
  for (const character of line) {
    if (title.length + character.length > LONGEST_TITLE) break
    title += character
  }
  return title.trim()
}
