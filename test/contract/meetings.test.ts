import { expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { boardCalled, GRAVESHAM_ROSTER, personCalled, setUpBoard } from '../boards.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const CLERK = 'Grace Holloway'
const POLICE = 'Daniel Okafor'

/** What is answered and told on a database, step by step, without its ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading } = opened
  const gravesham = await setUpBoard(opened, 'gravesham', GRAVESHAM_ROSTER)
  const kcsp = (await boardCalled(opened, 'KCSP')) ?? ''
  const said: string[] = []
  const press = async (name: string, command: string, subject: string, values: Record<string, string> = {}) => {
    said.push(`${name}, ${command}: ${textOf(await opened.press(name, { command, subject, values }))}`)
  }
  await press(POLICE, 'meetings.call', gravesham, { kind: 'extraordinary', day: '2027-01-20', time: '10:00' })
  await press(POLICE, 'meetings.call', gravesham, {
    kind: 'extraordinary',
    day: '2026-12-16',
    time: '10:30',
    need: 'A surge',
    allTheSame: 'no',
  })
  await press(POLICE, 'meetings.call', gravesham, { kind: 'extraordinary', day: '2026-12-16', time: '10:30', need: 'A surge' })
  await press(CLERK, 'meetings.call', gravesham, {
    kind: 'extraordinary',
    day: '2027-01-20',
    time: '10:00',
    need: 'A surge',
    caller: await personCalled(opened, POLICE),
  })
  await press('Joseph Brand', 'meetings.call', gravesham, { day: '2027-02-03', time: '10:00' })
  const { id } = await reading.selectFrom('meeting').select('id').where('board_id', '=', gravesham).executeTakeFirstOrThrow()
  await press('April Stone', 'apologies.send', id)
  await press('Mark Dunn', 'meetings.move', id, {
    day: '2027-04-14',
    time: '14:00',
    venue: 'Darent Room',
    why: 'The hall is taken',
  })
  await press(CLERK, 'meetings.coming', gravesham)
  await press(CLERK, 'meetings.cancel', id, { why: 'The need has passed' })
  await press(CLERK, 'meetings.show', id)
  await press(CLERK, 'meetings.propose', kcsp, { year: '2027', count: '3' })
  const dates = { day1: '2027-03-24', day2: '2027-07-21', day3: '2027-11-24' }
  const cycle = { year: '2027', time: '10:00', resolution: 'RESOLVED' }
  await press(CLERK, 'meetings.agree_cycle', kcsp, { ...cycle, ...dates, day2: '2026-12-16' })
  await press(CLERK, 'meetings.agree_cycle', kcsp, { ...cycle, ...dates })
  const versions = await reading
    .selectFrom('meeting_version')
    .leftJoin('person', 'person.id', 'meeting_version.by_person_id')
    .select(['revision', 'starts_at', 'venue', 'state', 'why', 'person.name'])
    .orderBy('starts_at')
    .orderBy('revision')
    .execute()
  const told = await reading
    .selectFrom('notice')
    .select((row) => ['notice', 'kind', row.fn.countAll<number>().as('many')])
    .groupBy(['notice', 'kind'])
    .orderBy('notice')
    .execute()
  for (const board of [gravesham, kcsp]) expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  return [...said, ...versions.map((row) => JSON.stringify(row)), ...told.map((row) => `${row.notice} ${row.kind} ${row.many}`)]
}

test('meetings are called, moved, cancelled and agreed on PostgreSQL as on SQLite', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const expected = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(expected)
    const all = expected.join('\n')
    expect(all).toContain('Say what it is.')
    expect(all).toContain('the meeting of another board at 10:00 that day')
    expect(all).toContain('The meeting is moved')
    expect(all).toContain('Cancelled: Gravesham CSP, Wednesday 14 April 2027')
    expect(all).toContain('The cycle of 2027 is agreed')
  } finally {
    await sqlite.close()
    await postgres.close()
  }
})
