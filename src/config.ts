import { existsSync } from 'node:fs'
import { z } from 'zod'
import { StartError } from './kernel/start-error.js'

/** A setting left blank is a setting not made. */
const blankIsUnset = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)

const optional = <Inner extends z.ZodType>(inner: Inner) => z.preprocess(blankIsUnset, inner.optional())

const PUBLIC_URL_WANTED = 'must be an address without a question mark, as in https://quorate.example.org'

/** Every setting of ours, by its name. */
export const Environment = z.object({
  PORT: optional(z.coerce.number('must be a number').int('must be a whole number').min(0).max(65_535, 'must be at most 65535')),
  DATABASE_URL: optional(z.string().regex(/^file:./, 'must begin with file: and name a file, as in file:data/quorate.db')),
  PUBLIC_URL: optional(
    z
      .string()
      .trim()
      .regex(/^https?:\/\/[^\s?#@]+$/i, PUBLIC_URL_WANTED)
      .refine((url) => URL.canParse(url), PUBLIC_URL_WANTED),
  ),
  QUORATE_KEYS_DIR: optional(z.string()),
  QUORATE_NOW: optional(z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'must look like 2025-07-14T09:55')),
  CI: optional(z.string()),
  QUORATE_LOG: optional(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be one of fatal, error, warn, info, debug, silent'),
  ),
})

export interface Config {
  readonly port: number
  /** path of the SQLite file */
  readonly file: string
  /** no database was named: the demonstration, made if it is not there */
  readonly demonstration: boolean
  /** folder of the keys of secret ballots, which no backup takes; null: left unset */
  readonly keys: string | null
  /** under which people open papers and calendars, without a slash at its end; null: left unset */
  readonly publicUrl: string | null
  /** where the demonstration's clock starts, in the board's zone: `2025-07-14T09:55` */
  readonly now: string | null
  readonly log: string
  /** nobody is there to look: no browser is opened */
  readonly unattended: boolean
}

export const DEMONSTRATION_FILE = 'data/demo.db'

/** The environment, with what a file `.env` adds to it: the only place that reads it. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

/**
 * Reads the settings.
 * @throws StartError with a line a setting that is wrong
 */
export function configFrom(environment: NodeJS.ProcessEnv): Config {
  const read = Environment.safeParse(environment)
  if (!read.success) {
    const lines = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`)
    throw new StartError(lines.join('\n'))
  }
  const { PORT, DATABASE_URL, PUBLIC_URL, QUORATE_KEYS_DIR, QUORATE_NOW, QUORATE_LOG, CI } = read.data
  return {
    port: PORT ?? 3978,
    file: DATABASE_URL === undefined ? DEMONSTRATION_FILE : DATABASE_URL.slice('file:'.length),
    demonstration: DATABASE_URL === undefined,
    keys: QUORATE_KEYS_DIR ?? null,
    publicUrl: PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    now: QUORATE_NOW ?? null,
    log: QUORATE_LOG ?? 'info',
    unattended: CI !== undefined,
  }
}
