import { Temporal } from 'temporal-polyfill'

/** Tells the time. There are two, the board's and the system's; main and cli make them, and nobody else. */
export interface Clock {
  now(): Temporal.Instant
}

/** The machine's own clock: for leases, waits, signatures, retention and logs. */
export const machineClock = (): Clock => ({ now: () => Temporal.Now.instant() })

const MINUTE_MS = 60_000
/** Enough for what is read and written of one meeting: it is read again with every act. */
const MOST_KEPT = 2_000

/** What `make` makes of a key, made once; what was kept is forgotten all together, before it becomes too much. */
function keeping<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const kept = new Map<Key, Made>()
  return (key) => {
    const before = kept.get(key)
    if (before !== undefined) return before
    const made = make(key)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, made)
    return made
  }
}

/** "2026-11-22T10:00", of a minute counted from the epoch. */
const minuteText = keeping((minute: number) =>
  Temporal.Instant.fromEpochMilliseconds(minute * MINUTE_MS)
    .toString({ smallestUnit: 'minute' })
    .slice(0, -1),
)

/** An instant as text in UTC with three decimals always, so that texts sort as instants do. */
export function toText({ epochMilliseconds }: Temporal.Instant): string {
  const minute = Math.floor(epochMilliseconds / MINUTE_MS)
  const past = String(epochMilliseconds - minute * MINUTE_MS).padStart(5, '0')
  return `${minuteText(minute)}:${past.slice(0, 2)}.${past.slice(2)}Z`
}

export const fromText: (text: string) => Temporal.Instant = keeping((text: string) => Temporal.Instant.from(text))

/** The day on which an instant falls in a zone (an IANA name). */
export const dayOf = (instant: Temporal.Instant, zone: string): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(zone).toPlainDate()

/** The instant of a civil hour in a zone; an hour that a clock change skips is the moment after the gap. */
export const atHour = (day: Temporal.PlainDate, hour: number, zone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour }) }).toInstant()

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "Wednesday 23 July 2025": written out here, since a runtime's own wording changes with its version. */
export const dayInWords = (day: Temporal.PlainDate): string =>
  `${WEEKDAYS[day.dayOfWeek - 1]} ${day.day} ${MONTHS[day.month - 1]} ${day.year}`

/** "10:00", on the 24-hour clock of the zone. */
export const hourInWords = (instant: Temporal.Instant, zone: string): string =>
  instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })

/** "Wednesday 23 July 2025, 10:00". */
export const inWords = (instant: Temporal.Instant, zone: string): string =>
  `${dayInWords(dayOf(instant, zone))}, ${hourInWords(instant, zone)}`

/** "2025-07-23T10:00": the civil time of a zone, as forms have it. */
export const civil = (instant: Temporal.Instant, zone: string): string =>
  instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** "10:05"; on another day than the first "17 December, 10:05". */
export const hourAndDay = (at: Temporal.Instant, first: Temporal.PlainDate, zone: string): string => {
  const day = dayOf(at, zone)
  return day.equals(first)
    ? hourInWords(at, zone)
    : `${dayInWords(day).split(' ').slice(1, 3).join(' ')}, ${hourInWords(at, zone)}`
}
