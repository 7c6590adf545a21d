import { Temporal } from 'temporal-polyfill'

/** A zone as a calendar file describes it. */
export interface Zone {
  /** as IANA has it */
  readonly name: string
  /** its VTIMEZONE, lines ending as in the file */
  readonly block: string
  readonly changes: readonly Change[]
}

/** When the clocks change, and by how much they then differ from UTC. */
interface Change {
  /** on the clocks as they were until then */
  readonly first: Temporal.PlainDateTime
  /** on which day of each year from then on; null: once */
  readonly yearly: { readonly month: number; readonly nth: number; readonly weekday: number } | null
  /** as in `+0100` */
  readonly offset: string
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const CHANGE = /BEGIN:(STANDARD|DAYLIGHT)\r\n(?<lines>.*?)END:\1\r\n/gs
const YEARLY = /^RRULE:FREQ=YEARLY;BYMONTH=(?<month>\d+);BYDAY=(?<nth>-?\d)(?<weekday>[A-Z]{2})$/m

/**
 * Reads a VTIMEZONE, which may be that of another name for the same zone.
 * @returns null where it cannot be told from it what the clocks say
 */
export function zoneFrom(name: string, block: string): Zone | null {
  const found = [...block.matchAll(CHANGE)].map(({ groups }) => changeFrom((groups?.lines ?? '').replaceAll('\r', '')))
  const changes = found.filter((change) => change !== null)
  if (changes.length === 0 || changes.length < found.length) return null
  return { name, block: block.replace(/^(TZID|X-LIC-LOCATION):.*$/gm, `$1:${name}`), changes }
}

function changeFrom(lines: string): Change | null {
  const first = /^DTSTART:(\d{8}T\d{6})$/m.exec(lines)?.[1]
  const offset = /^TZOFFSETTO:([+-]\d{4})$/m.exec(lines)?.[1]
  const { month, nth, weekday = '' } = YEARLY.exec(lines)?.groups ?? {}
  if (first === undefined || offset === undefined || (month === undefined && /^R(?:RULE|DATE)/m.test(lines))) return null
  return {
    first: Temporal.PlainDateTime.from(first),
    yearly: month === undefined ? null : { month: Number(month), nth: Number(nth), weekday: WEEKDAYS.indexOf(weekday) + 1 },
    offset,
  }
}

/** When a change takes place in a year, or null. */
function inYear({ first, yearly }: Change, year: number): Temporal.PlainDateTime | null {
  if (yearly === null) return first
  const { month, nth, weekday } = yearly
  const begin = Temporal.PlainDate.from({ year, month, day: 1 })
  const earliest = nth > 0 ? begin.add({ weeks: nth - 1 }) : begin.add({ months: 1 }).add({ weeks: nth })
  const day = earliest.add({ days: (weekday - earliest.dayOfWeek + 7) % 7 })
  const at = day.toPlainDateTime(first.toPlainTime())
  return Temporal.PlainDateTime.compare(at, first) < 0 ? null : at
}

/** By how much the clocks differ from UTC, as the block has it. */
function offsetAt({ changes }: Zone, there: Temporal.PlainDateTime): string | null {
  const past = changes
    .flatMap((change) => [there.year - 1, there.year].map((year) => ({ at: inYear(change, year), offset: change.offset })))
    .flatMap(({ at, offset }) => (at && Temporal.PlainDateTime.compare(at, there) <= 0 ? [{ at, offset }] : []))
    .sort((one, other) => Temporal.PlainDateTime.compare(one.at, other.at))
  return past.at(-1)?.offset ?? null
}

/**
 * Whether an instant can be written as an hour on the zone's clocks, so that whoever reads the block finds it again: not
 * one of the hour that comes twice as the clocks go back, nor where the block knows of less than the zone does, as of the
 * clocks of Ramadan in Morocco.
 */
export function tells(zone: Zone, at: Temporal.Instant): boolean {
  const there = at.toZonedDateTimeISO(zone.name)
  const wall = there.toPlainDateTime()
  const once = wall
    .toZonedDateTime(zone.name, { disambiguation: 'earlier' })
    .equals(wall.toZonedDateTime(zone.name, { disambiguation: 'later' }))
  return once && offsetAt(zone, wall) === there.offset.replace(':', '')
}
