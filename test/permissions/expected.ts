import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type Outcome, PLACES, type Where } from './ground.js'
import { ALL, isPlayer, type Role } from './roles.js'

/**
 * The reviewed table, `expected.csv`: a row a command, or a group of places where it comes to something else; a column a
 * role. `yes`: done or answered. `no`: refused, as it is not theirs. `–`: answered as if it were not there. `rule`: refused
 * by another rule of the board. A cell that is empty, and a place that no row has, is denied, in whichever of the two ways.
 */
export type Expected = ReadonlyMap<string, Readonly<Record<Role, Readonly<Partial<Record<Where, Outcome>>>>>>

const OUTCOMES: readonly string[] = ['yes', 'no', '–', 'rule'] satisfies readonly Outcome[]

/** Who is at no place presses at the command line, or nowhere. */
export const placesOf = (role: Role): readonly Where[] => (isPlayer(role) ? PLACES : ['direct'])

export function readExpected(): Expected {
  const text = readFileSync(new URL('expected.csv', import.meta.url), 'utf8')
  const rows: Record<string, string>[] = parse(text, { columns: true, trim: true })
  const expected = new Map<string, Record<Role, Partial<Record<Where, Outcome>>>>()
  for (const { command = '', where = '', ...cells } of rows) {
    const known = expected.get(command) ?? nothing()
    expected.set(command, known)
    const places = where === 'anywhere' ? PLACES : where.split(' ').map(placeCalled)
    for (const role of ALL) {
      const cell = cells[role] ?? ''
      if (cell !== '' && !OUTCOMES.includes(cell)) throw new Error(`${command}: ${role} has ${cell}`)
      if (cell !== '') for (const place of places) Object.assign(known[role], { [place]: cell })
    }
  }
  return expected
}

const nothing = () => Object.fromEntries(ALL.map((role) => [role, {}])) as Record<Role, Partial<Record<Where, Outcome>>>

function placeCalled(said: string): Where {
  const place = PLACES.find((one) => one === said)
  if (!place) throw new Error(`there is no place ${said}`)
  return place
}

/** Whether what came of a press is what the table has for it. */
export const isAsExpected = (cell: Outcome | undefined, outcome: Outcome): boolean =>
  cell === undefined ? outcome === 'no' || outcome === '–' : cell === outcome
