import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * Whether a row of a table with `from_day` and `until_day` holds on a day; the until-day is the first on which it does not.
 * @param table its name or alias in the query
 * @param day `YYYY-MM-DD` in the board's zone
 */
export const heldOn = (table: string, day: string): RawBuilder<SqlBool> => {
  const [from, until] = [sql.ref(`${table}.from_day`), sql.ref(`${table}.until_day`)]
  return sql<SqlBool>`(${from} <= ${day} and (${until} is null or ${until} > ${day}))`
}

/** The same of a table whose rows have an `until_day` alone. */
export const stillHeld = (table: string, day: string): RawBuilder<SqlBool> => {
  const until = sql.ref(`${table}.until_day`)
  return sql<SqlBool>`(${until} is null or ${until} > ${day})`
}
