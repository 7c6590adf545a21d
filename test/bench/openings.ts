import { join } from 'node:path'
import { makeBoards, sizeOf } from './boards.js'
import { openBenchHouse } from './house.js'
import { median, timed } from './rounds.js'

const OPENINGS = 3

/** A database of so many boards: medians, in milliseconds, of what each start and each minute costs in it. */
export interface Opened {
  readonly boards: number
  readonly file: string
  /** MiB, before anything was done in it */
  readonly size: number
  readonly open: number
  readonly tick: number
}

/** Makes and opens databases in turn, each several times: with its check of the whole file, and the minute's question of what is due. */
export async function openings(folder: string, of: readonly number[]): Promise<readonly Opened[]> {
  const made = of.map((boards) => ({ boards, file: join(folder, `${boards}-boards.db`), open: [0], tick: [0] }))
  for (const { file, boards } of made) await makeBoards(file, boards)
  for (let opening = 0; opening <= OPENINGS; opening += 1) {
    for (const { file, open, tick } of made) {
      const began = performance.now()
      const house = await openBenchHouse(file)
      open[opening] = performance.now() - began
      // The first tick of a database only notes the time.
      await house.tick()
      tick[opening] = await timed(house.tick)
      await house.close()
    }
  }
  return made.map(({ boards, file, open, tick }) => ({
    boards,
    file,
    size: sizeOf(file),
    open: median(open.slice(1)),
    tick: median(tick.slice(1)),
  }))
}
