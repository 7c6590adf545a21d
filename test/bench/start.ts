import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { residentMemory } from './machine.js'
import { median, timed } from './rounds.js'

const built = (file: string): string => fileURLToPath(new URL(`../../dist/src/${file}`, import.meta.url))

const ROUNDS = 7
const LISTENING = 'The demonstration is open at'
/** After it listens, in milliseconds: what it has to send at once is sent by then. */
const SETTLED_MS = 1_000
const PATIENCE_MS = 20_000

/** Medians. */
export interface Starts {
  /** milliseconds from spawn to the line that says where it listens */
  readonly listening: number
  /** milliseconds from spawn to the end of a Node that does nothing */
  readonly bareNode: number
  /** MiB, a second after; null where it cannot be read */
  readonly memory: number | null
  readonly rounds: number
}

/** Starts the demonstration, as built, on a database that is there; each time beside a bare Node. @param folder for the database */
export async function starts(folder: string): Promise<Starts> {
  const file = join(folder, 'demo.db')
  execFileSync(process.execPath, [built('cli.js'), 'demo', '--at', file], { cwd: folder, env: environment() })
  await oneStart(folder, file)
  const taken = []
  const bare = []
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await timed(() => once(spawn(process.execPath, ['-e', ''], { cwd: folder, env: environment() }), 'exit')))
    taken.push(await oneStart(folder, file))
  }
  const memories = taken.map(({ memory }) => memory).filter((memory) => memory !== null)
  return {
    listening: median(taken.map(({ listening }) => listening)),
    bareNode: median(bare),
    memory: memories.length > 0 ? median(memories) : null,
    rounds: ROUNDS,
  }
}

/** Only what a process needs to run: no setting of whoever runs the bench. */
const environment = (settings: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, CI: '1', ...settings })

async function oneStart(folder: string, file: string): Promise<{ listening: number; memory: number | null }> {
  const env = environment({ PORT: '0', DATABASE_URL: `file:${file}` })
  const began = performance.now()
  const quorate = spawn(process.execPath, [built('main.js')], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(quorate, 'exit')
  await said(quorate, LISTENING)
  const listening = performance.now() - began
  await wait(SETTLED_MS)
  const memory = quorate.pid === undefined ? null : residentMemory(quorate.pid)
  quorate.kill('SIGTERM')
  const [code] = await ended
  if (code !== 0) throw new Error(`the demonstration ended with ${code} on SIGTERM`)
  return { listening, memory }
}

/** @throws Error with what it said on standard error, if it ends or is silent instead */
function said(quorate: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let out = ''
    let complaints = ''
    const fail = () => {
      quorate.kill('SIGTERM')
      reject(new Error(`the demonstration did not say "${words}": ${complaints}`))
    }
    const patience = setTimeout(fail, PATIENCE_MS)
    quorate.once('exit', fail)
    quorate.stderr?.on('data', (chunk) => {
      complaints += chunk
    })
    quorate.stdout?.on('data', (chunk) => {
      out += chunk
      if (!out.includes(words)) return
      clearTimeout(patience)
      quorate.off('exit', fail)
      resolve()
    })
  })
}
