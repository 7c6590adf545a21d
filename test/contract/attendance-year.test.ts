import { expect, test } from 'vitest'
import { bot } from '../../src/bot.js'
import { migrate } from '../../src/db/migrate.js'
import type { Writer } from '../../src/db/write.js'
import { fillDemonstration } from '../../src/demonstration/fill.js'
import { features } from '../../src/features.js'
import { CHAIR, CLERK, POLICE } from '../agenda/setting.js'
import { hold, marks, strikes } from '../attendance/year/held.js'
import { boardCalled, type Door } from '../boards.js'
import { openPglite } from '../db/pglite.js'
import { BEGIN, inbound, NO_PAPERS, openTestHouse, standingClock, textOf } from '../house.js'

type Opened = Door & { close(): Promise<void> }

async function onPostgres(): Promise<Opened> {
  const { db, close } = await openPglite()
  const clock = standingClock(BEGIN)
  const writer: Writer = {
    write: async (work, otherwise) => {
      try {
        return await db.transaction().execute(work)
      } catch (error) {
        if (otherwise) await db.transaction().execute((tx) => otherwise(tx, error))
        throw error
      }
    },
    between: async (work) => work(),
    close: async () => undefined,
  }
  await migrate(db)
  await writer.write((tx) => fillDemonstration(tx, clock.now(), 0))
  const log = (_: unknown, error: unknown) => {
    if (error !== undefined) throw error
  }
  const both = { boardClock: clock, systemClock: clock }
  const { answer } = bot({ reading: db, writer, features, ...NO_PAPERS, ...both, log, committed: () => undefined })
  return { handles: { reading: db }, clock, press: (name, press) => answer(inbound(name, { press })), close }
}

/** The demonstration's one meeting before and after it was held and corrected, in its year and in those beside it. */
async function attendance(opened: Door): Promise<readonly string[]> {
  const board = (await boardCalled(opened, 'KCSP')) ?? ''
  const { id: meeting } = await opened.handles.reading.selectFrom('meeting').select('id').executeTakeFirstOrThrow()
  const asked = async (year: string) =>
    textOf(await opened.press(CLERK, { command: 'attendance.year', subject: board, values: { year } }))
  const before = await asked('2026')
  const sat = [{ person: CHAIR }, { person: POLICE }, { person: 'Aisha Rahman' }, { person: 'Helen Marsh' }]
  await hold(opened, { meeting, day: '2026-12-16' }, { sat: [...sat, { person: 'Dr Simon Kerr', until: '11:00' }] })
  await strikes(opened, meeting, 'Helen Marsh')
  await marks(opened, meeting, 'Leon Carter', { how: 'room', hour: '11:30', reason: 'overlooked' })
  opened.clock.set('2027-01-04T10:00:00Z')
  return [before, await asked('2025'), await asked('2026'), await asked('2027')]
}

test('the attendance of a year is the same on both databases', async () => {
  const [sqlite, postgres] = await Promise.all([openTestHouse(), onPostgres()])
  const [one, other] = [await attendance(sqlite), await attendance(postgres)]
  expect(other).toEqual(one)
  const [before, , held] = one
  expect(before).toContain('No meeting of KCSP in 2026 has been opened and closed here')
  expect(held).toContain('Kent Fire and Rescue Service | present | 1 of 1')
  expect(held).toContain('Office of the Police and Crime Commissioner | absent | 0 of 1')
  expect(held).toContain('The Probation Service | substitute | 1 of 1')
  expect(held).toContain('Quorum | quorate for a part')
  await Promise.all([sqlite.close(), postgres.close()])
})
