import { createHash } from 'node:crypto'
import { tidied } from '../kernel/sentence.js'

/** What somebody present gave: any words of theirs. */
export interface Seed {
  /** tells them apart from the others who gave one */
  readonly name: string
  readonly words: string
}

/** A lot as it was drawn, and all it takes to draw it again: `printf %s 'TEXT' | sha256sum` for each text. */
export interface Lot {
  /** the ballot, then each name and words, by name */
  readonly seed: string
  /** by digest: the first is drawn */
  readonly lines: readonly {
    /** an id */
    readonly candidate: string
    readonly name: string
    /** one line, in composed characters (NFC) */
    readonly text: string
    /** SHA-256 of the text in UTF-8, in hexadecimal */
    readonly digest: string
  }[]
  /** the id of the candidate whose digest is lowest */
  readonly drawn: string
}

/** One line, so that it can be copied from a card or from the minutes. */
const line = (words: string): string => tidied(words).replace(/\s+/g, ' ')

/** By code points, as bytes of UTF-8 are: JavaScript's own order of strings differs beyond U+FFFF. */
const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))

/**
 * Draws one of several by lot, so that anyone can draw it again by hand. Neither the order of candidates nor that of seeds
 * matters. Candidates of one name have their ids behind it in their texts: each then has a text that was theirs before
 * anybody gave a seed, and no order among them is needed.
 *
 * It is fair as long as nobody who gives a seed knows all the others: whoever does can try words until they like the outcome.
 * So seeds are kept from everybody until the last is given.
 * @param ballot names the board, the office and the ballot, so that seeds given for another are worth nothing here
 * @throws Error with fewer than two candidates, fewer than two people's seeds, a seed without a name or words, or candidates
 * that cannot be told apart
 */
export function drawLot(
  ballot: string,
  among: readonly { readonly id: string; readonly name: string }[],
  seeds: readonly Seed[],
): Lot {
  const given = seeds
    .map(({ name, words }) => ({ name: line(name), words: line(words) }))
    .sort((one, other) => byCodePoint(one.name, other.name) || byCodePoint(one.words, other.words))
  if (given.some(({ name, words }) => !name || !words)) throw new Error('a seed without a name or words')
  if (new Set(given.map(({ name }) => name)).size < 2) throw new Error('a lot needs seeds by two people at least')
  if (among.length < 2) throw new Error('a lot is drawn among two at least')
  const seed = [line(ballot), ...given.map(({ name, words }) => `${name}: ${words}`)].join(' / ')
  const candidates = among.map(({ id, name }) => ({ id, name: line(name) }))
  const lines = candidates.map(({ id, name }) => {
    const shared = candidates.filter((other) => other.name === name).length > 1
    const text = `${seed} / ${shared ? `${name} (${id})` : name}`.normalize('NFC')
    return { candidate: id, name, text, digest: createHash('sha256').update(text, 'utf8').digest('hex') }
  })
  lines.sort((one, other) => byCodePoint(one.digest, other.digest))
  const [first] = lines
  if (!first || new Set(lines.map(({ digest }) => digest)).size < lines.length)
    throw new Error('candidates in a lot who cannot be told apart')
  return { seed, lines, drawn: first.candidate }
}
