import { existsSync } from 'node:fs'
import { z } from 'zod'
import { StartError } from './kernel/start-error.js'
import type { SlackSettings } from './platforms/slack/settings.js'

/** A setting left blank is a setting not made. */
const blankIsUnset = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)

const optional = <Inner extends z.ZodType>(inner: Inner) => z.preprocess(blankIsUnset, inner.optional())

const LOOPBACK_URL = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/

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
  SLACK_BOT_TOKEN: optional(
    z
      .string()
      .trim()
      .regex(/^xoxb-[\w-]+$/, 'must be the bot’s token, which begins with xoxb- and stands under OAuth & Permissions of the app'),
  ),
  SLACK_APP_TOKEN: optional(
    z
      .string()
      .trim()
      .regex(
        /^xapp-[\w-]+$/,
        'must be an app-level token, which begins with xapp- and stands under Basic Information of the app',
      ),
  ),
  SLACK_SIGNING_SECRET: optional(
    z
      .string()
      .trim()
      .regex(
        /^[0-9a-f]{32}$/i,
        'must be the signing secret, 32 hexadecimal digits, which stands under Basic Information of the app',
      ),
  ),
  SLACK_API_URL: optional(
    z
      .string()
      .trim()
      .refine(
        (url) => URL.canParse(url) && (url.startsWith('https://') || LOOPBACK_URL.test(url)),
        'must be an https address, or one of this machine, as in http://127.0.0.1:4000/api/',
      ),
  ),
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
  /** null: Slack is not connected */
  readonly slack: SlackSettings | null
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
  const slack = slackFrom(read.data)
  if (slack && DATABASE_URL === undefined)
    throw new StartError(
      'SLACK_BOT_TOKEN connects a real board, and the demonstration is none. Name a database in DATABASE_URL, as in file:data/quorate.db.',
    )
  return {
    port: PORT ?? 3978,
    file: DATABASE_URL === undefined ? DEMONSTRATION_FILE : DATABASE_URL.slice('file:'.length),
    demonstration: DATABASE_URL === undefined,
    keys: QUORATE_KEYS_DIR ?? null,
    publicUrl: PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    now: QUORATE_NOW ?? null,
    log: QUORATE_LOG ?? 'info',
    slack,
    unattended: CI !== undefined,
  }
}

/** @throws StartError where a setting of Slack is missing, or two contradict each other */
function slackFrom(settings: z.infer<typeof Environment>): SlackSettings | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: socket, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL } = settings
  if (botToken === undefined) {
    const alone = socket === undefined ? (signingSecret === undefined ? null : 'SLACK_SIGNING_SECRET') : 'SLACK_APP_TOKEN'
    if (alone === null) return null
    throw new StartError(`${alone} is set and SLACK_BOT_TOKEN is not. Set it too, or neither.`)
  }
  const apiUrl = SLACK_API_URL?.replace(/\/*$/, '/') ?? null
  if (socket !== undefined && signingSecret !== undefined)
    throw new StartError(
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set, and each is another way to connect. Keep SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for requests over HTTP.',
    )
  if (socket !== undefined) return { botToken, by: { socket }, apiUrl }
  if (signingSecret !== undefined) return { botToken, by: { signingSecret }, apiUrl }
  throw new StartError(
    'SLACK_BOT_TOKEN is set and nothing says how Slack reaches Quorate. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for requests over HTTP.',
  )
}
