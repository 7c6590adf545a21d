import type { Field } from '../../../kernel/view.js'
import type { FieldErrors } from '../protocol.js'
import { base64Of, isFile, refusalOf } from './chosen-file.js'

const halfFilled = {
  date: 'That is not a whole date. Fill in its day, month and year.',
  time: 'That is not a whole time. Fill in its hour and minute.',
}

/** What the page can tell by itself is wrong with what was filled in, by field. */
export function refusalsIn(form: HTMLFormElement, fields: readonly Field[]): FieldErrors {
  const refused = fields.map((field) => [field.name, refusalAt(field, form.elements.namedItem(field.name))] as const)
  return Object.fromEntries(refused.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}

function refusalAt(field: Field, control: unknown): string | null {
  if (isFile(field)) {
    const file = fileIn(control)
    return file && refusalOf(file, field)
  }
  const isHalf = control instanceof HTMLInputElement && control.validity.badInput
  return isHalf && (field.field === 'date' || field.field === 'time') ? halfFilled[field.field] : null
}

/** Sends a file ahead of its form. */
export type Upload = (file: File) => Promise<{ readonly id: string } | { readonly refusal: string }>

/** Files that were sent ahead of their form and not taken, by field. */
export class RefusedFiles extends Error {
  override readonly name = 'RefusedFiles'

  constructor(readonly fields: FieldErrors) {
    super()
  }
}

/**
 * What was filled in, by field; files in base64, or as the id of their upload. What was left blank is left out, save text that is not optional, which is
 * told even if empty.
 * @throws UnreadableFile, RefusedFiles, or what `upload` throws
 */
export async function filledIn(
  form: HTMLFormElement,
  fields: readonly Field[],
  upload: Upload,
): Promise<Readonly<Record<string, string>>> {
  const refused: Record<string, string> = {}
  const told = fields.map(async (field) => {
    const control = form.elements.namedItem(field.name)
    const file = field.field === 'upload' ? fileIn(control) : null
    if (file === null) return [field.name, await valueAt(field, control)] as const
    const sent = await upload(file)
    if ('refusal' in sent) refused[field.name] = sent.refusal
    return [field.name, 'id' in sent ? sent.id : null] as const
  })
  const values = await Promise.all(told)
  if (Object.keys(refused).length > 0) throw new RefusedFiles(refused)
  return Object.fromEntries(values.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}

async function valueAt(field: Field, control: unknown): Promise<string | null> {
  if (control instanceof HTMLSelectElement) {
    return control.selectedOptions[0]?.dataset.unchosen === undefined ? control.value : null
  }
  if (field.field === 'file') {
    const file = fileIn(control)
    return file && base64Of(file)
  }
  if (field.field === 'upload') return null
  if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return null
  const isTold = control.value.trim() !== '' || (field.field === 'text' && !field.optional)
  return isTold ? control.value : null
}

const fileIn = (control: unknown): File | null => (control instanceof HTMLInputElement ? (control.files?.[0] ?? null) : null)
