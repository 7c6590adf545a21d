import { isInvited } from '../../boards/rules.js'
import type { Audience } from '../../kernel/audience.js'
import { html, Markup, NOTHING, page } from '../../kernel/markup.js'
import { dayOf } from '../../kernel/time.js'
import { buttons, type Document, type Node } from '../../kernel/view.js'
import type { Room } from '../room.js'
import { yearInCsv } from './csv.js'
import { breadthOf } from './picture.js'
import { type Attended, dayInShort, HOW_TO_READ, MARKS, QUORATE, quorumIsKnown, timesInWords, type Year } from './rules.js'

/** Meetings beside which the figures still stand upright on a sheet. */
const UPRIGHT = 5
/** Size of the figures, so that those of a year of monthly meetings stand on one sheet too. */
const sizeOf = ({ meetings }: Year): string => (meetings.length <= UPRIGHT ? '.8125rem' : '.75rem')

const style = (year: Year): string => `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; color: #1b2125; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.35 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
h1, p, figure { margin: 0; }
h1 { font-size: 1.25rem; }
.beside { display: flex; flex-wrap: wrap; gap: 1.5rem 2rem; align-items: flex-start; margin-top: 1.25rem; }
figure { flex: 0 1 ${breadthOf(year)}px; min-width: 0; overflow-x: auto; }
svg { display: block; width: 100%; min-width: ${Math.round(breadthOf(year) * 0.7)}px; height: auto; }
.figures { flex: 1 1 ${12 + 5 * year.meetings.length}rem; min-width: 0; overflow-x: auto; }
table { border-collapse: collapse; font-size: ${sizeOf(year)}; }
caption { padding-bottom: .5rem; text-align: left; font-weight: bold; }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #c9d0d4; text-align: left; vertical-align: top; }
thead th { border-bottom-color: #1b2125; vertical-align: bottom; }
tbody th { font-weight: normal; }
tbody th[scope="rowgroup"] { padding-top: .9rem; font-weight: bold; }
.sum { text-align: right; font-weight: bold; padding-right: 0; }
.whole { white-space: nowrap; }
.how { margin-top: 1rem; font-size: .875rem; color: #4b555c; }
@page { size: A4 ${year.meetings.length <= UPRIGHT ? 'portrait' : 'landscape'}; margin: 15mm; }
@media print {
  html { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  figure, .figures { overflow: visible; }
  figure, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  circle, path { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`

const heads = ({ meetings }: Year): readonly string[] => [
  'Organisation',
  ...meetings.map(({ day }) => dayInShort(day)),
  'Represented',
]

const rowMarkup = (one: Attended): Markup => html`
<tr><th scope="row">${one.organisation}</th>${one.marks.map((mark) => html`<td>${MARKS[mark]}</td>`)}<td class="sum whole">${timesInWords(one)}</td></tr>`

const invitedMarkup = ({ invited, meetings }: Year): Markup =>
  invited.length === 0
    ? NOTHING
    : html`
<tbody>
<tr><th scope="rowgroup" colspan="${String(meetings.length + 2)}">By invitation</th></tr>${invited.map(rowMarkup)}
</tbody>`

const quorumMarkup = (year: Year): Markup =>
  quorumIsKnown(year)
    ? html`
<tfoot>
<tr><th scope="row">Quorum</th>${year.meetings.map(({ quorate }) => html`<td>${quorate ? QUORATE[quorate] : 'not recorded'}</td>`)}<td></td></tr>
</tfoot>`
    : NOTHING

const tableMarkup = (year: Year): Markup => html`<table>
<caption>The figures</caption>
<thead>
<tr>${heads(year).map((head, n, all) => html`<th scope="col"${n === all.length - 1 ? html` class="sum"` : NOTHING}>${head}</th>`)}</tr>
</thead>
<tbody>${year.members.map(rowMarkup)}
</tbody>${invitedMarkup(year)}${quorumMarkup(year)}
</table>`

const titleOf = ({ year, board }: Year): string => `Attendance ${year}: ${board.shortName}`

/** The picture, and the figures beside it: a complete page without scripts, that fetches nothing. */
const inHtml = (year: Year, picture: string): string =>
  page(
    titleOf(year),
    style(year),
    html`<h1>Attendance by organisation, ${String(year.year)}</h1>
<p>${year.board.name}</p>
<div class="beside">
<figure tabindex="0" aria-label="The picture">
${new Markup(picture)}</figure>
<div class="figures" role="region" aria-label="The figures" tabindex="0">
${tableMarkup(year)}
<p class="how">${HOW_TO_READ}</p>
</div>
</div>`,
  )

const line = (one: Attended): string => [one.organisation, ...one.marks.map((mark) => MARKS[mark]), timesInWords(one)].join(' | ')

function inWords(year: Year): string {
  const { board, meetings, members, invited } = year
  const quorum = ['Quorum', ...meetings.map(({ quorate }) => (quorate ? QUORATE[quorate] : 'not recorded'))].join(' | ')
  return [
    `Attendance by organisation, ${year.year}`,
    board.name,
    '',
    heads(year).join(' | '),
    ...members.map(line),
    ...(invited.length > 0 ? ['', 'BY INVITATION', ...invited.map(line)] : []),
    ...(quorumIsKnown(year) ? ['', quorum] : []),
    '',
    HOW_TO_READ,
  ].join('\n')
}

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64')

/**
 * The attendance of a year, to read, print and keep.
 * @param svg its picture, as `pictureOf` draws it
 * @param png the same in dots
 */
export function yearDocument(year: Year, { svg, png }: { svg: string; png: Uint8Array }, audience: Audience): Document {
  const fileName = `attendance-${year.board.shortName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${year.year}`
  return {
    title: titleOf(year),
    fileName,
    audience,
    html: inHtml(year, svg),
    plain: inWords(year),
    files: [
      { name: `${fileName}.csv`, type: 'text/csv; charset=utf-8', base64: base64(yearInCsv(year)) },
      { name: `${fileName}.svg`, type: 'image/svg+xml; charset=utf-8', base64: base64(svg) },
      { name: `${fileName}.png`, type: 'image/png', base64: base64(png) },
    ],
  }
}

/** Leads from a meeting to its year, for whom `attendance.year` answers: the clerk, officers, and who represents a member. */
export function toTheYear({ meeting, seats, facts }: Room, clerk: boolean, audience: Audience): readonly Node[] {
  const is = (id: string | undefined) => audience.kind === 'person' && audience.person === id
  const officer = clerk || facts.offices.some(({ person }) => is(person.id))
  if (!officer && !seats.some((seat) => is(seat.representative?.id) && !isInvited(seat))) return []
  const { id, shortName, zone } = meeting.board
  const year = String(dayOf(meeting.startsAt, zone).year)
  const label = 'Attendance over the year'
  return [buttons({ command: 'attendance.year', subject: id, label, spoken: `${label} ${year}: ${shortName}`, values: { year } })]
}
