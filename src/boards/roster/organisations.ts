import { groupedBy } from './grouped.js'
import type { Checked, Roster, RosterFault, RosterLine } from './rules.js'
import { bare, shown, spelledApart } from './spelling.js'

type Organisation = Roster['organisations'][number]

/** A row and the body of which it is. */
export type OfBody = RosterLine & { readonly organisation: string }

export const linesOfBodies = (lines: readonly RosterLine[]): readonly OfBody[] =>
  lines.flatMap((line) => (line.organisation === null ? [] : [{ ...line, organisation: line.organisation }]))

/** The first row of each body, by its name however it is written. */
type Named = ReadonlyMap<string, OfBody>

/** The names under which a body is known: its own, and those that it had. */
export const namesOf = ({ name, formerly }: Pick<Organisation, 'name' | 'formerly'>): readonly string[] => [name, ...formerly]

/**
 * The bodies of a roster. Who is in attendance is there as a person: their body is a part of how they are called,
 * and no body of the board's.
 */
export function organisationsOf(lines: readonly RosterLine[]): Checked<readonly Organisation[]> {
  const rows = linesOfBodies(lines)
  const bodies = groupedBy(rows, ({ organisation }) => organisation)
  const named: Named = new Map(rows.toReversed().map((row) => [bare(row.organisation), row]))
  const found = [...bodies]
    .filter(([, named]) => named.some(({ role }) => role !== 'in attendance'))
    .map(([name, named]) => ({
      name,
      shortName: named.find(({ shortName }) => shortName !== null)?.shortName ?? name,
      formerly: [...new Set(named.flatMap(({ formerly }) => formerly))],
    }))
  const faults = [
    ...oneSpelling(rows),
    ...[...bodies.values()].flatMap(oneShortName),
    ...shortNamesApart(rows, named),
    ...rows.flatMap((row) => formerNames(row, named)),
  ]
  return { found, faults, warnings: [] }
}

const oneSpelling = (rows: readonly OfBody[]): readonly RosterFault[] =>
  spelledApart(rows.map(({ row, organisation }) => ({ row, name: organisation }))).map(({ one, first }) => ({
    row: one.row,
    column: 'Organisation',
    sentence: `${shown(one.name)} is ${shown(first.name)} of row ${first.row}, written otherwise: write one body in one way`,
  }))

function oneShortName(rows: readonly OfBody[]): readonly RosterFault[] {
  const first = rows.find(({ shortName }) => shortName !== null)
  return rows
    .filter(({ shortName }) => shortName !== null && shortName !== first?.shortName)
    .map(({ row, organisation, shortName }) => ({
      row,
      column: 'Short name',
      sentence: `${organisation} is ${shown(shortName ?? '')} here and ${shown(first?.shortName ?? '')} in row ${first?.row}: give it one short name`,
    }))
}

/** Two bodies of one short name, or one called in short as another is in full. */
function shortNamesApart(rows: readonly OfBody[], named: Named): readonly RosterFault[] {
  const firsts = new Map<string, OfBody>()
  return rows.flatMap((one) => {
    const { row, organisation, shortName } = one
    if (shortName === null) return []
    const short = bare(shortName)
    const [called, full] = [firsts.get(short), named.get(short)]
    if (!called) firsts.set(short, one)
    const other = [called, full].find((rival) => rival && bare(rival.organisation) !== bare(organisation))
    if (!other) return []
    const sentence = `${shown(shortName)} is ${other.organisation} too (row ${other.row}): give ${organisation} a short name of its own`
    return [{ row, column: 'Short name', sentence }]
  })
}

function formerNames({ row, organisation, formerly }: OfBody, named: Named): readonly RosterFault[] {
  return formerly.flatMap((name) => {
    const other = named.get(bare(name))
    if (!other) return []
    const sentence =
      other.organisation === organisation
        ? `${shown(name)} is what it is called now: name only what it was called before`
        : `${shown(name)} is a body of this file itself (row ${other.row}): take its rows out if ${organisation} has succeeded it, or this name`
    return [{ row, column: 'Formerly', sentence }]
  })
}
