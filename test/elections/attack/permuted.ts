import { numbersFrom } from '../../faults/numbers.js'

/** One election: what each has chosen, and what an attack has guessed. Places on the ballot; -1: no guess. */
export interface Guessed {
  readonly truth: readonly number[]
  readonly guess: readonly number[]
}

export interface Tried {
  /** guessed right */
  readonly right: number
  /** on the average, by who knows the tallies alone */
  readonly expected: number
  /** how likely so many are right, or more, where nothing is known but the tallies; one-sided */
  readonly p: number
}

/**
 * Paired permutation test: within each election the choices are dealt anew to the voters, as whoever knows the tally alone
 * would deal them, and what was guessed is compared with each dealing.
 * @param attacks of the same elections in the same order
 */
export function permuted(
  attacks: ReadonlyMap<string, readonly Guessed[]>,
  { times = 10_000, seed = 1 } = {},
): ReadonlyMap<string, Tried> {
  const random = numbersFrom(seed)
  const [one] = attacks.values()
  const truths = (one ?? []).map(({ truth }) => Int8Array.from(truth))
  const tries = [...attacks].map(([name, elections]) => {
    const guesses = elections.map(({ guess }) => Int8Array.from(guess))
    const right = guesses.reduce((sum, guess, at) => sum + agreeing(guess, truths[at] ?? guess), 0)
    return { name, guesses, right, totals: new Int32Array(times) }
  })
  for (const [at, truth] of truths.entries()) {
    const dealt = Int8Array.from(truth)
    for (let time = 0; time < times; time += 1) {
      for (let left = dealt.length; left > 1; left -= 1) {
        const drawn = Math.floor(random() * left)
        const last = dealt[left - 1] ?? 0
        dealt[left - 1] = dealt[drawn] ?? 0
        dealt[drawn] = last
      }
      for (const { guesses, totals } of tries) totals[time] = (totals[time] ?? 0) + agreeing(guesses[at] ?? dealt, dealt)
    }
  }
  return new Map(
    tries.map(({ name, right, totals }) => [
      name,
      {
        right,
        expected: totals.reduce((sum, total) => sum + total, 0) / times,
        p: (1 + totals.filter((total) => total >= right).length) / (1 + times),
      },
    ]),
  )
}

function agreeing(one: Int8Array, other: Int8Array): number {
  let equal = 0
  for (let at = 0; at < one.length; at += 1) if (one[at] === other[at]) equal += 1
  return equal
}
