import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchingModules } from '../../loaded.js'
import { type Running, startQuorate } from '../../server.js'
import { openStandIn, type StandIn } from './stand-in/open.js'

let folder: string
let standIn: StandIn
let running: Running | null
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  standIn = await openStandIn()
  running = null
})
afterEach(async () => {
  await running?.stop()
  await standIn.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What is loaded by the time that it listens. */
async function loadedWith(settings: Readonly<Record<string, string>>): Promise<string> {
  const { watcher, list } = watchingModules(folder)
  const environment = { DATABASE_URL: 'file:real.db', ...settings }
  running = await startQuorate({ folder, environment, arguments: ['--import', watcher] })
  const loaded = readFileSync(list, 'utf8')
  expect(loaded).toContain('dist/src/bot.js')
  return loaded
}

const ELSEWHERE = ['botbuilder', 'chrono', 'docx', 'pdf-lib', 'adaptivecards']

test.each(['socket', 'http'] as const)('connected to Slack alone by %s, nothing of another platform is loaded', async (by) => {
  const { botToken, appToken, signingSecret } = standIn.addWorkspace({ id: 'T0KENT', name: 'Kent' })
  const loaded = await loadedWith({
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: standIn.url,
    ...(by === 'socket' ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
  })
  expect(loaded).toContain('@slack/bolt')
  for (const name of ELSEWHERE) expect(loaded).not.toContain(name)
})

test('without Slack nothing of Slack is loaded', async () => {
  const loaded = await loadedWith({})
  for (const name of ['@slack', 'platforms/slack', ...ELSEWHERE]) expect(loaded).not.toContain(name)
})
