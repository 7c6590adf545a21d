import type { Tx } from '../../src/db/schema.js'
import { emailOf } from '../../src/demonstration/people.js'
import { newId } from '../../src/kernel/ids.js'
import { PLATFORM, WORKSPACE } from '../../src/platforms/web/places.js'
import { openTestHouse, type TestHouse } from '../house.js'

const PREFIX = 'Member'

/** Gives the demonstration's board so many more members, each with a body and a seat of their own. @returns their names */
export async function seatMembers(house: TestHouse, count: number): Promise<readonly string[]> {
  const board = await house.handles.reading.selectFrom('board').select(['id', 'tenant_id']).executeTakeFirstOrThrow()
  const names = Array.from({ length: count }, (_, at) => `${PREFIX} ${String(at + 1).padStart(2, '0')}`)
  await house.writer.write(async (tx) => {
    for (const name of names) await seat(tx, board, name)
  })
  return names
}

async function seat(tx: Tx, board: { id: string; tenant_id: string }, name: string): Promise<void> {
  const [person, organisation, id] = [newId(), newId(), newId()]
  const { tenant_id } = board
  const body = `Body of ${name}`
  await tx
    .insertInto('person')
    .values({ id: person, tenant_id, name, email: emailOf(name) })
    .execute()
  await tx
    .insertInto('identity')
    .values({ platform: PLATFORM, workspace: WORKSPACE, user_id: emailOf(name), person_id: person, preferred: 1 })
    .execute()
  await tx.insertInto('organisation').values({ id: organisation, tenant_id, name: body, short_name: body }).execute()
  await tx
    .insertInto('seat')
    .values({ id, board_id: board.id, organisation_id: organisation, title: 'Chief Executive' })
    .execute()
  await tx
    .insertInto('holding')
    .values({ seat_id: id, person_id: person, capacity: 'representative', from_day: '2026-01-01', until_day: null })
    .execute()
}

/** Makes a database in which so many members were seated, and lets go of it. */
export async function makeBoard(file: string, count: number): Promise<void> {
  const house = await openTestHouse({ file })
  await seatMembers(house, count)
  await house.close()
}

/** Those whom seatMembers seated, by name. */
export async function seatedMembers(house: TestHouse): Promise<readonly string[]> {
  const rows = await house.handles.reading
    .selectFrom('person')
    .select('name')
    .where('name', 'like', `${PREFIX} %`)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
