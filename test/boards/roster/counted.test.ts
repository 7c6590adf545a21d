import { describe, expect, test } from 'vitest'
import type { Terms } from '../../../src/boards/terms.js'
import { and, BOARD, but, FIRE, HEALTH, POLICE, row } from './board.js'
import { judged, type Row, termsOf } from './spreadsheet.js'

describe('what would make a wrong quorum is warned of', () => {
  const missing = (body: string): string =>
    `The quorum counts ${body}, and the roster has no member’s seat there: it can never be represented. If the body has another name now, write the name in the terms under Formerly.`
  test.each<{ rule: string; rows: readonly Row[]; warnings: readonly string[] }>([
    {
      rule: 'a body of the terms under nearly its name',
      rows: but(4, { Organisation: 'Kent Fire and Rescue', Office: '' }),
      warnings: [
        missing(FIRE),
        'Kent Fire and Rescue is a member and does not count for the quorum: the terms list no core member of that name. Did you mean Kent Fire and Rescue Service?',
      ],
    },
    {
      rule: 'a body in other letters is not the body of the terms',
      rows: but(4, { Organisation: 'Kent fire & rescue service', Office: '' }),
      warnings: [
        missing(FIRE),
        'Kent fire & rescue service is a member and does not count for the quorum: the terms list no core member of that name. Did you mean Kent Fire and Rescue Service?',
      ],
    },
    {
      rule: 'a body that has succeeded one of the terms counts by its former name',
      rows: but(6, { Organisation: 'NHS Kent and Medway Integrated Care Board', Formerly: HEALTH }),
      warnings: [],
    },
    {
      rule: 'a member of whom the terms know nothing',
      rows: and(row('Victim Support', 'representative', 'Elliot Grange')),
      warnings: ['Victim Support is a member and does not count for the quorum: the terms list no core member of that name.'],
    },
    {
      rule: 'one who is invited is not counted, and that is as it should be',
      rows: and(row('Victim Support', 'representative', 'Elliot Grange', { Standing: 'invited' })),
      warnings: [],
    },
    {
      rule: 'a counted body that is only invited',
      rows: but(3, { Standing: 'invited' }),
      warnings: [
        'The quorum counts Kent Police, and the roster has it as invited, not as a member: write member under Standing if it is one.',
      ],
    },
    {
      rule: 'two that have succeeded one',
      rows: [
        ...but(6, { Organisation: 'Integrated Care Board', Formerly: HEALTH }),
        row('Mental Health Trust', 'representative', 'Ann Lee', { Formerly: HEALTH }),
      ],
      warnings: [
        `The quorum counts ${HEALTH} once, and Integrated Care Board and Mental Health Trust each have that name or had it: keep it where it belongs.`,
      ],
    },
  ])('$rule', ({ rows, warnings }) => {
    expect(judged(rows)).toMatchObject({ faults: [], warnings })
  })

  test('all that are missing, in one warning', () => {
    const { warnings } = judged(BOARD.filter(({ Organisation }) => Organisation !== POLICE && Organisation !== HEALTH))
    expect(warnings).toEqual([
      `The quorum counts Kent Police and ${HEALTH}, and the roster has no member’s seat there: they can never be represented. If the body has another name now, write the name in the terms under Formerly.`,
    ])
  })

  test('where whoever has a seat is counted, no name is wrong', () => {
    const rows = [
      row('Kent County Council', 'representative', 'Sam Head', { Office: 'chair' }),
      row('Anybody at all', 'representative', 'Ann Lee', { Office: 'vice-chair' }),
      row('', 'in attendance', 'Grace Holloway', { Office: 'clerk' }),
    ]
    expect(judged(rows, termsOf('dardr-steering-group-2025.yaml'))).toMatchObject({ faults: [], warnings: [] })
  })

  test('every reading of a standing is asked: the Commissioner’s office is listed and not statutory', () => {
    const KCSP: Terms = termsOf('kcsp-2025.yaml')
    const { warnings } = judged([row('Office of the Police and Crime Commissioner', 'representative', 'Helen Marsh')], KCSP)
    expect(warnings[0]).toMatch(/^The quorum counts Kent County Council, Kent Police, Local Authorities .*: they can never/)
    expect(warnings.join()).not.toMatch(/does not count/)
  })
})
