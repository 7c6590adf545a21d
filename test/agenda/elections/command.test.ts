import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../../src/demonstration/people.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { agendaOf, CHAIR, CLERK, callMeeting, delivered, done, type OnAgenda, POLICE, toldOf } from '../setting.js'

const VICE = 'Helen Marsh'
const ELECTION = /Election of Vice-Chair/

let house: TestHouse
let board: string
let december: OnAgenda

beforeEach(async () => {
  house = await openTestHouse()
  board = (await boardCalled(house, 'KCSP')) ?? ''
  december = agendaOf(house, await house.meeting())
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const office = (acting = false, of = 'vice-chair') => ({ as: 'office', office: of, acting })

const appoint = (name: string, { from = '', acting = false } = {}) =>
  done(
    house.press(CLERK, {
      command: 'boards.appoint',
      subject: board,
      values: { name, email: emailOf(name), to: JSON.stringify(office(acting)), ...(from === '' ? {} : { from }) },
    }),
  )

const end = (name: string, { from = '', of = 'vice-chair' } = {}) =>
  done(
    house.press(CLERK, {
      command: 'boards.end',
      subject: board,
      values: { part: JSON.stringify({ person: emailOf(name), of: office(false, of) }), ...(from === '' ? {} : { from }) },
    }),
  )

const call = async (day: string): Promise<OnAgenda> => agendaOf(house, await callMeeting(house, board, day))

/** "A4 Election of Vice-Chair", as the agenda has it now; what was taken off is not there. */
const elections = async (agenda: OnAgenda): Promise<readonly string[]> =>
  (await agenda.shown()).filter((one) => ELECTION.test(one) && !/^withdrawn|\(withdrawn\)$/.test(one))

/** Sends what waits, and gives what was said under a title; then it is forgotten. */
async function said(title: RegExp): Promise<readonly { readonly to: readonly string[]; readonly plain: string }[]> {
  await delivered(house)
  const found = house.sent.filter(({ plain }) => title.test(plain.split('\n')[0] ?? ''))
  const cards = [...new Set(found.map(({ plain }) => plain))]
  const told = cards.map((plain) => ({
    plain,
    to: found
      .filter((one) => one.plain === plain)
      .map(({ to }) => ('user' in to ? to.user : to.place))
      .sort(),
  }))
  house.sent.length = 0
  return told
}

describe('a term that ends', () => {
  test('is on the agenda of a meeting eleven months on, by itself', async () => {
    await appoint(VICE)
    house.clock.set('2027-11-24T10:00:00Z')
    // Two years from 22 November 2026, less sixty days, is 23 September 2028.
    expect(await elections(await call('2028-09-20'))).toEqual([])
    const october = await call('2028-10-25')
    expect(await elections(october)).toEqual(['A5 Election of Vice-Chair'])
    expect(await elections(await call('2028-11-29'))).toEqual([])
    // One that is called before it holds it instead.
    const september = await call('2028-09-27')
    expect(await elections(september)).toEqual(['A5 Election of Vice-Chair'])
    expect(await elections(october)).toEqual([])
  })

  test('from 29 February on 28 February', async () => {
    house.clock.set('2028-02-29T10:00:00Z')
    await appoint(VICE)
    expect(await elections(await call('2029-12-29'))).toEqual([])
    expect(await elections(await call('2029-12-30'))).toEqual(['A5 Election of Vice-Chair'])
  })

  test('makes no vacancy: the holder stays, and the vice-chair is still told of what a vice-chair is', async () => {
    await appoint(VICE)
    house.clock.set('2029-03-01T10:00:00Z')
    expect(textOf(await house.press(CLERK, { command: 'boards.roster', subject: board }))).toMatch(/vice-chair/i)
    expect(await elections(await call('2029-05-16'))).toEqual(['A5 Election of Vice-Chair'])
    expect(await said(/^Vacant/)).toEqual([])
  })
})

describe('a vacancy', () => {
  test('gives the draft of the next meeting its election, and that one alone; clerk and chair hear of it once', async () => {
    await appoint(VICE)
    const march = await call('2027-03-24')
    expect(await elections(december)).toEqual([])
    await said(/./)
    house.clock.forward({ hours: 24 })
    await end(VICE)
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
    expect(await elections(march)).toEqual([])
    const [vacant, another] = await said(/^Vacant/)
    expect(another).toBeUndefined()
    expect(vacant?.to).toEqual([emailOf(CHAIR), emailOf(CLERK)].sort())
    expect(vacant?.plain).toContain('The office of Vice-Chair is vacant since Monday 23 November 2026.')
    expect(vacant?.plain).toContain('The meeting of Wednesday 16 December 2026 has “Election of Vice-Chair” on its agenda.')
    expect(vacant?.plain).toContain('“The Vice Chair will be elected from amongst the other KCSP members every 2 years.”')
    // Whatever else is done about the roster says nothing again.
    await done(
      house.press(CLERK, {
        command: 'boards.appoint',
        subject: board,
        values: { name: 'Another Guest', to: JSON.stringify({ as: 'in attendance' }) },
      }),
    )
    await house.tick()
    expect(await said(/^Vacant/)).toEqual([])
  })

  test('in which somebody acts is named with them, and lasts', async () => {
    await appoint(VICE)
    await said(/./)
    house.clock.forward({ hours: 24 })
    await appoint(POLICE, { acting: true })
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
    const [vacant] = await said(/^Vacant/)
    expect(vacant?.plain).toContain(`Until then ${POLICE} acts as Vice-Chair.`)
  })

  test('that is filled takes it off again; the next one puts another on, and says so', async () => {
    const march = await call('2027-03-24')
    expect([await elections(december), await elections(march)]).toEqual([['A4 Election of Vice-Chair'], []])
    await appoint(VICE)
    expect([await elections(december), await elections(march)]).toEqual([[], []])
    expect(await december.shown()).toContain('withdrawn: Election of Vice-Chair')
    house.clock.forward({ hours: 24 })
    await end(VICE)
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
    expect(await said(/^Vacant/)).toHaveLength(1)
    house.clock.forward({ hours: 24 })
    await appoint(POLICE)
    house.clock.forward({ hours: 24 })
    await end(POLICE)
    expect(await said(/^Vacant/)).toHaveLength(1)
  })

  test('what somebody has touched stays on: another title, a presenter, a paper', async () => {
    await done(december.on(CLERK, 'A4', 'agenda.change', { presenter: 'the Clerk' }))
    await appoint(VICE)
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
  })

  test('what the clerk has taken off stays off, and the next meeting has it', async () => {
    const march = await call('2027-03-24')
    await done(december.on(CLERK, 'A4', 'agenda.withdraw', { why: 'It waits for the new member.' }))
    expect([await elections(december), await elections(march)]).toEqual([[], ['A5 Election of Vice-Chair']])
    await appoint(POLICE, { acting: true })
    expect([await elections(december), await elections(march)]).toEqual([[], ['A5 Election of Vice-Chair']])
    expect(await said(/is due/)).toEqual([])
  })

  test('from a day to come falls to the first meeting within sixty days before it, and is said at the hour of reminders', async () => {
    await appoint(VICE)
    const march = await call('2027-03-24')
    await said(/./)
    await end(VICE, { from: '2027-04-01' })
    expect([await elections(december), await elections(march)]).toEqual([[], ['A5 Election of Vice-Chair']])
    expect(await said(/^(?:Vacant|A term)/)).toEqual([])
    // Sixty days before 1 April 2027 is Sunday 31 January.
    house.clock.set('2027-01-29T09:00:00Z')
    await house.tick()
    const [ends] = await said(/^A term ends/)
    expect(ends?.plain).toContain(`${VICE}’s term as Vice-Chair ends on Thursday 1 April 2027.`)
    // The day itself says nothing again.
    house.clock.set('2027-04-01T09:00:00Z')
    await appoint(POLICE, { acting: true })
    expect(await said(/^Vacant/)).toEqual([])
  })
})

describe('an agenda that is agreed', () => {
  beforeEach(async () => {
    await appoint(VICE)
    await done(december.press(CLERK, 'agenda.agree', { for: await idOf(CHAIR) }))
    await said(/./)
  })

  test('is not changed: clerk and chair hear what it lacks, and a later draft has it until the clerk has added it', async () => {
    const march = await call('2027-03-24')
    const before = await december.shown()
    await said(/./)
    house.clock.forward({ hours: 24 })
    await end(VICE)
    expect(await december.shown()).toEqual(before)
    expect(await elections(march)).toEqual(['A5 Election of Vice-Chair'])
    const [vacant] = await said(/^(?:Vacant|Election)/)
    expect(vacant?.plain).toContain(
      'The agenda of the meeting of Wednesday 16 December 2026 stands without “Election of Vice-Chair”.',
    )
    expect(vacant?.plain).toContain('Otherwise the meeting of Wednesday 24 March 2027 has it.')
    await call('2027-07-14')
    expect(await said(/^(?:Vacant|Election)/)).toEqual([])
    await done(house.say(CLERK, 'add a late item: Election of Vice-Chair to A because the office is vacant'))
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
    expect(await elections(march)).toEqual([])
    expect(await said(/^(?:Vacant|Election)/)).toEqual([])
  })

  test('and keeps what is not due any more', async () => {
    await end(VICE)
    await done(house.say(CLERK, 'add a late item: Election of Vice-Chair to A because the office is vacant'))
    house.clock.forward({ hours: 24 })
    await appoint(POLICE)
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
  })

  test('whose meeting is moved so that one falls due: the clerk is told, once', async () => {
    house.clock.set('2028-08-01T09:00:00Z')
    const moved = await call('2028-09-20')
    await done(moved.press(CLERK, 'agenda.agree', { for: await idOf(CHAIR) }))
    await said(/./)
    await done(moved.press(CLERK, 'meetings.move', { day: '2028-10-04', time: '10:00', allTheSame: 'yes' }))
    expect(await elections(moved)).toEqual([])
    const [missing, another] = await said(/^Election of Vice-Chair is due/)
    expect(another).toBeUndefined()
    expect(missing?.to).toEqual([emailOf(CLERK)])
    expect(missing?.plain).toContain(
      'The agenda of the meeting of Wednesday 4 October 2028 stands without “Election of Vice-Chair”.',
    )
    await call('2028-11-29')
    expect(await said(/^Election of Vice-Chair is due/)).toEqual([])
  })
})

const idOf = async (name: string): Promise<string> =>
  (await house.handles.reading.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id

describe('a meeting that ends without the election', () => {
  test('leaves it to the next, and where that one’s agenda is agreed the clerk hears of it', async () => {
    const january = await call('2027-01-13')
    await done(january.press(CLERK, 'agenda.agree', { for: await idOf(CHAIR) }))
    await said(/./)
    house.clock.set('2026-12-16T10:00:00Z')
    await done(december.press(CLERK, 'attendance.open'))
    await done(december.press(CLERK, 'attendance.close', { allTheSame: 'yes' }))
    expect(await elections(january)).toEqual([])
    expect((await said(/^Election of Vice-Chair is due/)).map(({ to }) => to)).toEqual([[emailOf(CLERK)]])
  })

  test('leaves it to the next when it closes; while it sits nothing is added to it', async () => {
    const march = await call('2027-03-24')
    house.clock.set('2026-12-16T10:00:00Z')
    await done(december.press(CLERK, 'attendance.open'))
    expect([await elections(december), await elections(march)]).toEqual([['A4 Election of Vice-Chair'], []])
    await done(december.press(CLERK, 'attendance.close', { allTheSame: 'yes' }))
    expect(await elections(march)).toEqual(['A5 Election of Vice-Chair'])
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
  })

  test('and where a successor is elected at it, it keeps its item and the next has none', async () => {
    const march = await call('2027-03-24')
    house.clock.set('2026-12-16T10:00:00Z')
    await done(december.press(CLERK, 'attendance.open'))
    await appoint(POLICE)
    await done(december.press(CLERK, 'attendance.close', { allTheSame: 'yes' }))
    expect([await elections(december), await elections(march)]).toEqual([['A4 Election of Vice-Chair'], []])
  })

  test('that nobody opened: when its time is over, once', async () => {
    const march = await call('2027-03-24')
    house.clock.set('2026-12-16T11:59:00Z')
    await house.bot.doDue()
    expect(await elections(march)).toEqual([])
    house.clock.set('2026-12-16T12:00:00Z')
    await house.bot.doDue()
    expect(await elections(march)).toEqual(['A5 Election of Vice-Chair'])
    const acts = house.acts.length
    await house.bot.doDue()
    expect(house.acts).toHaveLength(acts)
  })

  test('that is cancelled: at once, and it is not asked for again', async () => {
    const march = await call('2027-03-24')
    await done(december.press(CLERK, 'meetings.cancel', { why: 'No business.', allTheSame: 'yes' }))
    expect(await elections(march)).toEqual(['A5 Election of Vice-Chair'])
    await appoint(VICE)
    expect(await elections(march)).toEqual([])
    expect(await elections(december)).toEqual(['A4 Election of Vice-Chair'])
  })
})

test('another board’s agendas and people have nothing of it', async () => {
  const gravesham = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const theirs = agendaOf(house, await callMeeting(house, gravesham, '2027-01-20'))
  const before = await theirs.shown()
  await appoint(VICE)
  await said(/./)
  house.clock.forward({ hours: 24 })
  await end(VICE)
  expect(await theirs.shown()).toEqual(before)
  await delivered(house)
  expect(toldOf(house, /Vacant/)).toEqual([emailOf(CHAIR), emailOf(CLERK)].sort())
})
