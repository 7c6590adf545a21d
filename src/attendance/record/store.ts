import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Db } from '../../db/schema.js'
import { markOf } from '../../kernel/mark.js'
import { toText } from '../../kernel/time.js'

const Marks = z.object({
  outcome: z.object({
    marks: z.array(
      z.object({
        spell: z.string(),
        person: z.string(),
        seat: z.string().nullable(),
        capacity: z.string(),
        mode: z.string(),
        from: z.string(),
        until: z.string().nullable(),
        dropped: z.boolean().optional(),
        struck: z.boolean().optional(),
      }),
    ),
  }),
})
const Interest = z.object({
  outcome: z.object({ interest: z.string(), item: z.string(), person: z.string(), nature: z.string(), conduct: z.string() }),
})

const instant = (text: string): string => toText(Temporal.Instant.from(text))

/**
 * Whether the attendance and the interests of a board are as its journal says that they were recorded.
 * @param payloads of the journal; where one was erased nothing can be said of what it recorded
 * @param complete none was erased: what the journal does not know was never recorded by an act
 * @returns a sentence for each row that is not as it was journaled, has gone, or was never journaled
 */
export async function attendanceAgrees(
  db: Db,
  board: string,
  payloads: readonly unknown[],
  complete: boolean,
): Promise<readonly string[]> {
  const spells = await db
    .selectFrom('spell')
    .innerJoin('meeting', 'meeting.id', 'spell.meeting_id')
    .where('meeting.board_id', '=', board)
    .selectAll('spell')
    .execute()
  const kept = spells.map((row) =>
    [row.id, row.person_id, row.seat_id, row.capacity, row.mode, row.from_at, row.until_at, row.dropped, row.struck].join(' '),
  )
  const journaled = payloads.flatMap((payload) => {
    const read = Marks.safeParse(payload)
    return read.success ? read.data.outcome.marks : []
  })
  const said = journaled.map(({ spell, person, seat, capacity, mode, from, until, dropped, struck }) => {
    const end = until === null ? null : instant(until)
    return [spell, person, seat, capacity, mode, instant(from), end, dropped ? 1 : 0, struck ? 1 : 0].join(' ')
  })
  const known = new Set(journaled.map(({ spell }) => spell))
  return [
    ...said.flatMap((one, nth) =>
      kept.includes(one) ? [] : [`The attendance ${journaled[nth]?.spell} is not as it was journaled, or has gone.`],
    ),
    ...spells.flatMap((row, nth) =>
      (complete || known.has(row.id)) && !said.includes(kept[nth] ?? '')
        ? [`The attendance ${row.id} has a row that the journal does not know.`]
        : [],
    ),
    ...(await interestsAgree(db, board, payloads)),
  ]
}

async function interestsAgree(db: Db, board: string, payloads: readonly unknown[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('interest')
    .innerJoin('meeting', 'meeting.id', 'interest.meeting_id')
    .where('meeting.board_id', '=', board)
    .selectAll('interest')
    .execute()
  const kept = rows.map((row) =>
    [row.id, row.item_id, row.person_id, markOf(Buffer.from(row.nature).toString('base64')), row.conduct].join(' '),
  )
  return payloads.flatMap((payload) => {
    const read = Interest.safeParse(payload)
    if (!read.success) return []
    const { interest, item, person, nature, conduct } = read.data.outcome
    const agrees = kept.includes([interest, item, person, nature, conduct].join(' '))
    return agrees ? [] : [`The declaration ${interest} is not as it was journaled, or has gone.`]
  })
}
