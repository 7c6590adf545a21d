import type { Temporal } from 'temporal-polyfill'
import type { Audience } from './audience.js'
import type { Clause } from './refusal.js'
import { toText } from './time.js'

/**
 * What the bot shows: plain data in a closed vocabulary that every platform draws in its own way.
 * Text is spans, never markup, so that a name like `*Bob*` or `<!channel>` is only ever a name.
 */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly person: string; readonly name: string }
  /** an instant in UTC, and how the board's clock says it; a platform that knows the reader's clock says that beside it */
  | { readonly at: string; readonly words: string }

export type Text = readonly Span[]

/** A press carries which command and about what; never who presses or what stood on the card. */
export interface Button {
  readonly command: string
  readonly subject: string
  /** what the eye reads */
  readonly label: string
  /** what a screen reader says where the label alone would be ambiguous among several cards */
  readonly spoken?: string
  /** further ids and choices of the command's input, checked by its schema like any other */
  readonly values?: Readonly<Record<string, string>>
  readonly style?: 'primary' | 'danger'
}

/** An address that is opened and left alone: nothing is done by it. */
export interface Link {
  /** what the eye reads */
  readonly label: string
  /** https, or http on the demonstration; no platform makes a link of anything else */
  readonly url: string
  /** what a screen reader says where the label alone would be ambiguous among several cards */
  readonly spoken?: string
}

export type Node =
  | { readonly node: 'heading'; readonly text: string }
  | { readonly node: 'text'; readonly text: Text }
  | { readonly node: 'note'; readonly text: Text }
  | { readonly node: 'facts'; readonly facts: readonly (readonly [name: string, value: Text])[] }
  | { readonly node: 'list'; readonly items: readonly Text[] }
  | { readonly node: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  /** `done` of `of`, whole numbers; `label` says what is counted */
  | { readonly node: 'progress'; readonly done: number; readonly of: number; readonly label: string }
  | { readonly node: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly node: 'links'; readonly links: readonly Link[] }
  | { readonly node: 'divider' }
  | { readonly node: 'image'; readonly url: string; readonly alt: string }

export interface Card {
  readonly title: string
  /** for whom it was drawn; a card is shown to nobody else */
  readonly audience: Audience
  readonly body: readonly Node[]
  /** why it looks different from an ordinary answer */
  readonly tone?: 'refusal' | 'fault'
  /** several messages as one: what is answered to one of them leaves the others standing */
  readonly several?: true
  /** it is changed in its place as things change */
  readonly follows?: true
}

interface Asked {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** what stands there before anything is filled in */
  readonly value?: string
  /** may be left blank */
  readonly optional?: true
}

export type Field =
  | (Asked & { readonly field: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] })
  /** `max` is in characters; what is more than a line or two is asked for in a box of several */
  | (Asked & { readonly field: 'text'; readonly max: number; readonly oneLine?: true })
  /** answered as `YYYY-MM-DD` */
  | (Asked & { readonly field: 'date' })
  /** answered as `HH:MM`, on the board's clock */
  | (Asked & { readonly field: 'time' })
  /** answered as the file's bytes in base64; `max` is in bytes before that, `accept` are endings such as `.csv` */
  | (Asked & { readonly field: 'file'; readonly accept: readonly string[]; readonly max: number })
  /** answered as the id of an upload, which takes larger files than a form; `max` is in bytes */
  | (Asked & { readonly field: 'upload'; readonly accept: readonly string[]; readonly max: number })

/** A modal in Slack, a dialog in Teams, a form on the page. Submitted, it runs `command` on `subject`. */
export interface Form {
  readonly title: string
  readonly audience: Audience
  readonly command: string
  readonly subject: string
  /** ids that go back with the answers, checked by the command's schema like any other */
  readonly values?: Readonly<Record<string, string>>
  readonly intro: Text
  readonly fields: readonly Field[]
  /** what the button says */
  readonly submit: string
  /** how to say the same in words, for whoever has no form */
  readonly inWords: string
}

/** A file that goes with a document, such as its figures for a spreadsheet. */
export interface DocumentFile {
  /** with its ending */
  readonly name: string
  /** its media type */
  readonly type: string
  readonly base64: string
}

/** Something to print or to keep: a page in HTML with its own print styles, and the same in words. */
export interface Document {
  readonly title: string
  /** without an ending */
  readonly fileName: string
  /** for whom it was drawn */
  readonly audience: Audience
  /** complete and self-contained: no script, nothing fetched */
  readonly html: string
  readonly plain: string
  readonly files?: readonly DocumentFile[]
}

/** An instant, in words by the board's clock. */
export const at = (instant: Temporal.Instant, words: string): Span => ({ at: toText(instant), words })
export const heading = (text: string): Node => ({ node: 'heading', text })
export const text = (...spans: Span[]): Node => ({ node: 'text', text: spans })
export const note = (...spans: Span[]): Node => ({ node: 'note', text: spans })
/** The words on which a rule rests. */
export const clauseNote = ({ number, words }: Clause): Node => note(`Clause ${number}: “${words}”`)
export const facts = (...rows: (readonly [string, Text])[]): Node => ({ node: 'facts', facts: rows })
export const list = (items: readonly Text[]): Node => ({ node: 'list', items })
export const table = (header: readonly string[], rows: readonly (readonly Text[])[]): Node => ({ node: 'table', header, rows })
export const progress = (done: number, of: number, label: string): Node => ({ node: 'progress', done, of, label })
export const buttons = (...row: Button[]): Node => ({ node: 'buttons', buttons: row })
export const links = (...row: Link[]): Node => ({ node: 'links', links: row })
/** Whether an address is one that a browser opens, and not one that runs or sends something. */
export const opens = ({ url }: Link): boolean => /^https?:\/\//i.test(url) && URL.canParse(url)
/** What was not done, in one sentence: what is wrong, then what to do. */
export const notDone = (sentence: string): Card => ({
  title: 'Not done',
  audience: { kind: 'public' },
  tone: 'refusal',
  body: [text(sentence)],
})
export const divider: Node = { node: 'divider' }
