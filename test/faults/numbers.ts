/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A seed of its own each time, which is said; QUORATE_TEST_SEED repeats one. */
export function seedOf(what: string): number {
  const seed = Number(process.env.QUORATE_TEST_SEED ?? Math.floor(Math.random() * 2 ** 32))
  console.info(`${what} by seed ${seed}; QUORATE_TEST_SEED repeats them`)
  return seed
}
