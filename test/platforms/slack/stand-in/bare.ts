import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import { openStandIn, type StandIn } from './open.js'
import type { Seen } from './visitor.js'
import type { Workspace } from './workspace.js'

/** A workspace with two people and a private channel that the app is in; closed when the test ends. */
export interface Board {
  readonly slack: StandIn
  readonly board: Workspace
  readonly alice: string
  readonly bob: string
  readonly channel: string
  /** Calls a method with the bot’s token, as nobody’s client would. */
  call(method: string, args?: Readonly<Record<string, unknown>>, token?: string): Promise<Answered>
}

export interface Answered extends Readonly<Record<string, unknown>> {
  readonly ok: boolean
  readonly error?: string
}

export async function openBoard(): Promise<Board> {
  const slack = await openStandIn()
  onTestFinished(() => slack.close())
  const board = slack.addWorkspace({ id: 'T0BOARD', name: 'The board' })
  const alice = board.addUser({ name: 'Alice Example', email: 'alice@example.org' })
  const bob = board.addUser({ name: 'Bob Example', email: 'bob@example.org' })
  const channel = board.addChannel({ name: 'board', kind: 'private', members: [alice, bob] })
  return {
    slack,
    board,
    alice,
    bob,
    channel,
    call: async (method, args = {}, token = board.botToken) => {
      const response = await post(slack, method, args, token)
      return response.status === 200
        ? ((await response.json()) as Answered)
        : { ok: false, error: `${response.status}`, after: response.headers.get('retry-after') }
    },
  }
}

export const post = (slack: StandIn, method: string, args: Readonly<Record<string, unknown>>, token: string): Promise<Response> =>
  fetch(`${slack.url}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })

export interface Delivered {
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  /** as it reads: the JSON, the `payload` of a form, or the form */
  readonly body: Readonly<Record<string, unknown>>
}

type Reply = { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly afterMs?: number }

/** An app that keeps what it gets and answers what it is told to: nothing of Bolt. */
export async function bareApp(board: Workspace, reply: (delivered: Delivered) => Reply = () => ({})): Promise<Delivered[]> {
  const kept: Delivered[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString()
    const body = bodyOf(raw, request.headers['content-type'] === 'application/json')
    if (body.type === 'url_verification') {
      response.end(String(body.challenge))
      return
    }
    const delivered = { headers: request.headers, raw, body }
    kept.push(delivered)
    const { status = 200, json, text = '', afterMs = 0 } = reply(delivered)
    setTimeout(() => {
      response.statusCode = status
      if (json !== undefined) response.setHeader('content-type', 'application/json')
      response.end(json === undefined ? text : JSON.stringify(json))
    }, afterMs)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  await board.deliverTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`)
  return kept
}

function bodyOf(raw: string, isJson: boolean): Readonly<Record<string, unknown>> {
  if (isJson) return JSON.parse(raw) as Record<string, unknown>
  const form = Object.fromEntries(new URLSearchParams(raw))
  return form.payload === undefined ? form : (JSON.parse(form.payload) as Record<string, unknown>)
}

/** A message with blocks, as the person sees it who got it directly. */
export async function shown(at: Board, user: string, ...blocks: readonly unknown[]): Promise<Seen> {
  await at.call('chat.postMessage', { channel: user, text: 'A message', blocks })
  await at.slack.quiet()
  const seen = at.board.as(user).conversation().at(-1)
  if (!seen) throw new Error('no message')
  return seen
}

/** The trigger of the last delivery. */
export const triggerIn = (kept: readonly Delivered[]): string => String(kept.at(-1)?.body.trigger_id)

export const plainText = (text: string) => ({ type: 'plain_text', text })
export const button = (label: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'button',
  text: plainText(label),
  ...more,
})
export const buttons = (...elements: readonly unknown[]) => ({ type: 'actions', elements })
export const modal = (blocks: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'modal',
  title: plainText('A form'),
  submit: plainText('Send'),
  blocks,
  ...more,
})
export const input = (
  block_id: string,
  element: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  type: 'input',
  block_id,
  label: plainText(block_id),
  element: { action_id: 'value', ...element },
  ...more,
})
