import { z } from 'zod'
import { numberOf, titleFor } from '../../agenda/rules.js'
import { findAgenda } from '../../agenda/store.js'
import { audienceOf } from '../../kernel/actor.js'
import { documentReply, query } from '../../kernel/command.js'
import { MeetingId } from '../../kernel/ids.js'
import { Refusal } from '../../kernel/refusal.js'
import { boardDay } from '../../meetings/rules.js'
import { loadWholly } from '../command.js'
import { latePapersOf } from '../late/store.js'
import { correctionsOf } from '../store.js'
import { allWritten } from '../written/store.js'
import { recordOf } from './rules.js'
import { recordDocument } from './view.js'

/** The lists as the notes print them, who was there when, and the quorum ledger: to print or to keep. */
export const print = query({
  name: 'attendance.print',
  input: z.object({ subject: MeetingId }),
  load: loadWholly,
  allow: () => true,
  async run({ db, actor }, { subject }, room) {
    if (room.facts.sittings.length === 0)
      throw new Refusal('too_early', 'The meeting has not been opened: there is no attendance to print yet.')
    const agenda = await findAgenda(db, subject)
    // What is printed leaves the house: only what the public may see stands on it, whoever prints it.
    const items = (agenda?.items ?? []).flatMap((item) => {
      const number = numberOf(item)
      const title = titleFor(item.title, null)
      return number && title !== null ? [{ id: item.id, number, title }] : []
    })
    const record = recordOf(
      room,
      items,
      await allWritten(db, subject),
      await correctionsOf(db, subject),
      await latePapersOf(db, room.meeting),
    )
    const { board, startsAt } = room.meeting
    const fileName = `attendance-${board.shortName.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${boardDay(board, startsAt)}`
    return documentReply(recordDocument(record, fileName, audienceOf(actor)))
  },
})
