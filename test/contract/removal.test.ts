import { afterAll, beforeAll, expect, test } from 'vitest'
import { payloadsOf, verifyChain } from '../../src/db/journal.js'
import { registerAgrees } from '../../src/votes/register/store.js'
import { boardCalled } from '../boards.js'
import { textOf } from '../house.js'
import { EIGHT, VICE } from '../votes/removal/setting.js'
import { CLERK, KCSP } from '../votes/setting.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const hour = (said: string) => `2026-12-16T${said}:00.000Z`

/** What is answered and kept of the removal of a vice-chair of the KCSP, step by step, without ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock, press } = opened
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { id: meeting } = await reading.selectFrom('meeting').where('board_id', '=', board).select('id').executeTakeFirstOrThrow()
  const to = JSON.stringify({ as: 'office', office: 'vice-chair', acting: false })
  await press(CLERK, { command: 'boards.appoint', subject: board, values: { to, name: VICE } })
  const title = 'Removal of the Vice-Chair'
  await press(CLERK, { command: 'agenda.propose', subject: meeting, values: { title } })
  const { id: item } = await reading.selectFrom('item').where('title', '=', title).select('id').executeTakeFirstOrThrow()
  await press(CLERK, { command: 'agenda.place', subject: item, values: { letter: 'B' } })
  clock.set(hour('10:00'))
  await press(CLERK, { command: 'attendance.open', subject: meeting })
  for (const name of EIGHT) await press(name, { command: 'attendance.arrive', subject: meeting, values: { mode: 'room' } })
  await opened.tick()
  const said: string[] = []
  const says = async (at: string, name: string, words: string) => {
    clock.set(hour(at))
    said.push(`${at} ${name}, “${words}”: ${textOf(await opened.say(name, words))}`)
  }
  await says('10:01', KCSP.chair, 'B1 agreed')
  await says('10:02', KCSP.chair, 'put the removal of the vice-chair to the vote')
  for (const name of EIGHT.filter((one) => one !== VICE).slice(0, 4)) await says('10:03', name, 'for')
  await says('10:04', VICE, 'against')
  await says('10:05', KCSP.chair, 'close the vote')
  await says('10:06', KCSP.chair, 'count by statute')
  await opened.tick()
  await says('10:07', KCSP.nhs, 'decision 1 of KCSP')
  await says('10:08', KCSP.chair, 'remove the vice-chair')
  const offices = await reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .where('board_id', '=', board)
    .orderBy('office')
    .select(['name', 'office', 'from_day', 'until_day'])
    .execute()
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  expect(await registerAgrees(reading, board, await payloadsOf(reading, board), true)).toEqual([])
  return [...said, ...offices.map((one) => JSON.stringify(one))]
}

let sqlite: Opened
let postgres: Opened
beforeAll(async () => {
  sqlite = await onSqlite()
  postgres = await onPostgres()
}, 120_000)
afterAll(async () => {
  await sqlite.close()
  await postgres.close()
})

test('a removal goes as well on PostgreSQL as on SQLite', { timeout: 120_000 }, async () => {
  const expected = await transcript(sqlite)
  expect(await transcript(postgres)).toEqual(expected)
  const all = expected.join('\n')
  expect(all).toContain('A removal from office takes a vote')
  expect(all).toContain('RESOLVED, by 4 votes to 1, that Daniel Okafor be removed from the office of Vice-Chair.')
  expect(all).toContain('"office":"vice-chair","from_day":"2026-11-22","until_day":"2026-12-16"')
  expect(all).toContain('Nobody holds the office of Vice-Chair')
})
