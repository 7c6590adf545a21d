import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import express from 'express'
import { Temporal } from 'temporal-polyfill'
import type { Bot } from '../../../src/bot.js'
import { tenantOf } from '../../../src/cli/boards.js'
import { features } from '../../../src/features.js'
import { newId } from '../../../src/kernel/ids.js'
import { type Clock, machineClock } from '../../../src/kernel/time.js'
import type { Logger } from '../../../src/log.js'
import { connectSlack, type Slack } from '../../../src/platforms/slack/connect.js'
import type { SlackSettings } from '../../../src/platforms/slack/settings.js'
import { type House, openHouse } from '../../../src/wiring.js'
import { KCSP_ROSTER } from '../../boards.js'
import { textOf } from '../../house.js'
import { openStandIn, type StandIn } from './stand-in/open.js'
import { plain } from './stand-in/plain.js'
import type { Seen, Visitor } from './stand-in/visitor.js'
import type { Workspace } from './stand-in/workspace.js'

export type Transport = 'socket' | 'http'

/** A clock that runs, and can be put forward. */
export interface RunningClock extends Clock {
  forward(duration: Temporal.DurationLike): void
  set(instant: string): void
}

export function runningClock(at: string): RunningClock {
  const real = machineClock()
  const between = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds - real.now().epochMilliseconds
  let ahead = between(at)
  const now = () => real.now().add({ milliseconds: ahead })
  return {
    now,
    forward: (duration) => {
      ahead = now().add(duration).epochMilliseconds - real.now().epochMilliseconds
    },
    set: (instant) => {
      ahead = between(instant)
    },
  }
}

/** A workspace that is connected, with everybody of the roster in it. */
export interface Connected {
  readonly slack: Slack
  readonly workspace: Workspace
  /** the board's channel */
  readonly channel: string
  /** where it is posted to; null: by a socket */
  readonly port: number | null
  as(name: string): Visitor
  /** Slack's id of somebody of the roster */
  userOf(name: string): string
}

/** A real house with one board, connected to the stand-in by one of the two transports. */
export interface SlackHouse extends Connected {
  readonly house: House
  readonly standIn: StandIn
  readonly clock: RunningClock
  readonly faults: unknown[]
  readonly lines: unknown[]
  /** of the database */
  readonly file: string
  /** another tenant's workspace in the same house, where there is one */
  readonly beside: Connected | null
  /** Waits until nothing is sent or delivered any more. */
  quiet(): Promise<void>
  close(): Promise<void>
}

interface Person {
  readonly Name: string
  readonly Email: string
}

/** The people of a roster who have an address. */
export const peopleOf = (csv: string): readonly Person[] => {
  const rows: Person[] = parse(csv, { columns: true, skip_empty_lines: true })
  const named = rows.filter(({ Name, Email }) => Name !== '' && Email !== '')
  return named.filter(({ Email }, at) => named.findIndex((one) => one.Email === Email) === at)
}

const KCSP = readFileSync(new URL('../../../src/boards/terms/kcsp-2025.yaml', import.meta.url))

/** What a house is opened for: a board's terms of reference and its roster. */
export interface BoardFiles {
  readonly terms: Buffer
  readonly roster: string
}

const KCSP_FILES: BoardFiles = { terms: KCSP, roster: KCSP_ROSTER }

/** Adopts a board's terms for a tenant and imports its roster, as the operator does. */
export async function setUp(house: House, tenant: string, { terms, roster }: BoardFiles = KCSP_FILES): Promise<void> {
  const subject = newId()
  const done = async (command: string, of: string, values: Readonly<Record<string, string>>) => {
    const answer = await house.bot.operate(tenant, { command, subject: of, values })
    if (answer.kind !== 'card') throw new Error(textOf(answer))
  }
  const { reading } = house.handles
  const kept = (table: 'terms' | 'roster_file') =>
    reading.selectFrom(table).select('id').where('board_id', '=', subject).executeTakeFirstOrThrow()
  await done('boards.set_up', subject, { file: terms.toString('base64') })
  await done('boards.approve', (await kept('terms')).id, { resolution: 'RESOLVED that the terms be approved' })
  await done('boards.read_roster', subject, { file: Buffer.from(roster).toString('base64') })
  await done('boards.import_roster', (await kept('roster_file')).id, {})
}

/** A workspace that is to be connected. */
interface Joined extends Connected {
  readonly settings: SlackSettings
  start(house: Parameters<Slack['start']>[0]): Promise<void>
  stop(): Promise<void>
}

interface Joining {
  readonly transport: Transport
  /** whose people are in it */
  readonly roster: string
  readonly callTimeout: number | undefined
  fault(where: string, error: unknown): void
}

/** Has everybody of the roster join a workspace, and asks Slack who Quorate is there. */
async function joined(
  standIn: StandIn,
  called: { readonly id: string; readonly name: string },
  { transport, roster, fault, callTimeout }: Joining,
): Promise<Joined> {
  const workspace = standIn.addWorkspace(called)
  const users = new Map(peopleOf(roster).map(({ Name, Email }) => [Name, workspace.addUser({ name: Name, email: Email })]))
  for (const [name, user] of users) named.set(user, name)
  const channel = workspace.addChannel({ name: 'kcsp', kind: 'private', members: [...users.values()] })
  const settings = {
    botToken: workspace.botToken,
    apiUrl: standIn.url,
    by: transport === 'socket' ? { socket: workspace.appToken } : { signingSecret: workspace.signingSecret },
  }
  const slack = await connectSlack({
    settings,
    systemClock: machineClock(),
    fault,
    ...(callTimeout === undefined ? {} : { callTimeout }),
  })
  let server: Server | null = null
  const userOf = (name: string): string => {
    const user = users.get(name)
    if (user === undefined) throw new Error(`nobody of the roster is called ${name}`)
    return user
  }
  return {
    settings,
    slack,
    workspace,
    channel,
    get port() {
      return server ? (server.address() as AddressInfo).port : null
    },
    userOf,
    as: (name) => workspace.as(userOf(name)),
    async start(house) {
      await slack.start(house)
      server = slack.routes ? await serving(slack.routes) : null
      if (server) await workspace.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
    },
    async stop() {
      await slack.stop()
      server?.close()
      server?.closeAllConnections()
    },
  }
}

export async function openSlackHouse({
  transport = 'socket',
  at = '2026-11-23T10:00:00Z',
  latencyMs = 0,
  publicUrl = null,
  answering = (bot) => bot,
  withBeside = false,
  callTimeout,
  board = KCSP_FILES,
  executed,
}: {
  transport?: Transport
  at?: string
  latencyMs?: number
  /** under which the addresses that people open are reached; null: there are none */
  publicUrl?: string | null
  /** who answers in the bot’s place */
  answering?: (bot: Bot, house: House) => Bot
  /** the same board once more, of another tenant, in a workspace of its own */
  withBeside?: boolean
  /** how long the stand-in may take over one call */
  callTimeout?: number
  board?: BoardFiles
  /** told of each statement as it is executed */
  executed?: (sql: string) => void
} = {}): Promise<SlackHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  const clock = runningClock(at)
  const standIn = await openStandIn({ latencyMs })
  const faults: unknown[] = []
  const lines: unknown[] = []
  const log: Logger = {
    act: (line, error) => {
      lines.push(line)
      if (error !== undefined) faults.push(error)
    },
    notice: (line, error) => {
      lines.push(line)
      if (line.outcome === 'fault') faults.push(error)
    },
    event: (event, detail) => lines.push({ event, ...detail }),
    fault: (_, error) => faults.push(error),
  }
  const connecting = (id: string, name: string) =>
    joined(standIn, { id, name }, { transport, roster: board.roster, fault: log.fault, callTimeout })
  const kent = await connecting('T0KENT', 'Kent')
  const beside = withBeside ? await connecting('T0MEDWAY', 'Medway') : null
  const all = beside ? [kent, beside] : [kent]
  const config = {
    port: 0,
    file: join(folder, 'quorate.db'),
    demonstration: false,
    keys: null,
    publicUrl,
    now: null,
    log: 'silent',
    slack: kent.settings,
    unattended: true,
  }
  const house = await openHouse({
    config,
    systemClock: clock,
    log,
    senders: (_writer, _clock, reading) => all.map(({ slack }) => slack.sender(reading)),
    ...(executed ? { executed } : {}),
  })
  await setUp(house, await tenantOf(house), board)
  const housed = { ...house, bot: answering(house.bot, house), reading: house.handles.reading, entrances: features.entrances }
  await kent.start(housed)
  if (beside) {
    const tenant = newId()
    await house.writer.write(async (tx) => {
      await tx.insertInto('tenant').values({ id: tenant, name: beside.workspace.team }).execute()
      await tx.insertInto('workspace').values({ platform: 'slack', id: beside.workspace.team, tenant_id: tenant }).execute()
    })
    await setUp(house, tenant, board)
    await beside.start(housed)
  }
  return {
    ...kent,
    beside,
    house,
    standIn,
    clock,
    faults,
    lines,
    file: config.file,
    async quiet() {
      await standIn.quiet()
      await house.outbox.drain()
      await standIn.quiet()
    },
    async close() {
      for (const one of all) await one.stop()
      await house.close()
      await standIn.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function serving(routes: express.Router): Promise<Server> {
  const server = createServer(express().use(routes))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** What people are called by whom Slack's clients show where somebody is mentioned. */
const named = new Map<string, string>()

/** A message in words, as a screen reader says it. */
export const wordsOf = ({ blocks }: Pick<Seen, 'blocks'>): string =>
  plain(blocks).replace(/@([UW][A-Z0-9]+)/g, (whole, user: string) => named.get(user) ?? whole)

/** The newest message that somebody sees somewhere. */
export function last(visitor: Visitor, where = 'direct'): Seen {
  const seen = visitor.conversation(where).at(-1)
  if (!seen) throw new Error('nothing has been said there')
  return seen
}
