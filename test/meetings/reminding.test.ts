import { describe, expect, test } from 'vitest'
import {
  dailyOncePapersAreLate,
  daysAfterMeeting,
  daysBeforePapers,
  minutesBeforeMeeting,
  type Reminded,
  workingDaysBeforeMeeting,
  workingDaysBeforePapers,
} from '../../src/meetings/reminding.js'
import { timed, type Where } from './timed.js'

/*
 * Worked out by hand from the calendar. In December 2026 the 25th and the 28th are holidays, in January 2027 the 1st, in
 * April 2026 the 3rd and the 6th; London is on summer time from 29 March to 24 October 2026.
 */
type Case = Where & { readonly at: readonly string[]; readonly why: string }

const instants = (reminded: readonly Reminded[]) => reminded.map(({ at }) => at.toString({ smallestUnit: 'minute' }))
/** Each is for the day on which it falls where the board is. */
const days = (reminded: readonly Reminded[]) => reminded.map(({ date }) => date)

describe('working days before the meeting', () => {
  test.each<Case & { before: readonly number[]; on: readonly string[] }>([
    {
      meets: '2026-12-16T10:00Z',
      before: [10, 3, 1, 0],
      at: ['2026-12-02T09:00Z', '2026-12-11T09:00Z', '2026-12-15T09:00Z', '2026-12-16T09:00Z'],
      on: ['2026-12-02', '2026-12-11', '2026-12-15', '2026-12-16'],
      why: 'plain weeks',
    },
    {
      meets: '2026-12-30T10:00Z',
      before: [10, 3, 1],
      at: ['2026-12-14T09:00Z', '2026-12-23T09:00Z', '2026-12-29T09:00Z'],
      on: ['2026-12-14', '2026-12-23', '2026-12-29'],
      why: 'over Christmas',
    },
    {
      meets: '2026-04-08T09:00Z',
      before: [10, 3, 1],
      at: ['2026-03-23T09:00Z', '2026-04-01T08:00Z', '2026-04-07T08:00Z'],
      on: ['2026-03-23', '2026-04-01', '2026-04-07'],
      why: 'over Easter and the change of the clocks',
    },
    {
      meets: '2026-04-08T09:00Z',
      division: 'scotland',
      before: [10, 3, 1],
      at: ['2026-03-24T09:00Z', '2026-04-02T08:00Z', '2026-04-07T08:00Z'],
      on: ['2026-03-24', '2026-04-02', '2026-04-07'],
      why: 'Easter Monday counts there',
    },
    {
      meets: '2026-12-19T10:00Z',
      before: [1, 0],
      at: ['2026-12-18T09:00Z', '2026-12-18T09:00Z'],
      on: ['2026-12-18', '2026-12-18'],
      why: 'on a Saturday',
    },
    {
      meets: '2026-12-16T00:30Z',
      zone: 'America/New_York',
      before: [3, 1],
      at: ['2026-12-10T14:00Z', '2026-12-14T14:00Z'],
      on: ['2026-12-10', '2026-12-14'],
      why: 'it is Tuesday evening there',
    },
    {
      meets: '2026-12-15T21:00Z',
      zone: 'Pacific/Auckland',
      before: [3, 1],
      at: ['2026-12-10T20:00Z', '2026-12-14T20:00Z'],
      on: ['2026-12-11', '2026-12-15'],
      why: 'it is Wednesday morning there',
    },
  ])('$before before $meets ($zone, $division): $why', ({ before, at, on, ...where }) => {
    const found = workingDaysBeforeMeeting(timed(where), before)
    expect(instants(found)).toEqual(at)
    expect(days(found)).toEqual(on)
  })
})

describe('working days before the papers go', () => {
  test.each<Case>([
    {
      meets: '2026-12-16T10:00Z',
      at: ['2026-12-04T09:00Z', '2026-12-07T09:00Z', '2026-12-08T09:00Z'],
      why: 'they go on Tuesday the 8th',
    },
    {
      meets: '2026-12-30T10:00Z',
      at: ['2026-12-16T09:00Z', '2026-12-17T09:00Z', '2026-12-18T09:00Z'],
      why: 'they go on Friday the 18th, before Christmas',
    },
    {
      meets: '2027-01-06T10:00Z',
      at: ['2026-12-22T09:00Z', '2026-12-23T09:00Z', '2026-12-24T09:00Z'],
      why: 'the 29th, 30th, 31st, 4th and 5th lie between, so they go on Christmas Eve',
    },
  ])('2, 1 and none before $meets: $why', ({ at, ...where }) => {
    expect(instants(workingDaysBeforePapers(timed(where), [2, 1, 0]))).toEqual(at)
  })
})

describe('days before the papers go', () => {
  test.each<Case>([
    { meets: '2026-12-16T10:00Z', at: ['2026-11-24T09:00Z', '2026-12-08T09:00Z'], why: 'two weeks before Tuesday the 8th' },
    { meets: '2027-01-18T10:00Z', at: ['2026-12-24T09:00Z', '2027-01-08T09:00Z'], why: 'two weeks before is Christmas Day' },
    {
      meets: '2027-01-19T10:00Z',
      at: ['2026-12-24T09:00Z', '2027-01-11T09:00Z'],
      why: 'two weeks before is the 28th, a holiday',
    },
  ])('14 and none before $meets: $why', ({ at, ...where }) => {
    expect(instants(daysBeforePapers(timed(where), [14, 0]))).toEqual(at)
  })
})

describe('daily once the papers are late, up to the meeting', () => {
  test.each<Case>([
    {
      meets: '2026-12-16T10:00Z',
      at: ['2026-12-09', '2026-12-10', '2026-12-11', '2026-12-14', '2026-12-15', '2026-12-16'].map((day) => `${day}T09:00Z`),
      why: 'not at the weekend',
    },
    {
      meets: '2026-12-30T10:00Z',
      at: ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24', '2026-12-29', '2026-12-30'].map((day) => `${day}T09:00Z`),
      why: 'not at Christmas',
    },
    {
      meets: '2026-04-08T09:00Z',
      at: ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02', '2026-04-07', '2026-04-08'].map((day) => `${day}T08:00Z`),
      why: 'not at Easter, and by summer time',
    },
  ])('$meets: $why', ({ at, ...where }) => {
    expect(instants(dailyOncePapersAreLate(timed(where)))).toEqual(at)
  })
})

describe('minutes before the meeting', () => {
  test.each<Case & { before: readonly number[] }>([
    { meets: '2026-12-16T10:00Z', before: [60, 15], at: ['2026-12-16T09:00Z', '2026-12-16T09:45Z'], why: 'at whatever hour' },
    { meets: '2026-12-16T00:30Z', before: [60], at: ['2026-12-15T23:30Z'], why: 'over midnight' },
    {
      meets: '2026-03-29T01:30Z',
      before: [60],
      at: ['2026-03-29T00:30Z'],
      why: 'by the clock two hours, as the clocks go forward',
    },
    { meets: '2026-10-25T01:30Z', before: [60], at: ['2026-10-25T00:30Z'], why: 'at the same hour, as the clocks go back' },
  ])('$before before $meets: $why', ({ before, at, ...where }) => {
    const found = minutesBeforeMeeting(timed(where), before)
    expect(instants(found)).toEqual(at)
    // It may come twice a day, where the meeting is moved.
    expect(days(found)).toEqual(at.map((one) => one.replace('Z', ':00.000Z')))
  })
})

describe('days after the meeting', () => {
  test.each<Case>([
    { meets: '2026-12-14T10:00Z', at: ['2026-12-24T09:00Z'], why: 'ten days on is Thursday' },
    { meets: '2026-12-16T10:00Z', at: ['2026-12-29T09:00Z'], why: 'ten days on is Boxing Day, a Saturday' },
    { meets: '2026-03-24T10:00Z', at: ['2026-04-07T08:00Z'], why: 'ten days on is Good Friday' },
    { meets: '2026-03-24T10:00Z', division: 'scotland', at: ['2026-04-06T08:00Z'], why: 'Easter Monday is no holiday there' },
  ])('10 after $meets ($division): $why', ({ at, ...where }) => {
    expect(instants(daysAfterMeeting(timed(where), [10]))).toEqual(at)
  })
})
