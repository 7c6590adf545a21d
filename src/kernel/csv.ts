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

/** Rows as a spreadsheet opens them, the first being the header. The lines end as RFC 4180 has it. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
