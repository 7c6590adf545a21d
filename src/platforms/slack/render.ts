import type { KnownBlock } from '@slack/types'
import type { Card } from '../../kernel/view.js'
import { blocksOf, strong } from './blocks.js'
import type { NameOf } from './buttons.js'
import { cut, escaped, plain } from './escape.js'
import { LONGEST, ROOM } from './limits.js'
import { type Group, isTable, type Piece, weightOf } from './piece.js'
import type { UserOf } from './runs.js'

/** A card, or the part of it that fits. `text` is the notification and what a screen reader says: in words, and escaped. */
export interface Sheet {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

export type Surface = 'message' | 'modal' | 'home'

/**
 * A card as one or more sheets, never none, each within every limit of its surface and with room left for `turning`.
 * Together they say all of the card, in its order; each begins with its title.
 * @param userOf who is mentioned; whom it does not know is named. The `text` names everybody
 */
export function sheets(card: Card, surface: Surface, userOf: UserOf): readonly Sheet[] {
  const head = titled(card)
  const nameOf = names()
  const groups = card.body.map((node) => blocksOf(node, { title: card.title, userOf, nameOf }))
  return packed([{ pieces: head.first }, ...groups], head.further, surface).map((pieces) => ({
    text: notification(pieces.map(({ words }) => words).filter((words) => words !== '')),
    blocks: pieces.map(({ block }) => block),
  }))
}

/** A sign that needs no colour, before a title that says the same in words. */
const SIGN = '⚠ '

function titled({ title, tone }: Card): { readonly first: readonly Piece[]; readonly further: readonly Piece[] } {
  if (title.trim() === '') return { first: [], further: [] }
  const shown = tone ? `${SIGN}${title}` : title
  const header = (words: string): Piece => ({
    block: { type: 'header', text: plain(shown, LONGEST.header) },
    words: cut(words, LONGEST.header),
    heads: true,
  })
  const first = shown.length <= LONGEST.header ? [header(title)] : strong(shown)
  return { first, further: [header(title)] }
}

function names(): NameOf {
  let count = 0
  return (kind) => {
    count += 1
    return `${kind}:${count}`
  }
}

function roomFor(surface: Surface, pieces: readonly Piece[]): boolean {
  const { blocks, weight, tables } = ROOM[surface]
  return (
    pieces.length <= blocks &&
    pieces.filter(isTable).length <= tables &&
    pieces.reduce((sum, { block }) => sum + weightOf(block), 0) <= weight
  )
}

/** Fills sheets in order: what belongs together stays together where it fits on one, and a heading with what it heads. */
function packed(groups: readonly Group[], head: readonly Piece[], surface: Surface): readonly (readonly Piece[])[] {
  const full: Piece[][] = []
  let sheet: Piece[] = []
  const turn = (next: readonly Piece[]) => {
    const foot = sheet.findLastIndex(({ heads }) => !heads) + 1
    const heading = foot > 0 && roomFor(surface, [...head, ...sheet.slice(foot), ...next]) ? sheet.slice(foot) : []
    full.push(sheet.slice(0, sheet.length - heading.length))
    sheet = [...head, ...heading]
  }
  for (const { pieces, withoutTable } of groups) {
    const tables = withoutTable && roomFor(surface, pieces.slice(0, 1)) && !sheet.some(isTable)
    const these = withoutTable && !tables ? withoutTable : pieces
    if (!roomFor(surface, [...sheet, ...these]) && roomFor(surface, [...head, ...these])) turn(these)
    for (const piece of these) {
      if (!roomFor(surface, [...sheet, piece])) turn([piece])
      sheet.push(piece)
    }
  }
  return sheet.length > 0 ? [...full, sheet] : full.length > 0 ? full : [[BLANK]]
}

/** A message of nothing is refused. */
const BLANK: Piece = {
  block: { type: 'context', elements: [plain('Nothing to show.', LONGEST.text)] },
  words: 'Nothing to show.',
}

function notification(lines: readonly string[]): string {
  const text = lines.join('\n')
  for (let longest: number = LONGEST.notification; ; longest -= 100) {
    const safe = escaped(cut(text, longest))
    if (safe.length <= LONGEST.notification) return safe
  }
}

/**
 * Adds to a sheet of several where it stands, and the buttons that turn to its neighbours.
 * @param page counted from 1
 * @param value what the button that turns to a page carries
 */
export function turning(sheet: Sheet, page: number, of: number, value: (page: number) => string): Sheet {
  if (of <= 1) return sheet
  const place = `Page ${page} of ${of}`
  const turns = [
    { to: page - 1, label: 'Previous page' },
    { to: page + 1, label: 'Next page' },
  ].filter(({ to }) => to >= 1 && to <= of)
  return {
    text: sheet.text,
    blocks: [
      ...sheet.blocks,
      { type: 'context', elements: [plain(place, LONGEST.text)] },
      {
        type: 'actions',
        elements: turns.map(({ to, label }) => ({
          type: 'button',
          action_id: `turn:${to}`,
          text: plain(label, LONGEST.button),
          accessibility_label: `${label}: ${to} of ${of}`,
          value: value(to),
        })),
      },
    ],
  }
}
