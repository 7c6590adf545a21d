import { closeSync, fdatasyncSync, openSync, readFileSync, statfsSync, writeSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { percentile, timed } from './rounds.js'

const BLOCK = Buffer.alloc(4_096, 1)
const SYNCS = 200

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  /** processes that ran or waited to, over the minute before */
  readonly load: number
  readonly folder: string
  /** name of the file system that holds `folder` */
  readonly fileSystem: string
  /** milliseconds to append 4 KiB and have it on the disk */
  readonly sync: { readonly p50: number; readonly p99: number }
}

/** What the figures were measured on. @param folder where the databases lie */
export async function machineAt(folder: string): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    node: process.version,
    load: loadavg()[0] ?? 0,
    folder,
    fileSystem: fileSystemOf(folder),
    sync: await syncsIn(folder),
  }
}

async function syncsIn(folder: string): Promise<Machine['sync']> {
  const file = openSync(join(folder, 'sync'), 'a')
  const took: number[] = []
  for (let count = 0; count < SYNCS; count += 1) {
    took.push(
      await timed(() => {
        writeSync(file, BLOCK)
        fdatasyncSync(file)
      }),
    )
  }
  closeSync(file)
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

/** Magic numbers of `statfs(2)`, hexadecimal. */
const FILE_SYSTEMS: Readonly<Record<string, string>> = {
  '1021994': 'tmpfs: memory, no disk',
  ef53: 'ext4',
  '58465342': 'xfs',
  '9123683e': 'btrfs',
  '794c7630': 'overlayfs',
}

const fileSystemOf = (folder: string): string => {
  const magic = statfsSync(folder).type.toString(16)
  return FILE_SYSTEMS[magic] ?? `file system 0x${magic}`
}

/** Resident memory of a process in MiB, as Linux counts it; null elsewhere. */
export function residentMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kibibytes === undefined ? null : Number(kibibytes) / 1_024
}
