import type { Answer } from '../../src/bot.js'
import { plainCard } from '../../src/kernel/plain.js'
import { openTestHouse, type TestHouse, textOf } from '../house.js'

export const CLERK = 'Grace Holloway'
/** Of the KCSP. */
export const CHAIR = 'Cllr Margaret Ashdown'
/** A member of the KCSP and of Gravesham CSP. */
export const POLICE = 'Daniel Okafor'
/** Of Gravesham CSP, and one of its Executive Group. */
export const PORTFOLIO_HOLDER = 'Cllr Imogen Fairley'
/** One of the Executive Group of Gravesham CSP, without a seat. */
export const DIRECTOR = 'Philippa Stroud'

/** Sends all that waits, to whoever has several messages one a second. */
export async function delivered(house: TestHouse): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await house.outbox.drain()
    house.clock.forward({ seconds: 2 })
  }
}

/** The demonstration, when the messages with which it begins have gone out. */
export async function openSettled(at?: string): Promise<TestHouse> {
  const house = await openTestHouse(at === undefined ? {} : { at })
  await delivered(house)
  house.sent.length = 0
  return house
}

/** Presses, and goes on only where it was done. */
export async function done(answering: Promise<Answer>): Promise<string> {
  const answer = await answering
  if (answer.kind === 'refusal' || answer.kind === 'fault') throw new Error(textOf(answer))
  return textOf(answer)
}

/** Calls an ordinary meeting, whatever is unwise about it. @returns its id */
export async function callMeeting(house: TestHouse, board: string, day: string, time = '10:00', by = CLERK): Promise<string> {
  const known = await meetingsOf(house, board)
  await done(house.press(by, { command: 'meetings.call', subject: board, values: { day, time, allTheSame: 'yes' } }))
  const called = (await meetingsOf(house, board)).find((id) => !known.includes(id))
  if (called === undefined) throw new Error('no meeting was called')
  return called
}

const meetingsOf = async (house: TestHouse, board: string): Promise<readonly string[]> =>
  (await house.handles.reading.selectFrom('meeting').select('id').where('board_id', '=', board).execute()).map(({ id }) => id)

/** The agenda of one meeting, in a test's hands. */
export interface OnAgenda {
  readonly meeting: string
  press(name: string, command: string, values?: Record<string, string>): Promise<Answer>
  /** presses about an item that is called by its number, "B2", or by its title */
  on(name: string, item: string, command: string, values?: Record<string, string>): Promise<Answer>
  id(item: string): Promise<string>
  /** "A1 Introduction", as the record has them; then what stands on no agenda, with what became of it */
  shown(): Promise<readonly string[]>
  /** proposes and places, both by the clerk */
  has(title: string, letter: string): Promise<void>
}

export function agendaOf(house: TestHouse, meeting: string): OnAgenda {
  const items = () =>
    house.handles.reading
      .selectFrom('item')
      .where('meeting_id', '=', meeting)
      .orderBy('letter')
      .orderBy('number')
      .selectAll()
      .execute()
  const called = async (said: string) => {
    const [one] = (await items()).filter(({ letter, number, title }) => `${letter}${number}` === said || title === said)
    if (!one) throw new Error(`there is no item ${said}`)
    return one.id
  }
  const press = (name: string, command: string, values: Record<string, string> = {}) =>
    house.press(name, { command, subject: meeting, values })
  const on = async (name: string, item: string, command: string, values: Record<string, string> = {}) =>
    house.press(name, { command, subject: await called(item), values })
  return {
    meeting,
    press,
    on,
    id: called,
    async shown() {
      const all = await items()
      return [
        ...all.flatMap(({ letter, number, title, state }) =>
          number === null ? [] : [`${letter}${number} ${title}${state === 'withdrawn' ? ' (withdrawn)' : ''}`],
        ),
        ...all.flatMap(({ number, title, state }) => (number === null ? [`${state}: ${title}`] : [])),
      ]
    },
    async has(title, letter) {
      await done(press(CLERK, 'agenda.propose', { title }))
      await done(on(CLERK, title, 'agenda.place', { letter }))
    },
  }
}

/** What was sent into a board's place, newest last. */
export const sentInto = (house: TestHouse, place: string): readonly string[] =>
  house.sent.filter(({ to }) => 'place' in to && to.place === place).map(({ card }) => plainCard(card))

/** Everybody who was sent something, by their address; of those given, by what was said. */
export const toldOf = (house: TestHouse, title: RegExp): readonly string[] =>
  [...new Set(house.sent.filter(({ plain }) => title.test(plain)).map(({ to }) => ('user' in to ? to.user : to.place)))].sort()
