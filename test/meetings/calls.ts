import { expect } from 'vitest'
import type { Answer } from '../../src/bot.js'
import type { AllTheSame } from '../../src/kernel/refusal.js'
import { Doubt } from '../../src/kernel/refusal.js'
import { boardCalled, DARDR_ROSTER, GRAVESHAM_ROSTER, setUpBoard, WORKING_GROUP_ROSTER } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'

export const CLERK = 'Grace Holloway'
export const ASHDOWN = 'Cllr Margaret Ashdown'
export const FAIRLEY = 'Cllr Imogen Fairley'
export const POLICE = 'Daniel Okafor'

/** The demonstration and the boards beside it. */
export interface Boards {
  readonly kcsp: string
  readonly gravesham: string
  readonly group: string
  readonly dardr: string
}

/** The demonstration with the three other boards beside it, their rosters imported. */
export async function openBoards(): Promise<{ house: TestHouse; boards: Boards }> {
  const house = await openTestHouse()
  const gravesham = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const group = await setUpBoard(house, 'kcsp-working-group-2025', WORKING_GROUP_ROSTER)
  const dardr = await setUpBoard(house, 'dardr-steering-group-2025', DARDR_ROSTER)
  return { house, boards: { kcsp: (await boardCalled(house, 'KCSP')) ?? '', gravesham, group, dardr } }
}

/** The demonstration with one board beside it. */
export async function openGravesham(): Promise<{ house: TestHouse; kcsp: string; gravesham: string }> {
  const house = await openTestHouse()
  const gravesham = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  return { house, kcsp: (await boardCalled(house, 'KCSP')) ?? '', gravesham }
}

type Values = Readonly<Record<string, string>>

/** What is asked about is done all the same. */
export async function allTheSame(house: TestHouse, name: string, answer: Promise<Answer>): Promise<Answer> {
  const first = await answer
  if (first.kind !== 'refusal' || !(first.refusal instanceof Doubt)) return first
  return house.press(name, first.refusal.allTheSame)
}

/** The button of what was asked about. */
export function doubtOf(answer: Answer): AllTheSame & { readonly sentence: string } {
  if (answer.kind !== 'refusal' || !(answer.refusal instanceof Doubt)) throw new Error(`not asked: ${textOf(answer)}`)
  return { ...answer.refusal.allTheSame, sentence: answer.refusal.sentence }
}

export const call = (house: TestHouse, name: string, board: string, values: Values): Promise<Answer> =>
  house.press(name, { command: 'meetings.call', subject: board, values })

/** Calls a meeting, and goes on only where it was called. @returns its id */
export async function called(house: TestHouse, name: string, board: string, values: Values): Promise<string> {
  const before = new Set((await meetingsOf(house, board)).map(({ id }) => id))
  const answer = await allTheSame(house, name, call(house, name, board, values))
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  const [meeting] = (await meetingsOf(house, board)).filter(({ id }) => !before.has(id))
  if (!meeting) throw new Error('no meeting was called')
  return meeting.id
}

export const move = (house: TestHouse, name: string, meeting: string, values: Values): Promise<Answer> =>
  house.press(name, { command: 'meetings.move', subject: meeting, values })

export const cancel = (house: TestHouse, name: string, meeting: string, why: string): Promise<Answer> =>
  house.press(name, { command: 'meetings.cancel', subject: meeting, values: { why } })

export const meetingsOf = (house: TestHouse, board: string) =>
  house.handles.reading.selectFrom('meeting').selectAll().where('board_id', '=', board).orderBy('starts_at').execute()

export const meetingRow = (house: TestHouse, id: string) =>
  house.handles.reading.selectFrom('meeting').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const versionsOf = (house: TestHouse, meeting: string) =>
  house.handles.reading.selectFrom('meeting_version').selectAll().where('meeting_id', '=', meeting).orderBy('revision').execute()

const WRITTEN = [
  'meeting',
  'meeting_version',
  'cycle',
  'cycle_meeting',
  'agenda',
  'item',
  'answer',
  'invitation',
  'journal',
  'journal_payload',
] as const

/** All that acts write, row by row, with the notices that wait; deliveries are kept of refusals too, and left out. */
export async function record(house: TestHouse): Promise<string> {
  const { reading } = house.handles
  const rows = await Promise.all(WRITTEN.map((table) => reading.selectFrom(table).selectAll().execute()))
  const notices = await reading.selectFrom('notice').select(['id', 'wanted']).execute()
  return JSON.stringify([...rows, notices].map((some) => some.map((row) => JSON.stringify(row)).sort()))
}

/** That what is done leaves no row behind. */
export async function unchanged<T>(house: TestHouse, act: () => Promise<T>): Promise<T> {
  const before = await record(house)
  const outcome = await act()
  expect(await record(house)).toBe(before)
  return outcome
}

/** Sends all that waits: one a second goes to each, on the clock that stands. */
export async function settle(house: TestHouse): Promise<void> {
  const waiting = () =>
    house.handles.reading.selectFrom('notice').select('id').where('state', '=', 'waiting').limit(1).executeTakeFirst()
  for (let round = 0; round < 40 && (await waiting()); round += 1) {
    await house.outbox.drain()
    house.clock.forward({ seconds: 1 })
  }
  expect(await waiting()).toBeUndefined()
}
