import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import cron from 'node-cron'
import { type Config, configFrom, environment } from './config.js'
import { stageFor } from './demonstration/stage.js'
import { features } from './features.js'
import { StartError } from './kernel/start-error.js'
import { type Clock, machineClock } from './kernel/time.js'
import { type Logger, logger } from './log.js'
import { type AddressNeeds, addressRoutes } from './platforms/addresses/listen.js'
import type { Slack } from './platforms/slack/connect.js'
import type { SlackSettings } from './platforms/slack/settings.js'
import { type Hub, hub } from './platforms/web/hub.js'
import { mountPage } from './platforms/web/mount.js'
import { pageSender } from './platforms/web/send.js'
import { type House, openHouse } from './wiring.js'

/** Loopback only: on the demonstration's page anybody can be anybody. */
const HOST = '127.0.0.1'
/** How often another process's commits are looked for, in milliseconds. */
const WATCH_MS = 1_000
/** How long requests under way may take when it stops, in milliseconds. */
const GRACE_MS = 5_000

async function start(systemClock: Clock): Promise<void> {
  const config = configFrom(environment())
  const log = logger(config.log)
  const pages = hub((error) => log.fault('page', error))
  const slack = await connected(config, systemClock, log)
  let port = config.port
  const house = await openHouse({
    config,
    port: () => port,
    systemClock,
    log,
    senders: (writer, clock, reading) => [pageSender(writer, clock, pages.changed), ...(slack ? [slack.sender(reading)] : [])],
  })
  if (slack && house.demonstration) {
    await house.close()
    throw new StartError(`${config.file} is a demonstration, and its people are invented. Name a real database in DATABASE_URL.`)
  }
  await pages.follow(house.handles.reading)
  const server = createServer(routes({ ...house, systemClock }, { pages, log, slack }))
  await listening(server, config.port)
  port = (server.address() as AddressInfo).port
  try {
    await slack?.start({ ...house, reading: house.handles.reading, entrances: features.entrances })
  } catch (error) {
    server.close()
    await house.close()
    throw error
  }
  const alarms = await setAlarms(house, { pages, log, slack })
  log.event('started', { port })
  await greet(house, config, `http://${HOST}:${port}`)
  stopOn(['SIGTERM', 'SIGINT'], async () => {
    log.event('stopping')
    alarms()
    pages.end()
    try {
      await slack?.stop()
      await closed(server)
      await house.close()
      log.event('stopped')
    } catch (error) {
      log.fault('stop', error)
      process.exitCode = 1
    }
  })
}

/** A platform is loaded where it is configured, and not elsewhere. @throws StartError where it does not take us */
async function connected({ slack: settings }: Config, systemClock: Clock, log: Logger): Promise<Slack | null> {
  if (!settings) return null
  const { connectSlack } = await import('./platforms/slack/connect.js')
  return connectSlack({ settings, systemClock, fault: log.fault })
}

interface Served {
  readonly pages: Hub
  readonly log: Logger
  readonly slack: Slack | null
}

function routes(house: House & { readonly systemClock: Clock }, { pages, log, slack }: Served) {
  const app = express().disable('x-powered-by')
  app.get('/healthz', async (_, response) => {
    try {
      await house.handles.reading.selectFrom('board').select('id').limit(1).execute()
      response.json({ status: 'ok' })
    } catch (error) {
      log.fault('healthz', error)
      response.status(503).json({ status: 'the database cannot be read' })
    }
  })
  if (slack?.routes) app.use(slack.routes)
  // Before the page, whose guard takes its own pages' requests alone.
  if (house.publicUrl() !== null || house.demonstration) app.use(addressRoutes(addressNeeds(house, log)))
  if (house.demonstration) {
    const stage = stageFor(house.handles.reading, house.demonstration, house.tick)
    mountPage(app, { ...house, reading: house.handles.reading, hub: pages, stage }, (error) => log.fault('page', error))
  }
  return app
}

const addressNeeds = (house: House, log: Logger): AddressNeeds => ({
  ...house,
  addresses: features.addresses,
  reading: house.handles.reading,
  onlyHere: house.demonstration !== null,
  log: (fault, error) => log.fault(`addresses ${fault}`, error),
})

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken
          ? new StartError(`Port ${port} is in use. Stop what uses it, or set PORT to another, as in PORT=3979 npm start.`)
          : error,
      )
    })
    server.listen(port, HOST, resolve)
  })
}

/** The tick each minute; and each second what has come due to the second, and what another process, such as `quorate say`, has committed. */
async function setAlarms(house: House, { pages, log, slack }: Served): Promise<() => void> {
  const tick = async () => {
    void slack?.look().catch((error: unknown) => log.fault('look', error))
    await house.tick().catch((error: unknown) => log.fault('tick', error))
  }
  await tick()
  const minute = cron.schedule('* * * * *', tick)
  let seen = house.handles.changes()
  const watch = setInterval(() => {
    // A vote closes at its second, and not at the next minute.
    house.bot.doDue().catch((error: unknown) => log.fault('due', error))
    const changes = house.handles.changes()
    if (changes === seen) return
    seen = changes
    house.outbox.wake()
    pages.changed()
  }, WATCH_MS)
  return () => {
    void minute.stop()
    clearInterval(watch)
  }
}

async function greet(house: House, config: Config, address: string): Promise<void> {
  if (!house.demonstration) {
    const chat = config.slack === null ? 'No chat is connected yet' : slackInWords(config.slack, address)
    process.stdout.write(`Quorate is running. ${chat}; ${address}/healthz says whether it is well.\n`)
    const board = await house.handles.reading.selectFrom('board').select('id').limit(1).executeTakeFirst()
    if (!board) process.stdout.write(BEGIN)
    return
  }
  process.stdout.write(`The demonstration is open at ${address}\nIts people are invented. Stop it with Ctrl+C.\n`)
  if (!process.stdout.isTTY || config.unattended) return
  const { default: open } = await import('open')
  await open(address).catch(() => undefined)
}

const BEGIN = `It holds no board yet. In another terminal, with the same settings:
  npx quorate terms adopt FILE --resolution "RESOLVED that …"   its terms of reference, as in src/boards/terms/kcsp-2025.yaml
  npx quorate roster import FILE --board KCSP                    who is on it; quorate roster template prints an example
  npx quorate doctor                                             what is still to be mended
Then invite Quorate to the board's channel, and as its clerk say there: /quorate link KCSP
`

const slackInWords = ({ by }: SlackSettings, address: string): string =>
  'socket' in by ? 'Slack is connected by Socket Mode' : `Slack is awaited at ${address}/slack/events`

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(end)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function stopOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void stop().then(() => process.exit())
    })
  }
}

try {
  await start(machineClock())
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
