import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sheet } from './render.js'
import { CALL_TIMEOUT_MS } from './waits.js'

/** Where Slack takes what is said in return to a command or a press; with another server than Slack's, that server. */
const SLACKS_HOOKS = 'https://hooks.slack.com'

export interface Said {
  /** in place of what was pressed */
  readonly instead?: boolean
  /** for everybody who reads there, as in a direct conversation; else for the speaker alone */
  readonly lasting?: boolean
}

/** Says something in return to a command or a press, at the address that came with it; five times in half an hour. */
export type Respond = (address: string | undefined, sheet: Sheet, how?: Said) => Promise<boolean>

/** Milliseconds until it is tried once more. */
const AGAIN_MS = 1_000

/** By this is known again what was answered to somebody: what is done from it takes its place. */
export const ANSWER = 'answer'

/** By this is known again what is several messages in one: what is answered to one leaves the others standing. */
export const SEVERAL = 'several'

/** A sheet as a message. */
export const messageOf = ({ text, blocks }: Sheet): Readonly<Record<string, unknown>> => ({ text, blocks })

/** For what is posted anew: an address in it is not looked up and shown, and no markup is read into it. */
export const AS_IT_IS = { mrkdwn: false, unfurl_links: false, unfurl_media: false } as const

/** The same, marked as an answer, or as several in one. */
export const marked = (sheet: Sheet, mark: typeof ANSWER | typeof SEVERAL): Sheet => {
  const [first, ...rest] = sheet.blocks
  return { ...sheet, blocks: first ? [{ ...first, block_id: mark }, ...rest] : [] }
}

export const answerOf = (sheet: Sheet): Readonly<Record<string, unknown>> => messageOf(marked(sheet, ANSWER))

/** How long a connection is kept for the next answer, in milliseconds: Slack does not say when it closes one. */
const KEPT_MS = 4_000
const KEPT = {
  plain: new Agent({ keepAlive: true, timeout: KEPT_MS }),
  secure: new SecureAgent({ keepAlive: true, timeout: KEPT_MS }),
} as const

/** Posts JSON with less around it than `fetch` has. @returns the status of what was answered; null: nothing was */
const post = (address: URL, body: string): Promise<number | null> =>
  new Promise((resolve) => {
    const options = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      timeout: CALL_TIMEOUT_MS,
    }
    const answered = (response: IncomingMessage) => {
      response.resume()
      response.once('close', () => resolve(response.complete ? (response.statusCode ?? null) : null))
    }
    const posted: ClientRequest =
      address.protocol === 'https:'
        ? secureRequest(address, { ...options, agent: KEPT.secure }, answered)
        : request(address, { ...options, agent: KEPT.plain }, answered)
    posted.once('timeout', () => posted.destroy())
    posted.on('error', () => resolve(null))
    posted.end(body)
  })

/** @returns whether Slack took it */
export function responding(apiUrl: string | null): Respond {
  const home = apiUrl === null ? SLACKS_HOOKS : new URL(apiUrl).origin
  return async (address, sheet, how = {}) => {
    if (address === undefined || !URL.canParse(address) || new URL(address).origin !== home) return false
    const body = JSON.stringify({
      ...answerOf(sheet),
      response_type: how.lasting ? 'in_channel' : 'ephemeral',
      replace_original: how.instead ?? false,
    })
    for (let tries = 0; tries < 2; tries += 1) {
      if (tries > 0) await wait(AGAIN_MS)
      const status = await post(new URL(address), body)
      if (status !== null && status < 300) return true
      // What it does not want it would not want again.
      if (status !== null && status < 500 && status !== 429) return false
    }
    return false
  }
}
