import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../db/schema.js'
import type { Writer } from '../db/write.js'
import type { Notice } from '../kernel/notice.js'
import { type Clock, fromText, toText } from '../kernel/time.js'
import { dueAt, isLate, isOvertaken, mutedBy, type Planned, planMeeting, settle, unplanned, WHOM_IT_NAMES } from './plan.js'
import { notify, recordTick, ticked } from './store.js'

interface Ticking {
  readonly reading: Db
  readonly writer: Writer
  readonly notices: readonly Notice[]
}

/**
 * Settles the reminders that have fallen due, asks every alarm what has since it was last asked, and has every live notice
 * that time alone has changed drawn anew; repeated, it changes nothing. A first tick of an alarm begins at the present.
 * @param fault told of a reminder that cannot be settled; it is tried again at the next tick, and holds up no other
 */
export async function tick(ticking: Ticking, clock: Clock, fault: (error: unknown) => void): Promise<void> {
  const now = clock.now()
  await remind(ticking, now, fault)
  const { reading, writer, notices } = ticking
  const asked = await ticked(reading)
  for (const notice of notices) {
    if (notice.due === null && notice.turns === null) continue
    const last = asked.get(notice.name)
    const window = last === undefined ? null : { from: fromText(last), until: now }
    const due = window && notice.due ? await notice.due(reading, window) : []
    const turned = window && notice.turns ? await notice.turns(reading, window) : []
    await writer.write((tx) => recordTick(tx, notice, { due, turned }, now))
  }
}

/** Plans for the meetings that were called before there was a plan. */
export async function planWhatIsNot(
  { reading, writer, notices }: Ticking,
  clock: Clock,
  fault: (error: unknown) => void,
): Promise<boolean> {
  const now = clock.now()
  let all = true
  for (const { board, meeting } of await unplanned(reading, now)) {
    try {
      await writer.write((tx) => planMeeting(tx, notices, { board, meeting }, now))
    } catch (error) {
      all = false
      fault(error)
    }
  }
  return all
}

/** Reminders settled in one transaction. */
const SETTLED_TOGETHER = 100

async function remind({ reading, writer, notices }: Ticking, now: Temporal.Instant, fault: (error: unknown) => void) {
  const failed = new Set<string>()
  for (;;) {
    const due = (await dueAt(reading, toText(now), SETTLED_TOGETHER + failed.size).execute()).filter(({ id }) => !failed.has(id))
    if (due.length === 0) return
    const settled: Settled[] = []
    for (const row of due) {
      try {
        settled.push(await judge(reading, notices, row, now))
      } catch (error) {
        failed.add(row.id)
        fault(error)
      }
    }
    await writer.write(async (tx) => {
      for (const { row, notice, people, state, why } of settled) {
        const [ours] = await settle(tx, [row.id], state, why, now)
        if (!ours || !notice) continue
        const about = { notice, subject: row.subject, board: row.board_id, date: row.due_date }
        await notify(
          tx,
          people.map((person) => ({ ...about, to: { person } })),
        )
      }
    })
  }
}

interface Settled {
  readonly row: Planned
  readonly notice: Notice | null
  readonly people: readonly string[]
  readonly state: 'queued' | 'dropped' | 'missed'
  readonly why: string | null
}

const NOT_TOLD = 'nobody is left to be reminded'
const OVERTAKEN = 'a later one of the same fell due as well while nothing ran'

/** What becomes of a reminder that has fallen due: at its hour, or late and once if its reason still stands. */
async function judge(db: Db, notices: readonly Notice[], row: Planned, now: Temporal.Instant): Promise<Settled> {
  const late = isLate(row, now)
  const ended = (why: string): Settled => ({ row, notice: null, people: [], state: late ? 'missed' : 'dropped', why })
  const notice = notices.find(({ name }) => name === row.notice)
  if (!notice?.plan) return ended(`nothing is called ${row.notice} any more`)
  if (await isOvertaken(db, row, toText(now))) return ended(OVERTAKEN)
  const to = await notice.plan.to(db, row.subject, now)
  if ('gone' in to) return ended(to.gone)
  const muted = await mutedBy(db, row)
  const named = row.person_id === WHOM_IT_NAMES ? to.people : to.people.filter((person) => person === row.person_id)
  const people = [...new Set(named)].filter((person) => !muted.includes(person))
  if (people.length === 0) return ended(NOT_TOLD)
  return { row, notice, people, state: 'queued', why: null }
}
