import Sqlite from 'better-sqlite3'
import { answer, type Bench, type Member, settle } from './apologies.js'

/** What SQLite was asked to do for one apology, on average. A commit is one fsync. */
export interface Statements {
  readonly reads: number
  readonly writes: number
  readonly commits: number
}

const ACTS = 100

/** Counts the statements of apologies pressed one at a time, and of all that the house did beside them. */
export async function statementsAnApology(bench: Bench, members: readonly Member[]): Promise<Statements> {
  await settle(bench.house)
  const done: string[] = []
  const release = watchStatements((sql) => done.push(sql))
  for (const member of members.slice(0, ACTS)) await answer(bench, member, 'press')
  release()
  const each = (kind: RegExp) => done.filter((sql) => kind.test(sql)).length / ACTS
  return { reads: each(/^select/i), writes: each(/^(?:insert|update|delete)/i), commits: each(/^commit/i) }
}

/** Tells of each statement that the driver runs, in whichever database of this process. @returns ends it */
function watchStatements(tell: (sql: string) => void): () => void {
  const database = new Sqlite(':memory:')
  const driver: Sqlite.Statement = Object.getPrototypeOf(database.prepare('select 1'))
  database.close()
  const { all, run } = driver
  driver.all = function (...bound) {
    tell(this.source)
    return all.apply(this, bound)
  }
  driver.run = function (...bound) {
    tell(this.source)
    return run.apply(this, bound)
  }
  return () => {
    driver.all = all
    driver.run = run
  }
}
