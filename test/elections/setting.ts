import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Answer } from '../../src/bot.js'
import { electionFacts } from '../../src/elections/card/store.js'
import type { ElectionFacts } from '../../src/elections/facts.js'
import type { Refusal } from '../../src/kernel/refusal.js'
import { agendaOf, type OnAgenda } from '../agenda/setting.js'
import { CHAIR, CLERK, DISTRICTS, FIRE, at as hourOf, NHS, OPCC, POLICE, PROBATION } from '../attendance/sitting.js'
import { personCalled } from '../boards.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'

export { CHAIR, CLERK, DISTRICTS, FIRE, NHS, OPCC, POLICE, PROBATION }
/** for the local partnerships */
export const CSP = 'Cllr Owen Pryce'
export const JUNE = 'June Whitfield'
/** Everybody who represents a member, but for Probation, for whom a substitute comes. */
export const EVERYBODY = [CHAIR, POLICE, OPCC, DISTRICTS, FIRE, NHS, PROBATION, CSP]

/** An election of the demonstration's vice-chair, whose office is vacant: A4 of its agenda. */
export interface Electing {
  readonly house: TestHouse
  readonly meeting: string
  readonly agenda: OnAgenda
  say(hour: string, name: string, words: string): Promise<Answer>
  /** presses about the election, or about something else */
  press(hour: string, name: string, command: string, values?: Record<string, string>, subject?: string): Promise<Answer>
  /** somebody is nominated by another, and accepts */
  stands(hour: string, name: string, proposer: string): Promise<void>
  /** somebody votes for a candidate in the ballot that is open; null abstains */
  votes(hour: string, name: string, candidate: string | null): Promise<Answer>
  election(): Promise<string>
  /** the ballot that was opened last */
  ballot(): Promise<string>
  facts(): Promise<ElectionFacts>
  id(name: string): Promise<string>
  /** who holds the office on the day of the meeting */
  viceChair(): Promise<string | null>
  register(): Promise<readonly string[]>
  /** the keys that lie in the vault */
  keys(): readonly string[]
}

/** “Election of Vice-Chair” on the demonstration's agenda. */
const OFFICE_ITEM = 'A4'

export async function beforeMeeting(options: Parameters<typeof openTestHouse>[0] = {}): Promise<Electing> {
  const house = await openTestHouse(options)
  return electing(house)
}

export async function electing(house: TestHouse): Promise<Electing> {
  const { reading } = house.handles
  const meeting = await house.meeting()
  const agenda = agendaOf(house, meeting)
  const election = async () =>
    (await reading.selectFrom('election').select('id').orderBy('began_at', 'desc').executeTakeFirstOrThrow()).id
  const ballot = async () =>
    (await reading.selectFrom('election_ballot').select('id').orderBy('number', 'desc').executeTakeFirstOrThrow()).id
  const id = (name: string) => personCalled(house, name)
  const set = (hour: string) => house.clock.set(hour.includes('T') ? hour : hourOf(hour))
  const self: Electing = {
    house,
    meeting,
    agenda,
    election,
    ballot,
    id,
    async say(hour, name, words) {
      set(hour)
      return house.say(name, words)
    },
    async press(hour, name, command, values, subject) {
      set(hour)
      return house.press(name, { command, subject: subject ?? (await election()), ...(values ? { values } : {}) })
    },
    async stands(hour, name, proposer) {
      const item = await agenda.id(OFFICE_ITEM)
      await self.press(hour, proposer, 'elections.nominate', { nominee: await id(name) }, item)
      await self.press(hour, name, 'elections.answer', { answer: 'accepted' })
    },
    async votes(hour, name, candidate) {
      const choice = candidate === null ? 'abstain' : await id(candidate)
      return self.press(hour, name, 'elections.cast', { choice }, await ballot())
    },
    async facts() {
      const shown = await electionFacts(reading, await election(), house.clock.now())
      if (!shown) throw new Error('no election')
      return shown
    },
    async viceChair() {
      const row = await reading
        .selectFrom('office')
        .innerJoin('person', 'person.id', 'office.person_id')
        .where('office', '=', 'vice-chair')
        .where('until_day', 'is', null)
        .select('person.name')
        .executeTakeFirst()
      return row?.name ?? null
    },
    async register() {
      const rows = await reading.selectFrom('decision').orderBy('number').select('words').execute()
      return rows.map(({ words }) => words)
    },
    keys: () => keysOf(house.file),
  }
  return self
}

/** The names of the keys beside a database. */
export function keysOf(file: string): readonly string[] {
  const folder = join(dirname(file), 'keys', basename(file))
  return existsSync(folder) ? readdirSync(folder).map((name) => name.replace(/\.key$/, '')) : []
}

/** The meeting is opened at ten, with these people in the room. */
export async function inSession(
  people: readonly string[] = EVERYBODY,
  options: Parameters<typeof openTestHouse>[0] = {},
): Promise<Electing> {
  return seated(await beforeMeeting(options), people)
}

export async function seated(to: Electing, people: readonly string[] = EVERYBODY): Promise<Electing> {
  await to.press('09:50', CLERK, 'attendance.open', undefined, to.meeting)
  for (const name of people) await to.press('10:00', name, 'attendance.arrive', { mode: 'room' }, to.meeting)
  return to
}

/** The same, where two stand: for fire and for the police. */
export async function twoStand(people: readonly string[] = EVERYBODY): Promise<Electing> {
  const to = await inSession(people)
  await to.stands('10:01', FIRE, OPCC)
  await to.stands('10:01', POLICE, OPCC)
  return to
}

/** Lets what has come due be done: a ballot in which all have voted is counted. */
export const due = ({ house }: Electing): Promise<void> => house.bot.doDue()

/** What was refused. @throws where it was not */
export function refusal(answer: Answer): Refusal {
  if (answer.kind === 'refusal') return answer.refusal
  throw new Error(`it was not refused: ${textOf(answer)}`)
}
