import type { Board } from '../../../boards/rules.js'
import type { Audience } from '../../../kernel/audience.js'
import { csvOf } from '../../../kernel/csv.js'
import { html, type Markup, NOTHING, page } from '../../../kernel/markup.js'
import type { Pass } from '../../../kernel/restricted.js'
import { toText } from '../../../kernel/time.js'
import type { Document } from '../../../kernel/view.js'
import { figuresInWords } from '../../resolution.js'
import { type Content, contentFor, type Decision, decisionName, HOW, type NamedVote, standingOf } from '../rules.js'
import { type Since, whenOf } from '../view.js'

const STYLE = `
:root { color-scheme: only light; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 1rem/1.45 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
p { margin: .25rem 0; }
.words { margin: .5rem 0; white-space: pre-line; }
.how { font-size: .9rem; }
@media (max-width: 40rem) { main { padding: 1.25rem; } }
@page { size: A4 portrait; margin: 18mm; }
@media print { html { font-size: 11pt; } main { max-width: none; padding: 0; } section { break-inside: avoid; } h2 { break-after: avoid; } }
`

const base64 = (words: string): string => Buffer.from(words).toString('base64')

const named = ({ account }: Content, choice: NamedVote['choice']): string =>
  (account.vote?.names ?? [])
    .filter((one) => one.choice === choice)
    .map(({ organisation, subjectToApproval }) => `${organisation}${subjectToApproval ? ' (subject to approval)' : ''}`)
    .join(', ')

/** Who reads the register, and who has said since of each entry, by its id, that they do not agree. */
interface Reading {
  readonly pass: Pass | null
  readonly since: ReadonlyMap<string, readonly Since[]>
}

/** What was said since of an entry, to who may read what it says. */
const sinceOf = (decision: Decision, { pass, since }: Reading): readonly Since[] =>
  contentFor(decision, pass) ? (since.get(decision.id) ?? []) : []

const bodies = (those: readonly { readonly organisation: string }[]): string =>
  those.map(({ organisation }) => organisation).join(', ')

/** The lines beneath the words of an entry: what a reader needs to count it again. */
function linesOf(decision: Decision, content: Content, since: readonly Since[]): readonly string[] {
  const { account } = content
  const { vote, presiding, dissents, delegated, reason } = account
  const who = (['for', 'against', 'abstain'] as const).flatMap((choice) => {
    const those = named(content, choice)
    return those === '' ? [] : [`${{ for: 'For', against: 'Against', abstain: 'Abstained' }[choice]}: ${those}.`]
  })
  return [
    `${HOW[decision.how]}; ${standingOf(decision)}.`,
    ...(presiding ? [`Presiding: ${presiding.name} (${presiding.as}).`] : []),
    ...(vote?.tallies.map(
      (tally) =>
        `${vote.tallies.length > 1 ? `${tally.reading}: ` : ''}${figuresInWords(tally, vote.of, vote.casting !== null)}.`,
    ) ?? []),
    ...who,
    ...(vote?.casting ? [`Casting vote ${vote.casting.choice}: ${vote.casting.name} (${vote.casting.office}).`] : []),
    ...(dissents.length > 0 ? [`Dissent recorded: ${bodies(dissents)}.`] : []),
    ...(since.length > 0 ? [`Dissent said since: ${bodies(since)}.`] : []),
    ...(content.account.election ?? []),
    ...(delegated ? [`Decided by the ${delegated.to}, because ${delegated.trigger}; consulted: ${delegated.consulted}.`] : []),
    ...(decision.corrects !== null ? [`Corrects entry ${decision.corrects}.`] : []),
    ...(decision.ratifies !== null ? [`Ratifies recommendation ${decision.ratifies}.`] : []),
    ...(reason ? [`Why: ${reason}`] : []),
  ]
}

const headingOf = (board: Board, decision: Decision, content: Content | null): string => {
  const title = content?.title ?? decision.item?.title ?? ''
  return [decisionName(decision), whenOf(decision, board), decision.item && `${decision.item.number} ${title}`.trim()]
    .filter(Boolean)
    .join(' · ')
}

const RESTRICTED = 'Restricted: its words are shown to those alone who may see the item.'

function sectionOf(board: Board, decision: Decision, reading: Reading): Markup {
  const content = contentFor(decision, reading.pass)
  const lines = content ? linesOf(decision, content, sinceOf(decision, reading)) : []
  return html`<section><h2>${headingOf(board, decision, content)}</h2>
<p class="words">${content?.words ?? RESTRICTED}</p>
${lines.length > 0 ? html`${lines.map((line) => html`<p class="how">${line}</p>`)}` : NOTHING}</section>\n`
}

/** The figures of a vote, a column each. */
const COLUMNS = [
  'Number',
  'Day',
  'Item',
  'Title',
  'Outcome',
  'How',
  'Words',
  'For',
  'Against',
  'Abstained',
  'Standing',
  'Corrects',
  'Ratifies',
  'Openness',
  'Dissent',
] as const

function rowOf(board: Board, decision: Decision, reading: Reading): readonly (string | number)[] {
  const content = contentFor(decision, reading.pass)
  const since = sinceOf(decision, reading).map(({ organisation }) => `${organisation} (since)`)
  const [tally] = content?.account.vote?.tallies ?? []
  return [
    decision.number,
    whenOf(decision, board),
    decision.item?.number ?? '',
    content?.title ?? decision.item?.title ?? '',
    decision.outcome,
    HOW[decision.how],
    content?.words ?? RESTRICTED,
    tally?.for ?? '',
    tally?.against ?? '',
    tally?.abstained ?? '',
    standingOf(decision),
    decision.corrects ?? '',
    decision.ratifies ?? '',
    decision.openness,
    [bodies(content?.account.dissents ?? []), ...since].filter(Boolean).join(', '),
  ]
}

const jsonOf = (board: Board, decision: Decision, reading: Reading) => {
  const content = contentFor(decision, reading.pass)
  const { id, number, outcome, how, openness, published, corrects, correctedBy, ratifies, ratifiedBy, at, meeting } = decision
  return {
    id,
    board: board.shortName,
    number,
    meeting: meeting && { id: meeting.id, startsAt: toText(meeting.startsAt) },
    item: decision.item && { number: decision.item.number, title: content?.title ?? decision.item.title },
    outcome,
    how,
    words: content?.words ?? null,
    account: content?.account ?? null,
    dissentSince: sinceOf(decision, reading),
    openness,
    published,
    standing: standingOf(decision),
    corrects,
    correctedBy,
    ratifies,
    ratifiedBy,
    at: toText(at),
  }
}

/** The register to print, with the same as CSV and as JSON; in the order in which it was written. */
export function registerDocument(board: Board, decisions: readonly Decision[], reading: Reading, audience: Audience): Document {
  const fileName = `decisions-${board.shortName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  const title = `Register of decisions: ${board.name}`
  const csv = csvOf([COLUMNS, ...decisions.map((one) => rowOf(board, one, reading))])
  const json = `${JSON.stringify(
    decisions.map((one) => jsonOf(board, one, reading)),
    null,
    2,
  )}\n`
  const plain = decisions.flatMap((one) => {
    const content = contentFor(one, reading.pass)
    return [
      '',
      headingOf(board, one, content),
      content?.words ?? RESTRICTED,
      ...(content ? linesOf(one, content, sinceOf(one, reading)) : []),
    ]
  })
  return {
    title,
    fileName,
    audience,
    html: page(
      title,
      STYLE,
      html`<h1>${title}</h1>
${decisions.length > 0 ? html`${decisions.map((one) => sectionOf(board, one, reading))}` : html`<p>Nothing has been decided yet.</p>`}`,
    ),
    plain: ['REGISTER OF DECISIONS', board.name, ...(decisions.length > 0 ? plain : ['', 'Nothing has been decided yet.'])].join(
      '\n',
    ),
    files: [
      { name: `${fileName}.csv`, type: 'text/csv; charset=utf-8', base64: base64(csv) },
      { name: `${fileName}.json`, type: 'application/json; charset=utf-8', base64: base64(json) },
    ],
  }
}
