import { afterEach, describe, expect, test } from 'vitest'
import { agendaOf, callMeeting } from '../agenda/setting.js'
import { setUpBoard, setUpBoardOf, WORKING_GROUP_ROSTER } from '../boards.js'
import { textOf } from '../house.js'
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
  JUNE,
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

/** The terms of the demonstration's board, with more on elections, in force from before its meeting. */
async function under(election: Parameters<typeof termsWith>[0], people = EVERYBODY): Promise<Electing> {
  const found = await beforeMeeting()
  await setUpBoardOf(found.house, termsWith(election), null)
  return seated(found, people)
}

const ends = (name: string, day: string) => (found: Electing) =>
  found.house.handles.writing
    .updateTable('holding')
    .set({ until_day: day })
    .where('person_id', 'in', (row) => row.selectFrom('person').select('id').where('name', '=', name))
    .execute()

describe('a nominee', () => {
  test('who dies or leaves between nomination and ballot is on no ballot', async () => {
    to = await twoStand()
    await to.stands('10:02', NHS, DISTRICTS)
    await ends(NHS, '2026-12-16')(to)
    await to.say('10:05', CHAIR, 'open the ballot')
    expect((await to.facts()).election.rounds[0]?.candidates.map(({ name }) => name)).toEqual([FIRE, POLICE])
    expect(refusal(await to.votes('10:06', OPCC, NHS)).code).toBe('invalid')
  })

  test('who leaves between the ballot and its close is not elected, whatever it comes to', async () => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot closing by hand')
    for (const name of [OPCC, DISTRICTS, CSP]) await to.votes('10:03', name, FIRE)
    await ends(FIRE, '2026-12-16')(to)
    const card = textOf(await to.say('10:05', CHAIR, 'close the ballot'))
    expect(card).toContain('Aisha Rahman was chosen and can be elected no more: nobody is elected yet.')
    expect(await to.viceChair()).toBeNull()
    expect(textOf(await to.say('10:06', CHAIR, 'no other nominations'))).toContain('Daniel Okafor be elected')
  })

  test('who withdraws while a ballot is open is told to wait', async () => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot')
    expect(refusal(await to.say('10:03', FIRE, 'I withdraw my nomination')).code).toBe('conflict')
    expect(refusal(await to.say('10:03', OPCC, 'nominate Dr Simon Kerr as vice-chair')).code).toBe('conflict')
  })

  test('who withdraws between two ballots is not on the second', async () => {
    to = await twoStand()
    await to.stands('10:02', NHS, DISTRICTS)
    await to.say('10:02', CHAIR, 'open the ballot')
    const votes = [
      [CHAIR, FIRE],
      [OPCC, FIRE],
      [FIRE, FIRE],
      [POLICE, POLICE],
      [CSP, POLICE],
      [PROBATION, POLICE],
      [NHS, NHS],
      [DISTRICTS, NHS],
    ] as const
    for (const [name, whom] of votes) await to.votes('10:03', name, whom)
    await due(to)
    await to.say('10:04', POLICE, 'I withdraw my nomination')
    expect(textOf(await to.say('10:05', CHAIR, 'no other nominations'))).toContain('Aisha Rahman be elected')
    expect(refusal(await to.say('10:06', OPCC, 'nominate Dr Simon Kerr as vice-chair')).code).toBe('conflict')
  })
})

describe('a voter', () => {
  test('who is substituted in mid-ballot has voted for the seat: the substitute does not overturn it', async () => {
    to = await twoStand(EVERYBODY.filter((name) => name !== PROBATION))
    await to.press('10:01', JUNE, 'attendance.arrive', { mode: 'room' }, to.meeting)
    await to.say('10:02', CHAIR, 'open the ballot in secret')
    await to.votes('10:03', JUNE, FIRE)
    await to.press('10:04', JUNE, 'attendance.leave', undefined, to.meeting)
    await to.press('10:04', PROBATION, 'attendance.arrive', { mode: 'room' }, to.meeting)
    expect(refusal(await to.votes('10:05', PROBATION, POLICE))).toMatchObject({ code: 'conflict' })
    const voted = await to.house.handles.reading.selectFrom('voted').selectAll().execute()
    expect(voted).toHaveLength(1)
  })

  test('who is substituted before they voted leaves the vote to the substitute', async () => {
    to = await twoStand(EVERYBODY.filter((name) => name !== PROBATION))
    await to.press('10:01', JUNE, 'attendance.arrive', { mode: 'room' }, to.meeting)
    await to.say('10:02', CHAIR, 'open the ballot in secret')
    await to.press('10:04', JUNE, 'attendance.leave', undefined, to.meeting)
    await to.press('10:04', PROBATION, 'attendance.arrive', { mode: 'room' }, to.meeting)
    expect((await to.votes('10:05', PROBATION, POLICE)).kind).toBe('card')
    expect(refusal(await to.votes('10:06', JUNE, POLICE)).code).toBe('not_permitted')
  })

  test('who withdraws for the item has no vote, and what they had cast is not counted', async () => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot in secret closing by hand')
    await to.votes('10:03', OPCC, FIRE)
    await to.votes('10:03', CSP, POLICE)
    const item = await to.agenda.id('A4')
    const interest = { item, nature: 'Employed by a candidate', does: 'withdraws now' }
    expect((await to.press('10:04', OPCC, 'attendance.declare', interest, to.meeting)).kind).toBe('card')
    expect(refusal(await to.votes('10:05', OPCC, FIRE)).code).toBe('not_permitted')
    expect(refusal(await to.say('10:06', CHAIR, 'close the ballot')).code).toBe('unwise')
    await to.say('10:06', CHAIR, 'close the ballot, all the same')
    const { counted } = (await to.facts()).election.rounds[0] ?? {}
    expect(counted).toMatchObject({ cast: 1, result: { kind: 'elected', candidate: await to.id(POLICE) } })
  })

  test.each([
    { who: 'Nadia Flynn', code: 'not_permitted' },
    { who: CLERK, code: 'not_permitted' },
    { who: 'Ruth Hale', code: 'not_found' },
  ])('$who has no vote', async ({ who, code }) => {
    to = await twoStand([...EVERYBODY, 'Nadia Flynn'])
    await to.say('10:02', CHAIR, 'open the ballot')
    expect(refusal(await to.votes('10:03', who, FIRE)).code).toBe(code)
  })

  test.each([
    { case: 'somebody who is not on it', values: async (found: Electing) => ({ choice: await found.id(NHS) }) },
    { case: 'no id at all', values: async () => ({ choice: 'x'.repeat(30) }) },
    { case: 'against, where several stand', values: async () => ({ choice: 'against' }) },
    { case: 'two at once', values: async (found: Electing) => ({ rank1: await found.id(FIRE), rank2: await found.id(POLICE) }) },
    {
      case: 'a choice and ranks',
      values: async (found: Electing) => ({ choice: await found.id(FIRE), rank1: await found.id(FIRE) }),
    },
  ])('a choice not on the ballot is refused and changes nothing: $case', async ({ values }) => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot in secret')
    const answer = await to.press('10:03', OPCC, 'elections.cast', await values(to), await to.ballot())
    expect(refusal(answer).code).toBe('invalid')
    expect(await to.house.handles.reading.selectFrom('sealed_paper').selectAll().execute()).toEqual([])
    expect(await to.house.handles.reading.selectFrom('voted').selectAll().execute()).toEqual([])
  })

  test('a repeated delivery is one ballot, and an unknown ballot is none', async () => {
    to = await twoStand()
    await to.say('10:02', CHAIR, 'open the ballot in secret')
    const press = { command: 'elections.cast', subject: await to.ballot(), values: { choice: await to.id(FIRE) } }
    const [first, again] = [
      await to.house.press(OPCC, press, { delivery: 'one' }),
      await to.house.press(OPCC, press, { delivery: 'one' }),
    ]
    expect([first.kind, again.kind]).toEqual(['card', 'card'])
    expect(await to.house.handles.reading.selectFrom('voted').selectAll().execute()).toHaveLength(1)
    expect(refusal(await to.press('10:04', OPCC, 'elections.cast', { choice: 'abstain' }, await to.id(FIRE))).code).toBe(
      'not_found',
    )
  })
})

describe('so few vote that figures show who voted how', () => {
  test('it is said before the opening, and an open ballot is offered', async () => {
    to = await twoStand([CHAIR, POLICE, FIRE, NHS])
    const answer = await to.say('10:02', CHAIR, 'open the ballot in secret')
    expect(refusal(answer).code).toBe('unwise')
    expect(textOf(answer)).toContain('[In secret all the same] [Hold it openly]')
    expect(to.keys()).toEqual([])
    await to.press('10:03', CHAIR, 'elections.open', { ballot: 'secret', fewVoters: 'yes' })
    expect((await to.facts()).election.rounds[0]?.publicKey).not.toBeNull()
    expect(to.keys()).toHaveLength(1)
  })
})

describe('two elections at once', () => {
  test('the same office of the same item is one; two boards do not meet', async () => {
    to = await twoStand()
    const board = await setUpBoard(to.house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
    const other = await callMeeting(to.house, board, '2027-01-14')
    const agenda = agendaOf(to.house, other)
    await agenda.has('Election of Chair', 'A')
    const item = await agenda.id('Election of Chair')
    expect(
      (await to.house.press(FIRE, { command: 'elections.nominate', subject: item, values: { nominee: await to.id(NHS) } })).kind,
    ).toBe('card')
    await to.say('10:05', CHAIR, 'open the ballot')
    const elections = await to.house.handles.reading
      .selectFrom('election')
      .select(['office', 'state'])
      .orderBy('office')
      .execute()
    expect(elections).toEqual([
      { office: 'chair', state: 'nominations' },
      { office: 'vice-chair', state: 'balloting' },
    ])
  })
})

describe('what the terms ask for', () => {
  test('who stands alone is confirmed by vote', async () => {
    to = await under({ unopposed: 'confirmed by vote' })
    await to.stands('10:01', FIRE, POLICE)
    expect(refusal(await to.press('10:02', CHAIR, 'elections.elect'))).toMatchObject({
      code: 'conflict',
      clause: { number: '6a' },
    })
    await to.say('10:02', CHAIR, 'open the ballot closing by hand')
    const ballot = await to.ballot()
    for (const name of [OPCC, NHS]) await to.press('10:03', name, 'elections.cast', { choice: 'against' }, ballot)
    for (const name of [POLICE, CSP]) await to.votes('10:03', name, FIRE)
    expect(textOf(await to.say('10:04', CHAIR, 'close the ballot'))).toContain('There are not more votes for than against')
    expect(await to.viceChair()).toBeNull()
    await to.say('10:05', CHAIR, 'open the ballot closing by hand')
    for (const name of [POLICE, CSP, OPCC]) await to.votes('10:06', name, FIRE)
    await to.say('10:07', CHAIR, 'close the ballot')
    expect(await to.viceChair()).toBe(FIRE)
  })

  test('a secret ballot, with two words to check it by', async () => {
    to = await under({ ballot: 'secret', checkWords: true })
    await to.stands('10:01', FIRE, OPCC)
    await to.stands('10:01', POLICE, OPCC)
    await to.say('10:02', CHAIR, 'open the ballot')
    const words = new Map<string, string>()
    for (const [name, whom] of [
      [OPCC, FIRE],
      [CSP, FIRE],
      [NHS, POLICE],
      [CHAIR, FIRE],
      [DISTRICTS, POLICE],
      [FIRE, FIRE],
      [POLICE, POLICE],
      [PROBATION, FIRE],
    ] as const) {
      const card = textOf(await to.votes('10:03', name, whom))
      const two = /The words of your ballot are (\S+ \S+)\./.exec(card)?.[1] ?? ''
      words.set(two, whom)
    }
    await due(to)
    const rows = await to.house.handles.reading.selectFrom('counted_choice').selectAll().execute()
    for (const [two, whom] of words) {
      const row = rows.find((one) => one.words === two)
      expect(row?.choice).toBe(JSON.stringify([await to.id(whom)]))
    }
    expect(await to.viceChair()).toBe(FIRE)
    const { id } = await to.house.handles.reading.selectFrom('decision').select('id').executeTakeFirstOrThrow()
    const entry = textOf(await to.press('10:05', OPCC, 'votes.decision', {}, id))
    for (const two of words.keys()) expect(entry).toContain(two)
  })

  test('equal votes fall by the casting vote of who presides, and by nobody else’s', async () => {
    to = await under({ ties: 'casting vote of the person presiding' }, [CHAIR, POLICE, FIRE, NHS])
    await to.stands('10:01', FIRE, OPCC)
    await to.stands('10:01', POLICE, OPCC)
    await to.say('10:02', CHAIR, 'open the ballot')
    for (const [name, whom] of [
      [CHAIR, FIRE],
      [FIRE, FIRE],
      [POLICE, POLICE],
      [NHS, POLICE],
    ] as const)
      await to.votes('10:03', name, whom)
    await due(to)
    expect(textOf(await to.say('10:04', CHAIR, 'elections'))).toContain('The person presiding has a casting vote.')
    expect(refusal(await to.press('10:04', NHS, 'elections.seed', { words: 'heron' })).clause).toMatchObject({ number: '6a' })
    const values = { candidate: await to.id(POLICE) }
    expect(refusal(await to.press('10:05', CLERK, 'elections.casting', values)).code).toBe('not_permitted')
    expect(textOf(await to.press('10:05', CHAIR, 'elections.casting', values))).toContain('Daniel Okafor be elected')
  })
})

describe('who may be elected depends on how the terms are read', () => {
  test('who presides rules before the ballot, and it is recorded', async () => {
    to = await beforeMeeting()
    // A member's seat of a body that the terms do not list.
    await to.house.handles.writing.updateTable('seat').set({ standing: 'member' }).where('standing', '=', 'invited').execute()
    await seated(to, [...EVERYBODY, 'Nadia Flynn'])
    await to.stands('10:01', 'Nadia Flynn', OPCC)
    await to.stands('10:01', FIRE, OPCC)
    const answer = await to.say('10:02', CHAIR, 'open the ballot')
    expect(refusal(answer)).toMatchObject({ code: 'conflict', clause: { number: '6' } })
    expect(textOf(answer)).toContain('Whether Nadia Flynn may be elected depends on how the terms are read.')
    expect(refusal(await to.press('10:03', OPCC, 'elections.rule', { reading: 'every member' })).code).toBe('not_permitted')
    expect(refusal(await to.press('10:03', CHAIR, 'elections.rule', { reading: 'whoever' })).code).toBe('invalid')
    const reading = 'the responsible authorities, as the terms list them'
    await to.say('10:03', CHAIR, "I'm leaving")
    expect(textOf(await to.press('10:03', CLERK, 'elections.rule', { reading }))).toContain('Nobody presides')
    await to.say('10:03', CHAIR, "I'm here")
    await to.press('10:03', CHAIR, 'elections.rule', { reading })
    expect(textOf(await to.say('10:04', CHAIR, 'no other nominations'))).toContain('Aisha Rahman be elected')
    const { id } = await to.house.handles.reading.selectFrom('decision').select('id').executeTakeFirstOrThrow()
    expect(textOf(await to.press('10:05', OPCC, 'votes.decision', {}, id))).toContain(
      'Eligible: the responsible authorities, as the terms list them, as the person presiding ruled.',
    )
  })
})
