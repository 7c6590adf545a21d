/** Bytes of the largest roster that is read. */
const MOST_BYTES = 256 * 1024

const AS_CSV = 'In Excel choose File, Save As, CSV UTF-8, and send that.'

/** What other kinds of file begin with, byte for byte. */
const OTHERS: readonly { readonly begins: readonly number[]; readonly sentence: string }[] = [
  { begins: [0x50, 0x4b], sentence: `That is an Excel workbook. ${AS_CSV}` }, // "PK": a zip, as .xlsx and .ods are
  { begins: [0xd0, 0xcf, 0x11, 0xe0], sentence: `That is an Excel workbook of the old kind. ${AS_CSV}` },
  { begins: [0x25, 0x50, 0x44, 0x46], sentence: `That is a PDF, from which no roster can be read. ${AS_CSV}` },
]

const NO_TEXT = `That is no text, so no roster can be read from it. ${AS_CSV}`
const DAMAGED = `That file says that it is Unicode, and it is damaged: some of its bytes are none. Save it again. ${AS_CSV}`

export type Text = { readonly text: string } | { readonly sentence: string }

/**
 * The text of a file as Excel may have saved it: UTF-8, UTF-16 with its mark, else Windows-1252.
 * @returns the text without its byte order mark; or one sentence: what is wrong with the file, then what to do
 */
export function textOf(bytes: Uint8Array): Text {
  const other = OTHERS.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))
  if (other) return { sentence: other.sentence }
  if (bytes.length > MOST_BYTES) {
    const size = Math.ceil(bytes.length / 1024)
    return {
      sentence: `That file has ${size} KB, and I read at most 256 KB: send the roster of one board, without anything else.`,
    }
  }
  const text = decoded(bytes)
  if (text === null) return { sentence: DAMAGED }
  if (text.includes('\0')) return { sentence: NO_TEXT }
  if (text.trim() === '') {
    return { sentence: 'That file is empty. Send a CSV file that has the header and a row for each person and each vacant seat.' }
  }
  if (/^\s*<(?:!doctype|html|\?xml|table|head|body)/i.test(text)) {
    return { sentence: `That is a web page, not a roster. Open the roster itself. ${AS_CSV}` }
  }
  return { text }
}

function decoded(bytes: Uint8Array): string | null {
  const begins = (...mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte)
  if (begins(0xff, 0xfe)) return unicode('utf-16le', bytes)
  if (begins(0xfe, 0xff)) return unicode('utf-16be', bytes)
  if (begins(0xef, 0xbb, 0xbf)) return unicode('utf-8', bytes)
  return unicode('utf-8', bytes) ?? windows(bytes)
}

function unicode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Windows-1252 from 0x80 to 0x9F; the five that it leaves open stay control characters, which no cell may hold. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** By hand: Node decodes windows-1252 as Latin-1 from 20.18.3 to 24, which loses every ’ and € (nodejs/node#56542). */
const windows = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x80 && byte <= 0x9f ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte))).join('')
