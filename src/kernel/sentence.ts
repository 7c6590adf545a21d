import { Refusal } from './refusal.js'

/** Characters; a longer sentence is not one. */
export const LONGEST_SENTENCE = 2_000

/** Control characters, and the marks that reverse or hide text on a screen. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu

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

const BEFORE_AN_ORDER =
  /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|i want to|i would like to|i'd like to|let's|let us|we|i)\b[\s,.!:-]*)*/i
const AFTER_AN_ORDER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!?-]*)*$/i
/** Said at the end by who was told of a doubt. */
const ALL_THE_SAME = /[\s,;-]*\ball the same\b[\s.!]*$/i

/** An order without its courtesies: "Hi Quorate, could you circulate the papers, thanks" is "circulate the papers". */
export const plainOrder = (sentence: string): string =>
  withoutAllTheSame(sentence).replace(BEFORE_AN_ORDER, '').replace(AFTER_AN_ORDER, '')

/** Whether it ends "all the same". */
export const saysAllTheSame = (sentence: string): boolean => ALL_THE_SAME.test(sentence)

export const withoutAllTheSame = (sentence: string): string => sentence.replace(ALL_THE_SAME, '')

/** "Agree the agenda?" is no order; "could you agree the agenda?" is one. */
export const isOrder = (sentence: string): boolean => !/\?\s*$/.test(sentence) || /\b(?:can|could) you\b/i.test(sentence)
