import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { findAgenda } from '../agenda/store.js'
import { namedAs } from '../boards/rules.js'
import { peopleOn } from '../boards/store.js'
import { plainAnswer } from '../bot.js'
import { StartError } from '../kernel/start-error.js'
import { boardDay } from '../meetings/rules.js'
import { paperNumber } from '../papers/rules.js'
import { papersOf } from '../papers/store.js'
import type { House } from '../wiring.js'
import { boardOf, meetingOn, operate, tenantOf } from './boards.js'
import { complain, EXIT } from './exit.js'

export interface AddingPaper {
  readonly board: string
  /** "B2" */
  readonly item: string
  /** `YYYY-MM-DD`; without it, of the next meeting */
  readonly on?: string
  readonly marking?: string
  readonly author?: string
  readonly recommend?: readonly string[]
}

/** Sends the paper of an item, or a new version of it, out of a file. */
export async function addPaper(house: House, file: string, adding: AddingPaper): Promise<number> {
  const { reading } = house.handles
  mustBeFile(file)
  const tenant = await tenantOf(house)
  const board = await boardOf(house, tenant, adding.board)
  const meeting = await meetingOn(house, board, adding.on)
  const agenda = await findAgenda(reading, meeting.id)
  const papers = agenda ? await papersOf(reading, agenda) : []
  const paper = papers.find((one) => paperNumber(one) === adding.item.toUpperCase())
  if (!paper)
    throw new StartError(`There is no item ${adding.item} on that agenda. See it with: quorate agenda --board ${adding.board}`)
  const { id: subject } = paper.item
  const received = await house.bot.receiveAsOperator(tenant, basename(file), createReadStream(file))
  if (received.kind !== 'received') {
    complain(plainAnswer(received))
    return received.kind === 'fault' ? EXIT.fault : EXIT.refusal
  }
  const values = {
    file: received.upload,
    ...(adding.marking === undefined ? {} : { marking: adding.marking }),
    ...(adding.recommend === undefined ? {} : { recommendations: adding.recommend.join('\n') }),
  }
  const sent = await operate(house, tenant, { command: 'papers.send', subject, values })
  if (sent.code !== EXIT.answer || adding.author === undefined) return sent.code
  // Whose paper is in already is not asked for it.
  const people = namedAs(await peopleOn(reading, board.id, boardDay(board, house.boardClock.now())), adding.author)
  const [only, another] = people
  const author: Record<string, string> = only && !another ? { author: only.id } : { name: adding.author }
  return (await operate(house, tenant, { command: 'papers.describe', subject, values: author })).code
}

/** @throws StartError */
function mustBeFile(file: string): void {
  try {
    if (statSync(file).isFile()) return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
  throw new StartError(`${file} cannot be read. Name a file that is there.`)
}
