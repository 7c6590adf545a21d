import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { filesOnDisk, removeLeftovers } from '../../src/db/files.js'
import { type Files, LARGEST_PAPER, MissingFile } from '../../src/kernel/files.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { ownFolder } from '../faults/folder.js'
import { BEGIN, type StandingClock, standingClock } from '../house.js'
import { coming, MACROS, PAPERS, pdf } from '../papers.js'

let folder: string
let clock: StandingClock
let files: Files
beforeEach(() => {
  folder = join(ownFolder(), 'papers', 'board.db')
  clock = standingClock(BEGIN)
  files = filesOnDisk(folder, clock)
})

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Every file that lies in the folder, by its path there. */
const lying = (): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort()
    : []

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Refusal)) throw new Error(`not refused: ${String(thrown)}`)
  expect(thrown.fields).toEqual({ file: thrown.sentence })
  expect(thrown.sentence).toMatch(/^(?:That|Papers|The) .*\.$/)
  return thrown
}

describe('a file that is received', () => {
  test.each(Object.entries(PAPERS))(
    'as %s is known by its content, and comes back as it was',
    async (ending, { bytes, type }) => {
      const received = await files.receive(`Report.${ending}`, coming(bytes, 7))
      expect(received).toEqual({ sha256: hashOf(bytes), bytes: bytes.length, type, name: `Report.${ending}` })
      const opened = await files.open(received.sha256)
      expect(opened.bytes).toBe(bytes.length)
      expect(await buffer(opened.content)).toEqual(bytes)
      expect(await files.has(received.sha256)).toBe(true)
    },
  )

  test('lies under its own hash, and for nobody else to read', async () => {
    const { sha256 } = await files.receive('Report.pdf', coming(pdf()))
    const path = join(sha256.slice(0, 2), sha256)
    expect(lying()).toEqual([path])
    expect(statSync(join(folder, path)).mode & 0o777).toBe(0o600)
    for (const one of [folder, dirname(folder), dirname(join(folder, path)), join(folder, 'incoming')])
      expect(statSync(one).mode & 0o777).toBe(0o700)
  })

  test('twice, at once or later and by whatever name, is kept once', async () => {
    const sent = await Promise.all(['A.pdf', 'B.PDF', '../C.pdf'].map((name) => files.receive(name, coming(pdf()))))
    await files.receive('D.pdf', coming(pdf()))
    expect(new Set(sent.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(sent.map(({ name }) => name)).toEqual(['A.pdf', 'B.PDF', 'C.pdf'])
    expect(lying()).toHaveLength(1)
  })

  test('of 25 MB is taken', async () => {
    const bytes = pdf('Long', LARGEST_PAPER)
    expect(await files.receive('Long.pdf', coming(bytes))).toMatchObject({ bytes: 26_214_400, sha256: hashOf(bytes) })
  })
})

describe('refused with a sentence, and nothing of it stays', () => {
  const PROGRAM = Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(300)])
  const HTML = Buffer.from('<!doctype html><script>alert(1)</script>')
  const bytesOf = (ending: string): Buffer => PAPERS[ending]?.bytes ?? Buffer.alloc(0)

  test.each([
    { what: 'no bytes', name: 'a.pdf', bytes: Buffer.alloc(0), code: 'invalid', says: 'is empty. Choose' },
    { what: '25 MB and a byte', name: 'a.pdf', bytes: pdf('x', LARGEST_PAPER + 1), code: 'limit', says: 'more than 25 MB' },
    { what: 'a program', name: 'a.pdf', bytes: PROGRAM, code: 'invalid', says: 'it ends in .pdf and is not a PDF. Open it' },
    { what: 'a page of the web', name: 'a.pdf', bytes: HTML, code: 'invalid', says: 'is not a PDF' },
    { what: 'words', name: 'a.docx', bytes: Buffer.from('Dear clerk'), code: 'invalid', says: 'is not a Word document' },
    { what: 'Word called a PDF', name: 'a.pdf', bytes: bytesOf('docx'), code: 'invalid', says: 'is a Word document. Rename it' },
    { what: 'Excel called Word', name: 'a.docx', bytes: bytesOf('xlsx'), code: 'invalid', says: 'is an Excel workbook' },
    { what: 'a PDF called a picture', name: 'a.png', bytes: pdf(), code: 'invalid', says: 'ends in .png and is a PDF' },
    { what: 'Word with macros', name: 'a.docx', bytes: MACROS, code: 'invalid', says: 'is not a Word document' },
    { what: 'macros by their own name', name: 'a.docm', bytes: MACROS, code: 'invalid', says: 'Papers end in .pdf, .docx' },
    { what: 'a page by its own name', name: 'a.html', bytes: HTML, code: 'invalid', says: 'Papers end in' },
    { what: 'no ending', name: 'pdf', bytes: pdf(), code: 'invalid', says: 'Papers end in' },
    { what: 'an ending before the ending', name: 'a.pdf.exe', bytes: pdf(), code: 'invalid', says: 'Papers end in' },
    { what: 'half a zip', name: 'a.docx', bytes: bytesOf('docx').subarray(0, 40), code: 'invalid', says: 'is not a Word' },
  ])('$what', async ({ name, bytes, code, says }) => {
    const refusal = await refusalOf(files.receive(name, coming(bytes)))
    expect(refusal.code).toBe(code)
    expect(refusal.sentence).toContain(says)
    expect(lying()).toEqual([])
  })

  test('what is too large, before the rest of it is read', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read += 1
        yield Buffer.alloc(1024)
      }
    }
    expect((await refusalOf(files.receive('a.pdf', endless(), 10 * 1024))).code).toBe('limit')
    expect(read).toBe(11)
  })

  test('what breaks off', async () => {
    async function* broken() {
      yield pdf()
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    }
    expect((await refusalOf(files.receive('a.pdf', broken()))).sentence).toContain('did not come whole')
    expect(lying()).toEqual([])
  })
})

test('a folder that cannot be made is a fault, and no refusal', async () => {
  mkdirSync(dirname(folder), { recursive: true })
  writeFileSync(folder, '')
  await expect(files.receive('a.pdf', coming(pdf()))).rejects.toThrow(/EEXIST|ENOTDIR/)
})

describe('a hash', () => {
  test.each(['', '..', '../../board.db', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}/..`, `/${'a'.repeat(63)}`])(
    '“%s” is none, and no path is made of it',
    async (hash) => {
      await expect(files.open(hash)).rejects.toThrow('that is no hash of a file')
      await expect(files.has(hash)).rejects.toThrow('that is no hash of a file')
      await expect(files.forget(hash, clock.now())).rejects.toThrow('that is no hash of a file')
    },
  )

  test('of a file that has gone says so', async () => {
    const { sha256 } = await files.receive('a.pdf', coming(pdf()))
    rmSync(join(folder, sha256.slice(0, 2), sha256))
    expect(await files.has(sha256)).toBe(false)
    await expect(files.open(sha256)).rejects.toThrow(MissingFile)
    await expect(files.open(sha256)).rejects.toThrow('put it back from a backup')
  })
})

describe('what is forgotten', () => {
  test('is removed, and what is not there is no fault', async () => {
    const { sha256 } = await files.receive('a.pdf', coming(pdf()))
    clock.forward({ hours: 1 })
    await files.forget(sha256, clock.now())
    await files.forget(sha256, clock.now())
    expect(lying()).toEqual([])
  })

  test('stays where the same was received again meanwhile', async () => {
    const { sha256 } = await files.receive('a.pdf', coming(pdf()))
    clock.forward({ hours: 2 })
    await files.receive('b.pdf', coming(pdf()))
    await files.forget(sha256, clock.now().subtract({ hours: 1 }))
    expect(await files.has(sha256)).toBe(true)
    expect(lying()).toHaveLength(1)
  })
})

test('leftovers of a process that is no more are removed; those of others that are alive are not', async () => {
  const incoming = join(folder, 'incoming')
  const { sha256 } = await files.receive('a.pdf', coming(pdf()))
  for (const name of ['999999999-x', `${process.pid}-x`, `${process.ppid}-x`, 'x']) writeFileSync(join(incoming, name), 'half')
  let go = () => {}
  const end = new Promise<void>((resolve) => {
    go = resolve
  })
  async function* slow() {
    yield pdf('slow')
    await end
  }
  const underWay = files.receive('slow.pdf', slow())
  await vi.waitUntil(() => readdirSync(incoming).length === 5)
  await removeLeftovers(folder)
  const left = readdirSync(incoming).filter((name) => !name.startsWith(`${process.pid}-`))
  expect(left).toEqual([`${process.ppid}-x`])
  expect(readFileSync(join(folder, sha256.slice(0, 2), sha256))).toEqual(pdf())
  go()
  expect((await underWay).bytes).toBe(pdf('slow').length)
})

test('a folder that is not there has no leftovers', async () => {
  await removeLeftovers(folder)
  expect(existsSync(folder)).toBe(false)
})
