/**
 * Does a work for each of many things, one at a time: whoever asks while it is under way waits for another that begins after
 * it, so that what was found out earlier never comes later. Those who wait for the same thing wait for the same work.
 */
export function oneAtATime<Got>(work: (of: string) => Promise<Got>): (of: string) => Promise<Got> {
  const underWay = new Map<string, Promise<Got>>()
  const waiting = new Map<string, Promise<Got>>()

  function begin(of: string): Promise<Got> {
    const begun = work(of).finally(() => {
      if (underWay.get(of) === begun) underWay.delete(of)
    })
    underWay.set(of, begun)
    return begun
  }

  return (of) => {
    const next = waiting.get(of)
    if (next) return next
    const before = underWay.get(of)
    if (!before) return begin(of)
    const after = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(of)
        return begin(of)
      })
    waiting.set(of, after)
    return after
  }
}
