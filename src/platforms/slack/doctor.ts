import { WebClient } from '@slack/web-api'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import type { Clock } from '../../kernel/time.js'
import { type Call, callingWith, clientOptions, NoAnswer } from './client.js'
import { conversationOf } from './places.js'
import { OPTIONAL_SCOPES, SCOPES } from './scopes.js'
import type { SlackSettings } from './settings.js'
import { CLOCK_SECONDS } from './waits.js'
import { PLATFORM, REFUSED_TOKENS } from './workspace.js'

/** One thing that was looked at: how it is, and what to do where it is not well. */
export interface Finding {
  readonly about: string
  readonly says: string
  /** null: it is well */
  readonly mend: string | null
}

interface Needs {
  readonly settings: SlackSettings
  readonly reading: Db
  readonly publicUrl: string | null
  readonly systemClock: Clock
}

const Introduced = z.object({
  team: z.string().optional(),
  team_id: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})

const well = (about: string, says: string): Finding => ({ about, says, mend: null })
const ill = (about: string, says: string, mend: string): Finding => ({ about, says, mend })

/** Looks whether Slack would take what Quorate sends, and can reach it. Changes nothing; says nothing of the tokens. */
export async function slackFindings({ settings, reading, publicUrl, systemClock }: Needs): Promise<readonly Finding[]> {
  const call = callingWith(settings.botToken, settings.apiUrl, systemClock)
  try {
    const { team, team_id, response_metadata } = await call('auth.test', {}, Introduced)
    return [
      well('token', `it is taken, in the workspace ${team ?? team_id}`),
      ...scopes(response_metadata?.scopes ?? []),
      await clock(settings, systemClock),
      await transport(settings, publicUrl, systemClock),
      ...(await places(call, reading, team_id)),
      await people(reading, team_id),
    ]
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const refused = REFUSED_TOKENS[error.why]
    return [
      refused === undefined
        ? ill('token', `Slack cannot be reached (${error.why})`, 'Look at the network, and at SLACK_API_URL where it is set.')
        : ill('token', `Slack does not take SLACK_BOT_TOKEN: ${refused}`, 'Copy the Bot User OAuth Token of the app anew.'),
    ]
  }
}

function scopes(given: readonly string[]): readonly Finding[] {
  const missing = Object.keys(SCOPES).filter((scope) => !given.includes(scope))
  const needless = given.filter((scope) => !(scope in SCOPES) && !OPTIONAL_SCOPES.includes(scope))
  return [
    missing.length === 0
      ? well('scopes', `all that are needed are there${withoutOptional(given)}`)
      : ill('scopes', `missing: ${missing.join(', ')}`, 'Add them under OAuth & Permissions, and install the app anew.'),
    ...(needless.length === 0
      ? []
      : [
          ill('scopes', `not needed: ${needless.join(', ')}`, 'Take them away, so that a lost token opens no more than it must.'),
        ]),
  ]
}

/** What it cannot do without the scopes that it may be given besides. */
function withoutOptional(given: readonly string[]): string {
  const missing = OPTIONAL_SCOPES.filter((scope) => !given.includes(scope))
  if (missing.length === 0) return ''
  return `; without ${missing.join(' and ')}, a message that Slack took too long over may stand in a channel twice`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** When a server says that it answered, in milliseconds since the epoch: `Sun, 22 Nov 2026 19:58:26 GMT` [RFC 9110, 5.6.7]. */
function dateOf({ headers }: Response): number | null {
  const read = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(headers.get('date') ?? '')
  const month = MONTHS.indexOf(read?.[2] ?? '') + 1
  if (!read || month === 0) return null
  return Temporal.Instant.from(`${read[3]}-${String(month).padStart(2, '0')}-${read[1]}T${read[4]}Z`).epochMilliseconds
}

/** Slack’s clock, as the date of an answer has it, against ours: what is signed too far from it is refused. */
async function clock({ botToken, apiUrl }: SlackSettings, systemClock: Clock): Promise<Finding> {
  let theirs = null as number | null
  const dated: typeof fetch = async (...given) => {
    const response = await fetch(...given)
    theirs = dateOf(response)
    return response
  }
  await new WebClient(botToken, { ...clientOptions(apiUrl), fetch: dated }).apiCall('auth.test').catch(() => undefined)
  if (theirs === null) return well('clock', 'Slack’s answer had no date to compare with')
  const apart = Math.round(Math.abs(systemClock.now().epochMilliseconds - theirs) / 1_000)
  if (apart <= CLOCK_SECONDS / 5) return well('clock', `${apart} s from Slack’s`)
  return ill(
    'clock',
    `${apart} s from Slack’s; at ${CLOCK_SECONDS} s it refuses what Slack sends`,
    'Set this machine’s clock, with NTP.',
  )
}

async function transport({ by, apiUrl }: SlackSettings, publicUrl: string | null, systemClock: Clock): Promise<Finding> {
  if ('socket' in by) {
    try {
      await callingWith(by.socket, apiUrl, systemClock)('apps.connections.open', {}, z.object({ url: z.string() }))
      return well('address', 'by Socket Mode, which needs none')
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      const mend = 'Make an app-level token with the scope connections:write under Basic Information, and turn Socket Mode on.'
      return ill('address', `Slack does not take SLACK_APP_TOKEN (${error.why})`, mend)
    }
  }
  if (publicUrl === null)
    return ill(
      'address',
      'PUBLIC_URL is not set',
      'Set it to the address at which Slack reaches this machine, as in https://quorate.example.org.',
    )
  const reached = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(10_000) })
    .then(({ ok }) => ok)
    .catch(() => false)
  return reached
    ? well('address', `${publicUrl} answers; Slack’s request URLs are to be ${publicUrl}/slack/events`)
    : ill(
        'address',
        `${publicUrl}/healthz does not answer`,
        'Start Quorate, and look whether the proxy passes requests on to it.',
      )
}

async function places(call: Call, reading: Db, workspace: string): Promise<readonly Finding[]> {
  const linked = await reading
    .selectFrom('place')
    .innerJoin('board', 'board.id', 'place.board_id')
    .where('place.platform', '=', PLATFORM)
    .where('place.workspace', '=', workspace)
    .select(['place.id', 'place.kind', 'board.short_name'])
    .orderBy('board.short_name')
    .execute()
  if (linked.length === 0)
    return [
      ill(
        'places',
        'no channel is linked to a board',
        'Invite Quorate to the board’s channel, and say there: /quorate link KCSP',
      ),
    ]
  return Promise.all(
    linked.map(async ({ id, kind, short_name: board }) => {
      const about = `place ${id}`
      try {
        const now = await conversationOf(call, id)
        if (!now.member) return ill(about, `Quorate is not in the channel of ${board}`, 'Invite it there: /invite @Quorate')
        if (now.kind !== kind)
          return ill(
            about,
            `the channel of ${board} is ${now.kind} now, and was linked as ${kind}`,
            `Say there: /quorate link ${board}`,
          )
        return well(about, `the channel of ${board}, ${kind}`)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return ill(
          about,
          `the channel of ${board} is not reached (${error.why})`,
          `Invite Quorate to another, and say there: /quorate link ${board}`,
        )
      }
    }),
  )
}

async function people(reading: Db, workspace: string): Promise<Finding> {
  const { known } = await reading
    .selectFrom('identity')
    .where('platform', '=', PLATFORM)
    .where('workspace', '=', workspace)
    .select((row) => row.fn.countAll<number>().as('known'))
    .executeTakeFirstOrThrow()
  return well(
    'people',
    `${known} people are known in this workspace; the others of the rosters are looked for by their addresses while Quorate runs`,
  )
}
