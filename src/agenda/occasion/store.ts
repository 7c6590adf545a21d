import type { Temporal } from 'temporal-polyfill'
import type { Tenure } from '../../boards/offices/rules.js'
import type { Office } from '../../boards/part/rules.js'
import type { Db } from '../../db/schema.js'
import { newId } from '../../kernel/ids.js'
import { dayOf } from '../../kernel/time.js'
import type { Meeting } from '../../meetings/rules.js'
import { lastMeeting } from '../../meetings/store.js'
import { draftAgenda } from '../drafting.js'
import type { Agenda } from '../rules.js'
import { sectionsOn, standingItemsOn } from '../standing/store.js'
import { inForceSince, lastReviewed } from '../store.js'

/** Who holds the offices of the board, and which of them this meeting is to fill. */
export interface Elects {
  readonly tenures: readonly Tenure[]
  readonly offices: readonly Office[]
}

/** The agenda of a meeting as it is drafted now, from the board's sections and standing items; nothing is kept. */
export async function freshAgenda(db: Db, meeting: Meeting, { tenures, offices }: Elects): Promise<Agenda> {
  const { board, startsAt, terms, termsId } = meeting
  const on: Temporal.PlainDate = dayOf(startsAt, board.zone)
  const day = on.toString()
  const before = await lastMeeting(db, board.id, startsAt)
  const approved = await inForceSince(db, termsId)
  const reviewed = (await lastReviewed(db, board.id, startsAt)) ?? approved
  return draftAgenda(
    await sectionsOn(db, board.id, day),
    await standingItemsOn(db, board.id, day),
    {
      terms,
      day: on,
      need: meeting.need,
      lastMeeting: before && dayOf(before.startsAt, board.zone),
      tenures,
      elsewhere: terms.offices.flatMap(({ office }) => (offices.includes(office) ? [] : [office])),
      lastReview: dayOf(reviewed.epochMilliseconds < approved.epochMilliseconds ? approved : reviewed, board.zone),
    },
    newId,
  )
}
