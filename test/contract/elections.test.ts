import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadsOf, verifyChain } from '../../src/db/journal.js'
import { papersAgree } from '../../src/elections/record/store.js'
import { registerAgrees } from '../../src/votes/register/store.js'
import { boardCalled, personCalled } from '../boards.js'
import { CHAIR, CSP, DISTRICTS, EVERYBODY, FIRE, NHS, OPCC, POLICE, PROBATION } from '../elections/setting.js'
import { textOf } from '../house.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const hour = (said: string) => `2026-12-16T${said}:00.000Z`

/** What is answered of an election in secret, by a fresh ballot and the lot, and of one in the open; without ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { reading, clock, press } = opened
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { id: meeting } = await reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  clock.set(hour('09:50'))
  await press('Grace Holloway', { command: 'attendance.open', subject: meeting })
  for (const name of EVERYBODY) await press(name, { command: 'attendance.arrive', subject: meeting, values: { mode: 'room' } })
  const said: string[] = []
  const says = async (at: string, name: string, words: string) => {
    clock.set(hour(at))
    said.push(`${at} ${name}, “${words}”: ${textOf(await opened.say(name, words))}`)
  }
  const votes = async (at: string, pairs: readonly (readonly [string, string])[]) => {
    clock.set(hour(at))
    const { id } = await reading.selectFrom('election_ballot').select('id').orderBy('number', 'desc').executeTakeFirstOrThrow()
    for (const [name, whom] of pairs) {
      const values = { choice: whom === '' ? 'abstain' : await personCalled(opened, whom) }
      said.push(`${at} ${name}: ${textOf(await press(name, { command: 'elections.cast', subject: id, values }))}`)
    }
  }
  await says('10:01', POLICE, 'nominate Aisha Rahman as vice-chair')
  await says('10:01', FIRE, 'I accept')
  await says('10:01', OPCC, 'nominate Daniel Okafor as vice-chair')
  await says('10:01', POLICE, 'I accept')
  await says('10:02', CHAIR, 'open the ballot in secret closing by hand')
  const even = [
    [CHAIR, FIRE],
    [FIRE, FIRE],
    [CSP, FIRE],
    [POLICE, POLICE],
    [OPCC, POLICE],
    [NHS, POLICE],
    [DISTRICTS, ''],
  ] as const
  await votes('10:03', even)
  await votes('10:04', [[DISTRICTS, '']])
  await says('10:05', PROBATION, 'I vote for Okafor')
  await says('10:06', CHAIR, 'close the ballot')
  await says('10:07', CHAIR, 'open the ballot openly, closing by hand')
  await votes('10:08', even)
  await says('10:09', CHAIR, 'close the ballot')
  await says('10:10', OPCC, 'my words for the lot: blue heron')
  await says('10:10', CSP, 'my words for the lot: seven')
  await says('10:11', CHAIR, 'draw the lot')
  await says('10:12', OPCC, 'decision 1')
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  const payloads = await payloadsOf(reading, board)
  expect(await registerAgrees(reading, board, payloads, true)).toEqual([])
  expect(await papersAgree(reading, board, payloads, true)).toEqual([])
  const counts = await Promise.all(
    (['voted', 'open_paper', 'sealed_paper', 'counted_choice', 'lot_seed', 'tie_settled', 'nomination'] as const).map(
      async (table) => `${table}: ${(await reading.selectFrom(table).selectAll().execute()).length}`,
    ),
  )
  return [...said.map((text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')), ...counts]
}

let sqlite: Opened
let postgres: Opened
beforeAll(async () => {
  sqlite = await onSqlite()
  postgres = await onPostgres()
})
afterAll(async () => {
  await sqlite.close()
  await postgres.close()
})

test('somebody is elected on PostgreSQL as on SQLite: in secret, in the open, and by the lot', { timeout: 120_000 }, async () => {
  const expected = await transcript(sqlite)
  expect(await transcript(postgres)).toEqual(expected)
  const all = expected.join('\n')
  expect(all).toContain('First ballot (secret): Aisha Rahman 3, Daniel Okafor 3; 1 abstained.')
  expect(all).toMatch(/RESOLVED that (?:Aisha Rahman|Daniel Okafor) be elected Vice-Chair\./)
  expect(all).toContain('sealed_paper: 0')
  expect(all).toContain('counted_choice: 7')
})

describe.each(['SQLite', 'PostgreSQL'])('on %s the database itself refuses', (which) => {
  const opened = () => (which === 'SQLite' ? sqlite : postgres)

  test.each(['voted', 'open_paper'] as const)('%s: altered or taken away after the close', async (table) => {
    const { reading, writer } = opened()
    const before = await reading.selectFrom(table).selectAll().execute()
    const after = /no ballot is altered once it is closed/
    await expect(writer.write((tx) => tx.updateTable(table).set({ voter_id: 'x' }).execute())).rejects.toThrow(after)
    await expect(writer.write((tx) => tx.deleteFrom(table).execute())).rejects.toThrow(after)
    expect(await reading.selectFrom(table).selectAll().execute()).toEqual(before)
  })

  test('to open a closed ballot again, and to draw a lot otherwise than it was drawn', async () => {
    const { reading, writer } = opened()
    const before = await reading.selectFrom('tie_settled').selectAll().execute()
    await expect(writer.write((tx) => tx.updateTable('election_ballot').set({ state: 'open' }).execute())).rejects.toThrow(
      /opened again/,
    )
    await expect(writer.write((tx) => tx.deleteFrom('election_ballot').execute())).rejects.toThrow()
    await expect(writer.write((tx) => tx.updateTable('tie_settled').set({ number: 9 }).execute())).rejects.toThrow()
    await expect(writer.write((tx) => tx.deleteFrom('tie_settled').execute())).rejects.toThrow()
    expect(await reading.selectFrom('tie_settled').selectAll().execute()).toEqual(before)
  })

  test('a sealed paper in a ballot that is closed', async () => {
    const { reading, writer } = opened()
    const { id } = await reading.selectFrom('election_ballot').select('id').executeTakeFirstOrThrow()
    const sealed = { ballot_id: id, voter_id: 'x', sealed: 'y' }
    await expect(writer.write((tx) => tx.insertInto('sealed_paper').values(sealed).execute())).rejects.toThrow(
      /no ballot is altered/,
    )
  })
})
