import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { yearInCsv } from '../../../src/attendance/year/csv.js'
import { attended, HOSTILE, hostileYear, year2025 } from './years.js'

const rowsOf = (csv: string): readonly (readonly string[])[] => parse(csv, { bom: true })

test('a row an organisation, a column a meeting, and the sums as numbers', () => {
  expect(rowsOf(yearInCsv(year2025))).toEqual([
    ['Organisation', 'Part', '25 March 2025', '23 July 2025', '18 November 2025', 'Represented', 'Meetings'],
    ['Kent Fire and Rescue Service', 'member', 'no seat', 'vacant', 'present', '1', '2'],
    ['Kent Police', 'member', 'present', 'substitute', 'absent', '2', '3'],
    ['NHS Kent and Medway Integrated Care Board', 'member', 'present', 'apologies', 'present', '2', '3'],
    ['Kent Housing Group', 'by invitation', 'present', 'apologies', 'no seat', '1', '2'],
    ['Quorum', '', 'quorate throughout', 'quorate for a part', 'not quorate', '', ''],
  ])
})

test('it begins with the mark by which Excel knows UTF-8, and every line ends as a spreadsheet’s does', () => {
  const csv = yearInCsv(year2025)
  expect(Buffer.from(csv).subarray(0, 3).toString('hex')).toBe('efbbbf')
  expect(csv.split('\r\n')).toHaveLength(7)
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('no name is worked out as a formula, and each comes back as it was', () => {
  const [, ...rows] = rowsOf(yearInCsv(hostileYear))
  const names = rows.map(([name = '']) => name)
  expect(names.filter((name) => /^[\s\p{Cc}]*[=+\-@]/u.test(name))).toEqual([])
  expect(names.map((name) => name.replace(/^'(?=[=+\-@])/, ''))).toEqual(HOSTILE)
})

test.each(['=1', '+1', '-1', '@A1', ' =1', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A1'])(
  '“%s” is shown, not worked out',
  (name) => {
    const [, [shown = ''] = []] = rowsOf(yearInCsv({ ...hostileYear, members: [attended(name, 'absent')] }))
    expect(shown).toBe(`'${name}`)
  },
)

test('a hyphen or an apostrophe within a name is left as it is', () => {
  const [, [shown] = []] = rowsOf(yearInCsv({ ...hostileYear, members: [attended("St Mary-le-Bow's", 'absent')] }))
  expect(shown).toBe("St Mary-le-Bow's")
})

test('without a word on the quorum there is no row for it', () => {
  expect(yearInCsv(hostileYear)).not.toContain('Quorum')
})
