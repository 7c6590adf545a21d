import { afterEach, describe, expect, test } from 'vitest'
import { openSlackHouse, type SlackHouse } from './setting.js'

let opened: SlackHouse

afterEach(async () => {
  await opened.close()
})

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('from an empty channel to a first apology', async () => {
    opened = await openSlackHouse({ transport })
    const { channel, standIn } = opened
    const clerk = opened.as('Grace Holloway')
    await clerk.command(channel, 'link KCSP')
    await opened.quiet()
    await clerk.command('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
    await opened.quiet()
    await opened.slack.look()
    await opened.quiet()
    const member = opened.as('Daniel Okafor')
    await member.say('direct', 'apologies for the next meeting, Ruth Hale will substitute')
    await opened.quiet()
    expect(opened.faults).toEqual([])
    expect(standIn.complaints).toEqual([])
  })
})
