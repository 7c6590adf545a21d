import { csvOf } from '../../kernel/csv.js'
import { type Attended, dayAndMonth, MARKS, QUORATE, quorumIsKnown, type Year } from './rules.js'

/**
 * The figures as a clerk pastes them into an annual report: a row an organisation, a column a meeting, and the sums as two
 * numbers of their own, since a spreadsheet takes "2/3" for a day in March. The lines end as RFC 4180 has it.
 */
export function yearInCsv(year: Year): string {
  const { meetings, members, invited } = year
  const row = (part: string, { organisation, marks, represented, of }: Attended) => [
    organisation,
    part,
    ...marks.map((mark) => MARKS[mark]),
    represented,
    of,
  ]
  const rows = [
    ['Organisation', 'Part', ...meetings.map(({ day }) => `${dayAndMonth(day)} ${day.year}`), 'Represented', 'Meetings'],
    ...members.map((one) => row('member', one)),
    ...invited.map((one) => row('by invitation', one)),
    ...(quorumIsKnown(year)
      ? [['Quorum', '', ...meetings.map(({ quorate }) => (quorate === null ? '' : QUORATE[quorate])), '', '']]
      : []),
  ]
  return csvOf(rows)
}
