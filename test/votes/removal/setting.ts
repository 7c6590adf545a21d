import { delivered, done } from '../../agenda/setting.js'
import { at as hourOfKcsp } from '../../attendance/sitting.js'
import { boardCalled } from '../../boards.js'
import { openTestHouse } from '../../house.js'
import { CLERK, type Deciding, decidingAt, KCSP, opened } from '../setting.js'

/** Sits for the Probation Service; for the chairs of the local partnerships. */
export const PROBATION = 'June Whitfield'
export const CHAIRS = 'Cllr Owen Pryce'
/** The eight bodies that the terms list; the first six have the standing by statute too. */
export const EIGHT = [KCSP.chair, KCSP.police, KCSP.districts, KCSP.fire, KCSP.nhs, PROBATION, KCSP.opcc, CHAIRS]
/** Vice-chair of the KCSP since 1 December. */
export const VICE = KCSP.police

interface Options {
  readonly title?: string
  /** of its section; X: it is not on the public agenda */
  readonly letter?: string
  /** it came when the agenda was agreed */
  readonly late?: boolean
  /** what is done on the day, before the meeting is opened */
  readonly before?: (here: Deciding) => Promise<unknown>
  readonly file?: string
  readonly executed?: (sql: string) => void
}

/** The demonstration's KCSP with a vice-chair, in session with these people, and B1 with this title on its agenda. */
export async function removing(
  people: readonly string[] = EIGHT,
  { title = 'Removal of the Vice-Chair', letter = 'B', late = false, before, ...options }: Options = {},
): Promise<Deciding> {
  const house = await openTestHouse(options)
  house.clock.set('2026-12-01T10:00:00Z')
  await appointed({ house }, VICE, 'vice-chair')
  const here = decidingAt(house, await house.meeting(), hourOfKcsp)
  if (late) {
    await done(house.press(KCSP.chair, { command: 'agenda.agree', subject: here.meeting, values: { allTheSame: 'yes' } }))
    const values = { title, letter: 'B', reason: 'It cannot wait.' }
    await done(here.agenda.press(KCSP.chair, 'agenda.add_late', values))
  } else await here.agenda.has(title, letter)
  await opened(here, people, before ? { before } : {})
  await delivered(house)
  house.sent.length = 0
  return here
}

/** Appoints somebody of the KCSP to an office, as its clerk does. */
export async function appointed({ house }: Pick<Deciding, 'house'>, name: string, office: string): Promise<void> {
  const board = (await boardCalled(house, 'KCSP')) ?? ''
  const to = JSON.stringify({ as: 'office', office, acting: false })
  await done(house.press(CLERK, { command: 'boards.appoint', subject: board, values: { to, name } }))
}

/** Who holds an office of the KCSP on the day of its meeting. */
export async function holderOf({ house }: Pick<Deciding, 'house'>, office: 'chair' | 'vice-chair'): Promise<readonly string[]> {
  const rows = await house.handles.reading
    .selectFrom('office')
    .innerJoin('person', 'person.id', 'office.person_id')
    .innerJoin('board', 'board.id', 'office.board_id')
    .where('board.short_name', '=', 'KCSP')
    .where('office.office', '=', office)
    .where('office.from_day', '<=', '2026-12-16')
    .where((row) => row.or([row('office.until_day', 'is', null), row('office.until_day', '>', '2026-12-16')]))
    .orderBy('person.name')
    .select('person.name')
    .execute()
  return rows.map(({ name }) => name)
}

/** Votes for these, in their order, against for the rest of them. */
export async function vote(here: Deciding, hour: string, ayes: readonly string[], noes: readonly string[] = []): Promise<void> {
  for (const name of ayes) await done(here.press(hour, name, 'votes.cast', { choice: 'for' }))
  for (const name of noes) await done(here.press(hour, name, 'votes.cast', { choice: 'against' }))
}
