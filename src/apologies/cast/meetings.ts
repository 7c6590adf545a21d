import { Refusal } from '../../kernel/refusal.js'
import { dayInWords } from '../../kernel/time.js'
import type { Meaning, When } from '../sentence.js'
import { type CastMeeting, dayOfMeeting, meetingCalled } from './rules.js'

/**
 * The meetings that a sentence means: those of its days, else of each board the one that is going on, or the next.
 * @throws Refusal `not_found` with the coming ones where it names a day on which there is none
 */
export function meetingsMeant(
  meetings: readonly CastMeeting[],
  { whens, merely }: Pick<Meaning, 'whens' | 'merely'>,
): readonly CastMeeting[] {
  if (whens.length === 0) return soonest(meetings)
  const found = whens.flatMap((when) => {
    if ('wrong' in when) throw new Refusal('unclear', `${when.wrong} ${comingInWords(meetings)}`)
    return onThose(meetings, when)
  })
  if (found.length > 0 && whens.every((when) => onThose(meetings, when).length > 0)) return [...new Set(found)]
  if (merely) return []
  throw new Refusal('not_found', `I know of no meeting of yours ${whens.map(inWords).join(' or ')}. ${comingInWords(meetings)}`)
}

const soonest = (meetings: readonly CastMeeting[]): readonly CastMeeting[] =>
  meetings.filter((one, at) => meetings.findIndex(({ board }) => board.id === one.board.id) === at)

function onThose(meetings: readonly CastMeeting[], when: When): readonly CastMeeting[] {
  if ('wrong' in when) return []
  if ('next' in when) {
    return meetings.filter(
      (one) => meetings.filter(({ board, begun }) => board.id === one.board.id && !begun)[when.next - 1] === one,
    )
  }
  return meetings.filter((meeting) => {
    const day = dayOfMeeting(meeting)
    if ('days' in when) return when.days.some((one) => one.equals(day))
    if ('ofMonth' in when) {
      if (day.day !== when.ofMonth) return false
      if (when.weekday === null || when.weekday === day.dayOfWeek) return true
      throw new Refusal(
        'unclear',
        `The meeting of that day is on ${dayInWords(day)}. Say the right day. ${comingInWords(meetings)}`,
      )
    }
    return day.month === when.month && (when.year === null || when.year === day.year)
  })
}

function inWords(when: When): string {
  if ('days' in when) return when.days.map((day) => `on ${dayInWords(day)}`).join(' or ')
  if ('month' in when) return `in ${when.said}`
  return 'ofMonth' in when ? `on the ${when.ofMonth}${ending(when.ofMonth)} of a month` : 'so far ahead'
}

const ending = (day: number): string => (day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'))

const comingInWords = (meetings: readonly CastMeeting[]): string =>
  `Coming: ${meetings.slice(0, 6).map(meetingCalled).join('; ')}. Say which day you mean.`
