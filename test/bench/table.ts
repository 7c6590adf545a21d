/** A figure to three places that mean something: 1234, 123, 12.3, 1.23. */
export const figure = (value: number): string => {
  if (value >= 1_000) return Math.round(value).toLocaleString('en-GB')
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}

export const ratio = (over: number, under: number): string => `× ${(over / under).toFixed(2)}`

/** Rows in columns: the first to the left, the others to the right. The first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    widths.map((width, column) => (row[column] ?? '')[column === 0 ? 'padEnd' : 'padStart'](width)).join('  ')
  const [head = [], ...body] = rows
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)].join('\n')
}
