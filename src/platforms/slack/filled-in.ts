import { z } from 'zod'
import type { Form } from '../../kernel/view.js'
import { ANSWER, HASHED, optionValue } from './field.js'

/** A file that somebody has sent into a form; its content is fetched with the bot's own token. */
export interface SentFile {
  readonly id: string
  readonly name: string
  readonly bytes: number | null
  readonly url: string | null
}

/** What was filled in, by field. */
export interface FilledIn {
  readonly values: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, SentFile>>
  /** the fields whose value is the hash of a choice, until it is `restored` */
  readonly hashed: readonly string[]
}

const File = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  title: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
})

const Chosen = z.object({ value: z.string() }).nullish()

const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('static_select'), selected_option: Chosen }),
  z.object({ type: z.literal('radio_buttons'), selected_option: Chosen }),
  z.object({ type: z.literal('datepicker'), selected_date: z.string().nullish() }),
  z.object({ type: z.literal('timepicker'), selected_time: z.string().nullish() }),
  z.object({ type: z.literal('file_input'), files: z.array(File).nullish() }),
])
type Answer = z.infer<typeof Answer>

const State = z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) })

/**
 * What was filled in, by field. What was left blank is left out, save text that is not optional, which is told even if empty.
 * @param state a submitted view's `state`
 * @returns null where it is none of our forms
 */
export function filledIn(state: unknown): FilledIn | null {
  const read = State.safeParse(state)
  if (!read.success) return null
  const values: [string, string][] = []
  const files: [string, SentFile][] = []
  const hashed: string[] = []
  for (const [field, actions] of Object.entries(read.data.values)) {
    const optional = actions[ANSWER.optional]
    const answer = actions[ANSWER.needed] ?? optional
    if (!answer) return null
    const value = valueIn(answer)
    if (answer.type === 'file_input') {
      const [file] = answer.files ?? []
      if (file) files.push([field, sent(file)])
    } else if (value.trim() !== '' || (answer.type === 'plain_text_input' && !optional)) {
      values.push([field, value])
      if ('selected_option' in answer && value.startsWith(HASHED)) hashed.push(field)
    }
  }
  return { values: Object.fromEntries(values), files: Object.fromEntries(files), hashed }
}

function valueIn(answer: Answer): string {
  switch (answer.type) {
    case 'plain_text_input':
      return answer.value ?? ''
    case 'static_select':
    case 'radio_buttons':
      return answer.selected_option?.value ?? ''
    case 'datepicker':
      return answer.selected_date ?? ''
    case 'timepicker':
      return answer.selected_time ?? ''
    case 'file_input':
      return ''
    default:
      return answer satisfies never
  }
}

const sent = (file: z.infer<typeof File>): SentFile => ({
  id: file.id,
  name: file.name ?? file.title ?? file.id,
  bytes: file.size ?? null,
  url: file.url_private_download ?? file.url_private ?? null,
})

/**
 * The values with each hash's own choice in its place.
 * @param form the same form as asked for again; null where it is not to be had, which only matters where something is `hashed`
 * @returns null where a choice is not among the form's any more
 */
export function restored({ values, hashed }: FilledIn, form: Form | null): Readonly<Record<string, string>> | null {
  const choices = new Map<string, string>()
  for (const name of hashed) {
    const field = form?.fields.find((one) => one.name === name)
    if (field?.field !== 'choice') return null
    const chosen = field.options.find((option) => optionValue(option) === values[name])
    if (!chosen) return null
    choices.set(name, chosen.value)
  }
  return { ...values, ...Object.fromEntries(choices) }
}
