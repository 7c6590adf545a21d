import type { Audience } from '../../kernel/audience.js'
import { html, type Markup, NOTHING, page } from '../../kernel/markup.js'
import type { Document } from '../../kernel/view.js'
import { listsInWords } from '../view.js'
import type { AttendanceRecord, CorrectionLine, InterestLine, LateLine, LedgerLine, SpellLine } from './rules.js'

const STYLE = `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 1rem/1.4 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .25rem 0; }
.lists p { margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
td p { margin: 0; }
.table { overflow-x: auto; }
.hour { white-space: nowrap; }
@media (max-width: 40rem) { main { padding: 1.25rem; } th, td { padding: .2rem .3rem; } }
@page { size: A4 portrait; margin: 18mm; }
@media print { html { font-size: 11pt; } main { max-width: none; padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; } }
`

const rows = (
  header: readonly string[],
  lines: readonly (readonly Markup[])[],
): Markup => html`<div class="table" tabindex="0" role="region" aria-label="${header.join(', ')}"><table>
<thead><tr>${header.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${lines.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`

const plainly = (text: string): Markup => html`${text}`
/** An hour is never broken over two lines. */
const hourly = (text: string): Markup => html`<span class="hour">${text}</span>`
const spellRow = ({ who, for: whom, where, from, until, remark }: SpellLine): readonly Markup[] => [
  plainly(who),
  plainly(whom),
  plainly(where),
  hourly(from),
  hourly(until),
  plainly(remark),
]
const ledgerRow = ({ from, state, presiding, counts, verdict, known }: LedgerLine): readonly Markup[] => [
  hourly(from),
  plainly(state),
  plainly(presiding),
  html`${counts.map((count) => html`<p>${count}</p>`)}`,
  html`<p>${verdict}</p>${known ? html`<p>${known}</p>` : NOTHING}`,
]
const correctionRow = ({ who, was, is, why, at }: CorrectionLine): readonly Markup[] => [
  ...[who, was, is, why].map(plainly),
  hourly(at),
]
const lateRow = ({ item, title, paper, ruling }: LateLine): readonly Markup[] => [item, title, paper, ruling].map(plainly)
const interestRow = ({ item, who, nature, conduct }: InterestLine): readonly Markup[] => [item, who, nature, conduct].map(plainly)

const SPELLS = ['Who', 'For', 'Where', 'From', 'Until', 'Remark']
const LEDGER = ['From', 'State', 'Presiding', 'Represented', 'Quorum']
const CORRECTIONS = ['Who', 'Recorded before', 'Since', 'Why', 'Corrected at']
const LATE = ['Item', 'Title', 'Paper', 'At the meeting']
const INTERESTS = ['Item', 'Who', 'Nature', 'What they did']

const body = (record: AttendanceRecord): Markup => html`<h1>Attendance and quorum</h1>
<p>${record.board}</p>
<p>${record.day}, ${record.hour}. ${record.venue}. ${record.sitting}</p>
<div class="lists">
${listsInWords(record.lists).map((line) => html`<p>${line}</p>\n`)}</div>
<h2>Who was there, from when until when</h2>
${rows(SPELLS, record.spells.map(spellRow))}
<h2>The quorum, from one change to the next</h2>
${record.clauses.map((clause) => html`<p>${clause}</p>`)}
${rows(LEDGER, record.ledger.map(ledgerRow))}
${
  record.corrections.length > 0
    ? html`<h2>What was corrected, and what stood before</h2>
${rows(CORRECTIONS, record.corrections.map(correctionRow))}
`
    : NOTHING
}<h2>Declarations of interest</h2>
${record.interests.length > 0 ? rows(INTERESTS, record.interests.map(interestRow)) : html`<p>${record.nil ?? ''}</p>`}${
  record.late.length > 0
    ? html`
<h2>Papers that did not go out in time</h2>
${rows(LATE, record.late.map(lateRow))}`
    : NOTHING
}`

const inPlain = (record: AttendanceRecord): string =>
  [
    'ATTENDANCE AND QUORUM',
    record.board,
    `${record.day}, ${record.hour}. ${record.venue}. ${record.sitting}`,
    '',
    ...listsInWords(record.lists).flatMap((line) => [line, '']),
    'Who was there, from when until when',
    ...record.spells.map(
      ({ who, for: whom, where, from, until, remark }) =>
        `- ${who}, ${whom}: ${where}, ${from} to ${until || 'now'}${remark ? `; ${remark}` : ''}`,
    ),
    '',
    'The quorum, from one change to the next',
    ...record.clauses,
    ...record.ledger.map(
      ({ from, state, presiding, counts, verdict, known }) =>
        `- ${from} ${state}${presiding ? `, ${presiding} presiding` : ''}: ${counts.join('; ')}: ${verdict}${known ? ` (${known})` : ''}`,
    ),
    '',
    ...(record.corrections.length > 0
      ? [
          'What was corrected, and what stood before',
          ...record.corrections.map(({ who, was, is, why, at }) => `- ${who}: ${was}; since ${at}: ${is} (${why})`),
          '',
        ]
      : []),
    'Declarations of interest',
    ...(record.interests.length > 0
      ? record.interests.map(({ item, who, nature, conduct }) => `- ${item} ${who}: ${nature} (${conduct})`)
      : [record.nil ?? '']),
    ...(record.late.length > 0
      ? [
          '',
          'Papers that did not go out in time',
          ...record.late.map(({ item, title, paper, ruling }) => `- ${item} ${title}: ${paper}; ${ruling}`),
        ]
      : []),
  ].join('\n')

/** The attendance and the quorum of a meeting, to print or to keep. */
export const recordDocument = (record: AttendanceRecord, fileName: string, audience: Audience): Document => ({
  title: `Attendance and quorum: ${record.board}, ${record.day}`,
  fileName,
  audience,
  html: page(`Attendance and quorum: ${record.board}, ${record.day}`, STYLE, body(record)),
  plain: inPlain(record),
})
