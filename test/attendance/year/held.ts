import { Temporal } from 'temporal-polyfill'
import { newId } from '../../../src/kernel/ids.js'
import { CLERK, callMeeting, done } from '../../agenda/setting.js'
import { boardCalled, type Door, personCalled } from '../../boards.js'
import { openTestHouse, type TestHouse } from '../../house.js'

/** Who sat, from and until what hour: from the opening until the close, unless it is said. */
export interface Sat {
  readonly person: string
  readonly from?: string
  readonly until?: string
}

/** Holds a meeting from 10 until 12 where the board is, as the clerk keeps it; without `closed` it is left open. */
export async function hold(
  house: Door,
  { meeting, day }: { readonly meeting: string; readonly day: string },
  { sat, closed = true }: { readonly sat: readonly Sat[]; readonly closed?: boolean },
): Promise<void> {
  const itIs = (hour: string) =>
    house.clock.set(Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime('Europe/London').toInstant().toString())
  const press = (command: string, values = {}) => done(house.press(CLERK, { command, subject: meeting, values }))
  itIs('10:00')
  await press('attendance.open')
  itIs('12:00')
  for (const { person, from = '10:00', until } of sat) {
    await marks(house, meeting, person, { how: 'room', hour: from })
    if (until) await marks(house, meeting, person, { how: 'left', hour: until })
  }
  if (closed) await press('attendance.close', { allTheSame: 'yes' })
}

/** The clerk marks somebody at an hour; once the meeting is closed, with a reason. */
export async function marks(
  house: Door,
  meeting: string,
  name: string,
  how: { readonly how: 'room' | 'left'; readonly hour: string; readonly reason?: string },
): Promise<void> {
  const person = await personCalled(house, name)
  await done(house.press(CLERK, { command: 'attendance.mark', subject: meeting, values: { person, ...how } }))
}

/** The clerk strikes somebody's attendance: it never was. */
export async function strikes(house: Door, meeting: string, name: string): Promise<void> {
  const { id: spell } = await house.handles.reading
    .selectFrom('spell')
    .where('meeting_id', '=', meeting)
    .where('person_id', '=', await personCalled(house, name))
    .select('id')
    .executeTakeFirstOrThrow()
  const values = { spell, what: 'never', reason: 'taken for another' }
  await done(house.press(CLERK, { command: 'attendance.correct', subject: meeting, values }))
}

/** A body that joins the board on a day, with somebody who represents it. */
export async function joins(house: TestHouse, board: string, name: string, person: string, day: string): Promise<void> {
  const tenant = await house.handles.reading
    .selectFrom('board')
    .where('id', '=', board)
    .select('tenant_id')
    .executeTakeFirstOrThrow()
  const [organisation, seat] = [newId(), newId()]
  const holder = await personCalled(house, person)
  await house.writer.write(async (tx) => {
    await tx
      .insertInto('organisation')
      .values({ id: organisation, tenant_id: tenant.tenant_id, name, short_name: name })
      .execute()
    await tx
      .insertInto('seat')
      .values({ id: seat, board_id: board, organisation_id: organisation, title: '', from_day: day, until_day: null })
      .execute()
    await tx
      .insertInto('holding')
      .values({ seat_id: seat, person_id: holder, capacity: 'representative', from_day: day, until_day: null })
      .execute()
  })
}

export interface HeldYear {
  readonly house: TestHouse
  readonly board: string
  /** of 25 March, 23 July and 18 November 2025 */
  readonly meetings: readonly [string, string, string]
}

/** The KCSP in 2025, with three meetings called and none held yet; it is February. */
export async function openYear(): Promise<HeldYear> {
  const house = await openTestHouse({ at: '2025-02-03T10:00:00Z' })
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const march = await house.meeting()
  const values = { day: '2025-03-25', time: '10:00', allTheSame: 'yes' }
  await done(house.press(CLERK, { command: 'meetings.move', subject: march, values }))
  const july = await callMeeting(house, board, '2025-07-23')
  const november = await callMeeting(house, board, '2025-11-18')
  return { house, board, meetings: [march, july, november] }
}
