import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dayFrom } from '../../../src/boards/roster/days.js'

describe('a day as clerks write it, the day before the month', () => {
  test.each([
    '2026-11-22',
    '22/11/2026',
    '22.11.2026',
    '22-11-2026',
    '22 November 2026',
    '22 Nov 2026',
    '22-Nov-2026',
    '22nd november 2026',
  ])('%s', (written) => {
    expect(dayFrom(written)).toEqual({ value: '2026-11-22' })
  })

  test.each([
    { written: '3/4/2027', is: '2027-04-03' },
    { written: '29/02/2028', is: '2028-02-29' },
    { written: '1 Sept 2026', is: '2026-09-01' },
    { written: '2027-4-3', is: '2027-04-03' },
  ])('$written is $is', ({ written, is }) => {
    expect(dayFrom(written)).toEqual({ value: is })
  })

  test.each([
    { written: '22/11/26', says: 'got "22/11/26", whose year has two figures: write all four, as in 22/11/2026' },
    { written: '22-Nov-26', says: 'got "22-Nov-26", whose year has two figures: write all four, as in 22/11/2026' },
    {
      written: '31/02/2026',
      says: 'there is no 31 February 2026: write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: '29 February 2027',
      says: 'there is no 29 February 2027: write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: '11/22/2026',
      says: 'got "11/22/2026", and there is no month 22: days are written day/month/year, so is it 22/11/2026?',
    },
    {
      written: '13/13/2026',
      says: 'there is no 13 of month 13 2026: write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: '46348',
      says: 'got "46348", which is how Excel counts days: format the column as Date, or write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: 'next May',
      says: 'expected a day, got "next May": write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: '22/11-2026',
      says: 'expected a day, got "22/11-2026": write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
    {
      written: '22/11/0206',
      says: 'got "22/11/0206": the year is not one of ours; write it as 22/11/2026, 2026-11-22 or 22 November 2026',
    },
  ])('$written is refused', ({ written, says }) => {
    expect(dayFrom(written)).toEqual({ wrong: says })
  })
})

test('every day reads the same however it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (days) => {
      const date = Temporal.PlainDate.from('1900-01-01').add({ days })
      const { day, month, year } = date
      const name = date.toLocaleString('en-GB', { month: 'long' })
      for (const written of [`${day}/${month}/${year}`, `${day}.${month}.${year}`, `${day} ${name} ${year}`, date.toString()]) {
        expect(dayFrom(written)).toEqual({ value: date.toString() })
      }
    }),
  )
})
