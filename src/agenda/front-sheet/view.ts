import { dayInWords } from '../../kernel/time.js'
import { facts, heading, list, type Node, note, type Text, text } from '../../kernel/view.js'
import { type FrontItem, type FrontSheet, lateInWords, marksOf, NOT_OPEN_TO_THE_PUBLIC, printedSections } from './rules.js'

const pagesInWords = ({ first, last }: NonNullable<FrontItem['pages']>): string =>
  first === last ? `page ${first}` : `pages ${first} to ${last}`

/** "paper, for information": the pages say themselves that there is a paper, and that it no longer follows. */
function formInWords({ form, purpose, pages }: FrontItem): string {
  const said = pages && (form === 'paper' || form === 'to follow') ? null : form
  return [said, purpose && `for ${purpose}`].filter(Boolean).join(', ')
}

function itemText(item: FrontItem): Text {
  const { number, title, pages, presenter, withdrawn } = item
  const known = withdrawn ? ['withdrawn'] : [formInWords(item), presenter]
  const quiet = [pages ? `${title} (${pagesInWords(pages)})` : title, ...known, lateInWords(item)]
  return [{ strong: number }, `  ${quiet.filter(Boolean).join(' · ')}`]
}

const askedFor = ({ name, telephone, email }: NonNullable<FrontSheet['clerk']>): string =>
  [name, telephone, email].filter(Boolean).join(', ')

/** The front sheet in a card: unlike the printed one, with each item's form, purpose and presenter where they are known. */
export const frontSheetNodes = (sheet: FrontSheet): readonly Node[] => {
  const { startsAt, venue, clerk } = sheet
  const hour = startsAt.toPlainTime().toString({ smallestUnit: 'minute' })
  const sections = printedSections(sheet)
  return [
    ...marksOf(sheet).map((mark) => text({ strong: mark })),
    facts(
      ['When', [`${dayInWords(startsAt.toPlainDate())}, ${hour}`]],
      ['Where', [venue]],
      ...(clerk ? [['Ask for', [askedFor(clerk)]] as const] : []),
    ),
    ...sections.flatMap(({ letter, title, restricted, items }) => [
      heading(`${letter}. ${title}`),
      ...(restricted ? [note(`${NOT_OPEN_TO_THE_PUBLIC}.`)] : []),
      list(items.map(itemText)),
    ]),
    ...(sections.length === 0 ? [note('There are no items yet.')] : []),
  ]
}
