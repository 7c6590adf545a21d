import { afterEach, describe, expect, test, vi } from 'vitest'
import { last, openSlackHouse, type SlackHouse, wordsOf } from './setting.js'

let opened: SlackHouse

afterEach(async () => {
  await opened.close()
})

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('from an empty channel to a first apology', async () => {
    opened = await openSlackHouse({ transport })
    const { channel, standIn, workspace } = opened
    const clerk = opened.as('Grace Holloway')
    const member = opened.as('Daniel Okafor')

    await clerk.command(channel, 'link KCSP')
    await opened.quiet()
    expect(wordsOf(last(clerk, channel))).toContain('This place serves Kent Community Safety Partnership.')
    expect(member.conversation(channel)).toEqual([])

    await clerk.say('direct', 'call a meeting on 16 December 2026 at 10 am in Darent Room')
    await opened.quiet()
    expect(wordsOf(last(clerk))).toContain('The meeting is called.')

    // Who has never spoken is found by the address in the roster, and asked.
    await opened.slack.look()
    await opened.quiet()
    expect(wordsOf(last(member))).toContain('You have not answered yet. Will you come?')

    await member.say('direct', 'apologies for the next meeting, Ruth Hale will substitute')
    await opened.quiet()
    expect(wordsOf(last(member))).toContain('You send apologies. Ruth Hale will substitute.')
    await vi.waitFor(
      async () => {
        await opened.quiet()
        const told = clerk.conversation('direct').map(wordsOf).join('\n')
        expect(told).toMatch(/Daniel Okafor.*apologies/s)
        const board = clerk.conversation(channel).filter(({ ephemeral }) => !ephemeral)
        expect(board.map(wordsOf).join('\n')).toContain('1 of the 4 responsible authorities needed says it will be represented.')
        expect(member.conversation('direct').filter((seen) => wordsOf(seen).includes('You have not answered yet'))).toEqual([])
      },
      { timeout: 15_000, interval: 500 },
    )
    expect(opened.faults).toEqual([])
    expect(standIn.complaints).toEqual([])
    expect(workspace.pings.filter(({ who }) => !/^[UW]/.test(who))).toEqual([])
  })
})
