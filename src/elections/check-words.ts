import { randomInt } from 'node:crypto'
import { wordlist } from '@scure/bip39/wordlists/english.js'

/** Two words by which a voter knows their ballot again: places in the list. */
export type TwoWords = readonly [number, number]

/** Two words at random, of 2,048 that are easily told apart. */
export const twoWords = (): TwoWords => [randomInt(wordlist.length), randomInt(wordlist.length)]

/** "heron marble" */
export const inTwoWords = ([one, other]: TwoWords): string => `${wordlist[one] ?? ''} ${wordlist[other] ?? ''}`
