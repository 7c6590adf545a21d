import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url))

/** Quorate as it is started for use, from `dist`, in a folder and on a port of its own. */
export interface Running {
  readonly address: string
  readonly folder: string
  readonly process: ChildProcess
  /** the lines of its log */
  log(): readonly Readonly<Record<string, unknown>>[]
  output(): string
  /** Stops it as an operator would, and tells how it ended. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

interface Starting {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly arguments?: readonly string[]
}

/** The environment without settings of ours, so that the machine’s own do not leak in. */
const bare = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => !/^(?:QUORATE_|DATABASE_URL|PORT$)/.test(entry[0])),
  )

/** Starts it and waits until it says that it is open; rejects with what it said if it ends before. */
export async function startQuorate({ folder: given, environment = {}, arguments: extra = [] }: Starting = {}): Promise<Running> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'quorate-'))
  const child = spawn(process.execPath, [...extra, MAIN], { cwd: folder, env: { ...bare(), PORT: '0', ...environment } })
  let output = ''
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const lines = () =>
    log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (/Quorate is running|The demonstration is open/.test(output)) resolve()
    })
    void ended.then(() => reject(new Error(output + log)))
  })
  const port = lines().find((line) => line.event === 'started')?.port
  return {
    address: `http://127.0.0.1:${String(port)}`,
    folder,
    process: child,
    log: lines,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      const [code, signal] = await ended
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
      return { code, signal }
    },
  }
}
