import { html, type Markup, NOTHING, page } from '../../kernel/markup.js'
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

/** The first printed sheet bears no number, as the county's does not: the pack's page 1 is the first of its papers. */
const style = (marks: readonly string[]): string => `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.35 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: anywhere; }
main { max-width: 50rem; margin: 0 auto; padding: 4rem 4.5rem; }
h1, h2, h3, p, ol, dl, dd { margin: 0; padding: 0; font-size: 1rem; }
hgroup, .mark, .open { text-align: center; }
.mark { font-size: 1.25rem; font-weight: bold; }
.mark + hgroup { margin-top: 1.5rem; }
h1, .board, h2 { font-weight: bold; text-transform: uppercase; }
h1 { font-size: 1.25rem; letter-spacing: .04em; }
.board { margin-top: 1rem; font-size: 1.125rem; }
.address { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .25rem 2rem; margin-top: 2rem; }
.address p + p { margin-top: .25rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .75rem; align-content: start; max-width: 21rem; }
dl div { display: contents; }
.alone dd { grid-column: 1 / -1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: inherit; }
.open { margin-top: 2rem; }
.open p { font-weight: bold; font-style: italic; }
section { margin-top: 1.5rem; }
section h2 + p { margin-top: .25rem; font-style: italic; }
ol { list-style: none; margin-top: .5rem; }
li { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); padding: .25rem 0; }
.whole { display: inline-block; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1.25rem; }
  .address { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  li { grid-template-columns: 2.75rem minmax(0, 1fr); }
}
@page {
  size: A4 portrait;
  margin: 20mm;
  @bottom-center { content: "${[...marks, 'Agenda, sheet '].join('. ')}" counter(page) " of " counter(pages); font: 9pt Arial, sans-serif; }
}
@page :first { @bottom-center { content: none; } }
@media print {
  html { font-size: 12pt; }
  main { max-width: none; padding: 0; }
  a { text-decoration: none; }
  hgroup, .address, .open, section h2, section h3, li { break-inside: avoid; }
  .mark, .open, section h2, section h3, section h2 + p { break-after: avoid; }
}
`

const addressOf = (email: string): string => `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`

const contactMarkup = ({ name, telephone, email }: NonNullable<FrontSheet['clerk']>): Markup => html`
<dl>
<div><dt>Ask for:</dt> <dd>${name}</dd></div>
${telephone ? html`<div><dt>Telephone</dt> <dd>${telephone}</dd></div>` : NOTHING}
${email ? html`<div class="alone"><dt class="unseen">Email</dt> <dd><a href="${addressOf(email)}">${email}</a></dd></div>` : NOTHING}
</dl>`

const itemMarkup = (item: FrontItem): Markup => html`
<li><span>${item.number}</span> <span>${item.title}${remarksOf(item).map((remark) => html` <span class="whole">${remark}</span>`)}</span></li>`

const openMarkup = html`
<div class="open">
<h2>Unrestricted items</h2>
<p>(${OPEN_TO_THE_PUBLIC})</p>
</div>`

const titleMarkup = ({ letter, title, restricted }: PrintedSection): Markup =>
  restricted ? html`<h2>${letter}. ${title}</h2>\n<p>${NOT_OPEN_TO_THE_PUBLIC}</p>` : html`<h3>${letter}. ${title}</h3>`

const sectionMarkup = (section: PrintedSection): Markup => html`${section.startsOpen ? openMarkup : NOTHING}
<section>
${titleMarkup(section)}
<ol role="list">${section.items.map(itemMarkup)}
</ol>
</section>`

/**
 * The agenda's front sheet as the county prints it: a complete page without scripts, that fetches nothing, for the
 * screen and for A4 portrait. Form, purpose and presenter are not on it. Capitals are the style's, so that a screen
 * reader says words.
 */
export function frontSheetInHtml(sheet: FrontSheet): string {
  const { board, startsAt, venue, clerk } = sheet
  const marks = marksOf(sheet)
  const hour = startsAt.toString({ smallestUnit: 'minute' })
  const body = html`${marks.map((mark) => html`<p class="mark">${mark}</p>\n`)}<hgroup>
<h1>Agenda</h1>
<p class="board">${board}</p>
</hgroup>
<div class="address">
<div>
<p><time datetime="${hour}">${printedDay(startsAt)}, at <span class="whole">${printedHour(startsAt)}</span></time></p>
<p>${venue}</p>
</div>${clerk ? contactMarkup(clerk) : NOTHING}
</div>
${printedSections(sheet).map(sectionMarkup)}`
  return page(`Agenda: ${board}, ${printedDay(startsAt)}`, style(marks), body)
}
