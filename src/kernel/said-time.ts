import { Temporal } from 'temporal-polyfill'
import { folded } from './sentence.js'
import { dayInWords } from './time.js'

/** The days that a phrase can mean, soonest first, never none; or why it means none, to be shown as it stands. */
export type SaidDay = { readonly days: readonly Temporal.PlainDate[] } | { readonly wrong: string }

/** Where something stands in a sentence: characters, the one at `to` not included. */
export interface Place {
  readonly from: number
  readonly to: number
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

const WEEKDAY =
  '(?:mon(?:day|\\.)?|tue(?:sday|s\\.?|\\.)?|wed(?:nesday|s\\.?|\\.)?|thu(?:rsday|rs?\\.?|\\.)?|fri(?:day|\\.)?|sat(?:urday|\\.)?|sun(?:day|\\.)?)'
const MONTH =
  '(?:jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|ju[nl]\\.|aug(?:ust|\\.)?|sep(?:t(?:ember|\\.)?|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)'
const COUNTED = '(?<day>\\d{1,2})(?<ending>st|nd|rd|th)?'
const CENTURIES = '(?:19|20|21)\\d\\d'
/** Two digits need an apostrophe here: "23 July, 28 August" are two days. */
const YEAR = `(?:,? (?<year>${CENTURIES}|'\\d\\d))?`
const NAMED = `^(?:the )?(?:(?<weekday>${WEEKDAY}),? (?:the )?)?`

const DATES = [
  `${COUNTED}(?: of)? (?<month>${MONTH})${YEAR}`,
  `(?<month>${MONTH}) (?:the )?${COUNTED}${YEAR}`,
  `(?<year>${CENTURIES})-(?<number>\\d\\d)-(?<day>\\d\\d)`,
  `(?<day>\\d{1,2})(?<mark>[/.-])(?<number>\\d{1,2})\\k<mark>(?<year>${CENTURIES}|\\d\\d)`,
].map((form) => new RegExp(`${NAMED}${form}$`))
const DAY_OF_MONTH = new RegExp(`${NAMED}(?<day>\\d{1,2})(?<ending>st|nd|rd|th)(?:(?: of)? (?<which>this|next) month)?$`)
const NEAR = new RegExp(`^(?:(?<which>this|next) )?(?<weekday>${WEEKDAY})$`)
const OF_WEEK = new RegExp(`^(?<weekday>${WEEKDAY})(?: of)? (?<which>this|next) week$`)
const SPAN = `(?:an? (?<one>week|fortnight)|(?<many>\\d{1,2}|${NUMBERS.join('|')}) weeks?)`
const WEEKS_ON = new RegExp(`^${SPAN} (?:on |from )?(?<base>.+)$`)
const WEEK_AFTER = /^(?<base>.+) (?<one>week|fortnight)$/
const IN_WEEKS = new RegExp(`^in ${SPAN}(?:'s?)?(?: time)?$`)

/** What the first of the forms that fits finds, by name. */
function firstOf(forms: readonly RegExp[], said: string): Partial<Record<string, string>> | null {
  for (const form of forms) {
    const groups = form.exec(said)?.groups
    if (groups) return groups
  }
  return null
}

const plain = (phrase: string): string => folded(phrase).replace(/’/g, "'").replace(/\s+/g, ' ').trim()

const before = (one: Temporal.PlainDate, other: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(one, other) < 0

const isFitting = (day: number, ending: string): boolean =>
  ending === ((day % 100 > 10 && day % 100 < 14) || day % 10 > 3 ? 'th' : ['th', 'st', 'nd', 'rd'][day % 10])

function dayOn(year: number, month: number, day: number): Temporal.PlainDate | null {
  const longest = Temporal.PlainYearMonth.from({ year, month }).daysInMonth
  return day >= 1 && day <= longest ? Temporal.PlainDate.from({ year, month, day }) : null
}

const noSuchDay = (words: string): SaidDay => ({ wrong: `There is no ${words}. Say the right day.` })

const monthInWords = (month: number): string =>
  dayInWords(Temporal.PlainDate.from({ year: 2000, month, day: 1 })).split(' ')[2] ?? ''

/** The day, if it is the weekday that was said with it. */
function onWeekday(day: Temporal.PlainDate, weekday: string | undefined): SaidDay {
  const [is = '', ...date] = dayInWords(day).split(' ')
  const said = weekday === undefined ? day.dayOfWeek : weekdayOf(weekday)
  if (said === day.dayOfWeek) return { days: [day] }
  const [meant] = dayInWords(day.add({ days: said - day.dayOfWeek })).split(' ')
  return { wrong: `${date.join(' ')} is a ${is}, not a ${meant}. Say the right day.` }
}

const weekdayOf = (said: string): number => WEEKDAYS.indexOf(said.slice(0, 3)) + 1

/** "23 July 2026", "July 23rd", "23/7/26"; without a year the next such day, today included. */
function readDate(said: string, today: Temporal.PlainDate): SaidDay | null {
  const found = firstOf(DATES, said)
  if (!found) return null
  const day = Number(found.day)
  if (found.ending !== undefined && !isFitting(day, found.ending)) return null
  const month = found.month === undefined ? Number(found.number) : MONTHS.indexOf(found.month.slice(0, 3)) + 1
  if (month < 1 || month > 12) return noSuchDay(`month ${month}: the day comes first, then the month, then the year`)
  const year = found.year === undefined ? null : Number(found.year.replace("'", '').padStart(4, '20'))
  // Eight years lie between 29 February 2096 and the next.
  const years = year === null ? Array.from({ length: 9 }, (_, ahead) => today.year + ahead) : [year]
  const days = years.flatMap((one) => dayOn(one, month, day) ?? [])
  const meant = year === null ? days.find((one) => !before(one, today)) : days[0]
  return meant ? onWeekday(meant, found.weekday) : noSuchDay(`${day} ${monthInWords(month)}${year === null ? '' : ` ${year}`}`)
}

/** "the 23rd": the next one, today included; "the 23rd of next month". */
function readDayOfMonth(said: string, today: Temporal.PlainDate): SaidDay | null {
  const found = firstOf([DAY_OF_MONTH], said)
  const day = Number(found?.day)
  if (!found || !isFitting(day, found.ending ?? '')) return null
  if (day < 1 || day > 31) return noSuchDay(`${day}${found.ending} of a month`)
  const month = today.with({ day: 1 }).add({ months: found.which === 'next' ? 1 : 0 })
  if (found.which !== undefined) {
    const meant = dayOn(month.year, month.month, day)
    return meant ? onWeekday(meant, found.weekday) : noSuchDay(`${day} ${monthInWords(month.month)} ${month.year}`)
  }
  // Of three months in a row at least one has a 31st.
  const months = [month, month.add({ months: 1 }), month.add({ months: 2 })]
  const next = months.flatMap((one) => dayOn(one.year, one.month, day) ?? []).find((one) => !before(one, today))
  return next ? onWeekday(next, found.weekday) : null
}

/** "today", "tomorrow", and weekdays by name. */
function nearDays(said: string, today: Temporal.PlainDate): readonly Temporal.PlainDate[] | null {
  if (said === 'today') return [today]
  if (said === 'tomorrow') return [today.add({ days: 1 })]
  if (said === 'the day after tomorrow') return [today.add({ days: 2 })]
  const ofWeek = firstOf([OF_WEEK], said)
  const found = ofWeek ?? firstOf([NEAR], said)
  if (!found) return null
  const weekday = weekdayOf(found.weekday ?? '')
  const inWeek = today.add({ days: weekday - today.dayOfWeek + (found.which === 'next' ? 7 : 0) })
  if (ofWeek) return [inWeek]
  const coming = today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 })
  if (found.which === 'this' && weekday === today.dayOfWeek) return [today, coming]
  return found.which === 'next' && before(coming, inWeek) ? [coming, inWeek] : [coming]
}

/** "a week on Wednesday", "Wednesday fortnight", "in two weeks", or a near day itself. */
function readNear(said: string, today: Temporal.PlainDate): SaidDay | null {
  const near = nearDays(said, today)
  if (near) return { days: near }
  const found = firstOf([IN_WEEKS, WEEKS_ON, WEEK_AFTER], said)
  const base = found && nearDays(found.base ?? 'today', today)
  if (!base) return null
  const { one, many = '' } = found
  const weeks = one === 'week' ? 1 : one === 'fortnight' ? 2 : NUMBERS.indexOf(many) + 1 || Number(many)
  return { days: base.map((day) => day.add({ weeks })) }
}

/**
 * The day that a phrase means, as the British write it: the day before the month. The whole phrase is read, or none of it.
 * Without a year it is the next such day, today included. "Wednesday" is the coming one, never today; "this Wednesday"
 * said on a Wednesday, and "next Wednesday" said before Wednesday, have two readings, and both are given.
 * @param today where the board is
 * @returns null where the phrase is no day
 */
export function saidDay(phrase: string, today: Temporal.PlainDate): SaidDay | null {
  const said = plain(phrase).replace(/^on /, '')
  return readDate(said, today) ?? readDayOfMonth(said, today) ?? readNear(said, today)
}

const SPELT = NUMBERS.join('|')
const HALF = '(?: ?(?<half>[ap])\\.?m\\.?| in the (?<part>morning|afternoon|evening))?'
const PAST = ['five', 'ten', 'quarter', 'twenty', 'twenty-five', 'half']
const PAST_MINUTES = [5, 10, 15, 20, 25, 30]
const AFTER_HOUR: Readonly<Record<string, number>> = { fifteen: 15, thirty: 30, 'forty-five': 45, 'forty five': 45 }

const HOURS = [
  `^(?<hour>\\d{1,2})(?:[:.](?<minute>[0-5]\\d))?${HALF}$`,
  `^(?<hour>\\d{1,2}|${SPELT})(?: o'clock)?${HALF}$`,
  `^(?<hour>${SPELT}) (?<words>fifteen|thirty|forty[- ]five)${HALF}$`,
  `^(?:a )?(?<past>${PAST.join('|')}) (?<way>past|to) (?<hour>[1-9]|1[0-2]|${SPELT})${HALF}$`,
  `^(?<past>half) (?<hour>${SPELT})${HALF}$`,
  '^(?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d) ?(?:hrs|hours)$',
  '^(?:(?:12|twelve) )?(?<noon>noon|midday)$',
].map((form) => new RegExp(form))

/** Of the day, 0 to 23, or null where the clock has none such. */
function hourOfDay(said: string, half: 'a' | 'p' | null): number | null {
  const hour = NUMBERS.indexOf(said) + 1 || Number(said)
  if (half !== null) return hour >= 1 && hour <= 12 ? (hour % 12) + (half === 'p' ? 12 : 0) : null
  if (hour > 23) return null
  return hour >= 1 && hour <= 7 && !said.startsWith('0') ? hour + 12 : hour
}

/**
 * The hour that a phrase means: "10.30 am", "14:00", "half past two", "noon". The whole phrase is read, or none of it.
 * Boards meet by day: an hour of 1 to 7 that says neither am nor pm is one of the afternoon, and 8 to 12 are as they are;
 * "07:30", with its nought, is the 24-hour clock's.
 */
export function saidTime(phrase: string): Temporal.PlainTime | null {
  const found = firstOf(HOURS, plain(phrase).replace(/^at /, ''))
  if (!found) return null
  if (found.noon !== undefined) return Temporal.PlainTime.from({ hour: 12 })
  const { hour: said = '', minute, words = '', past = '', way, half, part } = found
  if (minute === undefined && /^0+$/.test(said)) return null
  if (part !== undefined && /^(?:12|twelve)$/.test(said)) return null
  const hour = hourOfDay(said, half === 'a' || part === 'morning' ? 'a' : half === 'p' || part !== undefined ? 'p' : null)
  if (hour === null) return null
  const minutes = minute === undefined ? (AFTER_HOUR[words] ?? PAST_MINUTES[PAST.indexOf(past)] ?? 0) : Number(minute)
  const ofDay = hour * 60 + (way === 'to' ? -minutes : minutes)
  return ofDay < 0 || (way === 'to' && past === 'half')
    ? null
    : Temporal.PlainTime.from({ hour: Math.floor(ofDay / 60), minute: ofDay % 60 })
}

/** Words in the longest phrase that is a day or an hour: "on Wednesday, the 23rd of next month". */
const LONGEST = 9
const PREPOSITION = /^(?:on|for|of|from|by|at) /i
const CLOSING = /[.,;:!?)\]"']+$/
/** What goes on after a number that stands alone: "the 3rd at 10" is a day, "the 3rd item" is none. */
const GOES_ON = new RegExp(
  `^(?:$|\\s*[^\\s\\w]|\\s(?:on|at|in|for|from|to|till|until|and|or|but|not|instead|please|by|via|with|online|today|tomorrow|this|next|is|was|will|can|i|we|as|because|so|thanks|${WEEKDAY})\\b)`,
  'i',
)

/** A phrase, the preposition taken along with it, and the sentence before and after both. */
interface Heard {
  readonly phrase: string
  readonly preposition: string
  readonly before: string
  readonly after: string
}

/** The longest phrases that can be read, left to right; each takes the preposition before it along. */
function placesIn<Said>(sentence: string, read: (heard: Heard) => Said | null): readonly (Place & { readonly said: Said })[] {
  const words = [...sentence.matchAll(/[^\s("'[]\S*/g)].map(({ 0: word, index }) => ({ from: index, to: index + word.length }))
  const longestFrom = (from: number, ends: readonly number[]) => {
    for (const text of ends.flatMap((end) => [sentence.slice(from, end), sentence.slice(from, end).replace(CLOSING, '')])) {
      const [preposition = ''] = PREPOSITION.exec(text) ?? []
      const to = from + text.length
      const phrase = text.slice(preposition.length).replace(/'s$/, '')
      const said = read({ phrase, preposition, before: sentence.slice(0, from), after: sentence.slice(to) })
      if (said !== null) return { from, to, said }
    }
    return null
  }
  const found: (Place & { said: Said })[] = []
  for (const [first, { from }] of words.entries()) {
    if (from < (found.at(-1)?.to ?? 0)) continue
    const ends = words.slice(first, first + LONGEST).map(({ to }) => to)
    const place = longestFrom(from, ends.reverse())
    if (place) found.push(place)
  }
  return found
}

/** "the 3rd", "5 may", "sat", "Wednesday": days by themselves, and parts of something else in the midst of a sentence. */
const NUMBERED = /^(?:the )?\d{1,2}[a-z]{2}$/i
const MAY_OR_MARCH = /^(?:the )?\d{1,2}(?:[a-z]{2})?(?: of)? (?:may|march)$|^(?:may|march) (?:the )?\d{1,2}(?:[a-z]{2})?$/
const SHORT = /^(?:sat|sun|wed)$/
const ONE_OF_MANY = /\b(?:last|previous|past|every|each|any|other|first|second|third|fourth|fifth|\d(?:st|nd|rd|th))\s$/i

function isDayHere({ phrase, preposition, before, after }: Heard): boolean {
  if (ONE_OF_MANY.test(before)) return false
  if (SHORT.test(phrase)) return preposition !== ''
  if (NUMBERED.test(phrase)) return (preposition !== '' || /^the /i.test(phrase)) && GOES_ON.test(after)
  return !MAY_OR_MARCH.test(phrase) || GOES_ON.test(after)
}

/**
 * The days that a sentence names, left to right, none overlapping; of phrases that begin at one word the longest.
 * Places take a preposition (on, for, of, from, by, at), an article and a genitive along.
 * @param sentence without people's names, which may be those of months
 * @param today where the board is
 */
export const daysIn = (sentence: string, today: Temporal.PlainDate): readonly (Place & { readonly said: SaidDay })[] =>
  placesIn(sentence, (heard) => (isDayHere(heard) ? saidDay(heard.phrase, today) : null))

const PLAINLY_HOUR = /\d:\d\d|\d ?[ap]\.?m\b|[a-z] [ap]\.?m\b|o'clock|noon|midday| past |quarter| in the |h(?:ou)?rs$/

/**
 * The hours that a sentence names, left to right. A bare number is an hour only after "at", and where nothing is counted:
 * "at 10 on Friday", not "at 10 Downing Street".
 * @param sentence without its days: "at 10 July 23rd" has none
 */
export const hoursIn = (sentence: string): readonly (Place & { readonly said: Temporal.PlainTime })[] =>
  placesIn(sentence, ({ phrase, preposition, after }) => {
    const plainly = PLAINLY_HOUR.test(plain(phrase)) || (/^at /i.test(preposition) && GOES_ON.test(after))
    return plainly ? saidTime(phrase) : null
  })

/** What is left of a sentence when these places are cut out. */
export const without = (sentence: string, places: readonly Place[]): string =>
  [...places]
    .sort((one, other) => other.from - one.from)
    .reduce((left, { from, to }) => `${left.slice(0, from)} ${left.slice(to)}`, sentence)
    .replace(/\s+(?=[\s.,;:!?)]|$)/g, '')
    .trim()
