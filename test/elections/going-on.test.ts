import { mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { setUpBoardOf } from '../boards.js'
import { sendAll, textOf } from '../house.js'
import { termsWith } from './made-up-terms.js'
import {
  beforeMeeting,
  CHAIR,
  CLERK,
  CSP,
  DISTRICTS,
  due,
  type Electing,
  EVERYBODY,
  FIRE,
  inSession,
  NHS,
  OPCC,
  POLICE,
  PROBATION,
  refusal,
  seated,
  twoStand,
} from './setting.js'

let to: Electing
afterEach(async () => {
  expect(to.house.faults).toEqual([])
  await to.house.close()
})

const EVEN = [
  [CHAIR, FIRE],
  [FIRE, FIRE],
  [CSP, FIRE],
  [NHS, FIRE],
  [POLICE, POLICE],
  [OPCC, POLICE],
  [DISTRICTS, POLICE],
  [PROBATION, POLICE],
] as const

async function tie(hour: string): Promise<void> {
  await to.press(hour, CHAIR, 'elections.open')
  for (const [name, whom] of EVEN) await to.votes(hour, name, whom)
  await due(to)
}

describe('somebody withdraws', () => {
  test('while the lot waits: who is left is elected alone, and nobody by the lot', async () => {
    to = await twoStand()
    await tie('10:02')
    await tie('10:03')
    expect((await to.facts()).election.state).toBe('tied')
    await to.say('10:04', POLICE, 'I withdraw my nomination')
    expect(refusal(await to.press('10:05', CHAIR, 'elections.draw')).code).toBe('conflict')
    const card = textOf(await to.say('10:06', CHAIR, 'no other nominations'))
    expect(card).toContain('RESOLVED that Aisha Rahman be elected Vice-Chair.')
    const { id } = await to.house.handles.reading.selectFrom('decision').select('id').executeTakeFirstOrThrow()
    const entry = textOf(await to.press('10:07', OPCC, 'votes.decision', {}, id))
    expect(entry).toContain('Wednesday 16 December 2026, 10:06')
    expect(entry).toContain('Nobody else stood, and Aisha Rahman was elected unopposed.')
  })

  test('who had dropped out before: the lot waits as it did', async () => {
    to = await twoStand()
    await to.stands('10:01', NHS, DISTRICTS)
    await to.press('10:02', CHAIR, 'elections.open')
    const first = [...EVEN.filter(([name]) => name !== NHS && name !== PROBATION), [NHS, NHS], [PROBATION, NHS]] as const
    for (const [name, whom] of first) await to.votes('10:02', name, whom)
    await due(to)
    await tie('10:03')
    await tie('10:04')
    await to.say('10:05', NHS, 'I withdraw my nomination')
    expect((await to.facts()).election.state).toBe('tied')
  })

  test('and everybody else: nominations are open again', async () => {
    to = await twoStand()
    await tie('10:02')
    await to.say('10:03', POLICE, 'I withdraw my nomination')
    await to.say('10:03', FIRE, 'I withdraw my nomination')
    expect(textOf(await to.say('10:04', OPCC, 'nominate Dr Simon Kerr as vice-chair'))).toContain('Dr Simon Kerr (NHS)')
    await to.say('10:04', NHS, 'I accept')
    expect(textOf(await to.say('10:05', CHAIR, 'no other nominations'))).toContain('Dr Simon Kerr be elected')
  })

  test('after a tie for the last place: the ballot that follows is no fresh ballot for it', async () => {
    to = await twoStand()
    await to.stands('10:01', NHS, DISTRICTS)
    await to.press('10:02', CHAIR, 'elections.open')
    const first = [
      [CHAIR, FIRE],
      [OPCC, FIRE],
      [CSP, FIRE],
      [PROBATION, FIRE],
      [FIRE, POLICE],
      [POLICE, POLICE],
      [NHS, NHS],
      [DISTRICTS, NHS],
    ] as const
    for (const [name, whom] of first) await to.votes('10:02', name, whom)
    await due(to)
    await to.say('10:03', NHS, 'I withdraw my nomination')
    await tie('10:04')
    expect((await to.facts()).election.state).toBe('balloting')
    expect(textOf(await to.say('10:05', CHAIR, 'elections'))).toContain('a fresh ballot, as votes were equal')
  })
})

test('what was called off is begun again by a nomination', async () => {
  to = await twoStand()
  await to.say('10:02', CHAIR, 'call off the election')
  expect(textOf(await to.say('10:03', OPCC, 'nominate Dr Simon Kerr as vice-chair'))).toContain('nominations (KCSP)')
  expect((await to.facts()).election.state).toBe('nominations')
})

describe('who presides and stands', () => {
  test('is asked about before the ballot', async () => {
    to = await inSession()
    await to.stands('10:01', FIRE, OPCC)
    await to.stands('10:01', POLICE, OPCC)
    await to.say('10:02', CLERK, 'Daniel Okafor presides, all the same')
    const answer = await to.say('10:03', CLERK, 'open the ballot')
    expect(refusal(answer).code).toBe('unwise')
    expect(textOf(answer)).toContain('nobody presides over their own election')
  })

  test('has no casting vote for themselves: the lot settles it', async () => {
    to = await beforeMeeting()
    await setUpBoardOf(to.house, termsWith({ ties: 'casting vote of the person presiding' }), null)
    await seated(to)
    await to.stands('10:01', FIRE, OPCC)
    await to.stands('10:01', POLICE, OPCC)
    await tie('10:02')
    expect(textOf(await to.say('10:02', CHAIR, 'elections'))).toContain('The person presiding has a casting vote.')
    await to.say('10:03', CLERK, 'Daniel Okafor presides, all the same')
    const values = { candidate: await to.id(POLICE) }
    expect(refusal(await to.press('10:04', POLICE, 'elections.casting', values)).code).toBe('conflict')
    expect((await to.press('10:05', OPCC, 'elections.seed', { words: 'blue heron' })).kind).toBe('card')
  })
})

describe('what the terms say of the ballot', () => {
  test('is not chosen by the meeting', async () => {
    to = await beforeMeeting()
    await setUpBoardOf(to.house, termsWith({ ballot: 'secret', method: 'plurality' }), null)
    await seated(to)
    await to.stands('10:01', FIRE, OPCC)
    await to.stands('10:01', POLICE, OPCC)
    for (const values of [{ ballot: 'open' }, { method: 'ranked choices' }])
      expect(refusal(await to.press('10:02', CHAIR, 'elections.open', values as never))).toMatchObject({
        clause: { number: '6a' },
      })
    expect(to.keys()).toEqual([])
    await to.press('10:03', CHAIR, 'elections.open')
    expect((await to.facts()).election.rounds[0]).toMatchObject({ method: 'plurality', publicKey: expect.any(String) })
  })

  test('a secret ballot is not taken for open, nor an open one for secret', async () => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot')
    expect(refusal(await to.say('10:03', CHAIR, 'hold a secret ballot')).sentence).toContain('it is an OPEN one')
    expect(refusal(await to.say('10:03', CHAIR, 'open the ballot for ten minutes')).sentence).toContain(
      'its time does not change',
    )
  })
})

test('a time that passed while the meeting was adjourned closes nothing, and people vote on', async () => {
  to = await twoStand()
  await to.say('10:02', CHAIR, 'open the ballot for five minutes')
  await to.say('10:03', CHAIR, 'adjourn the meeting until 10:30')
  const journaled = async () => (await to.house.handles.reading.selectFrom('journal').selectAll().execute()).length
  to.house.clock.forward({ minutes: 20 })
  const before = await journaled()
  for (let second = 0; second < 5; second += 1) await due(to)
  expect(await journaled()).toBe(before)
  await to.say('10:30', CHAIR, 'resume the meeting')
  expect((await to.votes('10:31', OPCC, FIRE)).kind).toBe('card')
})

test.each([
  'move under C1: that Daniel Okafor be elected Vice-Chair',
  'resolved C1: that Aisha Rahman be appointed as vice-chair',
  'resolved A4: that Daniel Okafor be elected Vice-Chair of the partnership',
])('nobody is elected by a motion: %s', async (words) => {
  to = await inSession()
  expect(refusal(await to.say('10:05', CHAIR, words))).toMatchObject({ code: 'conflict', clause: { number: '6' } })
  expect(await to.register()).toEqual([])
})

test('of an election on a closed item the board’s place shows that there is one, and nobody who stands', async () => {
  to = await beforeMeeting()
  await to.house.handles.writing
    .updateTable('item')
    .set({ openness: 'restricted' })
    .where('title', '=', 'Election of Vice-Chair')
    .execute()
  await seated(to, [...EVERYBODY, 'Nadia Flynn'])
  await to.stands('10:01', FIRE, OPCC)
  await to.press('10:02', CHAIR, 'elections.elect')
  await sendAll(to.house)
  const placed = to.house.sent.filter(({ to: where, plain }) => 'place' in where && plain.startsWith('Election of'))
  expect(placed.length).toBeGreaterThan(0)
  for (const { plain } of placed) expect(plain).not.toContain('Rahman')
  expect(textOf(await to.press('10:03', 'Nadia Flynn', 'elections.show'))).not.toContain('Rahman')
  expect(textOf(await to.press('10:03', OPCC, 'elections.show'))).toContain('Rahman')
})

test('a nominee and whoever voted see the next ballot on their own card', async () => {
  to = await twoStand()
  await sendAll(to.house)
  await to.press('10:02', CHAIR, 'elections.open', { ballot: 'secret' })
  await sendAll(to.house)
  const last = (name: string) => to.house.sentTo(name).findLast((plain) => plain.startsWith('Election of')) ?? ''
  expect(last(FIRE)).toContain('[Aisha Rahman] [Daniel Okafor] [Abstain]')
  await to.press('10:03', CHAIR, 'elections.discard')
  await sendAll(to.house)
  expect(last(FIRE)).not.toContain('[Abstain]')
})

test('a key that cannot be read leaves the ballot stuck and the clerk told; put right, it is counted', async () => {
  to = await twoStand()
  await to.press('10:02', CHAIR, 'elections.open', { ballot: 'secret', ends: 'hand' })
  for (const [name, whom] of EVEN.slice(0, 7)) await to.votes('10:03', name, whom)
  const key = join(dirname(to.house.file), 'keys', basename(to.house.file), `${await to.ballot()}.key`)
  renameSync(key, `${key}.away`)
  mkdirSync(key)
  expect(textOf(await to.press('10:04', CHAIR, 'elections.close'))).toContain('Nothing is counted: the key is damaged.')
  await sendAll(to.house)
  expect(to.house.sentTo(CLERK).join('\n')).toContain('a secret ballot cannot be opened')
  rmdirSync(key)
  renameSync(`${key}.away`, key)
  expect(textOf(await to.press('10:06', CHAIR, 'elections.close'))).toContain('RESOLVED that Aisha Rahman be elected Vice-Chair.')
  expect(to.keys()).toEqual([])
})

test.each(['$(id)', '`id`', 'a "b"', "it's", 'a\\b', '!!'])(
  'words for the lot are none that a shell would read: %s',
  async (words) => {
    to = await twoStand()
    await tie('10:02')
    await tie('10:03')
    expect(refusal(await to.press('10:04', OPCC, 'elections.seed', { words })).code).toBe('invalid')
    expect(await to.house.handles.reading.selectFrom('lot_seed').selectAll().execute()).toEqual([])
  },
)
