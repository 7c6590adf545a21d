import type { Answer } from '../../src/bot.js'
import { agendaOf, callMeeting, delivered, type OnAgenda } from '../agenda/setting.js'
import { CLERK, at as hourOfKcsp } from '../attendance/sitting.js'
import { GRAVESHAM_ROSTER, personCalled, setUpBoard } from '../boards.js'
import { openTestHouse, type TestHouse } from '../house.js'
import { papersOf } from '../papers/setting.js'

export { CLERK }
/** In the chair of Gravesham CSP, and for the borough council. */
export const CHAIR = 'Cllr Imogen Fairley'
/** Vice-chair, for the fire service. */
export const FIRE = 'Mark Dunn'
export const POLICE = 'Daniel Okafor'
export const PROBATION = 'Leon Carter'
export const NHS = 'April Stone'
/** Two who hold the county's seat jointly. */
export const COUNTY = 'Harriet Boyle'
export const COUNTY_TOO = 'Simon Vance'
/** By invitation: no core member. */
export const OPCC = 'Joseph Brand'

/** The meeting is on Thursday 17 December 2026 at 10:00. */
export const at = (hour: string): string => `2026-12-17T${hour.length === 5 ? `${hour}:00` : hour}Z`

/** A meeting that decides, in a test's hands. */
export interface Deciding {
  readonly house: TestHouse
  readonly meeting: string
  readonly agenda: OnAgenda
  /** moves the clock to an hour of the meeting's day */
  clock(hour: string): void
  say(hour: string, name: string, words: string): Promise<Answer>
  /** presses about an item that is called by its number */
  on(hour: string, name: string, item: string, command: string, values?: Record<string, string>): Promise<Answer>
  /** presses about a motion: the last that was put, unless it is told */
  press(hour: string, name: string, command: string, values?: Record<string, string>, motion?: string): Promise<Answer>
  /** presses about the meeting */
  room(hour: string, name: string, command: string, values?: Record<string, string>): Promise<Answer>
  /** the id of the last motion */
  motion(): Promise<string>
  /** the words of the register, the first entry first */
  register(): Promise<readonly string[]>
  id(name: string): Promise<string>
}

/** A meeting of a house, to decide at. */
export function decidingAt(house: TestHouse, meeting: string, hourAt: (hour: string) => string = at): Deciding {
  const { reading } = house.handles
  const agenda = agendaOf(house, meeting)
  const clock = (hour: string) => house.clock.set(hourAt(hour))
  const motion = async () => {
    const row = await reading
      .selectFrom('motion')
      .where('meeting_id', '=', meeting)
      .orderBy('number', 'desc')
      .select('id')
      .executeTakeFirstOrThrow()
    return row.id
  }
  return {
    house,
    meeting,
    agenda,
    clock,
    motion,
    say(hour, name, words) {
      clock(hour)
      return house.say(name, words)
    },
    async on(hour, name, item, command, values) {
      clock(hour)
      return house.press(name, { command, subject: await agenda.id(item), ...(values ? { values } : {}) })
    },
    async press(hour, name, command, values, which) {
      clock(hour)
      return house.press(name, { command, subject: which ?? (await motion()), ...(values ? { values } : {}) })
    },
    room(hour, name, command, values) {
      clock(hour)
      return house.press(name, { command, subject: meeting, ...(values ? { values } : {}) })
    },
    async register() {
      const rows = await reading.selectFrom('decision').orderBy('board_id').orderBy('number').select('words').execute()
      return rows.map(({ words }) => words)
    },
    id: (name) => personCalled(house, name),
  }
}

interface Options {
  readonly executed?: (sql: string) => void
  readonly file?: string
  /** what is done on the day before the meeting is opened */
  readonly before?: (deciding: Deciding) => Promise<unknown>
}

/** The meeting is opened at ten, with these people in the room from then on. */
export async function opened(deciding: Deciding, people: readonly string[], { before }: Options = {}): Promise<Deciding> {
  const { house } = deciding
  deciding.clock('09:40')
  await before?.(deciding)
  deciding.clock('09:50')
  await house.tick()
  await delivered(house)
  await deciding.room('10:00', CLERK, 'attendance.open')
  for (const name of people) await deciding.room('10:00', name, 'attendance.arrive', { mode: 'room' })
  await delivered(house)
  house.sent.length = 0
  return deciding
}

/**
 * Gravesham CSP beside the demonstration, its meeting opened at ten with these people there from then on, and B1 “Street
 * lighting” on its agenda: each core member has one vote, three are a quorum, and the chair has a casting vote.
 */
export async function graveshamInSession(people: readonly string[], options: Options = {}): Promise<Deciding> {
  const house = await openTestHouse(options)
  const board = await setUpBoard(house, 'gravesham', GRAVESHAM_ROSTER)
  const meeting = await callMeeting(house, board, '2026-12-17')
  const deciding = decidingAt(house, meeting)
  await deciding.agenda.has('Street lighting', 'B')
  return opened(deciding, people, options)
}

/** Six of the KCSP: on either reading of its terms a quorum. */
export const KCSP = {
  chair: 'Cllr Margaret Ashdown',
  police: 'Daniel Okafor',
  opcc: 'Helen Marsh',
  districts: 'Tom Beresford',
  fire: 'Aisha Rahman',
  nhs: 'Dr Simon Kerr',
  /** invited */
  housing: 'Nadia Flynn',
} as const

/** The demonstration's KCSP, whose terms provide for no vote, likewise, on Wednesday 16 December 2026, with B1 “Grant”. */
export async function kcspInSession(people: readonly string[], options: Options = {}): Promise<Deciding> {
  const house = await openTestHouse(options)
  const deciding = decidingAt(house, await house.meeting(), hourOfKcsp)
  await deciding.agenda.has('Grant', 'B')
  return opened(deciding, people, options)
}

/** Sends a paper of an item, with what it recommends. */
export const recommends =
  (item: string, recommendations: string, marking?: string) =>
  ({ house, meeting }: Deciding) =>
    papersOf(house, meeting).send(CLERK, item, `${item}.pdf`, { recommendations, ...(marking ? { marking } : {}) })

/** All that is written of motions, votes and decisions, and how much the journal holds. */
export async function written({ house }: Pick<Deciding, 'house'>): Promise<unknown> {
  const { reading } = house.handles
  const { seq } = await reading
    .selectFrom('journal')
    .select((row) => row.fn.countAll<number>().as('seq'))
    .executeTakeFirstOrThrow()
  return {
    seq,
    motion: await reading.selectFrom('motion').orderBy('id').selectAll().execute(),
    wording: await reading.selectFrom('motion_wording').orderBy('motion_id').orderBy('version').selectAll().execute(),
    dissent: await reading.selectFrom('dissent').orderBy('motion_id').orderBy('seq').selectAll().execute(),
    vote: await reading.selectFrom('vote').orderBy('motion_id').selectAll().execute(),
    ballot: await reading.selectFrom('ballot').orderBy('motion_id').orderBy('voter_id').selectAll().execute(),
    casting: await reading.selectFrom('casting_vote').selectAll().execute(),
    decision: await reading.selectFrom('decision').orderBy('board_id').orderBy('number').selectAll().execute(),
    mark: await reading.selectFrom('decision_mark').orderBy('decision_id').selectAll().execute(),
  }
}

/** The id of an entry of the register, the last unless its number is told. */
export async function entryId({ house }: Pick<Deciding, 'house'>, number?: number): Promise<string> {
  const rows = await house.handles.reading.selectFrom('decision').orderBy('number').select(['id', 'number']).execute()
  const found = number === undefined ? rows.at(-1) : rows.find((one) => one.number === number)
  if (!found) throw new Error('there is no such entry')
  return found.id
}
