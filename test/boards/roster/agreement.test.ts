import { describe, expect, test } from 'vitest'
import { and, but, FIRE, POLICE, row } from './board.js'
import { judged, type Row } from './spreadsheet.js'

describe('one thing is said in one way', () => {
  test.each<{ rows: readonly Row[]; says: string }>([
    {
      rows: and(row(POLICE, 'deputy', 'Dan Okafor', { Email: 'Daniel.Okafor@example.org' })),
      says: 'row 9, Email: Daniel.Okafor@example.org is Daniel Okafor’s in row 3 and Dan Okafor’s here: write one person in one way, or give each an email of their own',
    },
    {
      rows: [...but(3, { Telephone: '01622 690690' }), row('', 'in attendance', 'Daniel Okafor', { Telephone: '01622 690 691' })],
      says: 'row 9, Telephone: Daniel Okafor has 01622 690690 in row 3: give one number for one person',
    },
    {
      rows: [...but(3, { Post: 'Superintendent' }), row(POLICE, 'colleague', 'Daniel Okafor', { Post: 'Inspector' })],
      says: 'row 9, Post: Daniel Okafor is "Superintendent" in row 3: give one post for one person in one body',
    },
    {
      rows: [...but(3, { 'Short name': 'KP' }), row(POLICE, 'deputy', 'Ruth Hale', { 'Short name': 'Police' })],
      says: 'row 9, Short name: Kent Police is "Police" here and "KP" in row 3: give it one short name',
    },
    {
      rows: [
        ...but(3, { 'Short name': 'KP' }),
        row('Kent Prisons', 'representative', 'Ruth Hale', { 'Short name': 'kp', Standing: 'invited' }),
      ],
      says: 'row 9, Short name: "kp" is Kent Police too (row 3): give Kent Prisons a short name of its own',
    },
    {
      rows: and(row('Kent Prisons', 'representative', 'Ruth Hale', { 'Short name': 'Kent Police', Standing: 'invited' })),
      says: 'row 9, Short name: "Kent Police" is Kent Police too (row 3): give Kent Prisons a short name of its own',
    },
    {
      rows: [...but(3, { Standing: 'member' }), row(POLICE, 'deputy', 'Ruth Hale', { Standing: 'invited' })],
      says: 'row 9, Standing: the seat of Kent Police is given as invited here and as member in its own row: say the same, or empty it',
    },
    {
      rows: [
        ...but(3, { Standing: 'member', 'Last day': '31/12/2026' }),
        row(POLICE, 'representative', 'Ruth Hale', { Standing: 'invited', From: '1/1/2027' }),
      ],
      says: 'row 9, Standing: the seat of Kent Police is given as invited here and as member in row 3: say the same, or tell two seats apart under Seat',
    },
    {
      rows: and(row('The Kent police', 'deputy', 'Ruth Hale')),
      says: 'row 9, Organisation: "The Kent police" is "Kent Police" of row 3, written otherwise: write one body in one way',
    },
    {
      rows: and(row('Kent Fire & Rescue Service', 'colleague', 'Ruth Hale')),
      says: 'row 9, Organisation: "Kent Fire & Rescue Service" is "Kent Fire and Rescue Service" of row 4, written otherwise: write one body in one way',
    },
    {
      rows: and(
        row('', 'in attendance', 'Ruth Hale', { Post: 'Presenter' }),
        row('', 'in attendance', 'Ruth Hale', { Post: 'Observer', 'Last day': '1/1/2027' }),
      ),
      says: 'row 10, From: says once more that Ruth Hale is in attendance: row 9 says it without any day. Let the days follow one another, or keep one of the two',
    },
    {
      rows: and(row(POLICE, 'deputy', 'Ruth Hale'), row(POLICE, 'deputy', 'Ruth Hale', { From: '1/1/2027' })),
      says: 'row 10, From: says once more that Ruth Hale is deputy of Kent Police: row 9 says it without any day. Let the days follow one another, or keep one of the two',
    },
    {
      rows: but(3, { Formerly: 'Old Police; Kent County Council' }),
      says: 'row 3, Formerly: "Kent County Council" is a body of this file itself (row 7): take its rows out if Kent Police has succeeded it, or this name',
    },
    {
      rows: but(3, { Formerly: 'Kent Police' }),
      says: 'row 3, Formerly: "Kent Police" is what it is called now: name only what it was called before',
    },
    {
      rows: and(row('', 'in attendance', 'Ruth Hale', { Group: 'CSP executive group' })),
      says: 'row 9, Group: "CSP executive group" is "CSP Executive Group" of row 2, written otherwise: write one group in one way',
    },
    {
      rows: and(
        row('', 'in attendance', 'Ruth Hale', { Group: 'CSP Executive Group' }),
        row('Kent Police', 'colleague', 'Ruth Hale', { Group: 'CSP Executive Group', From: '1/1/2027' }),
      ),
      says: 'row 10, From: says once more that Ruth Hale is in the CSP Executive Group: row 9 says it without any day. Let the days follow one another, or keep one of the two',
    },
    {
      rows: and(
        row(FIRE, 'colleague', 'Daniel Okafor', { Email: 'other@example.org' }),
        row('', 'in attendance', 'Daniel Okafor', { Email: '' }),
      ),
      says: 'row 10, Email: is empty, and there is more than one Daniel Okafor here (daniel.okafor@example.org and other@example.org): say which it is',
    },
  ])('$says', ({ rows, says }) => {
    expect(judged(rows).faults).toEqual([says])
  })

  test('blanks in other rows inherit, and one person may have many rows', () => {
    const { roster, warnings } = judged([
      ...but(3, { 'Short name': 'KP', Formerly: 'Kent Constabulary', Telephone: '01622 690690', Post: 'Superintendent' }),
      row(POLICE, 'colleague', 'Daniel Okafor', { Email: '', Group: 'CSP Executive Group', Formerly: 'County Police' }),
      row('', 'in attendance', 'daniel okafor', { Post: 'Presenter' }),
    ])
    expect(warnings).toEqual([])
    expect(roster?.organisations).toContainEqual({
      name: POLICE,
      shortName: 'KP',
      formerly: ['Kent Constabulary', 'County Police'],
    })
    expect(roster?.people.filter(({ name }) => /okafor/i.test(name))).toEqual([
      { key: 'daniel.okafor@example.org', name: 'Daniel Okafor', email: 'daniel.okafor@example.org', telephone: '01622 690690' },
    ])
    expect(roster?.posts).toContainEqual({ person: 'daniel.okafor@example.org', organisation: POLICE, title: 'Superintendent' })
    expect(roster?.attending).toContainEqual(expect.objectContaining({ person: 'daniel.okafor@example.org', title: 'Presenter' }))
  })

  test('without an email a person goes by their folded name', () => {
    const { roster } = judged(and(row(POLICE, 'colleague', 'Zoë Hart', { Email: '' })))
    expect(roster?.people).toContainEqual({ key: 'zoe hart', name: 'Zoë Hart', email: null, telephone: null })
  })
})
