import { readFileSync } from 'node:fs'
import { saveSpells } from '../../src/attendance/store.js'
import { emailOf } from '../../src/demonstration/people.js'
import { newId } from '../../src/kernel/ids.js'
import { agendaOf, CLERK, callMeeting, done } from '../agenda/setting.js'
import { setUpBoardOf } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'
import { at } from './setting.js'

export { CLERK }

const GRAVESHAM = readFileSync(new URL('../../src/boards/terms/gravesham.yaml', import.meta.url), 'utf8')
const HEADER =
  'Organisation,Short name,Formerly,Stands for,Seat,Standing,Role,Name,Post,Email,Telephone,Answers for,Office,Group,From,Last day'
export const PLACE = 'assembly'

/** The one who sits for a body of the assembly, and the body's short name: "Voter 7" for "B7". */
export const voterOf = (number: number): string => `Voter ${number}`
export const bodyOf = (number: number): string => `B${number}`
const councilOf = (number: number): string => `Council ${number}`
/** Presides, and sits for the first body. */
export const CHAIR = voterOf(1)

/** An invented board of so many bodies, under terms that are otherwise Gravesham's, where equal votes carry nothing. */
export const termsOf = (bodies: readonly number[], amended: (terms: string) => string): Buffer =>
  Buffer.from(
    amended(GRAVESHAM)
      .replace(/^board: .*$/m, 'board: Assembly of Councils')
      .replace(/^shortName: .*$/m, 'shortName: Assembly')
      .replace(/bodies:\n(?: {10}- .*\n)+/, `bodies:\n${bodies.map((number) => `          - ${councilOf(number)}\n`).join('')}`)
      .replace('second or casting vote of the chair', 'not carried'),
  )

export const rosterOf = (bodies: readonly number[]): string =>
  [
    HEADER,
    ...bodies.map((number) => {
      const [name, office] = [voterOf(number), number === 1 ? 'chair' : '']
      return `${councilOf(number)},${bodyOf(number)},,,,member,representative,${name},Leader,${emailOf(name)},,,${office},,,`
    }),
    `Kent County Council,,,,,,in attendance,${CLERK},Democratic Services Officer,${emailOf(CLERK)},01632 960099,,clerk,,,`,
    '',
  ].join('\n')

export interface Assembly {
  readonly house: TestHouse
  readonly board: string
  readonly meeting: string
  /** an item of its agenda */
  readonly item: string
  /** whoever sits for the bodies, in the order of the bodies */
  readonly voters: readonly string[]
}

interface Opening {
  /** bodies of the board */
  readonly seats: number
  /** of whom so many are there; otherwise all */
  readonly present?: number
  readonly file?: string
  readonly executed?: (sql: string) => void
  /** what else its terms say */
  readonly amended?: (terms: string) => string
}

/** A meeting of the assembly in session on Thursday 17 December 2026, when everything that was to be sent of it is sent. */
export async function openAssembly({
  seats,
  present = seats,
  amended = (terms) => terms,
  ...options
}: Opening): Promise<Assembly> {
  const house = await openTestHouse(options)
  const bodies = Array.from({ length: seats }, (_, index) => index + 1)
  const board = await setUpBoardOf(house, termsOf(bodies, amended), rosterOf(bodies))
  const meeting = await callMeeting(house, board, '2026-12-17')
  await agendaOf(house, meeting).has('Street lighting', 'B')
  const item = await agendaOf(house, meeting).id('B1')
  house.clock.set(at('09:59'))
  await house.tick()
  await settled(house)
  house.clock.set(at('10:00'))
  await done(house.press(CLERK, { command: 'attendance.open', subject: meeting }))
  const voters = bodies.map(voterOf)
  await seatAll(house, meeting, voters.slice(0, present))
  await settled(house)
  house.clock.set(at('10:05'))
  return { house, board, meeting, item, voters }
}

/** The same in a house that was opened on its database again: a few minutes later. */
export async function reopened(house: TestHouse): Promise<Assembly> {
  house.clock.set(at('10:05'))
  const { reading } = house.handles
  const { id: board } = await reading
    .selectFrom('board')
    .where('short_name', '=', 'Assembly')
    .select('id')
    .executeTakeFirstOrThrow()
  const { id: meeting } = await reading.selectFrom('meeting').where('board_id', '=', board).select('id').executeTakeFirstOrThrow()
  const seats = await reading.selectFrom('seat').where('board_id', '=', board).select('id').execute()
  const item = await agendaOf(house, meeting).id('B1')
  return { house, board, meeting, item, voters: seats.map((_, index) => voterOf(index + 1)) }
}

/** Takes what waits in the outbox as sent. */
export async function settled({ writer, outbox, sent }: Pick<TestHouse, 'writer' | 'outbox' | 'sent'>): Promise<void> {
  await writer.write((tx) => tx.updateTable('notice').set({ state: 'sent' }).where('state', '=', 'waiting').execute())
  await outbox.drain()
  sent.length = 0
}

/** Marks people as in the room for their seats, from now on. */
export async function seatAll(
  { writer, clock }: Pick<TestHouse, 'writer' | 'clock'>,
  meeting: string,
  people: readonly string[],
): Promise<void> {
  await writer.write(async (tx) => {
    const rows = await tx
      .selectFrom('person')
      .innerJoin('holding', 'holding.person_id', 'person.id')
      .where('person.name', 'in', people)
      .select(['person.id', 'person.name', 'holding.seat_id as seat'])
      .execute()
    const from = clock.now()
    const marks = rows.map(({ id, name, seat }) => ({
      id: newId(),
      person: { id, name },
      seat,
      capacity: 'representative' as const,
      for: null,
      mode: 'room' as const,
      from,
      until: null,
      dropped: false,
      listed: null,
      reason: null,
    }))
    for (let first = 0; first < marks.length; first += 100)
      await saveSpells(tx, meeting, first, marks.slice(first, first + 100), { by: null, at: from })
  })
}

type Door = Pick<Assembly, 'house' | 'meeting' | 'item'>

/** Puts a motion on the item, and opens a vote on it. @returns the motion's id */
export async function putToVote({ house, meeting, item }: Door, values: Record<string, string> = {}): Promise<string> {
  const text = 'The grant be spent on street lighting'
  await done(house.press(CHAIR, { command: 'votes.put', subject: item, values: { text } }))
  const { id: motion } = await house.handles.reading
    .selectFrom('motion')
    .where('meeting_id', '=', meeting)
    .orderBy('number', 'desc')
    .select('id')
    .executeTakeFirstOrThrow()
  await done(house.press(CHAIR, { command: 'votes.open', subject: item, values: { motion, ...values } }))
  return motion
}

export type Choice = 'for' | 'against' | 'abstain'

/** Casts a vote by press. @throws Error with what was said, where it was not done */
export async function cast({ house }: Pick<Assembly, 'house'>, motion: string, name: string, choice: Choice): Promise<string> {
  const answer = await house.press(name, { command: 'votes.cast', subject: motion, values: { choice } })
  if (answer.kind !== 'card') throw new Error(textOf(answer))
  return textOf(answer)
}
