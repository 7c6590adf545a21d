import type { Ground } from './ground.js'

const BURST = 3
const A_SECOND_MS = 1_000

/** How often something may be done: once a second, beyond a burst of three. */
export interface Rates {
  allows(what: string): boolean
}

export function newRates(ground: Ground): Rates {
  const left = new Map<string, { count: number; at: number }>()
  return {
    allows: (what) => {
      if (ground.lenient) return true
      const now = ground.now()
      const before = left.get(what) ?? { count: BURST, at: now }
      const count = Math.min(BURST, before.count + (now - before.at) / A_SECOND_MS)
      left.set(what, { count: count >= 1 ? count - 1 : count, at: now })
      return count >= 1
    },
  }
}
