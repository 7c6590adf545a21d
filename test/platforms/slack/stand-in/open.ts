import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import express, { type Request, type Response, Router } from 'express'
import { answerAtUrl } from './answers.js'
import { answerCall, argumentsOf } from './api.js'
import type { App, OpenSocket } from './delivery.js'
import type { Fault } from './faults.js'
import { type Call, newGround, pause, secret } from './ground.js'
import { newTeam, type Secrets } from './installed.js'
import { acceptSocket } from './socket.js'
import type { Team } from './team.js'
import { type Workspace, workspaceOf } from './workspace.js'

/** A strict stand-in for Slack: its Web API, its deliveries, its people. What Slack refuses, it refuses with Slack’s own words. */
export interface StandIn {
  /** for SLACK_API_URL */
  readonly url: string
  /** @param sameAppAs the app is the one of this workspace, installed once more */
  addWorkspace(team: { id: string; name: string; domain?: string; secrets?: Secrets }, sameAppAs?: Workspace): Workspace
  /** Serves more than Slack does. */
  mount(routes: Router): void
  /** every call that came, also to a response_url */
  readonly calls: readonly Call[]
  /** what was wrong about the app, whatever it was answered */
  readonly complaints: readonly string[]
  /** The next calls of the method go wrong, in every workspace added so far. `response_url`, `upload` and `download` count as methods. */
  fail(method: string, fault: Fault, times?: number): void
  /** Nothing goes wrong any more that was to. */
  mend(): void
  latency(ms: number): void
  /** How long it waits for an acknowledgement from now on; Slack waits three seconds. */
  patience(ms: number): void
  /** Moves its clock: triggers and response_urls grow old, rates recover. */
  forward(ms: number): void
  /** no rates are held */
  lenient: boolean
  /** Asks the apps to connect anew, or breaks their connections off. */
  refreshSockets(): void
  dropSockets(): void
  /** Says anything at all over the open connections, as Slack would not. */
  sendRaw(text: string): void
  /** Resolves when nothing was called or delivered for so long. */
  quiet(ms?: number): Promise<void>
  /** @returns what stops it */
  watch(changed: () => void): () => void
  close(): Promise<void>
}

const LARGEST_REQUEST = '64mb'
const PING_EVERY_MS = 10_000

export async function openStandIn({ port = 0, latencyMs = 0 }: { port?: number; latencyMs?: number } = {}): Promise<StandIn> {
  const ground = newGround(latencyMs)
  const teams: Team[] = []
  const bodies = express.raw({ type: () => true, limit: LARGEST_REQUEST })
  const pages = express()
  // Before what is counted: a page that stays open is no work under way.
  const mounted = Router()
  pages.use(mounted)
  pages.use((_request, response, next) => {
    void ground.track(once(response, 'close'))
    next()
  })
  pages.all('/api/:method', bodies, (request, response) => answerCall(ground, teams, request, response))
  pages.post('/actions/:team/:id', bodies, async (request, response) => {
    const team = teams.find(({ id }) => id === request.params.team)
    if (!team) return void response.status(404).json({ ok: false, error: 'no_team' })
    await answerAtUrl(team, String(request.params.id), await argumentsOf(request), response)
  })
  pages.post('/upload/v1/:team/:file', bodies, (request, response) => receive(teams, request, response))
  pages.get('/files-pri/:file/:name', (request, response) => download(teams, request, response))
  pages.get('/sign-in', (_request, response) => void response.type('html').send('<!DOCTYPE html><title>Sign in | Slack</title>'))

  const server = createServer(pages)
  const streams = new Set<Duplex>()
  server.on('connection', (stream: NetSocket) => {
    streams.add(stream)
    stream.on('close', () => streams.delete(stream))
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => connect(teams, request, stream, head))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  ground.origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`
  const sockets = (): readonly OpenSocket[] => [...new Set(teams.map(({ app }) => app))].flatMap(({ sockets }) => sockets)
  const pinging = setInterval(() => {
    for (const { socket } of sockets()) socket.ping()
  }, PING_EVERY_MS)

  return {
    url: `${ground.origin}/api/`,
    addWorkspace(named, sameAppAs) {
      const shared = teams.find(({ app }) => app.id === sameAppAs?.appId)?.app
      const team = newTeam(ground, shared ?? newApp(ground.nextId('A'), named.secrets), named)
      teams.push(team)
      return workspaceOf(team)
    },
    mount: (routes) => void mounted.use(routes),
    calls: ground.calls,
    complaints: ground.complaints,
    fail: (method, fault, times = 1) => {
      for (const team of teams) team.faults.add(method, fault, times)
    },
    mend: () => {
      for (const team of teams) team.faults.clear()
    },
    latency: (ms) => {
      ground.latencyMs = ms
    },
    patience: (ms) => {
      ground.patienceMs = ms
    },
    forward: ground.forward,
    get lenient() {
      return ground.lenient
    },
    set lenient(lenient) {
      ground.lenient = lenient
    },
    refreshSockets: () => {
      for (const { socket } of sockets())
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: '' } }))
    },
    dropSockets: () => {
      for (const { socket } of sockets()) socket.destroy()
    },
    sendRaw: (text) => {
      for (const { socket } of sockets()) socket.send(text)
    },
    async quiet(ms = 50) {
      const seen = () => `${ground.calls.length} ${ground.underWay()}`
      for (let before = ''; before !== seen() || ground.underWay() > 0; ) {
        before = seen()
        await pause(ms)
      }
    },
    watch: (changed) => {
      ground.watchers.add(changed)
      return () => void ground.watchers.delete(changed)
    },
    async close() {
      clearInterval(pinging)
      server.close()
      for (const { socket } of sockets()) socket.close(1_001, 'going away')
      for (let waits = 0; waits < 20 && sockets().length > 0; waits += 1) await pause(10)
      for (const stream of streams) stream.destroy()
      if (server.listening) await once(server, 'close')
    },
  }
}

const newApp = (id: string, secrets?: Secrets): App => ({
  id,
  appToken: secrets?.appToken ?? secret('xapp-'),
  signingSecret: secrets?.signingSecret ?? secret(''),
  token: secret(''),
  eventsUrl: null,
  sockets: [],
  tickets: new Set(),
  awaited: new Map(),
})

/** Takes a Socket Mode connection, with a ticket from apps.connections.open. */
function connect(teams: readonly Team[], request: IncomingMessage, stream: Duplex, head: Buffer): void {
  const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? ''
  const app = teams.map((team) => team.app).find(({ tickets }) => tickets.delete(ticket))
  if (!app) {
    stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    return
  }
  const entry: OpenSocket = {
    open: true,
    socket: acceptSocket(request, stream, head, {
      text: (text) => {
        const said = JSON.parse(text) as { envelope_id?: string; payload?: unknown }
        app.awaited.get(said.envelope_id ?? '')?.(said.payload)
      },
      closed: () => {
        entry.open = false
        app.sockets.splice(app.sockets.indexOf(entry), 1)
      },
    }),
  }
  app.sockets.push(entry)
  const debug_info = { host: 'stand-in', build_number: 1, approximate_connection_time: 18_060 }
  entry.socket.send(
    JSON.stringify({ type: 'hello', num_connections: app.sockets.length, debug_info, connection_info: { app_id: app.id } }),
  )
}

/** Takes the bytes of an announced file: raw, or in a form. Not one more or fewer than announced. */
async function receive(teams: readonly Team[], request: Request, response: Response): Promise<void> {
  const team = teams.find(({ id }) => id === request.params.team)
  const file = team?.files.get(String(request.params.file))
  if (!team || !file || file.complete) return void response.status(404).send('not found')
  const fault = team.faults.take('upload')
  if (fault && 'status' in fault) return void response.status(fault.status).send('')
  const isForm = (request.headers['content-type'] ?? '').startsWith('multipart/form-data')
  const sent = isForm ? Object.values(await argumentsOf(request)).find((value) => value instanceof Blob) : request.body
  const content = sent instanceof Blob ? Buffer.from(await sent.arrayBuffer()) : Buffer.isBuffer(sent) ? sent : Buffer.alloc(0)
  if (content.length !== file.length) {
    team.ground.complain(`upload: ${content.length} bytes came, ${file.length} were announced`)
    return void response.status(400).send('size mismatch')
  }
  file.content = content
  response.send(`OK - ${content.length}`)
}

/** Gives a file to whoever brings the token in the header. To others Slack shows its sign-in page, and says 200. */
function download(teams: readonly Team[], request: Request, response: Response): void {
  const [teamId, fileId] = String(request.params.file).split('-')
  const team = teams.find(({ id }) => id === teamId)
  const fault = team?.faults.take('download')
  if (fault && 'status' in fault) return void response.status(fault.status).send('')
  const file = team?.files.get(fileId ?? '')
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (!team || !file?.content || token !== team.botToken || team.revoked || !team.scopes.includes('files:read')) {
    team?.ground.complain('a file was asked for without a token that may read it')
    response.redirect('/sign-in')
    return
  }
  response.type(file.mimetype).send(file.content)
}
