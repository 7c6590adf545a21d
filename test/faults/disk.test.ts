import { describe, expect, test } from 'vitest'
import { openTestHouse } from '../house.js'
import { type Disk, watchedDisk } from './disk.js'
import { deliveriesThat, expectWhole, journaled } from './record.js'

/** As many as one transaction takes. */
const AT_ONCE = 64

const watched = (): Promise<Disk> => watchedDisk(AT_ONCE)

const isSync = (event: string): boolean => event === 'fsync wal' || event === 'fsync db'

/** The deliveries of which the events tell this: `ask`, `card`, `refusal` or `fault`. */
const told = (kind: string, events: readonly string[]): readonly string[] =>
  events.filter((event) => event.startsWith(`${kind} `)).map((event) => event.slice(kind.length + 1))

/** The deliveries that were acknowledged though nothing was written since they were asked, or what was written was not synced. */
function acknowledgedEarly(events: readonly string[]): readonly string[] {
  return told('card', events).filter((delivery) => {
    const since = events.slice(events.indexOf(`ask ${delivery}`), events.indexOf(`card ${delivery}`))
    const written = since.lastIndexOf('write wal')
    return written < 0 || since.indexOf('fsync wal', written) < 0
  })
}

describe('an acknowledgement', () => {
  test.each([
    { who: 'of one answer', command: 'one', times: 20, acknowledged: 20 },
    { who: 'of each of sixty-four at once', command: 'all', times: 10, acknowledged: 640 },
  ])('$who comes only once its commit is on the disk', async ({ command, times, acknowledged }) => {
    const { worker, events } = await watched()
    for (let time = 0; time < times; time++) await worker.run(`${command} ${time}`)
    expect(events()).toContain('fsync wal')
    expect(told('card', events())).toHaveLength(acknowledged)
    expect(acknowledgedEarly(events())).toEqual([])
    expect(await worker.end()).toBe(0)
  })

  test('of sixty-four at once costs at most 0.2 syncs each, checkpoints among them', async () => {
    const { worker, events } = await watched()
    for (const warming of ['a', 'b']) await worker.run(`all ${warming}`)
    const before = events().length
    for (let batch = 0; batch < 20; batch++) await worker.run(`all ${batch}`)
    const measured = events().slice(before)
    expect(told('card', measured)).toHaveLength(20 * AT_ONCE)
    const each = measured.filter(isSync).length / (20 * AT_ONCE)
    console.info(`${each.toFixed(4)} syncs an answer`)
    expect(each).toBeGreaterThan(0)
    expect(each).toBeLessThanOrEqual(0.2)
    expect(await worker.end()).toBe(0)
  })
})

describe('on a full disk', () => {
  test('every answer under way is a fault, the process lives, and the record is what was acknowledged', async () => {
    const { file, worker, events, fill, clear } = await watched()
    await worker.run('all before')
    for (const time of [1, 2, 3]) {
      fill(0)
      const before = events().length
      await worker.run(`all full-${time}`)
      await worker.run(`one full-alone-${time}`)
      const answered = events().slice(before)
      expect(told('fault', answered)).toHaveLength(AT_ONCE + 1)
      expect(told('card', answered)).toEqual([])
      expect(told('refusal', answered)).toEqual([])
      clear()
      await worker.run(`one cleared-${time}`)
      expect(told('card', events())).toContain(`cleared-${time}/0`)
    }
    await worker.run('all after')
    expect(await worker.end()).toBe(0)
    await expectRecordIs(file, told('card', events()))
    expect(told('card', events())).toHaveLength(2 * AT_ONCE + 3)
  })

  test('wherever in a commit it fills up, the record is what was acknowledged', async () => {
    const { file, worker, events, fill, clear } = await watched()
    await worker.run('all before')
    for (const room of [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233]) {
      fill(room)
      await worker.run(`all full-${room}`)
      clear()
      await worker.run(`one cleared-${room}`)
      expect(told('card', events())).toContain(`cleared-${room}/0`)
    }
    expect(told('fault', events()).length).toBeGreaterThan(0)
    expect([...told('card', events()), ...told('fault', events())].sort()).toEqual([...told('ask', events())].sort())
    expect(await worker.end()).toBe(0)
    await expectRecordIs(file, told('card', events()))
  })

  /** What was acknowledged is in the record, and nothing else is. */
  async function expectRecordIs(file: string, acknowledged: readonly string[]): Promise<void> {
    const house = await openTestHouse({ file })
    try {
      expect(await deliveriesThat('done', house)).toEqual([...acknowledged].sort())
      expect(await journaled(house)).toHaveLength(acknowledged.length)
      await expectWhole(house)
    } finally {
      await house.close()
    }
  }
})
