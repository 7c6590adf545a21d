import { describe, expect, test } from 'vitest'
import { CHAIR, called, clockTo, endsWell, type Player, POLICE, playerOf } from '../play.js'
import { openSlackHouse } from '../setting.js'

/** The page’s meeting, in Slack. Left out: how the room looks, which is the page’s own. */

const NHS = 'Dr Simon Kerr'
const STONE = 'April Stone'

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('a meeting from its opening to its record, by buttons and forms', async () => {
    const opened = await openSlackHouse({ transport })
    const { channel } = opened
    const as = (name: string): Player => playerOf(opened, opened.as(name))
    const clerk = await called(opened)
    await clockTo(opened, '2026-12-16T09:55:00Z')
    await clerk.say('open the meeting')
    expect(clerk.sees()).toContain('Not quorate: 0 responsible authorities are represented, and 4 are needed.')

    const [chair, member] = [as(CHAIR), as(POLICE)]
    expect(member.sees(channel)).toContain('in session')
    await chair.press("I'm online")
    expect(chair.sees()).toContain(CHAIR)
    await member.press("I'm online")
    expect(member.sees()).toContain('You are online')
    expect(member.sees(channel)).toContain('2 responsible authorities are represented')
    expect(member.sees(channel)).not.toContain('You are online')

    await clerk.press('Mark the table')
    expect(clerk.window()).toContain('Daniel Okafor, Kent Police: [Online]')
    expect(await clerk.send('Mark the table', { 'Aisha Rahman, KFRS': 'Online' })).toBeUndefined()
    await clerk.visitor.closeAll()
    expect(clerk.sees()).toContain('Not quorate: 3 responsible authorities are represented, and 4 are needed.')
    await clerk.press('Wait for a quorum')
    expect(clerk.sees()).toContain('It waits for a quorum.')

    const nhs = as(NHS)
    await nhs.say("sorry, I can't make it, April Stone will substitute")
    expect(nhs.sees()).toContain(STONE)
    const stone = as(STONE)
    expect(stone.sees()).toContain('The meeting is open. Press when you are there.')
    await stone.press("I'm online")
    expect(member.sees(channel)).toContain('Quorate: 4 responsible authorities are represented, and 4 are needed.')
    expect(chair.sees()).toContain('The meeting is quorate')
    await chair.press('Go on with the meeting')

    await member.press("I'm leaving")
    expect(clerk.sees()).toContain('The quorum is lost')
    expect(member.sees()).not.toContain('The quorum is lost')
    expect(member.sees(channel)).toContain('Not quorate: 3')
    await clerk.press('Close the meeting')
    expect(clerk.sees()).toContain('Once it is closed it is not opened again')
    await clerk.press('Close the meeting')
    expect(clerk.sees()).toContain('PRESENT: Cllr Margaret Ashdown (Chair)')

    await clerk.press('Attendance and quorum, to print')
    const printed = clerk.visitor.conversation().findLast(({ files }) => files.length > 0)
    expect(printed?.files[0]?.title).toMatch(/^Attendance and quorum/)
    if (printed) expect((await clerk.visitor.file(printed)).toString()).toContain('April Stone (Substitute for Dr Simon Kerr)')
    expect(clerk.newest()).toContain('I have put it into our direct conversation')
    for (const one of [chair, member]) expect(one.visitor.conversation().flatMap(({ files }) => files)).toEqual([])
    await endsWell(opened)
    await opened.close()
  }, 90_000)
})
