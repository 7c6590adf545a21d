/** Things by what they have in common, in the order in which each is first met. (`Map.groupBy` is not in Node 20.) */
export function groupedBy<Thing, Key>(things: readonly Thing[], key: (thing: Thing) => Key): ReadonlyMap<Key, readonly Thing[]> {
  const groups = new Map<Key, Thing[]>()
  for (const thing of things) {
    const group = groups.get(key(thing))
    if (group) group.push(thing)
    else groups.set(key(thing), [thing])
  }
  return groups
}
