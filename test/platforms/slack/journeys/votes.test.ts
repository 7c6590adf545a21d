import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pdf } from '../../../papers.js'
import { CHAIR, called, clockTo, endsWell, inSession, type Player, POLICE, playerOf } from '../play.js'
import { openSlackHouse, type SlackHouse } from '../setting.js'

/** The page’s votes, in Slack. Left out: how a vote looks, which is the page’s own. */

const FAIRLEY = 'Cllr Imogen Fairley'
const DUNN = 'Mark Dunn'
const CARTER = 'Leon Carter'
const RESOLVED = 'RESOLVED that the Kent Community Safety Partnership:'

/** Has a paper with two recommendations on B1, as the clerk does. */
async function paperOn(clerk: Player): Promise<void> {
  await clerk.say('propose an item: Knife crime action plan')
  expect(clerk.newest()).toContain('The item is proposed.')
  await clerk.say('place P1 in B')
  expect(clerk.newest()).toContain('The item is placed.')
  await clerk.command('send the paper for B1')
  const file = { name: 'Plan.pdf', content: pdf('Plan'), type: 'application/pdf' }
  await clerk.send('Send the paper of B1', {
    'The file': { file },
    'Recommendations, one a line': 'agree the plan\nnote the risk',
  })
  expect(clerk.window()).toContain('Version 1 is in.')
  await clerk.visitor.closeAll()
}

const file = (path: string) => {
  const content = readFileSync(new URL(`../../../../${path}`, import.meta.url))
  return { name: path.split('/').at(-1) ?? '', content, type: 'text/plain' }
}

/** Sets Gravesham up in Slack as its clerk does, and opens its meeting with these there. @returns its channel */
async function gravesham(opened: SlackHouse, clerk: Player): Promise<string> {
  const { workspace } = opened
  await clerk.say('set up a board', 'direct', [file('src/boards/terms/gravesham.yaml')])
  expect(clerk.sees()).toContain('Gravesham Community Safety Partnership')
  await clerk.say('approve the terms: RESOLVED that the terms be approved')
  expect(clerk.newest()).toContain('in force')
  await clerk.say('read this roster for Gravesham CSP', 'direct', [file('docs/gravesham-roster.csv')])
  expect(clerk.sees()).toContain(FAIRLEY)
  await clerk.press('Import')
  const fairley = workspace.addUser({ name: FAIRLEY, email: 'imogen.fairley@example.org' })
  const members = [fairley, ...[DUNN, POLICE, CARTER].map(opened.userOf), clerk.visitor.user]
  const channel = workspace.addChannel({ name: 'gravesham-csp', kind: 'private', members })
  await clerk.command('link Gravesham CSP', channel)
  expect(clerk.newest(channel)).toContain('Linked to Gravesham CSP')
  await opened.slack.look()
  await clerk.say('call a meeting of Gravesham CSP on 17 December 2026 at 10:00, all the same')
  expect(clerk.newest()).toContain('Thursday 17 December 2026')
  await clerk.say('propose an item for Gravesham CSP: Street lighting')
  expect(clerk.newest()).toContain('Street lighting')
  await clerk.say('place P1 in B for Gravesham CSP')
  expect(clerk.newest()).toContain('The item is placed.')
  await clockTo(opened, '2026-12-17T10:00:00Z')
  await clerk.say('open the meeting of Gravesham CSP')
  expect(clerk.sees()).toContain('Gravesham CSP, Thursday 17 December 2026: in session')
  await clerk.say('Cllr Imogen Fairley, Mark Dunn, Daniel Okafor and Leon Carter are here')
  expect(clerk.sees()).toContain('Quorate: 4')
  return channel
}

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('the recommendations of a paper are agreed at a press; a dissent is heard, and recorded; the register reads like the notes', async () => {
    const opened = await openSlackHouse({ transport })
    const { channel } = opened
    const as = (name: string): Player => playerOf(opened, opened.as(name))
    const clerk = await called(opened)
    await paperOn(clerk)
    await inSession(opened, clerk, 'Cllr Margaret Ashdown, Daniel Okafor, Aisha Rahman and Dr Simon Kerr')
    const [chair, member] = [as(CHAIR), as(POLICE)]
    await chair.say('business')
    expect(chair.newest()).toContain('B1 Knife crime action plan')
    await chair.press('Agreed: B1')
    expect(chair.sees()).toContain(RESOLVED)
    expect(member.sees(channel)).toContain(RESOLVED)
    expect(member.sees(channel)).toContain('(a) agree the plan;')

    await chair.say('move under C1: the partnership meet in May')
    expect(chair.sees()).toContain('before the meeting')
    expect(member.sees(channel)).toContain('the partnership meet in May')
    await member.press('I do not agree', channel)
    expect(await member.send('I do not agree', { Why: 'May is too early for the data.' })).toBeUndefined()
    await member.visitor.closeAll()
    expect(chair.sees()).toContain('Not agreed by: Kent Police.')
    await chair.say('agreed')
    expect(chair.newest()).toContain('Or have the dissent recorded, and decide')
    await chair.press('Record the dissent and decide')
    expect(chair.sees()).toContain('RESOLVED that the partnership meet in May.')
    expect(member.sees(channel)).toContain('Kent Police did not agree, which is recorded.')

    await clerk.say('decisions')
    expect(clerk.newest()).toContain('Decisions: KCSP')
    await clerk.press('See 2')
    expect(clerk.sees()).toContain('Kent Police (Daniel Okafor): May is too early for the data.')
    await endsWell(opened)
    await opened.close()
  }, 90_000)

  test('at Gravesham equal votes fall to the chair, and a vote that loses its quorum ends as a recommendation', async () => {
    const opened = await openSlackHouse({ transport })
    const as = (name: string): Player => playerOf(opened, opened.as(name))
    const clerk = await called(opened)
    const channel = await gravesham(opened, clerk)
    const fairley = opened.workspace.users().find(({ name }) => name === FAIRLEY)
    const chair = playerOf(opened, opened.workspace.as(fairley?.id ?? ''))
    const [fire, police, probation] = [as(DUNN), as(POLICE), as(CARTER)]
    await chair.say('move under B1: the grant be spent on street lighting')
    expect(chair.sees()).toContain('before the meeting')
    await chair.say('put it to the vote closing by hand')
    expect(chair.sees()).toContain('0 of 4 who may vote have voted.')
    for (const [voter, choice] of [
      [fire, 'For'],
      [police, 'Against'],
      [probation, 'Against'],
    ] as const) {
      expect(voter.sees()).toContain('has not voted.')
      await voter.press(`${choice}: B1`)
      expect(voter.sees()).toContain('You have voted')
    }
    await chair.press('For: B1')
    expect(chair.sees()).toContain('4 of 4 who may vote have voted.')
    expect(police.sees(channel)).toContain('4 of 4 who may vote have voted.')
    await chair.press('Close the vote')
    expect(chair.sees()).toContain('has a second or casting vote.')
    await chair.press('Casting vote for')
    const resolved =
      'RESOLVED, on the Chair’s casting vote (2 votes for and 2 against), that the grant be spent on street lighting.'
    expect(chair.sees()).toContain(resolved)
    expect(police.sees(channel)).toContain(resolved)
    expect(as(CHAIR).sees()).not.toContain('street lighting')
    expect(police.sees(opened.channel)).not.toContain('street lighting')

    await chair.say('move under C1: the partnership meet in May')
    expect(chair.sees()).toContain('the partnership meet in May')
    await chair.say('put C1 to the vote')
    expect(police.sees()).toContain('the partnership meet in May')
    await police.press('For: C1')
    expect(police.sees()).toContain('You have voted “for” for Kent Police.')
    await chair.press('For: C1')
    await fire.say("I'm leaving")
    await probation.say("I'm leaving")
    expect(clerk.sees()).toContain('The quorum is lost')
    await chair.press('Close the vote')
    expect(chair.sees()).toContain('RECOMMENDED, by 2 votes to none, for ratification by a later meeting, as there was no quorum')
    await clerk.openHome()
    expect(clerk.home()).toContain('Gravesham CSP')
    await as(CHAIR).openHome()
    expect(as(CHAIR).home()).not.toContain('Gravesham')
    await clerk.say('decision 2 for Gravesham CSP')
    expect(clerk.newest()).toContain('The quorum for Partnership meetings will be three core members.')
    await endsWell(opened)
    await opened.close()
  }, 90_000)
})
