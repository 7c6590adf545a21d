import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openTestHouse } from '../house.js'
import { watchedDisk } from './disk.js'

/** Every file that lies among the papers, by its path there. */
function lying(file: string): readonly string[] {
  const folder = join(dirname(file), 'papers', 'board.db')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

async function uploadsIn(file: string): Promise<readonly string[]> {
  const house = await openTestHouse({ file })
  try {
    const rows = await house.handles.reading.selectFrom('upload').select('sha256').execute()
    return rows.map(({ sha256 }) => sha256)
  } finally {
    await house.close()
  }
}

test('wherever in a file the disk fills up, it is refused with a sentence, nothing stays, and the next one is kept', async () => {
  const { file, worker, events, fill, clear } = await watchedDisk(1)
  for (const room of [0, 1, 3, 6]) {
    fill(room)
    await worker.run(`send full-${room}`)
    expect(events().at(-1)).toMatch(/^refusal full-\d: The server has no room left on its disk: that file was not kept/)
    expect(lying(file)).toEqual([])
    clear()
  }
  await worker.run('send cleared')
  expect(events().at(-1)).toBe('received cleared')
  expect(await worker.end()).toBe(0)
  const [sha256 = '', ...others] = await uploadsIn(file)
  expect(others).toEqual([])
  expect(lying(file)).toEqual([join(sha256.slice(0, 2), sha256)])
})

test('a file is on the disk before it is on the record', async () => {
  const { worker, events } = await watchedDisk(1)
  const before = events().length
  await worker.run('send one')
  const since = events().slice(before)
  const [written, synced, recorded] = [
    since.lastIndexOf('write paper'),
    since.indexOf('fsync paper', since.lastIndexOf('write paper')),
    since.indexOf('write wal'),
  ]
  expect(written).toBeGreaterThanOrEqual(0)
  expect(synced).toBeGreaterThan(written)
  // Of the file itself, and of the folder where it then stands.
  expect(since.slice(synced, recorded).filter((event) => event === 'fsync paper').length).toBeGreaterThanOrEqual(2)
  expect(recorded).toBeGreaterThan(synced)
  expect(await worker.end()).toBe(0)
})

test('of a process that is killed in the middle of a file nothing stays once the house is open again', async () => {
  const { file, worker, events } = await watchedDisk(1)
  worker.begin('stall killed')
  await vi.waitUntil(() => events().includes('stalled'), 5_000)
  await worker.kill()
  expect(lying(file)).toHaveLength(1)
  expect(await uploadsIn(file)).toEqual([])
  expect(lying(file)).toEqual([])
})
