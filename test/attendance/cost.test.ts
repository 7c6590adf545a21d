import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHAIR, CLERK, FIRE, inSession, POLICE, type Room } from './sitting.js'

/** SQL statements from the platform's door to the acknowledgement, however many people are there. */
const MOST = 20

let room: Room
let statements: string[]
beforeEach(async () => {
  statements = []
  room = await inSession([CHAIR], { executed: (sql) => statements.push(sql) })
  await room.house.outbox.close()
  statements = []
})
afterEach(() => room.house.close())

test('an arrival', async () => {
  expect(await room.press('10:05', POLICE, 'attendance.arrive', { mode: 'online' })).toMatchObject({ kind: 'card' })
  expect(statements.length).toBeLessThanOrEqual(MOST)
})

test('a departure', async () => {
  expect(await room.press('10:05', CHAIR, 'attendance.leave')).toMatchObject({ kind: 'card' })
  expect(statements.length).toBeLessThanOrEqual(MOST)
})

test('the whole table costs what one arrival does, and reading what was shown of it, and telling of the quorum', async () => {
  const form = await room.press('10:05', CLERK, 'attendance.table_form')
  if (form.kind !== 'form') throw new Error('no form')
  const everybody = Object.fromEntries(form.form.fields.map(({ name }) => [name, 'online']))
  statements = []
  expect(await room.press('10:06', CLERK, 'attendance.table', { ...form.form.values, ...everybody })).toMatchObject({
    kind: 'card',
  })
  expect(form.form.fields.length).toBeGreaterThan(10)
  expect(statements.length).toBeLessThanOrEqual(MOST + 2)
})

test('who is here, asked', async () => {
  await room.press('10:05', FIRE, 'attendance.here')
  expect(statements.length).toBeLessThanOrEqual(12)
})
