import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { compare, type Figures, repeat, type Variant } from './rounds.js'
import { type SlackApi, slackApi } from './slack-api.js'
import { clicker, SECRET } from './slack-click.js'
import { makeSlackVote, VOTERS } from './slack-house.js'
import { built, type Server, slowDisk, startServer } from './slack-programs.js'

/*
 * Presses the buttons of a vote in Slack against servers of its own, for the bench: `slack-load FOLDER ROUNDS`. It runs on one
 * core and they on another, and it tells its parent the figures, in the order of its variants.
 */
const [folder = '', rounds = '7'] = process.argv.slice(2)
const ROUND_MS = 1_000
const CHOICES = ['for', 'against', 'abstain'] as const
/** More milliseconds in each sync of the slow disk. */
const SLOW_DISK_MS = '5'

interface Served {
  readonly server: Server
  readonly api: SlackApi
  /** the database; null: it has none */
  readonly file: string | null
  readonly turns: number[]
  clicks: number
}

const opened: Served[] = []
// The servers go with it.
process.on('disconnect', () => process.exit())

async function bare(): Promise<Served> {
  const api = await slackApi()
  const server = await startServer(await built('slack-bolt'), ['-', api.url, SECRET], {})
  return served(server, api, null)
}

/** A server on a database of its own, once it has posted the cards of the vote. */
async function quorate(name: string, program: string, environment: NodeJS.ProcessEnv = {}): Promise<Served> {
  const file = join(folder, `${name}.db`)
  await makeSlackVote(file)
  const api = await slackApi()
  const server = await startServer(program, [file, api.url, SECRET], environment)
  const one = served(server, api, file)
  for (let before = -1; before < api.calls() || api.inChannel().length === 0; await wait(1_500)) before = api.calls()
  return one
}

function served(server: Server, api: SlackApi, file: string | null): Served {
  const one = { server, api, file, turns: Array.from({ length: VOTERS }, () => 0), clicks: 0 }
  opened.push(one)
  return one
}

/** One who changes their vote after another in each lane, and all that comes of it meanwhile; nobody is in two lanes. */
function clicking(name: string, to: Served, card: SlackApi, lanes: number): Variant {
  const next = Array.from({ length: lanes }, (_, lane) => lane)
  return {
    name,
    async round() {
      const [posted] = card.inChannel()
      if (!posted) throw new Error('no card of the vote was posted')
      const { click, close } = clicker(to.server.port)
      const used = to.server.cpu()
      const taken = await repeat(ROUND_MS, lanes, async (lane) => {
        const voter = next[lane] ?? lane
        next[lane] = voter + lanes < VOTERS ? voter + lanes : lane
        const turn = to.turns[voter] ?? 0
        to.turns[voter] = turn + 1
        const choice = CHOICES[turn % CHOICES.length] ?? 'for'
        await click({ voter: voter + 1, choice, card: posted, respondTo: new URL('/actions', to.api.url).href })
        to.clicks += 1
      })
      const cpu = to.server.cpu() - used
      close()
      await to.server.settle()
      return { ...taken, cpu }
    },
  }
}

/** @throws Error unless each click changed a vote: the figures would be of something else */
function checkClicks({ file, clicks }: Served): void {
  if (file === null) return
  const database = new Sqlite(file, { readonly: true })
  const kept = database.prepare("select count(*) from journal where command = 'votes.cast'").pluck().get()
  const unchanged = database
    .prepare('select count(*) from journal_payload where payload like \'%"unchanged":true%\'')
    .pluck()
    .get()
  database.close()
  if (kept !== clicks || unchanged !== 0)
    throw new Error(`of ${clicks} clicks ${kept} are journaled, ${unchanged} without effect`)
}

let figures: readonly Figures[]
try {
  const slow = { LD_PRELOAD: slowDisk(folder), SLOW_DISK_MS }
  const program = await built('slack-server')
  const bolt = await bare()
  const house = await quorate('slack', program)
  const onSlowDisk = await quorate('slack-slow', program, slow)
  const aCommitEach = await quorate('slack-alone', await built('slack-server', { alone: true }), slow)
  figures = await compare(Number(rounds), [
    clicking('a bare Bolt app, alone', bolt, house.api, 1),
    clicking(`a bare Bolt app, ${VOTERS} at once`, bolt, house.api, VOTERS),
    clicking('a vote, alone', house, house.api, 1),
    clicking(`a vote, ${VOTERS} at once`, house, house.api, VOTERS),
    clicking(`a vote, ${VOTERS} at once, slow disk`, onSlowDisk, onSlowDisk.api, VOTERS),
    clicking('the same, a commit each', aCommitEach, aCommitEach.api, VOTERS),
  ])
} finally {
  for (const { server, api } of opened) {
    await server.stop()
    api.close()
  }
}
for (const one of opened) checkClicks(one)
process.send?.(figures, () => process.disconnect())
