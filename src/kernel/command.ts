import type { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { Db, Tx } from '../db/schema.js'
import type { Actor, Place } from './actor.js'
import { Refusal } from './refusal.js'
import type { Vault } from './vault.js'
import type { Card, Document, Form } from './view.js'

/** What the speaker is shown. */
export type Reply =
  /** `beside`: the card that was pressed holds more than what was done, and stays as it is */
  | { readonly kind: 'card'; readonly card: Card; readonly beside?: true }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'document'; readonly document: Document }
  /** a file that was kept, to be handed to the speaker alone, and what is said of it; only where `takesFiles` */
  | { readonly kind: 'file'; readonly file: HandedOver; readonly card: Card }

/** A file by its content, under the name by which it is handed over. */
export interface HandedOver {
  readonly sha256: string
  /** with its ending */
  readonly name: string
}

export const cardReply = (card: Card): Reply => ({ kind: 'card', card })
export const besideReply = (card: Card): Reply => ({ kind: 'card', card, beside: true })
export const formReply = (form: Form): Reply => ({ kind: 'form', form })
export const fileReply = (file: HandedOver, card: Card): Reply => ({ kind: 'file', file, card })
export const documentReply = (document: Document): Reply => ({ kind: 'document', document })

/** What every command is told besides its input. `now` is the board's clock, read once. */
export interface Asking {
  readonly db: Db
  readonly actor: Actor
  readonly now: Temporal.Instant
  readonly place: Place
  /** what came with the words, where something did */
  readonly file: Attached | null
  /** under which the addresses that people open are reached, as `https://quorate.example.org`; null: there are none */
  readonly publicUrl: string | null
  readonly vault: Vault
  /** the platform can hand a file to the speaker alone */
  readonly takesFiles?: boolean
  /** the place as its platform finds it when it looks, with the guests in it; never within a transaction */
  readonly inspect?: () => Promise<Place>
}

/** A file that was sent along with words. */
export interface Attached {
  readonly name: string
  /** its bytes, in base64 */
  readonly base64: string
}

/** The same inside the transaction of an act. */
export interface Acting extends Asking {
  readonly db: Tx
  /** Says what else was done in it: journaled as an act of its own, and followed like one. */
  did(done: Done): void
}

/** Of what an act or a question is: ids and values, never state or identity. */
export interface About {
  readonly subject: string
}

/** One thing that this person may do here now, as `help` offers it. */
export interface Offer {
  /** what to say */
  readonly words: string
  /** what comes of it */
  readonly does: string
}

export type Offers = (asking: Asking) => Promise<readonly Offer[]>

interface Spec<Schema extends z.ZodType<About>, Facts> {
  /** feature, a dot, the act: `apologies.send` */
  readonly name: string
  readonly input: Schema
  /** the fields of which each line counts; what is filled in elsewhere is one line */
  readonly lines?: readonly string[]
  /** @throws Refusal `not_found`, alike for what is hidden and what does not exist */
  load(asking: Asking, about: About): Promise<Facts>
  /** Denied unless this says yes. */
  allow(actor: Actor, facts: Facts): boolean
}

/** What came of an act: what the speaker sees, and what the journal keeps beside the input. */
export interface Acted {
  readonly reply: Reply
  /** ids and values: enough to tell from the journal alone what was done */
  readonly outcome: Readonly<Record<string, unknown>>
}

/** An act that was done, for those further right in the line of features to follow. */
export interface Done {
  readonly command: string
  readonly board: string
  readonly subject: string
  readonly outcome: Readonly<Record<string, unknown>>
}

/** What a feature does when another's act was done, in the same transaction. */
export interface After {
  readonly acts: readonly string[]
  run(acting: Acting, done: Done): Promise<void>
}

/** An act that nobody asks for: it is done when its time has come. */
export interface Timed {
  /** what has come due by an instant on the board's clock, and whose tenant's it is */
  due(db: Db, now: Temporal.Instant): Promise<readonly TimedAct[]>
}

export interface TimedAct {
  readonly tenant: string
  readonly command: string
  readonly subject: string
}

/**
 * What an act has to do besides its transaction, as with a key: before it, once it is permitted; and after it, whether it was
 * done or not. What is cut off between the two is put right elsewhere.
 */
interface Outside<Schema extends z.ZodType<About>, Facts, Got> {
  before(asking: Asking, input: z.output<Schema>, facts: Facts): Promise<Got>
  after(asking: Asking, got: Got, done: boolean): Promise<void>
}

interface ActSpec<Schema extends z.ZodType<About>, Facts, Got> extends Spec<Schema, Facts> {
  /** in whose journal it is written */
  board(facts: Facts): string
  readonly outside?: Outside<Schema, NoInfer<Facts>, Got>
  /** Awaits its transaction and nothing else; can be run again. `got`: what was got before it; null: nothing */
  run(acting: Acting, input: z.output<Schema>, facts: Facts, got: Got | null): Promise<Acted>
  /** What of the input the journal keeps, where that is not all of it: of a file no more than its mark. */
  journaled?(input: z.output<Schema>): unknown
  /** The answer to a repeated delivery of an act that was done: as things stand now. */
  redraw(asking: Asking, facts: Facts): Reply | Promise<Reply>
}

interface QuerySpec<Schema extends z.ZodType<About>, Facts> extends Spec<Schema, Facts> {
  run(asking: Asking, input: z.output<Schema>, facts: Facts): Promise<Reply>
}

/** An act that has been asked for, with its input read by its schema. */
export interface PreparedAct {
  readonly kind: 'act'
  readonly command: string
  readonly input: About
  /** what of the input the journal keeps */
  readonly journaled: unknown
  /** Before its transaction. */
  before(asking: Asking): Promise<void>
  perform(acting: Acting): Promise<Acted & { readonly board: string }>
  /** After it, where something was got before it. */
  after(asking: Asking, done: boolean): Promise<void>
}

/** A question that has been asked. */
export interface PreparedQuery {
  readonly kind: 'query'
  readonly command: string
  readonly input: About
  perform(asking: Asking): Promise<Reply>
}

/** A command as the registry holds it. Whoever asks, it is read, loaded, authorised and run, in that order. */
export interface Command {
  readonly name: string
  /** the fields of which each line counts */
  readonly lines: readonly string[]
  /** @throws Refusal `invalid`, with a sentence a field */
  prepare(raw: unknown): PreparedAct | PreparedQuery
  /** The answer to a repeated delivery of an act that was done, whatever else it was given; null for a query. */
  readonly redraw: ((asking: Asking, about: About) => Promise<Reply>) | null
}

/** Said of an input for which its schema has no sentence of its own. */
const UNREADABLE = 'I cannot read that. Press a button of a newer message, or say "help".'

function read<Schema extends z.ZodType<About>>(schema: Schema, raw: unknown): z.output<Schema> {
  const result = schema.safeParse(raw, { error: () => UNREADABLE })
  if (result.success) return result.data
  const fields = Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.'), issue.message]))
  throw new Refusal('invalid', result.error.issues[0]?.message ?? UNREADABLE, undefined, fields)
}

async function permitted<Schema extends z.ZodType<About>, Facts>(
  spec: Spec<Schema, Facts>,
  asking: Asking,
  about: About,
): Promise<Facts> {
  const facts = await spec.load(asking, about)
  if (spec.allow(asking.actor, facts)) return facts
  throw new Refusal('not_permitted', 'That is not yours to do here. Ask the clerk, or say "help" for what you can do.')
}

/** Changes something: runs in a transaction, once a delivery, and is journaled. */
export const act = <Schema extends z.ZodType<About>, Facts, Got = undefined>(spec: ActSpec<Schema, Facts, Got>): Command => ({
  name: spec.name,
  lines: spec.lines ?? [],
  prepare(raw) {
    const input = read(spec.input, raw)
    const { outside } = spec
    let got: Got | undefined
    return {
      kind: 'act',
      command: spec.name,
      input,
      journaled: spec.journaled ? spec.journaled(input) : input,
      async before(asking) {
        if (!outside) return
        try {
          got = await outside.before(asking, input, await permitted(spec, asking, input))
        } catch (error) {
          // What is refused is refused within the transaction, where it is kept, and a repeat is known.
          if (!(error instanceof Refusal)) throw error
        }
      },
      async perform(acting) {
        const facts = await permitted(spec, acting, input)
        return { ...(await spec.run(acting, input, facts, got ?? null)), board: spec.board(facts) }
      },
      async after(asking, done) {
        if (got !== undefined) await outside?.after(asking, got, done)
      },
    }
  },
  async redraw(asking, about) {
    return spec.redraw(asking, await permitted(spec, asking, about))
  },
})

/** Changes nothing: answered from the read-only handle. */
export const query = <Schema extends z.ZodType<About>, Facts>(spec: QuerySpec<Schema, Facts>): Command => ({
  name: spec.name,
  lines: spec.lines ?? [],
  prepare(raw) {
    const input = read(spec.input, raw)
    return {
      kind: 'query',
      command: spec.name,
      input,
      async perform(asking) {
        return spec.run(asking, input, await permitted(spec, asking, input))
      },
    }
  },
  redraw: null,
})

/** A sentence understood as a whole: which command, about what; `label` tells it from others in a question. */
export interface Reading {
  readonly command: string
  readonly input: About
  readonly label: string
  /** it can mean nothing else; what may be something else is asked about, even where it stands alone */
  readonly certain: boolean
}

/**
 * A feature's ear: the readings of the whole sentence, none if it is not about this feature.
 * One certain reading runs; several, or an uncertain one, are put to the speaker as a question.
 * @throws Refusal where the sentence is certainly meant for this feature and cannot be done
 */
export type Words = (asking: Asking, sentence: string) => Promise<readonly Reading[]>
