import type { Field } from '../../kernel/view.js'
import type { DrawnCard } from '../adaptive-card.js'

/**
 * What passes between the page and its server, as JSON under `/api`. Types only: both sides import it.
 *
 * GET  /api/session?as=EMAIL              → Session
 * GET  /api/messages?as=EMAIL&place=ID    → { messages: Message[] }, oldest first
 * GET  /api/events?as=EMAIL               → server-sent events `message` (Message), `clock` (ClockView), and `session`
 *                                           (nothing: what /api/session lists has changed)
 * POST /api/say   { as, delivery, place, words, file? }                    → Answered
 * POST /api/act   { as, delivery, place, message, command, subject, values } → Answered
 * POST /api/clock { by } or { to }                                        → ClockView
 * POST /api/upload?as=EMAIL&name=NAME     → Uploaded; the body is the file itself, as application/octet-stream
 * Any of them may answer { error: string } with a 4xx or 5xx status.
 */
export interface Person {
  readonly email: string
  readonly name: string
  /** what they are to the board, in words: "Clerk", "Chair, Kent County Council" */
  readonly role: string
  /** where told, the switch between people is in groups of these */
  readonly board?: string
}

export interface PlaceView {
  readonly id: string
  /** "kcsp" for the board's channel, "Quorate" for the direct conversation with the bot */
  readonly title: string
  readonly kind: 'channel' | 'direct'
  readonly board: string
}

/** The demonstration's clock. */
export interface ClockView {
  /** instant, UTC, three decimals */
  readonly now: string
  /** the same in the board's zone, for people: "Sunday 22 November 2026, 10:00" */
  readonly text: string
  /** the same as a field for civil time has it: "2026-11-22T10:00" */
  readonly local: string
}

export interface Session {
  readonly me: Person
  readonly people: readonly Person[]
  readonly places: readonly PlaceView[]
  readonly clock: ClockView
}

export interface Message {
  readonly id: string
  readonly place: string
  readonly author: { readonly kind: 'bot' | 'person'; readonly name: string }
  /** board time of day in words: "10:04" */
  readonly time: string
  /** board day in words: "Sunday 22 November 2026" */
  readonly day: string
  /** shown to this person alone, in a place that others read too */
  readonly onlyYou: boolean
  readonly edited: boolean
  readonly body: { readonly words: string } | { readonly card: DrawnCard; readonly plain: string }
}

/** What is attached to words. */
export interface SentFile {
  readonly name: string
  readonly base64: string
}

/** A field's refusal by its name, in the member's words. */
export type FieldErrors = Readonly<Record<string, string>>

export interface FormView {
  readonly title: string
  readonly intro: string
  readonly command: string
  readonly subject: string
  /** goes back unchanged among the values */
  readonly values: Readonly<Record<string, string>>
  readonly fields: readonly Field[]
  readonly submit: string
}

/** What comes with a document, to keep. */
export interface KeptFile {
  readonly name: string
  readonly address: string
}

export type Answered =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: FormView }
  | { readonly kind: 'fields'; readonly fields: FieldErrors }
  /** `address` answers GET with the document in HTML, and that of each of its files with the file, for ten minutes */
  | {
      readonly kind: 'document'
      readonly title: string
      readonly address: string
      readonly files: readonly KeptFile[]
    }
  | { readonly kind: 'silent' }

/** A file that was taken in, by the id that goes into a form's values; or what is wrong with it, at `file`. */
export type Uploaded =
  | { readonly kind: 'received'; readonly upload: string; readonly name: string; readonly bytes: number }
  | { readonly kind: 'fields'; readonly fields: FieldErrors }

/** How far the demonstration's clock moves. */
export type ClockMove = { readonly by: 'hour' | 'day' | 'morning' } | { readonly to: string }
