import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { features } from '../../../src/features.js'
import { seedOf } from '../../faults/numbers.js'
import { envelopes, hostile, type Known } from './bodies.js'
import { last, openSlackHouse, type SlackHouse, type Transport, wordsOf } from './setting.js'
import { sendingTo, signatureOf } from './signed.js'

const BODIES = 20_000
const ENVELOPES = 1_000
/** Requests that are under way at once. */
const AT_ONCE = 16
/** Milliseconds within which Slack is to be answered. */
const IN_TIME = 3_000
const CLERK = 'Grace Holloway'
const MEMBER = 'Daniel Okafor'

let opened: SlackHouse
/** what would have ended the process */
let uncaught: unknown[]
const catching = (error: unknown): void => void uncaught.push(error)

beforeEach(() => {
  uncaught = []
  process.on('unhandledRejection', catching)
  process.on('uncaughtException', catching)
})
afterEach(async () => {
  await opened.close()
  process.off('unhandledRejection', catching)
  process.off('uncaughtException', catching)
})

/** A house whose channel is linked, whose people are known and who are called to a meeting; nothing waits any more. */
async function settled(transport: Transport): Promise<Known> {
  opened = await openSlackHouse({ transport })
  const { standIn, workspace, channel, slack, house } = opened
  standIn.lenient = true
  const clerk = opened.as(CLERK)
  await clerk.command(channel, 'link KCSP')
  await clerk.command('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
  await slack.look()
  const member = opened.as(MEMBER)
  await member.say('direct', 'help')
  await opened.quiet()
  await everythingSent()
  const { id: meeting } = await house.handles.reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  return {
    team: workspace.team,
    app: workspace.appId,
    member: member.user,
    channel,
    direct: last(member).channel,
    bot: workspace.botUser,
    meeting,
    commands: [...features.commands.keys()],
    responseUrl: new URL('/actions/T0KENT/none', standIn.url).href,
  }
}

async function everythingSent(): Promise<void> {
  const waiting = async () =>
    (await opened.house.handles.reading.selectFrom('notice').select('id').where('state', '=', 'waiting').execute()).length
  for (let tries = 0; tries < 60 && (await waiting()) > 0; tries += 1) {
    opened.clock.forward({ seconds: 1 })
    await opened.quiet()
  }
  expect(await waiting()).toBe(0)
}

/** What stands in every table: its rows and a hash of them. A delivery that was refused is kept, and nothing else of it. */
async function standing(): Promise<Readonly<Record<string, string>>> {
  const db = opened.house.handles.reading
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`.execute(db)
  const found: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const where = name === 'delivery' ? sql`where outcome <> 'refused'` : sql``
    const { rows } = await sql`select * from ${sql.table(name)} ${where}`.execute(db)
    const sorted = rows.map((row) => JSON.stringify(row)).sort()
    found[name] = `${rows.length} rows, ${createHash('sha256').update(sorted.join('\n')).digest('hex')}`
  }
  return found
}

/** What nobody outside is to read: where we are, how we are built, what opens the workspace. */
const TELLS = () =>
  new RegExp(
    `\\n\\s+at |node_modules|${process.cwd()}|quorate\\.db|xox[bp]-|xapp-|${opened.workspace.signingSecret}|SqliteError|TypeError`,
  )

async function worksStill(): Promise<void> {
  const member = opened.as(MEMBER)
  await member.say('direct', 'apologies for the next meeting, Ruth Hale will substitute')
  await opened.quiet()
  expect(member.conversation().map(wordsOf).join('\n')).toContain('You send apologies.')
}

test(`${BODIES} bodies that Slack would not send, each rightly signed, are answered in time and change nothing`, async () => {
  const known = await settled('http')
  const { send, close } = sendingTo(opened.port ?? 0, '/slack/events')
  const before = await standing()
  const seed = seedOf('hostile bodies')
  const bodies = fc.sample(hostile(known), { seed, numRuns: BODIES })
  const wrong: string[] = []
  const counts = new Map<number, number>()
  let slowest = 0
  const began = performance.now()
  const tells = TELLS()
  const left = bodies.entries()
  const one = async (): Promise<void> => {
    for (const [nth, { type, body }] of left) {
      const timestamp = String(Math.floor(Date.now() / 1_000))
      const signature = signatureOf(opened.workspace.signingSecret, timestamp, body)
      const got = await send({
        method: 'POST',
        headers: [
          ['content-type', type],
          ['x-slack-request-timestamp', timestamp],
          ['x-slack-signature', signature],
        ],
        body,
      })
      counts.set(got.status, (counts.get(got.status) ?? 0) + 1)
      slowest = Math.max(slowest, got.took)
      const shown = `${nth}, ${type}: ${body.toString().slice(0, 400)}`
      if (got.took > IN_TIME || ![200, 400, 401, 415].includes(got.status))
        wrong.push(`${got.status} after ${got.took} ms to ${shown}`)
      if (tells.test(got.body)) wrong.push(`told ${got.body.slice(0, 400)} to ${shown}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  close()
  await opened.quiet()
  const seconds = (performance.now() - began) / 1_000
  console.info(
    `${BODIES} bodies in ${seconds.toFixed(1)} s, the slowest in ${Math.round(slowest)} ms, answered ${JSON.stringify([...counts])}; ${opened.faults.length} faults logged`,
  )
  expect({ seed, uncaught, wrong: wrong.slice(0, 10) }).toEqual({ seed, uncaught: [], wrong: [] })
  expect(await standing()).toEqual(before)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  await worksStill()
}, 240_000)

test(`${ENVELOPES} envelopes that Slack would not send end neither the process nor the connection, and change nothing`, async () => {
  const known = await settled('socket')
  const before = await standing()
  const seed = seedOf('hostile envelopes')
  const connections = () => opened.standIn.calls.filter(({ method }) => method === 'apps.connections.open').length
  const connected = connections()
  for (const envelope of fc.sample(envelopes(known), { seed, numRuns: ENVELOPES })) {
    opened.standIn.sendRaw(envelope)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await opened.quiet()
  expect({ seed, uncaught }).toEqual({ seed, uncaught: [] })
  expect(connections()).toBe(connected)
  expect(await standing()).toEqual(before)
  await worksStill()
}, 120_000)
