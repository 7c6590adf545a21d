import { describe, expect, test } from 'vitest'
import { and, but, POLICE, row } from './board.js'
import { judged, type Row } from './spreadsheet.js'

describe('a seat has one holder at a time', () => {
  test('two at once: whose seat, who holds it, and the ways out', () => {
    expect(judged(and(row(POLICE, 'representative', 'Ruth Hale'))).faults).toEqual([
      'row 9, Role: the seat of Kent Police is held by Daniel Okafor already (row 3): write joint representative in both rows if they hold it together, tell two seats apart under Seat, or say under From and Last day when the one follows the other',
    ])
  })

  const refused = [expect.stringMatching(/^row 9, Role: the seat of Kent Police is /)]
  test.each<{ rule: string; rows: readonly Row[]; faults: readonly unknown[] }>([
    {
      rule: 'one jointly and one not',
      rows: and(row(POLICE, 'joint', 'Ruth Hale')),
      faults: refused,
    },
    {
      rule: 'both jointly',
      rows: [...but(3, { Role: 'joint' }), row(POLICE, 'joint', 'Ruth Hale')],
      faults: [],
    },
    { rule: 'one alone who holds it jointly', rows: but(3, { Role: 'joint representative' }), faults: [] },
    {
      rule: 'in two seats that are told apart',
      rows: [...but(3, { Seat: 'Chief Constable' }), row(POLICE, 'representative', 'Ruth Hale', { Seat: 'Borough commander' })],
      faults: [],
    },
    {
      rule: 'one after the other',
      rows: [...but(3, { 'Last day': '31/12/2026' }), row(POLICE, 'representative', 'Ruth Hale', { From: '1/1/2027' })],
      faults: [],
    },
    {
      rule: 'one before the other has gone',
      rows: [...but(3, { 'Last day': '1/1/2027' }), row(POLICE, 'representative', 'Ruth Hale', { From: '1/1/2027' })],
      faults: refused,
    },
    {
      rule: 'one planned while the other has no last day',
      rows: and(row(POLICE, 'representative', 'Ruth Hale', { From: '1/1/2027' })),
      faults: refused,
    },
    {
      rule: 'vacant until somebody comes',
      rows: [...but(3, { From: '1/1/2027' }), row(POLICE, 'vacant', '', { 'Last day': '31/12/2026' })],
      faults: [],
    },
    {
      rule: 'vacant and held',
      rows: and(row(POLICE, 'vacant', '')),
      faults: [
        'row 9, Role: the seat of Kent Police is vacant in row 9 and held by Daniel Okafor in row 3: keep one row, or tell two seats apart under Seat, or say under From and Last day when the one follows the other',
      ],
    },
    {
      rule: 'vacant twice',
      rows: and(row('Kent County Council', 'vacant', '')),
      faults: [expect.stringMatching(/^row 9, Role: the seat of Kent County Council is vacant in row 7 already/)],
    },
    {
      rule: 'the same person twice',
      rows: and(row(POLICE, 'representative', 'Daniel Okafor')),
      faults: [
        'row 9, Name: Daniel Okafor holds the seat of Kent Police in row 3 already: keep one row, or let the days follow one another',
      ],
    },
    {
      rule: 'one seat named and one not',
      rows: and(row(POLICE, 'representative', 'Ruth Hale', { Seat: 'Borough commander' })),
      faults: ['row 3, Seat: is empty, and Kent Police has a seat called "Borough commander" (row 9): name the seat here too'],
    },
    {
      rule: 'one seat in two spellings',
      rows: [
        ...but(3, { Seat: 'Borough Commander', 'Last day': '31/12/2026' }),
        row(POLICE, 'representative', 'Ruth Hale', { Seat: 'Borough commander', From: '1/1/2027' }),
      ],
      faults: ['row 9, Seat: "Borough commander" is "Borough Commander" of row 3, written otherwise: write one seat in one way'],
    },
  ])('$rule', ({ rows, faults }) => {
    expect(judged(rows).faults).toEqual(faults)
  })
})

describe('seats', () => {
  test('are called after their standing where a body has one', () => {
    const { roster } = judged(
      and(
        row('Victim Support', 'representative', 'Elliot Grange', { Standing: 'standing invitation' }),
        row('Serious Violence Group', 'representative', 'Carol Finch', {
          Standing: 'required',
          'Stands for': 'A group; B group',
        }),
        row('Victim Support', 'joint', 'Ann Lee', { Seat: 'Advocate', 'Last day': '1/1/2027' }),
      ).map((one) => (one.Name === 'Elliot Grange' ? { ...one, Seat: 'Area manager' } : one)),
    )
    expect(roster?.seats.slice(5)).toEqual([
      { organisation: 'Kent County Council', title: 'Member', standing: 'member', joint: false, standsFor: [] },
      { organisation: 'Victim Support', title: 'Area manager', standing: 'invited', joint: false, standsFor: [] },
      { organisation: 'Victim Support', title: 'Advocate', standing: 'member', joint: true, standsFor: [] },
      {
        organisation: 'Serious Violence Group',
        title: 'Required',
        standing: 'required',
        joint: false,
        standsFor: ['A group', 'B group'],
      },
    ])
  })

  test('somebody in attendance is there as a person: their body is a part of their title', () => {
    const { roster } = judged(and(row('Community Safety Unit', 'in attendance', 'Ann Lee', { Post: 'Analyst' })))
    expect(roster?.attending).toContainEqual({
      person: 'ann.lee@example.org',
      title: 'Analyst, Community Safety Unit',
      from: null,
      lastDay: null,
    })
    expect(roster?.organisations.map(({ name }) => name)).not.toContain('Community Safety Unit')
  })
})
