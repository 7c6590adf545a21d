import { MOST_LOOKED_AT } from './waits.js'

/** Answers a delivery once: the same again waits for the same answer, and is told what the first was told. */
export type Once = <Told>(delivery: string, work: () => Promise<Told>) => Promise<Told>

/**
 * The last deliveries, in this process. What came before it started is known by the house: an act is done once whatever is
 * delivered, and is only shown again.
 */
export function once(): Once {
  const told = new Map<string, Promise<unknown>>()
  return (delivery, work) => {
    const before = told.get(delivery)
    if (before) return before as ReturnType<typeof work>
    const telling = work()
    // A map keeps the order in which things were put into it.
    for (const oldest of told.keys()) if (told.size >= MOST_LOOKED_AT) told.delete(oldest)
    told.set(delivery, telling)
    telling.catch(() => told.delete(delivery))
    return telling
  }
}
