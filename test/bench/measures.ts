import { join } from 'node:path'
import { AT_ONCE, apologies, type Bench, membersOf } from './apologies.js'
import { plainCommits } from './plain.js'
import { compare, type Figures } from './rounds.js'
import { type Statements, statementsAnApology } from './statements.js'

export const FEW = 10
export const MANY = 10_000
export const ROUNDS = 7
/** How long each variant runs in each round, in milliseconds. */
export const ROUND_MS = 1_000

export interface Counted {
  readonly alone: Statements
  readonly withOutbox: Statements
}

/** What an apology asks of the database by itself, once the outbox is closed, and with what the outbox does meanwhile. */
export async function statements(bench: Bench): Promise<Counted> {
  const members = await membersOf(bench, FEW)
  const withOutbox = await statementsAnApology(bench, members)
  await bench.house.outbox.close()
  return { withOutbox, alone: await statementsAnApology(bench, members) }
}

export interface Measured {
  readonly plain: Figures
  /** by how it was said and how many at once, each alone before the same at once */
  readonly ways: readonly Figures[]
  /** a press, alone: in the smaller database, and in the larger by as many members of as many boards, and of many more */
  readonly press: Figures
  readonly amongMany: Figures
  readonly allOverMany: Figures
}

export async function measured(folder: string, few: Bench, many: Bench): Promise<Measured> {
  const baseline = plainCommits(join(folder, 'plain.db'), ROUND_MS)
  const members = await membersOf(few, FEW)
  const alone = { members, lanes: 1, forMs: ROUND_MS } as const
  const atOnce = { ...alone, lanes: AT_ONCE } as const
  const figures = await compare(ROUNDS, [
    baseline,
    apologies(few, { ...alone, name: 'a press, alone', way: 'press' }),
    apologies(few, { ...atOnce, name: `a press, ${AT_ONCE} at once`, way: 'press' }),
    apologies(few, { ...alone, name: 'typed words, alone', way: 'words' }),
    apologies(few, { ...atOnce, name: `typed words, ${AT_ONCE} at once`, way: 'words' }),
    apologies(many, { ...alone, name: 'among many', way: 'press', members: await membersOf(many, FEW) }),
    apologies(many, { ...alone, name: 'all over many', way: 'press', members: await membersOf(many, MANY) }),
  ])
  baseline.close()
  const [plain, press, , , , amongMany, allOverMany] = figures
  if (!plain || !press || !amongMany || !allOverMany) throw new Error('there are no figures')
  return { plain, ways: figures.slice(1, 5), press, amongMany, allOverMany }
}
