import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))

/** The process of worker.ts, or of another program that is spoken to in its manner, from its start to its end. */
export interface Worker {
  /** Resolves once it could open the database. */
  ready(): Promise<void>
  /** Sends a command; resolves once it is done. @throws Error when the process ends before */
  run(command: string): Promise<void>
  /** Sends a command without waiting for its end. */
  begin(command: string): void
  /** Ends it as a power cut would: it gets to do nothing more. */
  kill(): Promise<void>
  /** Waits for its end. @returns its exit code; null where it was killed */
  ended(): Promise<number | null>
  /** Lets it finish and close the database. @returns its exit code */
  end(): Promise<number | null>
}

/**
 * Starts worker.ts on a database; its own temporary files go beside that. It does not outlive the test.
 * @param program another's path, as it is or bundled
 */
export function startWorker(
  file: string,
  log: string,
  environment: Readonly<Record<string, string>> = {},
  program: string = WORKER,
): Worker {
  const loader = program.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, program, file, log], {
    env: { ...process.env, TMPDIR: dirname(file), ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close') as Promise<[code: number | null]>
  // A command to a process that has been killed meanwhile is lost with it, and is no error of the test.
  child.stdin.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const hear = async (expected: string): Promise<void> => {
    const { value } = await lines.next()
    if (value !== expected) throw new Error(`the worker said ${value ?? 'nothing more'} instead of ${expected}`)
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return {
    ready: () => hear('ready'),
    async run(command) {
      child.stdin.write(`${command}\n`)
      await hear('done')
    },
    begin: (command) => void child.stdin.write(`${command}\n`),
    kill,
    ended: async () => (await ended)[0],
    async end() {
      child.stdin.end()
      return (await ended)[0]
    },
  }
}
