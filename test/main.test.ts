import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { watchingModules } from './loaded.js'
import { type Running, startQuorate } from './server.js'

let folder: string
let running: Running | null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  running = null
})
afterEach(async () => {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = async (environment: Record<string, string> = {}, extra: readonly string[] = []) => {
  running = await startQuorate({ folder, environment, arguments: extra })
  return running
}

describe('started with nothing set', () => {
  test('it makes the demonstration once, says where it is, and is well', async () => {
    const first = await start()
    expect(first.output()).toContain(`The demonstration is open at ${first.address}`)
    expect(existsSync(join(folder, 'data', 'demo.db'))).toBe(true)
    expect(await (await fetch(`${first.address}/healthz`)).json()).toEqual({ status: 'ok' })
    const people = async (address: string) =>
      ((await (await fetch(`${address}/api/session`)).json()) as { people: unknown[] }).people.length
    const before = await people(first.address)
    await first.stop()
    expect(await people((await start()).address)).toBe(before)
  })

  test('SIGTERM ends it with code 0, with a page open too', async () => {
    const quorate = await start()
    const events = await fetch(`${quorate.address}/api/events`)
    expect(events.status).toBe(200)
    running = null
    expect(await quorate.stop()).toEqual({ code: 0, signal: null })
    expect(quorate.log().at(-1)).toMatchObject({ event: 'stopped' })
    await events.body?.cancel().catch(() => undefined)
  })

  test('it answers to this machine’s own pages only', async () => {
    const quorate = await start()
    const { port } = new URL(quorate.address)
    const askedAs = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/api/session', headers }, (response) => resolve(response.resume().statusCode))
          .once('error', reject)
          .end()
      })
    expect(await askedAs({ host: `localhost:${port}` })).toBe(200)
    expect(await askedAs({ host: 'quorate.example.org' })).toBe(403)
    expect(await askedAs({ host: `127.0.0.1:${port}`, origin: 'https://example.org' })).toBe(403)
  })

  test('its log has one line an act, and nothing of who or what', async () => {
    const quorate = await start()
    const body = JSON.stringify({
      as: 'daniel.okafor@example.org',
      delivery: '6f3c1a9e-8d2b-4c57-9e41-0a7b5d2c8f13',
      place: 'direct',
      words: 'apologies for the next meeting, Ruth Hale will substitute',
    })
    await fetch(`${quorate.address}/api/say`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const acts = quorate.log().filter((line) => 'act' in line)
    expect(acts).toEqual([expect.objectContaining({ act: 'apologies.send', outcome: 'done' })])
    const text = JSON.stringify(quorate.log())
    for (const personal of ['Okafor', 'okafor', 'Hale', 'apologies for', '@']) expect(text).not.toContain(personal)
  })
})

describe('what stops the start is one clear sentence', () => {
  const fails = (environment: Record<string, string>) => expect(startQuorate({ folder, environment })).rejects

  test('a wrong setting', async () => {
    await fails({ PORT: 'three' }).toThrow(/^PORT must be a number\.\n$/)
  })

  test('a file that is no database', async () => {
    writeFileSync(join(folder, 'letter.db'), 'Dear clerk, '.repeat(1_000))
    await fails({ DATABASE_URL: 'file:letter.db' }).toThrow(/^letter\.db is damaged or is not a database\..*\n$/)
  })

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await fails({ PORT: String(port) }).toThrow(`Port ${port} is in use.`)
    other.close()
  })

  test('a clock moved on a real database', async () => {
    await fails({ DATABASE_URL: 'file:real.db', QUORATE_NOW: '2025-07-14T09:55' }).toThrow(
      'QUORATE_NOW moves the clock of a demonstration only.',
    )
  })
})

test('a real database has no page, and nobody to be', async () => {
  const quorate = await start({ DATABASE_URL: 'file:real.db' })
  expect(quorate.output()).toContain('Quorate is running.')
  expect((await fetch(`${quorate.address}/healthz`)).status).toBe(200)
  expect((await fetch(`${quorate.address}/`)).status).toBe(404)
  expect((await fetch(`${quorate.address}/api/session`)).status).toBe(404)
})

test('the demonstration’s clock starts where QUORATE_NOW says', async () => {
  const quorate = await start({ QUORATE_NOW: '2025-07-14T09:55' })
  const { clock } = (await (await fetch(`${quorate.address}/api/session`)).json()) as { clock: { text: string } }
  expect(clock.text).toMatch(/^Monday 14 July 2025, 09:5[56]$/)
})

test('no module of a platform that is not connected is loaded at start, nor any that only some acts need', async () => {
  const { watcher, list } = watchingModules(folder)
  await start({}, ['--import', watcher])
  const loaded = readFileSync(list, 'utf8')
  expect(loaded).toContain('better-sqlite3')
  expect(loaded).toContain('dist/src/bot.js')
  for (const name of [
    '@slack',
    'botbuilder',
    'chrono',
    'docx',
    'pdf-lib',
    'ical',
    'adaptivecards',
    'file-type',
    'node_modules/open',
    'commander',
  ]) {
    expect(loaded).not.toContain(name)
  }
})

test('a demonstration begun at another hour goes on from there, and its clock can be moved', async () => {
  const first = await start({ QUORATE_NOW: '2025-07-14T09:55' })
  await first.stop()
  const quorate = await start()
  const session = async () => (await (await fetch(`${quorate.address}/api/session`)).json()) as { clock: { text: string } }
  expect((await session()).clock.text).toMatch(/^Monday 14 July 2025, 09:5/)
  const again = await quorate.stop().then(() => start({ QUORATE_NOW: '2025-07-15T09:00' }))
  const moved = await fetch(`${again.address}/api/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"by":"day"}',
  })
  expect(await moved.json()).toMatchObject({ text: expect.stringMatching(/^Wednesday 16 July 2025, 09:0/) })
})

test('what another process says reaches the pages that are open', async () => {
  const quorate = await start()
  const events = await fetch(`${quorate.address}/api/events?as=grace.holloway@example.org`)
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url))
  const words = 'apologies for the next meeting, Ruth Hale will substitute'
  execFileSync(process.execPath, [cli, 'say', '--as', 'daniel.okafor@example.org', words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
  })
  let heard = ''
  while (!heard.includes('Apologies received')) heard += (await reader?.read())?.value ?? ''
  await reader?.cancel()
})
