import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { chains, verifyChain } from '../../src/db/journal.js'
import {
  castIn,
  closePoll,
  nominated,
  openPoll,
  openPolling,
  type Poll,
  type Polling,
  pollingAgain,
} from '../elections/attack/polls.js'
import { openTestHouse, type TestHouse } from '../house.js'
import { bundled } from './bundle.js'
import { ownFolder } from './folder.js'
import { startWorker } from './process.js'

/** Places on the ballot of whom each of the voters chooses; 2: nobody. Nobody's choice is where the tally would not miss it. */
const CHOSEN = [0, 0, 1, 0, 2, 1, 0]
const TALLY = [4, 2, 1]
const NAME = 'board.db'

/** A database as it was left, and what lies sealed in it. */
interface Left {
  readonly folder: string
  readonly papers: readonly string[]
}

/** A house with an election whose ballot is to be opened, or is open with all its papers in; copied while it was in use. */
async function left(ballot: 'to open' | 'open'): Promise<Left> {
  const [used, folder] = [ownFolder(), ownFolder()]
  const polling = await openPolling(CHOSEN.length, { file: join(used, NAME) })
  const { house, electors } = polling
  try {
    const election = await nominated(polling, electors.slice(1, 3))
    if (ballot === 'open') {
      const poll = await openPoll(polling, election)
      for (const [who, one] of electors.entries()) await castIn(polling, poll, one, poll.candidates[CHOSEN[who] ?? 2] ?? null)
    }
    const rows = await house.handles.reading.selectFrom('sealed_paper').select('sealed').execute()
    cpSync(used, folder, { recursive: true })
    return { folder, papers: rows.map(({ sealed }) => sealed) }
  } finally {
    await house.close()
  }
}

const keysIn = (folder: string): readonly string[] => {
  const keys = join(folder, 'keys', NAME)
  return existsSync(keys) ? readdirSync(keys) : []
}

/** Opens a house, and closes it whatever comes. */
async function within(
  folder: string,
  look: (polling: Polling) => Promise<void>,
  executed: (statement: string) => void = () => undefined,
): Promise<void> {
  const house = await openTestHouse({ file: join(folder, NAME), executed })
  try {
    const polling = await pollingAgain(house)
    await look(polling)
  } finally {
    await house.close()
  }
}

async function ballotIn({ handles }: TestHouse) {
  const { reading } = handles
  const ballot = await reading.selectFrom('election_ballot').selectAll().executeTakeFirst()
  const sealed = await reading.selectFrom('sealed_paper').select('sealed').execute()
  const choices = await reading.selectFrom('counted_choice').select('choice').execute()
  return { ballot, sealed: sealed.length, choices: choices.map(({ choice }) => choice) }
}

/** The ballot is wholly closed, and nothing of what was sealed is left anywhere. */
async function expectClosed({ house }: Polling, { folder, papers }: Left, orphans: readonly string[] = []): Promise<void> {
  const { ballot, sealed, choices } = await ballotIn(house)
  const candidates = JSON.parse(ballot?.candidates ?? '[]') as string[]
  const counted = JSON.parse(ballot?.counted ?? '{}') as {
    abstained: number
    stages: readonly { votes: readonly { candidate: string; votes: number }[] }[]
  }
  const votes = new Map(counted.stages[0]?.votes.map(({ candidate, votes: many }) => [candidate, many]))
  expect([...candidates.map((one) => votes.get(one)), counted.abstained]).toEqual(TALLY)
  const kept = candidates.map((one) => choices.filter((choice) => choice === JSON.stringify([one])).length)
  expect([...kept, choices.filter((choice) => choice === '[]').length]).toEqual(TALLY)
  expect({ state: ballot?.state, sealed, keys: keysIn(folder) }).toEqual({ state: 'closed', sealed: 0, keys: orphans })
  const bytes = [NAME, `${NAME}-wal`]
    .map((name) => join(folder, name))
    .map((path) => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)))
  const pieces = papers.flatMap((paper) => [20, 90, 140].map((from) => paper.slice(from, from + 24)))
  expect(pieces.filter((piece) => bytes.some((one) => one.includes(piece)))).toEqual([])
  const elected = await house.handles.reading.selectFrom('decision').where('how', '=', 'election').select('id').execute()
  expect(elected).toHaveLength(1)
}

async function expectWhole({ house }: Polling): Promise<void> {
  const { reading } = house.handles
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(reading)
  expect(rows).toEqual([{ quick_check: 'ok' }])
  for (const chain of await chains(reading)) expect((await verifyChain(reading, chain)).faults).toEqual([])
  expect(house.faults).toEqual([])
}

const openIn = (ballot: { readonly id: string; readonly election_id: string; readonly candidates: string }): Poll => ({
  election: ballot.election_id,
  ballot: ballot.id,
  candidates: JSON.parse(ballot.candidates) as string[],
})

/** Lets a process do something with a copy until it dies. @returns the copy */
async function killed(from: Left, program: string, command: string): Promise<Left> {
  const folder = ownFolder()
  cpSync(from.folder, folder, { recursive: true })
  const worker = startWorker(join(folder, NAME), '', {}, program)
  await worker.ready()
  worker.begin(command)
  const code = await worker.ended()
  if (code !== null) throw new Error(`${command}: it ended with ${code}, and was not killed`)
  return { ...from, folder }
}

/** Each statement that an act executes. @param act which tells when it begins */
async function statementsOf(
  { folder: from }: Left,
  act: (polling: Polling, begin: () => void) => Promise<unknown>,
): Promise<readonly string[]> {
  const folder = ownFolder()
  cpSync(from, folder, { recursive: true })
  const statements: string[] = []
  let acting = false
  await within(
    folder,
    async (polling) => {
      await polling.house.outbox.close()
      await act(polling, () => {
        acting = true
      })
      acting = false
    },
    (statement) => {
      if (acting) statements.push(statement)
    },
  )
  return statements
}

const WRITES = /^(?:insert|update|delete|begin|commit|savepoint|release)/

/** When a process is to die: after any statement, or around those alone that write; and around what is done beside. */
const moments = (statements: readonly string[], which: 'any' | 'writes', beside: readonly string[]): readonly string[] => [
  ...statements.flatMap((one, at) =>
    which === 'any' || WRITES.test(one) || WRITES.test(statements[at + 1] ?? '') ? [`statement ${at + 1}`] : [],
  ),
  ...beside.flatMap((what) => [`before ${what}`, `after ${what}`]),
]

/** Several at once, as the machine has cores. */
async function each<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const left = [...all]
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all([lane(), lane()])
}

const closing = async (polling: Polling, begin = () => {}): Promise<void> => {
  const { ballot } = await ballotIn(polling.house)
  begin()
  if (ballot) await closePoll(polling, openIn(ballot))
}

const opening = async (polling: Polling, begin = () => {}): Promise<Poll> => {
  const { id } = await polling.house.handles.reading.selectFrom('election').select('id').executeTakeFirstOrThrow()
  begin()
  return openPoll(polling, id)
}

/** After a restart it is wholly open, and can be closed; or wholly closed. @returns which */
async function expectOpenOrClosed(state: Left): Promise<'open' | 'closed'> {
  let found: 'open' | 'closed' = 'closed'
  await within(state.folder, async (polling) => {
    await polling.house.bot.doDue()
    const { ballot, sealed, choices } = await ballotIn(polling.house)
    if (ballot?.state === 'open') {
      found = 'open'
      expect({ sealed, choices, counted: ballot.counted, keys: keysIn(state.folder) }).toEqual({
        sealed: CHOSEN.length,
        choices: [],
        counted: null,
        keys: [`${ballot.id}.key`],
      })
      await closing(polling)
    }
    await expectClosed(polling, state)
    await expectWhole(polling)
  })
  return found
}

test('a close that is killed after any of its statements, or around anything beside, is wholly done or not at all', async () => {
  const from = await left('open')
  const statements = await statementsOf(from, closing)
  const program = await bundled('electing.ts', ownFolder())
  const after = new Map<string, 'open' | 'closed'>()
  const when = moments(statements, 'any', ['empty', 'unlink'])
  await each(when, async (moment) => {
    after.set(moment, await expectOpenOrClosed(await killed(from, program, `close ${moment}`)))
  })
  const committed = statements.indexOf('commit') + 1
  expect(committed).toBeGreaterThan(100)
  for (const moment of when) {
    const [how, number] = moment.split(' ')
    expect([moment, after.get(moment)]).toEqual([moment, how === 'statement' && Number(number) < committed ? 'open' : 'closed'])
  }
  console.info(
    `${when.length} kills of a close of ${statements.length} statements, ${[...after.values()].filter((one) => one === 'open').length} before its commit`,
  )
}, 300_000)

test('an opening that is killed leaves no ballot, and at most a key that opens nothing; or a ballot with its key', async () => {
  const from = await left('to open')
  const statements = await statementsOf(from, opening)
  const program = await bundled('electing.ts', ownFolder())
  const committed = statements.indexOf('commit') + 1
  const when = moments(statements, 'writes', ['make'])
  await each(when, async (moment) => {
    const state = await killed(from, program, `open ${moment}`)
    await within(state.folder, async (polling) => {
      const { ballot } = await ballotIn(polling.house)
      const [how, number] = moment.split(' ')
      expect([moment, ballot?.state]).toEqual([moment, how === 'statement' && Number(number) >= committed ? 'open' : undefined])
      const orphans = keysIn(state.folder).filter((name) => name !== `${ballot?.id}.key`)
      expect(orphans.length).toBeLessThanOrEqual(1)
      if (!ballot) await opening(polling)
      const poll = openIn((await ballotIn(polling.house)).ballot ?? raise())
      for (const [who, one] of polling.electors.entries())
        await castIn(polling, poll, one, poll.candidates[CHOSEN[who] ?? 2] ?? null)
      const papers = await polling.house.handles.reading.selectFrom('sealed_paper').select('sealed').execute()
      await closing(polling)
      await expectClosed(polling, { ...state, papers: papers.map(({ sealed }) => sealed) }, orphans)
      await expectWhole(polling)
    })
  })
}, 300_000)

function raise(): never {
  throw new Error('there is no ballot')
}

test.each(['EACCES', 'EBUSY'])(
  'a key that cannot be removed (%s) holds up neither the close nor a start, and goes later',
  async (code) => {
    const state = await left('open')
    const refuse = refusing(code)
    const file = join(state.folder, NAME)
    const before = await openTestHouse({ file })
    const polling = await pollingAgain(before)
    await closing(polling)
    expect((await ballotIn(before)).ballot?.state).toBe('closed')
    expect(before.faults).toHaveLength(1)
    await before.tick()
    expect(before.faults).toHaveLength(2)
    expect(keysIn(state.folder)).toHaveLength(1)
    await before.close()
    const house = await openTestHouse({ file })
    onTestFinished(() => house.close())
    expect(house.faults).toHaveLength(1)
    refuse.no()
    await house.tick()
    await expectClosed(await pollingAgain(house), state)
  },
)

/** Lets no file be removed. */
function refusing(code: string): { no(): void } {
  const { unlink } = fs
  const set = (to: typeof unlink) => {
    fs.unlink = to
    syncBuiltinESMExports()
  }
  set(async () => {
    throw Object.assign(new Error(`${code}: not now`), { code })
  })
  onTestFinished(() => set(unlink))
  return { no: () => set(unlink) }
}

test('while another process reads, the key goes and the log stays; once it has read, the log is emptied', async () => {
  const state = await left('open')
  const house = await openTestHouse({ file: join(state.folder, NAME) })
  onTestFinished(() => house.close())
  const polling = await pollingAgain(house)
  const reader = new Sqlite(join(state.folder, NAME), { readonly: true })
  reader.exec('begin; select count(*) from sealed_paper')
  expect(reader.prepare('select count(*) from sealed_paper').pluck().get()).toBe(CHOSEN.length)
  await closing(polling)
  expect(house.faults).toHaveLength(1)
  expect(keysIn(state.folder)).toEqual([])
  await house.tick()
  expect(house.faults).toHaveLength(2)
  reader.exec('rollback')
  await house.tick()
  expect(house.faults).toHaveLength(2)
  await expectClosed(polling, state)
  reader.close()
})
