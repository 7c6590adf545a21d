import { setTimeout as wait } from 'node:timers/promises'
import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import type { z } from 'zod'
import type { Clock } from '../../kernel/time.js'
import { CALL_TIMEOUT_MS, LONGEST_PATIENCE_MS } from './waits.js'

/** A word of Slack's own: what else it may say may hold what it was sent. */
const A_WORD = /^[a-z][a-z0-9_.]*$/

/** A call that did not come to an answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** the method and Slack's word for why, of which nothing else is logged: `chat.postMessage:ratelimited` */
  readonly code: string

  /**
   * @param why Slack's own code, one word; or what became of the connection
   * @param again milliseconds until the method may be called again; null: Slack has refused, and would again
   * @param taken whether Slack may have done what was asked all the same
   */
  constructor(
    readonly method: string,
    readonly why: string,
    readonly again: number | null | undefined,
    readonly taken: boolean,
  ) {
    super(`${method}: ${why}`)
    this.code = A_WORD.test(why) ? `${method}:${why}` : method
  }
}

/** Calls one method of Slack's Web API, and reads its answer. @throws NoAnswer */
export type Call = <Schema extends z.ZodType>(
  method: string,
  given: Readonly<Record<string, unknown>>,
  answer: Schema,
) => Promise<z.output<Schema>>

/** The client's own words hold what was sent: they are not logged. What goes wrong is thrown, and told where it is caught. */
export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** What every client of ours is made with: it waits for nothing by itself, so that one slow method holds up no other. */
export const clientOptions = (apiUrl: string | null, timeout = CALL_TIMEOUT_MS): WebClientOptions => ({
  ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  logger: SILENT,
  timeout,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
})

/** Calls with one token; a method of which Slack wants to hear nothing yet is not called, whoever asks. */
export function callingWith(token: string, apiUrl: string | null, systemClock: Clock, timeout = CALL_TIMEOUT_MS): Call {
  const web = new WebClient(token, clientOptions(apiUrl, timeout))
  /** until when each method is to be left alone, in milliseconds since the epoch */
  const resting = new Map<string, number>()

  return async (method, given, answer) => {
    const now = systemClock.now().epochMilliseconds
    const rest = (resting.get(method) ?? 0) - now
    if (rest > 0) throw new NoAnswer(method, 'ratelimited', rest, false)
    try {
      return answer.parse(await web.apiCall(method, { ...given }))
    } catch (error) {
      const failed = failureOf(method, error)
      if (failed.why === 'ratelimited' && failed.again) resting.set(method, now + failed.again)
      throw failed
    }
  }
}

/** The same for an answer, which nobody sends again later: where Slack wants to hear nothing yet, it waits for a while. */
export const patiently =
  (call: Call): Call =>
  async (method, given, answer) => {
    for (let waited = 0; ; ) {
      try {
        return await call(method, given, answer)
      } catch (error) {
        if (!(error instanceof NoAnswer) || error.why !== 'ratelimited' || !error.again) throw error
        waited += error.again
        if (waited > LONGEST_PATIENCE_MS) throw error
        await wait(error.again)
      }
    }
  }

/** Errors of Slack's own that pass: everything else that it says, it says again. */
const PASSING = new Set(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'])

function failureOf(method: string, error: unknown): NoAnswer {
  if (error instanceof WebAPIRateLimitedError) return new NoAnswer(method, 'ratelimited', error.retryAfter * 1_000, false)
  if (error instanceof WebAPIPlatformError) {
    const why = error.data.error
    return new NoAnswer(method, why, PASSING.has(why) ? undefined : null, PASSING.has(why))
  }
  if (error instanceof WebAPIHTTPError) return new NoAnswer(method, `status_${error.statusCode}`, undefined, true)
  if (error instanceof WebAPIRequestError)
    return new NoAnswer(method, error.original.name === 'TimeoutError' ? 'timeout' : 'connection', undefined, true)
  // What it said could not be read: it has said something, and so may have done it.
  return new NoAnswer(method, 'unreadable', undefined, true)
}
