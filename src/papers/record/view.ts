import type { Audience } from '../../kernel/audience.js'
import { html, type Markup, page } from '../../kernel/markup.js'
import { inWords } from '../../kernel/time.js'
import type { Document } from '../../kernel/view.js'
import { type Meeting, meetingDay, meetingTime } from '../../meetings/rules.js'
import { type Circulated, circulationName, type Dispatched, toHand } from '../circulation/rules.js'
import { lateness } from '../view.js'

const STYLE = `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 1rem/1.4 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; margin-top: .5rem; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
.mark { font-family: "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: .8em; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
@media (max-width: 40rem) { main { padding: 1.25rem; } th, td { padding: .2rem .3rem; } }
@page { size: A4 landscape; margin: 15mm; }
@media print { html { font-size: 10pt; } main { max-width: none; padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; } }
`

/** One person's line, in words. */
interface Line {
  readonly who: string
  readonly how: string
  readonly papers: string
  readonly opened: string
  readonly since: string
  /** the message as the platform calls it, and the mark of what it said */
  readonly message: string
}

function lineOf(one: Dispatched, zone: string): Line {
  const at = (instant: Dispatched['at']) => inWords(instant, zone)
  const left = toHand(one)
  const sent = one.way === 'by hand' ? 'no chat' : one.sent ? `sent ${at(one.sent.at)}` : 'waits to be sent'
  return {
    who: one.person.name,
    how: [
      sent,
      one.secure === 'by hand' ? 'restricted papers by a secure method' : '',
      left ? `NOT YET HANDED OVER: ${left}` : '',
    ]
      .filter(Boolean)
      .join('; '),
    papers: one.papers.map(({ itemNumber, number }) => `${itemNumber} (version ${number})`).join(', ') || 'the agenda alone',
    opened: one.opened.map(({ paper, at: when }) => `${paper} ${at(when)}`).join('; '),
    since: one.marks.map(({ mark, at: when }) => `${mark} ${at(when)}`).join('; '),
    message: one.sent ? `${one.sent.message} ${one.sent.hash.slice(0, 16)}` : '',
  }
}

const HEADS = ['To', 'How', 'Papers', 'Opened', 'Received or handed over', 'Message and mark']

function circulationMarkup(one: Circulated, zone: string): Markup {
  const lines = one.people.map((person) => lineOf(person, zone))
  return html`<h2>${circulationName(one.number)}</h2>
${headLines(one, zone).map((line) => html`<p>${line}</p>`)}
<div class="table" tabindex="0" role="region" aria-label="${circulationName(one.number)}"><table>
<thead><tr>${HEADS.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${lines.map(
  ({ who, how, papers, opened, since, message }) =>
    html`<tr>${[who, how, papers, opened, since].map((cell) => html`<td>${cell}</td>`)}<td class="mark">${message}</td></tr>\n`,
)}</tbody>
</table></div>
`
}

/** What is said of a circulation as a whole. */
function headLines({ at, by, meetingAt, deadline, short, basis, papers }: Circulated, zone: string): readonly string[] {
  const late = lateness(short)
  const { clause, silent } = basis
  return [
    `For the meeting as it then was called: ${inWords(meetingAt, zone)}.`,
    clause ? `Clause ${clause.number}: “${clause.words}”` : `The terms were silent. ${silent?.convention ?? ''}`,
    `Circulated on ${inWords(at, zone)} by ${by ?? 'the operator'}${late ? `, ${late.toUpperCase()}` : ', in time'}.`,
    `The latest moment in time was ${inWords(deadline, zone)}.`,
    papers.length === 0
      ? 'The agenda alone.'
      : `The agenda, and ${papers.map(({ itemNumber, number }) => `${itemNumber} (version ${number})`).join(', ')}.`,
  ]
}

/** The dispatch record of a meeting: to whom what went, when, by which message, and what became of it. It names no restricted title. */
export function dispatchRecord(
  meeting: Meeting,
  circulations: readonly Circulated[],
  asOf: string,
  audience: Audience,
): Document {
  const { zone, name, shortName } = meeting.board
  const title = `Dispatch record: ${shortName}, ${meetingDay(meeting)}`
  const intro = [`${name}, meeting of ${meetingTime(meeting)}, ${meeting.venue}.`, `As it stood on ${asOf}.`]
  const body = html`<h1>${title}</h1>
${intro.map((line) => html`<p>${line}</p>`)}
${circulations.length === 0 ? html`<p>Nothing has been sent out.</p>` : circulations.map((one) => circulationMarkup(one, zone))}`
  const plain = [
    title,
    ...intro,
    ...(circulations.length === 0 ? ['Nothing has been sent out.'] : []),
    ...circulations.flatMap((one) => [
      '',
      circulationName(one.number),
      ...headLines(one, zone),
      HEADS.join(' | '),
      ...one.people.map((person) => Object.values(lineOf(person, zone)).join(' | ')),
    ]),
  ].join('\n')
  const day = meeting.startsAt.toZonedDateTimeISO(zone).toPlainDate().toString()
  const fileName = `dispatch-${shortName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${day}`
  return { title, fileName, audience, html: page(title, STYLE, body), plain }
}
