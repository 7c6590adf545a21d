import { type RawBuilder, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { stillHeld } from '../../db/held.js'
import type { Db } from '../../db/schema.js'
import { dayOf, toText } from '../../kernel/time.js'
import type { Named } from '../rules.js'

/** Who has to do with which board, now or later: by its roster, or as a substitute or guest of a meeting that is not over. */
function parts(now: Temporal.Instant): RawBuilder<{ board_id: string; person_id: string }> {
  // Boards lie in several zones: a day earlier counts.
  const day = dayOf(now, 'UTC').subtract({ days: 1 }).toString()
  const since = toText(now.subtract({ hours: 24 }))
  return sql`(
    select board_id, person_id from post where ${stillHeld('post', day)}
    union select seat.board_id, holding.person_id from holding join seat on seat.id = holding.seat_id
      where ${stillHeld('holding', day)} and ${stillHeld('seat', day)}
    union select board_id, person_id from office where ${stillHeld('office', day)}
    union select board_id, person_id from group_member where ${stillHeld('group_member', day)}
    union select board_id, person_id from in_attendance where ${stillHeld('in_attendance', day)}
    union select board_id, assistant_id from assistant where ${stillHeld('assistant', day)}
    union select meeting.board_id, answer.substitute_id from answer join meeting on meeting.id = answer.meeting_id
      where answer.substitute_id is not null and meeting.starts_at > ${since}
    union select meeting.board_id, invitation.person_id from invitation join meeting on meeting.id = invitation.meeting_id
      where invitation.state = 'invited' and meeting.starts_at > ${since})`
}

/** The boards of their tenant with which somebody has to do, by short name. */
export async function boardsWith(db: Db, person: string, now: Temporal.Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select board.id from board join person on person.tenant_id = board.tenant_id
      where person.id = ${person}
        and board.id in (select part.board_id from ${parts(now)} part where part.person_id = ${person})
      order by board.short_name`.execute(db)
  return rows.map(({ id }) => id)
}

/** Everybody who has to do with a board, by name. */
export async function peopleWith(db: Db, board: string, now: Temporal.Instant): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    select person.id, person.name from person
      where person.id in (select part.person_id from ${parts(now)} part where part.board_id = ${board})
      order by person.name, person.id`.execute(db)
  return rows
}
