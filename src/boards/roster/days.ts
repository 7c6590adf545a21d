import { Temporal } from 'temporal-polyfill'
import { shown } from './spelling.js'

/** A cell as it was meant, or what is wrong with it, then what to do. */
export type Read<T> = { readonly value: T } | { readonly wrong: string }

const MONTHS = [
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

const SUCH_AS = 'write it as 22/11/2026, 2026-11-22 or 22 November 2026'

/** A day as clerks and spreadsheets write it, the day before the month; `YYYY-MM-DD`. */
export function dayFrom(written: string): Read<string> {
  if (/^\d{5}$/.test(written)) {
    return { wrong: `got ${shown(written)}, which is how Excel counts days: format the column as Date, or ${SUCH_AS}` }
  }
  const parts = partsOf(written)
  if (!parts) return { wrong: `expected a day, got ${shown(written)}: ${SUCH_AS}` }
  const { day, month, year } = parts
  if (year.length !== 4) return { wrong: `got ${shown(written)}, whose year has two figures: write all four, as in 22/11/2026` }
  if (month > 12 && day <= 12) {
    return {
      wrong: `got ${shown(written)}, and there is no month ${month}: days are written day/month/year, so is it ${month}/${day}/${year}?`,
    }
  }
  if (Number(year) < 1900 || Number(year) > 2199)
    return { wrong: `got ${shown(written)}: the year is not one of ours; ${SUCH_AS}` }
  try {
    return { value: Temporal.PlainDate.from({ year: Number(year), month, day }, { overflow: 'reject' }).toString() }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { wrong: `there is no ${day} ${MONTHS[month - 1] ?? `of month ${month}`} ${year}: ${SUCH_AS}` }
  }
}

interface Parts {
  readonly day: number
  readonly month: number
  /** as written, since two figures are not four */
  readonly year: string
}

function partsOf(written: string): Parts | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written)
  if (iso) return { year: iso[1] ?? '', month: Number(iso[2]), day: Number(iso[3]) }
  const figures = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(written)
  if (figures) return { day: Number(figures[1]), month: Number(figures[3]), year: figures[4] ?? '' }
  const words = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ -](\d{4}|\d{2})$/i.exec(written)
  const month = MONTHS.findIndex((name) => name.toLowerCase().startsWith((words?.[2] ?? '').toLowerCase()))
  return words && month >= 0 ? { day: Number(words[1]), month: month + 1, year: words[3] ?? '' } : null
}

/** "22 November 2026". */
export function inDays(day: string): string {
  const { day: of, month, year } = Temporal.PlainDate.from(day)
  return `${of} ${MONTHS[month - 1]} ${year}`
}

export const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
