import { expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { calendarAddress } from '../../src/meetings/calendar/command.js'
import { boardCalled, GRAVESHAM_ROSTER, setUpBoard } from '../boards.js'
import { textOf } from '../house.js'
import { secretIn } from '../meetings/calendar/house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const CLERK = 'Grace Holloway'
const POLICE = 'Daniel Okafor'

/** What is answered and found on a database, step by step, without its ids and secrets. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock } = opened
  const gravesham = await setUpBoard(opened, 'gravesham', GRAVESHAM_ROSTER)
  const kcsp = (await boardCalled(opened, 'KCSP')) ?? ''
  const said: string[] = []
  const press = async (name: string, command: string, subject: string, values: Record<string, string> = {}) => {
    const answer = await opened.press(name, { command, subject, values })
    const secret = secretIn(answer) ?? ''
    said.push(`${name}, ${command}: ${textOf(answer).replace(secret, 'SECRET')}`)
    return secret
  }
  const look = async (secret: string) => {
    const found = await calendarAddress.look(reading, { secret, browser: null, now: clock.now() })
    said.push(found.kind === 'text' ? found.text.replace(/^UID:.*$/gm, 'UID') : JSON.stringify(found))
  }
  await press(CLERK, 'meetings.call', gravesham, { day: '2027-01-20', time: '14:00' })
  const { id } = await reading.selectFrom('meeting').select('id').where('board_id', '=', gravesham).executeTakeFirstOrThrow()
  await press(CLERK, 'meetings.cancel', id, { why: 'No business' })
  await press(POLICE, 'meetings.calendar', id)
  const first = await press(CLERK, 'meetings.subscribe', kcsp, { whose: 'board' })
  await press(CLERK, 'meetings.subscribe', kcsp, { whose: 'board' })
  const second = await press(CLERK, 'meetings.subscribe', kcsp, { whose: 'board', allTheSame: 'yes' })
  const own = await press(POLICE, 'meetings.subscribe', kcsp, { whose: 'person' })
  for (const secret of [first, second, own]) await look(secret)
  await press(POLICE, 'meetings.unsubscribe', gravesham, { whose: 'person' })
  await press(POLICE, 'meetings.unsubscribe', gravesham, { whose: 'person' })
  await look(own)
  for (const board of [gravesham, kcsp]) expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  return said
}

test('meetings are given to calendars on PostgreSQL as on SQLite', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const expected = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(expected)
    const all = expected.join('\n')
    expect(all).toContain('There is an address of the calendar of KCSP')
    expect(all).toContain('SUMMARY:Cancelled: Gravesham CSP meeting')
    expect(all).toContain('There is no calendar here')
  } finally {
    await sqlite.close()
    await postgres.close()
  }
})
