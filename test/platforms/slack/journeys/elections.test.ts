import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aMinute, CHAIR, called, clockTo, endsWell, inSession, type Player, POLICE, playerOf } from '../play.js'
import { openSlackHouse, type SlackHouse } from '../setting.js'

/** The page’s elections, in Slack. Left out: how a ballot looks, which is the page’s own. */

const OPCC = 'Helen Marsh'
const DISTRICTS = 'Tom Beresford'
const FIRE = 'Aisha Rahman'
const NHS = 'Dr Simon Kerr'
const PROBATION = 'June Whitfield'
const CSP = 'Cllr Owen Pryce'
const EIGHT = `${CHAIR}, ${POLICE}, ${OPCC}, ${DISTRICTS}, ${FIRE}, ${NHS}, ${PROBATION} and ${CSP}`

const playerFor = (opened: SlackHouse) => (name: string) => playerOf(opened, opened.as(name))

/** One after another presses in the board’s channel, and is answered alone. */
async function each(opened: SlackHouse, pressing: readonly (readonly [string, string])[], answered: string): Promise<void> {
  for (const [who, label] of pressing) {
    const player = playerOf(opened, opened.as(who))
    await player.press(label, opened.channel)
    const answer = player.visitor.conversation(opened.channel).findLast(({ ephemeral }) => ephemeral)
    expect(player.newest(opened.channel)).toContain(answered)
    expect(answer?.ephemeral).toBe(true)
  }
}

/** They choose in the ballot that is open; each is told that they have voted, and not what. */
async function vote(opened: SlackHouse, pairs: readonly (readonly [who: string, whom: string])[]): Promise<void> {
  const pressing = pairs.map(([who, whom]) => [who, `${whom}: Election`] as const)
  await each(opened, pressing, 'is in, by you')
  await aMinute(opened)
}

async function openSecretly(chair: Player): Promise<void> {
  await chair.press('Open the ballot')
  expect(await chair.send('Open the ballot', { 'Is it secret?': 'secret' })).toBeUndefined()
  await chair.visitor.closeAll()
}

/** Has the removal of the vice-chair on the next meeting’s agenda, as B1. */
async function removalOn(clerk: Player): Promise<void> {
  await clerk.say('propose an item: Removal of the Vice-Chair')
  expect(clerk.newest()).toContain('The item is proposed.')
  await clerk.say('place P1 in B')
  expect(clerk.newest()).toContain('The item is placed.')
}

const voteOn = (opened: SlackHouse, voters: readonly string[], choice: string): Promise<void> =>
  each(
    opened,
    voters.map((who) => [who, `${choice}: B1`] as const),
    'You have voted',
  )

describe.each(['socket', 'http'] as const)('by %s', (transport) => {
  test('a vice-chair is nominated from the floor, and elected in secret over two ballots, a fresh one and the lot', async () => {
    const opened = await openSlackHouse({ transport })
    const { channel } = opened
    const as = playerFor(opened)
    const clerk = await called(opened)
    await inSession(opened, clerk, EIGHT)
    const [chair, member] = [as(CHAIR), as(OPCC)]
    await clerk.say(`Helen Marsh nominates ${POLICE} as vice-chair, seconded by Tom Beresford`)
    expect(clerk.sees()).toContain(`${POLICE} is nominated.`)
    await member.press('Nominate somebody', channel)
    expect(await member.send('Nominate a Vice-Chair', { 'Whom?': `${FIRE} (KFRS)` })).toBeUndefined()
    await member.visitor.closeAll()
    expect(member.sees(channel)).toContain(`${FIRE} (KFRS), proposed by Helen Marsh`)
    await clerk.say(`Tom Beresford nominates ${NHS}`)
    for (const who of [FIRE, POLICE, NHS]) {
      await as(who).press('I accept')
      expect(as(who).sees()).toContain('You stand.')
    }
    await chair.say('elections')
    expect(chair.newest()).toContain('has accepted')
    await openSecretly(chair)
    expect(chair.sees()).toContain('first ballot open')
    await vote(opened, [
      [CHAIR, FIRE],
      [FIRE, FIRE],
      [CSP, FIRE],
      [POLICE, POLICE],
      [OPCC, POLICE],
      [PROBATION, POLICE],
      [NHS, NHS],
      [DISTRICTS, NHS],
    ])
    expect(chair.sees()).toContain(`Nobody has more than half of the votes. ${NHS} drops out.`)
    for (const said of ['second ballot open', 'third ballot open']) {
      await openSecretly(chair)
      expect(chair.sees()).toContain(said)
      await vote(opened, [
        [CHAIR, FIRE],
        [FIRE, FIRE],
        [CSP, FIRE],
        [NHS, FIRE],
        [POLICE, POLICE],
        [OPCC, POLICE],
        [PROBATION, POLICE],
        [DISTRICTS, POLICE],
      ])
    }
    expect(chair.sees()).toContain('the lot decides who is elected')
    await member.say('my words for the lot: blue heron')
    expect(member.sees()).toContain('Until the lot is drawn nobody sees them')
    await chair.press('Give words for the lot')
    expect(await chair.send('Words for the lot', { 'Your words': 'tea and cake' })).toBeUndefined()
    await chair.visitor.closeAll()
    for (const one of [clerk, member, chair]) expect(one.sees(channel)).not.toMatch(/blue heron|tea and cake/)
    await chair.say('draw the lot')
    expect(chair.sees()).toContain('The lot:')
    // Anyone can draw it again: the lowest SHA-256 of the texts as they are published.
    const lines = [...chair.newest().matchAll(/“(KCSP, Vice-Chair, [^”]+ \/ ([^/”]+))”: ([0-9a-f]{64})/g)]
    expect(lines.length).toBeGreaterThanOrEqual(2)
    for (const [, text = '', , digest] of lines) expect(createHash('sha256').update(text).digest('hex')).toBe(digest)
    const [lowest] = lines
      .map(([, , name, digest = '']) => ({ name, digest }))
      .sort((one, other) => (one.digest < other.digest ? -1 : 1))
    const elected = `RESOLVED that ${lowest?.name} be elected Vice-Chair.`
    expect(chair.sees()).toContain(elected)
    expect(member.sees(channel)).toContain(elected)
    await clerk.say('roster')
    expect(clerk.newest()).toContain(`Vice-chair: ${lowest?.name}`)
    await endsWell(opened)
    await opened.close()
  }, 90_000)

  test('a removal fails with four of eight and carries with five; the agenda of a meeting eleven months on gains its election', async () => {
    const opened = await openSlackHouse({ transport })
    const as = playerFor(opened)
    const clerk = await called(opened)
    await clerk.say(`appoint ${POLICE} as vice-chair from 1 December 2025`)
    expect(clerk.newest()).toContain('vice-chair')
    await clerk.say('call a meeting on 20 January 2027 at 10:00, all the same')
    expect(clerk.newest()).toContain('Wednesday 20 January 2027')
    // His two years end on 1 December 2027, within sixty days of that meeting.
    await clerk.say('call a meeting on 20 October 2027 at 10:00, all the same')
    expect(clerk.newest()).toContain('Wednesday 20 October 2027')
    await clerk.say('agenda of the meeting of 20 October 2027')
    expect(clerk.newest()).toContain('Election of Vice-Chair')
    await removalOn(clerk)
    await inSession(opened, clerk, EIGHT)
    const chair = as(CHAIR)
    await chair.say('put the removal of the Vice-Chair to the vote')
    expect(chair.sees()).toContain('vote open')
    await voteOn(opened, [CHAIR, FIRE, NHS, CSP], 'For')
    await voteOn(opened, [POLICE, OPCC, PROBATION], 'Against')
    await chair.say('close the vote')
    expect(chair.sees()).toContain(
      'NOT CARRIED, by 4 votes to 3, as 5 of 8 were needed, that Daniel Okafor be removed from the office of Vice-Chair.',
    )
    expect(chair.sees()).toContain('Daniel Okafor stays Vice-Chair.')
    await clerk.say('close the meeting, all the same')
    expect(clerk.sees()).toContain('closed')

    await removalOn(clerk)
    await clockTo(opened, '2027-01-20T10:00:00Z')
    await clerk.say('open the meeting')
    expect(clerk.sees()).toContain('Wednesday 20 January 2027: in session')
    await clerk.say(`${EIGHT} are here`)
    expect(chair.sees()).toContain('Wednesday 20 January 2027: in session')
    await chair.say('put the removal of the Vice-Chair to the vote')
    expect(chair.sees()).toContain('0 of 8 who may vote have voted.')
    await voteOn(opened, [CHAIR, FIRE, NHS, PROBATION, CSP], 'For')
    await chair.say('close the vote')
    expect(chair.sees()).toContain('RESOLVED, by 5 votes to none, that Daniel Okafor be removed from the office of Vice-Chair.')
    expect(chair.sees()).toContain('vacant')
    await endsWell(opened)
    await opened.close()
  }, 90_000)
})
