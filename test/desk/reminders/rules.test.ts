import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../../src/boards/terms.js'
import { readTerms } from '../../../src/boards/terms-text.js'
import { inShort, toCome, tomorrow, untilInWords, whomInWords } from '../../../src/desk/reminders/rules.js'

const LONDON = 'Europe/London'
const read = readTerms(readFileSync(new URL('../../../src/boards/terms/kcsp-2025.yaml', import.meta.url), 'utf8'))
if (!('terms' in read)) throw new Error('the shipped terms cannot be read')
const KCSP: Terms = read.terms

const at = (text: string) => Temporal.Instant.from(text)

describe('tomorrow is the next working day, at the board’s hour for reminders', () => {
  test.each<{ now: string; is: string; date: string; why: string; terms?: Partial<Terms> }>([
    { now: '2026-12-02T09:00Z', is: '2026-12-03T09:00Z', date: '2026-12-03', why: 'Wednesday' },
    { now: '2026-12-02T23:59Z', is: '2026-12-03T09:00Z', date: '2026-12-03', why: 'late on Wednesday' },
    { now: '2026-12-04T10:00Z', is: '2026-12-07T09:00Z', date: '2026-12-07', why: 'Friday' },
    { now: '2026-12-05T10:00Z', is: '2026-12-07T09:00Z', date: '2026-12-07', why: 'Saturday' },
    { now: '2026-12-24T10:00Z', is: '2026-12-29T09:00Z', date: '2026-12-29', why: 'Christmas Eve' },
    { now: '2026-04-02T10:00Z', is: '2026-04-07T08:00Z', date: '2026-04-07', why: 'before Easter' },
    {
      now: '2026-04-02T10:00Z',
      is: '2026-04-06T08:00Z',
      date: '2026-04-06',
      why: 'before Easter in Scotland',
      terms: { division: 'scotland' },
    },
    { now: '2026-03-27T10:00Z', is: '2026-03-30T08:00Z', date: '2026-03-30', why: 'before the clocks go forward' },
    { now: '2026-10-23T10:00Z', is: '2026-10-26T09:00Z', date: '2026-10-26', why: 'before the clocks go back' },
    {
      now: '2026-12-03T02:00Z',
      is: '2026-12-03T14:00Z',
      date: '2026-12-03',
      why: 'still Wednesday in New York',
      terms: { zone: 'America/New_York' },
    },
    {
      now: '2026-12-02T10:00Z',
      is: '2026-12-03T07:30Z',
      date: '2026-12-03',
      why: 'by terms that remind at half past seven',
      terms: { reminders: { ...KCSP.reminders, hour: '07:30' } },
    },
  ])('$now: $is, $why', ({ now, is, date, terms }) => {
    const moment = tomorrow({ ...KCSP, ...terms }, at(now))
    expect(moment.at.toString({ smallestUnit: 'minute' })).toBe(is)
    expect(moment.date).toBe(date)
  })
})

describe('a moment to come', () => {
  const NOW = '2026-12-02T09:00:00Z'

  test.each(['2026-12-02T09:00:00.001Z', '2026-12-02T09:01Z', '2028-12-02T23:59Z'])('%s is one', (moment) => {
    expect(() => toCome(at(moment), LONDON, at(NOW))).not.toThrow()
  })

  test.each([
    { moment: NOW, says: 'Wednesday 2 December 2026, 09:00 has passed. Choose a moment to come.' },
    { moment: '2026-12-01T09:00Z', says: 'Tuesday 1 December 2026, 09:00 has passed. Choose a moment to come.' },
    { moment: '2028-12-03T00:00Z', says: 'Sunday 3 December 2028 is more than two years ahead: check the year.' },
  ])('$moment is none: $says', ({ moment, says }) => {
    expect(() => toCome(at(moment), LONDON, at(NOW))).toThrow(
      expect.objectContaining({ code: 'invalid', message: says, fields: { day: says, time: says } }),
    )
  })
})

test.each([
  { by: null, says: 'now' },
  { by: '2026-12-02T17:00Z', says: 'by 17:00 today' },
  { by: '2026-12-08T17:00Z', says: 'by Tuesday 8 December 2026, 17:00' },
  { by: '2026-12-02T08:59Z', says: 'late: it was due by Wednesday 2 December 2026, 08:59' },
])('until $by is said so: $says', ({ by, says }) => {
  expect(untilInWords(by === null ? null : at(by), LONDON, at('2026-12-02T09:00Z'))).toBe(says)
})

test.each([
  { whom: 'everyone', name: null, says: 'everyone' },
  { whom: 'members', name: null, says: 'the members' },
  { whom: 'an-id', name: 'Daniel Okafor', says: 'Daniel Okafor' },
  { whom: 'an-id', name: null, says: 'somebody' },
])('whom: $says', ({ whom, name, says }) => {
  expect(whomInWords(whom, name)).toBe(says)
})

describe('what is listed in short', () => {
  test('is all of it up to sixty characters', () => {
    expect(inShort('the scrutiny date')).toBe('“the scrutiny date”')
    expect(inShort('x'.repeat(60))).toBe(`“${'x'.repeat(60)}”`)
  })

  test('is cut off after, and not within a character', () => {
    expect(inShort('x'.repeat(61))).toBe(`“${'x'.repeat(59)}…”`)
    expect(inShort('🙂'.repeat(61))).toBe(`“${'🙂'.repeat(59)}…”`)
  })
})
