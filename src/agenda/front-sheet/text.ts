import {
  type FrontItem,
  type FrontSheet,
  marksOf,
  NOT_OPEN_TO_THE_PUBLIC,
  OPEN_TO_THE_PUBLIC,
  type PrintedSection,
  printedDay,
  printedHour,
  printedSections,
  remarksOf,
} from './rules.js'

/** Characters; so are all lengths here, each with the accents that stand on it. */
const WIDTH = 78
/** Left of it the longest day and hour, "Wednesday, 23rd September, 2025, at 12.00 noon", stands in one line. */
const CONTACT_WIDTH = { least: 30, most: 46 }
const GAP = 2

const characters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' })
const split = (words: string): readonly string[] => [...characters.segment(words)].map(({ segment }) => segment)
const lengthOf = (words: string): number => split(words).length
const padded = (words: string, width: number): string => words + ' '.repeat(Math.max(0, width - lengthOf(words)))

/** Keeps words on one line, by the space that does not break. */
const whole = (words: string): string => words.replaceAll(' ', '\u00A0')

/** A word that is longer than a line is broken where the line ends, as the county's own sheet breaks addresses. */
function broken(word: string, width: number): readonly string[] {
  const letters = split(word)
  return Array.from({ length: Math.ceil(letters.length / width) }, (_, n) => letters.slice(n * width, (n + 1) * width).join(''))
}

function wrapped(words: string, width: number): readonly string[] {
  const lines: string[] = []
  let room = 0
  for (const word of words.split(/(?:(?!\u00A0)[\s\p{Cc}])+/u).flatMap((one) => broken(one, width))) {
    const length = lengthOf(word)
    if (length < room) {
      lines.push(`${lines.pop()} ${word}`)
      room -= length + 1
    } else {
      lines.push(word)
      room = width - length
    }
  }
  return lines.map((line) => line.replaceAll('\u00A0', ' '))
}

const centred = (words: string): readonly string[] =>
  wrapped(words, WIDTH).map((line) => ' '.repeat(Math.floor((WIDTH - lengthOf(line)) / 2)) + line)

/** `label`, then `words`, whose further lines begin beneath the first. */
function hanging(label: string, words: string, indent: number): readonly string[] {
  const lines = wrapped(words, WIDTH - indent)
  return [padded(label, indent), ...lines.slice(1).fill(' '.repeat(indent))].map((left, n) =>
    `${left}${lines[n] ?? ''}`.trimEnd(),
  )
}

const contactLines = (clerk: NonNullable<FrontSheet['clerk']>): readonly string[] => [
  `Ask for: ${clerk.name}`,
  ...(clerk.telephone ? [`Telephone ${clerk.telephone}`] : []),
  ...(clerk.email ? [clerk.email] : []),
]

/** When and where on the left; on the right whom to ask. */
function addressBlock({ startsAt, venue, clerk }: FrontSheet): readonly string[] {
  const contact = clerk ? contactLines(clerk) : []
  const contactWidth = Math.min(CONTACT_WIDTH.most, Math.max(CONTACT_WIDTH.least, ...contact.map(lengthOf)))
  const width = clerk ? WIDTH - GAP - contactWidth : WIDTH
  const left = [`${printedDay(startsAt)}, at ${whole(printedHour(startsAt))}`, venue].flatMap((line) => wrapped(line, width))
  const right = contact.flatMap((line) => wrapped(line, contactWidth))
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    `${padded(left[row] ?? '', width + GAP)}${right[row] ?? ''}`.trimEnd(),
  )
}

function itemLines(item: FrontItem, indent: number): readonly string[] {
  const remarks = remarksOf(item).map((remark) => (lengthOf(remark) > WIDTH - indent ? remark : whole(remark)))
  return hanging(item.number, [item.title, ...remarks].join(' '), indent)
}

function sectionBlocks(section: PrintedSection, indent: number): readonly (readonly string[])[] {
  const title = section.restricted ? section.title.toUpperCase() : section.title
  return [
    ...(section.startsOpen ? [centred('UNRESTRICTED ITEMS'), centred(`(${OPEN_TO_THE_PUBLIC})`)] : []),
    hanging(`${section.letter}.`, title, section.letter.length + 2),
    ...(section.restricted ? [[NOT_OPEN_TO_THE_PUBLIC]] : []),
    section.items.flatMap((item) => itemLines(item, indent)),
  ]
}

/**
 * The agenda's front sheet as the county prints it, in plain text of at most 78 columns, without a newline at its end.
 * Form, purpose and presenter are not on it. The lines follow the county's sheet of 23 July 2025.
 */
export function frontSheetInText(sheet: FrontSheet): string {
  const sections = printedSections(sheet)
  const indent = Math.max(2, ...sections.flatMap(({ items }) => items.map(({ number }) => lengthOf(number)))) + 3
  const blocks = [
    ...marksOf(sheet).map(centred),
    centred('AGENDA'),
    centred(sheet.board.toUpperCase()),
    addressBlock(sheet),
    ...sections.flatMap((section) => sectionBlocks(section, indent)),
  ]
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}
