import type { Temporal } from 'temporal-polyfill'
import { boardsMeant } from '../boards/part/store.js'
import type { Ruled } from '../boards/store.js'
import type { Asking, Reading, Words } from '../kernel/command.js'
import { Refusal } from '../kernel/refusal.js'
import { daysIn, hoursIn, without } from '../kernel/said-time.js'
import { folded, isOrder, saysAllTheSame, withoutAllTheSame } from '../kernel/sentence.js'
import { dayInWords, dayOf, hourInWords } from '../kernel/time.js'
import { MOST_DATES } from './calling.js'
import { proposeDates } from './proposing.js'
import { meetingDay } from './rules.js'
import { meetingsMeant, peopleNamed, wishFor } from './store.js'

const BEFORE =
  /^(?:(?:hi|hello|please|ok|okay|quorate|can you|could you|i want to|i would like to|i'd like to|let's|let us|we)\b[\s,.!:-]*)*/i
const AFTER = /[\s,.!?-]*(?:\b(?:many thanks|thanks|thank you|please|cheers)\b[\s,.!-]*)*$/i

/** Every sentence of this feature begins so; others cost no reading. */
const BEGINS =
  /^(?:call|schedule|arrange|convene|hold|move|postpone|bring|reschedule|put off|cancel|when|what|show|list|the|our|all|coming|next|meetings|dates|propose|suggest|find|agree|record)\b.*(?:meet|cycle|dates)|^(?:meetings|dates)/i

const CALL =
  /^(?:call|schedule|arrange|convene|hold|calling) (?:an? |the )?(?:(?:new|next) )?(?<kind>extraordinary |ordinary )?meeting\b(?<rest>.*)$/i
const MOVE = /^(?:move|postpone|bring forward|reschedule|put off) (?:the |our )?(?<which>.*?)\s*\b(?:to|until)\b\s+(?<rest>.+)$/i
/** A comma that no date has: not of "Wednesday, 16 December, 2026". */
const COMMA = ',(?!\\s*\\d{4}\\b)(?!(?<=\\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,)\\s*(?:the )?\\d)'
const CANCEL = new RegExp(
  `^(?:cancel|call off) (?:the |our )?(?<which>.*?)(?:\\s*(?<mark>,?\\s*\\bbecause\\b(?: of\\b)?|,?\\s*\\b(?:as|since)\\b(?! soon)|:(?!\\d\\d)|${COMMA})\\s*(?<why>.+))?$`,
  'i',
)
const COMING =
  /^(?:(?:when|what)(?: is| are|'s) (?:the |our )?(?:next|coming) meetings?|when do we (?:next )?meet(?: next)?|(?:show |list )?(?:the |our |all )?(?:(?:coming |next )?meetings|(?:coming|next) meeting)|(?:the )?dates of (?:the )?(?:future |coming |next )?meetings)$/
const PROPOSE =
  /^(?:propose|suggest|find)(?: me)? (?:(?<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) )?(?:dates(?: for (?:the )?meetings)?|meetings?|meeting dates|the (?:cycle|dates)|a cycle|dates)(?: of meetings)?(?: (?:for|in|of) )(?:the year )?(?<year>\d{4})$/
const AGREE = /^(?:agree|record) (?:the )?cycle (?:of|for) (?<year>\d{4})(?<dates>.*?)\s*:(?!\d\d)\s*(?<how>.+)$/i
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** Reads the calling, moving and cancelling of meetings, and questions about them. */
export const words: Words = async (asking, sentence): Promise<readonly Reading[]> => {
  const manner: Manner = {
    allTheSame: saysAllTheSame(sentence),
    certain: isOrder(sentence),
  }
  const said = withoutAllTheSame(sentence).replace(BEFORE, '').replace(AFTER, '')
  if (!BEGINS.test(said)) return []
  const { boards, rest } = await boardsMeant(asking, said, OWN_WORDS)
  const ruled = boards.filter(({ inForce }) => inForce !== null)
  const about = (command: string, label: string, values: object = {}) =>
    ruled.map(({ board }) => reading(command, board.id, `${label}: ${board.shortName}`, values))
  const plain = folded(rest)
  if (COMING.test(plain)) return about('meetings.coming', 'Meetings')
  const proposed = PROPOSE.exec(plain)?.groups
  if (proposed) {
    const { count, year = '' } = proposed
    const many = count === undefined ? undefined : NUMBERS.indexOf(count) + 1 || Number(count)
    return about('meetings.propose', `Dates for ${year}`, { year, ...(many === undefined ? {} : { count: String(many) }) })
  }
  const call = CALL.exec(rest)?.groups
  if (call) return (await Promise.all(ruled.map((one) => calling(asking, one, call, manner)))).flat()
  const move = MOVE.exec(rest)?.groups
  if (move) return (await Promise.all(ruled.map((one) => moving(asking, one, move, manner)))).flat()
  const cancel = CANCEL.exec(rest)?.groups
  if (cancel) return (await Promise.all(ruled.map((one) => cancelling(asking, one, cancel, manner)))).flat()
  const agree = AGREE.exec(rest)?.groups
  return agree ? (await Promise.all(ruled.map((one) => agreeing(asking, one, agree, manner)))).flat() : []
}

const reading = (command: string, subject: string, label: string, values: object = {}, certain = true): Reading => ({
  command,
  input: { subject, ...values },
  label,
  certain,
})

/** A need, a reason or a resolution, in which the name of a board is no more than a word. */
const OWN_WORDS = /(?::(?!\d\d)|\bbecause\b).*$/gi

type Groups = Readonly<Record<string, string | undefined>>

/** How a sentence was said. */
interface Manner {
  readonly allTheSame: boolean
  readonly certain: boolean
}

/** A colon begins what follows, but not the minutes of an hour, nor the rest of a web address. */
const COLON = '[:;](?!\\d\\d|//)'
const NEED = new RegExp(
  `\\s*(?:${COLON}|,?\\s*\\bbecause(?: of)?\\b|,?\\s*\\bto (?=(?:discuss|consider|decide|deal|agree)\\b))\\s*(?<need>.+)$`,
  'i',
)
const WHY = new RegExp(`\\s*(?:${COLON}|,?\\s*\\bbecause(?: of)?\\b)\\s*(?<why>.+)$`, 'i')
const CALLER =
  /,?\s*\b(?:called by|at the request of|on the call of)\s+(?<name>[^,;:]+?)(?=\s*(?:[,;:]|\bbecause\b|\bon\b|\bat\b|$))/i
const VENUE = /^(?:,?\s*(?:online|(?:in|at|in person at|in person in)\s+.+?)(?:\s*,?\s*and online)?)?$/i

/** "call an extraordinary meeting on 20 January at 2 pm online: a surge in …"; what cannot be read opens the form. */
async function calling(
  asking: Asking,
  { board }: Ruled,
  { kind, rest = '' }: Groups,
  { allTheSame, certain }: Manner,
): Promise<readonly Reading[]> {
  const form = (plain: boolean) => [reading('meetings.call_form', board.id, `Call a meeting: ${board.shortName}`, {}, plain)]
  if (rest.trim() === '') return form(true)
  const need = NEED.exec(rest)?.groups?.need?.trim()
  const unreasoned = rest.replace(NEED, '')
  const named = CALLER.exec(unreasoned)?.groups?.name
  const callers = named === undefined ? [] : await peopleNamed(asking.db, board, named, dayOf(asking.now, board.zone).toString())
  if (named !== undefined && callers.length !== 1) return form(false)
  const when = timeIn(unreasoned.replace(CALLER, ' '), dayOf(asking.now, board.zone))
  if (when === null || !VENUE.test(when.rest)) return form(false)
  const extraordinary = kind?.trim().toLowerCase() === 'extraordinary'
  const venue = venueIn(when.rest)
  const values = {
    kind: extraordinary ? 'extraordinary' : 'ordinary',
    time: when.time,
    ...(venue ? { venue } : {}),
    ...(need ? { need } : {}),
    ...(callers[0] ? { caller: callers[0].id } : {}),
    ...(allTheSame ? { allTheSame: 'yes' } : {}),
  }
  const label = (day: Temporal.PlainDate) =>
    `Call ${extraordinary ? 'an extraordinary meeting' : 'a meeting'} on ${dayInWords(day)}: ${board.shortName}`
  return when.days.map((day) => reading('meetings.call', board.id, label(day), { ...values, day: day.toString() }, certain))
}

/** "in Darent Room" is held in Darent Room. */
const venueIn = (said: string): string =>
  said
    .replace(/^[\s,]*(?:(?:in person )?(?:in|at)\s+)?/i, '')
    .replace(/^online$/i, 'Online')
    .trim()

interface SaidTime {
  readonly days: readonly Temporal.PlainDate[]
  /** `HH:MM` */
  readonly time: string
  readonly rest: string
}

/** When a meeting is: its day stands where only the hour is said to change, and its hour where only the day is. */
interface Planned {
  readonly day: Temporal.PlainDate
  /** `HH:MM` */
  readonly time: string
}

/**
 * The one day and the one hour that a phrase says, and what else it says.
 * @throws Refusal `invalid` for a day that there is not
 */
function timeIn(phrase: string, today: Temporal.PlainDate, planned?: Planned): SaidTime | null {
  const [day, anotherDay] = daysIn(phrase, today)
  if (anotherDay) return null
  const said = day?.said ?? { days: planned && [planned.day] }
  if ('wrong' in said) throw new Refusal('invalid', said.wrong)
  const undated = day ? without(phrase, [day]) : phrase
  const [hour, anotherHour] = hoursIn(undated)
  if (anotherHour || (!day && !hour)) return null
  const time = hour?.said.toString({ smallestUnit: 'minute' }) ?? planned?.time
  if (said.days === undefined || time === undefined) return null
  const rest = (hour ? without(undated, [hour]) : undated).replace(/^[\s,]+|[\s,]+$/g, '')
  return { days: said.days, time, rest }
}

async function moving(
  asking: Asking,
  { board }: Ruled,
  { which = '', rest = '' }: Groups,
  { allTheSame, certain }: Manner,
): Promise<readonly Reading[]> {
  const meetings = await meetingsMeant(asking.db, board, which, asking.now)
  const why = WHY.exec(rest)?.groups?.why?.trim()
  return meetings.flatMap((meeting) => {
    const planned = { day: dayOf(meeting.startsAt, board.zone), time: hourInWords(meeting.startsAt, board.zone) }
    const when = timeIn(rest.replace(WHY, ''), dayOf(asking.now, board.zone), planned)
    const label = `Move ${board.shortName}, ${meetingDay(meeting)}`
    if (when === null || !VENUE.test(when.rest)) return [reading('meetings.move_form', meeting.id, label, {}, false)]
    const venue = venueIn(when.rest)
    const values = {
      time: when.time,
      ...(venue ? { venue } : {}),
      ...(why ? { why } : {}),
      ...(allTheSame ? { allTheSame: 'yes' } : {}),
    }
    return when.days.map((day) =>
      reading(
        'meetings.move',
        meeting.id,
        `${label}, to ${dayInWords(day)}, ${when.time}`,
        { ...values, day: day.toString() },
        certain,
      ),
    )
  })
}

/** After a mere comma may come the reason, or another wish: that is asked about, as what is cancelled stays so. */
async function cancelling(
  asking: Asking,
  ruled: Ruled,
  { which = '', mark, why }: Groups,
  { certain }: Manner,
): Promise<readonly Reading[]> {
  const meetings = await meetingsMeant(asking.db, ruled.board, which, asking.now)
  return meetings.map((meeting) => {
    const label = `Cancel ${ruled.board.shortName}, ${meetingDay(meeting)}`
    return why === undefined
      ? reading('meetings.cancel_form', meeting.id, label)
      : reading('meetings.cancel', meeting.id, `${label}: ${why.slice(0, 60)}`, { why }, certain && mark !== ',')
  })
}

/** "agree the cycle of 2027: RESOLVED that …" takes the dates that are proposed; others can be said after the year. */
async function agreeing(
  asking: Asking,
  ruled: Ruled,
  { year = '', dates = '', how = '' }: Groups,
  { allTheSame, certain }: Manner,
): Promise<readonly Reading[]> {
  const { board } = ruled
  const said =
    dates.trim() === '' || /^,?\s*as proposed$/i.test(dates.trim())
      ? await proposed(asking, ruled, Number(year))
      : datesIn(dates, Number(year), dayOf(asking.now, board.zone))
  const label = `Record the agreed cycle of ${year}: ${board.shortName}`
  if (said === null) return [reading('meetings.propose', board.id, `Dates for ${year}: ${board.shortName}`, { year }, false)]
  const days = Object.fromEntries(said.days.map((day, at) => [`day${at + 1}`, day]))
  const values = { year, time: said.time, resolution: how, ...days, ...(allTheSame ? { allTheSame: 'yes' } : {}) }
  return [reading('meetings.agree_cycle', board.id, label, values, certain)]
}

async function proposed(
  { db, now }: Asking,
  ruled: Ruled,
  year: number,
): Promise<{ days: readonly string[]; time: string } | null> {
  const wish = await wishFor(db, ruled, { year, count: null, openly: false }, now)
  const found = wish === null ? [] : proposeDates(wish)
  const [first] = found
  if (!first) return null
  const time = first.startsAt.toPlainTime().toString({ smallestUnit: 'minute' })
  return { days: found.map(({ startsAt }) => startsAt.toPlainDate().toString()), time }
}

/** "on 24 March, 21 July and 24 November at 10 am": days of that year, where they say no other. */
function datesIn(phrase: string, year: number, today: Temporal.PlainDate): { days: readonly string[]; time: string } | null {
  const first = today.with({ month: 1, day: 1 }).with({ year })
  const places = daysIn(phrase, year > today.year ? first : today)
  const rest = without(phrase, places)
  const [hour, another] = hoursIn(rest)
  const left = (hour ? without(rest, [hour]) : rest).replace(/[\s,]|\band\b|\bon\b/g, '')
  const days = places.flatMap(({ said }) => ('days' in said && said.days.length === 1 ? said.days.map(String) : []))
  if (days.length === 0 || days.length > MOST_DATES || days.length !== places.length || another || left !== '') return null
  return { days, time: hour?.said.toString({ smallestUnit: 'minute' }) ?? '10:00' }
}
