import type { Temporal } from 'temporal-polyfill'
import type { Db, Schema, Tx } from '../db/schema.js'
import { newId } from '../kernel/ids.js'
import type { Moment, Notice } from '../kernel/notice.js'
import { fromText, toText } from '../kernel/time.js'
import { recipientText } from './recipient.js'

export type Planned = Schema['reminder']

/** Of nobody in particular: the notice itself names whom, when it falls due. */
export const WHOM_IT_NAMES = ''

/** A reminder that somebody asked for, beside those of the terms. */
export interface Wanted {
  readonly board: string
  readonly meeting: string | null
  readonly notice: string
  readonly subject: string
  /** null: whom the notice names */
  readonly person: string | null
  readonly moment: Moment
}

/** Plans a reminder. The same for the same date changes nothing. @returns the id that it has, where it is new */
export async function planOne(tx: Tx, { board, meeting, notice, subject, person, moment }: Wanted): Promise<string> {
  const id = newId()
  const row = {
    id,
    board_id: board,
    meeting_id: meeting,
    notice,
    subject,
    person_id: person ?? WHOM_IT_NAMES,
    due_at: toText(moment.at),
    due_date: moment.date,
    state: 'planned' as const,
    why: null,
    settled_at: null,
  }
  await tx
    .insertInto('reminder')
    .values(row)
    .onConflict((once) => once.columns(['subject', 'notice', 'person_id', 'due_date']).doNothing())
    .execute()
  return id
}

/** Plans what somebody asks for again: what was stopped, dropped or missed of the same date is planned once more. */
export async function planAgain(tx: Tx, wanted: Wanted & { readonly person: string }): Promise<void> {
  await planOne(tx, wanted)
  await tx
    .updateTable('reminder')
    .set({ state: 'planned', due_at: toText(wanted.moment.at), why: null, settled_at: null })
    .where('subject', '=', wanted.subject)
    .where('notice', '=', wanted.notice)
    .where('person_id', '=', wanted.person)
    .where('due_date', '=', wanted.moment.date)
    .where('state', 'in', ['stopped', 'dropped', 'missed'])
    .execute()
}

/** Why what was planned for a meeting is not said: its time is another now, or it has none. */
const MOVED = 'it falls due at another time now, or not at all'

/**
 * Plans a meeting's reminders anew, by the terms in force and the hour at which it is called: what was planned for another
 * time is dropped, though it waits to be sent already; what has been said stands, and what would have fallen due already is
 * not made up for.
 */
export async function planMeeting(
  tx: Tx,
  notices: readonly Notice[],
  { board, meeting }: { readonly board: string; readonly meeting: string },
  now: Temporal.Instant,
): Promise<void> {
  const before = await tx
    .selectFrom('reminder')
    .where('meeting_id', '=', meeting)
    .where('person_id', '=', WHOM_IT_NAMES)
    .where('subject', '=', meeting)
    .select(['id', 'notice', 'due_date', 'due_at', 'state'])
    .execute()
  const keyOf = (notice: string, date: string) => `${notice} ${date}`
  const known = new Map(before.map((row) => [keyOf(row.notice, row.due_date), row]))
  const wanted = new Set<string>()
  const still = new Set<string>()
  for (const { name, plan } of notices) {
    for (const moment of (await plan?.moments(tx, meeting, now)) ?? []) {
      still.add(keyOf(name, moment.date))
      const row = known.get(keyOf(name, moment.date))
      // What has just fallen due, and stands as it did, waits for its tick.
      const stands = row?.state === 'planned' && row.due_at === toText(moment.at)
      if (moment.at.epochMilliseconds <= now.epochMilliseconds && !stands) continue
      wanted.add(keyOf(name, moment.date))
      if (!row) await planOne(tx, { board, meeting, notice: name, subject: meeting, person: null, moment })
      else if (row.state === 'dropped' || (row.state === 'planned' && row.due_at !== toText(moment.at)))
        await tx
          .updateTable('reminder')
          .set({ state: 'planned', due_at: toText(moment.at), why: null, settled_at: null })
          .where('id', '=', row.id)
          .execute()
    }
  }
  const ids = before.filter((row) => row.state === 'planned' && !wanted.has(keyOf(row.notice, row.due_date))).map(({ id }) => id)
  if (ids.length > 0) await settle(tx, ids, 'dropped', MOVED, now)
  const overtaken = before.filter((row) => row.state === 'queued' && !still.has(keyOf(row.notice, row.due_date)))
  for (const { notice, due_date } of overtaken)
    await tx
      .updateTable('notice')
      .set({ state: 'dropped', why: MOVED })
      .where('subject', '=', meeting)
      .where('notice', '=', notice)
      .where('due_date', '=', due_date)
      .where('kind', '=', 'reminder')
      .where('state', '=', 'waiting')
      .execute()
}

/** The coming meetings for which nothing was ever planned: called before there was a plan. */
export async function unplanned(db: Db, now: Temporal.Instant) {
  return db
    .selectFrom('meeting')
    .where('state', '=', 'called')
    .where('starts_at', '>', toText(now))
    .where((row) =>
      row.not(row.exists(row.selectFrom('reminder').whereRef('reminder.meeting_id', '=', 'meeting.id').select('reminder.id'))),
    )
    .select(['meeting.id as meeting', 'meeting.board_id as board'])
    .execute()
}

/** What has fallen due, the oldest first. */
export const dueAt = (db: Db, now: string, most: number) =>
  db.selectFrom('reminder').selectAll().where('state', '=', 'planned').where('due_at', '<=', now).orderBy('due_at').limit(most)

/** What is planned for a board up to an instant, the soonest first. */
export const plannedFor = (db: Db, board: string, until: string) =>
  db
    .selectFrom('reminder')
    .selectAll()
    .where('board_id', '=', board)
    .where('state', '=', 'planned')
    .where('due_at', '<=', until)
    .orderBy('due_at')
    .orderBy('notice')

/** Whether a later one of the same has fallen due as well: then that one is said, and not both. */
export async function isOvertaken(db: Db, row: Planned, now: string): Promise<boolean> {
  const later = await db
    .selectFrom('reminder')
    .where('subject', '=', row.subject)
    .where('notice', '=', row.notice)
    .where('person_id', '=', row.person_id)
    .where('due_at', '>', row.due_at)
    .where('due_at', '<=', now)
    // So put, it is looked for among those of the same subject, however many others fell due meanwhile.
    .where('state', 'not in', ['dropped', 'missed', 'stopped'])
    .select('id')
    .executeTakeFirst()
  return later !== undefined
}

/** Who does not want to hear of something any more. */
export async function mutedBy(db: Db, { notice, subject }: Pick<Planned, 'notice' | 'subject'>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('reminder_mute')
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .select('person_id')
    .execute()
  return rows.map(({ person_id }) => person_id)
}

/** Why what waits for somebody is not said. */
const MUTED = 'they want to hear of it no more'

/** Keeps that somebody does not want to hear of something any more, and drops what waits for them; again, it changes nothing. */
export async function mute(
  tx: Tx,
  { notice, subject, person }: { readonly notice: string; readonly subject: string; readonly person: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('reminder_mute')
    .values({ notice, subject, person_id: person, at: toText(now) })
    .onConflict((once) => once.columns(['subject', 'notice', 'person_id']).doNothing())
    .execute()
  await tx
    .updateTable('notice')
    .set({ state: 'dropped', why: MUTED })
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .where('recipient', '=', recipientText({ person }, ''))
    .where('kind', '=', 'reminder')
    .where('state', '=', 'waiting')
    .execute()
}

/** Writes what became of planned reminders. @returns those that nobody had settled before: two processes settle none twice */
export async function settle(
  tx: Tx,
  ids: readonly string[],
  state: Exclude<Planned['state'], 'planned'>,
  why: string | null,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const rows = await tx
    .updateTable('reminder')
    .set({ state, why, settled_at: toText(now) })
    .where('id', 'in', ids)
    .where('state', '=', 'planned')
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** How long after its time a reminder is late: then nothing ran at its time. */
const LATE = { hours: 1 }

export const isLate = ({ due_at }: Pick<Planned, 'due_at'>, now: Temporal.Instant): boolean =>
  fromText(due_at).add(LATE).epochMilliseconds < now.epochMilliseconds

/** A reminder of a board, by its id, or null. */
export async function findReminder(db: Db, id: string): Promise<Planned | null> {
  return (await db.selectFrom('reminder').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Why what was planned for a board is not said. */
const NOT_SO = 'it does not fall due any more'

/**
 * Makes the plan of one notice of a board what is wanted, whatever the meetings: what is new is planned, at once where its
 * moment has passed; what is not wanted any more is dropped; what has been said stands.
 */
export async function planBoardOf(
  tx: Tx,
  { board, notice }: { readonly board: string; readonly notice: string },
  wanted: readonly { readonly subject: string; readonly moment: Moment }[],
  now: Temporal.Instant,
): Promise<void> {
  const before = await tx
    .selectFrom('reminder')
    .where('board_id', '=', board)
    .where('notice', '=', notice)
    .where('person_id', '=', WHOM_IT_NAMES)
    .select(['id', 'subject', 'due_date', 'due_at', 'state'])
    .execute()
  const left = new Set(before.filter(({ state }) => state === 'planned').map(({ id }) => id))
  for (const { subject, moment } of wanted) {
    const row = before.find((one) => one.subject === subject && one.due_date === moment.date)
    if (!row) await planOne(tx, { board, meeting: null, notice, subject, person: null, moment })
    else left.delete(row.id)
    if (row?.state === 'dropped' || (row?.state === 'planned' && row.due_at !== toText(moment.at)))
      await tx
        .updateTable('reminder')
        .set({ state: 'planned', due_at: toText(moment.at), why: null, settled_at: null })
        .where('id', '=', row.id)
        .execute()
  }
  if (left.size > 0) await settle(tx, [...left], 'dropped', NOT_SO, now)
}
