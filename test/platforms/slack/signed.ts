import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'

/** What goes over the wire, as it stands: names of headers may come twice. */
export interface Sent {
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  readonly chunked?: boolean
}

export interface Got {
  /** 0: the connection was broken off */
  readonly status: number
  readonly body: string
  /** milliseconds */
  readonly took: number
}

export const JSON_TYPE = 'application/json'
export const FORM_TYPE = 'application/x-www-form-urlencoded'

/** What Slack signs a body with. @see https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const signatureOf = (secret: string, timestamp: string, body: Buffer): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`

const PATIENCE_MS = 20_000

/** Sends requests to one address of this machine over connections that are kept. */
export function sendingTo(port: number, path: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const send = ({ method, headers, body, chunked = false }: Sent): Promise<Got> =>
    new Promise((resolve) => {
      const began = performance.now()
      const over = (status: number, said: string) => resolve({ status, body: said, took: performance.now() - began })
      const length = chunked ? ['transfer-encoding', 'chunked'] : ['content-length', String(body.length)]
      const asked = request(
        { host: '127.0.0.1', port, path, method, agent, headers: ['host', 'localhost', ...length, ...headers.flat()] },
        (response) => {
          const pieces: Buffer[] = []
          response.on('data', (piece: Buffer) => pieces.push(piece))
          response.on('end', () => over(response.statusCode ?? 0, Buffer.concat(pieces).toString()))
          response.on('error', () => over(response.statusCode ?? 0, ''))
        },
      )
      asked.setTimeout(PATIENCE_MS, () => asked.destroy())
      asked.on('error', () => over(0, ''))
      asked.end(body)
    })
  return { send, close: () => agent.destroy() }
}
