import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { emailOf } from '../../../src/demonstration/people.js'
import { boardCalled, DARDR_ROSTER, setUpBoard, WORKING_GROUP_ROSTER } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { agendaOf, CHAIR, CLERK, callMeeting, delivered, done, POLICE, toldOf } from '../setting.js'

const VICE = 'Helen Marsh'

let house: TestHouse
let board: string

beforeEach(async () => {
  house = await openTestHouse()
  board = (await boardCalled(house, 'KCSP')) ?? ''
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const appoint = (name: string, from = '', of = board) =>
  done(
    house.press(CLERK, {
      command: 'boards.appoint',
      subject: of,
      values: {
        name,
        email: emailOf(name),
        to: JSON.stringify({ as: 'office', office: 'vice-chair', acting: false }),
        ...(from === '' ? {} : { from }),
      },
    }),
  )

/** Runs as the machine does each minute, at each of these instants. */
async function tickAt(...instants: readonly string[]): Promise<void> {
  for (const instant of instants) {
    house.clock.set(instant)
    await house.tick()
    await house.tick()
    await delivered(house)
  }
}

/** To whom a term's end was said, by their addresses, each as often as it was. */
const heard = (title = /^(?:A term ends|To be reviewed)/): readonly string[] =>
  house.sent
    .filter(({ plain }) => title.test(plain.split('\n')[0] ?? ''))
    .map(({ to }) => ('user' in to ? to.user : to.place))
    .sort()

const cards = (title = /^(?:A term ends|To be reviewed)/): readonly string[] =>
  house.sent.map(({ plain }) => plain).filter((plain) => title.test(plain.split('\n')[0] ?? ''))

const BOTH = [emailOf(CHAIR), emailOf(CLERK)].sort()

describe('clerk and chair hear of the end of a term sixty days before', () => {
  test.each([
    // 22 November 2028, less sixty days, is Saturday 23 September: the Friday before, in summer time.
    { when: 'in summer time', from: '2026-11-22', before: '2028-09-22T07:59:59Z', at: '2028-09-22T08:00:00Z' },
    // 31 December 2028, less sixty days, is Wednesday 1 November, the clocks having gone back on 29 October.
    { when: 'just after the clocks go back', from: '2026-12-31', before: '2028-11-01T08:59:59Z', at: '2028-11-01T09:00:00Z' },
    // 25 May 2029, less sixty days, is Monday 26 March, the day after the clocks go forward.
    {
      when: 'the day after the clocks go forward',
      from: '2027-05-25',
      before: '2029-03-26T07:59:59Z',
      at: '2029-03-26T08:00:00Z',
    },
  ])('at the hour of reminders, once: $when', async ({ from, before, at }) => {
    await appoint(VICE, from)
    await delivered(house)
    await tickAt(before)
    expect(heard()).toEqual([])
    await tickAt(at)
    expect(heard()).toEqual(BOTH)
    await tickAt(at.replace(/T.*/, 'T16:00:00Z'))
    house.clock.forward({ hours: 24 * 100 })
    await house.tick()
    await delivered(house)
    expect(heard()).toEqual(BOTH)
  })

  test('after a stop over the moment: when it runs again, and once', async () => {
    await appoint(VICE)
    await tickAt('2028-09-20T12:00:00Z')
    expect(heard()).toEqual([])
    await tickAt('2028-10-09T14:30:00Z', '2028-10-10T08:00:00Z')
    expect(heard()).toEqual(BOTH)
  })

  test('not where somebody else holds the office meanwhile, nor where a successor is known', async () => {
    await appoint(VICE)
    house.clock.set('2027-03-01T10:00:00Z')
    await appoint(POLICE)
    await tickAt('2028-09-22T08:00:00Z', '2028-09-25T08:00:00Z')
    expect(heard()).toEqual([])
    // Two years from 1 March 2027, less sixty days, is 31 December 2028.
    house.clock.set('2028-12-01T10:00:00Z')
    await appoint(VICE, '2029-02-15')
    await tickAt('2028-12-29T09:00:00Z', '2029-01-02T09:00:00Z')
    expect(heard()).toEqual([])
  })

  test('with what the agenda has, who stays, and the clause', async () => {
    await appoint(VICE)
    house.clock.set('2028-06-01T10:00:00Z')
    const meeting = agendaOf(house, await callMeeting(house, board, '2028-10-18'))
    await tickAt('2028-09-22T08:00:00Z')
    const [card = ''] = cards()
    expect(card).toContain(
      `${VICE}’s term as Vice-Chair ends on Wednesday 22 November 2028, and the office falls to be reviewed.`,
    )
    expect(card).toContain('The meeting of Wednesday 18 October 2028 has “Election of Vice-Chair” on its agenda.')
    expect(card).toContain(`${VICE} stays Vice-Chair until a successor is elected.`)
    expect(card).toContain('Clause 6: “The Vice Chair will be elected from amongst the other KCSP members every 2 years.”')
    expect((await meeting.shown()).filter((one) => /Election/.test(one))).toHaveLength(1)
  })

  test.each([
    { as: 'no meeting is called', day: null, says: 'No meeting is called yet. The agenda of the next one gains' },
    {
      as: 'none before it ends',
      day: '2028-12-13',
      says: 'No meeting is called before then. The meeting of Wednesday 13 December 2028 has',
    },
  ])('where $as it says so', async ({ day, says }) => {
    await appoint(VICE)
    house.clock.set('2028-06-01T10:00:00Z')
    if (day) await callMeeting(house, board, day)
    await tickAt('2028-09-22T08:00:00Z')
    expect(cards()[0]).toContain(says)
  })

  test('where its agenda is agreed without it, how to add it', async () => {
    await appoint(VICE)
    house.clock.set('2028-06-01T10:00:00Z')
    const meeting = agendaOf(house, await callMeeting(house, board, '2028-10-18'))
    await done(meeting.on(CLERK, 'Election of Vice-Chair', 'agenda.change', { title: 'Welcome to new members' }))
    const { id } = await house.handles.reading
      .selectFrom('person')
      .select('id')
      .where('name', '=', CHAIR)
      .executeTakeFirstOrThrow()
    await done(meeting.press(CLERK, 'agenda.agree', { for: id }))
    await tickAt('2028-09-22T08:00:00Z')
    const [card = ''] = cards()
    expect(card).toContain('The agenda of the meeting of Wednesday 18 October 2028 stands without “Election of Vice-Chair”.')
    expect(card).toContain('“add a late item: Election of Vice-Chair to A because …”')
  })

  test('who is clerk by then, and not who was', async () => {
    await appoint(VICE)
    house.clock.set('2028-01-10T10:00:00Z')
    const values = { email: emailOf('Ann Castle'), to: JSON.stringify({ as: 'office', office: 'clerk', acting: false }) }
    await done(house.press(CLERK, { command: 'boards.appoint', subject: board, values: { name: 'Ann Castle', ...values } }))
    await tickAt('2028-09-22T08:00:00Z')
    expect(heard()).toEqual([emailOf('Ann Castle'), emailOf(CHAIR)].sort())
  })

  test('and officers see it among what is planned', async () => {
    await appoint(VICE)
    await tickAt('2028-08-01T10:00:00Z')
    const due = textOf(await house.say(CLERK, 'what is due'))
    expect(due).toContain('Friday 22 September 2028, 09:00 | A term of office that ends; to clerk and chair | 2 people')
    expect(textOf(await house.say(POLICE, 'what is due'))).not.toContain('A term of office')
  })
})

describe('an office that others fill', () => {
  test('falls to be reviewed, and no agenda gains anything', async () => {
    const steering = await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER)
    house.clock.set('2028-06-01T10:00:00Z')
    const meeting = agendaOf(house, await callMeeting(house, steering, '2028-10-18'))
    expect((await meeting.shown()).filter((one) => /Election|Appointment/.test(one))).toEqual(['A4 Appointment of Vice-Chair'])
    await tickAt('2028-09-22T08:00:00Z')
    // It comes together with that of the vice-chair, whose term ends on the same day.
    const card = house.sent.map(({ plain }) => plain).find((plain) => /To be reviewed: Chair/i.test(plain)) ?? ''
    expect(card).toContain(
      'Moira Lennox’s term as Chair ends on Wednesday 22 November 2028, and the office falls to be reviewed.',
    )
    expect(card).toContain('Moira Lennox stays Chair all the same: it is for KCSP to nominate a Chair.')
    expect(toldOf(house, /To be reviewed: Chair/i)).toEqual([emailOf('Moira Lennox'), emailOf(CLERK)].sort())
  })
})

test('people of other boards hear nothing of it: each board’s own clerk and chair', async () => {
  await appoint(VICE)
  await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
  await tickAt('2028-09-22T08:00:00Z')
  expect(toldOf(house, /Helen Marsh’s term/)).toEqual(BOTH)
  expect(toldOf(house, /Aisha Rahman’s term/)).toEqual([emailOf('Aisha Rahman'), emailOf(CLERK)].sort())
})

test('the card, as it is read', async () => {
  await appoint(VICE)
  await tickAt('2028-06-02T08:00:00Z')
  await callMeeting(house, board, '2028-10-18')
  await tickAt('2028-09-22T08:00:00Z')
  expect(cards()[0]?.split('\n')).toEqual([
    'A term ends: Vice-Chair, KCSP',
    'Helen Marsh’s term as Vice-Chair ends on Wednesday 22 November 2028, and the office falls to be reviewed.',
    'Helen Marsh stays Vice-Chair until a successor is elected.',
    'The meeting of Wednesday 18 October 2028 has “Election of Vice-Chair” on its agenda.',
    '[Agenda]',
    'Clause 6: “The Vice Chair will be elected from amongst the other KCSP members every 2 years.”',
    '[Remind me tomorrow] [Not this one]',
  ])
})
