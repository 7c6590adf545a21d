import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { daysIn, hoursIn, type SaidDay, saidDay, saidTime, without } from '../../src/kernel/said-time.js'
import { dayInWords } from '../../src/kernel/time.js'

const day = (text: string) => Temporal.PlainDate.from(text)
/** Monday 20 July 2026. */
const MONDAY = day('2026-07-20')

/** The days as texts, what is wrong, or null. */
const shown = (said: SaidDay | null) => (said === null ? null : 'wrong' in said ? said.wrong : said.days.map(String))

describe('a day with its month, said on Monday 20 July 2026', () => {
  test.each([
    { says: '23 July 2026', means: '2026-07-23' },
    { says: '23rd July', means: '2026-07-23' },
    { says: '23rd of July 2026', means: '2026-07-23' },
    { says: 'the 23rd of July', means: '2026-07-23' },
    { says: 'July 23', means: '2026-07-23' },
    { says: 'July 23rd, 2026', means: '2026-07-23' },
    { says: 'July the 23rd', means: '2026-07-23' },
    { says: 'Thu 23 July', means: '2026-07-23' },
    { says: 'Thursday, 23rd July 2026', means: '2026-07-23' },
    { says: 'thursday the 23rd of july', means: '2026-07-23' },
    { says: 'on Thurs. 23 Jul', means: '2026-07-23' },
    { says: 'on the 23 July', means: '2026-07-23' },
    { says: '2026-07-23', means: '2026-07-23' },
    { says: '23/07/2026', means: '2026-07-23' },
    { says: '23/7/26', means: '2026-07-23' },
    { says: '23.7.2026', means: '2026-07-23' },
    { says: '23-07-2026', means: '2026-07-23' },
    { says: 'Thursday 23/07/2026', means: '2026-07-23' },
    { says: "23 July '26", means: '2026-07-23' },
    { says: '23 July ’26', means: '2026-07-23' },
    { says: '20 July', means: '2026-07-20' },
    { says: '19 July', means: '2027-07-19' },
    { says: '4 Sept.', means: '2026-09-04' },
    { says: 'Sep 4th', means: '2026-09-04' },
    { says: '1 JAN.', means: '2027-01-01' },
    { says: '1 May', means: '2027-05-01' },
    { says: '29 February', means: '2028-02-29' },
    { says: '25 March 2025', means: '2025-03-25' },
  ])('$says is $means', ({ says, means }) => {
    expect(shown(saidDay(says, MONDAY))).toEqual([means])
  })

  test('29 February is eight years off where a century is no leap year', () => {
    expect(shown(saidDay('29 Feb', day('2096-03-01')))).toEqual(['2104-02-29'])
  })
})

describe('a day without its month', () => {
  test.each([
    { says: 'the 23rd', on: '2026-07-20', means: ['2026-07-23'], why: 'the next one' },
    { says: 'the 20th', on: '2026-07-20', means: ['2026-07-20'], why: 'today included' },
    { says: '19th', on: '2026-07-20', means: ['2026-08-19'], why: 'the month after' },
    { says: 'the 31st', on: '2027-02-01', means: ['2027-03-31'], why: 'February has none' },
    { says: 'Thursday the 23rd', on: '2026-07-20', means: ['2026-07-23'], why: 'with its weekday' },
    { says: 'the 23rd of next month', on: '2026-07-20', means: ['2026-08-23'], why: 'next month' },
    { says: 'the 15th of this month', on: '2026-07-20', means: ['2026-07-15'], why: 'this month, gone by' },
    { says: 'today', on: '2026-07-20', means: ['2026-07-20'], why: 'today' },
    { says: 'Tomorrow', on: '2026-12-31', means: ['2027-01-01'], why: 'tomorrow' },
    { says: 'the day after tomorrow', on: '2026-07-20', means: ['2026-07-22'], why: 'in two days' },
    { says: 'Wednesday', on: '2026-07-20', means: ['2026-07-22'], why: 'the coming one' },
    { says: 'on Weds', on: '2026-07-22', means: ['2026-07-29'], why: 'never today' },
    { says: 'this Wednesday', on: '2026-07-20', means: ['2026-07-22'], why: 'the coming one' },
    { says: 'this Wednesday', on: '2026-07-22', means: ['2026-07-22', '2026-07-29'], why: 'today, or not' },
    { says: 'next Wednesday', on: '2026-07-20', means: ['2026-07-22', '2026-07-29'], why: 'two readings' },
    { says: 'next Wednesday', on: '2026-07-22', means: ['2026-07-29'], why: 'both readings are one' },
    { says: 'next Wednesday', on: '2026-07-26', means: ['2026-07-29'], why: 'from a Sunday the coming one is next week’s' },
    { says: 'next Sunday', on: '2026-07-20', means: ['2026-07-26', '2026-08-02'], why: 'weeks begin on Monday' },
    { says: 'Wednesday next week', on: '2026-07-20', means: ['2026-07-29'], why: 'one reading' },
    { says: 'Wednesday of this week', on: '2026-07-23', means: ['2026-07-22'], why: 'this week, gone by' },
    { says: 'Wednesday week', on: '2026-07-20', means: ['2026-07-29'], why: 'a week after the coming one' },
    { says: 'a week on Wednesday', on: '2026-07-22', means: ['2026-08-05'], why: 'the same' },
    { says: 'Wednesday fortnight', on: '2026-07-20', means: ['2026-08-05'], why: 'two weeks after' },
    { says: 'two weeks from tomorrow', on: '2026-07-20', means: ['2026-08-04'], why: 'counted from tomorrow' },
    { says: 'a week today', on: '2026-07-20', means: ['2026-07-27'], why: 'the same weekday' },
    { says: 'a week next Wednesday', on: '2026-07-20', means: ['2026-07-29', '2026-08-05'], why: 'two readings still' },
    { says: 'in two weeks', on: '2026-07-20', means: ['2026-08-03'], why: 'the same weekday' },
    { says: 'in 3 weeks', on: '2026-07-20', means: ['2026-08-10'], why: 'in figures' },
    { says: 'in a fortnight’s time', on: '2026-07-20', means: ['2026-08-03'], why: 'a fortnight is two weeks' },
  ])('$says, said on $on, is $means: $why', ({ says, on, means }) => {
    expect(shown(saidDay(says, day(on)))).toEqual(means)
  })
})

describe('a day that is wrong', () => {
  test.each([
    { says: 'Wednesday 21 January 2027', wrong: '21 January 2027 is a Thursday, not a Wednesday. Say the right day.' },
    { says: 'Wed 23 July', wrong: '23 July 2026 is a Thursday, not a Wednesday. Say the right day.' },
    { says: 'Mon the 23rd', wrong: '23 July 2026 is a Thursday, not a Monday. Say the right day.' },
    { says: '31 February', wrong: 'There is no 31 February. Say the right day.' },
    { says: '29 February 2027', wrong: 'There is no 29 February 2027. Say the right day.' },
    { says: 'September 31st, 2026', wrong: 'There is no 31 September 2026. Say the right day.' },
    { says: '2026-02-30', wrong: 'There is no 30 February 2026. Say the right day.' },
    { says: '0 July', wrong: 'There is no 0 July. Say the right day.' },
    { says: '32nd July', wrong: 'There is no 32 July. Say the right day.' },
    {
      says: '07/23/2026',
      wrong: 'There is no month 23: the day comes first, then the month, then the year. Say the right day.',
    },
    { says: 'the 32nd', wrong: 'There is no 32nd of a month. Say the right day.' },
  ])('$says', ({ says, wrong }) => {
    expect(saidDay(says, MONDAY)).toEqual({ wrong })
  })

  test('a 31st of a next month that has none', () => {
    expect(saidDay('the 31st of next month', day('2026-08-20'))).toEqual({
      wrong: 'There is no 31 September 2026. Say the right day.',
    })
  })
})

describe('no day', () => {
  test.each([
    { says: '', why: 'nothing' },
    { says: 'May', why: 'a month alone' },
    { says: 'March', why: 'a month alone' },
    { says: 'July 2026', why: 'a month and a year' },
    { says: '23', why: 'a number' },
    { says: 'the 23', why: 'a number' },
    { says: '23th July', why: 'no such ending' },
    { says: '11st July', why: 'no such ending' },
    { says: '23 July 26', why: 'two digits in words could be the next day' },
    { says: '23 July 1400', why: 'no year of ours' },
    { says: '23/7', why: 'a fraction' },
    { says: '23/7.2026', why: 'two kinds of marks' },
    { says: '26-07-23-1', why: 'something else' },
    { says: '23 Jully', why: 'misspelt' },
    { says: '23 July at 10', why: 'more than a day' },
    { says: 'the meeting of 23 July', why: 'more than a day' },
    { says: 'next week', why: 'a week' },
    { says: 'next month', why: 'a month' },
    { says: 'Wednesdays', why: 'many days' },
    { says: 'the Wednesday', why: 'it depends on what was said before' },
    { says: 'yesterday', why: 'nobody plans for it' },
    { says: 'in five days', why: 'working days, or others' },
    { says: 'a fortnight', why: 'a span' },
  ])('"$says": $why', ({ says }) => {
    expect(saidDay(says, MONDAY)).toBeNull()
  })
})

describe('an hour', () => {
  test.each([
    { says: '10', means: '10:00' },
    { says: '10am', means: '10:00' },
    { says: '10 AM', means: '10:00' },
    { says: '10 a.m.', means: '10:00' },
    { says: '10.30 am', means: '10:30' },
    { says: '10:30', means: '10:30' },
    { says: '14:00', means: '14:00' },
    { says: '14.15', means: '14:15' },
    { says: '2.30 pm', means: '14:30' },
    { says: '2pm', means: '14:00' },
    { says: 'at 2pm', means: '14:00' },
    { says: '12pm', means: '12:00' },
    { says: '12am', means: '00:00' },
    { says: 'noon', means: '12:00' },
    { says: '12 noon', means: '12:00' },
    { says: 'midday', means: '12:00' },
    { says: 'ten', means: '10:00' },
    { says: "ten o'clock", means: '10:00' },
    { says: '3 o’clock', means: '15:00' },
    { says: 'half past ten', means: '10:30' },
    { says: 'half ten', means: '10:30' },
    { says: 'quarter to three', means: '14:45' },
    { says: 'a quarter past nine am', means: '09:15' },
    { says: 'quarter to one', means: '12:45' },
    { says: 'twenty-five past 2', means: '14:25' },
    { says: 'two thirty', means: '14:30' },
    { says: 'ten in the morning', means: '10:00' },
    { says: 'seven in the evening', means: '19:00' },
    { says: '1400hrs', means: '14:00' },
    { says: '1', means: '13:00', why: 'a bare 1 to 7 is of the afternoon' },
    { says: '7', means: '19:00', why: 'a bare 1 to 7 is of the afternoon' },
    { says: '2.30', means: '14:30', why: 'so with its minutes' },
    { says: '8', means: '08:00', why: '8 to 12 are as they are' },
    { says: '12', means: '12:00', why: '8 to 12 are as they are' },
    { says: '07:30', means: '07:30', why: 'a nought is of the 24-hour clock' },
    { says: '00:00', means: '00:00', why: 'so is midnight' },
  ])('$says is $means', ({ says, means }) => {
    expect(saidTime(says)?.toString({ smallestUnit: 'minute' })).toBe(means)
  })

  test.each([
    '',
    '0',
    '24',
    '24:00',
    '25:00',
    '10:60',
    '10:5',
    '10.5',
    '13pm',
    '0am',
    '14:00 pm',
    'thirteen',
    'half to ten',
    '10 o',
  ])('"%s" is none', (says) => {
    expect(saidTime(says)).toBeNull()
  })

  test.each([
    'midnight',
    'quarter to 14',
    '12 in the evening',
    '1400',
    'morning',
    'ten past',
    '10 minutes',
    '10 30',
    '10 23 July',
  ])('"%s" is none', (says) => {
    expect(saidTime(says)).toBeNull()
  })
})

describe('days and hours in a sentence, on Monday 20 July 2026', () => {
  const read = (sentence: string) => {
    const days = daysIn(sentence, MONDAY)
    const rest = without(sentence, days)
    const hours = hoursIn(rest)
    return {
      days: days.map(({ from, to, said }) => `${sentence.slice(from, to)} = ${shown(said)}`),
      hours: hours.map(({ from, to, said }) => `${rest.slice(from, to)} = ${said.toString({ smallestUnit: 'minute' })}`),
      rest: without(rest, hours),
    }
  }

  test.each([
    {
      says: 'Call a meeting for Wednesday, 22 July 2026 at 10.30 am, online.',
      days: ['for Wednesday, 22 July 2026 = 2026-07-22'],
      hours: ['at 10.30 am = 10:30'],
      rest: 'Call a meeting, online.',
    },
    {
      says: 'Move the meeting from 22 July to the 29th at 2',
      days: ['from 22 July = 2026-07-22', 'the 29th = 2026-07-29'],
      hours: ['at 2 = 14:00'],
      rest: 'Move the meeting to',
    },
    {
      says: 'Apologies for the 23rd, Ann will come',
      days: ['for the 23rd = 2026-07-23'],
      hours: [],
      rest: 'Apologies, Ann will come',
    },
    { says: "Cancel Wednesday's meeting", days: ["Wednesday's = 2026-07-22"], hours: [], rest: 'Cancel meeting' },
    {
      says: 'a week on Wednesday (half past two)',
      days: ['a week on Wednesday = 2026-07-29'],
      hours: ['half past two = 14:30'],
      rest: '()',
    },
    { says: '23 July, 28 August', days: ['23 July = 2026-07-23', '28 August = 2026-08-28'], hours: [], rest: ',' },
    { says: 'at 2 p.m. on 4 Sept.', days: ['on 4 Sept. = 2026-09-04'], hours: ['at 2 p.m. = 14:00'], rest: '' },
    { says: 'on 5 may at noon', days: ['on 5 may = 2027-05-05'], hours: ['at noon = 12:00'], rest: '' },
    {
      says: 'on Wed 23 July please',
      days: ['on Wed 23 July = 23 July 2026 is a Thursday, not a Wednesday. Say the right day.'],
      hours: [],
      rest: 'please',
    },
    { says: 'from 10:00 to 12:00', days: [], hours: ['from 10:00 = 10:00', '12:00 = 12:00'], rest: 'to' },
  ])('$says', ({ says, days, hours, rest }) => {
    expect(read(says)).toEqual({ days, hours, rest })
  })

  test.each([
    'Item 5 may be taken first',
    'Postpone the 3rd item',
    'The 3rd item is late',
    'THE 3RD ITEM',
    'the first Wednesday in June',
    'every Wednesday',
    'the notes of last Wednesday',
    'We march 4 miles',
    'We sat at 10 Downing Street',
    'Propose three meetings for 2026',
    'Meet in Room 10',
    'What may I do in March?',
    'I am at 4 of the meetings',
    'At 10 we are 5 to 10 members',
  ])('%s: there is no day, and no bare number is an hour', (says) => {
    expect(read(says)).toMatchObject({ days: [], hours: says.startsWith('At 10') ? ['At 10 = 10:00'] : [] })
  })

  test('a day’s number is no hour, even before the days are taken out', () => {
    expect(hoursIn('at 23 July')).toEqual([])
  })
})

const FORMS: readonly ((one: Temporal.PlainDate) => string)[] = [
  dayInWords,
  (one) => one.toString(),
  (one) => `${one.day}/${one.month}/${one.year}`,
  (one) => `${one.day}/${one.month}/${one.year - 2000}`,
  (one) => `${String(one.day).padStart(2, '0')}.${String(one.month).padStart(2, '0')}.${one.year}`,
  (one) => dayInWords(one).split(' ').slice(1).join(' '),
  (one) => `on the ${ordinal(one.day)} of ${monthOf(one)} ${one.year}`,
  (one) => `${monthOf(one)} ${ordinal(one.day)}, ${one.year}`,
  (one) => `${dayInWords(one).slice(0, 3)} ${one.day} ${monthOf(one).slice(0, 3).toLowerCase()} ${one.year}`,
  (one) => `${dayInWords(one).split(' ')[0]}, ${ordinal(one.day)} ${monthOf(one)} '${one.year - 2000}`,
]
const monthOf = (one: Temporal.PlainDate) => dayInWords(one).split(' ')[2] ?? ''
const ordinal = (n: number) => `${n}${[11, 12, 13].includes(n) ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`

const anyDay = fc.integer({ min: 0, max: 5843 }).map((days) => day('2020-01-01').add({ days }))

test('every date from 2020 to 2035 in each absolute form reads back as itself', () => {
  const wrong: string[] = []
  for (let one = day('2020-01-01'); one.year <= 2035; one = one.add({ days: 1 })) {
    for (const form of FORMS) {
      const said = saidDay(form(one), MONDAY)
      if (!said || !('days' in said) || said.days.length !== 1 || !said.days[0]?.equals(one)) wrong.push(form(one))
    }
  }
  expect(wrong).toEqual([])
})

test('in a sentence it is found where it stands, with the preposition before it', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.constantFrom(...FORMS.filter((_, at) => at !== 6)),
      fc.constantFrom('on', 'for', 'of'),
      (one, form, on) => {
        const sentence = `Call a meeting ${on} ${form(one)}, please`
        const [found, ...more] = daysIn(sentence, MONDAY)
        expect(more).toEqual([])
        expect(sentence.slice(found?.from, found?.to)).toBe(`${on} ${form(one)}`)
        expect(shown(found?.said ?? null)).toEqual([one.toString()])
      },
    ),
  )
})

test('without a year it is the next such day, today included', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (today, one) => {
      const said = saidDay(`${one.day} ${monthOf(one)}`, today)
      const found = said && 'days' in said ? said.days[0] : undefined
      expect(found).toMatchObject({ day: one.day, month: one.month })
      expect(found && today.until(found).days).toBeGreaterThanOrEqual(0)
      if (one.day !== 29 || one.month !== 2) expect(found && today.until(found).days).toBeLessThan(366)
    }),
  )
})

test('a weekday by its name is one of the coming seven days, and its other readings lie whole weeks after', () => {
  fc.assert(
    fc.property(anyDay, anyDay, fc.constantFrom('', 'this ', 'next '), (today, one, which) => {
      const [weekday] = dayInWords(one).split(' ')
      const said = saidDay(`${which}${weekday}`, today)
      const ahead = said && 'days' in said ? said.days.map((found) => today.until(found).days) : []
      expect(ahead).toContain(((((one.dayOfWeek - today.dayOfWeek + 6) % 7) + 7) % 7) + 1)
      for (const days of ahead) {
        expect(days).toBeGreaterThanOrEqual(which === 'this ' ? 0 : 1)
        expect(days).toBeLessThanOrEqual(13)
        expect(today.add({ days }).dayOfWeek).toBe(one.dayOfWeek)
      }
    }),
  )
})

test('every minute on the 24-hour clock reads back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
      const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
      expect(saidTime(time.toString({ smallestUnit: 'minute' }))?.equals(time)).toBe(true)
    }),
  )
})

test('no random letters are a day or an hour', () => {
  const known =
    /^(?:today|tomorrow|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?|noon|midday|on|at)$/
  const number = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/
  const letters = fc.stringMatching(/^[a-z]{1,10}$/).filter((word) => !known.test(word) && !number.test(word))
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 4 }), (words) => {
      expect(saidDay(words.join(' '), MONDAY)).toBeNull()
      expect(saidTime(words.join(' '))).toBeNull()
    }),
    { numRuns: 1_000 },
  )
})

test('any text at all is read or not, and never a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      saidDay(text, MONDAY)
      saidTime(text)
      for (const { from, to } of [...daysIn(text, MONDAY), ...hoursIn(text)]) expect(from).toBeLessThan(to)
    }),
  )
})

test('the longest sentence is read in good time', () => {
  const sentence = 'on the 23rd of a week from Wednesday, '.repeat(52)
  expect(daysIn(sentence, MONDAY).length).toBeGreaterThan(50)
  expect(hoursIn(sentence)).toEqual([])
})
