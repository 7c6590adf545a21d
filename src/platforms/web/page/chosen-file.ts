import type { Field } from '../../../kernel/view.js'

/** What a file may be: its ending, and its size in bytes. */
export interface FileRule {
  readonly accept: readonly string[]
  readonly max: number
}

/** Whether a field is answered with a file. */
export const isFile = (field: Field): field is Extract<Field, FileRule> => field.field === 'file' || field.field === 'upload'

/** A file that was chosen and can no longer be read; its sentence is for whoever chose it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

/** What is wrong with a file that was chosen, in a sentence; null if nothing is. */
export function refusalOf(file: File, { accept, max }: FileRule): string | null {
  // A browser's own choice of files can be switched from these endings to all.
  if (accept.length > 0 && !accept.some((ending) => file.name.toLowerCase().endsWith(ending.toLowerCase())))
    return `That file does not end in ${either(accept)}. Choose one that does.`
  if (file.size > max) return `That file has ${inWords(file.size)}; at most ${inWords(max)} are taken.`
  return null
}

export const ruleInWords = ({ accept, max }: FileRule): string =>
  accept.length === 0 ? `At most ${inWords(max)}.` : `A file ending in ${either(accept)}, at most ${inWords(max)}.`

/** "12 KB", "1.2 MB": rounded up, so that what is too large never looks as if it were not. */
export function inWords(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024)
  return kilobytes < 1024 ? `${kilobytes} KB` : `${Math.ceil(bytes / 1024 / 102.4) / 10} MB`
}

const either = (endings: readonly string[]): string =>
  [endings.slice(0, -1).join(', '), ...endings.slice(-1)].filter((part) => part !== '').join(' or ')

/** A file's bytes in base64. @throws UnreadableFile where it has changed or gone since it was chosen */
export const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(new UnreadableFile(`${file.name} can no longer be read. Choose it again.`))
    reader.readAsDataURL(file)
  })
