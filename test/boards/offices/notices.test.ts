import { afterEach, beforeEach, expect, test } from 'vitest'
import { handOver } from '../../../src/boards/handover/store.js'
import { announceHandover } from '../../../src/boards/offices/notices.js'
import { emailOf } from '../../../src/demonstration/people.js'
import type { Acting } from '../../../src/kernel/command.js'
import { boardCalled, GRAVESHAM_ROSTER, KCSP_ROSTER, personCalled, setUpBoard } from '../../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../../house.js'

const CLERK = 'Grace Holloway'
const FIRST = 'Helen Marsh'
const SECOND = 'Daniel Okafor'
const DAY = 'Sunday 22 November 2026'

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

async function press(command: string, values: Record<string, string>, subject = board): Promise<void> {
  const answer = await house.press(CLERK, { command, subject, values })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
}

const office = (acting = false) => ({ as: 'office', office: 'vice-chair', acting })
const appoint = (name: string, from = '', acting = false) =>
  press('boards.appoint', { name, email: emailOf(name), to: JSON.stringify(office(acting)), ...(from ? { from } : {}) })
const end = (name: string, from = '') =>
  press('boards.end', { part: JSON.stringify({ person: emailOf(name), of: office() }), ...(from ? { from } : {}) })

/** What was said of offices in a place, newest last; each was said once. */
async function said(): Promise<readonly string[]> {
  for (let round = 0; round < 6; round += 1) {
    await house.outbox.drain()
    house.clock.forward({ seconds: 2 })
  }
  const found = house.sent.filter(({ plain }) => /^(?:Handover|Vice-Chair|Chair|Clerk): /.test(plain))
  expect(found.every(({ to }) => 'place' in to)).toBe(true)
  house.sent.length = 0
  return found.map(({ plain }) => plain.split('\n').slice(1).join(' ').trim())
}

test('the demonstration and a first roster announce nothing', async () => {
  expect(await said()).toEqual([])
  await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  expect(await said()).toEqual([])
})

test('an office that passes is announced in the board’s place, once, with whom it passes from', async () => {
  await appoint(FIRST)
  expect(await said()).toEqual([`From ${DAY} ${FIRST} is Vice-Chair.`])
  await appoint(SECOND, '2026-12-01')
  expect(await said()).toEqual([`From Tuesday 1 December 2026 ${SECOND} is Vice-Chair, in succession to ${FIRST}.`])
})

test('also from a file of the roster, and to somebody who acts', async () => {
  const withVice = KCSP_ROSTER.replace('helen.marsh@example.org,,,,', 'helen.marsh@example.org,,,vice-chair,')
  expect(withVice).not.toBe(KCSP_ROSTER)
  const send = async (csv: string) => {
    await press('boards.read_roster', { file: Buffer.from(csv).toString('base64') })
    const { id } = await house.handles.reading
      .selectFrom('roster_file')
      .select('id')
      .where('state', '=', 'read')
      .executeTakeFirstOrThrow()
    await press('boards.import_roster', {}, id)
  }
  await send(withVice)
  expect(await said()).toEqual([`From ${DAY} ${FIRST} is Vice-Chair.`])
  await send(withVice.replace('01632 960099', '01632 960098'))
  expect(await said()).toEqual([])
  house.clock.forward({ hours: 24 })
  await appoint(SECOND, '', true)
  expect(await said()).toEqual([`From Monday 23 November 2026 ${SECOND} acts as Vice-Chair, in succession to ${FIRST}.`])
})

test('an office that somebody leaves is announced; a day that is corrected is not', async () => {
  await appoint(FIRST)
  await said()
  await end(FIRST, '2026-12-01')
  expect(await said()).toEqual([`From Tuesday 1 December 2026 ${FIRST} is Vice-Chair no more.`])
})

test('what is handed over by an election is announced like it; the same again, or the same person, is not', async () => {
  const [first, second] = [await personCalled(house, FIRST), await personCalled(house, SECOND)]
  const hand = (to: string | null, day: string) =>
    house.writer.write(async (tx) => {
      const done = await handOver(tx, { board, office: 'vice-chair', to, from: null, day })
      await announceHandover.run({ db: tx, now: house.clock.now() } as unknown as Acting, done)
    })
  await hand(first, '2026-11-22')
  await hand(second, '2026-12-16')
  expect(await said()).toEqual([
    `From ${DAY} ${FIRST} is Vice-Chair.`,
    `From Wednesday 16 December 2026 ${SECOND} is Vice-Chair, in succession to ${FIRST}.`,
  ])
  await hand(second, '2028-12-13')
  expect(await said()).toEqual([])
  await hand(null, '2029-01-10')
  expect(await said()).toEqual([`From Wednesday 10 January 2029 ${SECOND} is Vice-Chair no more.`])
})
