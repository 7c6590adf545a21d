import type { Temporal } from 'temporal-polyfill'
import { isAmong } from '../../boards/part/rules.js'
import { partOf, peopleOf } from '../../boards/part/store.js'
import type { Db } from '../../db/schema.js'
import { reminder, type ToRemind } from '../../kernel/notice.js'
import { papersDeadline } from '../../meetings/deadline.js'
import { comingMeeting, momentsBy } from '../../meetings/notices.js'
import { workingDaysBeforePapers } from '../../meetings/reminding.js'
import { boardDay, type Meeting } from '../../meetings/rules.js'
import { askedToAgree, type Shown, shownTo } from '../notices.js'
import { findAgenda } from '../store.js'

/** A meeting whose agenda is still a draft; or why there is nothing to remind of. */
async function toAgree(db: Db, id: string, now: Temporal.Instant): Promise<Meeting | { readonly gone: string }> {
  const meeting = await comingMeeting(db, id, now)
  if ('gone' in meeting) return meeting
  const agenda = await findAgenda(db, id)
  if (!agenda) return { gone: 'the meeting has no agenda' }
  return agenda.state === 'agreed' ? { gone: 'the agenda is agreed' } : meeting
}

/** Who agrees the agenda under the terms, by id. */
async function whoAgrees(db: Db, { board, terms, termsId }: Meeting, now: Temporal.Instant): Promise<readonly string[]> {
  const people = await peopleOf(db, { board, inForce: { terms, termsId } }, boardDay(board, now), now)
  return people.filter(({ part }) => isAmong(terms.agenda.agreed.by, part)).map(({ id }) => id)
}

/** Whether one person is among them. */
async function agrees(db: Db, { board, terms, termsId }: Meeting, person: string, now: Temporal.Instant): Promise<boolean> {
  const part = await partOf(db, { board, inForce: { terms, termsId } }, person, boardDay(board, now), now)
  return isAmong(terms.agenda.agreed.by, part)
}

/** Those whose it is to agree the agenda, while it is a draft: it is agreed before the papers go. */
export const agreeReminder = reminder<Shown>({
  name: 'agenda.to_agree',
  about: 'The agenda, while it is a draft; to whoever agrees it',
  moments: momentsBy((timed) => workingDaysBeforePapers(timed, timed.terms.reminders.agendaWorkingDays)),
  async to(db, id, now): Promise<ToRemind> {
    const meeting = await toAgree(db, id, now)
    if ('gone' in meeting) return meeting
    const people = await whoAgrees(db, meeting, now)
    return people.length === 0 ? { gone: 'nobody on the roster is one of those who agree the agenda' } : { people }
  },
  async duty(db, id, person, now) {
    const meeting = await toAgree(db, id, now)
    if ('gone' in meeting || !(await agrees(db, meeting, person, now))) return null
    const { at } = papersDeadline(meeting.terms, meeting.startsAt)
    return { what: 'Agree the agenda', by: at, press: { command: 'agenda.show', subject: id, label: 'Agenda' } }
  },
  async load(db, id, audience, now) {
    const meeting = await toAgree(db, id, now)
    if ('gone' in meeting) return meeting
    if (audience.kind !== 'person') throw new Error('a personal notice for a place')
    return (await agrees(db, meeting, audience.person, now))
      ? { facts: await shownTo(db, meeting, audience, now) }
      : { gone: 'it is for others to agree now' }
  },
  draw: askedToAgree,
})
