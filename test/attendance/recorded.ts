import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Facts, Said } from '../../src/attendance/ledger.js'
import type { Capacity, Mode } from '../../src/attendance/rules.js'
import type { Db } from '../../src/db/schema.js'

interface SpellRow {
  readonly id: string
  readonly person_id: string
  readonly person: string
  readonly seat_id: string | null
  readonly capacity: Capacity
  readonly principal: string | null
  readonly mode: Mode
  readonly from_at: string
  readonly until_at: string | null
  readonly dropped: number
}

interface OutRow {
  readonly item_id: string
  readonly person_id: string
  readonly person: string
  readonly withdrew_at: string
  readonly returned_at: string | null
}

interface SittingRow {
  readonly act: Said
  readonly at: string
  readonly words: string | null
  /** by id */
  readonly person: string | null
}

/** What stands in the database of a meeting, row by row, read past the code that is to be checked. */
export interface Recorded {
  readonly spells: readonly SpellRow[]
  readonly outs: readonly OutRow[]
  readonly sittings: readonly SittingRow[]
}

/** Of the rows of a spell, or of a withdrawal, the highest stands. */
export async function recorded(db: Db, meeting: string): Promise<Recorded> {
  const spells = await sql<SpellRow>`
    select spell.*, person.name as person, principal.name as principal from spell
      join person on person.id = spell.person_id left join person as principal on principal.id = spell.for_person_id
    where meeting_id = ${meeting} and struck = 0 and not exists (
      select 1 from spell as later where later.meeting_id = spell.meeting_id and later.id = spell.id and later.seq > spell.seq)
    order by spell.seq`.execute(db)
  const outs = await sql<OutRow>`
    select interest.*, person.name as person from interest join person on person.id = interest.person_id
    where meeting_id = ${meeting} and withdrew_at is not null and not exists (
      select 1 from interest as later where later.meeting_id = interest.meeting_id and later.id = interest.id
        and later.withdrew_at = interest.withdrew_at and later.seq > interest.seq)
    order by interest.seq`.execute(db)
  const sittings = await sql<SittingRow>`
    select act, at, words, person_id as person from sitting where meeting_id = ${meeting} order by seq`.execute(db)
  return { spells: spells.rows, outs: outs.rows, sittings: sittings.rows }
}

export type Amounts = Readonly<Record<string, number>>

/** How much there is of everything that an act may write, in one row; deliveries are kept of refusals too, and left out. */
export async function amounts(db: Db, meeting: string): Promise<Amounts> {
  const count = (table: string) => sql`(select count(*) from ${sql.table(table)} where meeting_id = ${meeting})`
  const { rows } = await sql<Record<string, number>>`
    select ${count('answer')} as answers, ${count('spell')} as spells, ${count('sitting')} as sittings,
      ${count('interest')} as interests, ${count('expectation')} as expectations, ${count('quorum_entry')} as entries,
      (select count(*) from notice) as notices, (select coalesce(sum(wanted), 0) from notice) as wanted,
      (select count(*) from person) as people, (select max(seq) from journal) as journal`.execute(db)
  return rows[0] ?? {}
}

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

/** Milliseconds since 1970. */
export type Moment = number
export const STATES = ['opened', 'waits', 'informal', 'adjourned', 'resumed', 'closed']
const HOME = 6 * 3_600_000

interface Span {
  readonly from: Moment
  readonly until: Moment | null
  readonly dropped: boolean
}

/**
 * Until when somebody was there, as it is known at an instant. Who was there when the meeting adjourned for six hours or
 * longer went then; who came before those were over had not come for what follows.
 */
export function asKnown(
  said: readonly { readonly what: string; readonly at: Moment }[],
  { from, until, dropped }: Span,
  asOf: Moment,
): Pick<Span, 'until' | 'dropped'> {
  const states = said.filter(({ what }) => STATES.includes(what))
  const followed = states.map(({ what, at }, nth) => ({ what, at, lasted: (states[nth + 1]?.at ?? asOf) - at }))
  const parting = followed.find(({ what, at, lasted }) => what === 'adjourned' && lasted >= HOME && from < at + HOME)
  const went = parting ? Math.max(parting.at, from) : null
  return went === null || (until !== null && until <= went) ? { until, dropped } : { until: went, dropped: false }
}

/** The rows as the reference counts them, as they are known at an instant. */
export function factsFrom(
  { spells, outs, sittings }: Recorded,
  places: Facts['places'],
  asOf: Temporal.Instant,
): Omit<Facts, 'rules'> {
  const said = sittings.map(({ act, at }) => ({ what: act, at: instant(at).epochMilliseconds }))
  return {
    zone: 'Europe/London',
    places,
    offices: [],
    sittings: sittings.map(({ act, at, words, person: id }) => ({
      act,
      at: instant(at),
      words,
      person: id === null ? null : { id, name: '' },
    })),
    spells: spells.map((row) => {
      const from = instant(row.from_at)
      const end = row.until_at === null ? null : instant(row.until_at).epochMilliseconds
      const span = { from: from.epochMilliseconds, until: end, dropped: row.dropped === 1 }
      const { until, dropped } = asKnown(said, span, asOf.epochMilliseconds)
      return {
        id: row.id,
        person: { id: row.person_id, name: row.person },
        seat: row.seat_id,
        capacity: row.capacity,
        for: null,
        mode: row.mode,
        from,
        until: until === null ? null : Temporal.Instant.fromEpochMilliseconds(until),
        dropped,
        listed: null,
        reason: null,
      }
    }),
    withdrawals: outs.map(({ item_id: item, person_id: person, withdrew_at, returned_at }) => ({
      item,
      person,
      from: instant(withdrew_at),
      until: returned_at === null ? null : instant(returned_at),
    })),
  }
}

/** Every instant at which anything happened while the meeting sat, and was known by then. */
export function happened({ spells, outs, sittings }: Recorded, now: Temporal.Instant): readonly Temporal.Instant[] {
  const [opened, closed] = ['opened', 'closed'].map((said) => sittings.find(({ act }) => act === said)?.at)
  if (!opened) return []
  const all = [
    ...sittings.map(({ at }) => at),
    ...spells.flatMap(({ from_at, until_at }) => [from_at, until_at]),
    ...outs.flatMap(({ withdrew_at, returned_at }) => [withdrew_at, returned_at]),
    now.toString({ fractionalSecondDigits: 3 }),
  ]
  const last = closed ?? now.toString({ fractionalSecondDigits: 3 })
  return [...new Set(all)].flatMap((at) => (at !== null && at >= opened && at <= last ? [instant(at)] : []))
}
