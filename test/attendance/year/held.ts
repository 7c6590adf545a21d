import type { Schema } from '../../../src/db/schema.js'
import { newId } from '../../../src/kernel/ids.js'
import { CLERK, callMeeting, done } from '../../agenda/setting.js'
import { boardCalled, personCalled } from '../../boards.js'
import { openTestHouse, type TestHouse } from '../../house.js'

/** Who sat, in which capacity and for which organisation's seat, from and until what hour. */
export interface Sat {
  readonly person: string
  /** the organisation's short name, or its name where it has none; null: for no seat */
  readonly seat: string | null
  readonly capacity?: Schema['spell']['capacity']
  readonly from?: string
  readonly until?: string | null
  readonly struck?: true
  /** of the spell, where several rows are of one */
  readonly id?: string
}

export async function seatOf(house: TestHouse, board: string, organisation: string): Promise<string> {
  const { id } = await house.handles.reading
    .selectFrom('seat')
    .innerJoin('organisation', 'organisation.id', 'seat.organisation_id')
    .where('seat.board_id', '=', board)
    .where((row) => row.or([row('organisation.short_name', '=', organisation), row('organisation.name', '=', organisation)]))
    .select('seat.id')
    .executeTakeFirstOrThrow()
  return id
}

/** Writes that a meeting was opened at 10 and closed at 12, by UTC, and who was there; without `closed`, that it was opened. */
export async function hold(
  house: TestHouse,
  board: string,
  { meeting, day }: { meeting: string; day: string },
  {
    sat,
    quorum = [],
    closed = true,
  }: { sat: readonly Sat[]; quorum?: readonly Schema['quorum_entry']['verdict'][]; closed?: boolean },
): Promise<void> {
  const at = (hour: string) => `${day}T${hour}:00.000Z`
  const spells = await Promise.all(
    sat.map(async ({ person, seat, capacity = 'representative', from = '10:00', until = '12:00', struck, id }, n) => ({
      meeting_id: meeting,
      seq: n + 1,
      id: id ?? newId(),
      person_id: await personCalled(house, person),
      seat_id: seat === null ? null : await seatOf(house, board, seat),
      capacity,
      for_person_id: null,
      mode: 'room' as const,
      from_at: at(from),
      until_at: until === null ? null : at(until),
      dropped: 0,
      struck: struck ? 1 : 0,
      listed: null,
      reason: null,
      recorded_at: at('12:00'),
      by_person_id: null,
    })),
  )
  const { id: terms } = await house.handles.reading
    .selectFrom('terms')
    .where('board_id', '=', board)
    .select('id')
    .executeTakeFirstOrThrow()
  const nobody = { meeting_id: meeting, person_id: null, words: null, by_person_id: null }
  await house.writer.write(async (tx) => {
    await tx
      .insertInto('sitting')
      .values({ ...nobody, seq: 1, act: 'opened', at: at('10:00') })
      .execute()
    if (closed)
      await tx
        .insertInto('sitting')
        .values({ ...nobody, seq: 2, act: 'closed', at: at('12:00') })
        .execute()
    for (const spell of spells) await tx.insertInto('spell').values(spell).execute()
    for (const [n, verdict] of quorum.entries())
      await tx
        .insertInto('quorum_entry')
        .values({
          id: newId(),
          meeting_id: meeting,
          seq: n + 1,
          at: at(`1${n}:00`),
          state: 'in session',
          verdict,
          presiding_id: null,
          figures: '[]',
          terms_id: terms,
        })
        .execute()
  })
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
