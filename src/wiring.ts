import { basename, dirname, join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { type Bot, bot } from './bot.js'
import type { Config } from './config.js'
import { forgetDeliveries } from './db/delivery.js'
import { filesOnDisk, removeLeftovers } from './db/files.js'
import { migrate } from './db/migrate.js'
import { type Handles, openSqlite } from './db/open.js'
import type { Db } from './db/schema.js'
import { forgetUploads, WAITS } from './db/upload.js'
import { vaultOnDisk } from './db/vault.js'
import { groupingWriter, type Writer } from './db/write.js'
import { boardTime, type DemonstrationClock, demonstrationClock, saveClock } from './demonstration/clock.js'
import { fillDemonstration, isDemonstration, isEmpty } from './demonstration/fill.js'
import { features } from './features.js'
import type { Files } from './kernel/files.js'
import { StartError } from './kernel/start-error.js'
import type { Clock } from './kernel/time.js'
import type { Vault } from './kernel/vault.js'
import type { Logger } from './log.js'
import type { Loss } from './outbox/attempt.js'
import { type Outbox, outbox } from './outbox/deliver.js'
import type { Sender } from './outbox/sender.js'
import { planWhatIsNot, tick } from './outbox/tick.js'

/** An open house: everything that stands between a database and the platforms. */
export interface House {
  readonly handles: Handles
  readonly writer: Writer
  /** the papers that were sent */
  readonly files: Files
  /** the keys of secret ballots */
  readonly vault: Vault
  readonly bot: Bot
  readonly outbox: Outbox
  readonly boardClock: Clock
  /** the clock of the demonstration, which can be moved; null in a real database */
  readonly demonstration: DemonstrationClock | null
  /** under which the addresses that people open are reached; null: there are none */
  publicUrl(): string | null
  /** Does and asks what fell due, sends what waits, and forgets what is kept for a time only. */
  tick(): Promise<void>
  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>
}

interface Opening {
  readonly config: Config
  readonly systemClock: Clock
  readonly log: Logger
  /** the platforms that can send, made once there is a writer */
  senders(writer: Writer, boardClock: Clock, reading: Db): readonly Sender[]
  /** where the server listens once it does; without it, `config.port` */
  readonly port?: () => number
  /** told of each statement as it is executed, for counting */
  readonly executed?: (sql: string) => void
}

/**
 * Opens the database, brings it up to date and, if it is the demonstration's and empty, fills it.
 * @throws StartError with a sentence that says what to do
 */
export async function openHouse({ config, systemClock, log, senders, port, executed }: Opening): Promise<House> {
  const folder = papersBeside(config.file)
  const handles = openSqlite(config.file, executed)
  try {
    await migrate(handles.writing)
    const writer = groupingWriter(handles.writing, handles.inTransaction)
    if (config.demonstration && (await isEmpty(handles.reading))) {
      const now = startOf(config) ?? systemClock.now()
      const ahead = now.epochMilliseconds - systemClock.now().epochMilliseconds
      await writer.write(async (tx) => {
        if (await isEmpty(tx)) await fillDemonstration(tx, now, ahead)
      })
    }
    const demonstration = await movedClock(config, handles, writer, systemClock)
    const boardClock = demonstration ?? systemClock
    const reading = handles.reading
    let planned = false
    const publicUrl = () => config.publicUrl ?? (demonstration ? loopbackAt(port?.() ?? config.port) : null)
    await removeLeftovers(folder)
    let toScrub = false
    const scrub = async () => {
      toScrub = true
      await writer.between(handles.emptyLog)
      toScrub = false
    }
    const files = filesOnDisk(folder, systemClock)
    const vault = vaultOnDisk(config.keys ?? keysBeside(config.file), scrub)
    // What cannot be tidied now is tidied later, and holds up nothing else.
    const tidy = async () => {
      for (const work of features.tidied) await work(reading, vault).catch((error: unknown) => log.fault('tidy', error))
      if (toScrub) await scrub().catch((error: unknown) => log.fault('tidy', error))
    }
    await tidy()
    const telling = outbox({
      reading,
      writer,
      notices: features.notices,
      senders: senders(writer, boardClock, reading),
      boardClock,
      systemClock,
      lost: (loss) => lost(loss),
      found: (workspace) => door.report({ ...workspace, state: 'found', why: 'a message was taken' }),
      log: log.notice,
    })
    const committed = telling.wake
    const door = bot({ reading, writer, features, files, vault, publicUrl, boardClock, systemClock, log: log.act, committed })
    const lost = async ({ to: { platform, workspace, ...to }, what, why }: Loss) =>
      door.report({ platform, workspace, ...(what === 'workspace' ? {} : to), state: 'lost', why })
    return {
      handles,
      writer,
      outbox: telling,
      boardClock,
      demonstration,
      publicUrl,
      files,
      vault,
      bot: door,
      async tick() {
        const now = systemClock.now()
        await writer.write((tx) => forgetDeliveries(tx, now))
        const unused = await writer.write((tx) => forgetUploads(tx, now))
        for (const sha256 of unused) await files.forget(sha256, now.subtract(WAITS))
        const ticking = { reading, writer, notices: features.notices }
        const fault = (error: unknown) => log.fault('tick', error)
        await tidy()
        await door.doDue()
        if (!planned) planned = await planWhatIsNot(ticking, boardClock, fault)
        await tick(ticking, boardClock, fault)
        telling.wake()
      },
      async close() {
        await telling.close()
        await writer.close()
        await handles.close()
      },
    }
  } catch (error) {
    await handles.close()
    throw error
  }
}

/**
 * The folder of a database's papers, `papers/quorate.db` beside `quorate.db`: each has its own, so that none removes what
 * another still keeps.
 */
const papersBeside = (file: string): string => join(dirname(file), 'papers', basename(file))

/** The folder of a database's keys, `keys/quorate.db` beside `quorate.db`. */
const keysBeside = (file: string): string => join(dirname(file), 'keys', basename(file))

/** The page's own address on this machine; null while nobody knows its port. */
const loopbackAt = (port: number): string | null => (port === 0 ? null : `http://127.0.0.1:${port}`)

/** The demonstration's clock, where QUORATE_NOW puts it; null on a real database, whose clock nobody moves. */
async function movedClock(
  config: Config,
  { reading }: Handles,
  writer: Writer,
  systemClock: Clock,
): Promise<DemonstrationClock | null> {
  if (!(await isDemonstration(reading))) {
    const { demonstration: wanted, now, file } = config
    if (wanted) throw new StartError(`${file} is not a demonstration. Name a real database in DATABASE_URL, as in file:${file}.`)
    if (now !== null)
      throw new StartError('QUORATE_NOW moves the clock of a demonstration only. Leave it unset for a real database.')
    return null
  }
  const save = (aheadMs: number) => writer.write((tx) => saveClock(tx, aheadMs))
  return demonstrationClock(reading, save, systemClock, startOf(config))
}

/** When QUORATE_NOW lets the board's clock begin, or null where it is not set. */
function startOf({ now }: Config): Temporal.Instant | null {
  if (now === null) return null
  const start = boardTime(now)
  if (start === null) throw new StartError(`There is no such day and time as ${now}. Set QUORATE_NOW to one that there is.`)
  return start
}
