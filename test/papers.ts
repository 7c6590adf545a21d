import { crc32, deflateSync } from 'node:zlib'

/** A zip archive of files that are not packed. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, words] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(words)]
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    local.copy(entry, 6, 4, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, path, content)
    entries.push(entry, path)
    at += local.length + path.length + content.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'

const office = (part: string, type: string): Buffer =>
  zip({
    '[Content_Types].xml': `<Types><Override PartName="/${part}" ContentType="${type}.main+xml"/></Types>`,
    [part]: '<x/>',
  })

const openDocument = (kind: string): Buffer =>
  zip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<x/>' })

function png(): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), content])
    const [length, mark] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    mark.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, mark])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A PDF of one line, and of as many bytes as are asked for. */
export function pdf(words = 'Minutes', bytes = 0): Buffer {
  const whole = Buffer.from(`%PDF-1.7\n1 0 obj\n<</Title (${words})>>\nendobj\ntrailer <</Info 1 0 R>>\n%%EOF\n`)
  return Buffer.concat([whole, Buffer.alloc(Math.max(0, bytes - whole.length), ' ')])
}

/** A small file of each kind that a paper may be, by an ending that it may have. */
export const PAPERS: Readonly<Record<string, { readonly bytes: Buffer; readonly type: string }>> = {
  pdf: { bytes: pdf(), type: 'application/pdf' },
  docx: {
    bytes: office('word/document.xml', `${OFFICE}.wordprocessingml.document`),
    type: `${OFFICE}.wordprocessingml.document`,
  },
  xlsx: { bytes: office('xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`), type: `${OFFICE}.spreadsheetml.sheet` },
  pptx: {
    bytes: office('ppt/presentation.xml', `${OFFICE}.presentationml.presentation`),
    type: `${OFFICE}.presentationml.presentation`,
  },
  odt: { bytes: openDocument('text'), type: 'application/vnd.oasis.opendocument.text' },
  ods: { bytes: openDocument('spreadsheet'), type: 'application/vnd.oasis.opendocument.spreadsheet' },
  odp: { bytes: openDocument('presentation'), type: 'application/vnd.oasis.opendocument.presentation' },
  png: { bytes: png(), type: 'image/png' },
  jpg: { bytes: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'), type: 'image/jpeg' },
}

/** A Word document that holds a program. */
export const MACROS = office('word/document.xml', 'application/vnd.ms-word.document.macroEnabled')

/** A file as it comes, in pieces. */
export async function* coming(bytes: Uint8Array, piece = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}
