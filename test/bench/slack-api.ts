import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BOT_USER, CHANNEL, TEAM } from './slack-house.js'

/** What stands in the board's channel. */
export interface Posted {
  readonly ts: string
  readonly text: string
  readonly blocks: readonly unknown[]
}

/** Slack's side of what a server calls: everything is taken at once, and nothing is looked at but what is posted in the channel. */
export interface SlackApi {
  readonly url: string
  /** how often it was called, and answered to */
  calls(): number
  inChannel(): readonly Posted[]
  close(): void
}

export async function slackApi(): Promise<SlackApi> {
  const posted: Posted[] = []
  let calls = 0
  const answers: Readonly<Record<string, (given: URLSearchParams) => object>> = {
    'auth.test': () => ({ team_id: TEAM, user_id: BOT_USER, url: 'https://bench.slack.com/' }),
    'conversations.open': (given) => ({ channel: { id: `D${given.get('users')}` } }),
    'conversations.info': () => ({ channel: { name: 'assembly', is_private: true, is_member: true } }),
    'chat.update': (given) => ({ channel: given.get('channel'), ts: given.get('ts') }),
    'chat.postMessage': (given) => {
      const [channel, ts] = [given.get('channel'), `1797501960.${String(calls).padStart(6, '0')}`]
      if (channel === CHANNEL) posted.push({ ts, text: given.get('text') ?? '', blocks: JSON.parse(given.get('blocks') ?? '[]') })
      return { channel, ts }
    },
  }
  const server = createServer(async (request, response) => {
    calls += 1
    const body = await textOf(request)
    const answer = answers[request.url?.split('/').at(-1) ?? '']?.(new URLSearchParams(body)) ?? {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, ...answer }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls: () => calls,
    inChannel: () => posted,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += piece
  return text
}
