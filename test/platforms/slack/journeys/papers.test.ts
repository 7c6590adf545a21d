import { describe, expect, test } from 'vitest'
import { pdf } from '../../../papers.js'
import { CHAIR, called, clockTo, endsWell, type Player, POLICE, playerOf } from '../play.js'
import { openSlackHouse } from '../setting.js'

/**
 * The page’s papers, in Slack. In place of its link a member is handed the file. Left out: how papers look, which is the
 * page’s own.
 */

const PUBLIC_URL = 'https://quorate.example.org'

/** Puts an item on the agenda, and says who writes its paper. */
async function asksFor(clerk: Player): Promise<void> {
  await clerk.say('propose an item: Knife crime')
  expect(clerk.newest()).toContain('The item is proposed.')
  await clerk.say('place P1 in B')
  expect(clerk.newest()).toContain('The item is placed.')
  await clerk.say('B1 is a paper for decision')
  expect(clerk.newest()).toContain('B1  Knife crime · paper, for decision')
  await clerk.say('Daniel Okafor writes B1')
  expect(clerk.newest()).toContain('That is kept.')
}

/** Sends a paper in the form that is open. */
async function fills(player: Player, name: string): Promise<void> {
  const file = { name, content: pdf(name), type: 'application/pdf' }
  await player.send('Send the paper of B1', {
    'The file': { file },
    'Recommendations, one a line': 'agree the plan\nnote the risk',
  })
  expect(player.window()).toContain('Version 1 is in.')
  await player.visitor.closeAll()
}

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('from a month before to the hour: a paper is asked for, reminded of, sent, circulated, opened and acknowledged', async () => {
    const opened = await openSlackHouse({ transport, at: '2026-11-16T10:00:00Z', publicUrl: PUBLIC_URL })
    const { channel } = opened
    const as = (name: string): Player => playerOf(opened, opened.as(name))
    const clerk = await called(opened)
    expect(clerk.sees()).toContain('Tuesday 8 December 2026')
    await asksFor(clerk)
    const [author, chair, other] = [as(POLICE), as(CHAIR), as('Helen Marsh')]
    expect(author.sees()).toContain('You are asked for a paper: KCSP')
    expect(other.sees()).not.toContain('asked for a paper')

    await clockTo(opened, '2026-11-24T09:00:00Z')
    expect(author.sees()).toContain('Please send: your paper for KCSP')
    await author.press('Remind me tomorrow')
    expect(author.sees()).toContain('Again on')
    expect(author.sees()).not.toContain('Please send')
    await clockTo(opened, '2026-11-25T09:00:00Z')
    expect(author.sees()).toContain('Please send: your paper for KCSP')
    await author.press('Send the paper')
    await fills(author, 'Knife crime.pdf')
    expect(author.sees()).toContain('Version 1 is in.')
    expect(author.sees()).toContain('(b) note the risk')
    expect(clerk.sees()).toContain('A paper is in: B1')
    expect(other.sees()).not.toContain('note the risk')

    await clockTo(opened, '2026-12-01T09:00:00Z')
    expect(chair.sees()).toContain('Please agree: Agenda: KCSP')
    await chair.press('Agree the agenda')
    expect(chair.sees()).toContain('Agreed on')

    await clockTo(opened, '2026-12-04T09:00:00Z')
    expect(clerk.sees()).toContain('Papers to circulate: KCSP')
    await clerk.press('Circulate the papers')
    expect(clerk.sees()).toContain('The papers go to')
    expect(author.sees()).toContain('Papers: KCSP, Wednesday 16 December 2026')
    expect(author.sees(channel)).toContain('Papers: KCSP, Wednesday 16 December 2026')

    await author.press('Open B1')
    const handed = author.visitor.conversation().findLast(({ files }) => files.length > 0)
    expect(handed && (await author.visitor.file(handed))).toEqual(pdf('Knife crime.pdf'))
    for (const one of [clerk, chair, other]) {
      expect(one.visitor.conversation().flatMap(({ files }) => files)).toEqual([])
      expect(one.visitor.conversation(channel).flatMap(({ files }) => files)).toEqual([])
    }
    await author.press('Received')
    expect(author.sees()).toContain('You acknowledged it')
    await clerk.say('who has been sent what')
    expect(clerk.newest()).toContain('opened B1; received 09:00')
    await clerk.press('Dispatch record')
    const record = clerk.visitor.conversation().findLast(({ files }) => files.length > 0)
    expect(record && (await clerk.visitor.file(record)).toString()).toContain('Daniel Okafor')

    await clockTo(opened, '2026-12-11T09:00:00Z')
    expect(clerk.sees()).toContain('The quorum is at risk: KCSP')
    expect(author.sees()).toContain('Please answer')
    await author.press("I'll be there")
    await clockTo(opened, '2026-12-15T09:00:00Z')
    expect(author.sees()).toContain('Tomorrow: KCSP')
    await clockTo(opened, '2026-12-16T09:00:00Z')
    expect(author.sees()).toContain('In an hour: KCSP')
    await clockTo(opened, '2026-12-16T09:45:00Z')
    expect(clerk.sees()).toContain('To open: KCSP')
    await clerk.press('Open the meeting')
    expect(clerk.sees()).toContain('Not quorate')
    await endsWell(opened)
    await opened.close()
  }, 90_000)

  test('late: the author is reminded daily, the paper goes marked with the days it is short, and the meeting says whether it is taken', async () => {
    const opened = await openSlackHouse({ transport, at: '2026-11-16T10:00:00Z' })
    const as = (name: string): Player => playerOf(opened, opened.as(name))
    const clerk = await called(opened)
    await asksFor(clerk)
    const author = as(POLICE)
    await clockTo(opened, '2026-12-09T09:00:00Z')
    expect(author.sees()).toContain('Late: your paper for KCSP')
    await author.press('Send the paper')
    await fills(author, 'Late.pdf')
    await clerk.say('circulate the papers, all the same')
    expect(clerk.sees()).toContain('They go 1 working day late, and are marked so.')
    expect(author.sees()).toContain('1 working day late')
    await clockTo(opened, '2026-12-16T09:55:00Z')
    await clerk.say('open the meeting')
    expect(clerk.sees()).toContain('Not quorate')
    await clerk.say('late papers')
    expect(clerk.newest()).toContain('not said yet')
    await clerk.press('Take B1')
    expect(clerk.sees()).toContain('B1 is taken.')
    await endsWell(opened)
    await opened.close()
  }, 90_000)
})
