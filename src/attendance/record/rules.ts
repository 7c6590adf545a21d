import type { Temporal } from 'temporal-polyfill'
import type { Figure } from '../../boards/quorum.js'
import type { Terms } from '../../boards/terms.js'
import { dayInWords, dayOf, hourAndDay } from '../../kernel/time.js'
import { type LatePaper, lateInWords, rulingInWords } from '../late/rules.js'
import { bounded, closedAt, type Entry, ledgerOf, type State, type Verdict } from '../ledger.js'
import { type Conduct, endOf, type Lists, listsOf, placeOf, type Room } from '../room.js'
import type { Marked, Spell } from '../rules.js'

/** One who was there, from when until when. Hours are those of the board's clock. */
export interface SpellLine {
  readonly who: string
  readonly for: string
  readonly where: string
  readonly from: string
  readonly until: string
  /** why it is recorded as it is, where that was said */
  readonly remark: string
}

/** How the quorum stood from an hour on. */
export interface LedgerLine {
  readonly from: string
  readonly state: string
  readonly presiding: string
  /** "5 of 4 needed (of 8), as the terms list them" */
  readonly counts: readonly string[]
  readonly verdict: string
  /** what was known then, where it was something else */
  readonly known: string
}

/** What stood of somebody's attendance before it was corrected, and since. */
export interface CorrectionLine {
  readonly who: string
  readonly was: string
  readonly is: string
  readonly why: string
  /** when it was corrected */
  readonly at: string
}

/** A spell before and after a correction. */
export interface Corrected {
  readonly was: Spell
  readonly is: Marked
  readonly at: Temporal.Instant
}

/** A paper that did not go out in time, and what became of it at the meeting. */
export interface LateLine {
  readonly item: string
  readonly title: string
  readonly paper: string
  readonly ruling: string
}

export interface InterestLine {
  readonly item: string
  readonly who: string
  readonly nature: string
  readonly conduct: string
}

/** The attendance and the quorum of a meeting, as they are printed: nothing that the public may not see. */
export interface AttendanceRecord {
  readonly board: string
  readonly day: string
  readonly hour: string
  readonly venue: string
  /** "Opened at 10:00, closed at 12:05." */
  readonly sitting: string
  readonly lists: Lists
  readonly spells: readonly SpellLine[]
  readonly ledger: readonly LedgerLine[]
  readonly corrections: readonly CorrectionLine[]
  readonly interests: readonly InterestLine[]
  readonly late: readonly LateLine[]
  /** what is printed where no interest is: nothing, where some are not for the public */
  readonly nil: string | null
  /** of each text that ruled while it sat */
  readonly clauses: readonly string[]
}

const STATES: Readonly<Record<State, string>> = {
  'not open': 'not open',
  'in session': 'in session',
  waiting: 'waiting',
  informal: 'informal',
  adjourned: 'adjourned',
  closed: 'closed',
}
const VERDICTS: Readonly<Record<Verdict, string>> = {
  quorate: 'quorate',
  inquorate: 'not quorate',
  disputed: 'by one reading quorate, by another not',
}

/** What somebody said that they would do, before they have withdrawn. */
const CONDUCTS: Readonly<Record<Conduct, string>> = {
  stayed: 'stayed',
  spoke: 'stayed and spoke',
  withdrew: 'said that they would withdraw',
}

/** An entry of the ledger as it was written at the time. */
interface Written {
  readonly at: Temporal.Instant
  readonly verdict: Verdict
}

/** An item that anybody may see. */
interface PublicItem {
  readonly id: string
  readonly title: string
  readonly number: string
}

/** @param items those whose titles are public: what was declared of others is not printed */
export function recordOf(
  room: Room,
  items: readonly PublicItem[],
  written: readonly Written[],
  corrections: readonly Corrected[],
  late: readonly LatePaper[],
): AttendanceRecord {
  const { meeting, facts, now } = room
  const { zone } = facts
  const first = dayOf(meeting.startsAt, zone)
  const hour = (at: Temporal.Instant) => hourAndDay(at, first, zone)
  const opened = facts.sittings.find(({ act }) => act === 'opened')?.at
  const closed = closedAt(facts.sittings)
  const closing = closed ?? now
  const clauses = facts.rules
    .filter(({ from }) => from.epochMilliseconds <= closing.epochMilliseconds)
    .map(({ terms }) => basisInWords(terms))
  return {
    board: meeting.board.name,
    day: dayInWords(dayOf(meeting.startsAt, zone)),
    hour: hour(meeting.startsAt),
    venue: meeting.venue,
    sitting: `${opened ? `Opened at ${hour(opened)}` : 'Not opened'}${closed ? `, closed at ${hour(closed)}` : ''}.`,
    lists: listsOf(room),
    spells: bounded(facts, now).map((spell) => spellLine(room, spell, hour)),
    ledger: ledgerLines(room, items, written, hour),
    corrections: corrections.map((one) => correctionLine(one, hour)),
    interests: room.interests.flatMap((interest) => {
      const item = items.find(({ id }) => id === interest.item)
      if (!item) return []
      const { withdrewAt, returnedAt, conduct, person, nature } = interest
      const times = withdrewAt
        ? `withdrew at ${hour(withdrewAt)}${returnedAt ? `, returned at ${hour(returnedAt)}` : ''}`
        : CONDUCTS[conduct]
      return [{ item: item.number, who: person.name, nature, conduct: times }]
    }),
    nil: nilOf(room, items),
    late: late.flatMap((one) => lateLine(one, items)),
    clauses: [...new Set(clauses)],
  }
}

function lateLine(one: LatePaper, items: readonly PublicItem[]): readonly LateLine[] {
  const { paper, ruling } = one
  const item = items.find(({ id }) => id === paper.item.id)
  if (!item) return []
  // Why a restricted paper was not taken may say what stands in it.
  const said = ruling && (paper.restricted ? { ...ruling, why: null } : ruling)
  const by = said?.presiding ? ` (${said.presiding.name} presiding)` : ''
  const ruled = said ? `${rulingInWords(said)}${by}` : 'not said'
  return [{ item: item.number, title: item.title, paper: lateInWords(one), ruling: ruled }]
}

const basisInWords = ({ quorum: { clause, silent } }: Terms): string =>
  clause ? `Clause ${clause.number}: “${clause.words}”` : `The terms are silent. ${silent?.convention ?? ''}`

function nilOf({ interests, facts }: Room, items: readonly PublicItem[]): string | null {
  if (interests.some(({ item }) => !items.some(({ id }) => id === item))) return null
  if (interests.length > 0) return null
  return facts.sittings.some(({ act }) => act === 'no interests')
    ? 'There were no Declarations of Interest.'
    : 'None has been recorded.'
}

function spellLine(room: Room, spell: Spell, hour: (at: Temporal.Instant) => string): SpellLine {
  const body = placeOf(room, spell.seat)?.organisation
  const whom = spell.for ? `, ${spell.capacity} for ${spell.for.name}` : ''
  const end = endOf(room, spell)
  return {
    who: spell.person.name,
    for: body ? `${body}${whom}` : spell.capacity,
    where: spell.mode === 'room' ? 'in the room' : 'online',
    from: hour(spell.from),
    until: end ? `${hour(end)}${spell.dropped ? ' (connection lost)' : ''}` : '',
    remark: spell.reason ?? '',
  }
}

const countInWords = ({ represented, required, of, reading }: Figure): string =>
  `${represented} of ${of} represented, ${required} needed, ${reading}`

/** On which reading, where one was ruled or the readings disagree. */
function verdictInWords({ verdict, ruled, figures }: Entry): string {
  if (ruled) return `${VERDICTS[verdict]}, counted ${ruled} as the person presiding ruled`
  if (verdict !== 'disputed') return VERDICTS[verdict]
  return figures.map(({ reading, quorate }) => `${quorate ? 'quorate' : 'not quorate'} ${reading}`).join('; ')
}

/** A line for each change: of the quorum as it is known now, of what was recorded at the time, or of the sitting. */
function ledgerLines(
  room: Room,
  items: readonly PublicItem[],
  written: readonly Written[],
  hour: (at: Temporal.Instant) => string,
): readonly LedgerLine[] {
  const { facts, now } = room
  const ledger = ledgerOf(facts, now)
  const [opening] = ledger
  if (!opening) return []
  const latest = closedAt(facts.sittings) ?? now
  const instants = [...ledger, ...written, ...facts.sittings]
    .map(({ at }) => at)
    .filter((at) => at.epochMilliseconds >= opening.at.epochMilliseconds && at.epochMilliseconds <= latest.epochMilliseconds)
    .sort((one, other) => one.epochMilliseconds - other.epochMilliseconds)
  const lines: LedgerLine[] = []
  for (const at of instants) {
    const entry = standingAt(ledger, at)
    if (!entry) continue
    const line = ledgerLine({ ...entry, at }, items, standingAt(written, at), adjournedAt(room, entry, at), hour)
    const last = lines.at(-1)
    if (!last || JSON.stringify({ ...last, from: '' }) !== JSON.stringify({ ...line, from: '' })) lines.push(line)
  }
  return lines
}

const standingAt = <One extends { readonly at: Temporal.Instant }>(all: readonly One[], at: Temporal.Instant): One | undefined =>
  all.findLast((one) => one.at.epochMilliseconds <= at.epochMilliseconds)

/** "adjourned until 11:15" */
function adjournedAt({ facts }: Room, { state }: Entry, at: Temporal.Instant): string {
  const said = standingAt(
    facts.sittings.filter(({ act }) => act === 'adjourned'),
    at,
  )
  return state === 'adjourned' && said?.words ? `adjourned ${said.words}` : STATES[state]
}

function ledgerLine(
  entry: Entry,
  items: readonly PublicItem[],
  then: Written | undefined,
  state: string,
  hour: (at: Temporal.Instant) => string,
): LedgerLine {
  const withdrawn = entry.items.flatMap(({ item, figures, verdict }) => {
    const number = items.find(({ id }) => id === item)?.number
    const counts = figures.map(
      ({ represented, required, reading }) => `${represented} represented, ${required} needed, ${reading}`,
    )
    return number ? [`without who withdrew for ${number}: ${counts.join('; ')} (${VERDICTS[verdict]})`] : []
  })
  return {
    from: hour(entry.at),
    state,
    presiding: entry.presiding ? entry.presiding.person.name : '',
    counts: [...entry.figures.map(countInWords), ...withdrawn],
    verdict: verdictInWords(entry),
    known: then && then.verdict !== entry.verdict ? `recorded at the time: ${VERDICTS[then.verdict]}` : '',
  }
}

function correctionLine({ was, is, at }: Corrected, hour: (at: Temporal.Instant) => string): CorrectionLine {
  const span = ({ from, until, mode }: Spell) =>
    `${mode === 'room' ? 'in the room' : 'online'}, ${hour(from)} to ${until ? hour(until) : 'the end'}`
  return { who: is.person.name, was: span(was), is: is.struck ? 'not there' : span(is), why: is.reason ?? '', at: hour(at) }
}
