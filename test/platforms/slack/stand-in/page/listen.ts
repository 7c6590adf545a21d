import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import express, { type Response, Router } from 'express'
import { z } from 'zod'
import type { StandIn } from '../open.js'
import { Impossible } from '../pointing.js'
import type { Workspace } from '../workspace.js'
import { Act, perform } from './acts.js'
import type { Entry } from './entries.js'
import { newReadMarks } from './read-marks.js'
import { type Looking, sightOf } from './sight.js'

const LARGEST_ACT = '40mb'
const LOOKS_AGAIN_MS = 500
const SETTLES_MS = 20
const FOLDER = fileURLToPath(new URL('./client/', import.meta.url))

const POLICY = "default-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const Asked = z.object({ as: z.string(), in: z.string().default('direct') })

export interface Shown {
  readonly workspace: Workspace
  readonly name: string
  readonly entries: readonly Entry[]
}

/** Serves the page of one workspace beside the stand-in’s API. @returns what stops it */
export async function servePage(slack: StandIn, { workspace, name, entries }: Shown): Promise<() => void> {
  const looking: Looking = { workspace, name, entries, complaints: slack.complaints, read: newReadMarks() }
  const { script, style } = await drawnFor()
  const routes = Router()
  routes.get('/', (_request, response) => {
    response
      .set('content-security-policy', POLICY)
      .type('html')
      .send(readFileSync(`${FOLDER}index.html`, 'utf8'))
  })
  routes.get('/page/main.js', (_request, response) => void response.type('js').send(script))
  routes.get('/page/main.css', (_request, response) => void response.type('css').send(style))
  routes.get('/page/sight', (request, response) => {
    const asked = Asked.parse(request.query)
    answered(response, () => sightOf(looking, whoIs(workspace, asked.as), whereIs(workspace, asked.in)))
  })
  routes.post('/page/acts', express.json({ limit: LARGEST_ACT }), async (request, response) => {
    const { as } = Asked.parse(request.query)
    response.json(await perform(looking, as, Act.parse(request.body)))
  })
  routes.get('/page/files/:channel/:ts/:at/:name', async (request, response) => {
    const { as } = Asked.parse(request.query)
    const visitor = workspace.as(as)
    const { channel, ts, at } = request.params
    const seen = [...visitor.conversation('direct'), ...inOthers(visitor.user)].find(
      (one) => one.channel === channel && one.ts === ts,
    )
    if (!seen) return void response.status(404).type('text').send('That message is gone.')
    response.set('content-security-policy', 'sandbox').attachment(seen.files[Number(at)]?.name ?? '')
    response.send(await visitor.file(seen, Number(at)))
  })
  const inOthers = (user: string) =>
    sightOf(looking, user, 'direct')
      .places.filter(({ id }) => id !== 'direct')
      .flatMap(({ id }) => workspace.as(user).conversation(id))

  const lines = new Set<Response>()
  let told: NodeJS.Timeout | undefined
  const tell = (): void => {
    told ??= setTimeout(() => {
      told = undefined
      for (const line of lines) line.write('data: changed\n\n')
    }, SETTLES_MS)
  }
  routes.get('/page/changes', (_request, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders()
    response.write('retry: 1000\n\n')
    lines.add(response)
    response.on('close', () => lines.delete(response))
  })
  slack.mount(routes)
  const unwatch = slack.watch(tell)
  // Of connections and complaints nobody is told.
  let before = ''
  const looks = setInterval(() => {
    const now = `${workspace.connected} ${slack.complaints.length}`
    if (now !== before) tell()
    before = now
  }, LOOKS_AGAIN_MS)
  return () => {
    unwatch()
    clearInterval(looks)
    clearTimeout(told)
    for (const line of lines) line.end()
  }
}

/** By id or address; whoever is named not at all is the first. */
const whoIs = (workspace: Workspace, named: string): string => {
  const people = workspace.users().filter(({ bot }) => !bot)
  return (people.find(({ id, email }) => id === named || email === named) ?? people[0])?.id ?? ''
}

const whereIs = (workspace: Workspace, named: string): string =>
  workspace.channels().find((channel) => channel.person === null && channel.name === named)?.id ?? named

function answered(response: Response, look: () => unknown): void {
  try {
    response.json(look())
  } catch (error) {
    if (!(error instanceof Impossible)) throw error
    response.status(404).json({ problem: error.message })
  }
}

/** The script and the styles of the page, bundled. */
async function drawnFor(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [`${FOLDER}main.ts`, `${FOLDER}main.css`],
    outdir: FOLDER,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { script: ending('.js'), style: ending('.css') }
}
