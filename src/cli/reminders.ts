import { remindersOf } from '../desk/reminders/command.js'
import { reminderLine } from '../desk/reminders/view.js'
import { features } from '../features.js'
import { StartError } from '../kernel/start-error.js'
import { dayInWords } from '../kernel/time.js'
import type { House } from '../wiring.js'
import { boardOf, dayFrom, tenantOf } from './boards.js'
import { EXIT, print } from './exit.js'

export interface Foretelling {
  readonly board: string
  /** `YYYY-MM-DD`: the last day, of the board's zone */
  readonly until: string
}

/** Says what a board's people will be reminded of, when, and how many of them as things stand. */
export async function foretell(house: House, { board: named, until }: Foretelling): Promise<number> {
  const last = dayFrom(until)
  const board = await boardOf(house, await tenantOf(house), named)
  const end = last.add({ days: 1 }).toZonedDateTime(board.zone).toInstant().subtract({ milliseconds: 1 })
  if (end.epochMilliseconds < house.boardClock.now().epochMilliseconds)
    throw new StartError(`${dayInWords(last)} has passed. Name a day to come.`)
  const foreseeing = { db: house.handles.reading, notices: features.notices, board: board.id, until: end }
  const { reminders } = await remindersOf(foreseeing)
  for (const one of reminders) print(reminderLine(one, board.zone))
  if (reminders.length === 0) print(`No reminder of ${board.shortName} is planned up to ${dayInWords(last)}.`)
  return EXIT.answer
}
