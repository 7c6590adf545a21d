import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { atHour, dayOf, fromText, hourInWords, inWords, machineClock, toText } from '../../src/kernel/time.js'

test('instants are text in UTC with three decimals always, so that texts sort as instants do', () => {
  const texts = ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.5Z', '2026-11-22T09:59:59.999999Z'].map((at) =>
    toText(Temporal.Instant.from(at)),
  )
  expect(texts).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.500Z', '2026-11-22T09:59:59.999Z'])
  expect([...texts].sort()).toEqual([texts[2], texts[0], texts[1]])
  expect(toText(fromText(texts[1] ?? ''))).toBe(texts[1])
})

test.each(['1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z', '2028-02-29T23:59:00.001Z', '2028-03-01T00:00:00.000Z'])(
  '%s is said as it was read, whatever part of a millisecond it has',
  (text) => {
    expect(toText(fromText(text))).toBe(text)
    expect(toText(fromText(text).add({ nanoseconds: 999_999 }))).toBe(text)
  },
)

test.each([
  { at: '2025-07-23T09:00:00Z', says: 'Wednesday 23 July 2025, 10:00', season: 'summer time' },
  { at: '2026-12-16T10:00:00Z', says: 'Wednesday 16 December 2026, 10:00', season: 'winter time' },
  { at: '2025-07-22T23:30:00Z', says: 'Wednesday 23 July 2025, 00:30', season: 'the day is the zone’s own' },
])('in London: $says, $season', ({ at, says }) => {
  expect(inWords(Temporal.Instant.from(at), 'Europe/London')).toBe(says)
})

test('a civil hour is the same hour on both sides of a clock change', () => {
  for (const day of ['2026-10-24', '2026-10-25', '2026-10-26', '2027-03-27', '2027-03-28', '2027-03-29']) {
    const at = atHour(Temporal.PlainDate.from(day), 9, 'Europe/London')
    expect(hourInWords(at, 'Europe/London')).toBe('09:00')
    expect(dayOf(at, 'Europe/London').toString()).toBe(day)
  }
})

test('the process runs under the zone that this run is for', () => {
  const offset = new Date('2026-12-01T12:00:00Z').getTimezoneOffset()
  expect(offset).toBe(process.env.TZ === 'America/New_York' ? 300 : 0)
})

test('the machine’s clock tells an instant', () => {
  expect(machineClock().now().epochMilliseconds).toBeGreaterThan(1_600_000_000_000)
})
