/** Days and times as they stand beside messages and in dates of Slack’s, in the reader’s zone. */

const part = (ms: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(ms)

const LONG = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const MIDDLE = { day: 'numeric', month: 'long', year: 'numeric' } as const
const SHORT = { day: 'numeric', month: 'short', year: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit' } as const
const NUMBERS = { day: '2-digit', month: '2-digit', year: 'numeric' } as const

const TOKENS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: NUMBERS,
  date_slash: NUMBERS,
  date: MIDDLE,
  date_pretty: MIDDLE,
  date_short: SHORT,
  date_short_pretty: SHORT,
  date_long: LONG,
  date_long_pretty: LONG,
  date_long_full: LONG,
  time: TIME,
  time_secs: { ...TIME, second: '2-digit' },
}

/** A date by a format of Slack’s, as in `{date_long} at {time}`. */
export const dated = (seconds: number, format: string, tz: string): string =>
  format.replaceAll(/\{(\w+)\}/g, (all, token: string) => {
    const options = TOKENS[token]
    return options ? part(seconds * 1_000, tz, options) : all
  })

const msOf = (ts: string): number => Number(ts) * 1_000

export const dayOf = (ts: string, tz: string): string => part(msOf(ts), tz, LONG)
export const timeOf = (ts: string, tz: string): string => part(msOf(ts), tz, TIME)
