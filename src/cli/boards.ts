import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { Board } from '../boards/rules.js'
import { boardNamed, boardsIn } from '../boards/store.js'
import { readTerms } from '../boards/terms-text.js'
import { type Answer, type Pressed, plainAnswer } from '../bot.js'
import { newId } from '../kernel/ids.js'
import { StartError } from '../kernel/start-error.js'
import { dayOf } from '../kernel/time.js'
import type { Called } from '../meetings/rules.js'
import { meetingsOf } from '../meetings/store.js'
import type { House } from '../wiring.js'
import { complain, EXIT, print } from './exit.js'

/** Before any meeting. */
const EVER = Temporal.Instant.fromEpochMilliseconds(0)

/** Bytes above which a file is none of ours, whatever it holds. */
const LARGEST_FILE = 1024 * 1024

/** A file's bytes. @throws StartError */
export function bytesOf(file: string): Buffer {
  try {
    if (statSync(file).size > LARGEST_FILE)
      throw new StartError(`${file} is larger than 1 MB, and neither terms nor a roster are. Name the right one.`)
    return readFileSync(file)
  } catch (error) {
    if (error instanceof StartError) throw error
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StartError(`${file} cannot be read${code}. Name a file that is there.`)
  }
}

/** The tenant for which the operator acts: the only one, made if there is none. @throws StartError where there are several */
export async function tenantOf({ handles, writer }: House): Promise<string> {
  const tenants = await handles.reading.selectFrom('tenant').select('id').execute()
  if (tenants.length > 1)
    throw new StartError('This database holds the boards of several tenants. Act in chat, as the clerk of one of them.')
  const [only] = tenants
  if (only) return only.id
  const id = newId()
  await writer.write((tx) => tx.insertInto('tenant').values({ id, name: 'Quorate' }).execute())
  return id
}

/** Does something as the operator, and says what came of it. */
export async function operate(house: House, tenant: string, press: Pressed): Promise<{ answer: Answer; code: number }> {
  const answer = await house.bot.operate(tenant, press)
  await house.outbox.drain()
  if (answer.kind === 'card' || answer.kind === 'document' || answer.kind === 'form') {
    print(plainAnswer(answer))
    return { answer, code: EXIT.answer }
  }
  complain(plainAnswer(answer))
  return { answer, code: answer.kind === 'refusal' ? EXIT.refusal : EXIT.fault }
}

export interface Adopting {
  /** the resolution that approved the text */
  readonly resolution?: string
  /** `YYYY-MM-DD`; without it, from that instant */
  readonly from?: string
  /** keeps it as a draft */
  readonly draft?: true
}

/** Sets up the board that a file of terms is for, or gives it a new text; approved, unless it is to stay a draft. */
export async function adopt(house: House, file: string, { resolution, from, draft }: Adopting): Promise<number> {
  if (!draft && resolution === undefined)
    throw new StartError(
      'Say how the terms were approved, as in --resolution "RESOLVED that the terms be approved, 23 July 2025", or keep them as a --draft.',
    )
  // What is wrong with the day is said before anything is kept.
  if (from !== undefined) dayFrom(from)
  const bytes = bytesOf(file)
  const read = readTerms(bytes.toString('utf8'))
  if (!('terms' in read)) {
    for (const { line, column, path, sentence } of read.faults)
      complain([`${file}:${line}:${column}`, path && `${path}:`, sentence].filter(Boolean).join(' '))
    return EXIT.refusal
  }
  const tenant = await tenantOf(house)
  const known = await boardNamed(house.handles.reading, tenant, read.terms.shortName)
  const board = known?.id ?? newId()
  const kept = await operate(house, tenant, {
    command: 'boards.set_up',
    subject: board,
    values: { file: bytes.toString('base64') },
  })
  if (kept.code !== EXIT.answer || draft) return kept.code
  const text = await house.handles.reading
    .selectFrom('terms')
    .select('id')
    .where('board_id', '=', board)
    .where('state', '=', 'draft')
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
  const values = { resolution: resolution ?? '', ...(from === undefined ? {} : { from }) }
  return (await operate(house, tenant, { command: 'boards.approve', subject: text.id, values })).code
}

/** A day as it is typed, `YYYY-MM-DD`. @throws StartError */
export function dayFrom(text: string): Temporal.PlainDate {
  try {
    const day = Temporal.PlainDate.from(text)
    if (day.toString() === text) return day
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new StartError(`There is no day ${text}. Write it as in 2027-01-31.`)
}

/** A board by its full or its short name. @throws StartError that names those there are */
export async function boardOf(house: House, tenant: string, named: string): Promise<Board> {
  const board = await boardNamed(house.handles.reading, tenant, named)
  if (board) return board
  const all = await boardsIn(house.handles.reading, tenant)
  const there =
    all.length === 0
      ? 'There is none yet: quorate terms adopt FILE sets one up.'
      : `There are: ${all.map(({ shortName }) => shortName).join(', ')}.`
  throw new StartError(`There is no board ${named}. ${there}`)
}

export interface Importing {
  readonly board: string
  readonly dryRun?: true
}

/** Makes a board's roster what a file says, or only says what that would change. */
export async function importRoster(house: House, file: string, { board: named, dryRun }: Importing): Promise<number> {
  const base64 = bytesOf(file).toString('base64')
  const tenant = await tenantOf(house)
  const { id: board } = await boardOf(house, tenant, named)
  if (dryRun)
    return (await operate(house, tenant, { command: 'boards.check_roster', subject: board, values: { file: base64 } })).code
  const kept = await house.bot.operate(tenant, {
    command: 'boards.read_roster',
    subject: board,
    values: { file: base64, name: basename(file) },
  })
  if (kept.kind !== 'card') {
    complain(plainAnswer(kept))
    return kept.kind === 'fault' ? EXIT.fault : EXIT.refusal
  }
  const { id } = await house.handles.reading
    .selectFrom('roster_file')
    .select('id')
    .where('board_id', '=', board)
    .where('state', '=', 'read')
    .executeTakeFirstOrThrow()
  return (await operate(house, tenant, { command: 'boards.import_roster', subject: id })).code
}

/** The next meeting of a board, or that on a day. @throws StartError */
export async function meetingOn(house: House, board: Board, on: string | undefined): Promise<Called> {
  const meetings = await meetingsOf(house.handles.reading, board.id, { from: on === undefined ? house.boardClock.now() : EVER })
  const meeting = meetings.find(({ startsAt }) => on === undefined || dayOf(startsAt, board.zone).toString() === on)
  if (meeting) return meeting
  throw new StartError(
    on === undefined
      ? `No meeting of ${board.shortName} is called.`
      : `${board.shortName} does not meet on ${on}. Name the day as in 2027-01-20.`,
  )
}

export interface Printing {
  readonly board: string
  readonly on?: string
  readonly html?: true
}

/** Prints the front sheet of a board's next meeting, or of the one on a day. */
export async function printAgenda(house: House, { board: named, on, html }: Printing): Promise<number> {
  const tenant = await tenantOf(house)
  const meeting = await meetingOn(house, await boardOf(house, tenant, named), on)
  const answer = await house.bot.operate(tenant, { command: 'agenda.print', subject: meeting.id })
  if (answer.kind !== 'document') {
    complain(plainAnswer(answer))
    return answer.kind === 'fault' ? EXIT.fault : EXIT.refusal
  }
  print(html ? answer.document.html : answer.document.plain)
  return EXIT.answer
}
