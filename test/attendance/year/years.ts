import { Temporal } from 'temporal-polyfill'
import type { Attended, Mark, Quorate, Year } from '../../../src/attendance/year/rules.js'

export const attended = (organisation: string, ...marks: readonly Mark[]): Attended => ({
  organisation,
  marks,
  represented: marks.filter((mark) => mark === 'representative' || mark === 'substitute').length,
  of: marks.filter((mark) => mark !== 'no seat').length,
})

const meeting = (day: string, quorate: Quorate | null) => ({ day: Temporal.PlainDate.from(day), quorate })

/** A year in which everything happens. */
export const year2025: Year = {
  board: { name: 'Kent Community Safety Partnership', shortName: 'KCSP' },
  year: 2025,
  meetings: [meeting('2025-03-25', 'throughout'), meeting('2025-07-23', 'for a part'), meeting('2025-11-18', 'not')],
  members: [
    attended('Kent Fire and Rescue Service', 'no seat', 'vacant', 'representative'),
    attended('Kent Police', 'representative', 'substitute', 'absent'),
    attended('NHS Kent and Medway Integrated Care Board', 'representative', 'apologies', 'representative'),
  ],
  invited: [attended('Kent Housing Group', 'representative', 'apologies', 'no seat')],
}

const MARKS: readonly Mark[] = ['substitute', 'apologies', 'representative', 'absent']

/** A year of a board that meets each month. */
export const monthly: Year = {
  ...year2025,
  meetings: Array.from({ length: 12 }, (_, n) => meeting(`2025-${String(n + 1).padStart(2, '0')}-25`, 'throughout')),
  members: year2025.members.map(({ organisation }) => attended(organisation, ...[...MARKS, ...MARKS, ...MARKS])),
  invited: [],
}

/** Names as nobody should bear them, and somebody will. */
export const HOSTILE = [
  '=HYPERLINK("http://x.example","y")',
  '</text><script>alert(1)</script>',
  'A & B "C" \'D\'',
  '+1, -2\n@SUM(A1)',
]

export const hostileYear: Year = {
  board: { name: 'Board <i>of</i> "Names"', shortName: '<KCSP>' },
  year: 2025,
  meetings: [meeting('2025-03-25', null)],
  members: HOSTILE.map((name) => attended(name, 'representative')),
  invited: [],
}
