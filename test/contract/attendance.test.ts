import { expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { boardCalled, personCalled } from '../boards.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'
const POLICE = 'Daniel Okafor'
const FIRE = 'Aisha Rahman'
const NHS = 'Dr Simon Kerr'

/** What is answered and kept of a meeting on a database, step by step, without its ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock, press } = opened
  const { id: meeting } = await reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  const said: string[] = []
  const says = async (hour: string, name: string, words: string) => {
    clock.set(`2026-12-16T${hour}:00Z`)
    said.push(`${hour} ${name}, “${words}”: ${textOf(await opened.say(name, words))}`)
  }
  await says('09:50', POLICE, 'running ten minutes late')
  await says('09:55', CLERK, 'open the meeting')
  await opened.tick()
  await says('10:00', CHAIR, "I'm in the room")
  await says('10:01', CLERK, 'Aisha Rahman and Helen Marsh are here')
  await says('10:02', CLERK, 'wait for a quorum')
  await says('10:05', NHS, 'apologies for today, April Stone will substitute')
  await says('10:10', 'April Stone', "I'm online")
  await says('10:11', CHAIR, 'count as the terms list them')
  await says('10:12', CHAIR, 'resume')
  await says('10:20', FIRE, 'my connection dropped')
  await says('10:30', CLERK, 'are we quorate?')
  await opened.tick()
  await says('10:31', CLERK, 'Ruth Hale is here for Daniel Okafor')
  const { id: item } = await reading
    .selectFrom('item')
    .where('title', '=', 'Election of Vice-Chair')
    .select('id')
    .executeTakeFirstOrThrow()
  await press('Helen Marsh', {
    command: 'attendance.declare',
    subject: meeting,
    values: { item, nature: 'a relation', does: 'withdraws now' },
  })
  await says('10:40', CLERK, 'who is here')
  const spell = await reading
    .selectFrom('spell')
    .where('person_id', '=', await personCalled(opened, FIRE))
    .select('id')
    .executeTakeFirstOrThrow()
  const correction = { spell: spell.id, what: 'stayed', reason: 'it was the bridge that froze' }
  said.push(textOf(await press(CLERK, { command: 'attendance.correct', subject: meeting, values: correction })))
  await says('11:00', CHAIR, 'close the meeting, all the same')
  await says('11:05', CLERK, 'attendance record')
  await says('11:06', CLERK, 'attendance for 2026')
  const entries = await reading
    .selectFrom('quorum_entry')
    .orderBy('seq')
    .select(['seq', 'at', 'state', 'verdict', 'figures'])
    .execute()
  const told = await reading
    .selectFrom('notice')
    .select((row) => ['notice', 'kind', row.fn.countAll<number>().as('many')])
    .where('notice', 'like', 'attendance.%')
    .groupBy(['notice', 'kind'])
    .orderBy('notice')
    .execute()
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  const withoutIds = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
  return [
    ...said,
    ...entries.map((row) => withoutIds(JSON.stringify(row))),
    ...told.map((row) => `${row.notice} ${row.kind} ${row.many}`),
  ]
}

test('a meeting is kept on PostgreSQL as on SQLite', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const expected = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(expected)
    const all = expected.join('\n')
    expect(all).toContain('It waits for a quorum.')
    expect(all).toContain('THE QUORUM READS OTHERWISE')
    expect(all).toContain('April Stone (Substitute for Dr Simon Kerr)')
    expect(all).toMatch(/attendance\.lapsed reminder [12]/)
  } finally {
    await sqlite.close()
    await postgres.close()
  }
})
