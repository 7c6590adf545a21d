import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { cleanName } from '../kernel/file-name.js'
import { type Files, LARGEST_PAPER, MissingFile } from '../kernel/files.js'
import { agreedType, fileRefusal } from '../kernel/paper-types.js'
import type { Clock } from '../kernel/time.js'

const EMPTY = 'That file is empty. Choose the right one.'
const CUT_OFF = 'That file did not come whole, and was not kept. Send it again.'
const NO_ROOM =
  'The server has no room left on its disk: that file was not kept, and nothing else has changed. Tell whoever runs the server, and send it again when there is room.'

const tooLarge = (most: number): string =>
  `That file has more than ${Math.floor(most / 1024 / 102.4) / 10} MB, and no more is taken. Save it smaller, as with smaller pictures, or in parts.`

/** Files that are being received by this process, by their names in `incoming`. */
const underWay = new Set<string>()

/**
 * Keeps files in a folder: `ab/abcdef…` by the SHA-256 of their content, `incoming/` while they are received.
 * Nobody but the server's own user may read them.
 * @param clock the system's: a file is dated by it when it is received
 */
export function filesOnDisk(folder: string, clock: Clock): Files {
  const incoming = join(folder, 'incoming')
  const addressOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('that is no hash of a file')
    return join(folder, sha256.slice(0, 2), sha256)
  }

  async function place(temporary: string, sha256: string): Promise<void> {
    const address = addressOf(sha256)
    const shelf = dirname(address)
    await makeFolder(shelf)
    // The same content takes the place of itself, and has its new date.
    await rename(temporary, address)
    await syncFolder(shelf)
  }

  return {
    async receive(sent, content, most = LARGEST_PAPER) {
      const name = cleanName(sent)
      const temporary = `${process.pid}-${randomUUID()}`
      const path = join(incoming, temporary)
      underWay.add(temporary)
      try {
        await makeFolder(incoming)
        const { sha256, bytes } = await written(path, content, most)
        const type = agreedType(name, await typeInside(path))
        const now = clock.now().epochMilliseconds / 1000
        await utimes(path, now, now)
        await place(path, sha256)
        return { sha256, bytes, type, name }
      } catch (error) {
        await rm(path, { force: true })
        throw isFull(error) ? fileRefusal('limit', NO_ROOM) : error
      } finally {
        underWay.delete(temporary)
      }
    },
    async open(sha256) {
      const file = await open(addressOf(sha256)).catch((error: unknown) => {
        throw isGone(error) ? new MissingFile() : error
      })
      return { bytes: (await file.stat()).size, content: file.createReadStream() }
    },
    has: async (sha256) => (await dateOf(addressOf(sha256))) !== null,
    async forget(sha256, since) {
      const address = addressOf(sha256)
      if (!(await isBefore(address, since))) return
      const aside = join(incoming, `${process.pid}-${randomUUID()}`)
      await makeFolder(incoming)
      await rename(address, aside)
      // Whoever sent the same again between the look and the move has put a newer one there.
      if (await isBefore(aside, since)) await rm(aside)
      else await rename(aside, address)
    },
  }
}

/** Removes what an earlier run left half received. Another process that is at it, such as the server's, is left alone. */
export async function removeLeftovers(folder: string): Promise<void> {
  const incoming = join(folder, 'incoming')
  const names = await readdir(incoming).catch((error: unknown) => {
    if (isGone(error)) return []
    throw error
  })
  for (const name of names) {
    if (!underWay.has(name) && !isElsewhere(Number.parseInt(name, 10))) await rm(join(incoming, name), { force: true })
  }
}

/** Whether another process of this number is alive. */
function isElsewhere(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Writes a new file as it comes, to the disk itself. @throws Refusal */
async function written(
  path: string,
  content: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of whole(content)) {
      bytes += chunk.byteLength
      if (bytes > most) throw fileRefusal('limit', tooLarge(most))
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    if (bytes === 0) throw fileRefusal('invalid', EMPTY)
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** What comes, to its end; what breaks off is no fault of ours. */
async function* whole(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]()
  try {
    while (true) {
      const { done, value } = await chunks.next().catch(() => {
        throw fileRefusal('invalid', CUT_OFF)
      })
      if (done) return
      yield value
    }
  } finally {
    await chunks.return?.().catch(() => undefined)
  }
}

/** The media type of a file's content; null where there is none that is known. */
async function typeInside(path: string): Promise<string | null> {
  const { fileTypeFromFile } = await import('file-type')
  try {
    return (await fileTypeFromFile(path))?.mime ?? null
  } catch (error) {
    // What cannot be read through is of no kind; what cannot be read at all is a fault.
    if (error instanceof Error && 'syscall' in error) throw error
    return null
  }
}

/** Makes a folder, and those above it, where they are not there yet; only our own user may look into them. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** Makes what was made, renamed or removed in a folder outlast a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder)
    await handle.sync()
  } finally {
    await handle?.close()
  }
}

/** When a file was received, in milliseconds since 1970; null where there is none. */
const dateOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

async function isBefore(path: string, instant: Temporal.Instant): Promise<boolean> {
  const date = await dateOf(path)
  return date !== null && date < instant.epochMilliseconds
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
const isGone = (error: unknown): boolean => codeOf(error) === 'ENOENT'
const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(String(codeOf(error)))
