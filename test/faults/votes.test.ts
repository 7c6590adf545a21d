import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { chains, payloadsOf, verifyChain } from '../../src/db/journal.js'
import { registerAgrees } from '../../src/votes/register/store.js'
import { openTestHouse } from '../house.js'
import { type Assembly, openAssembly, reopened } from '../votes/assembly.js'
import { bundled } from './bundle.js'
import { watched } from './disk.js'
import { ownFolder } from './folder.js'
import { numbersFrom, seedOf } from './numbers.js'
import { startWorker } from './process.js'

const VOTING = fileURLToPath(new URL('voting.ts', import.meta.url))
const KILLS = 100
/** Each casts ten votes at once: 600 are in flight when a storm begins. */
const VOTERS = 60
/** One kill in so many falls into the opening of the database, the others into the storm after it. */
const IN_OPENING = 10
const OPENING_MS = 200
/** Of the 600 so many are acknowledged at most when the kill comes, and then it comes within so many milliseconds. */
const ACKNOWLEDGED = 200
const JITTER_MS = 60
const PATIENCE_MS = 30_000

test(`after each of ${KILLS} kills in a storm of votes, every vote that was acknowledged is counted, once`, async () => {
  const random = numbersFrom(seedOf('kills'))
  const folder = ownFolder()
  const file = join(folder, 'board.db')
  const logOf = (kill: number) => join(folder, `events-${kill}`)
  await (await openAssembly({ seats: VOTERS, file })).house.close()
  const program = await bundled('voting.ts', folder)
  const start = (kill: number) => startWorker(file, logOf(kill), {}, program)
  // The next process loads while this one storms; it opens nothing until it is told to.
  let next = start(1)
  const told: Told[] = []
  let left = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const worker = next
    await worker.ready()
    next = start(kill + 1)
    if (kill % IN_OPENING === 0) {
      worker.begin('open')
      worker.begin(`storm ${kill}`)
      await wait(random() * OPENING_MS)
    } else {
      await worker.run('open')
      worker.begin(`storm ${kill}`)
      const acknowledged = Math.floor(random() * ACKNOWLEDGED)
      await until(() => answeredIn(toldIn(logOf(kill))) >= acknowledged)
      await wait(random() * JITTER_MS)
    }
    await worker.kill()
    told.push(toldIn(logOf(kill)))
    const house = await openTestHouse({ file })
    try {
      left += await expectHolds(await reopened(house), together(told))
    } finally {
      await house.close()
    }
  }
  const { cast, late, closed } = together(told)
  const flying = told.map((one) => one.asked.length - answeredIn(one))
  console.info(
    `${KILLS} kills with ${flying.reduce((sum, some) => sum + some)} votes in flight: ${cast.length} acknowledged as cast, ${late.length} as too late, ${closed.length} closings; a vote left open ${left} times`,
  )
  // Or nothing was killed in the midst of anything.
  expect(flying.filter((some) => some >= 200).length).toBeGreaterThan(KILLS / 2)
  expect(cast.length).toBeGreaterThan(10 * KILLS)
  expect(Math.min(late.length, closed.length, left)).toBeGreaterThan(0)
}, 600_000)

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > PATIENCE_MS) throw new Error('it never comes to that')
    await wait(5)
  }
}

test('a vote is acknowledged once it is on the disk: after one sync, where nothing is folded in meanwhile', async () => {
  const { worker, events } = await watched(async (file) => (await openAssembly({ seats: VOTERS, file })).house.close(), VOTING)
  await worker.run('turn 0')
  const before = events().length
  await worker.run('turn 1')
  const seen = events().slice(before)
  const asked = seen.flatMap((event, at) => (event.startsWith('asked ') ? [at] : []))
  expect(asked).toHaveLength(VOTERS)
  const each = asked.map((at) => {
    const delivery = seen[at]?.slice('asked '.length)
    return seen.slice(at, seen.indexOf(`cast ${delivery}`))
  })
  const early = each.filter((one) => one.indexOf('fsync wal', one.lastIndexOf('write wal')) < 0)
  expect(early).toEqual([])
  const alone = each.filter((one) => !one.includes('fsync db')).map((one) => one.filter((event) => event.startsWith('fsync')))
  expect(alone.length).toBeGreaterThan(VOTERS / 2)
  // The log that was folded in begins anew with a sync of its own.
  expect(alone.filter(({ length }) => length !== 1).length).toBeLessThanOrEqual(each.length - alone.length + 1)
})

interface Told {
  /** deliveries of votes */
  readonly asked: readonly string[]
  readonly cast: readonly string[]
  readonly late: readonly string[]
  /** motions */
  readonly closed: readonly string[]
}

const answeredIn = ({ cast, late }: Told): number => cast.length + late.length

const together = (told: readonly Told[]): Told => ({
  asked: told.flatMap(({ asked }) => asked),
  cast: told.flatMap(({ cast }) => cast),
  late: told.flatMap(({ late }) => late),
  closed: told.flatMap(({ closed }) => closed),
})

/** What was asked and acknowledged so far in a storm; a line that the kill cut off was not read by anybody. */
function toldIn(log: string): Told {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []
  const of = (kind: string) => lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1))
  return { asked: of('asked'), cast: of('cast'), late: of('late'), closed: of('closed') }
}

/** @returns how many votes stand open */
async function expectHolds({ house, board }: Assembly, told: Told): Promise<number> {
  const { reading } = house.handles
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(reading)
  expect(rows).toEqual([{ quick_check: 'ok' }])
  for (const chain of await chains(reading)) expect((await verifyChain(reading, chain)).faults).toEqual([])
  const payloads = await payloadsOf(reading, board)
  expect(await registerAgrees(reading, board, payloads, true)).toEqual([])

  // What was acknowledged was kept, and was kept as it was acknowledged.
  const kept = await reading
    .selectFrom('delivery')
    .where('command', '=', 'votes.cast')
    .select(['id', 'subject', 'outcome'])
    .execute()
  const outcomes = new Map(kept.map(({ id, outcome }) => [id, outcome]))
  expect(told.cast.filter((delivery) => outcomes.get(delivery) !== 'done')).toEqual([])
  expect(told.late.filter((delivery) => outcomes.get(delivery) !== 'refused')).toEqual([])

  // Each vote that was taken is journaled once, and the ballots are those that were journaled last.
  const journaled = await reading
    .selectFrom('journal')
    .innerJoin('journal_payload as inside', (join) =>
      join.onRef('inside.board_id', '=', 'journal.board_id').onRef('inside.seq', '=', 'journal.seq'),
    )
    .where('journal.board_id', '=', board)
    .where('journal.command', '=', 'votes.cast')
    .orderBy('journal.seq')
    .select(['journal.subject', 'inside.payload'])
    .execute()
  expect(journaled).toHaveLength(kept.filter(({ outcome }) => outcome === 'done').length)
  const last = new Map<string, string>()
  for (const { subject, payload } of journaled) {
    const { outcome } = JSON.parse(payload) as { outcome: { ballots?: readonly { voter: string; choice: string }[] } }
    for (const { voter, choice } of outcome.ballots ?? []) last.set(`${subject} ${voter}`, choice)
  }
  const ballots = await reading.selectFrom('ballot').select(['motion_id', 'voter_id', 'choice']).execute()
  expect(ballots).toHaveLength(last.size)
  expect(ballots.filter(({ motion_id, voter_id, choice }) => last.get(`${motion_id} ${voter_id}`) !== choice)).toEqual([])

  // A vote is open or closed, and nothing of the one is left in the other.
  const votes = await reading
    .selectFrom('vote')
    .innerJoin('motion', 'motion.id', 'vote.motion_id')
    .leftJoin('decision', 'decision.motion_id', 'motion.id')
    .select(['vote.motion_id', 'vote.state', 'vote.closed_at', 'vote.quorum_close', 'vote.tallies'])
    .select(['motion.state as motion', 'decision.account'])
    .execute()
  expect(new Set(votes.map(({ motion_id }) => motion_id)).size).toBe(votes.length)
  for (const { motion_id, state, closed_at, quorum_close, tallies, motion, account } of votes) {
    if (state === 'open') {
      expect({ closed_at, quorum_close, tallies, motion, account }).toEqual({
        closed_at: null,
        quorum_close: null,
        tallies: null,
        motion: 'in a vote',
        account: null,
      })
      continue
    }
    expect({ state, motion }).toEqual({ state: 'closed', motion: 'decided' })
    const cast = ballots.filter((ballot) => ballot.motion_id === motion_id)
    const many = (of: string) => cast.filter(({ choice }) => choice === of).length
    const tally = { for: many('for'), against: many('against'), abstained: many('abstain') }
    expect(JSON.parse(tallies ?? '')).toMatchObject([tally])
    const entered = JSON.parse(account ?? '') as { vote: { names: readonly unknown[]; tallies: unknown } }
    expect(entered.vote.names).toHaveLength(cast.length)
    expect(entered.vote.tallies).toMatchObject([tally])
  }
  const open = votes.filter(({ state }) => state === 'open').map(({ motion_id }) => motion_id)
  expect(open.length).toBeLessThanOrEqual(1)
  expect(told.closed.filter((motion) => open.includes(motion))).toEqual([])
  return open.length
}
