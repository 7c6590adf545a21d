/** One thing that is measured: what it is called, and one go of it. */
export interface Variant {
  readonly name: string
  /** One round; resolves to what it took. */
  round(): Promise<Round>
}

export interface Round {
  /** milliseconds, one a go */
  readonly took: readonly number[]
  /** milliseconds from the first go to the end of the last */
  readonly lasted: number
  /** milliseconds of processor time, of all that the process did meanwhile */
  readonly cpu: number
}

/** Medians of the rounds: a rate, and of the goes within each round the middle and the slow end. */
export interface Figures {
  readonly name: string
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p99: number
  /** milliseconds of processor time a go */
  readonly cpu: number
}

/** The value that `share` of the values do not exceed. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new Error('no values to take a percentile of')
  return found
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Runs `go` over and over, each awaited, in `lanes` lanes at once, until `forMs` have passed. */
export async function repeat(forMs: number, lanes: number, go: (lane: number) => unknown): Promise<Round> {
  const took: number[] = []
  const began = performance.now()
  const used = process.cpuUsage()
  const lane = async (_: unknown, index: number) => {
    while (performance.now() - began < forMs) took.push(await timed(() => go(index)))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const { user, system } = process.cpuUsage(used)
  return { took, lasted: performance.now() - began, cpu: (user + system) / 1_000 }
}

/**
 * Measures variants against each other: every round takes each of them once, beginning one further on each time,
 * so that what else the machine does falls on all alike. The first round of all only warms up.
 */
export async function compare(rounds: number, variants: readonly Variant[]): Promise<readonly Figures[]> {
  const taken = new Map<Variant, Round[]>(variants.map((variant) => [variant, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (let place = 0; place < variants.length; place += 1) {
      const variant = variants[(place + round) % variants.length]
      if (!variant) continue
      const measured = await variant.round()
      if (round > 0) taken.get(variant)?.push(measured)
    }
  }
  return variants.map((variant) => figuresOf(variant.name, taken.get(variant) ?? []))
}

const figuresOf = (name: string, rounds: readonly Round[]): Figures => ({
  name,
  perSecond: median(rounds.map(({ took, lasted }) => (took.length / lasted) * 1_000)),
  p50: median(rounds.map(({ took }) => percentile(took, 0.5))),
  p99: median(rounds.map(({ took }) => percentile(took, 0.99))),
  cpu: median(rounds.map(({ took, cpu }) => cpu / took.length)),
})
