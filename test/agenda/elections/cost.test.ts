import { afterEach, beforeEach, expect, test } from 'vitest'
import { electionsFollow, passingsOn } from '../../../src/agenda/elections/command.js'
import { passedOver } from '../../../src/agenda/elections/store.js'
import type { Acting } from '../../../src/kernel/command.js'
import { boardCalled } from '../../boards.js'
import { openTestHouse, type TestHouse } from '../../house.js'
import { stepsOf } from '../../outbox/searches.js'
import { callMeeting } from '../setting.js'

let house: TestHouse
let board: string
let statements: string[]

beforeEach(async () => {
  statements = []
  house = await openTestHouse({ executed: (sql) => statements.push(sql) })
  board = (await boardCalled(house, 'KCSP')) ?? ''
  for (const day of ['2027-03-24', '2027-07-14', '2027-11-24']) await callMeeting(house, board, day)
  await house.outbox.close()
})
afterEach(() => house.close())

/** The statements that follow an act, where nothing is to be changed: however many meetings are called. */
const following = (command: string): Promise<number> =>
  house.writer.write(async (tx) => {
    const acting = { db: tx, now: house.clock.now() } as unknown as Acting
    statements.length = 0
    await electionsFollow.run(acting, { command, board, subject: board, outcome: {} })
    return statements.length
  })

test('the close of a meeting, and what changes agendas, cost six statements more; what changes offices a few', async () => {
  expect(await following('attendance.close')).toBe(6)
  expect(await following('agenda.agree')).toBe(6)
  expect(await following('boards.appoint')).toBeLessThanOrEqual(8)
})

test('each second one statement, which looks at the meetings of the last weeks alone', async () => {
  statements.length = 0
  expect(await passingsOn.due(house.handles.reading, house.clock.now())).toEqual([])
  const [sql = '', ...others] = statements
  expect(others).toEqual([])
  const steps = stepsOf(house.file, sql)
  expect(steps).toContainEqual(
    expect.stringMatching(/SEARCH meeting USING INDEX meeting_starts \(starts_at>\? AND starts_at<\?\)/),
  )
  expect(steps.filter((step) => /^SCAN/.test(step))).toEqual([])
})

test('a meeting that nobody opened is looked for until its election has passed on', async () => {
  house.clock.set('2026-12-16T13:00:00Z')
  expect(await passedOver(house.handles.reading, house.clock.now())).toHaveLength(1)
  await house.bot.doDue()
  expect(await passedOver(house.handles.reading, house.clock.now())).toEqual([])
})
