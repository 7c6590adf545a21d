import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { emailOf } from '../../src/demonstration/people.js'
import { newId } from '../../src/kernel/ids.js'
import { directPlaceOf, userOf } from '../../src/platforms/web/places.js'
import type { House } from '../../src/wiring.js'
import { callMeeting } from '../agenda/setting.js'
import { CHAIR, type Choice, cast as castOne, openAssembly, putToVote, voterOf } from '../votes/assembly.js'
import { holdVotes } from '../votes/many.js'
import { AT_ONCE, settle } from './apologies.js'
import { openBenchHouse } from './house.js'
import { compare, type Figures, type Round, repeat, timed, type Variant } from './rounds.js'

/** Seats of the smaller board, and of the larger; each is there, and votes. */
export const SEATS = [64, 200] as const
/** Ballots of earlier votes beside which a vote is closed. */
export const BESIDE = [10_000, 1_000_000] as const

const ROUNDS = 7
const ROUND_MS = 1_000
/** Closings a round. */
const CLOSINGS = 10

export interface Votes {
  /** a vote cast by press: alone and at once, by the seats of the board */
  readonly cast: readonly { readonly seats: number; readonly alone: Figures; readonly atOnce: Figures }[]
  /** a vote of the larger board closed, by the ballots beside it */
  readonly closed: readonly [Figures, Figures]
  /** MiB, of those */
  readonly sizes: readonly [number, number]
}

/** @param folder for the databases */
export async function votes(folder: string): Promise<Votes> {
  return { cast: await casting(folder), ...(await closing(folder)) }
}

const CHOICES: readonly Choice[] = ['for', 'against', 'abstain']

interface Poll {
  readonly house: House
  readonly motion: string
  readonly seats: number
  /** how often each has voted */
  readonly turns: number[]
  cast: number
}

/** A database in which a vote is open that nothing but a hand closes. */
async function openPoll(folder: string, seats: number): Promise<Poll> {
  const file = join(folder, `${seats}-voters.db`)
  const assembly = await openAssembly({ seats, file })
  const motion = await putToVote(assembly, { ends: 'hand' })
  await assembly.house.close()
  const house = await openBenchHouse(file)
  await settle(house)
  return { house, motion, seats, turns: Array.from({ length: seats }, () => 0), cast: 0 }
}

async function press(house: House, name: string, command: string, subject: string, values = {}): Promise<void> {
  const user = emailOf(name)
  const what = { press: { command, subject, values } }
  const { kind } = await house.bot.answer({ delivery: newId(), from: userOf(user), place: directPlaceOf(user), what })
  if (kind !== 'card') throw new Error(`${command} was answered with a ${kind}`)
}

/** One who changes their vote after another in each lane, and all that the outbox does meanwhile; nobody is in two lanes. */
function changing(poll: Poll, lanes: 1 | typeof AT_ONCE): Variant {
  const next = Array.from({ length: lanes }, (_, lane) => lane)
  const round = async () => {
    const taken = await repeat(ROUND_MS, lanes, async (lane) => {
      const voter = next[lane] ?? lane
      next[lane] = voter + lanes < poll.seats ? voter + lanes : lane
      const turn = poll.turns[voter] ?? 0
      poll.turns[voter] = turn + 1
      await press(poll.house, voterOf(voter + 1), 'votes.cast', poll.motion, { choice: CHOICES[turn % CHOICES.length] })
      poll.cast += 1
    })
    await settle(poll.house)
    return taken
  }
  return { name: `${poll.seats} seats, ${lanes} at once`, round }
}

/** @throws Error unless each vote was a change, and each voter has one ballot: the figures would be of something else */
async function checkCast({ house, motion, seats, cast }: Poll): Promise<void> {
  const rows = await house.handles.reading.selectFrom('ballot').where('motion_id', '=', motion).select('voter_id').execute()
  const { kept } = await house.handles.reading
    .selectFrom('journal')
    .where('command', '=', 'votes.cast')
    .select((row) => row.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  if (kept !== cast || rows.length !== seats)
    throw new Error(`${cast} votes were cast, ${kept} are journaled, ${rows.length} stand`)
}

async function casting(folder: string): Promise<Votes['cast']> {
  const polls = await Promise.all(SEATS.map((seats) => openPoll(folder, seats)))
  const figures = await compare(
    ROUNDS,
    polls.flatMap((poll) => [changing(poll, 1), changing(poll, AT_ONCE)]),
  )
  const found = []
  for (const [index, poll] of polls.entries()) {
    await checkCast(poll)
    await poll.house.close()
    const [alone, atOnce] = figures.slice(2 * index)
    if (!alone || !atOnce) throw new Error('there are no figures')
    found.push({ seats: poll.seats, alone, atOnce })
  }
  return found
}

/** A vote that is open and in which everybody has voted, to be closed again and again: each time a copy of it. */
interface Full {
  readonly file: string
  readonly house: House
  readonly motion: string
}

async function fullPoll(folder: string, beside: number): Promise<Full> {
  const seats = SEATS[1]
  const file = join(folder, `beside-${beside}.db`)
  const assembly = await openAssembly({ seats, file })
  const { house, board, item, voters } = assembly
  const motion = await putToVote(assembly, { ends: 'hand' })
  await Promise.all(voters.map((name, index) => castOne(assembly, motion, name, CHOICES[index % 2] ?? 'for')))
  const meeting = await callMeeting(house, board, '2027-01-14')
  await house.close()
  holdVotes(file, { board, meeting, item }, beside / seats)
  const opened = await openBenchHouse(file)
  await opened.outbox.close()
  return { file, house: opened, motion }
}

/** Copies the open vote, with its ballots and its cards. @returns the motion of the copy */
function copyOf({ file, motion }: Full): string {
  const copy = newId()
  const database = new Sqlite(file)
  const copied = (table: string, own: Readonly<Record<string, string>>, where: string) => {
    const columns = (database.prepare(`select name from pragma_table_info('${table}')`).pluck().all() as string[]).join(', ')
    const values = columns.split(', ').map((column) => own[column] ?? column)
    database
      .prepare(`insert into ${table} (${columns}) select ${values.join(', ')} from ${table} where ${where}`)
      .run({ copy, motion })
  }
  const next = '(select max(number) + 1 from motion)'
  database.transaction(() => {
    copied('motion', { id: '@copy', number: next }, 'id = @motion')
    for (const table of ['motion_wording', 'vote', 'ballot']) copied(table, { motion_id: '@copy' }, 'motion_id = @motion')
    const subject = 'replace(subject, @motion, @copy)'
    copied('notice', { id: 'lower(hex(randomblob(16)))', subject }, "subject = @motion or subject like @motion || ' %'")
  })()
  database.close()
  return copy
}

/** Closes copies, each made before, which is not measured. */
const closingIn = (full: Full): Variant => ({
  name: 'closing',
  async round(): Promise<Round> {
    const took: number[] = []
    let cpu = 0
    for (let nth = 0; nth < CLOSINGS; nth += 1) {
      const motion = copyOf(full)
      const used = process.cpuUsage()
      took.push(await timed(() => press(full.house, CHAIR, 'votes.close', motion)))
      const { user, system } = process.cpuUsage(used)
      cpu += (user + system) / 1_000
      await checkClosed(full.house, motion)
    }
    return { took, lasted: took.reduce((sum, one) => sum + one), cpu }
  },
})

/** @throws Error unless it is closed, and all votes are counted */
async function checkClosed({ handles }: House, motion: string): Promise<void> {
  const { tallies } = await handles.reading
    .selectFrom('vote')
    .where('motion_id', '=', motion)
    .select('tallies')
    .executeTakeFirstOrThrow()
  const [tally] = JSON.parse(tallies ?? '[]') as readonly { for: number; against: number }[]
  if (tally?.for !== SEATS[1] / 2 || tally.against !== SEATS[1] / 2) throw new Error('a vote was not counted')
}

async function closing(folder: string): Promise<Pick<Votes, 'closed' | 'sizes'>> {
  const polls: Full[] = []
  for (const beside of BESIDE) polls.push(await fullPoll(folder, beside))
  const [few, many] = await compare(ROUNDS, polls.map(closingIn))
  for (const { house } of polls) await house.close()
  const [sizeFew, sizeMany] = polls.map(({ file }) => statSync(file).size / 2 ** 20)
  if (!few || !many || sizeFew === undefined || sizeMany === undefined) throw new Error('there are no figures')
  return { closed: [few, many], sizes: [sizeFew, sizeMany] }
}
