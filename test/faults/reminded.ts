import type { Temporal } from 'temporal-polyfill'
import { toText } from '../../src/kernel/time.js'
import { planOne } from '../../src/outbox/plan.js'
import { personCalled } from '../boards.js'
import { openTestHouse, type TestHouse } from '../house.js'
import { seatMembers } from './members.js'

const SAID = 'desk.said'

const wordsOf = (number: number): string => `Bring reminder number ${number}.`

/** The number of the reminder that a message is; null for another. */
export const numberIn = (plain: string): number | null => {
  const found = /Bring reminder number (\d+)\./.exec(plain)?.[1]
  return found === undefined ? null : Number(found)
}

/**
 * Makes a database with so many members, each of whom is to be reminded of something of their own, as a clerk has it said.
 * @param at when the reminder of a number falls due
 */
export async function makeReminded(file: string, many: number, at: (number: number) => Temporal.Instant): Promise<void> {
  const house = await openTestHouse({ file })
  const members = await seatMembers(house, many)
  const board = await house.handles.reading.selectFrom('board').select('id').executeTakeFirstOrThrow()
  const by = await personCalled(house, 'Grace Holloway')
  await house.writer.write(async (tx) => {
    for (const [number, name] of members.entries()) {
      const { id: whom } = await tx.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()
      const said = `said-${number}`
      const row = { id: said, board_id: board.id, meeting_id: null, whom, words: wordsOf(number), by_person_id: by }
      await tx
        .insertInto('said_reminder')
        .values({ ...row, at: toText(house.clock.now()) })
        .execute()
      const moment = { at: at(number), date: toText(at(number)) }
      await planOne(tx, { board: board.id, meeting: null, notice: SAID, subject: said, person: null, moment })
    }
  })
  await house.close()
}

/** What became of each of those reminders, and of its message: "queued, sent", with how many became so. */
export async function becameOfReminded({ handles }: TestHouse): Promise<Readonly<Record<string, number>>> {
  const rows = await handles.reading
    .selectFrom('reminder')
    .leftJoin('notice', (join) =>
      join.onRef('notice.subject', '=', 'reminder.subject').onRef('notice.notice', '=', 'reminder.notice'),
    )
    .where('reminder.notice', '=', SAID)
    .select(['reminder.state as settled', 'notice.state as told'])
    .execute()
  const counts: Record<string, number> = {}
  for (const { settled, told } of rows) {
    const became = `${settled}, ${told}`
    counts[became] = (counts[became] ?? 0) + 1
  }
  return counts
}
