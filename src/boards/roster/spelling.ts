import { distance } from 'fastest-levenshtein'
import { folded } from '../../kernel/sentence.js'

/** What is left of a name without its case, accents and punctuation, with "and" for "&" and without a leading "The". */
export const bare = (name: string): string =>
  folded(name)
    .replace(/['’]/g, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the (?=.)/, '')

/** What was written, in quotation marks and not at length. */
export const shown = (written: string): string => JSON.stringify(written.length > 60 ? `${written.slice(0, 59)}…` : written)

/** The known name that somebody probably meant, or null where none is near. */
export function nearest<Name extends string>(written: string, known: readonly Name[]): Name | null {
  const sought = bare(written)
  const far = Math.max(2, Math.ceil(sought.length / 3))
  const near = known
    .map((name) => ({ name, like: bare(name) }))
    .map(({ name, like }) => ({ name, by: sought.length > 2 && like.startsWith(sought) ? 0 : distance(sought, like) }))
    .filter(({ by }) => by <= far)
    .sort((a, b) => a.by - b.by)
  return near[0]?.name ?? null
}

/** "A, B and C". */
export const listed = (names: readonly string[], last = 'and'): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

/** Names that differ only in how they are written, each with the first way in which it was. */
export function spelledApart<Said extends { readonly name: string }>(
  said: readonly Said[],
): readonly { readonly one: Said; readonly first: Said }[] {
  const firsts = new Map<string, Said>()
  const told = new Set<string>()
  return said.flatMap((one) => {
    const first = firsts.get(bare(one.name))
    if (!first) firsts.set(bare(one.name), one)
    if (!first || first.name === one.name || told.has(one.name)) return []
    told.add(one.name)
    return [{ one, first }]
  })
}
