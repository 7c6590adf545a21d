import { calendarText } from '../meetings/calendar/publishing.js'
import { calendarOf } from '../meetings/calendar/rules.js'
import { entriesOf } from '../meetings/calendar/store.js'
import type { House } from '../wiring.js'
import { keep } from './attendance.js'
import { boardOf, tenantOf } from './boards.js'
import { EXIT } from './exit.js'

export interface PrintingCalendar {
  readonly board: string
  /** the file to write, rather than standard output */
  readonly out?: string
}

/** Prints the meetings of a board, the cancelled among them, as calendar programs read them. */
export async function printCalendar(house: House, { board: named, out }: PrintingCalendar): Promise<number> {
  const board = await boardOf(house, await tenantOf(house), named)
  const entries = await entriesOf(house.handles.reading, [board], house.boardClock.now())
  const file = await calendarText(entries, calendarOf(board))
  if (out === undefined) process.stdout.write(file)
  else keep(out, Buffer.from(file))
  return EXIT.answer
}
