import { expect, test } from 'vitest'
import { titleIn } from '../../../src/agenda/proposing/rules.js'
import { LONGEST_TITLE } from '../../../src/agenda/rules.js'

test.each([
  { what: 'one line', words: 'Knife crime', title: 'Knife crime' },
  { what: 'the first line of several', words: 'Knife crime\nIt doubled.', title: 'Knife crime' },
  { what: 'the first line that says something', words: '\n  \n\r\nKnife   crime ', title: 'Knife crime' },
  { what: 'lines parted in another way', words: 'Knife crime\u2028It doubled.', title: 'Knife crime' },
  {
    what: 'what looks like markup',
    words: '*Bob* <!channel> & <https://x.example|x>',
    title: '*Bob* <!channel> & <https://x.example|x>',
  },
  { what: 'marks that hide text', words: 'Knife\u202E \u0000crime\u200B', title: 'Knife crime' },
  { what: 'nothing', words: '', title: '' },
  { what: 'nothing that can be seen', words: '\u200B\n\t', title: '' },
  { what: 'as many characters as a title has', words: 'x'.repeat(LONGEST_TITLE), title: 'x'.repeat(LONGEST_TITLE) },
  { what: 'one more', words: 'x'.repeat(LONGEST_TITLE + 1), title: 'x'.repeat(LONGEST_TITLE) },
  { what: 'forty thousand', words: 'x'.repeat(40_000), title: 'x'.repeat(LONGEST_TITLE) },
  { what: 'a sign of two parts at the end', words: `${'x'.repeat(LONGEST_TITLE - 1)}😀`, title: 'x'.repeat(LONGEST_TITLE - 1) },
])('a title from $what', ({ words, title }) => {
  expect(titleIn(words)).toBe(title)
})
