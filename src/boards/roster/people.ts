import { folded } from '../../kernel/sentence.js'
import { groupedBy } from './grouped.js'
import type { Checked, RosterFault, RosterLine, RosterPerson } from './rules.js'
import { listed, shown } from './spelling.js'

/** Somebody whom the house knows, from whichever board. */
export interface Known {
  readonly name: string
  readonly email: string | null
}

/** A row and whom it names. */
export type OfPerson = RosterLine & { readonly name: string; readonly key: string }

/** By what a person is known again: their email in lower case, else their folded name. */
export const personKey = (name: string, email: string | null): string => email?.toLowerCase() ?? folded(name)

export interface Everybody {
  readonly people: readonly RosterPerson[]
  readonly rows: readonly OfPerson[]
}

/** The people of a roster; one who is named without an email in some rows is whoever has that name and one in others. */
export function peopleOf(lines: readonly RosterLine[], known: readonly Known[]): Checked<Everybody> {
  const emails = emailsByName(lines)
  const rows = lines.flatMap((line) => (line.name === null ? [] : [ofPerson(line, line.name, emails)]))
  const persons = [...groupedBy(rows, ({ key }) => key).values()]
  const people = persons.flatMap((theirs) => personFrom(theirs) ?? [])
  return {
    found: { people, rows },
    faults: [...persons.flatMap(agreed), ...rows.flatMap((row) => ambiguous(row, emails))],
    warnings: [
      ...persons.flatMap(oneOfTwoBodies),
      ...sameNames(rows),
      ...knownOtherwise(people, known),
      ...unreached(people),
      ...people.flatMap(eatenNought),
    ],
  }
}

type Emails = ReadonlyMap<string, ReadonlySet<string>>

function emailsByName(lines: readonly RosterLine[]): Emails {
  const named = lines.flatMap(({ name, email }) => (name && email ? [{ name: folded(name), email: email.toLowerCase() }] : []))
  return new Map([...groupedBy(named, ({ name }) => name)].map(([name, all]) => [name, new Set(all.map(({ email }) => email))]))
}

function ofPerson(line: RosterLine, name: string, emails: Emails): OfPerson {
  const theirs = [...(emails.get(folded(name)) ?? [])]
  return { ...line, name, key: personKey(name, line.email ?? (theirs.length === 1 ? (theirs[0] ?? null) : null)) }
}

function personFrom(rows: readonly OfPerson[]): RosterPerson | null {
  const [first] = rows
  if (!first) return null
  const given = (of: (row: OfPerson) => string | null): string | null => rows.map(of).find((one) => one !== null) ?? null
  return { key: first.key, name: first.name, email: given(({ email }) => email), telephone: given(({ telephone }) => telephone) }
}

const figures = (telephone: string): string => telephone.replace(/[^\d+]/g, '')

/** One name and one telephone for one person. */
function agreed(rows: readonly OfPerson[]): readonly RosterFault[] {
  const [first] = rows
  const called = rows.find(({ telephone }) => telephone !== null)
  return rows.flatMap(({ row, name, email, telephone }) => [
    ...(first && email !== null && folded(first.name) !== folded(name)
      ? [
          {
            row,
            column: 'Email',
            sentence: `${email} is ${first.name}’s in row ${first.row} and ${name}’s here: write one person in one way, or give each an email of their own`,
          },
        ]
      : []),
    ...(called && telephone !== null && figures(telephone) !== figures(called.telephone ?? '')
      ? [
          {
            row,
            column: 'Telephone',
            sentence: `${name} has ${called.telephone} in row ${called.row}: give one number for one person`,
          },
        ]
      : []),
  ])
}

function ambiguous({ row, name, email }: OfPerson, emails: Emails): readonly RosterFault[] {
  const theirs = [...(emails.get(folded(name)) ?? [])]
  if (email !== null || theirs.length < 2) return []
  return [
    { row, column: 'Email', sentence: `is empty, and there is more than one ${name} here (${listed(theirs)}): say which it is` },
  ]
}

const bodiesOf = (rows: readonly OfPerson[]): readonly string[] => [
  ...new Set(rows.flatMap(({ organisation }) => organisation ?? [])),
]

/** By name alone two people of two bodies may have been taken for one. */
function oneOfTwoBodies(rows: readonly OfPerson[]): readonly string[] {
  const [first] = rows
  const byName = rows.some(({ email }) => email === null)
  const bodies = bodiesOf(rows)
  if (!first || !byName || bodies.length < 2) return []
  return [
    `${first.name} of ${listed(bodies)} is taken for one person (rows ${listed(rows.map(({ row }) => String(row)))}): if they are two, give each an email.`,
  ]
}

function sameNames(rows: readonly OfPerson[]): readonly string[] {
  const withEmail = rows.filter(({ email, organisation }) => email !== null && organisation !== null)
  const groups = groupedBy(withEmail, ({ name, organisation }) => JSON.stringify([folded(name), organisation]))
  return [...groups.values()].flatMap((theirs) => {
    const keys = [...new Set(theirs.map(({ key }) => key))]
    const [first] = theirs
    if (!first || keys.length < 2) return []
    return [`${first.organisation} has two people called ${first.name} (${listed(keys)}): if they are one, give one email.`]
  })
}

/** Whom the house knows by the same email under another name, or by the same name with an email. */
function knownOtherwise(people: readonly RosterPerson[], known: readonly Known[]): readonly string[] {
  const reached = known.filter(({ email }) => email !== null)
  const byEmail = new Map(reached.map(({ name, email }) => [email?.toLowerCase(), name]))
  const byName = groupedBy(reached, ({ name }) => folded(name))
  return people.flatMap(({ name, email }) => {
    if (email === null) {
      return byName.get(folded(name))?.length === 1
        ? [
            `${name} has no email here, and one ${name} is known here already who has one: write it if this is the same person, or they will be two.`,
          ]
        : []
    }
    const called = byEmail.get(email.toLowerCase())
    return called === undefined || folded(called) === folded(name)
      ? []
      : [`${email} is known as ${shown(called)}, and this file calls them ${shown(name)}: they will be renamed on every board.`]
  })
}

/** The first six by name: of a board without emails at all the number says more. */
function unreached(people: readonly RosterPerson[]): readonly string[] {
  const names = people.filter(({ email }) => email === null).map(({ name }) => name)
  if (names.length === 0) return []
  const said = names.length > 7 ? [...names.slice(0, 6), `${names.length - 6} more`] : names
  const who = names.length === 1 ? 'One person has' : `${names.length} people have`
  return [`${who} no email and cannot be reached in chat: ${listed(said)}.`]
}

/** Excel takes a telephone for a number, and numbers begin with no 0. */
const eatenNought = ({ name, telephone }: RosterPerson): readonly string[] =>
  telephone !== null && /^[1-9]\d{8,9}$/.test(telephone.replace(/\s/g, ''))
    ? [`Excel may have eaten the 0 at the beginning of ${name}’s telephone, ${telephone}: format the column as Text.`]
    : []
