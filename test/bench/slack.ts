import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Figures } from './rounds.js'
import { LOADS_CORE } from './slack-programs.js'

const LOAD = fileURLToPath(new URL('slack-load.ts', import.meta.url))

/** Votes cast by clicks in Slack, from the request to its acknowledgement, beside an app that only acknowledges. */
export interface SlackClicks {
  readonly bare: Pair
  readonly vote: Pair
  /** on a disk each of whose syncs takes 5 ms longer: as it is, and with a commit for each act */
  readonly slowDisk: { readonly grouped: Figures; readonly alone: Figures }
}

interface Pair {
  readonly alone: Figures
  readonly atOnce: Figures
}

/** @param folder for the databases. @returns null where no process can be given a core of its own */
export async function slackClicks(folder: string, rounds: number): Promise<SlackClicks | null> {
  if (process.platform !== 'linux') return null
  const load = spawn('taskset', ['-c', LOADS_CORE, process.execPath, '--import', 'tsx', LOAD, folder, String(rounds)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let figures: readonly Figures[] = []
  load.once('message', (told) => {
    figures = told as readonly Figures[]
  })
  await once(load, 'exit')
  const [bareAlone, bareAtOnce, alone, atOnce, grouped, aCommitEach] = figures
  if (!bareAlone || !bareAtOnce || !alone || !atOnce || !grouped || !aCommitEach) throw new Error('there are no figures')
  return {
    bare: { alone: bareAlone, atOnce: bareAtOnce },
    vote: { alone, atOnce },
    slowDisk: { grouped, alone: aCommitEach },
  }
}
