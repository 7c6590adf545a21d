import { type SqlBool, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { namesFrom } from '../../boards/store.js'
import { heldOn } from '../../db/held.js'
import type { Asking } from '../../kernel/command.js'
import { dayOf, fromText, toText } from '../../kernel/time.js'
import { hasBegun, isOver } from '../../meetings/rules.js'
import { sittingNow } from '../../meetings/store.js'
import type { Boards, CastBoard, Part } from './rules.js'

const Sitting = z.enum(['not opened', 'open', 'closed'])

interface Row {
  /** of a meeting `seat` says how its sitting stands, and `principal` for how many minutes it is planned */
  readonly kind: 'meeting' | 'place' | Part['as']
  readonly board: string
  /** of a meeting or of a person */
  readonly id: string
  readonly name: string
  readonly seat: string | null
  readonly principal: string | null
  readonly body: string | null
  readonly short: string | null
  readonly extra: string | null
  readonly from_day: string | null
  readonly until_day: string | null
}

/**
 * What a sentence of somebody can be about: the meetings that are coming or going on of the boards on which they have a seat, an office or
 * somebody to answer for, and of those at which they substitute; and the people of these boards. One statement. Days are
 * compared a day either way, as boards lie in several zones: whether a right holds is for the command to say.
 */
export async function castOf({ db, actor, now, place }: Asking): Promise<Boards> {
  const { person } = actor
  const yesterday = toText(now.subtract({ hours: 24 }))
  const today = dayOf(now, 'UTC')
  const about = (table: string) =>
    sql<SqlBool>`(${heldOn(table, today.subtract({ days: 1 }).toString())} or ${heldOn(table, today.add({ days: 1 }).toString())})`
  const lasting = (table: string) => {
    const until = sql.ref(`${table}.until_day`)
    return sql<SqlBool>`(${until} is null or ${until} > ${today.subtract({ days: 1 }).toString()})`
  }
  const theirs = sql`(
    select seat.board_id from holding join seat on seat.id = holding.seat_id where holding.person_id = ${person} and ${lasting('holding')}
    union select board_id from office where person_id = ${person} and ${about('office')}
    union select board_id from assistant where assistant_id = ${person} and ${lasting('assistant')}
    union select meeting.board_id from answer join meeting on meeting.id = answer.meeting_id
      where answer.substitute_id = ${person} and meeting.starts_at > ${yesterday}
    union select meeting.board_id from invitation join meeting on meeting.id = invitation.meeting_id
      where invitation.person_id = ${person} and invitation.state = 'invited' and meeting.starts_at > ${yesterday}
    union select board_id from in_attendance where person_id = ${person} and ${about('in_attendance')})`
  const { rows } = await sql<Row>`
    select 'meeting' as kind, board.id as board, meeting.id as id, meeting.starts_at as name, ${sittingNow} as seat,
        cast(meeting.minutes as text) as principal,
        board.name as body, board.short_name as short, board.zone as extra, null as from_day, null as until_day
      from meeting join board on board.id = meeting.board_id
      where meeting.board_id in ${theirs} and meeting.state = 'called' and (meeting.starts_at > ${yesterday} or ${sittingNow} = 'open')
        and board.tenant_id = ${actor.tenant}
    union all
    select holding.capacity, seat.board_id, person.id, person.name, seat.id, null, organisation.name, organisation.short_name,
        seat.stands_for, holding.from_day, holding.until_day
      from holding join seat on seat.id = holding.seat_id join person on person.id = holding.person_id
        join organisation on organisation.id = seat.organisation_id
      where seat.board_id in ${theirs} and ${lasting('holding')} and ${lasting('seat')}
    union all
    select 'colleague', post.board_id, person.id, person.name, null, null, organisation.name, organisation.short_name, post.title, null, post.until_day
      from post join person on person.id = post.person_id join organisation on organisation.id = post.organisation_id
      where post.board_id in ${theirs} and ${lasting('post')}
    union all
    select 'assistant', assistant.board_id, person.id, person.name, null, assistant.principal_id, null, null, null, assistant.from_day, assistant.until_day
      from assistant join person on person.id = assistant.assistant_id
      where assistant.board_id in ${theirs} and ${lasting('assistant')}
    union all
    select 'clerk', office.board_id, person.id, person.name, null, null, null, null, null, null, null
      from office join person on person.id = office.person_id
      where office.board_id in ${theirs} and office.office = 'clerk' and ${about('office')}
    union all
    select 'place', board_id, id, '', null, null, null, null, null, null, null from place
      where platform = ${place.platform} and workspace = ${place.workspace} and id = ${place.id}`.execute(db)
  return castFrom(rows, now)
}

function castFrom(rows: readonly Row[], now: Temporal.Instant): Boards {
  const meetings = rows.filter(({ kind }) => kind === 'meeting')
  const boards = new Map<string, CastBoard>(
    meetings.map(({ board, body, short, extra }) => [
      board,
      { id: board, name: body ?? '', shortName: short ?? '', zone: extra ?? 'UTC' },
    ]),
  )
  return {
    meetings: meetings
      .flatMap(({ id, board, name, seat: sitting, principal: minutes }) => {
        const of = boards.get(board)
        const planned = { startsAt: fromText(name), minutes: Number(minutes), sitting: Sitting.parse(sitting) }
        if (!of || isOver(planned, now)) return []
        return [{ id, board: of, startsAt: planned.startsAt, begun: hasBegun(planned, now) }]
      })
      .sort((one, other) => one.startsAt.epochMilliseconds - other.startsAt.epochMilliseconds),
    parts: rows.flatMap((row) => (row.kind === 'meeting' || row.kind === 'place' ? [] : [partFrom(row, row.kind)])),
    here: rows.find(({ kind }) => kind === 'place')?.board ?? null,
  }
}

const partFrom = (row: Row, as: Part['as']): Part => ({
  id: row.id,
  name: row.name,
  board: row.board,
  as,
  seat: row.seat,
  principal: row.principal,
  body: row.body,
  bodyShort: row.short,
  standsFor: as === 'representative' ? namesFrom(row.extra ?? '[]') : [],
  post: as === 'colleague' ? (row.extra ?? '') : '',
  from: row.from_day,
  until: row.until_day,
})
