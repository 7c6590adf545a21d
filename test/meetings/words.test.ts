import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { emailOf } from '../../src/demonstration/people.js'
import { features } from '../../src/features.js'
import { Refusal } from '../../src/kernel/refusal.js'
import { readable } from '../../src/kernel/sentence.js'
import { channelOf, directPlaceOf } from '../../src/platforms/web/places.js'
import { sayIn } from '../boards.js'
import { NO_VAULT, type TestHouse, textOf } from '../house.js'
import { ASHDOWN, type Boards, CLERK, called, FAIRLEY, openBoards, POLICE, record } from './calls.js'

let house: TestHouse
let boards: Boards
/** Boards, meetings and people by their ids, as the tables below call them. */
let names: ReadonlyMap<string, string>

/** On Sunday 22 November 2026: the KCSP meets on 16 December 2026, Gravesham on 20 January and 17 February 2027. */
beforeAll(async () => {
  const opened = await openBoards()
  house = opened.house
  boards = opened.boards
  await called(house, CLERK, boards.gravesham, { day: '2027-01-20', time: '14:00' })
  await called(house, CLERK, boards.gravesham, { day: '2027-02-17', time: '10:00' })
  const { reading } = house.handles
  const meetings = await reading
    .selectFrom('meeting')
    .innerJoin('board', 'board.id', 'meeting.board_id')
    .select(['meeting.id', 'board.short_name', 'meeting.starts_at'])
    .execute()
  const people = await reading.selectFrom('person').select(['id', 'name']).execute()
  const all = await reading.selectFrom('board').select(['id', 'short_name']).execute()
  names = new Map([
    ...all.map(({ id, short_name }) => [id, short_name] as const),
    ...meetings.map(({ id, short_name, starts_at }) => [id, `${short_name} of ${starts_at.slice(0, 10)}`] as const),
    ...people.map(({ id, name }) => [id, name] as const),
  ])
})
afterAll(() => house.close())
afterEach(() => {
  expect(house.faults).toEqual([])
})

const named = (id: unknown): string => names.get(String(id)) ?? String(id)

/** What every feature together makes of a sentence: the command that it does, those it asks about, or nothing. */
async function heard(name: string, words: string, channel?: string): Promise<unknown> {
  const { reading: db } = house.handles
  const { id, tenant_id } = await db.selectFrom('person').selectAll().where('email', '=', emailOf(name)).executeTakeFirstOrThrow()
  const place = channel === undefined ? directPlaceOf(emailOf(name)) : channelOf(channel)
  const asking = {
    db,
    actor: { person: id, tenant: tenant_id, name },
    now: house.clock.now(),
    place,
    file: null,
    publicUrl: null,
    vault: NO_VAULT,
  }
  try {
    const readings = (await Promise.all(features.words.map((ear) => ear(asking, readable(words))))).flat()
    const [one, another] = readings
    if (!one) return 'nothing'
    if (another || !one.certain) return { asks: readings.map(({ label }) => label) }
    const { subject, ...values } = one.input
    return {
      does: `${one.command} ${named(subject)}`,
      ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, named(value)])),
    }
  } catch (error) {
    if (error instanceof Refusal) return { refuses: error.sentence }
    throw error
  }
}

const CALL = { does: 'meetings.call Gravesham CSP', kind: 'ordinary' }
const MARCH = { day: '2027-03-03', time: '10:00' }
const TWELFTH = { does: 'meetings.call Gravesham CSP', kind: 'extraordinary', day: '2027-01-12', time: '10:00' }

describe('a call is understood at once', () => {
  test.each([
    { words: 'call a meeting on 3 March 2027 at 10 am', is: { ...CALL, ...MARCH } },
    { words: 'Please call a meeting on 3 March at 10 am. Thanks', is: { ...CALL, ...MARCH } },
    { words: 'schedule a new meeting on 3rd March 2027 at 10:00', is: { ...CALL, ...MARCH } },
    { words: 'arrange a meeting on Wednesday 3 March 2027 at ten am', is: { ...CALL, ...MARCH } },
    { words: 'convene an ordinary meeting on the 3rd of March at 10.00', is: { ...CALL, ...MARCH } },
    { words: "hold a meeting on 3 March '27 at 10 o'clock", is: { ...CALL, ...MARCH } },
    { words: 'schedule the next meeting for 3/3/27 at 1000 hrs', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on 03/03/2027 at 10am', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on 3.3.2027 at 10am', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on 2027-03-03 at 10:00', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on March 3rd, 2027 at 10 am', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on Wednesday, 3 March, 2027, at 10 am', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting at 10 am on 3 March 2027', is: { ...CALL, ...MARCH } },
    { words: 'Could you call a meeting on 3 March 2027 at 10 am?', is: { ...CALL, ...MARCH } },
    { words: 'call a meeting on 3 March 2027 at 10:30', is: { ...CALL, ...MARCH, time: '10:30' } },
    { words: 'call a meeting on 3 March 2027 at half past two', is: { ...CALL, ...MARCH, time: '14:30' } },
    { words: 'call a meeting on 3 March 2027 at noon', is: { ...CALL, ...MARCH, time: '12:00' } },
    { words: 'call a meeting on 3 March 2027 at 2', is: { ...CALL, ...MARCH, time: '14:00' } },
    { words: 'call a meeting next Wednesday at 10 am', is: { ...CALL, day: '2026-11-25', time: '10:00' } },
    { words: 'call a meeting tomorrow at 10 am', is: { ...CALL, day: '2026-11-23', time: '10:00' } },
    { words: 'call a meeting on 3 March 2027 at 10 am all the same', is: { ...CALL, ...MARCH, allTheSame: 'yes' } },
    { words: 'call a meeting on 3 March 2027 at 10 am, all the same!', is: { ...CALL, ...MARCH, allTheSame: 'yes' } },
    { words: 'call a meeting', is: { does: 'meetings.call_form Gravesham CSP' } },
    { words: 'call an extraordinary meeting', is: { does: 'meetings.call_form Gravesham CSP' } },
  ])('“$words”', async ({ words, is }) => {
    expect(await heard(FAIRLEY, words)).toEqual(is)
  })
})

describe('where it is held', () => {
  test.each([
    { words: 'online', venue: 'Online' },
    { words: ', online', venue: 'Online' },
    { words: 'in Darent Room, Sessions House', venue: 'Darent Room, Sessions House' },
    { words: ', in Darent Room, Sessions House', venue: 'Darent Room, Sessions House' },
    { words: 'in the Guildhall and online', venue: 'the Guildhall and online' },
    { words: 'at Gravesend Old Town Hall', venue: 'Gravesend Old Town Hall' },
    { words: 'in person at Gravesend Old Town Hall', venue: 'Gravesend Old Town Hall' },
  ])('“… $words” is “$venue”', async ({ words, venue }) => {
    expect(await heard(FAIRLEY, `call a meeting on 3 March 2027 at 10:30${words.startsWith(',') ? '' : ' '}${words}`)).toEqual({
      ...CALL,
      ...MARCH,
      time: '10:30',
      venue,
    })
  })

  test('it may come before the day', async () => {
    expect(await heard(FAIRLEY, 'call a meeting in Darent Room, Sessions House on 3 March 2027 at 10 am')).toEqual({
      ...CALL,
      ...MARCH,
      venue: 'Darent Room, Sessions House',
    })
  })
})

describe('for what it is called, and by whom', () => {
  test.each([
    { words: 'at 10 am: a surge in county lines violence', need: 'a surge in county lines violence' },
    { words: 'at 10:00: a surge in county lines violence', need: 'a surge in county lines violence' },
    { words: 'at 10 am because of a surge, of 20 cases', need: 'a surge, of 20 cases' },
    {
      words: 'at 10 am because violence has risen: 20 cases since 1 November',
      need: 'violence has risen: 20 cases since 1 November',
    },
    { words: 'at 10 am; the murder of 3 January at 9 pm', need: 'the murder of 3 January at 9 pm' },
    { words: 'at 10 am to discuss the riot', need: 'discuss the riot' },
    { words: 'at 10:00 because of https://news.example.org/riot', need: 'https://news.example.org/riot' },
  ])('“call an extraordinary meeting on 12 January $words”', async ({ words, need }) => {
    expect(await heard(FAIRLEY, `call an extraordinary meeting on 12 January ${words}`)).toEqual({ ...TWELFTH, need })
  })

  test('with a place and minutes in the hour', async () => {
    const words = 'call an extraordinary meeting on 12 January at 10:15 in Darent Room, Sessions House because of a riot'
    expect(await heard(FAIRLEY, words)).toEqual({
      ...TWELFTH,
      time: '10:15',
      venue: 'Darent Room, Sessions House',
      need: 'a riot',
    })
  })

  test.each([
    'call an extraordinary meeting of Gravesham CSP on 12 January at 10 am, called by Daniel Okafor: a riot',
    'call an extraordinary meeting of Gravesham CSP called by Daniel Okafor on 12 January at 10 am because of a riot',
    'call an extraordinary meeting of Gravesham CSP on 12 January at 10 am at the request of Okafor because of a riot',
  ])('“%s”', async (words) => {
    expect(await heard(CLERK, words)).toEqual({ ...TWELFTH, caller: POLICE, need: 'a riot' })
  })

  test('by somebody whom nobody knows: the form is offered', async () => {
    const words = 'call an extraordinary meeting of Gravesham CSP on 12 January at 10 am, called by Nobody Atall: a riot'
    expect(await heard(CLERK, words)).toEqual({ asks: ['Call a meeting: Gravesham CSP'] })
  })
})

describe('which board', () => {
  const on = (board: string) => ({ does: `meetings.call ${board}`, kind: 'ordinary', ...MARCH })

  test.each([
    { said: 'of the Gravesham Community Safety Partnership', board: 'Gravesham CSP', by: 'its full name' },
    { said: 'of Gravesham CSP', board: 'Gravesham CSP', by: 'its short name' },
    { said: 'of gravesham', board: 'Gravesham CSP', by: 'its first word' },
    { said: 'of the Kent Community Safety Partnership', board: 'KCSP', by: 'its full name' },
    { said: 'for the KCSP', board: 'KCSP', by: 'its short name' },
    { said: 'of the KCSP WG', board: 'KCSP WG', by: 'its short name, which begins as another’s' },
    { said: 'of the Kent Community Safety Partnership Working Group', board: 'KCSP WG', by: 'its full name, likewise' },
    { said: 'of DARDR', board: 'DARDR SG', by: 'its first word' },
  ])('“$said”: $board, by $by', async ({ said, board }) => {
    expect(await heard(CLERK, `call a meeting ${said} on 3 March 2027 at 10 am`)).toEqual(on(board))
    expect(await heard(CLERK, `call a meeting on 3 March 2027 at 10 am ${said}`)).toEqual(on(board))
  })

  test('“a Gravesham meeting”', async () => {
    expect(await heard(CLERK, 'call a Gravesham meeting on 3 March 2027 at 10 am')).toEqual(on('Gravesham CSP'))
  })

  test.each([
    { channel: 'kcsp', board: 'KCSP' },
    { channel: 'gravesham-csp', board: 'Gravesham CSP' },
    { channel: 'kcsp-wg', board: 'KCSP WG' },
    { channel: 'dardr-sg', board: 'DARDR SG' },
  ])('in #$channel it is $board', async ({ channel, board }) => {
    expect(await heard(CLERK, 'call a meeting on 3 March 2027 at 10 am', channel)).toEqual(on(board))
    expect(await heard(CLERK, 'meetings', channel)).toEqual({ does: `meetings.coming ${board}` })
  })

  test('who is of one board is not asked which', async () => {
    expect(await heard(ASHDOWN, 'call a meeting on 3 March 2027 at 10 am')).toEqual(on('KCSP'))
  })

  test('in the channel of a board with which they have nothing to do, nothing is understood', async () => {
    expect(await heard(FAIRLEY, 'meetings', 'kcsp')).toBe('nothing')
  })

  test('of several, each has a button that names it', async () => {
    expect(await heard(CLERK, 'call a meeting on 3 March 2027 at 10 am')).toEqual({
      asks: [
        'Call a meeting on Wednesday 3 March 2027: DARDR SG',
        'Call a meeting on Wednesday 3 March 2027: Gravesham CSP',
        'Call a meeting on Wednesday 3 March 2027: KCSP',
        'Call a meeting on Wednesday 3 March 2027: KCSP WG',
      ],
    })
    expect(await heard(CLERK, 'move the next meeting to 27 January')).toEqual({
      asks: [
        'Move Gravesham CSP, Wednesday 20 January 2027, to Wednesday 27 January 2027, 14:00',
        'Move KCSP, Wednesday 16 December 2026, to Wednesday 27 January 2027, 10:00',
      ],
    })
    expect(await heard(CLERK, 'cancel the next meeting because of snow')).toEqual({
      asks: ['Cancel Gravesham CSP, Wednesday 20 January 2027: snow', 'Cancel KCSP, Wednesday 16 December 2026: snow'],
    })
    expect(await heard(CLERK, 'meetings')).toEqual({
      asks: ['Meetings: DARDR SG', 'Meetings: Gravesham CSP', 'Meetings: KCSP', 'Meetings: KCSP WG'],
    })
  })

  test('the question’s button does what was said, of that board', async () => {
    const before = await record(house)
    const answer = await house.say(CLERK, 'call a meeting on 6 October 2027 at 10:30 in Darent Room')
    expect(await record(house)).toBe(before)
    if (answer.kind !== 'card') throw new Error(textOf(answer))
    const buttons = answer.card.body.flatMap((node) => (node.node === 'buttons' ? node.buttons : []))
    const button = buttons.find(({ label }) => label.endsWith(': KCSP WG'))
    if (!button) throw new Error(textOf(answer))
    const done = textOf(await house.press(CLERK, button))
    expect(done).toContain('Meeting: Meeting of the Kent Community Safety Partnership Working Group')
    expect(done).toContain('When: Wednesday 6 October 2027, 10:30\nWhere: Darent Room')
  })
})

const DECEMBER = { does: 'meetings.move KCSP of 2026-12-16', day: '2027-01-13', time: '10:00' }

describe('a move is understood at once', () => {
  test.each([
    { words: 'move the next meeting to 13 January 2027', is: DECEMBER },
    { words: 'move our meeting to 13 January', is: DECEMBER },
    { words: 'postpone the December meeting to Wednesday, 13 January, 2027', is: DECEMBER },
    { words: 'reschedule the 16 December meeting to the 13th of January', is: DECEMBER },
    { words: 'put off the meeting of 16 December until 13/1/27', is: DECEMBER },
    { words: 'move the meeting of Wednesday, 16 December, 2026 to 13 January', is: DECEMBER },
    { words: 'move the meeting in December to 13 January', is: DECEMBER },
    { words: "move December's meeting to 13 January", is: DECEMBER },
    { words: 'move the meeting of December 2026 to 13 January', is: DECEMBER },
    { words: 'can you move the next meeting to 13 January?', is: DECEMBER },
    { words: 'move the next meeting to 13 January all the same', is: { ...DECEMBER, allTheSame: 'yes' } },
    { words: 'move the next meeting to 13 January at 10:30', is: { ...DECEMBER, time: '10:30' } },
    { words: 'move the next meeting to 13 January at 2 pm', is: { ...DECEMBER, time: '14:00' } },
    { words: 'move the next meeting to 13 January online', is: { ...DECEMBER, venue: 'Online' } },
    {
      words: 'move the next meeting to 13 January at 10.30, in Darent Room, Sessions House',
      is: { ...DECEMBER, time: '10:30', venue: 'Darent Room, Sessions House' },
    },
    {
      words: 'move the next meeting to 13 January because the chair is away on the 16th',
      is: { ...DECEMBER, why: 'the chair is away on the 16th' },
    },
    {
      words: 'move the next meeting to 13 January at 10:30: the room is taken until 10:15',
      is: { ...DECEMBER, time: '10:30', why: 'the room is taken until 10:15' },
    },
    {
      words: 'move the next meeting to 13 January in the Guildhall because of the flood',
      is: { ...DECEMBER, venue: 'the Guildhall', why: 'the flood' },
    },
    { words: 'bring forward the next meeting to 9 December', is: { ...DECEMBER, day: '2026-12-09' } },
    { words: 'move the next meeting to 2 pm', is: { ...DECEMBER, day: '2026-12-16', time: '14:00' } },
    { words: 'move the meeting of 16 December from 10 am to 2 pm', is: { ...DECEMBER, day: '2026-12-16', time: '14:00' } },
  ])('“$words”', async ({ words, is }) => {
    expect(await heard(ASHDOWN, words)).toEqual(is)
  })

  test.each([
    { words: 'move the February meeting to 24 February', meeting: '2027-02-17', day: '2027-02-24', time: '10:00' },
    { words: 'move the meeting of 17 February to 24 February', meeting: '2027-02-17', day: '2027-02-24', time: '10:00' },
    { words: 'move the meeting on the 17th of February to 24 February', meeting: '2027-02-17', day: '2027-02-24', time: '10:00' },
    { words: 'move the next meeting to 27 January', meeting: '2027-01-20', day: '2027-01-27', time: '14:00' },
  ])('of two coming meetings the one that is named: “$words”', async ({ words, meeting, day, time }) => {
    expect(await heard(FAIRLEY, words)).toEqual({ does: `meetings.move Gravesham CSP of ${meeting}`, day, time })
  })
})

const CANCEL = { does: 'meetings.cancel KCSP of 2026-12-16' }

describe('a cancellation is understood at once', () => {
  test.each([
    { words: 'cancel the next meeting because there is no business', is: { ...CANCEL, why: 'there is no business' } },
    { words: 'cancel the next meeting because of snow', is: { ...CANCEL, why: 'snow' } },
    { words: 'call off the meeting of 16 December, because of snow', is: { ...CANCEL, why: 'snow' } },
    { words: 'Please cancel the December meeting as nobody can come.', is: { ...CANCEL, why: 'nobody can come' } },
    {
      words: 'cancel the meeting of Wednesday, 16 December, 2026: not enough business',
      is: { ...CANCEL, why: 'not enough business' },
    },
    { words: 'cancel the meeting of 16 December at 10:00: no business', is: { ...CANCEL, why: 'no business' } },
    { words: 'could you cancel the next meeting because of snow?', is: { ...CANCEL, why: 'snow' } },
    { words: 'cancel the next meeting', is: { does: 'meetings.cancel_form KCSP of 2026-12-16' } },
    { words: 'cancel the meeting of 16 December, 2026', is: { does: 'meetings.cancel_form KCSP of 2026-12-16' } },
    { words: 'cancel the meeting of Wednesday, 16 December', is: { does: 'meetings.cancel_form KCSP of 2026-12-16' } },
  ])('“$words”', async ({ words, is }) => {
    expect(await heard(ASHDOWN, words)).toEqual(is)
  })
})

describe('questions about meetings, and dates', () => {
  const COMING = { does: 'meetings.coming KCSP' }
  test.each([
    { words: 'meetings', is: COMING },
    { words: 'Next meeting?', is: COMING },
    { words: 'When is the next meeting?', is: COMING },
    { words: "When's our next meeting?", is: COMING },
    { words: 'when do we meet next?', is: COMING },
    { words: 'what are the coming meetings', is: COMING },
    { words: 'list our meetings please', is: COMING },
    { words: 'dates of future meetings', is: COMING },
    { words: 'propose three meetings for 2027', is: { does: 'meetings.propose KCSP', year: '2027', count: '3' } },
    { words: 'suggest 4 dates for 2027', is: { does: 'meetings.propose KCSP', year: '2027', count: '4' } },
    { words: 'propose dates for 2027', is: { does: 'meetings.propose KCSP', year: '2027' } },
    { words: 'find dates for the meetings of 2028', is: { does: 'meetings.propose KCSP', year: '2028' } },
    { words: 'propose meeting dates for the year 2027, please', is: { does: 'meetings.propose KCSP', year: '2027' } },
    { words: 'propose a cycle for 2027', is: { does: 'meetings.propose KCSP', year: '2027' } },
  ])('“$words”', async ({ words, is }) => {
    expect(await heard(ASHDOWN, words)).toEqual(is)
  })

  const AGREED = { does: 'meetings.agree_cycle KCSP', year: '2027', resolution: 'RESOLVED, item C1' }
  const PROPOSED = { time: '10:00', day1: '2027-03-24', day2: '2027-07-21', day3: '2027-11-24' }
  test.each([
    { words: 'agree the cycle of 2027: RESOLVED, item C1', is: { ...AGREED, ...PROPOSED } },
    { words: 'agree the cycle of 2027 as proposed: RESOLVED, item C1', is: { ...AGREED, ...PROPOSED } },
    {
      words: 'agree the cycle of 2027 on 24 March, 20 July and 24 November at 10:30: RESOLVED, item C1',
      is: { ...AGREED, ...PROPOSED, day2: '2027-07-20', time: '10:30' },
    },
    {
      words: 'record the cycle for 2027, 24 March 2027 and 24 November 2027 at 2 pm: RESOLVED, item C1',
      is: { ...AGREED, time: '14:00', day1: '2027-03-24', day2: '2027-11-24' },
    },
  ])('“$words”', async ({ words, is }) => {
    expect(await heard(ASHDOWN, words)).toEqual(is)
  })
})

describe('is asked about, and nothing is done meanwhile', () => {
  const FORM = ['Call a meeting: KCSP']
  const MOVE = ['Move KCSP, Wednesday 16 December 2026']
  test.each([
    { words: 'call a meeting on 3 March 2027 at 10 am?', asks: ['Call a meeting on Wednesday 3 March 2027: KCSP'] },
    { words: 'call a meeting on 3 March 2027', asks: FORM },
    { words: 'call a meeting at 10 am', asks: FORM },
    { words: 'call a meeting on 3 March or 10 March at 10 am', asks: FORM },
    { words: 'call a meeting on 3 March 2027 at 10 am or 2 pm', asks: FORM },
    { words: 'call a meeting with Bob on 3 March 2027 at 10 am', asks: FORM },
    { words: 'call a meeting on 3 March 2027 at 10 am and tell the press', asks: FORM },
    { words: 'call the meeting to order', asks: FORM },
    {
      words: 'move the next meeting to 13 January?',
      asks: ['Move KCSP, Wednesday 16 December 2026, to Wednesday 13 January 2027, 10:00'],
    },
    { words: 'move the next meeting to Darent Room', asks: MOVE },
    { words: 'move the next meeting to next week', asks: MOVE },
    { words: 'move the next meeting to 13 January or 20 January', asks: MOVE },
    { words: 'move the next meeting to 13 January, and invite Bob', asks: MOVE },
    { words: 'move the next meeting to 13 January, the room is flooded', asks: MOVE },
    { words: 'cancel the next meeting because of snow?', asks: ['Cancel KCSP, Wednesday 16 December 2026: snow'] },
    {
      words: 'cancel the next meeting, and call another on 13 January',
      asks: ['Cancel KCSP, Wednesday 16 December 2026: and call another on 13 January'],
    },
    { words: 'agree the cycle of 2027 on some days: RESOLVED', asks: ['Dates for 2027: KCSP'] },
    { words: 'agree the cycle of 2020: RESOLVED', asks: ['Dates for 2020: KCSP'] },
    { words: 'agree the cycle of 2027: RESOLVED?', asks: ['Record the agreed cycle of 2027: KCSP'] },
  ])('“$words”', async ({ words, asks }) => {
    expect(await heard(ASHDOWN, words)).toEqual({ asks })
    const before = await record(house)
    expect(textOf(await house.say(ASHDOWN, words))).toContain('I am not sure, and have done nothing yet.')
    expect(await record(house)).toBe(before)
  })

  test('“next Wednesday”, said when it may be this week’s or next', async () => {
    house.clock.set('2026-11-23T09:00:00Z')
    expect(await heard(ASHDOWN, 'call a meeting next Wednesday at 10 am')).toEqual({
      asks: ['Call a meeting on Wednesday 25 November 2026: KCSP', 'Call a meeting on Wednesday 2 December 2026: KCSP'],
    })
  })
})

describe('a day that there is not is refused, and nothing is asked', () => {
  test.each([
    {
      words: 'call a meeting on Tuesday 3 March 2027 at 10 am',
      says: '3 March 2027 is a Wednesday, not a Tuesday. Say the right day.',
    },
    { words: 'call a meeting on 31 February 2027 at 10 am', says: 'There is no 31 February 2027. Say the right day.' },
    {
      words: 'move the next meeting to Thursday 13 January 2027',
      says: '13 January 2027 is a Wednesday, not a Thursday. Say the right day.',
    },
  ])('“$words”', async ({ words, says }) => {
    expect(await heard(ASHDOWN, words)).toEqual({ refuses: says })
  })
})

describe('does nothing', () => {
  test.each([
    'Apologies for the confusion about the meeting',
    'the meeting was good',
    'who called the meeting?',
    'I called a meeting on 3 March 2027 at 10 am',
    'Bob wants to call a meeting on 3 March 2027 at 10 am',
    "don't call a meeting on 3 March 2027 at 10 am",
    'call me about the meeting on 3 March at 10 am',
    'move on to the next item',
    'move on to the next meeting',
    'move that item to the next meeting',
    'move the parish council meeting to 13 January',
    'move the January meeting to 27 January',
    'move the meeting of 17 December to 13 January',
    "don't move the next meeting to 13 January",
    'cancel my lunch',
    'cancel my lunch meeting because I am ill',
    'cancel my meeting of 16 December because I am ill',
    'cancel the meeting with Bob on 16 December because he is ill',
    'cancel the meeting of 17 December because of snow',
    'cancel all meetings because of snow',
    'cancel the next meeting as soon as possible',
    "don't cancel the next meeting because of snow",
    'the cancelled meeting',
    'hold the line',
    'our meeting overran',
    'we meet on Tuesday',
    'what happened at the last meeting?',
    'meetings are a waste of time',
    'the dates suit me',
    'propose thirteen meetings for 2027',
    'propose Bob for the meeting of 2027',
    'agree to meet',
    'the cycle is agreed',
    'bring a cake to the meeting',
  ])('“%s”', async (words) => {
    expect(await heard(ASHDOWN, words)).toBe('nothing')
    const before = await record(house)
    expect(await house.say(ASHDOWN, words)).toMatchObject({ kind: 'refusal', refusal: { code: 'unclear' } })
    expect(await record(house)).toBe(before)
  })
})

test('in the board’s place the same sentences reach the same commands, through the door', async () => {
  expect(
    textOf(await sayIn(house, 'gravesham-csp', CLERK, 'call a meeting on 13 October 2027 at 10:30 in Darent Room')),
  ).toContain('Meeting of the Gravesham Community Safety Partnership\nWhen: Wednesday 13 October 2027, 10:30\nWhere: Darent Room')
  expect(textOf(await sayIn(house, 'gravesham-csp', CLERK, 'move the meeting of 13 October to 20 October 2027'))).toContain(
    'When: Wednesday 20 October 2027, 10:30',
  )
  expect(textOf(await sayIn(house, 'gravesham-csp', CLERK, 'cancel the October meeting because of snow'))).toContain(
    'Cancelled: Gravesham CSP, Wednesday 20 October 2027',
  )
})

test('what is asked for all the same is asked about no more', async () => {
  const words = 'call a meeting of KCSP on Saturday 23 October 2027 at 10 am'
  expect(textOf(await house.say(CLERK, words))).toContain('say it again with “all the same” at the end')
  expect(textOf(await house.say(CLERK, `${words}, all the same`))).toContain('The meeting is called.')
})
