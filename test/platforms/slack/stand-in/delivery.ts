import { createHmac } from 'node:crypto'
import type { Ground } from './ground.js'
import { pause } from './ground.js'
import type { Socket } from './socket.js'

/** One app: what is delivered to it, and how. Several workspaces may have installed it. */
export interface App {
  readonly id: string
  readonly appToken: string
  readonly signingSecret: string
  /** the old verification token, which every delivery still carries */
  readonly token: string
  /** where events are posted; without one they go over the open sockets */
  eventsUrl: string | null
  readonly sockets: OpenSocket[]
  /** what a socket is opened with, each good once */
  readonly tickets: Set<string>
  /** who waits for which envelope to be acknowledged */
  readonly awaited: Map<string, (payload: unknown) => void>
}

export interface OpenSocket {
  readonly socket: Socket
  open: boolean
}

export type Kind = 'events_api' | 'slash_commands' | 'interactive'
export type Payload = Readonly<Record<string, unknown>>

export interface Retry {
  readonly num: number
  readonly reason: 'http_timeout' | 'http_error' | 'connection_failed'
}

/** Slack waits a moment, a minute and five; nobody would wait so long for a test. */
const RETRY_AFTER_MS = [0, 100, 200]

/** The app did not take a delivery: the act failed for whoever did it. */
export class NotAcknowledged extends Error {
  override readonly name = 'NotAcknowledged'
  constructor(
    what: string,
    readonly reason: Retry['reason'],
  ) {
    super(what)
  }
}

export const isListening = (app: App): boolean => app.eventsUrl !== null || app.sockets.some(({ open }) => open)

/**
 * Delivers as Slack does, and the same again as often as asked. Events that are not taken are delivered again by themselves.
 * @returns what the app answered with
 * @throws NotAcknowledged where it did not in time, or refused
 */
export async function deliver(ground: Ground, app: App, kind: Kind, payload: Payload, repeats = 0): Promise<unknown> {
  const envelope = crypto.randomUUID()
  const attempt = (retry: Retry | null) => ground.track(deliverOnce(ground, app, kind, payload, envelope, retry))
  try {
    const answer = await attempt(null)
    for (let num = 1; num <= repeats; num += 1)
      await attempt(kind === 'events_api' ? { num, reason: 'http_timeout' } : null).catch(() => null)
    return answer
  } catch (error) {
    if (kind === 'events_api' && error instanceof NotAcknowledged) void ground.track(deliverAgain(attempt, error.reason))
    throw error
  }
}

async function deliverAgain(attempt: (retry: Retry) => Promise<unknown>, first: Retry['reason']): Promise<void> {
  let reason = first
  for (const [at, wait] of RETRY_AFTER_MS.entries()) {
    await pause(wait)
    try {
      await attempt({ num: at + 1, reason })
      return
    } catch (error) {
      if (error instanceof NotAcknowledged) reason = error.reason
    }
  }
}

async function deliverOnce(
  ground: Ground,
  app: App,
  kind: Kind,
  payload: Payload,
  envelope: string,
  retry: Retry | null,
): Promise<unknown> {
  const named = `${kind} ${nameOf(payload)}`
  const asked =
    app.eventsUrl === null
      ? overSocket(ground, app, kind, payload, envelope, retry)
      : overHttp(app.eventsUrl, app.signingSecret, kind, payload, retry, ground.patienceMs)
  const answer = await within(asked, ground.patienceMs).catch((error: unknown) => {
    if (error instanceof NotAcknowledged) throw error
    throw new NotAcknowledged(`${named}: ${String(error)}`, 'connection_failed')
  })
  if (answer === LATE) {
    const late = `${named} was not acknowledged within ${ground.patienceMs / 1_000} s`
    ground.complain(`late acknowledgement: ${late}`)
    throw new NotAcknowledged(late, 'http_timeout')
  }
  if (answer.status >= 400) {
    ground.complain(`${named} was answered ${answer.status}`)
    throw new NotAcknowledged(`${named} was answered ${answer.status}`, 'http_error')
  }
  return answer.body
}

const nameOf = (payload: Payload): string => {
  const { event, command, type } = payload
  if (typeof event === 'object' && event !== null && 'type' in event) return String(event.type)
  return String(command ?? type)
}

const LATE = Symbol('late')
async function within<T>(work: Promise<T>, patienceMs: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => null)
  }
}

interface Answered {
  readonly status: number
  readonly body: unknown
}

/** Posts as Slack posts: JSON for events, a form for the rest, signed. @returns the body, read as JSON where it says that it is */
export async function overHttp(
  url: string,
  signingSecret: string,
  kind: Kind,
  payload: Payload,
  retry: Retry | null,
  patienceMs: number,
): Promise<Answered> {
  const body =
    kind === 'events_api'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive'
            ? { payload: JSON.stringify(payload) }
            : Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
        ).toString()
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs + 500),
    headers: {
      'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(signingSecret, timestamp, body),
      ...(retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}),
    },
    body,
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return {
    status: response.status === 200 ? 200 : Math.max(response.status, 400),
    body: isJson && text !== '' ? JSON.parse(text) : text,
  }
}

export const signature = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`

/** Each envelope goes to one of the open connections, in turn. */
function overSocket(
  ground: Ground,
  app: App,
  kind: Kind,
  payload: Payload,
  envelope_id: string,
  retry: Retry | null,
): Promise<Answered> {
  const next = app.sockets.find(({ open }) => open)
  if (!next) return Promise.reject(new Error('no app is listening'))
  app.sockets.push(...app.sockets.splice(app.sockets.indexOf(next), 1))
  const accepts_response_payload = kind !== 'events_api'
  return new Promise((resolve) => {
    app.awaited.set(envelope_id, (body) => {
      app.awaited.delete(envelope_id)
      const empty = typeof body !== 'object' || body === null || Object.keys(body).length === 0
      if (!accepts_response_payload && !empty)
        ground.complain(`${kind} was acknowledged with a payload, which it does not accept`)
      resolve({ status: 200, body: empty ? '' : body })
    })
    next.socket.send(
      JSON.stringify({
        envelope_id,
        type: kind,
        payload,
        accepts_response_payload,
        ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
      }),
    )
  })
}
