import { Refusal } from './refusal.js'

/** Characters; a longer sentence is not one. */
export const LONGEST_SENTENCE = 2_000

/** Control characters, and the marks that reverse or hide text on a screen. */
const UNSEEN = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu

/**
 * What was typed, as one line that can be read: composed characters, plain apostrophes, single spaces.
 * @throws Refusal `limit` above LONGEST_SENTENCE characters
 */
export function readable(words: string): string {
  if (words.length > LONGEST_SENTENCE) {
    throw new Refusal('limit', `That is ${words.length} characters, and I read at most ${LONGEST_SENTENCE}. Say it more briefly.`)
  }
  return words.normalize('NFC').replace(UNSEEN, ' ').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim()
}

/** For comparing: lower case, without accents. */
export const folded = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** What was filled in, without what cannot be seen: it is printed, and stands in the record. */
export const tidied = (value: string): string => value.normalize('NFC').replace(UNSEEN, ' ').trim()

/** The same of what was filled in on several lines, each of which counts. */
export const tidiedLines = (value: string): string =>
  value
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(tidied)
    .join('\n')
    .trim()
