import { isUtf8 } from 'node:buffer'
import { HTTPReceiver, verifySlackRequest } from '@slack/bolt'
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express'
import type { Clock } from '../../kernel/time.js'
import { SILENT } from './client.js'
import { CLOCK_SECONDS, LARGEST_REQUEST, TRIGGER_MS } from './waits.js'

/** Where Slack sends everything: events, commands, presses and submissions. */
export const ROUTE = '/slack/events'

const TYPES = ['application/json', 'application/x-www-form-urlencoded']

/** The one value of a header; null where it is missing, or there twice. */
function only(request: Request, name: string): string | null {
  const values = request.headersDistinct[name]
  return values?.length === 1 ? (values[0] ?? null) : null
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

/** Whether a body is a thing with names and values: nothing else comes from Slack, and Bolt looks into it unasked. */
function isReadable(request: Request, body: Buffer): boolean {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    const payload = new URLSearchParams(body.toString('utf8')).get('payload')
    return payload === null || isObject(payload)
  }
  return isObject(body.toString('utf8'))
}

function isObject(json: string): boolean {
  try {
    const read: unknown = JSON.parse(json)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
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
    const type = request.headers['content-type'] ?? ''
    if (!Buffer.isBuffer(body) || !TYPES.some((one) => type.startsWith(one))) return void response.status(415).end()
    if (!isSigned(request, body, signingSecret, systemClock)) return void response.status(401).end()
    if (!isReadable(request, body)) return void response.status(400).end()
    // Bolt reads a request that was read already from here.
    Object.assign(request, { rawBody: body })
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
