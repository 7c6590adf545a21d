import type { Temporal } from 'temporal-polyfill'
import { findAgenda } from '../../agenda/store.js'
import type { Db } from '../../db/schema.js'
import { type Loaded, reminder, type ToRemind } from '../../kernel/notice.js'
import { papersDeadline } from '../../meetings/deadline.js'
import { comingMeeting, momentsBy } from '../../meetings/notices.js'
import { holdersOf } from '../../meetings/people/store.js'
import { dailyOncePapersAreLate, daysBeforePapers, workingDaysBeforePapers } from '../../meetings/reminding.js'
import { boardDay } from '../../meetings/rules.js'
import { type Paper, paperNumber } from '../rules.js'
import { hasNotes, papersOf } from '../store.js'
import { askedFor, missing, type Wanted } from './rules.js'
import { circulateCard, wantedCard } from './view.js'

interface Waiting extends Wanted {
  readonly all: readonly Paper[]
}

/** What a meeting that is still to come waits for; or why there is nothing to remind of. */
async function waitingFor(db: Db, id: string, now: Temporal.Instant): Promise<Waiting | { readonly gone: string }> {
  const meeting = await comingMeeting(db, id, now)
  if ('gone' in meeting) return meeting
  const agenda = await findAgenda(db, id)
  if (!agenda) return { gone: 'the meeting has no agenda' }
  const all = await papersOf(db, agenda)
  return { meeting, papers: missing(all, await hasNotes(db, meeting)), all, now }
}

const ALL_IN = { gone: 'every paper is in' }

/** What somebody is asked for and has not sent. */
async function wantedOf(db: Db, id: string, person: string, now: Temporal.Instant): Promise<Wanted | { readonly gone: string }> {
  const waiting = await waitingFor(db, id, now)
  if ('gone' in waiting) return waiting
  const papers = waiting.papers.filter((paper) => askedFor(paper) === person)
  return papers.length === 0 ? { gone: 'their papers are in' } : { ...waiting, papers }
}

/** Authors whose paper is not in: before the papers go, and every working day once it is late. */
export const authorsReminder = reminder<Wanted>({
  name: 'papers.wanted',
  about: 'Papers that are not in; to their authors',
  moments: momentsBy((timed) => [
    ...daysBeforePapers(timed, timed.terms.reminders.authorsDays),
    ...(timed.terms.reminders.authorsDays.length === 0 ? [] : dailyOncePapersAreLate(timed)),
  ]),
  async to(db, meeting, now): Promise<ToRemind> {
    const waiting = await waitingFor(db, meeting, now)
    if ('gone' in waiting) return waiting
    if (waiting.papers.length === 0) return ALL_IN
    const people = [...new Set(waiting.papers.flatMap((paper) => askedFor(paper) ?? []))]
    return people.length === 0 ? { gone: 'nobody is named who writes what is not in' } : { people }
  },
  async duty(db, id, person, now) {
    const wanted = await wantedOf(db, id, person, now)
    if ('gone' in wanted) return null
    const { meeting, papers } = wanted
    const [only, another] = papers
    const press =
      only && !another
        ? { command: 'papers.send_form', subject: only.item.id, label: 'Send the paper' }
        : { command: 'papers.show', subject: meeting.id, label: 'Papers' }
    return {
      what: `Send the paper${another ? 's' : ''} of ${papers.map(paperNumber).join(', ')}`,
      by: papersDeadline(meeting.terms, meeting.startsAt).at,
      press,
    }
  },
  async load(db, id, audience, now): Promise<Loaded<Wanted>> {
    if (audience.kind !== 'person') throw new Error('a personal notice for a place')
    const wanted = await wantedOf(db, id, audience.person, now)
    return 'gone' in wanted ? wanted : { facts: wanted }
  },
  draw: wantedCard,
})

const GONE_OUT = { gone: 'the papers have gone out' }

/** What has still to go out, and who is clerk. */
async function toGoOut(db: Db, id: string, now: Temporal.Instant) {
  const waiting = await waitingFor(db, id, now)
  if ('gone' in waiting) return waiting
  return waiting.meeting.circulated ? GONE_OUT : waiting
}

/** The clerk, until the papers have gone out. */
export const circulateReminder = reminder<Waiting>({
  name: 'papers.to_circulate',
  about: 'Papers to circulate; to the clerk',
  moments: momentsBy((timed) => workingDaysBeforePapers(timed, timed.terms.reminders.clerkWorkingDays)),
  async to(db, id, now): Promise<ToRemind> {
    const waiting = await toGoOut(db, id, now)
    if ('gone' in waiting) return waiting
    const { board } = waiting.meeting
    return { people: await holdersOf(db, board.id, ['clerk'], boardDay(board, now)) }
  },
  async duty(db, id, person, now) {
    const waiting = await toGoOut(db, id, now)
    if ('gone' in waiting) return null
    const { meeting } = waiting
    const clerks = await holdersOf(db, meeting.board.id, ['clerk'], boardDay(meeting.board, now))
    if (!clerks.includes(person)) return null
    const press = { command: 'papers.show', subject: id, label: 'Papers' }
    return { what: 'Circulate the papers', by: papersDeadline(meeting.terms, meeting.startsAt).at, press }
  },
  async load(db, id, _, now): Promise<Loaded<Waiting>> {
    const waiting = await toGoOut(db, id, now)
    return 'gone' in waiting ? waiting : { facts: waiting }
  },
  draw: circulateCard,
})
