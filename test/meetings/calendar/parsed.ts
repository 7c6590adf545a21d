import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import type { Board } from '../../../src/boards/rules.js'
import type { Announced, Entry } from '../../../src/meetings/calendar/rules.js'

/** An event as a calendar program reads it. */
export interface Event {
  readonly uid: string
  readonly sequence: number
  readonly summary: string
  readonly location: string
  readonly description: string
  readonly url: string | null
  readonly status: string
  readonly transparency: string
  /** through the file's own description of the zone */
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  /** as it is written: `2026-12-16T10:00:00` */
  readonly written: string
  /** null: in UTC */
  readonly zone: string | null
  readonly stamp: string
  readonly modified: string
}

export interface Calendar {
  readonly method: string
  /** as it is written, with what is escaped in it */
  readonly name: string | null
  readonly refreshed: string | null
  readonly zones: readonly string[]
  readonly events: readonly Event[]
  /** of every component, the property names that stand in it */
  readonly components: readonly (readonly [string, readonly string[]])[]
}

/** Reads a calendar file with another library than the one that makes it. */
export function parsed(file: string): Calendar {
  const root = new ICAL.Component(ICAL.parse(file))
  const text = (of: ICAL.Component, name: string): string | null => {
    const value = of.getFirstPropertyValue(name)
    return value === null ? null : String(value)
  }
  const events = root.getAllSubcomponents('vevent').map((one): Event => {
    const { startDate, endDate } = new ICAL.Event(one)
    const written = one.getFirstProperty('dtstart')
    return {
      uid: text(one, 'uid') ?? '',
      sequence: Number(text(one, 'sequence')),
      summary: text(one, 'summary') ?? '',
      location: text(one, 'location') ?? '',
      description: text(one, 'description') ?? '',
      url: text(one, 'url'),
      status: text(one, 'status') ?? '',
      transparency: text(one, 'transp') ?? '',
      from: instantOf(startDate),
      until: instantOf(endDate),
      written: startDate.toString(),
      zone: (written?.getParameter('tzid') as string | undefined) ?? null,
      stamp: text(one, 'dtstamp') ?? '',
      modified: text(one, 'last-modified') ?? '',
    }
  })
  return {
    method: text(root, 'method') ?? '',
    name: text(root, 'name'),
    refreshed: text(root, 'refresh-interval'),
    zones: root.getAllSubcomponents('vtimezone').map((one) => text(one, 'tzid') ?? ''),
    events,
    components: [root, ...root.getAllSubcomponents()].map((one) => [one.name, one.getAllProperties().map(({ name }) => name)]),
  }
}

const instantOf = (time: ICAL.Time): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1000)

/** The lines as they are sent. */
export const linesOf = (file: string): readonly string[] => file.split('\r\n')

export const boardIn = (zone: string, names: Partial<Board> = {}): Board => ({
  id: 'b0a4d000-0000-4000-8000-000000000000',
  tenant: '7e4a0000-0000-4000-8000-000000000000',
  name: 'Kent Community Safety Partnership',
  shortName: 'KCSP',
  zone,
  division: 'england-and-wales',
  ...names,
})

/** A meeting in a calendar, online in London where nothing else is said. */
export const entry = (startsAt: string | Temporal.Instant, said: Partial<Announced> = {}): Entry => ({
  meeting: {
    id: '6f3c1a9e-8d2b-4c57-9e41-0a7b5d2c8f13',
    board: boardIn('Europe/London'),
    kind: 'ordinary',
    startsAt: Temporal.Instant.from(startsAt),
    minutes: 120,
    venue: 'Online',
    link: null,
    cancelled: false,
    revision: 1,
    ...said,
  },
  changedAt: Temporal.Instant.from('2026-11-22T10:00:00Z'),
})
