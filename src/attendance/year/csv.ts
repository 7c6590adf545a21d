import { type Attended, dayAndMonth, MARKS, QUORATE, quorumIsKnown, type Year } from './rules.js'

/** Without it Excel in Britain reads a CSV file as Windows-1252, and "Llŷn" or a typed apostrophe comes out as noise. */
const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet would work out as a formula, also in the full-width forms that some of them fold. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u

/** A name is only ever a name: an apostrophe before it has a spreadsheet show it and not work it out. */
function cell(value: string | number): string {
  const text = String(value)
  const shown = FORMULA.test(text) ? `'${text}` : text
  return /[",;\r\n\t]|^\s|\s$/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}

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
  return BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}
