import type { KnownBlock, ModalView } from '@slack/types'
import { z } from 'zod'
import type { Pressed } from '../../bot.js'
import type { Form, Text } from '../../kernel/view.js'
import { blocksOf, strong } from './blocks.js'
import { cut, plain } from './escape.js'
import { inputsOf } from './field.js'
import { LONGEST, MOST, ROOM } from './limits.js'
import { weightOf } from './piece.js'
import { jsonOf } from './press.js'
import type { Sheet } from './render.js'

/** The callback_id of a form's view. */
export const FORM = 'form'
/** The callback_id of a view that shows a card. */
export const CARD = 'card'

/** What goes with a view and comes back when it is submitted. Ids and choices alone, as on a button. */
export interface Kept {
  readonly command: string
  readonly subject: string
  readonly values: Readonly<Record<string, string>>
  /** the press that asked for the form, to ask for it again */
  readonly asked: Pressed | null
  /** the message on which that button stands */
  readonly from: { readonly channel: string; readonly message: string } | null
}

const Values = z.record(z.string(), z.string())
const KeptSchema = z.strictObject({
  command: z.string().min(1),
  subject: z.string(),
  values: Values,
  asked: z.strictObject({ command: z.string().min(1), subject: z.string(), values: Values.optional() }).nullable(),
  from: z.strictObject({ channel: z.string(), message: z.string() }).nullable(),
})

const Opened = z.object({ from: KeptSchema.shape.from })

/** @returns null where it is none of ours */
export function keptIn(privateMetadata: string): Kept | null {
  const read = KeptSchema.safeParse(jsonOf(privateMetadata))
  if (!read.success) return null
  const { asked, ...kept } = read.data
  if (!asked) return { ...kept, asked: null }
  const { command, subject, values } = asked
  return { ...kept, asked: { command, subject, ...(values ? { values } : {}) } }
}

const written = (text: Text): readonly KnownBlock[] => {
  const { pieces } = blocksOf({ node: 'text', text }, { title: '', userOf: () => undefined, nameOf: (kind) => kind })
  return pieces.map(({ block }) => block)
}

const noted = (words: string): readonly KnownBlock[] => {
  const { pieces } = blocksOf({ node: 'note', text: [words] }, { title: '', userOf: () => undefined, nameOf: (kind) => kind })
  return pieces.map(({ block }) => block)
}

/** The whole of a title of which the view's own shows the start. */
const wholeTitle = (title: string): readonly KnownBlock[] =>
  title.length <= LONGEST.viewTitle
    ? []
    : title.length <= LONGEST.header
      ? [{ type: 'header', text: plain(title, LONGEST.header) }]
      : strong(title).map(({ block }) => block)

/**
 * A form as a modal. What was filled in comes back by the fields' names.
 * @returns null where no modal can ask it: too much to keep, too many fields, or a text too long to show. It is then asked in words
 */
export function formView(form: Form, { asked, from }: Omit<Kept, 'command' | 'subject' | 'values'>): ModalView | null {
  const { command, subject, values = {} } = form
  const kept: Kept = { command, subject, values, asked, from }
  const private_metadata = JSON.stringify(kept)
  if (private_metadata.length > LONGEST.privateMetadata) return null
  const names = form.fields.map(({ name }) => name)
  if (new Set(names).size < names.length) return null
  const inputs = form.fields.map(inputsOf)
  if (inputs.includes(null)) return null
  const blocks = [
    ...wholeTitle(form.title),
    ...written(form.intro),
    ...inputs.flatMap((input) => input ?? []),
    ...noted(`In words: ${form.inWords}`),
  ]
  if (blocks.length > MOST.viewBlocks || weigh(blocks) > ROOM.modal.weight) return null
  return {
    type: 'modal',
    callback_id: FORM,
    title: plain(form.title, LONGEST.viewTitle),
    submit: plain(cut(form.submit, LONGEST.viewButton), LONGEST.viewButton),
    close: plain('Cancel', LONGEST.viewButton),
    private_metadata,
    blocks,
  }
}

const weigh = (blocks: readonly KnownBlock[]): number => blocks.reduce((sum, block) => sum + weightOf(block), 0)

/** A modal that shows a card and has nothing to submit. It keeps where it was opened from: its buttons are pressed there. */
export function cardView(sheet: Sheet, title: string, from: Kept['from'] = null): ModalView {
  // What stands above need not stand below it once more; what is too long for above stands below whole.
  const fits = title.length <= LONGEST.viewTitle
  const [first, ...rest] = sheet.blocks
  const blocks = fits && first?.type === 'header' && rest.length > 0 ? rest : [...sheet.blocks]
  return {
    type: 'modal',
    callback_id: CARD,
    title: plain(fits ? title : 'Quorate', LONGEST.viewTitle),
    close: plain('Close', LONGEST.viewButton),
    ...(from ? { private_metadata: JSON.stringify({ from }) } : {}),
    blocks,
  }
}

/** Where a view was opened from, of either kind; null: nowhere in particular. */
export function openedFrom(privateMetadata: string): Kept['from'] {
  const read = Opened.safeParse(jsonOf(privateMetadata))
  return read.success ? read.data.from : null
}

/** What stands in a modal until there is an answer: Slack opens one within three seconds of a press or not at all. */
export const waitingView = (title: string, words: string): ModalView => ({
  type: 'modal',
  title: plain(title, LONGEST.viewTitle),
  close: plain('Close', LONGEST.viewButton),
  blocks: [{ type: 'section', text: plain(words, LONGEST.text) }],
})
