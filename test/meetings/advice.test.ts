import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { latestWorkingDayBefore } from '../../src/kernel/working-days.js'
import { adviceOn, type Clash, civilInstant } from '../../src/meetings/advice.js'

const LONDON = 'Europe/London'
const folder = new URL('../../src/boards/terms/', import.meta.url)

function termsOf(file: string): Terms {
  const read = readTerms(readFileSync(new URL(`${file}.yaml`, folder), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

const kcsp = termsOf('kcsp-2025')
const group = termsOf('kcsp-working-group-2025')

/** On London's clocks. */
const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(LONDON).toInstant()

interface Asked {
  readonly terms?: Terms
  readonly kind?: 'ordinary' | 'extraordinary'
  readonly now?: string
  readonly clashes?: readonly Clash[]
}

const advise = (startsAt: string, { terms = kcsp, kind = 'ordinary', now = '2026-07-01T09:00', clashes = [] }: Asked = {}) =>
  adviceOn({ terms, kind, startsAt: at(startsAt), now: at(now), calendar: { clashes } })

const codes = (startsAt: string, asked?: Asked) => advise(startsAt, asked).unwise.map(({ code }) => code)

test('a Wednesday at ten, four weeks ahead: nothing is said against it', () => {
  expect(advise('2026-07-29T10:00')).toEqual({ forbidden: [], unwise: [] })
})

describe('forbidden to any board', () => {
  test.each([
    {
      when: 'yesterday',
      startsAt: '2026-06-30T10:00',
      code: 'too_late',
      says: 'That time has passed: Tuesday 30 June 2026, 10:00.',
    },
    { when: 'now', startsAt: '2026-07-01T09:00', code: 'too_late', says: 'That time has passed' },
    {
      when: 'more than five years ahead',
      startsAt: '2031-07-02T10:00',
      code: 'invalid',
      says: 'Wednesday 2 July 2031 is more than five years ahead: check the year.',
    },
  ])('$when, and nothing else is told', ({ startsAt, code, says }) => {
    const { forbidden, unwise } = advise(startsAt)
    expect(forbidden).toMatchObject([{ code, sentence: expect.stringContaining(says) }])
    expect(forbidden[0]).not.toHaveProperty('clause')
    expect(unwise).toEqual([])
  })

  test('five years ahead to the day, and in a minute, are not', () => {
    expect(advise('2031-07-01T10:00').forbidden).toEqual([])
    expect(advise('2026-07-01T09:01').forbidden).toEqual([])
  })
})

describe('notice', () => {
  const clause = { number: '5', words: 'Members are given clear notice.' }
  const silent = { convention: 'A fortnight is given.', source: 'the practice of the board' }
  const with_ = (notice: Terms['notice']): Terms => ({ ...kcsp, notice })

  test.each([
    {
      rule: 'seven whole days: Wednesday to Thursday week',
      now: '2026-07-01',
      day: '2026-07-09',
      notice: { days: 7 },
      short: null,
    },
    {
      rule: 'seven whole days: Wednesday to Wednesday has six',
      now: '2026-07-01',
      day: '2026-07-08',
      notice: { days: 7 },
      short: 'Only 6 whole days lie between today and the meeting, and the terms ask for 7. Choose a later day.',
    },
    {
      rule: 'ten working days: Wednesday to Wednesday fortnight has nine',
      now: '2026-07-01',
      day: '2026-07-15',
      notice: { workingDays: 10 },
      short: 'Only 9 whole working days lie between today and the meeting, and the terms ask for 10. Choose a later day.',
    },
    { rule: 'ten working days: a day more', now: '2026-07-01', day: '2026-07-16', notice: { workingDays: 10 }, short: null },
    {
      rule: 'two whole days: the day after tomorrow has one',
      now: '2026-07-01',
      day: '2026-07-03',
      notice: { days: 2 },
      short: 'Only 1 whole day lies between today and the meeting, and the terms ask for 2. Choose a later day.',
    },
    {
      rule: 'two working days: a bank holiday and a weekend are none',
      now: '2026-08-28',
      day: '2026-09-01',
      notice: { workingDays: 2 },
      short: 'No whole working day lies between today and the meeting, and the terms ask for 2. Choose a later day.',
    },
  ])('where the terms have a clause it refuses: $rule', ({ now, day, notice, short }) => {
    const { forbidden, unwise } = advise(`${day}T10:00`, { terms: with_({ ...notice, clause }), now: `${now}T09:00` })
    expect(forbidden).toEqual(short === null ? [] : [{ code: 'too_late', sentence: short, clause }])
    expect(unwise.map(({ code }) => code)).not.toContain('notice')
  })

  test('where they are silent it advises, and names the convention and its source', () => {
    const { forbidden, unwise } = advise('2026-07-15T10:00', { terms: with_({ workingDays: 10, silent }) })
    expect(forbidden).toEqual([])
    expect(unwise).toEqual([
      {
        code: 'notice',
        sentence:
          'Only 9 whole working days lie between today and the meeting; 10 are usual. By convention: A fortnight is given. (the practice of the board)',
      },
    ])
  })

  test('notice and papers of the same number of working days are told once', () => {
    expect(codes('2026-07-03T10:00')).toEqual(['papers'])
    expect(codes('2026-07-03T10:00', { terms: with_({ workingDays: 7, silent }) })).toEqual(['notice', 'papers'])
    const refused = advise('2026-07-03T10:00', { terms: with_({ workingDays: 5, clause }) })
    expect(refused.forbidden).toHaveLength(1)
    expect(refused.unwise).toEqual([])
  })

  test('a rule of whole days is told beside the papers', () => {
    const refused = advise('2026-07-03T10:00', { terms: with_({ days: 7, clause }) })
    expect(refused.forbidden).toHaveLength(1)
    expect(refused.unwise.map(({ code }) => code)).toEqual(['papers'])
  })
})

describe('papers: circulated at least five working days prior to meetings', () => {
  test.each([
    { now: '2018-07-10T17:00', late: false, says: 'at the cut-off hour of the latest day' },
    { now: '2018-07-10T17:01', late: true, says: 'a minute after it' },
    { now: '2018-07-11T08:00', late: true, says: 'the day after' },
  ])('for Wednesday 18 July 2018, $says', ({ now, late }) => {
    expect(codes('2018-07-18T10:00', { now })).toEqual(late ? ['papers'] : [])
  })

  test('where the terms have a clause it is quoted', () => {
    const [papers] = advise('2018-07-18T10:00', { now: '2018-07-12T09:00' }).unwise
    expect(papers).toEqual({
      code: 'papers',
      sentence:
        'Its papers go at least 5 working days before, and the last hour for that was Tuesday 10 July 2018, 17:00. Late papers go marked as late.',
      clause: kcsp.papers.clause,
    })
  })

  test('where they are silent the convention and its source are named', () => {
    const [papers] = advise('2018-07-18T10:00', { now: '2018-07-12T09:00', terms: group }).unwise
    expect(papers).not.toHaveProperty('clause')
    expect(papers?.sentence).toContain(
      'By convention: Papers go out five working days before. (terms of the KCSP 2025, clause 7)',
    )
  })

  test('an extraordinary meeting is told what to do with what cannot wait', () => {
    const [papers] = advise('2026-07-03T10:00', { kind: 'extraordinary' }).unwise
    expect(papers?.sentence).toContain('What cannot wait goes marked as late.')
  })

  test('whatever the day, papers are late exactly after the deadline', () => {
    const day = fc.integer({ min: 0, max: 1_000 }).map((days) => Temporal.PlainDate.from('2026-01-02').add({ days }))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 20 * 24 * 60 }), (meeting, minutes) => {
        const startsAt = meeting.toZonedDateTime({ timeZone: LONDON, plainTime: '10:00' }).toInstant()
        const now = startsAt.subtract({ minutes })
        const deadline = latestWorkingDayBefore(meeting, 5, 'england-and-wales').day
        const cutOff = deadline.toZonedDateTime({ timeZone: LONDON, plainTime: '17:00' }).toInstant()
        const { unwise } = adviceOn({ terms: kcsp, kind: 'ordinary', startsAt, now, calendar: { clashes: [] } })
        expect(unwise.some(({ code }) => code === 'papers')).toBe(Temporal.Instant.compare(now, cutOff) > 0)
      }),
    )
  })
})

describe('an unwise day or hour', () => {
  test.each([
    {
      startsAt: '2026-08-01T10:00',
      code: 'weekend',
      says: 'Saturday 1 August 2026 is at the weekend, and boards meet on working days.',
    },
    {
      startsAt: '2026-08-31T10:00',
      code: 'bank holiday',
      says: 'Monday 31 August 2026 is a bank holiday, and boards meet on working days.',
    },
    {
      startsAt: '2026-12-28T10:00',
      code: 'bank holiday',
      says: 'Monday 28 December 2026 is a bank holiday, and boards meet on working days.',
    },
    { startsAt: '2026-07-29T07:59', code: 'hour', says: '07:59 is early: boards meet between 08:00 and 20:00. Check the hour.' },
    { startsAt: '2026-07-29T20:01', code: 'hour', says: '20:01 is late: boards meet between 08:00 and 20:00. Check the hour.' },
    {
      startsAt: '2029-01-10T10:00',
      code: 'beyond list',
      says: 'The bank holidays of 2029 are not in my list, which covers 2012 to 2028: check this date by hand.',
    },
  ])('$startsAt: $code', ({ startsAt, code, says }) => {
    expect(advise(startsAt).unwise).toEqual([{ code, sentence: says }])
  })

  test.each(['2026-07-29T08:00', '2026-07-29T20:00', '2026-12-16T08:00'])('%s is within the day', (startsAt) => {
    expect(codes(startsAt)).toEqual([])
  })

  test('several are told together', () => {
    expect(codes('2026-07-04T06:00')).toEqual(['weekend', 'hour', 'papers'])
  })

  test('the day and the hour are those of the board’s own clock', () => {
    const auckland: Terms = { ...kcsp, zone: 'Pacific/Auckland' }
    expect(codes('2026-07-24T22:30', { terms: auckland })).toEqual(['weekend'])
    expect(codes('2026-07-23T10:00', { terms: auckland })).toEqual(['hour'])
  })
})

describe('a clash', () => {
  const when = at('2026-07-29T10:30')
  const names = (count: number) => ['Ann', 'Bob', 'Cy', 'Di', 'Ed', 'Flo', 'Gus', 'Hal'].slice(0, count)

  test.each([
    { count: 1, says: 'Ann has the DARDR at 10:30 that day.' },
    { count: 2, says: 'Ann and Bob have the DARDR at 10:30 that day.' },
    { count: 5, says: 'Ann, Bob, Cy, Di and Ed have the DARDR at 10:30 that day.' },
    { count: 6, says: 'Ann, Bob, Cy, Di, Ed and 1 other have the DARDR at 10:30 that day.' },
    { count: 8, says: 'Ann, Bob, Cy, Di, Ed and 3 others have the DARDR at 10:30 that day.' },
  ])('of $count', ({ count, says }) => {
    const { unwise } = advise('2026-07-29T10:00', { clashes: [{ who: names(count), board: 'DARDR', at: when }] })
    expect(unwise).toEqual([{ code: 'clash', sentence: says }])
  })

  test('on another day names the day; each clash is told by itself, and nobody’s is none', () => {
    const clashes = [
      { who: ['Ann'], board: 'DARDR', at: at('2026-07-28T20:00') },
      { who: ['Bob'], board: 'WG', at: when },
      { who: [], board: 'CSP', at: when },
    ]
    expect(advise('2026-07-29T10:00', { clashes }).unwise.map(({ sentence }) => sentence)).toEqual([
      'Ann has the DARDR on Tuesday 28 July 2026, 20:00.',
      'Bob has the WG at 10:30 that day.',
    ])
  })
})

/** The last Sundays of March and October: the Summer Time Act 1972, as the Summer Time Order 2002 has it. */
const YEARS = Array.from({ length: 11 }, (_, ahead) => 2025 + ahead)
const lastSunday = (year: number, month: number) => {
  const last = Temporal.PlainDate.from({ year, month, day: 31 })
  return last.subtract({ days: last.dayOfWeek % 7 })
}

describe('a civil time in London', () => {
  const civil = (day: Temporal.PlainDate, time: string) => civilInstant(day, Temporal.PlainTime.from(time), LONDON)
  const instant = (day: Temporal.PlainDate, time: string) => {
    const found = civil(day, time)
    return 'at' in found ? found.at.toString() : found.wrong
  }

  test('one that the clocks skip is refused', () => {
    expect(civil(Temporal.PlainDate.from('2027-03-28'), '01:30')).toEqual({
      wrong: 'There is no 01:30 on Sunday 28 March 2027: the clocks go forward. Choose another hour.',
    })
  })

  test.each(YEARS)('in spring %i the hour from one to two is skipped, and no other', (year) => {
    const day = lastSunday(year, 3)
    expect(instant(day, '00:59')).toBe(`${day}T00:59:00Z`)
    for (const time of ['01:00', '01:30', '01:59']) expect(civil(day, time)).toHaveProperty('wrong')
    expect(instant(day, '02:00')).toBe(`${day}T01:00:00Z`)
    expect(instant(day, '10:00')).toBe(`${day}T09:00:00Z`)
  })

  test.each(YEARS)('in autumn %i the hour from one to two comes twice, and the first is meant', (year) => {
    const day = lastSunday(year, 10)
    expect(instant(day, '00:59')).toBe(`${day.subtract({ days: 1 })}T23:59:00Z`)
    for (const minute of ['00', '30', '59']) expect(instant(day, `01:${minute}`)).toBe(`${day}T00:${minute}:00Z`)
    expect(instant(day, '02:00')).toBe(`${day}T02:00:00Z`)
  })

  test('a day that a zone leaves out is refused too', () => {
    expect(civilInstant(Temporal.PlainDate.from('2011-12-30'), Temporal.PlainTime.from('10:00'), 'Pacific/Apia')).toHaveProperty(
      'wrong',
    )
  })

  test('any other reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 * 365 * 24 * 60 }), (minutes) => {
        const there = Temporal.PlainDateTime.from('2025-01-01T00:00').add({ minutes })
        const found = civilInstant(there.toPlainDate(), there.toPlainTime(), LONDON)
        if ('at' in found) expect(found.at.toZonedDateTimeISO(LONDON).toPlainDateTime().equals(there)).toBe(true)
        else expect([there.month, there.dayOfWeek, there.hour]).toEqual([3, 7, 1])
      }),
    )
  })
})
