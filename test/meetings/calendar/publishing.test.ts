import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { calendarText } from '../../../src/meetings/calendar/publishing.js'
import type { Announced } from '../../../src/meetings/calendar/rules.js'
import { boardIn, entry, linesOf, parsed } from './parsed.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const eventOf = async (startsAt: string | Temporal.Instant, said?: Partial<Announced>) => {
  const [event] = parsed(await calendarText([entry(startsAt, said)], null)).events
  if (!event) throw new Error('there is no event')
  return event
}

const lastSunday = (year: number, month: number): Temporal.PlainDate => {
  const last = Temporal.PlainYearMonth.from({ year, month }).toPlainDate({ day: 1 }).add({ months: 1 }).subtract({ days: 1 })
  return last.subtract({ days: last.dayOfWeek % 7 })
}

const ROUND_THE_CHANGES = Array.from({ length: 11 }, (_, n) => 2025 + n).flatMap((year) =>
  [3, 10].flatMap((month) =>
    [-1, 0, 1].flatMap((days) =>
      ['00:30', '03:00', '10:00', '23:30'].map((hour) => `${lastSunday(year, month).add({ days })}T${hour}`),
    ),
  ),
)

describe('an hour in London is that hour, and the right instant', () => {
  test('the days before, of and after the clocks change, 2025 to 2035', async () => {
    expect(ROUND_THE_CHANGES).toHaveLength(264)
    const meetings = ROUND_THE_CHANGES.map((said, n) => ({
      said,
      at: Temporal.PlainDateTime.from(said).toZonedDateTime('Europe/London').toInstant(),
      id: `meeting-${n}`,
    }))
    const { events, zones } = parsed(
      await calendarText(
        meetings.map(({ at, id }) => entry(at, { id, minutes: 60 })),
        null,
      ),
    )
    expect(zones).toEqual(['Europe/London'])
    expect(
      events
        .filter(({ zone }) => zone !== null)
        .map(({ written, from, uid }) => ({ id: uid, said: written.slice(0, 16), at: from.toString() })),
    ).toEqual(
      // On the day of the change in autumn, what ends in the hour that comes twice is told in UTC.
      meetings
        .filter(
          ({ said }) => !(said.slice(5, 7) === '10' && said.endsWith('00:30') && Temporal.PlainDate.from(said).dayOfWeek === 7),
        )
        .map(({ said, at, id }) => ({ id: `${id}@quorate`, said, at: at.toString() })),
    )
    expect(events.map(({ from, until }) => [from.toString(), from.until(until).total('minutes')])).toEqual(
      meetings.map(({ at }) => [at.toString(), 60]),
    )
  })

  test.each([
    { at: '2026-10-25T00:30:00Z', is: 'the first of the hour that comes twice' },
    { at: '2026-10-25T01:30:00Z', is: 'the second' },
  ])('$is is told in UTC, as no clock tells it', async ({ at }) => {
    const event = await eventOf(at)
    expect({ zone: event.zone, at: event.from.toString() }).toEqual({ zone: null, at })
  })
})

describe('boards in other zones', () => {
  test.each([
    { zone: 'Europe/Belfast', at: '2026-07-15T09:00:00Z', written: '2026-07-15T10:00:00' },
    { zone: 'Europe/Dublin', at: '2026-07-15T09:00:00Z', written: '2026-07-15T10:00:00' },
    { zone: 'America/New_York', at: '2027-03-14T14:00:00Z', written: '2027-03-14T10:00:00' },
    { zone: 'America/New_York', at: '2027-03-13T15:00:00Z', written: '2027-03-13T10:00:00' },
    { zone: 'Asia/Kolkata', at: '2026-12-16T04:30:00Z', written: '2026-12-16T10:00:00' },
    { zone: 'Australia/Sydney', at: '2027-01-19T23:00:00Z', written: '2027-01-20T10:00:00' },
  ])('$zone: $written', async ({ zone, at, written }) => {
    const file = await calendarText([entry(at, { board: boardIn(zone) })], null)
    const { events, zones } = parsed(file)
    expect(zones).toEqual([zone])
    expect(events.map((one) => [one.zone, one.written, one.from.toString()])).toEqual([[zone, written, at]])
  })

  test.each(['UTC', 'Etc/UTC', 'Africa/Casablanca'])('%s is told in UTC', async (zone) => {
    const complained = vi.spyOn(console, 'error')
    const file = await calendarText([entry('2026-07-15T09:00:00Z', { board: boardIn(zone) })], null)
    expect(file).toContain('DTSTART:20260715T090000Z\r\nDTEND:20260715T110000Z')
    expect(file).not.toContain('VTIMEZONE')
    expect(complained).not.toHaveBeenCalled()
  })

  test('several in one calendar, each with its own', async () => {
    const zones = ['Europe/London', 'Asia/Kolkata', 'UTC', 'Europe/Belfast', 'Europe/London']
    const file = await calendarText(
      zones.map((zone, n) => entry('2026-07-15T09:00:00Z', { id: `m${n}`, board: boardIn(zone) })),
      'Board meetings',
    )
    const read = parsed(file)
    expect(read.zones).toEqual(['Europe/London', 'Asia/Kolkata', 'Europe/Belfast'])
    expect(read.events.map(({ from }) => from.toString())).toEqual(zones.map(() => '2026-07-15T09:00:00Z'))
  })
})

test('whatever the instant, the zone and the length, they are read as they are', async () => {
  const zones = [
    'Europe/London',
    'Europe/Dublin',
    'America/New_York',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'America/Nuuk',
    'UTC',
  ]
  const minute = { min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2045, 0) / 60_000 }
  const meeting = fc.record({
    zone: fc.constantFrom(...zones),
    minute: fc.integer(minute),
    minutes: fc.integer({ min: 1, max: 3_000 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(meeting, { minLength: 1, maxLength: 12 }), async (meetings) => {
      const entries = meetings.map(({ zone, minute: at, minutes }, n) =>
        entry(Temporal.Instant.fromEpochMilliseconds(at * 60_000), { id: String(n), board: boardIn(zone), minutes }),
      )
      const { events } = parsed(await calendarText(entries, null))
      expect(events.map(({ from, until }) => [from.toString(), until.toString()])).toEqual(
        entries.map(({ meeting: { startsAt, minutes } }) => [startsAt.toString(), startsAt.add({ minutes }).toString()]),
      )
    }),
    { numRuns: 150 },
  )
})

describe('what stands in an event', () => {
  test('of an ordinary meeting', async () => {
    const link = 'https://meet.example.org/a;b,c?d=e,f'
    const file = await calendarText([entry('2026-12-16T10:00:00Z', { link })], null)
    expect(parsed(file)).toMatchObject({
      method: 'PUBLISH',
      name: null,
      refreshed: null,
      events: [
        {
          uid: '6f3c1a9e-8d2b-4c57-9e41-0a7b5d2c8f13@quorate',
          sequence: 0,
          summary: 'KCSP meeting',
          location: 'Online',
          description: `Meeting of the Kent Community Safety Partnership.\nJoin: ${link}`,
          url: link,
          status: 'CONFIRMED',
          transparency: 'OPAQUE',
          stamp: '2026-11-22T10:00:00Z',
          modified: '2026-11-22T10:00:00Z',
        },
      ],
    })
  })

  test('of an extraordinary one that is cancelled', async () => {
    const event = await eventOf('2026-12-16T10:00:00Z', {
      kind: 'extraordinary',
      cancelled: true,
      revision: 4,
      link: 'https://meet.example.org/1',
    })
    expect(event).toMatchObject({
      sequence: 3,
      summary: 'Cancelled: KCSP extraordinary meeting',
      status: 'CANCELLED',
      transparency: 'TRANSPARENT',
      description: 'Extraordinary meeting of the Kent Community Safety Partnership. It is cancelled.',
    })
  })

  test('all that is said of a calendar stands before its zones and events, and a line ends as it should', async () => {
    const file = await calendarText([entry('2026-12-16T10:00:00Z')], 'KCSP meetings')
    expect(parsed(file)).toMatchObject({ name: 'KCSP meetings', refreshed: 'PT1H' })
    const lines = linesOf(file)
    expect(lines.slice(0, lines.indexOf('BEGIN:VTIMEZONE')).map((line) => line.split(/[:;]/)[0])).toEqual([
      ...['BEGIN', 'VERSION', 'PRODID', 'CALSCALE', 'METHOD', 'NAME', 'X-WR-CALNAME', 'REFRESH-INTERVAL', 'X-PUBLISHED-TTL'],
    ])
    expect(file.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('a calendar without meetings is one', async () => {
    expect(parsed(await calendarText([], 'KCSP meetings')).events).toEqual([])
  })
})

describe('no text is more than text', () => {
  const HOSTILE = [
    'Darent Room; Sessions House, Maidstone \\ "County Hall"',
    'Room 1\nBEGIN:VEVENT\nSUMMARY:Free beer\nEND:VEVENT',
    'Room 1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTENDEE:mailto:evil@example.org',
    'Room\\nEND:VCALENDAR',
    'Ystafell Gynhadledd Llŷn 🏛️👩‍👩‍👧‍👦 会議室 '.repeat(8),
    '🏛'.repeat(90),
    `${'a'.repeat(63)}🏛️,;\\\n${'é'.repeat(80)}`,
    ';'.repeat(200),
    ' leading and trailing ',
  ]

  test.each(HOSTILE)('a venue of %j', async (venue) => {
    const file = await calendarText([entry('2026-12-16T10:00:00Z', { venue })], null)
    const { events, components } = parsed(file)
    expect(events.map(({ location }) => location)).toEqual([venue.replaceAll('\r\n', '\n')])
    expect(components).toEqual(parsed(await calendarText([entry('2026-12-16T10:00:00Z')], null)).components)
    expect(linesOf(file).filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  })

  test('names of boards, in a calendar’s own name too', async () => {
    const shortName = 'K,C;S\\P\r\nX-EVIL:1'
    const board = boardIn('Europe/London', { shortName, name: `${shortName}\nEND:VCALENDAR` })
    const read = parsed(await calendarText([entry('2026-12-16T10:00:00Z', { board })], `${shortName} meetings`))
    const plain = await calendarText([entry('2026-12-16T10:00:00Z')], 'KCSP meetings')
    expect(read.components).toEqual(parsed(plain).components)
    expect([read.name, read.events[0]?.summary]).toEqual(['K\\,C\\;S\\\\P\\nX-EVIL:1 meetings', 'K,C;S\\P\nX-EVIL:1 meeting'])
  })

  test('any venue and any link: one event, read as it was said', async () => {
    const link = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constant('https://x.example/\r\nX-EVIL:1'),
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), link, async (venue, joined) => {
        const file = await calendarText([entry('2026-12-16T10:00:00Z', { venue: `at ${venue}`, link: joined })], null)
        const { events } = parsed(file)
        expect(events).toHaveLength(1)
        expect(events[0]?.location).toBe(`at ${venue.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, ' ')}`)
        expect(events[0]?.url).toBe(new URL(joined).href)
        expect(linesOf(file).filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
