import { type Copied, type Evidence, elector } from './evidence.js'

/** For each elector the place on the ballot of whom they chose, or [ABSTAINED]; -1: no guess. */
export type Guess = readonly number[]
export type Attack = (evidence: Evidence) => Guess
export const ABSTAINED = 3

/** The choices as they were counted, in the order in which they are kept: known to all who have the file. */
export function counted({ after, poll }: Evidence): readonly number[] {
  const rows = after.rows.filter(({ table, row }) => table === 'counted_choice' && row.ballot_id === poll.ballot)
  return rows
    .sort((one, other) => Number(one.row.position) - Number(other.row.position))
    .map(({ row }) => placeOf(poll.candidates, JSON.parse(String(row.choice)) as string[]))
}

export const placeOf = (candidates: readonly string[], [chosen]: readonly string[]): number =>
  chosen === undefined ? ABSTAINED : candidates.indexOf(chosen)

/** The same, sorted by who was chosen. */
export const sorted = (evidence: Evidence): readonly number[] => [...counted(evidence)].sort((one, other) => one - other)

/** The first of these electors chose the first of these choices, and so on. */
export function paired({ electors }: Evidence, order: readonly number[], choices: readonly number[]): Guess {
  const guess = electors.map(() => -1)
  const all = [...order, ...electors.keys()].filter((one, at, every) => every.indexOf(one) === at)
  all.forEach((who, at) => {
    guess[who] = choices[at] ?? -1
  })
  return guess
}

/** Gives out the choices that were counted, to whom they suit best first. @param score of an elector and a choice */
export function assigned(evidence: Evidence, score: (elector: number, choice: number) => number): Guess {
  const left = [...counted(evidence)]
  const guess = evidence.electors.map(() => -1)
  const scored = evidence.electors.flatMap((_, who) =>
    [0, 1, 2, ABSTAINED].map((choice) => ({ who, choice, score: score(who, choice) })),
  )
  for (const { who, choice } of scored.sort((one, other) => other.score - one.score)) {
    const at = left.indexOf(choice)
    if (at < 0 || guess[who] !== -1) continue
    guess[who] = choice
    left.splice(at, 1)
  }
  return guess
}

export const by =
  <One>(value: (one: One) => number | string) =>
  (one: One, other: One) => {
    const [first, second] = [value(one), value(other)]
    return first < second ? -1 : first > second ? 1 : 0
  }

/** Of these tables rows about other acts are left out than the casting of a vote. */
const ACTS = ['delivery', 'journal', 'journal_payload']

/** Rows of a table that name one elector each, with whom. */
export function ofElectors({ electors, poll }: Evidence, { rows }: Pick<Copied, 'rows'>, table: string) {
  return rows.flatMap((found) => {
    if (found.table !== table || found.row.command === 'elections.close') return []
    if (ACTS.includes(table) && (!found.text.includes(poll.ballot) || found.text.includes('elected'))) return []
    const who = elector(electors, found.text)
    return who === null ? [] : [{ ...found, who }]
  })
}

export type Of = 'midway' | 'after'
