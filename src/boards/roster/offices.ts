import { standingsOf } from '../quorum.js'
import type { Terms } from '../terms.js'
import type { OfPerson } from './people.js'
import type { Checked, OfficeName, Roster, RosterFault, RosterSeat } from './rules.js'
import { overlap, type Said, saidOnce } from './spans.js'
import { listed } from './spelling.js'

type Office = Roster['offices'][number]
type Rule = Terms['offices'][number]

/** What an officer must be is seen from the seats that they hold. */
export interface Holders {
  readonly seats: readonly RosterSeat[]
  readonly holdings: Roster['holdings']
  readonly organisations: Roster['organisations']
}

interface Held extends Said<Office> {
  readonly name: string
}

/** Who holds which office; where the terms say how one is filled, whoever holds it must have been able to. */
export function officesOf(rows: readonly OfPerson[], terms: Terms, holders: Holders): Checked<readonly Office[]> {
  const said = rows.flatMap((row) =>
    row.offices.map(({ office, acting }) => ({
      row: row.row,
      name: row.name,
      key: JSON.stringify([office, acting, row.key]),
      thing: { office, acting, person: row.key, from: row.from, lastDay: row.lastDay },
      words: `${row.name} is ${acting ? 'acting ' : ''}${office}`,
    })),
  )
  const { found, faults } = saidOnce(said)
  const held = said.filter(({ thing }) => found.includes(thing))
  const judged = held.map((one) => {
    const rule = ruleOf(terms, one.thing.office)
    return rule ? suited(one, rule, terms, holders) : nothing
  })
  const together = held.map((one, at) => heldWith(one, held.slice(0, at), ruleOf(terms, one.thing.office)))
  const all = [...judged, ...together]
  return {
    found,
    faults: [...faults, ...all.flatMap((one) => one.faults)],
    warnings: [...all.flatMap((one) => one.warnings), ...unknown(terms, found), ...vacant(found)],
  }
}

interface Judged {
  readonly faults: readonly RosterFault[]
  readonly warnings: readonly string[]
}

const nothing: Judged = { faults: [], warnings: [] }

const ruleOf = ({ offices }: Terms, office: OfficeName): Rule | undefined => offices.find((rule) => rule.office === office)

/** Only a clause refuses; where the terms are silent the convention advises. */
function judge({ row, name, thing }: Held, { clause, silent }: Rule, sentence: string): Judged {
  if (clause)
    return {
      faults: [{ row, column: 'Office', sentence: `${sentence} (clause ${clause.number}: "${clause.words}")` }],
      warnings: [],
    }
  return { faults: [], warnings: [`Row ${row}: ${name} as ${thing.office}: ${sentence} (${silent?.source ?? 'by convention'}).`] }
}

/** Whether whoever holds an office has the seat that it asks for, at some time while they hold it. */
function suited(held: Held, rule: Rule, terms: Terms, { seats, holdings, organisations }: Holders): Judged {
  const { name, thing } = held
  const theirs = holdings.flatMap((holding) => {
    const mine = holding.person === thing.person && holding.capacity === 'representative' && overlap(holding, thing)
    const seat = seats.find((one) => one.organisation === holding.organisation && one.title === holding.seat)
    return mine && seat ? [seat] : []
  })
  if (rule.from.length > 0) {
    const right = theirs.some(({ organisation, standing }) => {
      const formerly = organisations.find(({ name }) => name === organisation)?.formerly ?? []
      const standings = standingsOf(terms, { organisation, formerly, invited: standing !== 'member' })
      return rule.from.some((one) => standings.includes(one))
    })
    if (right) return nothing
    const among = listed(rule.from, 'or')
    const has =
      theirs.length === 0 ? 'represents nobody here then' : `represents ${listed(theirs.map((seat) => seat.organisation))}`
    return judge(
      held,
      rule,
      `the ${thing.office} is to represent a ${among}, and ${name} ${has}: give them such a seat, or name another`,
    )
  }
  const member = theirs.some(({ standing }) => standing === 'member')
  if (member || thing.office === 'clerk') return nothing
  if (rule.filled === 'elected') {
    return judge(
      held,
      rule,
      `the ${thing.office} is elected from the members, and ${name} has no member’s seat then: give them one, or name another`,
    )
  }
  return {
    faults: [],
    warnings: [
      `${name} is ${thing.office} and has no member’s seat here: as ${thing.office} alone they are not counted for the quorum.`,
    ],
  }
}

/** One holder at a time, acting or not, unless the terms let an office be shared; nobody holds one twice. */
function heldWith(one: Held, before: readonly Held[], rule: Rule | undefined): Judged {
  const { office, person } = one.thing
  const others = before.filter(({ thing }) => thing.office === office && overlap(thing, one.thing))
  const fault = (sentence: string): Judged => ({ faults: [{ row: one.row, column: 'Office', sentence }], warnings: [] })
  const twice = others.find(({ thing }) => thing.person === person)
  if (twice) {
    const sentence = `${one.name} is ${office} in row ${twice.row} already, acting or not`
    return fault(`${sentence}: keep one of the two, or let the days follow one another`)
  }
  const [other] = others
  if (!other || rule?.shared || office === 'co-chair') return nothing
  if (rule) {
    const sentence = `${other.name} is ${office} already (row ${other.row}), and the terms let nobody share it`
    return fault(`${sentence}: keep one, or say under From and Last day when the one follows the other`)
  }
  const both = `${other.name} and ${one.name} are both ${office}, at least for a time (rows ${other.row} and ${one.row}).`
  return { faults: [], warnings: [both] }
}

function unknown(terms: Terms, offices: readonly Office[]): readonly string[] {
  const names = [...new Set(offices.map(({ office }) => office))]
  return names
    .filter((office) => office !== 'clerk' && !ruleOf(terms, office))
    .map((office) => `The terms know no ${office}: whoever is it has no power by it.`)
}

function vacant(offices: readonly Office[]): readonly string[] {
  const held = (...names: readonly OfficeName[]) => offices.some(({ office }) => names.includes(office))
  return [
    ...(held('chair', 'co-chair') ? [] : ['There is no chair: write chair under Office in the row of whoever it is.']),
    ...(held('clerk')
      ? []
      : ['There is no clerk: nobody will be told of apologies. Write clerk under Office in the row of whoever it is.']),
  ]
}
