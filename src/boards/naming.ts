import { folded } from '../kernel/sentence.js'

interface Called {
  readonly name: string
  readonly shortName: string
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a board may be called among others: its names, and the first word of the short one where no other begins so. */
function namesOf(board: Called, others: readonly Called[]): readonly string[] {
  const first = (one: Called) => folded(one.shortName).split(/\s+/)[0] ?? ''
  const alone = first(board).length > 2 && others.every((other) => other === board || first(other) !== first(board))
  return [...new Set([board.name, board.shortName, ...(alone ? [first(board)] : [])].map(folded))]
}

/**
 * Which boards a sentence names, and the sentence without that: the longest name wins, "KCSP WG" before "KCSP".
 * @returns all the boards and the whole sentence where none is named
 */
export function boardsNamed<B extends Called>(
  sentence: string,
  boards: readonly B[],
): { readonly boards: readonly B[]; readonly rest: string; readonly named: boolean } {
  const all = boards
    .flatMap((board) => namesOf(board, boards).map((name) => ({ board, name })))
    .sort((a, b) => b.name.length - a.name.length)
  for (const { name } of all) {
    // With the preposition before it, and "the"; at the end of a sentence or before what follows.
    const said = new RegExp(`\\s*\\b(?:(?:for|of|to|at|on|in)\\s+)?(?:the\\s+)?${escaped(name)}(?:'s)?(?![\\p{L}\\p{N}])`, 'iu')
    const found = said.exec(folded(sentence))
    if (!found || folded(sentence).length !== sentence.length) continue
    const rest = `${sentence.slice(0, found.index)} ${sentence.slice(found.index + found[0].length)}`
      .replace(/\s+/g, ' ')
      .replace(/^[\s,:;-]+|[\s,:;-]+$/g, '')
    return { boards: all.filter((one) => one.name === name).map(({ board }) => board), rest, named: true }
  }
  return { boards, rest: sentence, named: false }
}
