import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payloadsOf, verifyChain } from '../../src/db/journal.js'
import { registerAgrees } from '../../src/votes/register/store.js'
import { callMeeting } from '../agenda/setting.js'
import { GRAVESHAM_ROSTER, setUpBoard } from '../boards.js'
import { textOf } from '../house.js'
import { CHAIR, CLERK, FIRE, POLICE, PROBATION } from '../votes/setting.js'
import { type Opened, onPostgres, onSqlite } from './both.js'

const hour = (said: string) => `2026-12-17T${said}:00.000Z`

/** A meeting of Gravesham CSP in session, with two items to decide, on a database. */
async function inSession(opened: Opened) {
  const { reading, clock, press } = opened
  const board = await setUpBoard(opened, 'gravesham', GRAVESHAM_ROSTER)
  const meeting = await callMeeting(opened as never, board, '2026-12-17')
  for (const title of ['Street lighting', 'Grant']) {
    await press(CLERK, { command: 'agenda.propose', subject: meeting, values: { title } })
    await press(CLERK, { command: 'agenda.place', subject: await itemCalled(opened, title), values: { letter: 'B' } })
  }
  clock.set(hour('10:00'))
  await press(CLERK, { command: 'attendance.open', subject: meeting })
  for (const name of [CHAIR, FIRE, POLICE, PROBATION])
    await press(name, { command: 'attendance.arrive', subject: meeting, values: { mode: 'room' } })
  await opened.tick()
  return { board, meeting, reading }
}

async function itemCalled({ reading }: Opened, title: string): Promise<string> {
  const { id } = await reading.selectFrom('item').where('title', '=', title).select('id').executeTakeFirstOrThrow()
  return id
}

/** What is answered and kept of two motions, step by step, without ids. */
async function transcript(opened: Opened): Promise<readonly string[]> {
  const { board, reading } = await inSession(opened)
  const said: string[] = []
  const says = async (at: string, name: string, words: string) => {
    opened.clock.set(hour(at))
    said.push(`${at} ${name}, “${words}”: ${textOf(await opened.say(name, words))}`)
  }
  await says('10:01', CHAIR, 'move under B1: the lamps be lit')
  await says('10:02', POLICE, 'I do not agree with B1 because it is dear')
  await says('10:03', CHAIR, 'B1 agreed')
  await says('10:04', CHAIR, 'put B1 to the vote for five minutes')
  await says('10:05', CHAIR, 'for')
  await says('10:05', POLICE, 'against')
  await says('10:06', CLERK, 'record Mark Dunn for')
  await says('10:06', POLICE, 'abstain')
  await says('10:06', POLICE, 'abstain')
  await says('10:07', CHAIR, 'countersign')
  await opened.tick()
  await says('10:08', PROBATION, 'against')
  await says('10:10', PROBATION, 'for')
  await says('10:11', CHAIR, 'move under B2: the grant be spent')
  await says('10:12', CHAIR, 'put B2 to the vote')
  for (const [name, choice] of [
    [CHAIR, 'for'],
    [FIRE, 'for'],
    [POLICE, 'against'],
    [PROBATION, 'against'],
  ] as const)
    await says('10:13', name, choice)
  await says('10:14', POLICE, 'casting vote for')
  await says('10:15', CHAIR, 'my casting vote is for')
  await opened.tick()
  await says('10:16', POLICE, 'decisions of Gravesham CSP')
  await says('10:17', POLICE, 'decision 2')
  await says('10:18', POLICE, 'export the register of Gravesham CSP')
  expect(await verifyChain(reading, board)).toMatchObject({ faults: [] })
  expect(await registerAgrees(reading, board, await payloadsOf(reading, board), true)).toEqual([])
  const ballots = await reading
    .selectFrom('ballot')
    .innerJoin('motion', 'motion.id', 'ballot.motion_id')
    .innerJoin('person', 'person.id', 'ballot.person_id')
    .orderBy('motion.number')
    .orderBy('person.name')
    .select(['motion.number', 'person.name', 'ballot.choice', 'ballot.recorded', 'ballot.at'])
    .execute()
  const told = await reading
    .selectFrom('notice')
    .select((row) => ['notice', 'kind', row.fn.countAll<number>().as('many')])
    .where('notice', 'like', 'votes.%')
    .groupBy(['notice', 'kind'])
    .orderBy('notice')
    .execute()
  const withoutIds = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
  return [
    ...said.map(withoutIds),
    ...ballots.map((row) => JSON.stringify(row)),
    ...told.map((row) => `${row.notice} ${row.kind} ${row.many}`),
  ]
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

test('motions are voted on, tied, cast and entered on PostgreSQL as on SQLite', { timeout: 120_000 }, async () => {
  const expected = await transcript(sqlite)
  expect(await transcript(postgres)).toEqual(expected)
  const all = expected.join('\n')
  expect(all).toContain('RESOLVED, by 2 votes to 1, with 1 abstention, that the lamps be lit.')
  expect(all).toContain('RESOLVED, on the Chair’s casting vote (2 votes for and 2 against), that the grant be spent.')
  expect(all).toContain('That is your vote already.')
  expect(all).toContain('The vote on B1 was closed at 10:08: no vote is cast or changed any more.')
})

describe.each(['SQLite', 'PostgreSQL'])('on %s the database itself refuses', (which) => {
  const opened = () => (which === 'SQLite' ? sqlite : postgres)

  test('a ballot that is cast, changed or taken away after the close', async () => {
    const { reading, writer } = opened()
    const one = await reading.selectFrom('ballot').selectAll().limit(1).executeTakeFirstOrThrow()
    const after = /no ballot is altered once its vote is closed/
    const altering = (work: Parameters<typeof writer.write>[0]) => expect(writer.write(work)).rejects.toThrow(after)
    await altering((tx) => tx.updateTable('ballot').set({ choice: 'against' }).where('voter_id', '=', one.voter_id).execute())
    await altering((tx) =>
      tx
        .insertInto('ballot')
        .values({ ...one, voter_id: 'somebody else' })
        .execute(),
    )
    await altering((tx) => tx.deleteFrom('ballot').where('voter_id', '=', one.voter_id).execute())
    expect(await reading.selectFrom('ballot').selectAll().where('voter_id', '=', one.voter_id).execute()).toContainEqual(one)
  })

  test.each(['decision', 'motion_wording', 'dissent', 'casting_vote'] as const)('%s: edited or taken away', async (table) => {
    const { reading, writer } = opened()
    const before = await reading.selectFrom(table).selectAll().execute()
    expect(before.length).toBeGreaterThan(0)
    await expect(writer.write((tx) => tx.updateTable(table).set({ at: '2026-01-01T00:00:00.000Z' }).execute())).rejects.toThrow()
    await expect(writer.write((tx) => tx.deleteFrom(table).execute())).rejects.toThrow()
    expect(await reading.selectFrom(table).selectAll().execute()).toEqual(before)
  })

  test('two entries of one number, and two votes on one motion', async () => {
    const { reading, writer } = opened()
    const entry = await reading.selectFrom('decision').selectAll().limit(1).executeTakeFirstOrThrow()
    const vote = await reading.selectFrom('vote').selectAll().limit(1).executeTakeFirstOrThrow()
    await expect(
      writer.write((tx) =>
        tx
          .insertInto('decision')
          .values({ ...entry, id: 'another' })
          .execute(),
      ),
    ).rejects.toThrow()
    await expect(writer.write((tx) => tx.insertInto('vote').values(vote).execute())).rejects.toThrow()
  })

  test('to open a closed vote again, and so let ballots in', async () => {
    const { reading, writer } = opened()
    const before = await reading.selectFrom('vote').selectAll().execute()
    await expect(writer.write((tx) => tx.updateTable('vote').set({ state: 'open' }).execute())).rejects.toThrow(/opened again/)
    await expect(writer.write((tx) => tx.deleteFrom('vote').execute())).rejects.toThrow(/opened again/)
    expect(await reading.selectFrom('vote').selectAll().execute()).toEqual(before)
  })
})
