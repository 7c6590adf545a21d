import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
/** Beside the packages, which it takes from where they are. */
const BUILT = here('../../dist/bench')
/** The core of the server that is measured, and that of all that asks it. */
const SERVERS_CORE = '0'
export const LOADS_CORE = '1'

const GROUPED = 'const LARGEST_GROUP = 64'
const ALONE = 'const LARGEST_GROUP = 1'

/** Each source reads its neighbours' files from where it stands itself; in one of the programs each act is committed alone. */
const sources = (alone: boolean): Plugin => ({
  name: 'sources',
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:src|test|migrations)\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const writes = alone && path.endsWith('/src/db/write.ts')
      if (writes && !source.includes(GROUPED)) throw new Error(`${path} does not say how many writes are committed at once`)
      const contents = writes ? source.replace(GROUPED, ALONE) : source
      return { loader: 'ts', contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) }
    })
  },
})

/** Makes one file of a program, as it is compiled for use. @returns its path */
export async function built(program: string, { alone = false } = {}): Promise<string> {
  const outfile = join(BUILT, `${program}${alone ? '-alone' : ''}.mjs`)
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    logLevel: 'warning',
    entryPoints: [here(`${program}.ts`)],
    outfile,
    plugins: [sources(alone)],
  })
  return outfile
}

/** Makes the library that slows a disk. @returns its path */
export function slowDisk(folder: string): string {
  const library = join(folder, 'slow-disk.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, here('slow-disk.c'), '-ldl'])
  return library
}

/** A server on a core of its own. */
export interface Server {
  readonly port: number
  /** milliseconds of processor time so far */
  cpu(): number
  /** Has it take what it has to send as sent. */
  settle(): Promise<void>
  stop(): Promise<void>
}

const TICKS_A_SECOND = 100

/** Starts a program that tells the port on which it takes requests. It does not outlive this process. */
export async function startServer(program: string, given: readonly string[], environment: NodeJS.ProcessEnv): Promise<Server> {
  const child = spawn('taskset', ['-c', SERVERS_CORE, process.execPath, program, ...given], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const stop = async () => {
    const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  try {
    return {
      port: Number(await heard(child)),
      cpu: () => {
        const [, rest = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')
        const [user, system] = rest.split(' ').slice(11, 13).map(Number)
        return (((user ?? 0) + (system ?? 0)) / TICKS_A_SECOND) * 1_000
      },
      async settle() {
        child.send('settle')
        await heard(child)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @throws Error where it ends instead */
function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a server of the bench has ended'))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}
