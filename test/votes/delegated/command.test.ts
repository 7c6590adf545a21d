import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callMeeting, DIRECTOR, delivered, PORTFOLIO_HOLDER } from '../../agenda/setting.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'
import { CLERK, type Deciding, decidingAt, entryId, FIRE, OPCC, opened, POLICE, PROBATION, written } from '../setting.js'

let house: TestHouse
let board: string
beforeEach(async () => {
  house = await openTestHouse()
  board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  await delivered(house)
  house.sent.length = 0
})
afterEach(async () => {
  expect(house.faults).toEqual([])
  await house.close()
})

const WISH = {
  text: 'the grant be moved to the lamps',
  trigger: 'the grant lapses on Friday',
  consulted: 'Kent Police and Probation, by telephone',
}
const enters = (name: string, values: Record<string, string> = WISH, subject = board) =>
  house.press(name, { command: 'votes.delegate', subject, values })
const words = async () => {
  const rows = await house.handles.reading.selectFrom('decision').orderBy('number').select('words').execute()
  return rows.map((row) => row.words)
}
const WORDS = 'RESOLVED, by the CSP Executive Group on behalf of the board, that the grant be moved to the lamps.'

describe('a decision between meetings', () => {
  test.each([PORTFOLIO_HOLDER, DIRECTOR, CLERK])('is entered by %s: one of the group, or the clerk', async (name) => {
    await enters(name)
    expect(await words()).toEqual([WORDS])
  })

  test('says by whom, under which clause, what makes it necessary, and who was consulted', async () => {
    await enters(DIRECTOR)
    const text = textOf(await house.press(POLICE, { command: 'votes.decision', subject: await entryId({ house }) }))
    for (const line of [
      'How: between meetings, as delegated',
      'Decided by: CSP Executive Group',
      'Because: the grant lapses on Friday',
      'Consulted: Kent Police and Probation, by telephone',
      'The Executive Group will have delegated authority to take a decision on behalf of the Partnership',
    ])
      expect(text).toContain(line)
  })

  test('is told to the officers at once', async () => {
    await enters(DIRECTOR)
    await delivered(house)
    for (const name of [PORTFOLIO_HOLDER, FIRE, CLERK]) expect(house.sentTo(name).join()).toContain(WORDS)
    expect(house.sentTo(POLICE).join()).not.toContain(WORDS)
  })

  test.each([POLICE, FIRE, OPCC])('is not for %s, with the clause', async (name) => {
    const before = await written({ house })
    const text = textOf(await enters(name))
    expect(text).toContain('Only the CSP Executive Group decides between meetings.')
    expect(text).toContain('The Executive Group will have delegated authority')
    expect(await written({ house })).toEqual(before)
  })

  test('is for nobody where the terms delegate nothing', async () => {
    const before = await written({ house })
    const kcsp = (await boardCalled(house, 'KCSP')) ?? ''
    expect(textOf(await enters(CLERK, WISH, kcsp))).toContain('The terms of this board delegate nothing')
    expect(await written({ house })).toEqual(before)
  })

  test.each(['text', 'trigger', 'consulted'])('is not entered without %s', async (field) => {
    const before = await written({ house })
    expect((await enters(DIRECTOR, { ...WISH, [field]: ' ' })).kind).toBe('refusal')
    const { [field as keyof typeof WISH]: _, ...without } = WISH
    expect((await enters(DIRECTOR, without)).kind).toBe('refusal')
    expect(await written({ house })).toEqual(before)
  })

  test('to somebody of another board there is no such board', async () => {
    expect(textOf(await enters('Tom Beresford'))).toContain('I know of no such board.')
  })

  test('is asked for in a form that says what the terms delegate', async () => {
    const text = textOf(await house.say(DIRECTOR, 'record a decision between meetings'))
    expect(text).toContain(
      'The CSP Executive Group decides on behalf of the board when a resource implication needs to be resolved',
    )
    expect(text).toContain('It is reported to the next meeting.')
  })
})

describe('is reported', () => {
  const CORE = [PORTFOLIO_HOLDER, FIRE, POLICE, PROBATION]
  let here: Deciding
  const reports = async (name: string, hour: string) => {
    here.clock(hour)
    return house.press(name, { command: 'votes.report', subject: await entryId({ house }, 1), values: { meeting: here.meeting } })
  }
  beforeEach(async () => {
    await enters(DIRECTOR)
    here = decidingAt(house, await callMeeting(house, board, '2026-12-17'))
  })

  test('to the next meeting: it stands on the card of its business until it is', async () => {
    await opened(here, CORE)
    const before = textOf(await here.room('10:01', PORTFOLIO_HOLDER, 'votes.business'))
    expect(before).toContain('DECIDED BETWEEN MEETINGS, TO BE REPORTED')
    expect(before).toContain(WORDS)
    await reports(PORTFOLIO_HOLDER, '10:02')
    await reports(CLERK, '10:03')
    expect(textOf(await here.room('10:04', PORTFOLIO_HOLDER, 'votes.business'))).not.toContain('TO BE REPORTED')
    const marks = await house.handles.reading.selectFrom('decision_mark').select(['mark', 'meeting_id']).execute()
    expect(marks).toEqual([{ mark: 'reported', meeting_id: here.meeting }])
  })

  test('not before the meeting is opened, and not by a member', async () => {
    expect(textOf(await reports(CLERK, '09:00'))).toContain('It is reported to a meeting that was opened after it was decided.')
    await opened(here, CORE)
    expect((await reports(POLICE, '10:02')).kind).toBe('refusal')
  })

  test('only where it was taken between meetings', async () => {
    await here.agenda.has('Street lighting', 'B')
    await opened(here, CORE)
    await here.on('10:01', PORTFOLIO_HOLDER, 'B1', 'votes.agree', { text: 'the lamps be lit' })
    const subject = await entryId({ house }, 2)
    const answer = await house.press(CLERK, { command: 'votes.report', subject, values: { meeting: here.meeting } })
    expect(textOf(answer)).toContain('That was decided at a meeting: there is nothing to report.')
  })
})
