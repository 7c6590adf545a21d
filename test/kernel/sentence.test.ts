import { expect, test } from 'vitest'
import { Refusal } from '../../src/kernel/refusal.js'
import { folded, LONGEST_SENTENCE, readable } from '../../src/kernel/sentence.js'

test.each([
  { typed: '  who   is\tcoming \r\n', read: 'who is coming', why: 'white space' },
  { typed: 'I can’t come', read: "I can't come", why: 'the apostrophe of a telephone' },
  { typed: 'apologies\u0000 \u0007from me', read: 'apologies from me', why: 'control characters' },
  { typed: 'apo\u202Elogies', read: 'apo logies', why: 'a mark that reverses text' },
  { typed: 'Zoe\u0308', read: 'Zoë', why: 'a composed character' },
])('$why', ({ typed, read }) => {
  expect(readable(typed)).toBe(read)
})

test('a sentence that is too long is refused, and says how long it may be', () => {
  expect(readable('a'.repeat(LONGEST_SENTENCE))).toHaveLength(LONGEST_SENTENCE)
  expect(() => readable('a'.repeat(LONGEST_SENTENCE + 1))).toThrow(Refusal)
  expect(() => readable('a'.repeat(100_000))).toThrow('at most 2000')
})

test('names compare without case and accents', () => {
  expect(folded('Zoë BRÖNTE')).toBe('zoe bronte')
})
