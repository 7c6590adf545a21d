import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Terms } from '../../src/boards/terms.js'
import { readTerms } from '../../src/boards/terms-text.js'
import { dayInWords } from '../../src/kernel/time.js'
import { isWorkingDay, latestWorkingDayBefore, workingDaysBetween } from '../../src/kernel/working-days.js'
import { type Proposed, proposeDates, shortOf, type Usual, type Wish, WRITING_DAYS } from '../../src/meetings/proposing.js'

const folder = new URL('../../src/boards/terms/', import.meta.url)

function termsOf(file: string): Terms {
  const read = readTerms(readFileSync(new URL(`${file}.yaml`, folder), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.terms
}

const SHIPPED = {
  kcsp2023: termsOf('kcsp-2023'),
  kcsp2025: termsOf('kcsp-2025'),
  workingGroup: termsOf('kcsp-working-group-2025'),
  dardr: termsOf('dardr-steering-group-2025'),
  gravesham: termsOf('gravesham'),
}

const day = (text: string) => Temporal.PlainDate.from(text)
const usually = (weekday: number, time = '10:00'): Usual => ({ weekday, time: Temporal.PlainTime.from(time) })

const wish = (terms: Terms, over: Partial<Wish> = {}): Wish => ({
  terms,
  year: 2026,
  count: terms.meetings.aYear,
  today: day('2025-10-01'),
  taken: [],
  parent: [],
  parentPapersWorkingDays: 5,
  usual: usually(3),
  ...over,
})

const days = (proposed: readonly Proposed[]) => proposed.map(({ startsAt }) => startsAt.toPlainDate().toString())
const KCSP_2026 = ['2026-03-25', '2026-07-22', '2026-11-25'].map(day)

describe('a whole year, on Wednesdays', () => {
  test.each([
    { board: 'kcsp2023', rule: 'three times per year', are: ['2026-03-25', '2026-07-22', '2026-11-18'] },
    { board: 'kcsp2025', rule: 'three times per year', are: ['2026-03-25', '2026-07-22', '2026-11-18'] },
    { board: 'dardr', rule: 'at quarterly intervals', are: ['2026-03-04', '2026-06-03', '2026-09-02', '2026-12-02'] },
    { board: 'gravesham', rule: 'four times a year', are: ['2026-03-04', '2026-06-03', '2026-09-02', '2026-12-02'] },
    {
      board: 'workingGroup',
      rule: 'quarterly, prior to the KCSP',
      are: ['2026-03-04', '2026-07-01', '2026-09-02', '2026-11-04'],
    },
  ] as const)('$board: $rule', ({ board, are }) => {
    const asked = wish(SHIPPED[board], { parent: KCSP_2026 })
    const proposed = proposeDates(asked)
    expect(days(proposed)).toEqual(are)
    expect(shortOf(asked, proposed)).toBeNull()
    expect(proposed.flatMap(({ warnings }) => warnings)).toEqual([])
  })
})

describe('the usual weekday and hour', () => {
  test.each([
    { usual: usually(2, '14:30'), says: 'Tuesday at 14:30, as the last meetings', startsAt: '2026-03-24T14:30:00' },
    { usual: null, says: 'Wednesday at 10:00: I know of no earlier meetings', startsAt: '2026-03-25T10:00:00' },
    {
      usual: usually(6, '11:00'),
      says: 'Wednesday at 11:00: the last meetings were at a weekend',
      startsAt: '2026-03-25T11:00:00',
    },
  ])('$says', ({ usual, says, startsAt }) => {
    const [first] = proposeDates(wish(SHIPPED.kcsp2025, { usual }))
    expect(first?.because).toEqual([says])
    expect(first?.startsAt.toString()).toBe(startsAt)
  })
})

describe('a day that cannot be', () => {
  const quarterly = (over: Partial<Wish>) => proposeDates(wish(SHIPPED.gravesham, over))
  const taken = (...on: readonly string[]) => on.map((one) => ({ day: day(one), what: 'KCSP' }))

  test('a bank holiday is left for the week after', () => {
    const monthly = quarterly({ count: 12, usual: usually(1) })
    expect(monthly[4]).toMatchObject({
      because: ['Monday at 10:00, as the last meetings', 'moved a week later: Monday 25 May 2026 is a bank holiday'],
    })
    expect(days(monthly)[4]).toBe('2026-06-01')
  })

  test.each([
    { when: 'one week is taken', on: ['2026-06-03'], is: '2026-06-10', moved: 'a week later' },
    { when: 'the week after too', on: ['2026-06-03', '2026-06-10'], is: '2026-05-27', moved: 'a week earlier' },
    { when: 'the week before too', on: ['2026-06-03', '2026-06-10', '2026-05-27'], is: '2026-06-17', moved: 'two weeks later' },
  ])('where the same people meet elsewhere, the nearest free week: $when', ({ on, is, moved }) => {
    const second = quarterly({ taken: taken(...on) })[1]
    expect(second?.startsAt.toPlainDate().toString()).toBe(is)
    expect(second?.because).toContain(`moved ${moved}: the KCSP meets on Wednesday 3 June 2026`)
  })

  test('with three weeks either way taken, there is one meeting fewer, and it is said', () => {
    const asked = wish(SHIPPED.gravesham, {
      taken: taken(...Array.from({ length: 7 }, (_, weeks) => day('2026-05-13').add({ weeks }).toString())),
    })
    const proposed = proposeDates(asked)
    expect(days(proposed)).toEqual(['2026-03-04', '2026-09-02', '2026-12-02'])
    expect(shortOf(asked, proposed)).toBe(
      'With time for the papers, only 3 of 4 meetings fit into 2026. Choose further days by hand, or ask for 2027.',
    )
  })

  test('nobody meets between 20 December and 3 January', () => {
    const monthly = quarterly({ count: 12 })
    expect(days(monthly).at(-1)).toBe('2026-12-16')
    const weekly = days(quarterly({ count: 52 }))
    expect(weekly[0]).toBe('2026-01-07')
    expect(weekly.at(-1)).toBe('2026-12-16')
  })

  test('beyond the list of bank holidays each day carries a warning', () => {
    for (const { warnings } of quarterly({ year: 2029 })) {
      expect(warnings).toEqual([
        'The bank holidays of 2029 are not in my list, which covers 2012 to 2028: check this date by hand.',
      ])
    }
  })
})

describe('a year that has begun', () => {
  test.each([
    { today: '2026-01-20', are: ['2026-04-15', '2026-08-05', '2026-11-25'], says: null },
    { today: '2026-06-10', are: ['2026-07-29', '2026-10-07', '2026-12-09'], says: null },
    { today: '2026-07-20', are: ['2026-09-16', '2026-12-09'], says: 'only 2 of 3 meetings fit into what is left of 2026' },
    { today: '2026-11-20', are: ['2026-12-16'], says: 'only 1 of 3 meetings fits into what is left of 2026' },
    { today: '2026-12-10', are: [], says: 'no meeting fits into what is left of 2026' },
    { today: '2027-01-01', are: [], says: '2026 is over. Ask for 2027 or a later year.' },
  ])('on $today', ({ today, are, says }) => {
    const asked = wish(SHIPPED.kcsp2025, { today: day(today) })
    const proposed = proposeDates(asked)
    expect(days(proposed)).toEqual(are)
    if (says === null) expect(shortOf(asked, proposed)).toBeNull()
    else expect(shortOf(asked, proposed)).toContain(says)
  })

  test('there is time for the papers, and a working day to spare', () => {
    const papers = (workingDays: number) => ({ ...SHIPPED.kcsp2025, papers: { ...SHIPPED.kcsp2025.papers, workingDays } })
    const first = (terms: Terms) => days(proposeDates(wish(terms, { today: day('2026-12-07') })))[0]
    expect(first(papers(5))).toBe('2026-12-16')
    expect(first(papers(6))).toBeUndefined()
  })

  test('and for a longer notice, where the terms ask for one', () => {
    const terms = { ...SHIPPED.kcsp2025, notice: { days: 28, clause: { number: '7', words: 'Twenty-eight days' } } }
    expect(proposeDates(wish(terms, { today: day('2026-11-20') }))).toEqual([])
    expect(days(proposeDates(wish(terms, { today: day('2026-11-17') })))).toEqual(['2026-12-16'])
  })
})

describe('a working group, which meets before its parent', () => {
  const group = (over: Partial<Wish> = {}) => proposeDates(wish(SHIPPED.workingGroup, { parent: KCSP_2026, ...over }))

  test('says how many working days before which meeting', () => {
    expect(group({ count: 3 }).map(({ because }) => because[1])).toEqual([
      '14 working days before the KCSP of Wednesday 25 March 2026',
      '14 working days before the KCSP of Wednesday 22 July 2026',
      '14 working days before the KCSP of Wednesday 25 November 2026',
    ])
  })

  test('goes a week earlier where its day is taken, since later would be too late for the papers', () => {
    const second = group({ taken: [{ day: day('2026-07-01'), what: 'Kent Housing Group' }] })[1]
    expect(second?.startsAt.toPlainDate().toString()).toBe('2026-06-24')
    expect(second?.because).toContain('moved a week earlier: the Kent Housing Group meets on Wednesday 1 July 2026')
  })

  test('a parent whose papers go earlier is met earlier', () => {
    expect(days(group({ parentPapersWorkingDays: 10 }))).toContain('2026-06-24')
  })

  test('one more than the parent’s lies where the year has most room', () => {
    expect(group()[2]?.because).toContain('where the year has most room')
    expect(days(group({ count: 6 }))).toEqual([
      '2026-01-07',
      '2026-03-04',
      '2026-04-29',
      '2026-07-01',
      '2026-09-02',
      '2026-11-04',
    ])
  })

  test('after the parent’s last meeting it says that it knows of none later', () => {
    const last = group({ parent: KCSP_2026.slice(0, 2) }).at(-1)
    expect(last?.startsAt.toPlainDate().toString()).toBe('2026-11-04')
    expect(last?.because).toContain('I know of no later meeting of the KCSP in 2026')
  })

  test('where the parent’s days are not known, it is spread evenly, with a warning', () => {
    const spread = group({ parent: [] })
    expect(days(spread)).toEqual(['2026-03-04', '2026-06-03', '2026-09-02', '2026-12-02'])
    for (const { warnings } of spread) {
      expect(warnings).toEqual(['I know of no meeting of the KCSP in 2026: check that this one lies in time for its papers.'])
    }
  })

  test('where it is too late for the parent’s next meeting, only the later ones are prepared', () => {
    const left = group({ today: day('2026-07-13') })
    expect(days(left)).toEqual(['2026-07-29', '2026-09-16', '2026-11-04'])
  })

  test('where it is too late for all of them, what is left of the year is used', () => {
    expect(days(group({ today: day('2026-11-09') }))).toEqual(['2026-12-16'])
  })
})

const anyDay = (first: string, span: number) =>
  fc.integer({ min: 0, max: span }).map((offset) => day(first).add({ days: offset }))

const anyWish: fc.Arbitrary<Wish> = fc
  .record({
    board: fc.constantFrom(...(Object.keys(SHIPPED) as (keyof typeof SHIPPED)[])),
    year: fc.integer({ min: 2024, max: 2030 }),
    count: fc.integer({ min: 0, max: 14 }),
    today: anyDay('2023-06-01', 2_400),
    taken: fc.array(anyDay('2024-01-01', 2_500), { maxLength: 120 }),
    parent: fc.array(fc.integer({ min: 1, max: 364 }), { maxLength: 5 }),
    parentPapersWorkingDays: fc.integer({ min: 0, max: 10 }),
    usual: fc.option(fc.integer({ min: 1, max: 7 }).map((weekday) => usually(weekday, '09:30'))),
  })
  .map(({ board, taken, parent, year, ...rest }) => ({
    ...rest,
    year,
    terms: SHIPPED[board],
    taken: taken.map((one) => ({ day: one, what: 'KCSP' })),
    parent: parent.map((offset) => day(`${year}-01-01`).add({ days: offset })),
  }))

describe('whatever is asked for', () => {
  const holds = (check: (asked: Wish, found: readonly Temporal.PlainDate[], proposed: readonly Proposed[]) => void) =>
    fc.assert(
      fc.property(anyWish, (asked) => {
        const proposed = proposeDates(asked)
        check(
          asked,
          proposed.map(({ startsAt }) => startsAt.toPlainDate()),
          proposed,
        )
      }),
      { numRuns: 150 },
    )

  test('never on a weekend, a bank holiday, a taken day, or about Christmas', () => {
    holds(({ terms, taken }, found) => {
      for (const one of found) {
        expect(isWorkingDay(one, terms.division)).toBe(true)
        expect(taken.some((other) => other.day.equals(one))).toBe(false)
        const date = one.toString().slice(5)
        expect(date > '01-03' && date < '12-20').toBe(true)
      }
    })
  })

  test('always in the year asked for, in the future, with time for the papers', () => {
    holds(({ terms, year, today }, found) => {
      for (const one of found) {
        expect(one.year).toBe(year)
        expect(workingDaysBetween(today, one, terms.division)).toBeGreaterThan(terms.papers.workingDays)
      }
    })
  })

  test('ascending, never two on one day, at most as many as asked for; fewer are told', () => {
    holds((asked, found, proposed) => {
      for (const [at, one] of found.slice(1).entries()) expect(found[at]?.until(one).days).toBeGreaterThan(0)
      expect(found.length).toBeLessThanOrEqual(asked.count)
      expect(shortOf(asked, proposed) === null).toBe(found.length === asked.count)
    })
  })

  test('never in the days between a parent’s papers and its meeting', () => {
    holds(({ terms, today, parent, parentPapersWorkingDays }, found) => {
      if (terms.meetings.before === undefined) return
      const coming = parent.filter((one) => Temporal.PlainDate.compare(one, today) > 0)
      for (const one of found) {
        const next = coming
          .filter((other) => Temporal.PlainDate.compare(other, one) >= 0)
          .sort((a, b) => Temporal.PlainDate.compare(a, b))[0]
        if (!next) continue
        const papers = latestWorkingDayBefore(next, parentPapersWorkingDays, terms.division).day
        expect(workingDaysBetween(one, papers, terms.division)).toBeGreaterThanOrEqual(WRITING_DAYS)
      }
    })
  })

  test('all on one weekday and at one hour, which the first reason names', () => {
    holds((_, found, proposed) => {
      for (const [at, one] of found.entries()) {
        const { startsAt, because } = proposed[at] ?? {}
        const [weekday] = dayInWords(one).split(' ')
        expect(because?.[0]).toContain(`${weekday} at ${startsAt?.toPlainTime().toString({ smallestUnit: 'minute' })}`)
      }
    })
  })
})
