import { afterEach, describe, expect, test } from 'vitest'
import { sendAll, textOf } from '../house.js'
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
} from './setting.js'

let to: Electing
afterEach(async () => {
  expect(to.house.faults).toEqual([])
  await to.house.close()
})

const said = async (answer: Promise<Parameters<typeof textOf>[0]>): Promise<string> => textOf(await answer)

describe('nominations', () => {
  test('in advance and from the floor, with a proposer, a seconder and what the nominee says', async () => {
    to = await beforeMeeting()
    expect(await said(to.say('2026-12-01T09:00:00Z', POLICE, 'nominate Aisha Rahman as vice-chair'))).toContain(
      'Aisha Rahman (KFRS), proposed by Daniel Okafor: has not said yet whether they accept',
    )
    await seated(to)
    expect(await said(to.say('10:01', DISTRICTS, 'I second Aisha Rahman'))).toContain('seconded by Tom Beresford')
    expect(await said(to.say('10:01', FIRE, 'I accept the nomination'))).toContain('has accepted')
    const floor = await said(to.say('10:02', CLERK, 'Helen Marsh nominates Daniel Okafor, seconded by Tom Beresford'))
    expect(floor).toContain('Daniel Okafor (Kent Police), proposed by Helen Marsh, seconded by Tom Beresford')
    expect(await said(to.say('10:02', POLICE, 'I decline'))).toContain('has declined')
    expect((await to.facts()).election.nominations.map(({ state }) => state)).toEqual(['accepted', 'declined'])
  })

  test('the nominee is asked, and the board’s place shows who is nominated', async () => {
    to = await inSession()
    await to.say('10:01', POLICE, 'nominate Aisha Rahman as vice-chair')
    await sendAll(to.house)
    expect(to.house.sentTo(FIRE).join('\n')).toContain('You are nominated for Vice-Chair, by Daniel Okafor.')
    expect(to.house.sent.some(({ to: where, plain }) => 'place' in where && plain.includes('Aisha Rahman (KFRS)'))).toBe(true)
  })

  test.each([
    { case: 'the chair', name: 'Cllr Margaret Ashdown', code: 'not_permitted', says: 'cannot be elected Vice-Chair' },
    {
      case: 'an invited body’s representative',
      name: 'Nadia Flynn',
      code: 'not_permitted',
      says: 'cannot be elected Vice-Chair',
    },
    { case: 'a colleague who represents nobody', name: 'Ruth Hale', code: 'not_permitted', says: 'cannot be elected Vice-Chair' },
    { case: 'the clerk', name: 'Grace Holloway', code: 'not_permitted', says: 'cannot be elected Vice-Chair' },
  ])('not eligible: $case, with the clause', async ({ name, code, says }) => {
    to = await inSession()
    const answer = await to.say('10:01', POLICE, `nominate ${name} as vice-chair`)
    expect(refusal(answer)).toMatchObject({ code, clause: { number: '6' } })
    expect(textOf(answer)).toContain(says)
  })

  test.each([
    { who: 'Nadia Flynn', why: 'is invited, and no member' },
    { who: 'Ruth Hale', why: 'sits for nobody' },
  ])('$who, who $why, nominates nobody', async ({ who }) => {
    to = await inSession([...EVERYBODY, 'Nadia Flynn'])
    const item = await to.agenda.id('A4')
    const answer = await to.press('10:01', who, 'elections.nominate', { nominee: await to.id(FIRE) }, item)
    expect(answer.kind).toBe('refusal')
    expect(await to.house.handles.reading.selectFrom('election').selectAll().execute()).toEqual([])
  })

  test('a substitute nominates for the seat, and a member does not for another', async () => {
    to = await inSession()
    expect(await said(to.say('10:01', PROBATION, 'nominate Aisha Rahman as vice-chair'))).toContain('proposed by Leon Carter')
    const item = await to.agenda.id('A4')
    const values = { nominee: await to.id(NHS), proposer: await to.id(POLICE) }
    expect(refusal(await to.press('10:02', OPCC, 'elections.nominate', values, item)).code).toBe('not_permitted')
  })

  test('on an item that elects nobody it is said what to do', async () => {
    to = await inSession()
    const answer = await to.press('10:01', POLICE, 'elections.nominate', { nominee: await to.id(FIRE) }, await to.agenda.id('A1'))
    expect(refusal(answer)).toMatchObject({ code: 'invalid' })
    expect(textOf(answer)).toContain('The clerk gives the agenda an item such as “Election of Vice-Chair”')
  })

  test('twice, who declines, and who nominates without an agenda item', async () => {
    to = await inSession()
    await to.stands('10:01', FIRE, POLICE)
    expect(refusal(await to.say('10:02', OPCC, 'nominate Aisha Rahman as vice-chair')).code).toBe('conflict')
    expect(refusal(await to.say('10:02', OPCC, 'nominate Tom Beresford as co-chair')).code).toBe('not_found')
  })
})

describe('one stands alone', () => {
  test('is elected, as there were no other nominations', async () => {
    to = await inSession()
    await to.stands('10:01', FIRE, POLICE)
    const card = await said(to.say('10:05', CHAIR, 'no other nominations'))
    expect(card).toContain('RESOLVED that Aisha Rahman be elected Vice-Chair.')
    expect(await to.viceChair()).toBe(FIRE)
    expect(await to.register()).toEqual(['RESOLVED that Aisha Rahman be elected Vice-Chair.'])
    expect(refusal(await to.say('10:06', CHAIR, 'open the ballot')).code).toBe('not_found')
  })

  test('said twice it is done once; by who does not preside not at all', async () => {
    to = await inSession()
    await to.stands('10:01', FIRE, POLICE)
    expect(refusal(await to.press('10:02', POLICE, 'elections.elect')).code).toBe('not_permitted')
    await to.press('10:03', CHAIR, 'elections.elect')
    await to.press('10:04', CHAIR, 'elections.elect')
    expect(await to.register()).toHaveLength(1)
  })

  test('nobody stands: nominations stay open', async () => {
    to = await inSession()
    await to.say('10:01', POLICE, 'nominate Aisha Rahman as vice-chair')
    const answer = await to.press('10:02', CHAIR, 'elections.elect')
    expect(refusal(answer).sentence).toContain('Nominations are open')
    expect((await to.facts()).election.state).toBe('nominations')
  })

  test('without a quorum nobody is elected', async () => {
    to = await inSession([CHAIR, POLICE, FIRE])
    await to.stands('10:01', FIRE, POLICE)
    const answer = await to.press('10:05', CHAIR, 'elections.elect')
    expect(refusal(answer)).toMatchObject({ code: 'not_quorate', clause: { number: '7' } })
    await to.say('10:06', CHAIR, 'go on informally')
    expect(refusal(await to.press('10:07', CHAIR, 'elections.elect')).code).toBe('not_quorate')
    expect(await to.viceChair()).toBeNull()
  })

  test('who was nominated and has said nothing is asked about first', async () => {
    to = await inSession()
    await to.stands('10:01', FIRE, POLICE)
    await to.say('10:02', OPCC, 'nominate Dr Simon Kerr as vice-chair')
    const doubt = refusal(await to.press('10:03', CHAIR, 'elections.elect'))
    expect(doubt).toMatchObject({ code: 'unwise' })
    await to.press('10:04', CHAIR, 'elections.elect', { allTheSame: 'yes' })
    expect(await to.viceChair()).toBe(FIRE)
  })
})

/** Three stand: for fire, the police and the health service. */
async function three(people = EVERYBODY): Promise<Electing> {
  const found = await inSession(people)
  await found.stands('10:01', FIRE, OPCC)
  await found.stands('10:01', POLICE, OPCC)
  await found.stands('10:01', NHS, DISTRICTS)
  return found
}

describe('an open ballot', () => {
  test('is by name, shown once it is closed and not before', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot')
    const own = await said(to.votes('10:03', OPCC, POLICE))
    expect(own).toContain('The vote of OPCC is in, by you')
    expect(own).not.toContain('Okafor')
    expect(await said(to.say('10:03', CLERK, 'elections'))).toContain('1 of 8 who may vote has voted.')
    for (const name of [CHAIR, POLICE, DISTRICTS, NHS, FIRE]) await to.votes('10:04', name, POLICE)
    await to.votes('10:04', PROBATION, null)
    await to.votes('10:05', CSP, FIRE)
    await due(to)
    const card = await said(to.say('10:06', CLERK, 'elections'))
    expect(card).toContain('RESOLVED that Daniel Okafor be elected Vice-Chair.')
    const { id } = await to.house.handles.reading.selectFrom('decision').select('id').executeTakeFirstOrThrow()
    const entry = await said(to.press('10:07', OPCC, 'votes.decision', {}, id))
    expect(entry).toContain('First ballot (open): Daniel Okafor 6, Aisha Rahman 1, Dr Simon Kerr 0; 1 abstained.')
    expect(entry).toContain('CSP Chairs: Aisha Rahman')
    expect(entry).toContain('Probation: abstained')
  })

  test('typed votes are taken, by the name that a candidate bears', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot closing by hand')
    expect(await said(to.say('10:03', OPCC, 'I vote for Okafor'))).toContain('The vote of OPCC is in, by you')
    await to.say('10:03', POLICE, 'I vote for Aisha Rahman')
    await to.say('10:03', POLICE, 'I vote for Daniel Okafor')
    const rows = await to.house.handles.reading.selectFrom('open_paper').selectAll().execute()
    const police = await to.id(POLICE)
    expect(rows.map(({ choice }) => choice)).toEqual([JSON.stringify([police]), JSON.stringify([police])])
    expect(await said(to.say('10:05', CHAIR, 'close the ballot'))).toContain('RESOLVED that Daniel Okafor be elected')
  })

  test('“close the ballot” is of an election, and of no vote', async () => {
    to = await three()
    expect(refusal(await to.say('10:02', CHAIR, 'close the vote')).sentence).toContain('No vote is open')
    await to.say('10:02', CHAIR, 'open the ballot')
    await to.votes('10:03', OPCC, POLICE)
    expect(await said(to.say('10:04', CHAIR, 'close the ballot'))).toContain('elected')
  })

  test('closes at its time, and a vote after that is not counted', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot for five minutes')
    await to.votes('10:03', OPCC, POLICE)
    expect(refusal(await to.votes('10:07', NHS, FIRE)).code).toBe('too_late')
    await due(to)
    expect(await to.viceChair()).toBe(POLICE)
  })

  test('nobody else may open, close, stop or call off', async () => {
    to = await three()
    for (const command of ['elections.open', 'elections.close', 'elections.discard', 'elections.call_off'])
      expect(refusal(await to.press('10:02', OPCC, command)).code, command).toBe('not_permitted')
  })

  test('all abstain: nobody is elected, and there can be another', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot')
    for (const name of EVERYBODY) await to.votes('10:03', name, null)
    await due(to)
    expect(await said(to.say('10:04', CHAIR, 'elections'))).toContain('Nobody was voted for: nobody is elected.')
    expect(await to.viceChair()).toBeNull()
    expect(await said(to.say('10:05', CHAIR, 'open the ballot'))).toContain('second ballot open')
  })

  test('the quorum is lost before the close: the ballot is void', async () => {
    to = await three([CHAIR, POLICE, FIRE, NHS])
    await to.say('10:02', CHAIR, 'open the ballot closing by hand')
    await to.votes('10:03', POLICE, POLICE)
    await to.press('10:04', NHS, 'attendance.leave', undefined, to.meeting)
    const card = await said(to.say('10:05', CHAIR, 'close the ballot'))
    expect(card).toContain('First ballot: Void: there was no quorum when it was closed.')
    expect(await to.viceChair()).toBeNull()
  })

  test('while the meeting is adjourned nobody votes, and nothing is closed', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot for five minutes')
    await to.say('10:03', CHAIR, 'adjourn the meeting until 10:30')
    expect(refusal(await to.votes('10:04', OPCC, POLICE)).code).toBe('conflict')
    expect(refusal(await to.say('10:10', CHAIR, 'close the ballot')).code).toBe('conflict')
    await due(to)
    expect((await to.facts()).election.rounds[0]?.state).toBe('open')
  })

  test('the meeting closes: what was put in is counted as of then', async () => {
    to = await three()
    await to.say('10:02', CHAIR, 'open the ballot')
    await to.votes('10:03', OPCC, POLICE)
    await to.press('10:10', CHAIR, 'attendance.close', { allTheSame: 'yes' }, to.meeting)
    to.house.clock.forward({ minutes: 3 })
    await due(to)
    expect(await to.viceChair()).toBe(POLICE)
    expect((await to.facts()).election.rounds[0]?.closedAt?.toString()).toBe('2026-12-16T10:10:00Z')
  })
})

describe('other methods', () => {
  test('plurality: most votes elect', async () => {
    to = await three()
    await to.press('10:02', CHAIR, 'elections.open', { method: 'plurality' })
    for (const [name, whom] of [
      [CHAIR, FIRE],
      [OPCC, FIRE],
      [FIRE, FIRE],
      [POLICE, POLICE],
      [CSP, POLICE],
      [NHS, NHS],
      [DISTRICTS, NHS],
      [PROBATION, null],
    ] as const)
      await to.votes('10:03', name, whom)
    await due(to)
    expect(await to.viceChair()).toBe(FIRE)
  })

  test('ranked choices, by the form: an instant run-off', async () => {
    to = await three()
    await to.press('10:02', CHAIR, 'elections.open', { method: 'ranked choices', ballot: 'secret' })
    const form = await to.press('10:03', OPCC, 'elections.cast_form', {}, await to.ballot())
    expect(form).toMatchObject({ kind: 'form', form: { fields: [{ name: 'rank1' }, { name: 'rank2' }, { name: 'rank3' }] } })
    const [fire, police, nhs] = await Promise.all([FIRE, POLICE, NHS].map((name) => to.id(name)))
    const ranks = (...ids: (string | undefined)[]) => Object.fromEntries(ids.map((id, at) => [`rank${at + 1}`, id ?? '']))
    const cast = async (name: string, ...ids: (string | undefined)[]) =>
      to.press('10:04', name, 'elections.cast', ranks(...ids), await to.ballot())
    expect(refusal(await cast(OPCC, fire, fire)).code).toBe('invalid')
    for (const name of [CHAIR, OPCC, FIRE]) await cast(name, fire)
    for (const name of [POLICE, CSP, PROBATION]) await cast(name, police)
    for (const name of [NHS, DISTRICTS]) await cast(name, nhs, police)
    await due(to)
    expect(await to.viceChair()).toBe(POLICE)
    expect(await said(to.say('10:05', CHAIR, 'elections'))).toContain('Ballot 1, count 2')
  })
})

describe('an election that is called off', () => {
  test('elects nobody, and is over', async () => {
    to = await three()
    expect(await said(to.say('10:02', CHAIR, 'call off the election'))).toContain('It is called off. Nobody is elected.')
    expect(refusal(await to.press('10:03', CHAIR, 'elections.open')).code).toBe('conflict')
  })
})
