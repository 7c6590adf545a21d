import { isUtf8 } from 'node:buffer'
import { HTTPReceiver, verifySlackRequest } from '@slack/bolt'
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express'
import type { Clock } from '../../kernel/time.js'
import { SILENT } from './client.js'
import { CLOCK_SECONDS, LARGEST_REQUEST, TRIGGER_MS } from './waits.js'

/** Where Slack sends everything: events, commands, presses and submissions. */
export const ROUTE = '/slack/events'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** The one value of a header; null where it is missing, or there twice. */
function only(request: Request, name: string): string | null {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? (values[0] ?? null) : null
}

/** What kind of body a request says that it has, whatever else it says of it; null: none that comes from Slack. */
function typeOf(request: Request): string | null {
  const [type = ''] = (only(request, 'content-type') ?? '').split(';')
  return [JSON_TYPE, FORM_TYPE].find((one) => one === type.trim().toLowerCase()) ?? null
}

/** Whether a request was signed by Slack within five minutes of now, either way, as it stands. */
function isSigned(request: Request, body: Buffer, signingSecret: string, systemClock: Clock): boolean {
  const timestamp = only(request, 'x-slack-request-timestamp')
  const signature = only(request, 'x-slack-signature')
  if (timestamp === null || signature === null) return false
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false
  // What is no text cannot be what was signed, as what is checked is its text.
  if (!isUtf8(body)) return false
  const now = systemClock.now().epochMilliseconds
  if (Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > CLOCK_SECONDS) return false
  const headers = { 'x-slack-request-timestamp': Number(timestamp), 'x-slack-signature': signature }
  try {
    verifySlackRequest({ signingSecret, body: body.toString('utf8'), headers, nowMilliseconds: now })
    // Its own header is read as a number: what it hashed must be what was sent.
    return String(Number(timestamp)) === timestamp
  } catch {
    return false
  }
}

/**
 * What a body says, where that is a thing with names and values: nothing else comes from Slack, and Bolt looks into it unasked.
 * @returns the JSON of it, out of the form in which presses come, so that it is not read out again; null: it is none
 */
function readable(type: string, body: Buffer): { readonly type: string; readonly body: Buffer } | null {
  const text = body.toString('utf8')
  if (type === JSON_TYPE) return isThing(text) ? { type, body } : null
  const [payload, another] = new URLSearchParams(text).getAll('payload')
  if (another !== undefined) return null
  if (payload === undefined) return { type, body }
  return isThing(payload) ? { type: JSON_TYPE, body: Buffer.from(payload) } : null
}

function isThing(json: string): boolean {
  try {
    const read: unknown = JSON.parse(json)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return false
    // Bolt says a challenge back, whatever it is.
    return !('type' in read) || read.type !== 'url_verification' || ('challenge' in read && typeof read.challenge === 'string')
  } catch {
    return false
  }
}

/**
 * Lets in what Slack has signed and nothing else: Bolt itself takes what is signed for any time to come, and looks into a
 * body before it knows that there is one.
 */
const signedOnly =
  (signingSecret: string, systemClock: Clock): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const body: unknown = request.body
    const type = typeOf(request)
    if (!Buffer.isBuffer(body) || type === null) return void response.status(415).end()
    if (!isSigned(request, body, signingSecret, systemClock)) return void response.status(401).end()
    const read = readable(type, body)
    if (!read) return void response.status(400).end()
    // Bolt reads a request that was read already from here, and takes a form for one whose type says nothing more.
    Object.assign(request, { rawBody: read.body })
    request.headers['content-type'] = read.type
    next()
  }

/** What reads too much, or comes to nothing, is answered without a word of why. */
const unreadable = (error: unknown, _: Request, response: Response, next: NextFunction): void => {
  if (response.headersSent) return void next(error)
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
  response.status(status).end()
}

/** Bolt's own receiver behind the guard, and the route on which it listens. */
export function guarded(signingSecret: string, systemClock: Clock): { readonly receiver: HTTPReceiver; readonly routes: Router } {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ROUTE,
    logger: SILENT,
    unhandledRequestTimeoutMillis: TRIGGER_MS - 100,
    // The guard has verified it by a clock of ours.
    signatureVerification: false,
  })
  const routes = express.Router()
  routes.post(
    ROUTE,
    express.raw({ type: () => true, limit: LARGEST_REQUEST, inflate: false }),
    signedOnly(signingSecret, systemClock),
    (request: Request, response: Response) => receiver.requestListener(request, response),
    unreadable,
  )
  return { receiver, routes }
}
