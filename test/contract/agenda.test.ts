import { expect, test } from 'vitest'
import { verifyChain } from '../../src/db/journal.js'
import { boardCalled, personCalled } from '../boards.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const CLERK = 'Grace Holloway'
const CHAIR = 'Cllr Margaret Ashdown'
const POLICE = 'Daniel Okafor'
const HOUSING = 'Nadia Flynn'

/** What is answered and kept on a database, step by step, without its ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock, say, press } = opened
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { id: meeting } = await reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  const said: string[] = []
  /** Each a moment after the one before: so that what is kept by its instant has an order. */
  const says = async (name: string, words: string) => {
    clock.forward({ seconds: 1 })
    said.push(`${name}, “${words}”: ${textOf(await say(name, words))}`)
  }
  await says(POLICE, 'propose an item for decision: Burglary, and what we do about it')
  await says(POLICE, 'propose an item: Vetting')
  await says(POLICE, 'propose an item: Grant')
  await says(HOUSING, 'propose an item: Housing')
  await says(CLERK, 'place P1 in B')
  await says(CLERK, 'place P2 in B as number 1')
  await says(CLERK, 'place P1 in X')
  await says(CLERK, 'move B2 to B1')
  await says(CLERK, 'move A4 to B')
  await says(CLERK, 'move B3 to A1')
  await says(CLERK, 'B1 is a paper, pages 9 to 20, by Ms S Brinson')
  await says(CLERK, 'withdraw C2 because there is no time')
  await says(HOUSING, 'withdraw X1')
  await says(HOUSING, 'agenda')
  await says(POLICE, 'agenda')
  await says(CLERK, 'invite Vera Lund (vera.lund@example.org) of Victim Support for B1')
  await says(CLERK, 'add standing item Scrutiny dates to C: RESOLVED that it stand')
  await says(CLERK, 'set section E to Exempt: RESOLVED that there be one')
  await says(CLERK, 'ask for agreement')
  await says(POLICE, 'propose an item: Late in the day')
  await says(CHAIR, 'agree the agenda')
  await says(CHAIR, 'agree the agenda all the same')
  await says(CHAIR, 'agree the agenda')
  await says(CLERK, 'move B1 to B2')
  await says(CLERK, 'place P1 in B because it came up today')
  await says(CHAIR, 'add late item Surge to X because it is urgent')
  await says(CLERK, 'withdraw B1')
  await says('Vera Lund', 'agenda')
  await says('Vera Lund', 'print the agenda')
  const called = await press(CLERK, { command: 'meetings.call', subject: board, values: { day: '2027-07-28', time: '10:00' } })
  said.push(textOf(called))
  await says(CLERK, 'agenda of the July meeting')
  // A named substitute, found by the query that opens what is hidden.
  const substitute = await personCalled({ handles: { reading } } as Parameters<typeof personCalled>[0], 'Ruth Hale')
  said.push(textOf(await press(POLICE, { command: 'apologies.name_substitute', subject: meeting, values: { substitute } })))
  const items = await reading
    .selectFrom('item')
    .where('meeting_id', '=', meeting)
    .orderBy('title')
    .select([
      'title',
      'letter',
      'number',
      'state',
      'openness',
      'form',
      'purpose',
      'first_page',
      'last_page',
      'late_reason',
      'why',
    ])
    .execute()
  const told = await reading
    .selectFrom('notice')
    .select((row) => ['notice', 'kind', row.fn.countAll<number>().as('many')])
    .groupBy(['notice', 'kind'])
    .orderBy('notice')
    .execute()
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  return [
    ...said,
    ...items.map((row) => JSON.stringify(row)),
    ...told.map(({ notice, kind, many }) => `${notice} ${kind} ${many}`),
  ]
}

test('items are proposed, placed, hidden, agreed and added late on PostgreSQL as on SQLite', async () => {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()]
  try {
    const there = await transcript(sqlite)
    expect(await transcript(postgres)).toEqual(there)
    const said = there.join('\n')
    expect(said).toContain('B1  Burglary, and what we do about it (pages 9 to 20) · for decision · Ms S Brinson')
    expect(said).toContain('X1  Vetting')
    expect(said).toContain('One proposal is not placed, and is not on it.')
    expect(said).toContain('The agenda is agreed, and everyone concerned has it.')
    expect(said).toContain('B3  Late in the day · paper · late item: it came up today')
    expect(said).toContain('The item is withdrawn.')
    expect(there.filter((one) => one.startsWith('{'))).toHaveLength(11)
  } finally {
    await sqlite.close()
    await postgres.close()
  }
}, 60_000)
