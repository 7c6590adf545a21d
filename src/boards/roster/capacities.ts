import { folded } from '../../kernel/sentence.js'
import { groupedBy } from './grouped.js'
import type { Everybody, OfPerson } from './people.js'
import type { Checked, Roster, RosterFault, RosterPerson } from './rules.js'
import { type Seated, seatFor } from './seats.js'
import { saidOnce, spanOf } from './spans.js'
import { nearest, shown, spelledApart } from './spelling.js'

type Holding = Roster['holdings'][number]

/** Who sits in which seat, or may sit in for whoever does. */
export function holdingsOf(rows: readonly OfPerson[], seats: readonly Seated[]): Checked<readonly Holding[]> {
  const said = rows.flatMap((row) => {
    if (row.organisation === null) return []
    const capacity = row.role === 'deputy' ? ('deputy' as const) : ('representative' as const)
    if (capacity === 'representative' && row.role !== 'representative' && row.role !== 'joint representative') return []
    const own = seats.find((one) => one.rows.some((of) => of.row === row.row))
    const seat = (own ?? seatFor({ ...row, organisation: row.organisation }, seats))?.seat
    if (!seat) return []
    const thing = { organisation: seat.organisation, seat: seat.title, person: row.key, capacity, ...spanOf(row) }
    const key = JSON.stringify([seat.organisation, seat.title, row.key, capacity])
    return [{ row: row.row, key, thing, words: `${row.name} is ${capacity} of ${seat.organisation}` }]
  })
  // Two representatives of one seat have been told of already, among them one who is named twice.
  const { found, faults } = saidOnce(said)
  const deputies = new Set(rows.filter(({ role }) => role === 'deputy').map(({ row }) => row))
  return { found, faults: faults.filter(({ row }) => row !== null && deputies.has(row)), warnings: [] }
}

/** Who is of which body. Somebody in attendance is there as a person, whatever their body. */
export function postsOf(rows: readonly OfPerson[]): Checked<Roster['posts']> {
  const ofBodies = rows.filter(({ role, organisation }) => organisation !== null && role !== 'in attendance')
  const groups = [...groupedBy(ofBodies, ({ key, organisation }) => JSON.stringify([key, organisation])).values()]
  const faults: RosterFault[] = []
  const found = groups.flatMap((theirs) => {
    const titled = theirs.find(({ post }) => post !== null)
    for (const { row, name, post } of theirs) {
      if (post === null || folded(post) === folded(titled?.post ?? '')) continue
      const sentence = `${name} is ${shown(titled?.post ?? '')} in row ${titled?.row}: give one post for one person in one body`
      faults.push({ row, column: 'Post', sentence })
    }
    const [first] = theirs
    return first?.organisation ? [{ person: first.key, organisation: first.organisation, title: titled?.post ?? '' }] : []
  })
  return { found, faults, warnings: [] }
}

/** Who may answer for whom. */
export function assistantsOf({ rows, people }: Everybody): Checked<Roster['assistants']> {
  const byName = groupedBy(people, ({ name }) => folded(name))
  const faults: RosterFault[] = []
  const said = rows.flatMap((row) => {
    const sought = row.answersFor
    if (row.role !== 'assistant' || sought === null) return []
    const reached = people.filter(({ key }) => key === sought.toLowerCase())
    const [principal, another] = reached.length > 0 ? reached : (byName.get(folded(sought)) ?? [])
    if (principal && !another && principal.key !== row.key) {
      const thing = { assistant: row.key, principal: principal.key, ...spanOf(row) }
      const key = JSON.stringify([row.key, principal.key])
      return [{ row: row.row, key, thing, words: `${row.name} answers for ${principal.name}` }]
    }
    const sentence = another
      ? `there is more than one ${another.name} here: write the email of whichever is meant`
      : principal
        ? `names ${row.name} themselves: write for whom they may answer`
        : nobodyCalled(sought, people, row.key)
    faults.push({ row: row.row, column: 'Answers for', sentence })
    return []
  })
  const once = saidOnce(said)
  return { found: once.found, faults: [...faults, ...once.faults], warnings: [] }
}

function nobodyCalled(sought: string, people: readonly RosterPerson[], asking: string): string {
  const others = people.filter(({ key }) => key !== asking).map(({ name }) => name)
  const near = nearest(sought, others)
  const what = near ? `did you mean ${near}?` : 'write a name or an email as it stands in another row'
  return `nobody in this file is called ${shown(sought)}: ${what}`
}

/** Who is there without counting: the clerk, presenters, observers; called by their post and their body. */
export function attendingOf(rows: readonly OfPerson[]): Checked<Roster['attending']> {
  const said = rows
    .filter(({ role }) => role === 'in attendance')
    .map((row) => {
      const title = [row.post, row.organisation].filter((part) => part !== null).join(', ')
      const thing = { person: row.key, title, ...spanOf(row) }
      return { row: row.row, key: row.key, thing, words: `${row.name} is in attendance` }
    })
  return { ...saidOnce(said), warnings: [] }
}

/** Who is in which group of the board's. */
export function groupsOf(rows: readonly OfPerson[]): Checked<Roster['groups']> {
  const named = rows.flatMap((row) => row.groups.map((name) => ({ ...row, group: name })))
  const apart = spelledApart(named.map(({ row, group }) => ({ row, name: group })))
  const once = saidOnce(
    named.map(({ row, key, name, group, from, lastDay }) => ({
      row,
      key: JSON.stringify([group, key]),
      thing: { group, person: key, from, lastDay },
      words: `${name} is in the ${group}`,
    })),
  )
  const otherwise = apart.map(({ one, first }) => ({
    row: one.row,
    column: 'Group',
    sentence: `${shown(one.name)} is ${shown(first.name)} of row ${first.row}, written otherwise: write one group in one way`,
  }))
  return { found: once.found, faults: [...otherwise, ...once.faults], warnings: [] }
}
