import { z } from 'zod'
import { boardOr } from '../../boards/adoption/command.js'
import { isMember, isOfficer } from '../../boards/part/rules.js'
import { audienceOf } from '../../kernel/actor.js'
import { documentReply, query } from '../../kernel/command.js'
import { BoardId } from '../../kernel/ids.js'
import { pngOf } from '../../kernel/png.js'
import { Refusal } from '../../kernel/refusal.js'
import { pictureOf } from './picture.js'
import { yearOf } from './rules.js'
import { meetingsHeld } from './store.js'
import { yearDocument } from './view.js'

const YEAR = z.string('Say which year, as in 2026.').regex(/^\d{4}$/, 'Say the year in four digits, as in 2026.')

/** The attendance of a board's meetings over a year, by organisation: as a picture, as figures, and as files. */
export const year = query({
  name: 'attendance.year',
  input: z.object({ subject: BoardId, year: YEAR }),
  load: (asking, { subject }) => boardOr(asking, subject),
  allow: (_, { part }) => isOfficer(part) || isMember(part),
  async run({ db, actor, now }, { year: said }, { board, day }) {
    const [wanted, current] = [Number(said), Number(day.slice(0, 4))]
    if (wanted > current) throw new Refusal('too_early', `${said} has not begun. Ask for ${current}, or for a year before it.`)
    const held = await meetingsHeld(db, board, wanted, now)
    if (held.length === 0)
      throw new Refusal(
        'not_found',
        `No meeting of ${board.shortName} in ${said} has been opened and closed here. Ask for another year; a meeting that was held counts once the clerk has closed it.`,
      )
    const counted = yearOf(board, wanted, held)
    const svg = pictureOf(counted)
    return documentReply(yearDocument(counted, { svg, png: await pngOf(svg) }, audienceOf(actor)))
  },
})
