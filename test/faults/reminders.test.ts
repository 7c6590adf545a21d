import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { openTestHouse } from '../house.js'
import { ownFolder } from './folder.js'
import { numbersFrom, seedOf } from './numbers.js'
import { startWorker, type Worker } from './process.js'
import { expectWhole } from './record.js'
import { becameOfReminded, makeReminded } from './reminded.js'

const REMINDERS = 2_000
const IN_FLIGHT = 8
const DUE = Temporal.Instant.from('2026-11-23T09:00:00Z')
/** What a process that was killed had taken up is another's once its lease has ended. */
const LEASED = { seconds: 61 }
const DUE_LATER = DUE.add(LEASED)
const LAST = DUE_LATER.add(LEASED)

interface Taken {
  readonly by: string
  readonly number: number
}

/** What the platform took so far, first to last; a line that a kill cut off was not written. */
function takenIn(log: string): readonly Taken[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const [, by = '', number] = line.split(' ')
    return { by, number: Number(number) }
  })
}

const allNumbers = Array.from({ length: REMINDERS }, (_, number) => number)

async function expectAllSaid(file: string): Promise<void> {
  const house = await openTestHouse({ file })
  try {
    await expectWhole(house)
    expect(await becameOfReminded(house)).toEqual({ 'queued, sent': REMINDERS })
  } finally {
    await house.close()
  }
}

test(`of ${REMINDERS} reminders that fall due for two processes at once, each is sent once`, async () => {
  const folder = ownFolder()
  const [file, log] = [join(folder, 'board.db'), join(folder, 'events')]
  await makeReminded(file, REMINDERS, () => DUE)
  const workers = [startWorker(file, log), startWorker(file, log)]
  for (const worker of workers) await worker.ready()
  await Promise.all(workers.map((worker) => worker.run('open')))
  await Promise.all(workers.map((worker) => worker.run(`clock ${DUE}`)))
  await Promise.all(workers.map((worker, at) => worker.run(`remind w${at}`)))
  for (const worker of workers) expect(await worker.end()).toBe(0)

  const taken = takenIn(log)
  expect(taken.map(({ number }) => number).sort((one, other) => one - other)).toEqual(allNumbers)
  expect(new Set(taken.map(({ by }) => by))).toEqual(new Set(['w0', 'w1']))
  await expectAllSaid(file)
}, 120_000)

/** Kills while what fell due at one time is settled and sent, and the same again at another. */
const KILLS = [5, 5]
/** The first kill at each time falls into the settling: so soon at the latest, in milliseconds. */
const LATEST_MS = 400
const PATIENCE_MS = 60_000
/** So slow a platform has each kill fall into the sending, though half of the processes are starting. */
const SLOW = { TAKES_MS: '120' }

interface Crew {
  readonly name: string
  readonly worker: Worker
  /** once there is nothing left to do; rejected if it is killed before */
  readonly done: Promise<void>
}

test(`with ${KILLS.join(' and ')} kills meanwhile none is lost, and at most ${IN_FLIGHT} a kill are sent twice`, async () => {
  const random = numbersFrom(seedOf('kills'))
  const folder = ownFolder()
  const [file, log] = [join(folder, 'board.db'), join(folder, 'events')]
  await makeReminded(file, REMINDERS, (number) => (number % 2 === 0 ? DUE : DUE_LATER))
  const killed = new Set<string>()
  let started = 0
  // The next process loads while the others work; it opens nothing until it is told to.
  const load = () => startWorker(file, log, SLOW)
  const loading = [load(), load(), load()]

  async function begin(now: Temporal.Instant): Promise<Crew> {
    const worker = loading.shift()
    if (!worker) throw new Error('none is loading')
    loading.push(load())
    await worker.ready()
    await worker.run('open')
    return working(worker, `w${started++}`, now)
  }

  async function working(worker: Worker, name: string, now: Temporal.Instant): Promise<Crew> {
    await worker.run(`clock ${now}`)
    return { name, worker, done: worker.run(`remind ${name}`) }
  }

  let crew: readonly Crew[] = []
  for (const [time, kills] of KILLS.entries()) {
    const now = time === 0 ? DUE : DUE_LATER
    crew =
      time === 0
        ? [await begin(now), await begin(now)]
        : await Promise.all(crew.map(({ worker, name }) => working(worker, name, now)))
    const before = takenIn(log).length
    for (let kill = 0; kill < kills; kill += 1) {
      const after = before + (kill * REMINDERS) / KILLS.length / (kills + 1)
      await until(() => takenIn(log).length >= after)
      await wait(random() * LATEST_MS)
      const victim = crew[Math.floor(random() * 2)]
      if (!victim) throw new Error('nobody is left to kill')
      victim.done.catch(() => undefined)
      await victim.worker.kill()
      killed.add(victim.name)
      crew = [...crew.filter((one) => one !== victim), await begin(now)]
    }
    await Promise.all(crew.map(({ done }) => done))
  }
  crew = await Promise.all(crew.map(({ worker, name }) => working(worker, name, LAST)))
  await Promise.all(crew.map(({ done }) => done))
  for (const { worker } of crew) expect(await worker.end()).toBe(0)

  const taken = takenIn(log)
  expect(new Set(taken.map(({ number }) => number))).toEqual(new Set(allNumbers))
  const doubledBy = new Map<string, number>()
  for (const [at, { by, number }] of taken.entries()) {
    const again = taken.slice(at + 1).some((later) => later.number === number)
    if (again) doubledBy.set(by, (doubledBy.get(by) ?? 0) + 1)
  }
  console.info(`sent twice, by who was killed: ${JSON.stringify([...doubledBy])}`)
  expect(killed.size).toBe(KILLS.reduce((sum, kills) => sum + kills))
  expect([...doubledBy.keys()].filter((name) => !killed.has(name))).toEqual([])
  expect([...doubledBy.values()].filter((many) => many > IN_FLIGHT)).toEqual([])
  // Or nothing was killed in the midst of sending.
  expect(doubledBy.size).toBeGreaterThan(0)
  await expectAllSaid(file)
}, 180_000)

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > PATIENCE_MS) throw new Error('it never comes to that')
    await wait(10)
  }
}
