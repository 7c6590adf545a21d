import { folded } from '../kernel/sentence.js'

interface Called {
  readonly name: string
  readonly shortName: string
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

interface Name {
  readonly name: string
  /** not the board's whole name: said of much else too, as "Gravesham" is of a Civic Centre */
  readonly alone: boolean
}

/** What a board may be called among others: its names, with its parent's short one, and the first word of its own short one. */
function namesOf(board: Called, others: readonly Called[]): readonly Name[] {
  const first = (one: Called) => folded(one.shortName).split(/\s+/)[0] ?? ''
  const unmistaken = first(board).length > 2 && others.every((other) => other === board || first(other) !== first(board))
  const parent = others.find((other) => other !== board && board.name.startsWith(`${other.name} `))
  const whole = [board.name, board.shortName, ...(parent ? [board.name.replace(parent.name, parent.shortName)] : [])]
  const names = whole.map((name) => ({ name: folded(name), alone: false }))
  return unmistaken && !names.some(({ name }) => name === first(board)) ? [...names, { name: first(board), alone: true }] : names
}

/** Where a name stands in a sentence as that of a board: not of a place ("at Gravesham Civic Centre"). */
function placeOf(sentence: string, { name, alone }: Name): { readonly from: number; readonly to: number } | null {
  const said = new RegExp(
    `(?<before>^|\\s*\\b(?:for|of|to|on|at|in)\\s+(?:the\\s+)?|\\s+(?:the\\s+)?)${escaped(name)}(?<genitive>'s)?(?![\\p{L}\\p{N}])`,
    'iu',
  )
  const found = said.exec(folded(sentence))
  // What folding has made longer or shorter stands elsewhere in the sentence itself.
  if (!found || folded(sentence).length !== sentence.length) return null
  const [from, to] = [found.index, found.index + found[0].length]
  const before = found.groups?.before ?? ''
  const after = sentence.slice(to)
  if (/\b(?:at|in)\b/.test(before)) return null
  if (alone && /^\s+\p{Lu}/u.test(after)) return null
  const plainly =
    /\b(?:for|of|to)\b/.test(before) || found.groups?.genitive || /^\s+(?:meeting|board|agenda|roster|terms)/i.test(after)
  if (alone && !plainly && before !== '' && after !== '') return null
  return { from, to }
}

/**
 * Which boards a sentence names, and the sentence without that: the longest name wins, "KCSP WG" before "KCSP".
 * @param own what is said in words of one's own (a title, a reason, a resolution), in which a name is no more than a word
 * @returns all the boards and the whole sentence where none is named
 */
export function boardsNamed<B extends Called>(
  sentence: string,
  boards: readonly B[],
  own: RegExp = /$^/,
): { readonly boards: readonly B[]; readonly rest: string; readonly named: boolean } {
  const kept: string[] = []
  const marked = sentence.replace(MARKS, '').replace(own, (words) => {
    kept.push(words)
    return String.fromCharCode(FIRST_MARK + kept.length - 1)
  })
  const whole = (words: string): string => words.replace(MARKS, (mark) => kept[mark.charCodeAt(0) - FIRST_MARK] ?? '')
  const all = boards
    .flatMap((board) => namesOf(board, boards).map((name) => ({ board, name })))
    .sort((a, b) => b.name.name.length - a.name.name.length)
  for (const { name } of all) {
    const place = placeOf(marked, name)
    if (!place) continue
    const rest = `${marked.slice(0, place.from)} ${marked.slice(place.to)}`
      .replace(/\s+/g, ' ')
      .replace(/^[\s,:;-]+|[\s,:;-]+$/g, '')
    const named = all.filter((one) => one.name.name === name.name).map(({ board }) => board)
    return { boards: named, rest: whole(rest), named: true }
  }
  return { boards, rest: sentence, named: false }
}

/** Characters of no language, in whose place one's own words wait. */
const FIRST_MARK = 0xe000
const MARKS = /[\uE000-\uE0FF]/g
