import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { emailOf } from '../../../src/demonstration/people.js'
import { sayIn } from '../../boards.js'
import { inbound, type TestHouse, textOf } from '../../house.js'
import { CLERK, called, FAIRLEY, openGravesham, POLICE } from '../calls.js'
import { secretIn } from './house.js'

let house: TestHouse

/** On Sunday 22 November 2026: the KCSP meets on 16 December 2026, Gravesham on 20 January and 17 February 2027. */
beforeAll(async () => {
  const opened = await openGravesham()
  house = opened.house
  await called(house, CLERK, opened.gravesham, { day: '2027-01-20', time: '14:00' })
  await called(house, CLERK, opened.gravesham, { day: '2027-02-17', time: '10:00' })
})
afterEach(() => {
  expect(house.faults).toEqual([])
})
afterAll(() => house.close())

/** The file that was given, or the first line of what was said. */
async function said(name: string, words: string): Promise<string> {
  const answer = await house.bot.answer(inbound(name, { words }))
  if (answer.kind === 'document') return answer.document.fileName
  return textOf(answer).split('\n')[0] ?? ''
}

const forget = () => house.writer.write((tx) => tx.deleteFrom('calendar_link').execute())

describe('a file is understood', () => {
  test.each([
    ['calendar for December', 'kcsp-2026-12-16'],
    ['calendar file for 16 December', 'kcsp-2026-12-16'],
    ['the calendar entry of the December meeting', 'kcsp-2026-12-16'],
    ['Calendar for January, please.', 'gravesham-csp-2027-01-20'],
    ['send me the calendar file for the meeting of 17 February', 'gravesham-csp-2027-02-17'],
    ['add the December meeting to my calendar', 'kcsp-2026-12-16'],
    ['could you put the meeting on 20 January in my calendar?', 'gravesham-csp-2027-01-20'],
    ['add the meeting of the KCSP to my calendar', 'kcsp-2026-12-16'],
    ['calendar of Gravesham for 20 January', 'gravesham-csp-2027-01-20'],
    ['calendar file for the next meeting of Gravesham CSP', 'gravesham-csp-2027-01-20'],
  ])('%s', async (words, file) => {
    expect(await said(POLICE, words)).toBe(file)
  })

  test.each(['add the meeting to my calendar', 'calendar file', 'calendar for the next meeting'])(
    '%s: of one’s next meeting, and of several boards it is asked which',
    async (words) => {
      expect(await said(FAIRLEY, words)).toBe('gravesham-csp-2027-01-20')
      expect(await said(POLICE, words)).toBe('Which do you mean?')
    },
  )

  test('in a board’s own place it is of that board', async () => {
    const answer = await sayIn(house, 'kcsp', POLICE, 'add the meeting to my calendar')
    expect(answer).toMatchObject({ kind: 'document', document: { fileName: 'kcsp-2026-12-16' } })
  })
})

describe('an address is understood', () => {
  afterEach(forget)
  const MINE = 'The address of your calendar'
  const OF_KCSP = 'The address of the calendar of KCSP'

  test.each([
    [POLICE, 'my calendar', MINE],
    [POLICE, 'Please give me my calendar link', MINE],
    [POLICE, 'subscribe to my calendar', MINE],
    [POLICE, 'subscribe to the calendar', MINE],
    [POLICE, 'a calendar address', MINE],
    [CLERK, 'My calendar!', MINE],
    [CLERK, 'calendar of KCSP', OF_KCSP],
    [CLERK, 'the calendar of the KCSP', OF_KCSP],
    [CLERK, 'KCSP calendar', OF_KCSP],
    [CLERK, 'subscribe to the calendar of KCSP', OF_KCSP],
    [CLERK, 'calendar link for KCSP', OF_KCSP],
    [POLICE, 'calendar of KCSP', 'Not done'],
  ])('%s: %s', async (name, words, title) => {
    expect(await said(name, words)).toBe(title)
  })

  test.each([
    ['my calendar?', 'Do you mean this?'],
    ['calendar', 'Do you mean this?'],
  ])('%s is asked about', async (words, title) => {
    expect(await said(POLICE, words)).toBe(title)
  })

  test.each(['stop my calendar', 'revoke my calendar link', 'cancel my calendar address', 'unsubscribe from my calendar'])(
    '%s',
    async (words) => {
      expect(await said(POLICE, words)).toBe('Not done')
      await said(POLICE, 'my calendar')
      expect(await said(POLICE, words)).toBe('The address of your calendar is stopped')
    },
  )

  test('stop the calendar of KCSP', async () => {
    await said(CLERK, 'calendar of KCSP')
    expect(await said(CLERK, 'revoke the calendar link of KCSP')).toBe('The address of the calendar of KCSP is stopped')
  })

  test('who has to do with no board is told so', async () => {
    const { tenant_id } = await house.handles.reading.selectFrom('board').select('tenant_id').executeTakeFirstOrThrow()
    await house.writer.write(async (tx) => {
      const person = {
        id: '0ea1b2c3-0000-4000-8000-000000000001',
        tenant_id,
        name: 'Una Stranger',
        email: emailOf('Una Stranger'),
      }
      await tx
        .insertInto('person')
        .values({ ...person, telephone: null })
        .execute()
      const known = await tx.selectFrom('identity').selectAll().limit(1).executeTakeFirstOrThrow()
      await tx
        .insertInto('identity')
        .values({ ...known, user_id: person.email, person_id: person.id })
        .execute()
    })
    const answer = await house.say('Una Stranger', 'my calendar')
    expect(answer).toMatchObject({ kind: 'refusal', refusal: { code: 'not_found' } })
    expect(textOf(answer)).toContain('You have to do with no board')
  })
})

describe('what only looks so does nothing', () => {
  test.each([
    'my calendar is full',
    'my calendar is a mess in December',
    'I have no room in my calendar for 16 December',
    'it is in my calendar',
    'I put the meeting in my calendar',
    "I'll add the December meeting to my calendar",
    'do not add the December meeting to my calendar',
    'add the item to my calendar',
    'add County lines to the calendar',
    'calendar for the trip',
    'calendar for August',
    'calendar for 2027',
    'the calendar of meetings was agreed',
    'calendar of Medway',
    'stop the calendar wars',
    'who keeps the calendar',
    'calendar year 2026',
    'subscribe to my newsletter calendar',
    'my calendar link is broken',
  ])('%s', async (words) => {
    const rows = () => house.handles.reading.selectFrom('calendar_link').selectAll().execute()
    const answer = await house.say(POLICE, words)
    expect({ words, kind: answer.kind, secret: secretIn(answer) }).toEqual({ words, kind: 'refusal', secret: null })
    expect(textOf(answer)).toContain('I did not understand that')
    expect(await rows()).toEqual([])
  })
})
