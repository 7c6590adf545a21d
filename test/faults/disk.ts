import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownFolder } from './folder.js'
import { makeBoard } from './members.js'
import { startWorker, type Worker } from './process.js'

const SHIM = fileURLToPath(new URL('shim.c', import.meta.url))

/** A disk that is watched, and that can be filled. */
export interface Disk {
  readonly file: string
  readonly worker: Worker
  /** what was written, synced, asked and answered so far, in order */
  events(): readonly string[]
  /** Fills the disk up, but for so many writes. */
  fill(room: number): void
  /** Makes room again. */
  clear(): void
}

/** A board of so many members in a process whose writes and syncs are seen. */
export const watchedDisk = (members: number): Promise<Disk> => watched((file) => makeBoard(file, members))

/** The same with a database that is made otherwise, and another program, by its path. */
export async function watched(make: (file: string) => Promise<void>, program?: string): Promise<Disk> {
  const folder = ownFolder()
  const [file, log, full, shim] = ['board.db', 'events', 'full', 'shim.so'].map((name) => join(folder, name)) as Four
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, SHIM, '-ldl'])
  await make(file)
  const worker = startWorker(file, log, { LD_PRELOAD: shim, SHIM_DATABASE: file, SHIM_LOG: log, SHIM_FULL: full }, program)
  await worker.ready()
  await worker.run('open')
  return {
    file,
    worker,
    events: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
    fill: (room) => writeFileSync(full, String(room)),
    clear: () => rmSync(full),
  }
}

type Four = [string, string, string, string]
