import { createHash } from 'node:crypto'
import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Answer, Pressed } from '../../bot.js'
import type { Place } from '../../kernel/actor.js'
import { newId } from '../../kernel/ids.js'
import { type Form, notDone } from '../../kernel/view.js'
import type { Ready } from './answers.js'
import { NoAnswer } from './client.js'
import { cut } from './escape.js'
import { type FilledIn, filledIn, restored, type SentFile } from './filled-in.js'
import { FORM, type Kept, keptIn, waitingView } from './form.js'
import { LONGEST } from './limits.js'
import { asked, type Listening, nowhere, userFrom } from './listening.js'
import { viewOf, WAITING } from './modals.js'
import type { SubmissionBody } from './payloads.js'
import { AS_IT_IS, answerOf } from './respond.js'
import { MOST_LOOKED_AT } from './waits.js'

/** What a window that was submitted becomes. */
export type Submitted =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update' | 'push'; readonly view: ModalView }
  | { readonly response_action: 'clear' }

const TAKING_IN = waitingView(
  'Quorate',
  'One moment. Your file is being taken in. If this stays so for a minute, look whether it is there before you send it again.',
)
const NOT_READ = 'I could not read that file from Slack, and have done nothing. Open the form again and send it once more.'
const NOT_KNOWN = 'I do not know that form any more, and have done nothing. Close this window, and open the form again.'
const GONE = 'The choice is not there any more. Close this window, and open the form again.'

/** Hears the forms of one workspace. */
export function submitting(listening: Listening) {
  const { bot, places, answers, modals, telling, files, call } = listening
  /** what was refused is judged anew where it is sent again: it may be right by then */
  const refused = new Set<string>()

  /** The form as it is asked now; null where it is asked no more. */
  async function askedAnew(user: string, place: Place, press: Pressed | null): Promise<Form | null> {
    if (!press) return null
    const answer = await asked(listening, user, { delivery: newId(), place, what: { press } })
    return answer.kind === 'form' ? answer.form : null
  }

  interface Filled {
    readonly user: string
    readonly kept: Kept
    readonly place: Place
    readonly form: Form | null
    readonly values: Readonly<Record<string, string>>
  }

  const submit = ({ user, kept, place, values }: Filled, delivery: string): Promise<Answer> => {
    const press = { command: kept.command, subject: kept.subject, values: { ...kept.values, ...values } }
    return asked(listening, user, { delivery, place, what: { press } })
  }

  /** Takes in the files of a form, each as its field asks for it; or says what is wrong with one. */
  async function takenIn({ user, form }: Filled, sent: FilledIn['files']): Promise<Taken> {
    const values: [string, string][] = []
    for (const [name, file] of Object.entries(sent)) {
      const field = form?.fields.find((one) => one.name === name)
      if (field?.field === 'file') values.push([name, await bytesOf(file, field.max)])
      else {
        const received = await bot.receive(userFrom(listening, user), file.name, files.download(file))
        if (received.kind !== 'received') return { wrong: received }
        values.push([name, received.upload])
      }
    }
    return { values: Object.fromEntries(values) }
  }

  async function bytesOf(file: SentFile, most: number): Promise<string> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of files.download(file)) {
      size += piece.length
      pieces.push(Buffer.from(piece))
      // One byte too many is as good as all of them: the command says what is too large.
      if (size > most) break
    }
    return Buffer.concat(pieces).toString('base64')
  }

  async function withFiles(filled: Filled, sent: FilledIn['files'], delivery: string, window: string): Promise<void> {
    const answer = await withTaken(filled, sent, delivery)
    const { form, values, kept } = filled
    const again = answer.kind === 'refusal' && form && kept.asked ? formAgain(form, values, answer.refusal.sentence) : null
    const shown: Answer = again && kept.asked ? { kind: 'form', form: again, of: 'query', asked: kept.asked } : answer
    await update(window, shown, filled)
    await leave(answer, filled)
  }

  /** Shows an answer in the window from which the form was sent, or as a message where that is closed by now. */
  async function update(window: string, answer: Answer, filled: Filled): Promise<void> {
    const ready = await readyFor(answer, filled)
    const to = { user: filled.user, address: undefined }
    await telling.inWindow(() => modals.update(window, viewOf(ready, filled.kept.from)), answer, ready, to)
  }

  async function withTaken(filled: Filled, sent: FilledIn['files'], delivery: string): Promise<Answer> {
    try {
      const taken = await takenIn(filled, sent)
      return 'wrong' in taken ? taken.wrong : await submit({ ...filled, values: { ...filled.values, ...taken.values } }, delivery)
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return { kind: 'card', of: 'query', card: notDone(NOT_READ) }
    }
  }

  const readyFor = (answer: Answer, { kept, user }: Pick<Filled, 'kept' | 'user'>): Promise<Ready> =>
    answers.ready(answer, { surface: 'modal', modal: true, from: kept.from, user })

  /** Leaves what was done in the direct conversation from which the form was opened, in place of the answer that asked for it. */
  async function leave(answer: Answer, { kept: { from }, place, user }: Filled): Promise<void> {
    if (!from || place.kind !== 'direct' || answer.kind !== 'card' || answer.of !== 'act') return
    const ready = await answers.ready(answer, { surface: 'message', modal: false, user })
    if (ready.as === 'form') return
    const message = { ...answerOf(ready.sheet), channel: from.channel }
    if (from.message === '') await call('chat.postMessage', { ...message, ...AS_IT_IS }, z.object({}))
    else await call('chat.update', { ...message, ts: from.message }, z.object({}))
  }

  async function submitted(body: SubmissionBody, acknowledge: (told?: Submitted) => Promise<void>): Promise<void> {
    const { user, view } = body
    const kept = view.callback_id === FORM ? keptIn(view.private_metadata) : null
    const read = filledIn(view.state)
    if (!kept || !read) return acknowledge({ response_action: 'push', view: await unknownForm(user.id) })
    const place = kept.from ? await places.placeOf(kept.from.channel, user.id) : nowhere(listening, user.id)
    const anew = read.hashed.length > 0 || Object.keys(read.files).length > 0
    const form = anew ? await askedAnew(user.id, place, kept.asked) : null
    const values = restored(read, form)
    if (!values)
      return acknowledge({ response_action: 'errors', errors: Object.fromEntries(read.hashed.map((name) => [name, GONE])) })
    const filled: Filled = { user: user.id, kept, place, form, values }
    const delivery = deliveryOf(body)
    if (Object.keys(read.files).length > 0) {
      await acknowledge({ response_action: 'update', view: TAKING_IN })
      return withFiles(filled, read.files, delivery, view.id)
    }
    const answer = await submit(filled, delivery)
    if (answer.kind === 'refusal') remember(deliveryOf({ view }))
    const errors = errorsAt(answer, view.blocks)
    if (errors) return acknowledge({ response_action: 'errors', errors })
    if (answer.kind === 'document') {
      await acknowledge({ response_action: 'update', view: WAITING })
      return update(view.id, answer, filled)
    }
    const shown = viewOf(await readyFor(answer, filled), kept.from)
    // What was not done leaves the form beneath it, to be mended.
    await acknowledge({ response_action: answer.kind === 'refusal' ? 'push' : 'update', view: shown })
    await leave(answer, filled)
  }

  async function unknownForm(user: string): Promise<ModalView> {
    const answer: Answer = { kind: 'card', of: 'query', card: notDone(NOT_KNOWN) }
    return viewOf(await answers.ready(answer, { surface: 'modal', modal: true, user }))
  }

  function remember(delivery: string): void {
    if (refused.size >= MOST_LOOKED_AT) refused.clear()
    refused.add(delivery)
  }

  /** The same window with the same in it is one submission, however often it comes, until it was refused. */
  function deliveryOf({ view, trigger_id }: Pick<SubmissionBody, 'view'> & Partial<Pick<SubmissionBody, 'trigger_id'>>): string {
    const content = JSON.stringify([view.hash, view.state])
    const delivery = `${view.id}:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
    return refused.has(delivery) && trigger_id !== undefined ? `${delivery}:${trigger_id}` : delivery
  }

  return { submitted, deliveryOf }
}

type Taken = { readonly values: Readonly<Record<string, string>> } | { readonly wrong: Answer }

/** The form with what was filled in, and what was wrong with it above. */
const formAgain = (form: Form, values: Readonly<Record<string, string>>, wrong: string): Form => ({
  ...form,
  intro: [{ strong: wrong }, '\n', ...form.intro],
  fields: form.fields.map((field) => {
    const value = values[field.name]
    return value === undefined ? field : { ...field, value }
  }),
})

/** What is wrong, at the fields that are there to show it. */
function errorsAt(answer: Answer, blocks: SubmissionBody['view']['blocks']): Readonly<Record<string, string>> | null {
  if (answer.kind !== 'refusal' || !answer.refusal.fields) return null
  const inputs = new Set(blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id !== undefined ? [block_id] : [])))
  const shown = Object.entries(answer.refusal.fields).filter(([name]) => inputs.has(name))
  return shown.length === 0 ? null : Object.fromEntries(shown.map(([name, sentence]) => [name, cut(sentence, LONGEST.hint)]))
}
