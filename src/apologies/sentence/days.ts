import type { Temporal } from 'temporal-polyfill'
import { daysIn, hoursIn, saidTime } from '../../kernel/said-time.js'

/** Which meetings a sentence is about. */
export type When =
  | { readonly days: readonly Temporal.PlainDate[] }
  | { readonly month: number; readonly year: number | null; readonly said: string }
  /** "the 24th": of whichever month there is a meeting on it */
  | { readonly ofMonth: number; readonly weekday: number | null }
  /** 1 is the next meeting */
  | { readonly next: number }
  | { readonly wrong: string }

/** By how much, or at what hour. */
export type Amount = { readonly minutes: number } | { readonly at: Temporal.PlainTime }

export interface Dated {
  /** `{d0}` stands for the first of `whens`, `{h0}` of `hours`, `{a0}` of `minutes`; `{r}` for a span of days, `{t}` for the meeting */
  readonly text: string
  readonly whens: readonly When[]
  readonly hours: readonly Temporal.PlainTime[]
  readonly minutes: readonly number[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const FULL = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const SESSION = '(?:meeting|one|session|board|board meeting)'
const TO = '(?:(?:for|in|at|on|of|to|from|during) )?'

const SPAN = new RegExp(
  `(?:\\b(?:from|between) )?\\b\\d{1,2}(?:st|nd|rd|th)? ?(?:-|–|to|until|and) ?\\d{1,2}(?:st|nd|rd|th)?(?![/.\\d-])(?: (?:of )?${MONTH}\\b)?`,
  'gi',
)
const SLASHED = /(?<![/\d])\b(\d{1,2})\/(\d{1,2})(?![/\d])/g
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const WEEKDAY = '(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?'
const ORDINAL = new RegExp(
  `(?<!${MONTH}\\.? (?:the )?)\\b(?:(?:for|on|of|from|by|at) )?(?:the )?(?:(?<weekday>${WEEKDAY}),? (?:the )?)?(?<day>\\d{1,2})(?:st|nd|rd|th)\\b(?:'s)?(?! (?:of )?(?:${MONTH}|this month|next month)\\b)`,
  'gi',
)
const SHORT_YEAR = new RegExp(
  `\\b(\\d{1,2}(?:st|nd|rd|th)? ${MONTH}) (2\\d)(?!\\d|[:.]\\d| ?(?:am|pm|st|nd|rd|th|${MONTH}))\\b`,
  'gi',
)
const IN_MONTH = new RegExp(
  `\\b${TO}(?:the |our )?(?<month>${MONTH})\\.?(?:'s|s(?= meeting))?(?: (?<year>20\\d\\d))?(?<one> ${SESSION})?\\b`,
  'gi',
)
const MONTH_NEAR = /\b(?:(?:for|in|at|of) )?(?<which>this|next) month(?:'?s)?(?: (?:meeting|one|session))?\b/gi
const AFTER_NEXT = /\b(?:(?:for|to|at|of) )?(?:the |our )?(?:meeting|one) after next\b/gi
const NEXT_TWO = /\b(?:(?:for|to|at|of) )?(?:the |our )?next two meetings\b/gi
const NEXT =
  /\b(?:(?:for|to|at|of) )?(?:the |our )?(?:next|coming|forthcoming|upcoming) (?:board |partnership )?(?:meeting|one|session)\b(?!s| of (?!\{))/gi
/** "Can't make this one": said of nothing but what one comes to. */
const THIS_ONE = /(?<=\b(?:make|miss|attend|join|skip|missing|attending|joining|skipping|come to|get to|be at) )this one\b/gi
const MEETING =
  /\b(?:(?:for|to|at|of|from|in) )?(?:(?:the|our|this|that) (?:board |partnership |full )?|board )meeting\b(?:'s)?/gi

const NUMBERS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty']
const TEN = '(?:twenty|thirty|forty|fifty)'
const COUNT = `(?:\\d{1,3}|${TEN}(?:[- ](?:${NUMBERS.slice(0, 9).join('|')}))?|${[...NUMBERS].reverse().join('|')})`
const AMOUNT = new RegExp(
  `\\b(?:(?<three>three[- ]quarters of an hour)|(?<half>half an hour|half hour|half-hour)|(?<quarter>(?:a )?quarter of an hour)|(?<hour>an hour(?<more> and a half)?)|(?<count>${COUNT}) ?(?<unit>minutes?|mins?|hours?|hrs?)|(?<late>\\d{1,2})(?= late))\\b`,
  'gi',
)

function counted(said: string): number {
  const words = said.toLowerCase()
  const one = NUMBERS.indexOf(words) + 1
  if (one > 0) return one
  const [ten = '', unit = ''] = words.split(/[- ]/)
  const tens = TENS.indexOf(ten)
  return tens > 1 ? tens * 10 + (NUMBERS.indexOf(unit) + 1) : Number(words)
}

function minutesOf(groups: Readonly<Record<string, string | undefined>>): number {
  if (groups.three) return 45
  if (groups.half) return 30
  // "I'll be 15 late"
  if (groups.late) return Number(groups.late)
  if (groups.quarter) return 15
  if (groups.hour) return groups.more ? 90 : 60
  return counted(groups.count ?? '') * (/^h/i.test(groups.unit ?? '') ? 60 : 1)
}

/**
 * Takes out of a sentence everything that says when. Names have been taken out before.
 * @param today where the board is
 */
export function takeDays(sentence: string, today: Temporal.PlainDate): Dated {
  const [whens, hours, minutes]: [When[], Temporal.PlainTime[], number[]] = [[], [], []]
  const when = (one: When): string => ` {d${whens.push(one) - 1}}`
  const amounts = sentence.replace(AMOUNT, (...args) => `{a${minutes.push(minutesOf(args.at(-1))) - 1}}`)
  const near = amounts
    .replace(NEXT_TWO, () => `${when({ next: 1 })}${when({ next: 2 })}`)
    .replace(AFTER_NEXT, () => when({ next: 2 }))
    .replace(MONTH_NEAR, (...args) => {
      const month = today.with({ day: 1 }).add({ months: /next/i.test(args.at(-1).which) ? 1 : 0 })
      return when({ month: month.month, year: month.year, said: `${FULL[month.month - 1]}` })
    })
    .replace(NEXT, () => when({ next: 1 }))
    .replace(SHORT_YEAR, '$1 20$2')
    .replace(SLASHED, (said, day, month) => (FULL[Number(month) - 1] ? `${day} ${FULL[Number(month) - 1]}` : said))
  const ranged = near.replace(SPAN, (said) => (/\d{1,2} and \d/.test(said) || /\b(?:19|20)\d\d/.test(said) ? said : ' {r}'))
  const numbered = ranged.replace(ORDINAL, (...args) => {
    const { day, weekday } = args.at(-1)
    const on = weekday === undefined ? null : WEEKDAYS.indexOf(weekday.slice(0, 3).toLowerCase()) + 1
    return Number(day) > 31 ? args[0] : when({ ofMonth: Number(day), weekday: on })
  })
  let dated = numbered
  for (const { from, to, said } of [...daysIn(numbered, today)].reverse())
    dated = `${dated.slice(0, from)}${when(said)}${dated.slice(to)}`
  const monthly = dated.replace(IN_MONTH, (said, ...args) => {
    const { month, year, one } = args.at(-1)
    const plainly = /^(?:for|in|at|on|of|to|from|during) |^the /i.test(said) || one !== undefined
    if (/^(?:may|mar)$/i.test(month) && !plainly) return said
    const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
    return when({
      month: number,
      year: year === undefined ? null : Number(year),
      said: `${FULL[number - 1]}${year ? ` ${year}` : ''}`,
    })
  })
  const met = monthly
    .replace(/(\{d\d+\})(?:'s)? (?:(?:board )?meeting|one|session)\b/gi, '$1')
    .replace(MEETING, ' {t}')
    .replace(THIS_ONE, '{t}')
    .replace(
      /\b(until|till|til|by|before) (?=\d|noon|midday|half|(?:a )?quarter|ten|eleven|twelve|one|two|three|four|five|nine)/gi,
      'until at ',
    )
  let timed = met
  for (const { from, to, said } of [...hoursIn(met)].reverse())
    timed = `${timed.slice(0, from)} {h${hours.push(said) - 1}}${timed.slice(to)}`
  const left = timed.replace(/\bat (?<hour>[\w.:' -]{1,20}?)(?=$|[,.;!?]| \{|\s(?:on|for|to|so)\b)/gi, (said, hour) => {
    const time = saidTime(hour)
    return time ? ` {h${hours.push(time) - 1}}` : said
  })
  return {
    text: left
      .replace(/\s+/g, ' ')
      .replace(/ (?=[,.;:!?])/g, '')
      .trim(),
    whens,
    hours,
    minutes,
  }
}
