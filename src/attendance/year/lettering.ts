/** Widths of letters in parts of their size, as DejaVu Sans has them: the widest of the faces in which the picture is shown. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;'‘’|!()[\]ft r/-]/u, 0.4],
  [/[mwMW@%—]/u, 1],
  [/[\p{Lu}&“”?]/u, 0.75],
  [/[\p{Ll}\p{N} –…]/u, 0.64],
]
/** An ideograph, an emoji, or what else is as broad as it is high. */
const BROADEST = 1.1
/** Bold letters are broader. */
const BOLD = 1.12

export interface Face {
  /** of the letters, in the picture's own units */
  readonly size: number
  readonly bold?: true
}

const characters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' })
const split = (words: string): readonly string[] => [...characters.segment(words)].map(({ segment }) => segment)

/** How broad words are at most, in the picture's own units. */
export const broad = (words: string, { size, bold }: Face): number =>
  split(words).reduce((sum, letter) => sum + (WIDTHS.find(([form]) => form.test(letter))?.[1] ?? BROADEST), 0) *
  size *
  (bold ? BOLD : 1)

/** As much of the words from their beginning as there is room for; a letter at least. */
function beginning(words: string, room: number, face: Face): string {
  let fits = ''
  for (const letter of split(words)) {
    if (fits !== '' && broad(fits + letter, face) > room) break
    fits += letter
  }
  return fits
}

/**
 * Words in lines of a breadth; a word that is too broad is broken.
 * @param most lines; of what is longer the last ends in an ellipsis
 */
export function inLines(words: string, room: number, face: Face, most = Number.POSITIVE_INFINITY): readonly string[] {
  const lines: string[] = []
  const left = words.split(/[\s\p{Cc}]+/u).filter(Boolean)
  for (let word = left.shift(); word !== undefined && lines.length <= most; word = left.shift()) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && broad(joined, face) <= room) lines[lines.length - 1] = joined
    else {
      const begun = beginning(word, room, face)
      lines.push(begun)
      if (begun !== word) left.unshift(word.slice(begun.length))
    }
  }
  if (lines.length <= most) return lines
  const end = beginning(lines[most - 1] ?? '', room - broad('…', face), face)
  return [...lines.slice(0, most - 1), `${end.trimEnd()}…`]
}
