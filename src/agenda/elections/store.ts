import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { electionTitle, ruleOf } from '../../boards/offices/rules.js'
import { type Held, tenuresOf } from '../../boards/offices/store.js'
import type { Board } from '../../boards/rules.js'
import { findBoard } from '../../boards/store.js'
import type { Terms } from '../../boards/terms.js'
import type { Db } from '../../db/schema.js'
import { dayOf, toText } from '../../kernel/time.js'
import { type Called, hasBegun, isOver } from '../../meetings/rules.js'
import { calledFrom, calledRows, meetingsGoingOn, meetingsOf } from '../../meetings/store.js'
import { NOT_DUE } from './placing.js'
import { type Coming, type Election, officesIn } from './rules.js'

/** A board with the rules of its offices and those who hold them. */
export interface Governed {
  readonly board: Board
  readonly terms: Terms
  readonly tenures: readonly Held[]
  /** where the board is */
  readonly today: Temporal.PlainDate
}

/** A board with its offices; null before it has terms. */
export async function governed(db: Db, id: string, now: Temporal.Instant): Promise<Governed | null> {
  const ruled = await findBoard(db, id, now)
  if (!ruled?.inForce) return null
  const { board, inForce } = ruled
  return { board, terms: inForce.terms, tenures: await tenuresOf(db, id), today: dayOf(now, board.zone) }
}

/** Whether anything hangs on an item that stands on an agenda: a paper, a motion, a guest, an interest, an election, a decision. */
const touched = sql<number>`case when exists (select 1 from paper where paper.item_id = item.id)
  or exists (select 1 from paper_version where paper_version.item_id = item.id)
  or exists (select 1 from motion where motion.item_id = item.id)
  or exists (select 1 from invitation where invitation.item_id = item.id)
  or exists (select 1 from interest where interest.item_id = item.id)
  or exists (select 1 from election where election.item_id = item.id)
  or exists (select 1 from decision where decision.item_id = item.id) then 1 else 0 end`

/** The elections of some meetings, by the meeting. */
async function electionsOf(
  db: Db,
  terms: Terms,
  meetings: readonly string[],
): Promise<readonly (Election & { readonly meeting: string })[]> {
  const rows = await db
    .selectFrom('item')
    .where('meeting_id', 'in', meetings)
    .where('state', 'in', ['placed', 'proposed', 'withdrawn'])
    .where((row) =>
      row.or([
        row('about', '=', 'elections'),
        ...['%election%', '%appointment%', '%nomination%'].map((like) => row(sql`lower(title)`, 'like', like)),
      ]),
    )
    .selectAll()
    .select(touched.as('touched'))
    .execute()
  return rows
    .filter(({ state, why }) => state !== 'withdrawn' || why !== NOT_DUE)
    .flatMap((row) => {
      const { id, title, about, state, presenter, first_page, late_reason, proposed_by_id } = row
      const asPut = about === 'elections' && [presenter, first_page, late_reason, proposed_by_id].every((one) => one === null)
      return officesIn(title).map((office) => {
        const rule = ruleOf(terms, office)
        const ours = asPut && row.touched === 0 && state === 'placed' && rule !== undefined && title === electionTitle(rule)
        return {
          meeting: row.meeting_id,
          item: id,
          office,
          state: state === 'withdrawn' ? ('taken off' as const) : ours ? ('ours' as const) : ('stands' as const),
        }
      })
    })
}

/** The meetings of a board that are not over, soonest first, with their elections. */
export async function comingOf(db: Db, board: Board, terms: Terms, now: Temporal.Instant): Promise<readonly Coming[]> {
  const under = await meetingsGoingOn(db, board, now)
  const later = (await meetingsOf(db, board.id, { from: now })).filter(({ id }) => !under.some((one) => one.id === id))
  const meetings = [...under, ...later].filter(({ sitting }) => sitting !== 'closed')
  if (meetings.length === 0) return []
  const ids = meetings.map(({ id }) => id)
  const agendas = await db.selectFrom('agenda').where('meeting_id', 'in', ids).select(['meeting_id', 'state']).execute()
  const elections = await electionsOf(db, terms, ids)
  return meetings.map((meeting) => {
    const agenda = agendas.find(({ meeting_id }) => meeting_id === meeting.id)
    const draft = agenda?.state === 'draft' && !meeting.circulated
    return {
      meeting: meeting.id,
      day: dayOf(meeting.startsAt, board.zone),
      begun: hasBegun(meeting, now),
      agenda: agenda === undefined ? 'none' : draft ? 'draft' : 'settled',
      elections: elections.filter((one) => one.meeting === meeting.id),
    }
  })
}

/** Whether something of a subject was said already, to whomever; of a day, where one is given. */
export async function wasSaid(db: Db, notice: string, subject: string, day?: string): Promise<boolean> {
  const row = await db
    .selectFrom('notice')
    .where('subject', '=', subject)
    .where('notice', '=', notice)
    .$if(day !== undefined, (query) => query.where('due_date', '=', day ?? ''))
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether somebody was reminded, or is to be, of one of these. */
export async function isReminded(db: Db, notice: string, subjects: readonly string[]): Promise<boolean> {
  if (subjects.length === 0) return false
  const row = await db
    .selectFrom('reminder')
    .where('subject', 'in', subjects)
    .where('notice', '=', notice)
    .where('state', 'in', ['planned', 'queued', 'stopped'])
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** For how long it is looked back for a meeting that nobody opened: days. */
const LOOKED_BACK = 60

const withElection = sql<SqlBool>`exists (select 1 from item
  where item.meeting_id = meeting.id and item.about = 'elections' and item.state = 'placed')`
const opened = sql<SqlBool>`exists (select 1 from sitting where sitting.meeting_id = meeting.id)`
/** Who has taken an office since has made every agenda follow. */
const filledSince = sql<SqlBool>`exists (select 1 from office
  where office.board_id = meeting.board_id and office.from_day >= substr(meeting.starts_at, 1, 10))`
const passedOn = (now: string) => sql<SqlBool>`exists (select 1 from meeting later join item on item.meeting_id = later.id
  where later.board_id = meeting.board_id and later.state = 'called' and later.starts_at > ${now}
  and item.about = 'elections' and item.state = 'placed')`
const draftToCome = (now: string) => sql<SqlBool>`exists (select 1 from meeting later
  join agenda on agenda.meeting_id = later.id and agenda.state = 'draft'
  where later.board_id = meeting.board_id and later.state = 'called' and later.starts_at > ${now})`

/**
 * The meetings with an election on their agenda that nobody opened and whose time is over, of boards with a draft to come
 * and no election on any. Asked every second: almost never is there one.
 */
export async function passedOver(db: Db, now: Temporal.Instant): Promise<readonly Called[]> {
  const rows = await calledRows(db)
    .where('meeting.state', '=', 'called')
    .where('meeting.starts_at', '>', toText(now.subtract({ hours: 24 * LOOKED_BACK })))
    .where('meeting.starts_at', '<=', toText(now))
    .where((row) =>
      row.and([withElection, row.not(opened), row.not(filledSince), draftToCome(toText(now)), row.not(passedOn(toText(now)))]),
    )
    .orderBy('meeting.starts_at')
    .execute()
  return rows.map(calledFrom).filter((meeting) => isOver(meeting, now))
}
