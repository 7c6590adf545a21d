import type { Temporal } from 'temporal-polyfill'
import { type Bot, bot } from './bot.js'
import type { Config } from './config.js'
import { forgetDeliveries } from './db/delivery.js'
import { migrate } from './db/migrate.js'
import { type Handles, openSqlite } from './db/open.js'
import { groupingWriter, type Writer } from './db/write.js'
import { boardTime, type DemonstrationClock, demonstrationClock, saveClock } from './demonstration/clock.js'
import { fillDemonstration, isDemonstration, isEmpty } from './demonstration/fill.js'
import { features } from './features.js'
import { StartError } from './kernel/start-error.js'
import type { Clock } from './kernel/time.js'
import type { Logger } from './log.js'
import type { Sender } from './outbox/attempt.js'
import { type Outbox, outbox } from './outbox/deliver.js'
import { tick } from './outbox/tick.js'

/** An open house: everything that stands between a database and the platforms. */
export interface House {
  readonly handles: Handles
  readonly writer: Writer
  readonly bot: Bot
  readonly outbox: Outbox
  readonly boardClock: Clock
  /** the clock of the demonstration, which can be moved; null in a real database */
  readonly demonstration: DemonstrationClock | null
  /** Asks what fell due, sends what waits, and forgets what is kept for a time only. */
  tick(): Promise<void>
  /** Finishes what is under way and lets go of the database. */
  close(): Promise<void>
}

interface Opening {
  readonly config: Config
  readonly systemClock: Clock
  readonly log: Logger
  /** the platforms that can send, made once there is a writer */
  senders(writer: Writer, boardClock: Clock): readonly Sender[]
  /** told of each statement as it is executed, for counting */
  readonly executed?: (sql: string) => void
}

/**
 * Opens the database, brings it up to date and, if it is the demonstration's and empty, fills it.
 * @throws StartError with a sentence that says what to do
 */
export async function openHouse({ config, systemClock, log, senders, executed }: Opening): Promise<House> {
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
    const telling = outbox({
      reading,
      writer,
      notices: features.notices,
      senders: senders(writer, boardClock),
      boardClock,
      systemClock,
      log: log.notice,
    })
    return {
      handles,
      writer,
      outbox: telling,
      boardClock,
      demonstration,
      bot: bot({
        reading,
        writer,
        features,
        boardClock,
        systemClock,
        publicUrl: config.publicUrl,
        log: log.act,
        committed: telling.wake,
      }),
      async tick() {
        await writer.write((tx) => forgetDeliveries(tx, systemClock.now()))
        await tick({ reading, writer, notices: features.notices }, boardClock)
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
