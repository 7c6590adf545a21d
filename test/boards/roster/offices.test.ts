import { describe, expect, test } from 'vitest'
import { but, FIRE, POLICE, row } from './board.js'
import { GRAVESHAM, judged, type Row, termsOf } from './spreadsheet.js'

describe('who may hold an office', () => {
  const KCSP = termsOf('kcsp-2025.yaml')
  const county = (office: string): readonly Row[] => [
    row('Kent County Council', 'representative', 'Margaret Ashdown', { Office: 'chair' }),
    row('Kent Housing Group', 'representative', 'Nadia Flynn', { Standing: 'invited', Office: office }),
    row('', 'in attendance', 'Grace Holloway', { Office: 'clerk' }),
  ]

  test('elected from amongst the other members: one who is there by invitation is none', () => {
    expect(judged(county('vice-chair'), KCSP).faults).toEqual([
      'row 3, Office: the vice-chair is elected from the members, and Nadia Flynn has no member’s seat then: give them one, or name another (clause 6: "The Vice Chair will be elected from amongst the other KCSP members every 2 years.")',
    ])
  })

  test('where the terms are silent the convention advises', () => {
    const silent = { convention: 'A member is elected.', source: 'the practice of partnerships' }
    const offices = KCSP.offices.map(({ clause: _, ...rule }) => ({ ...rule, silent }))
    const { faults, warnings } = judged(county('vice-chair'), { ...KCSP, offices })
    expect(faults).toEqual([])
    expect(warnings).toContain(
      'Row 3: Nadia Flynn as vice-chair: the vice-chair is elected from the members, and Nadia Flynn has no member’s seat then: give them one, or name another (the practice of partnerships).',
    )
  })

  const CLAUSE =
    /\(clause 5, Chairmanship: "The Chair of the Partnership will be .* The position of Vice-Chair will be drawn from the Core membership\."\)$/
  test.each<{ rule: string; rows: readonly Row[]; says: string | null }>([
    {
      rule: 'drawn from the core membership: an invited body is not of it',
      rows: [
        ...but(4, { Office: '' }),
        row('Victim Support', 'representative', 'Elliot Grange', { Standing: 'invited', Office: 'vice-chair' }),
      ],
      says: 'row 9, Office: the vice-chair is to represent a core member, and Elliot Grange represents Victim Support: give them such a seat, or name another',
    },
    {
      rule: 'nor is somebody in attendance',
      rows: [...but(4, { Office: '' }), row('', 'in attendance', 'Elliot Grange', { Office: 'vice-chair' })],
      says: 'row 9, Office: the vice-chair is to represent a core member, and Elliot Grange represents nobody here then: give them such a seat, or name another',
    },
    {
      rule: 'nor a deputy of a core member',
      rows: [...but(4, { Office: '' }), row(POLICE, 'deputy', 'Ruth Hale', { Office: 'vice-chair' })],
      says: 'row 9, Office: the vice-chair is to represent a core member, and Ruth Hale represents nobody here then: give them such a seat, or name another',
    },
    {
      rule: 'nor whoever has left their seat by then',
      rows: [
        ...but(4, { Office: '', 'Last day': '31/12/2026' }),
        row(FIRE, 'colleague', 'Mark Dunn', { Office: 'vice-chair', From: '1/1/2027' }),
      ],
      says: 'row 9, Office: the vice-chair is to represent a core member, and Mark Dunn represents nobody here then: give them such a seat, or name another',
    },
    {
      rule: 'a body is known by a name that it had',
      rows: but(4, { Organisation: 'Kent and Sussex Fire Authority', Formerly: FIRE }),
      says: null,
    },
  ])('$rule', ({ rows, says }) => {
    const { faults } = judged(rows)
    expect(faults.map((said) => said.replace(CLAUSE, '').trim())).toEqual(says === null ? [] : [says])
    for (const said of faults) expect(said).toMatch(CLAUSE)
  })

  test('a chair who is no member: as chair alone they are not counted', () => {
    const rows = [...but(2, { Office: '' }), row('', 'in attendance', 'Ann Lee', { Office: 'chair' })]
    expect(judged(rows)).toMatchObject({
      faults: [],
      warnings: ['Ann Lee is chair and has no member’s seat here: as chair alone they are not counted for the quorum.'],
    })
  })

  test.each<{ rule: string; rows: readonly Row[]; says: readonly string[] }>([
    {
      rule: 'two at once',
      rows: but(3, { Office: 'chair' }),
      says: [
        'row 3, Office: Imogen Fairley is chair already (row 2), and the terms let nobody share it: keep one, or say under From and Last day when the one follows the other',
      ],
    },
    {
      rule: 'one acting beside one who is',
      rows: but(3, { Office: 'acting chair' }),
      says: [
        'row 3, Office: Imogen Fairley is chair already (row 2), and the terms let nobody share it: keep one, or say under From and Last day when the one follows the other',
      ],
    },
    {
      rule: 'one who acts and is',
      rows: but(2, { Office: 'chair; acting chair' }),
      says: [
        'row 2, Office: Imogen Fairley is chair in row 2 already, acting or not: keep one of the two, or let the days follow one another',
      ],
    },
    {
      rule: 'of any office, also one that may be shared',
      rows: but(8, { Office: 'clerk; acting clerk' }),
      says: [
        'row 8, Office: Grace Holloway is clerk in row 8 already, acting or not: keep one of the two, or let the days follow one another',
      ],
    },
    { rule: 'one acting alone', rows: but(2, { Office: 'acting chair' }), says: [] },
    {
      rule: 'one after the other',
      rows: [
        ...but(2, { Office: 'chair', 'Last day': '31/12/2026' }),
        row('Gravesham Borough Council', 'representative', 'Ann Lee', { Office: 'chair', From: '1/1/2027' }),
      ],
      says: [],
    },
  ])('one holder at a time: $rule', ({ rows, says }) => {
    expect(judged(rows).faults).toEqual(says)
  })

  test('unless the terms let it be shared', () => {
    const offices = GRAVESHAM.offices.map((rule) => ({ ...rule, shared: true }))
    expect(judged(but(3, { Office: 'chair' }), { ...GRAVESHAM, offices })).toMatchObject({ faults: [], warnings: [] })
  })

  test('of an office on which the terms are silent there is only a warning', () => {
    const rows = [...but(3, { Office: 'co-chair' }), row('', 'in attendance', 'Ann Lee', { Office: 'clerk' })]
    expect(judged(rows)).toMatchObject({
      faults: [],
      warnings: [
        'Grace Holloway and Ann Lee are both clerk, at least for a time (rows 8 and 9).',
        'The terms know no co-chair: whoever is it has no power by it.',
      ],
    })
  })

  test('no chair, no clerk', () => {
    const rows = but(2, { Office: '' }).map((one) => (one.Office === 'clerk' ? { ...one, Office: '' } : one))
    expect(judged(rows).warnings).toEqual([
      'There is no chair: write chair under Office in the row of whoever it is.',
      'There is no clerk: nobody will be told of apologies. Write clerk under Office in the row of whoever it is.',
    ])
  })
})
