import type { RichTextList } from '@slack/types'
import { LONGEST } from './limits.js'
import type { Piece } from './piece.js'
import { isBlank, type Line, linesOf, said, section } from './runs.js'

/** Items as lists that are each one block; an item too long for one text is several. */
export function bulleted(items: readonly Line[], style: RichTextList['style'] = 'bullet'): readonly Piece[] {
  const lists: Line[][] = []
  let room = 0
  for (const item of items.flatMap(linesOf).filter((item) => !isBlank(item))) {
    const { length } = said(item)
    if (length > room) {
      lists.push([])
      room = LONGEST.part
    }
    lists.at(-1)?.push(item)
    room -= length
  }
  return lists.map((list) => ({
    block: { type: 'rich_text', elements: [{ type: 'rich_text_list', style, elements: list.map(section) }] },
    words: list.map((item) => `- ${said(item)}`).join('\n'),
  }))
}
