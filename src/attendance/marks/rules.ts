import { Temporal } from 'temporal-polyfill'
import type { Named } from '../../boards/rules.js'
import { Refusal } from '../../kernel/refusal.js'
import { dayOf, hourInWords } from '../../kernel/time.js'
import type { Mode, Spell } from '../rules.js'

/** Where somebody is marked, as the form for the whole table has it. */
export type Where = Mode | 'away'

/** Where somebody was marked, as these spells say; a connection that dropped is away until it is back. */
export const whereIs = (spells: readonly Spell[], person: string): Where =>
  spells.find((spell) => spell.person.id === person && spell.until === null)?.mode ?? 'away'

/** What a form for the whole table changes. */
export interface Change {
  readonly person: Named
  readonly to: Where
}

/**
 * What somebody who filled in the table wants changed: only what they changed of what they were shown. Where another has
 * marked the same person meanwhile, that stands, and they are told.
 * @param shown the spells when the form was opened
 * @param now as they stand by now
 * @param wanted where each person is, by id; who is left out is not changed
 */
export function changesIn(
  people: readonly Named[],
  shown: readonly Spell[],
  now: readonly Spell[],
  wanted: Readonly<Record<string, Where | undefined>>,
): { readonly changes: readonly Change[]; readonly meanwhile: readonly Named[] } {
  const touched = people.flatMap((person) => {
    const to = wanted[person.id]
    return to === undefined || to === whereIs(shown, person.id) ? [] : [{ person, to }]
  })
  const settled = ({ person, to }: Change) => whereIs(now, person.id) === to
  const crossed = ({ person }: Change) => whereIs(now, person.id) !== whereIs(shown, person.id)
  return {
    changes: touched.filter((one) => !settled(one) && !crossed(one)),
    meanwhile: touched.filter((one) => !settled(one) && crossed(one)).map(({ person }) => person),
  }
}

/**
 * The instant of an hour of the clock on the day of a meeting that was opened.
 * @param hour `HH:MM`
 * @throws Refusal at the field
 */
export function hourOn(day: Temporal.PlainDate, hour: string, zone: string, field: string): Temporal.Instant {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(hour) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23) {
    const sentence = `${hour} is no hour of the clock. Write it as in 10:12.`
    throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
  }
  const plainTime = Temporal.PlainTime.from({ hour: Number(hours), minute: Number(minutes) })
  return day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant()
}

/** From the opening until now, or until the close. */
export interface Limits {
  readonly opened: Temporal.Instant
  readonly latest: Temporal.Instant
  readonly zone: string
}

/**
 * The last time that the clock showed an hour while a meeting sat, which may be over midnight or on several days.
 * @param hour `HH:MM`
 * @throws Refusal at the field for one at which it did not sit
 */
export function sittingHour(hour: string, limits: Limits, field: string): Temporal.Instant {
  const { opened, latest, zone } = limits
  const [first, last] = [dayOf(opened, zone), dayOf(latest, zone)]
  const day = last.subtract({ days: 1 })
  const before =
    Temporal.PlainDate.compare(day, first) >= 0 && hourOn(last, hour, zone, field).epochMilliseconds > latest.epochMilliseconds
  return within(hourOn(before ? day : last, hour, zone, field), limits, field)
}

/** @throws Refusal at the field for an hour before the opening or after now */
export function within(at: Temporal.Instant, { opened, latest, zone }: Limits, field: string): Temporal.Instant {
  const refuse = (sentence: string): never => {
    throw new Refusal('invalid', sentence, undefined, { [field]: sentence })
  }
  // A minute that was begun when the clerk opened it is one of the meeting.
  if (at.epochMilliseconds < opened.epochMilliseconds && hourInWords(at, zone) === hourInWords(opened, zone)) return opened
  if (at.epochMilliseconds < opened.epochMilliseconds)
    return refuse(`The meeting was opened at ${hourInWords(opened, zone)}: say no hour before that.`)
  if (at.epochMilliseconds > latest.epochMilliseconds)
    return refuse(`That is later than it can be: say no hour after ${hourInWords(latest, zone)}.`)
  return at
}
