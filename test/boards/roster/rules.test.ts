import { describe, expect, test } from 'vitest'
import { and, BOARD, but, FIRE, POLICE, row } from './board.js'
import { GRAVESHAM, judged, type Row } from './spreadsheet.js'

test('of a right board nothing is said', () => {
  expect(judged(BOARD)).toMatchObject({ faults: [], warnings: [] })
})

describe('what is lawful and probably not meant', () => {
  test.each<{ rule: string; rows: readonly Row[]; warnings: readonly string[]; known?: Parameters<typeof judged>[2] }>([
    {
      rule: 'nobody in a group of the terms',
      rows: but(2, { Group: '' }),
      warnings: [
        'The terms name the CSP Executive Group, and nobody here is in it. Write it under Group in the rows of those who are in it.',
      ],
    },
    {
      rule: 'a group of nearly that name',
      rows: but(2, { Group: 'CSP Exec Group' }),
      warnings: ['The terms name the CSP Executive Group, and nobody here is in it. Did you mean it by CSP Exec Group?'],
    },
    {
      rule: 'people without an email',
      rows: [...but(3, { Email: '' }), row(POLICE, 'colleague', 'Ruth Hale', { Email: '' })],
      warnings: ['2 people have no email and cannot be reached in chat: Daniel Okafor and Ruth Hale.'],
    },
    {
      rule: 'a telephone whose 0 Excel has eaten',
      rows: but(3, { Telephone: '1622690690' }),
      warnings: [
        'Excel may have eaten the 0 at the beginning of Daniel Okafor’s telephone, 1622690690: format the column as Text.',
      ],
    },
    {
      rule: 'one name and two emails in one body',
      rows: and(row(POLICE, 'colleague', 'Daniel Okafor', { Email: 'd.okafor@example.org' })),
      warnings: [
        'Kent Police has two people called Daniel Okafor (daniel.okafor@example.org and d.okafor@example.org): if they are one, give one email.',
      ],
    },
    {
      rule: 'one name in two bodies of which one has no email',
      rows: and(row(FIRE, 'colleague', 'Daniel Okafor', { Email: '' })),
      warnings: [
        'Daniel Okafor of Kent Police and Kent Fire and Rescue Service is taken for one person (rows 3 and 9): if they are two, give each an email.',
      ],
    },
    {
      rule: 'a colleague of a body without a seat',
      rows: and(row('Kent Polcie', 'colleague', 'Ruth Hale')),
      warnings: [
        'Row 9: Kent Polcie has no seat here, so Ruth Hale can be named as nobody’s substitute. Did you mean Kent Police?',
      ],
    },
    {
      rule: 'an email that the house knows under another name',
      rows: but(3, {}),
      known: [{ name: 'Dan Okafor', email: 'Daniel.Okafor@example.org' }],
      warnings: [
        'daniel.okafor@example.org is known as "Dan Okafor", and this file calls them "Daniel Okafor": they will be renamed on every board.',
      ],
    },
    {
      rule: 'a name without an email that the house knows with one',
      rows: but(3, { Email: '' }),
      known: [{ name: 'Daniel Okafor', email: 'daniel.okafor@example.org' }],
      warnings: [
        'Daniel Okafor has no email here, and one Daniel Okafor is known here already who has one: write it if this is the same person, or they will be two.',
        'One person has no email and cannot be reached in chat: Daniel Okafor.',
      ],
    },
  ])('$rule', ({ rows, warnings, known = [] }) => {
    expect(judged(rows, GRAVESHAM, known)).toMatchObject({ faults: [], warnings })
  })
})

test('every fault at once, in the order of the rows and columns, each once', () => {
  const { faults } = judged([
    ...but(3, { 'Last day': '1/1/2027' }),
    row(POLICE, 'representative', 'Ruth Hale', { Office: 'chair' }),
    row('kent police', 'deputy', 'Dan Okafor', { Email: 'daniel.okafor@example.org' }),
  ])
  expect(faults.map((said) => said.slice(0, said.indexOf(':')))).toEqual([
    'row 9, Role',
    'row 9, Office',
    'row 10, Organisation',
    'row 10, Email',
  ])
})
