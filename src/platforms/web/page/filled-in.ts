import type { Field } from '../../../kernel/view.js'
import type { FieldErrors } from '../protocol.js'
import { base64Of, refusalOf } from './chosen-file.js'

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
  if (field.field === 'file') {
    const file = fileIn(control)
    return file && refusalOf(file, field)
  }
  const isHalf = control instanceof HTMLInputElement && control.validity.badInput
  return isHalf && (field.field === 'date' || field.field === 'time') ? halfFilled[field.field] : null
}

/**
 * What was filled in, by field; files in base64. What was left blank is left out, save text that is not optional, which is
 * told even if empty.
 * @throws UnreadableFile
 */
export async function filledIn(form: HTMLFormElement, fields: readonly Field[]): Promise<Readonly<Record<string, string>>> {
  const told = fields.map(async (field) => [field.name, await valueAt(field, form.elements.namedItem(field.name))] as const)
  return Object.fromEntries((await Promise.all(told)).filter((entry): entry is readonly [string, string] => entry[1] !== null))
}

async function valueAt(field: Field, control: unknown): Promise<string | null> {
  if (control instanceof HTMLSelectElement) {
    return control.selectedOptions[0]?.dataset.unchosen === undefined ? control.value : null
  }
  if (field.field === 'file') {
    const file = fileIn(control)
    return file && base64Of(file)
  }
  if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return null
  const isTold = control.value.trim() !== '' || (field.field === 'text' && !field.optional)
  return isTold ? control.value : null
}

const fileIn = (control: unknown): File | null => (control instanceof HTMLInputElement ? (control.files?.[0] ?? null) : null)
