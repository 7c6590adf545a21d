import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../db/schema.js'
import { type Notice, reminder } from '../../kernel/notice.js'
import { momentsBy, NOT_CALLED } from '../../meetings/notices.js'
import { holdersOf } from '../../meetings/people/store.js'
import { daysAfterMeeting, minutesBeforeMeeting } from '../../meetings/reminding.js'
import { boardDay, isOver, type Meeting } from '../../meetings/rules.js'
import { findMeeting } from '../../meetings/store.js'
import { notesCard, openCard } from './view.js'

type StillToDo = Meeting | { readonly gone: string }

const clerksOf = (db: Db, { board }: Meeting, now: Temporal.Instant): Promise<readonly string[]> =>
  holdersOf(db, board.id, ['clerk'], boardDay(board, now))

interface OfClerk extends Pick<Notice, 'name'> {
  readonly about: string
  /** "Open the meeting" */
  readonly what: string
  readonly press: { readonly command: string; readonly label: string }
  readonly moments: Parameters<typeof momentsBy>[0]
  /** the meeting for which it is still to be done */
  still(meeting: Meeting, now: Temporal.Instant): StillToDo
  /** why there is nothing to do after all, where only the hour itself can tell */
  after?(meeting: Meeting, now: Temporal.Instant): { readonly gone: string } | null
  /** whether it can be done by now */
  canBe(meeting: Meeting, now: Temporal.Instant): boolean
  by(meeting: Meeting): Temporal.Instant
  readonly untilMuted?: true
  readonly draw: typeof openCard
}

/** A reminder of what the clerk does about a meeting. */
function clerksReminder({ name, about, what, press, moments, still, after, canBe, by, untilMuted, draw }: OfClerk): Notice {
  async function toDo(db: Db, id: string, now: Temporal.Instant): Promise<StillToDo> {
    const meeting = await findMeeting(db, id, now)
    return meeting ? still(meeting, now) : NOT_CALLED
  }
  return reminder<Meeting>({
    name,
    about,
    moments: momentsBy(moments),
    async to(db, id, now) {
      const meeting = await toDo(db, id, now)
      return 'gone' in meeting ? meeting : { people: await clerksOf(db, meeting, now) }
    },
    async duty(db, id, person, now) {
      const meeting = await toDo(db, id, now)
      if ('gone' in meeting || !canBe(meeting, now) || !(await clerksOf(db, meeting, now)).includes(person)) return null
      return { what, by: by(meeting), press: { ...press, subject: id }, ...(untilMuted ? { untilMuted } : {}) }
    },
    async load(db, id, _, now) {
      const meeting = await toDo(db, id, now)
      if ('gone' in meeting) return meeting
      return after?.(meeting, now) ?? { facts: meeting }
    },
    draw,
  })
}

/** The clerk, shortly before a meeting and at its hour, until it is opened. */
export const openReminder = clerksReminder({
  name: 'attendance.to_open',
  about: 'The meeting to open; to the clerk',
  what: 'Open the meeting',
  press: { command: 'attendance.open', label: 'Open the meeting' },
  moments: (timed) => minutesBeforeMeeting(timed, timed.terms.reminders.openingMinutes),
  still(meeting, now) {
    if (meeting.sitting !== 'not opened') return { gone: 'the meeting is open' }
    return isOver(meeting, now) ? { gone: 'the time of the meeting is over' } : meeting
  },
  canBe: ({ startsAt, board }, now) => boardDay(board, startsAt) === boardDay(board, now),
  by: ({ startsAt }) => startsAt,
  draw: openCard,
})

/** The clerk, some days after a meeting that was held. */
export const notesReminder = clerksReminder({
  name: 'attendance.notes_due',
  about: 'Notes to draft; to the clerk',
  what: 'Draft the notes',
  press: { command: 'attendance.print', label: 'Attendance record' },
  moments: (timed) => daysAfterMeeting(timed, timed.terms.reminders.notesDays),
  still: (meeting) => meeting,
  // Of a meeting that is still to come it is foretold that its notes will be due.
  after: ({ sitting }) => (sitting === 'not opened' ? { gone: 'the meeting was not held' } : null),
  canBe: ({ sitting }) => sitting === 'closed',
  untilMuted: true,
  by: (meeting) => daysAfterMeeting(meeting, meeting.terms.reminders.notesDays)[0]?.at ?? meeting.startsAt,
  draw: notesCard,
})
