import type { ModalView } from '@slack/types'
import type { Answer, Pressed } from '../../bot.js'
import type { Db } from '../../db/schema.js'
import type { Files } from '../../kernel/files.js'
import { plainForm } from '../../kernel/plain.js'
import { type Card, type Document, type Form, notDone, note, text } from '../../kernel/view.js'
import { NoAnswer } from './client.js'
import type { SlackFiles } from './files.js'
import { formView, type Kept } from './form.js'
import { usersOf } from './people.js'
import { valueFor } from './press.js'
import { type Sheet, type Surface, sheets, turning } from './render.js'
import { forReader, type Zones } from './zones.js'

/** An answer made ready to be shown: a form as a modal, or a card as what fits on a surface. */
export type Ready =
  | { readonly as: 'form'; readonly view: ModalView }
  /** `further`: what does not fit, where it cannot be asked for again page by page */
  | { readonly as: 'sheet'; readonly title: string; readonly sheet: Sheet; readonly further: readonly Sheet[] }

interface Wanted {
  readonly surface: Surface
  /** which page of a long answer, counted from 1 */
  readonly page?: number
  /** where a form is filled in from */
  readonly from?: Kept['from']
  /** whether a modal can be opened now; without, a form is offered by a button */
  readonly modal: boolean
  /** who is handed a document, and where */
  readonly user: string
}

interface Needs {
  readonly reading: Db
  readonly workspace: string
  readonly files: SlackFiles
  /** the papers that were sent to the house */
  readonly kept: Files
  readonly zones: Zones
  /** the direct conversation with a user */
  directWith(user: string): Promise<string>
}

/** Makes answers ready for one workspace. */
export interface Answers {
  ready(answer: Answer, wanted: Wanted): Promise<Ready>
}

const FILL_IN = 'Open the form'

export function answers({ reading, workspace, files, kept, zones, directWith }: Needs): Answers {
  async function onSheet(card: Card, { surface, page = 1, user }: Wanted, asked: Pressed | undefined): Promise<Ready> {
    const users = await usersOf(reading, workspace, peopleIn(card))
    const all = sheets(forReader(card, zones.of(user)), surface, (person) => users.get(person))
    const [first] = all
    if (!first) throw new Error('a card was drawn as nothing')
    const { title } = card
    if (all.length === 1 || !asked) return { as: 'sheet', title, sheet: first, further: all.slice(1) }
    // What is asked again may have become shorter.
    const at = Math.min(Math.max(page, 1), all.length)
    const sheet = turning(all[at - 1] ?? first, at, all.length, () => valueFor(asked))
    return { as: 'sheet', title, sheet, further: [] }
  }

  async function inForm(form: Form, wanted: Wanted, asked: Pressed | undefined): Promise<Ready> {
    const view = formView(form, { asked: asked ?? null, from: wanted.from ?? null })
    if (view && wanted.modal) return { as: 'form', view }
    const press =
      view && asked ? [{ node: 'buttons' as const, buttons: [{ ...asked, label: FILL_IN, style: 'primary' as const }] }] : []
    const said = press.length > 0 ? [text(...form.intro), note(`Or in words: ${form.inWords}`)] : [text(plainForm(form))]
    return onSheet({ title: form.title, audience: form.audience, body: [...said, ...press] }, wanted, undefined)
  }

  async function handedOver(document: Document, wanted: Wanted): Promise<Ready> {
    const { title, fileName, html } = document
    const own = { name: `${fileName}.html`, content: Buffer.from(html) }
    const beside = (document.files ?? []).map(({ name, base64 }) => ({ name, content: Buffer.from(base64, 'base64') }))
    const failed = await handed(async () => {
      const channel = await directWith(wanted.user)
      for (const file of [own, ...beside]) await files.handOver(channel, { ...file, title })
    })
    if (failed) return onSheet(failed, wanted, undefined)
    const where = 'I have put it into our direct conversation, as a file to open and to print.'
    return onSheet({ title, audience: document.audience, body: [text(where)] }, wanted, undefined)
  }

  async function filed({ file, card }: Extract<Answer, { kind: 'file' }>, wanted: Wanted): Promise<Ready> {
    const opened = await kept.open(file.sha256)
    const pieces: Uint8Array[] = []
    for await (const piece of opened.content) pieces.push(piece as Uint8Array)
    const content = Buffer.concat(pieces)
    const failed = await handed(async () =>
      files.handOver(await directWith(wanted.user), { name: file.name, content, title: card.title }),
    )
    return onSheet(failed ?? card, wanted, undefined)
  }

  return {
    async ready(answer, wanted) {
      if (answer.kind === 'file') return filed(answer, wanted)
      if (answer.kind === 'form') return inForm(answer.form, wanted, answer.asked)
      if (answer.kind === 'document') return handedOver(answer.document, wanted)
      return onSheet(answer.card, wanted, answer.kind === 'card' ? answer.asked : undefined)
    },
  }
}

/** @returns what is said where Slack would not take it; null: it has */
async function handed(handOver: () => Promise<void>): Promise<Card | null> {
  try {
    await handOver()
    return null
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const why = `Slack did not take the file (${error.why}). Ask for it again in a minute; if it stays so, tell whoever runs Quorate.`
    return notDone(why)
  }
}

/** The people of whom a card speaks. */
export const peopleIn = (card: Card): readonly string[] => [
  ...new Set(
    card.body
      .flatMap((node) => {
        switch (node.node) {
          case 'text':
          case 'note':
            return [node.text]
          case 'facts':
            return node.facts.map(([, value]) => value)
          case 'list':
            return node.items
          case 'table':
            return node.rows.flat()
          default:
            return []
        }
      })
      .flat()
      .flatMap((span) => (typeof span === 'object' && 'person' in span ? [span.person] : [])),
  ),
]
