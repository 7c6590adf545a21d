import type { RichTextElement, RichTextSection } from '@slack/types'
import { plainSpan } from '../../kernel/plain.js'
import { dayInWords, dayOf, fromText, hourInWords } from '../../kernel/time.js'
import type { Span, Text } from '../../kernel/view.js'
import { inParts } from './escape.js'
import { LONGEST } from './limits.js'

/** The user of Slack that a person is here; undefined: they are named instead. */
export type UserOf = (person: string) => string | undefined

/** A piece of a line, and what it says to whoever hears it. */
export interface Run {
  readonly element: RichTextElement
  readonly words: string
}

/** A line, or several. */
export type Line = readonly Run[]

const word = (text: string, bold: boolean): Run => ({
  element: { type: 'text', text, ...(bold && { style: { bold } }) },
  words: text,
})

export const bold = (text: string): Run => word(text, true)
export const light = (text: string): Run => word(text, false)

/** A time as each reader's own clock has it: Slack does not tell us whether that is the board's. */
function readersTime(instant: string): Line {
  const at = fromText(instant)
  const fallback = `${dayInWords(dayOf(at, 'UTC'))}, ${hourInWords(at, 'UTC')} UTC`
  const timestamp = Math.floor(at.epochMilliseconds / 1000)
  return [
    light(' (your time: '),
    { element: { type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback }, words: fallback },
    light(')'),
  ]
}

function runsOf(span: Span, userOf: UserOf): Line {
  if (typeof span === 'string') return [light(span)]
  if ('strong' in span) return [bold(span.strong)]
  if ('at' in span) return [light(span.words), ...readersTime(span.at)]
  const user = userOf(span.person)
  return [user === undefined ? bold(span.name) : { element: { type: 'user', user_id: user }, words: span.name }]
}

/** Spans as rich text, in which nothing that was typed is markup. */
export const line = (text: Text, userOf: UserOf): Line => text.flatMap((span) => runsOf(span, userOf))

/** The same where nobody is mentioned and no clock is shown but the board's. */
export const words = (text: Text): Line =>
  text.map((span) => (typeof span === 'string' || 'at' in span ? light(plainSpan(span)) : bold(plainSpan(span))))

export const said = (line: Line): string => line.map((run) => run.words).join('')

export const isBlank = (line: Line): boolean => said(line).trim() === ''

/** Slack takes no empty text. */
export const section = (line: Line): RichTextSection => ({
  type: 'rich_text_section',
  elements: line.filter((run) => run.words !== '').map((run) => run.element),
})

/** A line in parts, each short enough for one text. */
export function linesOf(whole: Line): readonly Line[] {
  const lines: Run[][] = []
  let room = 0
  for (const run of whole.flatMap(runsWithin)) {
    if (run.words.length > room) {
      lines.push([])
      room = LONGEST.part
    }
    lines.at(-1)?.push(run)
    room -= run.words.length
  }
  return lines
}

const runsWithin = ({ element, words }: Run): Line =>
  element.type === 'text'
    ? inParts(words, LONGEST.part).map((text) => ({ element: { ...element, text }, words: text }))
    : [{ element, words }]
