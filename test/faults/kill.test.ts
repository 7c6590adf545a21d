import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../house.js'
import { ownFolder } from './folder.js'
import { makeBoard } from './members.js'
import { numbersFrom, seedOf } from './numbers.js'
import { startWorker } from './process.js'
import { deliveriesThat, expectWhole, journaled } from './record.js'

const KILLS = 30
const MEMBERS = 8
/** One kill in so many falls into the opening of the database, the others into the storm after it. */
const IN_OPENING = 5
/** Of the storms every other is killed once so many answers are acknowledged, however slow the machine; the others at any moment. */
const ACKNOWLEDGED = 4
/** From then, or from the beginning, to the kill, in milliseconds. */
const LATEST = { opening: 200, storm: 700 }

test(`after each of ${KILLS} kills in a storm of answers, the record holds all that was acknowledged, and holds together`, async () => {
  const random = numbersFrom(seedOf('kills'))
  const folder = ownFolder()
  const [file, log] = [join(folder, 'board.db'), join(folder, 'events')]
  await makeBoard(file, MEMBERS)
  // The next process loads while this one storms; it opens nothing until it is told to.
  let next = startWorker(file, log)
  for (let kill = 1; kill <= KILLS; kill++) {
    const worker = next
    await worker.ready()
    const during = kill % IN_OPENING === 0 ? 'opening' : 'storm'
    if (during === 'opening') worker.begin('open')
    else await worker.run('open')
    worker.begin(`storm ${kill}`)
    next = startWorker(file, log)
    const before = repliesIn(log).length
    if (during === 'storm' && kill % 2 === 0) while (repliesIn(log).length < before + ACKNOWLEDGED) await wait(5)
    await wait(random() * LATEST[during])
    await worker.kill()
    const house = await openTestHouse({ file })
    try {
      await expectRecordHolds(house, repliesIn(log))
    } finally {
      await house.close()
    }
  }
  expect(repliesIn(log).length).toBeGreaterThan(KILLS)
}, 180_000)

/** The deliveries acknowledged so far; a line that the kill cut off was not read by anybody. */
function repliesIn(log: string): readonly string[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
  return lines.filter((line) => line.startsWith('card ')).map((line) => line.slice('card '.length))
}

async function expectRecordHolds(house: TestHouse, acknowledged: readonly string[]): Promise<void> {
  await expectWhole(house)
  const done = await deliveriesThat('done', house)
  const kept = new Set(done)
  expect(acknowledged.filter((delivery) => !kept.has(delivery))).toEqual([])
  expect(await deliveriesThat('refused', house)).toEqual([])
  expect(await journaled(house)).toHaveLength(done.length)
  expect(await answersBySeat(house)).toEqual(await answersAsJournaled(house))
  expect(await countByCommand(house, 'delivery')).toEqual(await countByCommand(house, 'journal'))
}

/** Each storming member's answers as they are kept: "1 apologies", "2 attending" and so on. */
async function answersBySeat({ handles }: TestHouse): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await handles.reading
    .selectFrom('answer')
    .innerJoin('person', 'person.id', 'answer.by_person_id')
    .select(['person.name', 'answer.seat_id', 'answer.version', 'answer.attending'])
    .where('person.name', 'like', 'Member %')
    .orderBy('answer.seat_id')
    .orderBy('answer.version')
    .execute()
  const bySeat: Record<string, string[]> = {}
  for (const { name, version, attending } of rows) {
    bySeat[name] ??= []
    bySeat[name].push(`${version} ${attending === 1 ? 'attending' : 'apologies'}`)
  }
  return bySeat
}

/** The same as it follows from the journal: what says the same again is journaled, and is no new version. */
async function answersAsJournaled({ handles }: TestHouse): Promise<Readonly<Record<string, readonly string[]>>> {
  const entries = await handles.reading
    .selectFrom('journal')
    .innerJoin('person', 'person.id', 'journal.actor')
    .select(['person.name', 'journal.command'])
    .orderBy('journal.seq')
    .execute()
  const bySeat: Record<string, string[]> = {}
  for (const { name, command } of entries) {
    const versions = bySeat[name] ?? []
    const said = command === 'apologies.attend' ? 'attending' : 'apologies'
    if (!versions.at(-1)?.endsWith(said)) bySeat[name] = [...versions, `${versions.length + 1} ${said}`]
  }
  return bySeat
}

async function countByCommand({ handles }: TestHouse, table: 'delivery' | 'journal'): Promise<Readonly<Record<string, number>>> {
  const rows = await handles.reading
    .selectFrom(table)
    .select((row) => ['command', row.fn.countAll<number>().as('count')])
    .where('command', 'like', 'apologies.%')
    .groupBy('command')
    .orderBy('command')
    .execute()
  return Object.fromEntries(rows.map(({ command, count }) => [command, count]))
}
