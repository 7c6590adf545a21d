import Sqlite from 'better-sqlite3'

/** How SQLite goes about a statement, step by step: "SEARCH reminder USING INDEX reminder_due (state=? AND due_at<?)". */
export function stepsOf(file: string, sql: string): readonly string[] {
  const database = new Sqlite(file, { readonly: true })
  try {
    const statement = database.prepare(`explain query plan ${sql}`)
    const unknown = Array(sql.split('?').length - 1).fill(null)
    return (statement.all(...unknown) as { detail: string }[]).map(({ detail }) => detail)
  } finally {
    database.close()
  }
}
