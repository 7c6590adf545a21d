import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

let opened: SlackHouse

afterEach(() => opened.close())

async function withMeeting(transport: 'socket' | 'http'): Promise<void> {
  opened = await openSlackHouse({ transport })
  await opened.as('Grace Holloway').say('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
  await opened.as('Daniel Okafor').say('direct', 'help')
  await opened.quiet()
}

/** How many answers are kept. */
async function answers(): Promise<number> {
  const rows = await opened.house.handles.reading.selectFrom('answer').select('id').execute()
  return rows.length
}

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('what is done is acknowledged once it is committed, and not before', async () => {
    await withMeeting(transport)
    const other = new Sqlite(opened.file)
    other.exec('begin immediate')
    let acknowledged = false
    const said = opened
      .as('Daniel Okafor')
      .say('direct', 'apologies for the next meeting')
      .then(() => {
        acknowledged = true
      })
    await wait(800)
    expect(acknowledged).toBe(false)
    expect(await answers()).toBe(0)
    other.exec('rollback')
    other.close()
    await said
    expect(await answers()).toBe(1)
  })

  test('an answer that Slack takes slowly keeps nothing waiting, and is given once', async () => {
    await withMeeting(transport)
    opened.standIn.fail('chat.postMessage', { hang: 4_000, andDo: true })
    const member = opened.as('Daniel Okafor')
    await member.say('direct', 'apologies for the next meeting')
    await wait(4_500)
    await opened.quiet()
    expect(opened.standIn.complaints).toEqual([])
    expect(member.conversation('direct').filter((seen) => wordsOf(seen).includes('You send apologies.')).length).toBeGreaterThan(
      0,
    )
    expect(await answers()).toBe(1)
  })
})
