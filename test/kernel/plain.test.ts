import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { plainCard, plainForm } from '../../src/kernel/plain.js'
import { at, buttons, divider, facts, heading, links, list, note, progress, table, text } from '../../src/kernel/view.js'

test('every node of a card can be said in words', () => {
  const card = plainCard({
    title: 'Title',
    audience: { kind: 'public' },
    body: [
      heading('Part'),
      text('One ', { strong: 'two' }, ' ', { person: 'p', name: 'April May' }),
      facts(['When', [at(Temporal.Instant.from('2026-12-16T10:00:00Z'), 'now')]]),
      list([['first'], ['second']]),
      table(['A', 'B'], [[['1'], ['2']]]),
      progress(3, 4, '3 of 4'),
      divider,
      note('small print'),
      buttons({ command: 'a.b', subject: 's', label: 'Press' }),
      links({ label: 'Minutes', url: 'https://example.org/m' }, { label: 'Map', url: 'https://example.org/n' }),
      { node: 'image', url: 'x', alt: 'a picture' },
    ],
  })
  expect(card).toBe(
    [
      'Title',
      'PART',
      'One two April May',
      'When: now',
      '- first\n- second',
      'A | B\n1 | 2',
      '3 of 4',
      'small print',
      '[Press]',
      'Minutes: https://example.org/m\nMap: https://example.org/n',
      'a picture',
    ].join('\n'),
  )
})

test('a form in words says what it asks and how to answer without it', () => {
  const words = plainForm({
    title: 'Name a substitute',
    audience: { kind: 'public' },
    command: 'a.b',
    subject: 's',
    intro: ['Who?'],
    fields: [
      { field: 'choice', name: 'substitute', label: 'Who', options: [{ value: '1', label: 'Ruth Hale' }] },
      { field: 'text', name: 'why', label: 'Why', max: 10 },
      { field: 'upload', name: 'file', label: 'Paper', accept: ['.pdf', '.docx', '.odt'], max: 10 },
    ],
    submit: 'Send',
    inWords: 'Ruth Hale will substitute',
  })
  expect(words).toBe(
    'Name a substitute\nWho?\nWho: Ruth Hale\nWhy\nPaper: a file ending in .pdf, .docx or .odt; in a terminal, quorate paper add FILE\nIn words: Ruth Hale will substitute',
  )
})
