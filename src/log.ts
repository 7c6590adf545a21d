import pino from 'pino'
import type { ActLine } from './bot.js'
import type { NoticeLine } from './outbox/attempt.js'

/** Structured lines on standard error; none holds a name, an address, a word that was said, or a secret. */
export interface Logger {
  act(line: ActLine, error?: unknown): void
  notice(line: NoticeLine, error?: unknown): void
  event(event: string, detail?: Readonly<Record<string, string | number>>): void
  fault(where: string, error: unknown): void
}

/** What of an error may be kept: its kind, its code and its place in our code; a message may hold what was typed. */
function trace(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    error: error.name,
    code,
    at: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8),
  }
}

/** @param level pino's: `info`, `silent` and so on */
export function logger(level: string): Logger {
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))
  return {
    act: (line, error) => (error === undefined ? log.info(line) : log.error({ ...line, ...trace(error) })),
    notice: (line, error) => {
      if (line.outcome === 'fault') log.error({ ...line, ...trace(error) })
      else if (line.outcome === 'failed') log.warn(line)
      else log.info(line)
    },
    event: (event, detail) => log.info({ event, ...detail }),
    fault: (where, error) => log.error({ fault: where, ...trace(error) }),
  }
}
