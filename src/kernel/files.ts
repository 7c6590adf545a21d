import type { Readable } from 'node:stream'
import type { Temporal } from 'temporal-polyfill'

/** Bytes of the largest file that is kept: 25 MB. */
export const LARGEST_PAPER = 25 * 1024 * 1024

/** A file that was received whole, is what its name says, and is on the disk. */
export interface ReceivedFile {
  /** of its content, hex: by it the file is found again */
  readonly sha256: string
  readonly bytes: number
  /** media type, by its content */
  readonly type: string
  /** to show and to save it by, with its ending; never a path */
  readonly name: string
}

/** A kept file, to be read once; whoever does not read it to its end destroys `content`. */
export interface OpenedFile {
  readonly bytes: number
  readonly content: Readable
}

/** A file that is on the record and no longer on the disk. The sentence says what to do. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile'

  constructor() {
    super('This file is on the record, and is no longer on the server. Ask whoever runs the server to put it back from a backup.')
  }
}

/** The files that people have sent, each kept once, by its content. */
export interface Files {
  /**
   * Keeps a file; it is on the disk once this resolves, and where it is refused nothing of it is.
   * @param name as the sender calls it
   * @param most bytes that it may have, LARGEST_PAPER unless told
   * @throws Refusal `limit` for too much, or for a full disk; `invalid` for what is empty, did not come whole, is of no kind
   *   that is taken, or is not what its name says; each with its sentence at the field `file`
   */
  receive(name: string, content: AsyncIterable<Uint8Array>, most?: number): Promise<ReceivedFile>
  /** @throws MissingFile */
  open(sha256: string): Promise<OpenedFile>
  has(sha256: string): Promise<boolean>
  /** Removes a file that nothing refers to any more, unless the same was received again at `since` or later. */
  forget(sha256: string, since: Temporal.Instant): Promise<void>
}
