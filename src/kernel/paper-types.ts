import { Refusal } from './refusal.js'

interface PaperType {
  /** media type */
  readonly type: string
  readonly endings: readonly string[]
  /** with its article, as in "a Word document" */
  readonly called: string
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const OPEN = 'application/vnd.oasis.opendocument'

/** What a paper may be: documents that hold no program. */
const PAPER_TYPES: readonly PaperType[] = [
  { type: 'application/pdf', endings: ['.pdf'], called: 'a PDF' },
  { type: `${OFFICE}.wordprocessingml.document`, endings: ['.docx'], called: 'a Word document' },
  { type: `${OFFICE}.spreadsheetml.sheet`, endings: ['.xlsx'], called: 'an Excel workbook' },
  { type: `${OFFICE}.presentationml.presentation`, endings: ['.pptx'], called: 'a PowerPoint presentation' },
  { type: `${OPEN}.text`, endings: ['.odt'], called: 'an OpenDocument text' },
  { type: `${OPEN}.spreadsheet`, endings: ['.ods'], called: 'an OpenDocument spreadsheet' },
  { type: `${OPEN}.presentation`, endings: ['.odp'], called: 'an OpenDocument presentation' },
  { type: 'image/png', endings: ['.png'], called: 'a PNG picture' },
  { type: 'image/jpeg', endings: ['.jpg', '.jpeg'], called: 'a JPEG picture' },
]

/** The endings that a paper's name may have. */
export const PAPER_ENDINGS: readonly string[] = PAPER_TYPES.flatMap(({ endings }) => endings)

/** A refusal that stands at the field where a file was chosen. */
export const fileRefusal = (code: 'invalid' | 'limit', sentence: string): Refusal =>
  new Refusal(code, sentence, undefined, { file: sentence })

/** @throws Refusal `invalid` for a name whose ending no paper has */
function typeByName(name: string): PaperType {
  const found = PAPER_TYPES.find(({ endings }) => endings.some((ending) => name.toLowerCase().endsWith(ending)))
  if (found) return found
  const [last = '', ...others] = [...PAPER_ENDINGS].reverse()
  throw fileRefusal('invalid', `Papers end in ${others.reverse().join(', ')} or ${last}. Save it as one of these, best as a PDF.`)
}

/**
 * The media type of a paper, where its content and its name agree on it.
 * @param content the media type that was found in it; null: none that is known
 * @throws Refusal `invalid`
 */
export function agreedType(name: string, content: string | null): string {
  const { type, endings, called } = typeByName(name)
  if (content === type) return type
  const is = PAPER_TYPES.find((one) => one.type === content)
  const found = is ? `is ${is.called}` : `is not ${called}`
  const mend = is
    ? `Rename it so that it ends in ${is.endings[0]}, or choose the right one.`
    : `Open it where it was made and save it as ${called}, or choose the right one.`
  throw fileRefusal('invalid', `That file is not what its name says: it ends in ${endings[0]} and ${found}. ${mend}`)
}
