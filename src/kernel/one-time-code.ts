import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no letter that is taken for another or for a figure. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/** A code that a clerk hands to somebody: 60 random bits, as `ABCD-EFGH-JKMN`. */
export const newCode = (): string => spelt([...randomBytes(LENGTH)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join(''))

const spelt = (letters: string): string => (letters.match(/.{4}/g) ?? []).join('-')

const DASHES = '[\\s\\u2010-\\u2015-]*'
const FOUR = '[0-9a-z]{4}'
const DASH = '[\\u2010-\\u2015-]'
const SPELT = new RegExp(`^${FOUR}${DASH}${FOUR}${DASH}${FOUR}$`, 'i')
const SAID = new RegExp(
  `^(?:(?:hi|hello|please|quorate)\\b[\\s,.!:]*)*(?<named>(?:(?:here is |this is )?(?:my|the) )?(?:one-time )?code(?: is)?\\b[\\s:,"']*(?!for\\b))?(?<code>${FOUR}${DASHES}${FOUR}${DASHES}${FOUR})["'.!\\s]*$`,
  'i',
)

/**
 * The code that a sentence is, in whatever case and spacing, as `newCode` spells it; null where it is none.
 * What has no figure in it, is not spelt as one and not called a code may be three words of four letters.
 */
export function codeIn(sentence: string): { readonly code: string; readonly certain: boolean } | null {
  const { code, named } = SAID.exec(sentence)?.groups ?? {}
  if (code === undefined) return null
  const letters = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if ([...letters].some((letter) => !LETTERS.includes(letter))) return null
  return { code: spelt(letters), certain: named !== undefined || /\d/.test(code) || SPELT.test(code) }
}
