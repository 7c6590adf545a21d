import { describe, expect, test } from 'vitest'
import { and, but, FIRE, POLICE, row } from './board.js'
import { judged, type Row } from './spreadsheet.js'

describe('what each role needs, and cannot have', () => {
  const TWO_SEATS = [...but(3, { Seat: 'North' }), row(POLICE, 'vacant', '', { Seat: 'South' })]
  test.each<{ rows: readonly Row[]; says: string }>([
    {
      rows: and(row('Medway Council', 'deputy', 'Ruth Hale')),
      says: 'row 9, Organisation: Medway Council has no seat here for which Ruth Hale could sit: give it a row of a representative, or a vacant one',
    },
    {
      rows: [...TWO_SEATS, row(POLICE, 'deputy', 'Ruth Hale')],
      says: 'row 10, Seat: is empty, and Kent Police has 2 seats: name one of North or South',
    },
    {
      rows: [...TWO_SEATS, row(POLICE, 'deputy', 'Ruth Hale', { Seat: 'East' })],
      says: 'row 10, Seat: Kent Police has no seat called "East" here: name one of North or South',
    },
    {
      rows: and(row('', 'deputy', 'Ruth Hale')),
      says: 'row 9, Organisation: is empty, and a deputy needs it: write the name of the body',
    },
    {
      rows: and(row('', 'colleague', 'Ruth Hale')),
      says: 'row 9, Organisation: is empty, and a colleague needs it: write the name of the body',
    },
    {
      rows: and(row('', 'vacant', '')),
      says: 'row 9, Organisation: is empty, and a vacant seat needs it: write the name of the body',
    },
    {
      rows: and(row('Medway Council', 'vacant', 'Ruth Hale', { Email: '' })),
      says: 'row 9, Name: is of a person, and nobody is in a vacant seat: empty it, or write representative under Role',
    },
    {
      rows: and(row('', 'in attendance', '')),
      says: 'row 9, Name: is empty, and somebody in attendance needs it: write who it is',
    },
    {
      rows: and(row('', 'in attendance', 'Ruth Hale', { Standing: 'invited' })),
      says: 'row 9, Standing: is of a seat, and somebody in attendance has none: empty it, or write under Role what they are to the seat',
    },
    {
      rows: and(row('', 'in attendance', 'Ruth Hale', { 'Short name': 'KP' })),
      says: 'row 9, Short name: is of a body, and Organisation is empty: name the body, or empty this',
    },
    {
      rows: and(row(POLICE, 'deputy', 'Ruth Hale', { 'Stands for': 'Medway Council' })),
      says: 'row 9, Stands for: belongs in the row of whoever represents the body, or of its vacant seat: move it there',
    },
    {
      rows: and(row(POLICE, 'assistant', 'Marcus Webb')),
      says: 'row 9, Answers for: is empty, and an assistant needs it: write the name or the email of the person for whom they may answer',
    },
    {
      rows: and(row(POLICE, 'assistant', 'Marcus Webb', { 'Answers for': 'Daniel Okafar' })),
      says: 'row 9, Answers for: nobody in this file is called "Daniel Okafar": did you mean Daniel Okafor?',
    },
    {
      rows: and(row(POLICE, 'assistant', 'Marcus Webb', { 'Answers for': 'the Chief' })),
      says: 'row 9, Answers for: nobody in this file is called "the Chief": write a name or an email as it stands in another row',
    },
    {
      rows: and(row(POLICE, 'assistant', 'Marcus Webb', { 'Answers for': 'marcus webb' })),
      says: 'row 9, Answers for: names Marcus Webb themselves: write for whom they may answer',
    },
    {
      rows: and(
        row(FIRE, 'colleague', 'Daniel Okafor', { Email: 'other@example.org' }),
        row(POLICE, 'assistant', 'Marcus Webb', { 'Answers for': 'Daniel Okafor' }),
      ),
      says: 'row 10, Answers for: there is more than one Daniel Okafor here: write the email of whichever is meant',
    },
    {
      rows: but(3, { 'Answers for': 'Ruth Hale' }),
      says: 'row 3, Answers for: is for an assistant: write assistant under Role, or empty it',
    },
  ])('$says', ({ rows, says }) => {
    expect(judged(rows).faults).toEqual([says])
  })

  test('a deputy of a body with one seat needs not name it; an assistant may be told by email', () => {
    const { roster } = judged([
      ...but(3, { Seat: 'Borough commander' }),
      row(POLICE, 'deputy', 'Ruth Hale'),
      row(POLICE, 'assistant', 'Marcus Webb', { 'Answers for': 'Daniel.Okafor@example.org', Post: 'Staff officer' }),
    ])
    expect(roster?.holdings).toContainEqual(
      expect.objectContaining({ seat: 'Borough commander', person: 'ruth.hale@example.org', capacity: 'deputy' }),
    )
    expect(roster?.assistants).toEqual([
      { assistant: 'marcus.webb@example.org', principal: 'daniel.okafor@example.org', from: null, lastDay: null },
    ])
    expect(roster?.posts).toContainEqual({ person: 'marcus.webb@example.org', organisation: POLICE, title: 'Staff officer' })
  })
})
