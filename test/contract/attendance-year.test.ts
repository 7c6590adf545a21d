import { expect, test } from 'vitest'
import { yearOf } from '../../src/attendance/year/rules.js'
import { meetingsHeld } from '../../src/attendance/year/store.js'
import { findBoard } from '../../src/boards/store.js'
import { migrate } from '../../src/db/migrate.js'
import type { Db, Tx } from '../../src/db/schema.js'
import { fillDemonstration } from '../../src/demonstration/fill.js'
import { newId } from '../../src/kernel/ids.js'
import { openPglite } from '../db/pglite.js'
import { BEGIN, openTestHouse, standingClock } from '../house.js'

interface Opened {
  readonly reading: Db
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

async function onSqlite(): Promise<Opened> {
  const { handles, writer, close } = await openTestHouse()
  return { reading: handles.reading, write: (work) => writer.write(work), close }
}

async function onPostgres(): Promise<Opened> {
  const { db, close } = await openPglite()
  await migrate(db)
  const write: Opened['write'] = (work) => db.transaction().execute(work)
  await write((tx) => fillDemonstration(tx, standingClock(BEGIN).now(), 0))
  return { reading: db, write, close }
}

/** The demonstration's one meeting, as it was held by its seats of two bodies. */
async function attendance({ reading, write }: Opened): Promise<unknown> {
  const meeting = await reading.selectFrom('meeting').select(['id', 'board_id']).executeTakeFirstOrThrow()
  const found = await findBoard(reading, meeting.board_id, standingClock(BEGIN).now())
  if (!found) throw new Error('no board')
  const seats = await reading
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .innerJoin('holding', 'holding.seat_id', 'seat.id')
    .where('organisation.short_name', 'in', ['KCC', 'KFRS'])
    .select(['seat.id', 'holding.person_id'])
    .execute()
  const { id: terms } = await reading.selectFrom('terms').select('id').executeTakeFirstOrThrow()
  const at = (hour: number) => `2026-12-16T${hour}:00:00.000Z`
  const before = await meetingsHeld(reading, found.board, 2026)
  await write(async (tx) => {
    for (const [seq, act] of (['opened', 'closed'] as const).entries())
      await tx
        .insertInto('sitting')
        .values({ meeting_id: meeting.id, seq: seq + 1, act, at: at(10 + seq), person_id: null, words: null, by_person_id: null })
        .execute()
    for (const [seq, { id, person_id }] of seats.entries())
      await tx
        .insertInto('spell')
        .values({
          meeting_id: meeting.id,
          seq: seq + 1,
          id: newId(),
          person_id,
          seat_id: id,
          capacity: 'representative',
          for_person_id: null,
          mode: 'online',
          from_at: at(10),
          until_at: null,
          dropped: 0,
          struck: 0,
          listed: null,
          reason: null,
          recorded_at: at(10),
          by_person_id: null,
        })
        .execute()
    await tx
      .insertInto('quorum_entry')
      .values({
        id: newId(),
        meeting_id: meeting.id,
        seq: 1,
        at: at(10),
        state: 'in session',
        verdict: 'inquorate',
        presiding_id: null,
        figures: '[]',
        terms_id: terms,
      })
      .execute()
  })
  const after = await Promise.all([2025, 2026, 2027].map((year) => meetingsHeld(reading, found.board, year)))
  return {
    before,
    of: after.map((held) => held.length),
    year: JSON.parse(JSON.stringify(yearOf(found.board, 2026, after[1] ?? []))),
  }
}

test('the attendance of a year is the same on both databases', async () => {
  const [sqlite, postgres] = await Promise.all([onSqlite(), onPostgres()])
  const [one, other] = [await attendance(sqlite), await attendance(postgres)]
  expect(other).toEqual(one)
  expect(one).toMatchObject({
    before: [],
    of: [0, 1, 0],
    year: {
      meetings: [{ day: '2026-12-16', quorate: 'not' }],
      members: expect.arrayContaining([
        { organisation: 'Kent County Council', marks: ['representative'], represented: 1, of: 1 },
      ]),
    },
  })
  await Promise.all([sqlite.close(), postgres.close()])
})
